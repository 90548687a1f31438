/* measure/flows.h - citizenships of detected victims: where they came from, and who detected a state's citizens.
 *
 * The table says of which state a detected victim was a citizen and which state detected them. It does not say
 * how they travelled: transit is not in it and is never made up.
 * Needs: table.    Never: add cells up; guess what state a misspelt name means. */
#ifndef MEASURE_FLOWS_H
#define MEASURE_FLOWS_H

#include "measure/table.h"

struct flow {
    str from, to; /* iso3; from is empty where the name was not recognised */
    str written;  /* the citizenship as the source has it */
    bool is_own;  /* citizens of the state that detected them */
    const struct measure_row *row;
};

enum flow_kind { FLOW_CITIZENS, FLOW_REPATRIATED };
struct flow_ask {
    enum flow_kind kind;
    str from, to; /* empty: any; at least one is given */
    int64_t year; /* 0: any */
    struct claim_when when;
};
size_t flows_read(struct arena *a, const struct measure_tables *t, const struct flow_ask *ask,
                  struct flow **out); /* largest first, what is kept back last */

/* Which states told citizenships, and in which years. */
struct flow_reporter {
    str iso3;
    int64_t first, last, figures;
};
size_t flows_reporters(struct arena *a, const struct measure_tables *t, struct claim_when when,
                       struct flow_reporter **out);

bool flows_is_own(str name);
str flows_state_called(str name); /* "" if nobody we know is called so */

#endif
