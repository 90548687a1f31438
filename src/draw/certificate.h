/* draw/certificate.h - the certificate of a course on one sheet of A4, as PDF.
 *
 * Its words travel to the process that draws and come back as the file, in memory; nothing of them is kept.
 * Needs: base, draw.    Never: a word that was not given; a name on a disk. */
#ifndef DRAW_CERTIFICATE_H
#define DRAW_CERTIFICATE_H

#include "base/arena.h"

#define CERTIFICATE_NAME_MAX 160 /* bytes */

struct certificate_paper {
    str lang;
    bool is_rtl;
    str site, heading, name, course, week, proves, look, address; /* name may be empty */
};

/* The words as bytes for a job, and back; false if they are not such. */
str certificate_ask(struct arena *a, const struct certificate_paper *p);
MUST_USE bool certificate_read(str ask, struct certificate_paper *out);
/* The file. Empty if this machine cannot draw, lacks letters of it, or the words do not fit. */
str draw_certificate(struct arena *a, const struct certificate_paper *p);

#endif
