#include "measure/measure.h"

#include "base/day.h"

const struct word measure_metrics[] = {
    { S_CONST("detected_victims"), PHRASE_CONST("Victims detected") },
    { S_CONST("persons_prosecuted"), PHRASE_CONST("Persons prosecuted") },
    { S_CONST("persons_convicted"), PHRASE_CONST("Persons convicted") },
    { S_CONST(""), PHRASE_CONST("") },
};

static struct {
    int year, metric, category, sex, age, value, suppressed, source;
} at = { .year = -1 };

static void look_up(void)
{
    if (at.year >= 0) return;
    const struct claim_kind *k = &measure_statistics;
    at.metric = claim_column_of(k, "metric");
    at.category = claim_column_of(k, "category");
    at.sex = claim_column_of(k, "sex");
    at.age = claim_column_of(k, "age");
    at.value = claim_column_of(k, "value");
    at.suppressed = claim_column_of(k, "suppressed");
    at.source = claim_column_of(k, "source");
    at.year = claim_column_of(k, "year");
}

static bool is_total(const struct claim *c)
{
    return c->cell[at.category].n == 0 && str_eq(c->cell[at.sex], S("Total")) &&
           str_eq(c->cell[at.age], S("Total")) && c->cell[at.year].n == 4;
}

static struct measure_point point_of(const struct claim *c)
{
    struct measure_point p = { .year = day_year(c->cell[at.year]),
                               .known = MEASURE_UNKNOWN,
                               .source = c->cell[at.source],
                               .claim = c->id };
    if (c->cell[at.suppressed].n) p.known = MEASURE_SUPPRESSED;
    else if (str_to_int(c->cell[at.value], &p.value)) p.known = MEASURE_VALUE;
    return p;
}

/* Rows come by year: the gaps between them are made visible. */
static void fill(struct arena *a, const struct claim *rows, size_t n, struct measure_series *out)
{
    int64_t first = 0, last = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_total(&rows[i]) || !str_eq(rows[i].cell[at.metric], out->metric.code)) continue;
        int64_t year = day_year(rows[i].cell[at.year]);
        if (!first || year < first) first = year;
        if (year > last) last = year;
    }
    if (!first) return;
    out->n = (size_t)(last - first + 1);
    out->points = arena_new(a, struct measure_point, out->n);
    for (size_t i = 0; i < out->n; i++)
        out->points[i] = (struct measure_point){ .year = first + (int64_t)i,
                                                 .known = MEASURE_UNKNOWN };
    for (size_t i = 0; i < n; i++) {
        if (!is_total(&rows[i]) || !str_eq(rows[i].cell[at.metric], out->metric.code)) continue;
        struct measure_point p = point_of(&rows[i]);
        out->points[p.year - first] = p;
        if (p.known == MEASURE_VALUE && p.value > out->most) out->most = p.value;
    }
}

void measure_of_state(struct db *db, str iso3, struct claim_when when,
                      struct measure_series out[MEASURE_SHOWN])
{
    look_up();
    struct claim *rows;
    size_t n = claim_read(db, &measure_statistics, iso3, when, &rows);
    for (int i = 0; i < MEASURE_SHOWN; i++) {
        out[i] = (struct measure_series){ .metric = measure_metrics[i] };
        fill(db_arena(db), rows, n, &out[i]);
    }
}
