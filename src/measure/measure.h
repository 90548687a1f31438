/* measure/measure.h - numbers: what authorities detected and published.
 *
 * A figure, "fewer than five", "not reported" and zero are four different things and stay so everywhere.
 * Needs: claim, lang, web.    Never: hold a row about a person; show a count too small; add up categories. */
#ifndef MEASURE_MEASURE_H
#define MEASURE_MEASURE_H

#include "claim/claim.h"

extern const struct claim_kind measure_statistics, measure_detail, measure_population;
extern const struct word measure_levels[], measure_suppressed[];
extern const struct word measure_metrics[];

enum measure_known { MEASURE_VALUE, MEASURE_SUPPRESSED, MEASURE_UNKNOWN };

struct measure_point {
    int64_t year;
    enum measure_known known;
    int64_t value;
    str source, claim;
};

/* One point per year between the first and last year of a series, gaps as MEASURE_UNKNOWN. Only totals. */
struct measure_series {
    struct word metric;
    struct measure_point *points;
    size_t n;
    int64_t most; /* the largest value, 0 if there is none */
};

/* The four series of a country page: victims detected, persons prosecuted, convicted, in that order. */
#define MEASURE_SHOWN 3
void measure_of_state(struct db *db, str iso3, struct claim_when when,
                      struct measure_series out[MEASURE_SHOWN]);

/* Victims detected per 100,000 inhabitants, the part of SDG indicator 16.2.2 that can be computed. */
struct measure_rate {
    bool is;
    double low, high;      /* alike but where a count is kept back or sources differ */
    int64_t year, persons; /* the population it was computed with */
    str claim, source;     /* of the population */
};
/* Of the newest year with both figures; is nothing if there is none. */
struct measure_rate measure_rate_newest(struct db *db, struct arena *a, str iso3,
                                        struct claim_when when);

/* Of one year: what the state's authorities detected; or people somebody else counted or estimated, from low to high. */
struct measure_rate measure_rate_in(struct db *db, struct arena *a, str iso3, int64_t year,
                                    struct claim_when when);
struct measure_rate measure_rate_of_people(struct db *db, str iso3, int64_t year, double low,
                                           double high, struct claim_when when);

#endif
