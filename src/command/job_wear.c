/* Material to wear and to print: drawn in memory, written nowhere but to whoever asked. */
#include "base/breakage.h"
#include "command/jobs.h"
#include "wear/wear.h"
#include "web/handed.h"
#include "web/process.h"

str jobs_wear(struct arena *a, str ask)
{
    struct wear_made made;
    struct job_files files = process_job_files();
    wear_draw(a, ask, &made);
    if (made.unknown.n) return ARENA_JOIN(a, S("letters "), made.unknown);
    if (made.found.unknown_n) return S("letters");
    if (made.is_full) return S("full");
    if (made.file.n == 0) broken("a sheet could not be drawn: is libpangocairo-1.0-0 installed?");
    if (files.write_fd >= 0 && !handed_write(files.write_fd, made.file)) return S("");
    return S("made");
}
