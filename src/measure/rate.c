#include "measure/rate.h"

#include "base/day.h"

#define PER 100000.0

size_t measure_populations(struct db *db, str iso3, struct claim_when when, struct claim **out)
{
    return claim_read(db, &measure_population, iso3, when, out);
}

/* Two sources of one year widen the interval. */
struct measure_rate measure_rate_of(const struct claim *populations, size_t n,
                                    const struct measure_year *y)
{
    struct measure_rate r = { .year = y->year };
    if (y->said_n == 0) return r;
    int64_t persons;
    for (size_t i = 0; i < n; i++) {
        const struct claim *c = &populations[i];
        if (day_year(claim_cell(c, "year")) != y->year ||
            !str_to_int(claim_cell(c, "persons"), &persons) || persons <= 0)
            continue;
        double low = y->low * PER / (double)persons, high = y->high * PER / (double)persons;
        if (!r.is || low < r.low) r.low = low;
        if (!r.is || high > r.high) r.high = high;
        r.is = true;
        r.persons = persons;
        r.claim = c->id;
        r.source = claim_source(c);
    }
    return r;
}

/* The years of what a state's authorities detected. */
static struct measure_span *detected(struct db *db, struct arena *a, str iso3,
                                     struct claim_when when)
{
    struct measure_choice c = { .about = measure_about_of(S("detected-victims")),
                                .kind = PLACE_STATE,
                                .place = iso3,
                                .sex = "Total",
                                .age = "Total",
                                .form = "" };
    struct measure_span *span = arena_new(a, struct measure_span, 1);
    measure_read(a, measure_tables(db), &c, when, span);
    return span;
}

struct measure_rate measure_rate_newest(struct db *db, struct arena *a, str iso3,
                                        struct claim_when when)
{
    struct measure_span *span = detected(db, a, iso3, when);
    struct claim *people;
    size_t n = measure_populations(db, iso3, when, &people);
    struct measure_rate rate = { 0 };
    for (int i = span->n - 1; i >= 0 && !rate.is; i--)
        rate = measure_rate_of(people, n, &span->year[i]);
    return rate;
}

struct measure_rate measure_rate_in(struct db *db, struct arena *a, str iso3, int64_t year,
                                    struct claim_when when)
{
    struct measure_span *span = detected(db, a, iso3, when);
    struct claim *people;
    size_t n = measure_populations(db, iso3, when, &people);
    for (int i = 0; i < span->n; i++)
        if (span->year[i].year == year) return measure_rate_of(people, n, &span->year[i]);
    return (struct measure_rate){ 0 };
}

struct measure_rate measure_rate_of_people(struct db *db, str iso3, int64_t year, double low,
                                           double high, struct claim_when when)
{
    struct measure_year y = { .year = year, .said_n = 1, .low = low, .high = high };
    struct claim *people;
    size_t n = measure_populations(db, iso3, when, &people);
    return measure_rate_of(people, n, &y);
}
