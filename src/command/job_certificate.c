/* Certificates: words come as bytes and the file goes back as bytes; nothing is written to a disk. */
#include "command/jobs.h"
#include "draw/certificate.h"
#include "web/handed.h"
#include "web/process.h"

str jobs_certificate(struct arena *a)
{
    struct job_files files = process_job_files();
    struct certificate_paper p;
    if (files.read_fd < 0 || files.write_fd < 0) return S("");
    str ask = handed_read(a, files.read_fd);
    if (!ask.p || !certificate_read(ask, &p)) return S("");
    str pdf = draw_certificate(a, &p);
    return pdf.n && handed_write(files.write_fd, pdf) ? S("drawn") : S("");
}
