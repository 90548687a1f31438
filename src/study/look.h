/* study/look.h - what a table is and what stands against an estimate, before any number.
 *
 * Needs: estimate, study's engine.    Never: a number of people on no list. */
#ifndef STUDY_LOOK_H
#define STUDY_LOOK_H

#include "study/study.h"

#define LOOK_OVERLAP_LEAST 5 /* people; the engine's verdict asks for as many */
#define LOOK_AGAINST_MAX   48

struct study_look {
    struct mse_table whole; /* every list, whether it takes part or not */
    str against[LOOK_AGAINST_MAX];
    int against_n;
};
/* Of the lists that take part, in the reader's language. */
struct study_look study_look_at(struct arena *a, const struct lang *l, str csv,
                                const struct study_wish *wish);

#endif
