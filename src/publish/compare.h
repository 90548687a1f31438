/* publish/compare.h - how far published counts are from the exact ones.
 *
 * By length: the mean absolute error of what stands in both; the share of what occurs that is missing, of all and of
 * what at least k records have; the share of what is shown that does not occur (fabricated); the share of what fewer than
 * k records have that is shown (rare shown); the mean relative error of what at least k have, where missing is 1.
 * Needs: protect.    Never: shown to anybody who may not see the data: it is measured on them. */
#ifndef PUBLISH_COMPARE_H
#define PUBLISH_COMPARE_H

#include "publish/protect.h"

struct comparison {
    uint64_t real, shown, common; /* combinations */
    uint64_t real_common_enough;  /* that at least k records have */
    double mean_count, mean_error, missing, missing_enough, fabricated, rare_shown, relative_error;
};

/* out[1 .. length], and out[0] for all lengths. `exact` is raw. */
void compare_aggregates(struct arena *a, const struct aggregates *exact,
                        const struct aggregates *shown, size_t length, uint32_t k,
                        struct comparison out[PUBLISH_LENGTH_MAX + 1]);

#endif
