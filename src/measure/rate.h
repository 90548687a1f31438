/* measure/rate.h - victims detected per 100,000 inhabitants: the part of SDG indicator 16.2.2 that can be computed.
 *
 * Only for a year with a population figure of some source; a count that is kept back gives an interval.
 * Needs: series.    Never: guess a population, or take one of another year. */
#ifndef MEASURE_RATE_H
#define MEASURE_RATE_H

#include "measure/series.h"

/* All population figures of a state, oldest first. */
size_t measure_populations(struct db *db, str iso3, struct claim_when when, struct claim **out);
struct measure_rate measure_rate_of(const struct claim *populations, size_t n,
                                    const struct measure_year *y);

#endif
