/* study/report.h - a result as a page shows it: at the desk, to the public, and as a file of the command.
 *
 * Observed first, then warnings, then numbers; every method, the spread, what cannot be tested (Whitehead et al. 2019;
 * Binette and Steorts 2022). A rounded result is shown as rounded; this adds no digit.
 * Needs: result, draw.    Never: choose one method for the reader. */
#ifndef STUDY_REPORT_H
#define STUDY_REPORT_H

#include "study/report.html.h"
#include "study/result.h"

void study_report_fill(struct arena *a, const struct lang *l, const struct study_result *r,
                       struct study_report *out);

/* A whole document that needs nothing else: for `blueheart estimate --html`. */
str study_report_document(struct arena *a, const struct lang *l, const struct study_result *r,
                          str title);

#endif
