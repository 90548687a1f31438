/* The list of all series: what each counts, how far it reaches, where it comes from. */
#include "base/day.h"
#include "measure/numbers.html.h"
#include "measure/parts.h"

/* What the totals hold of one metric. */
struct reach {
    int64_t first, last, states, figures;
    uint32_t unit;
    str released;
    struct noted sources;
    uint8_t *is_seen; /* by word */
};

static void note_row(struct req *rq, const struct measure_tables *t, const struct measure_row *r,
                     bool is_of_states, struct reach *of)
{
    str day = table_text(t, r->as_of), level = table_text(t, r->level);
    of->figures++;
    of->unit = r->unit;
    int64_t from = r->year ? day_year(table_text(t, r->years)) : 0;
    if (from && (!of->first || from < of->first)) of->first = from;
    if (r->year > of->last) of->last = r->year;
    bool is_state = str_eq(level, S("country")) || str_eq(level, S("territory"));
    if ((is_state || !is_of_states) && str_cmp(day, of->released) > 0) of->released = day;
    if (is_state && r->state && !of->is_seen[r->state]) {
        of->is_seen[r->state] = 1;
        of->states++;
    }
    if (!of->is_seen[r->source]) {
        of->is_seen[r->source] = 1;
        measure_note(rq, &of->sources, table_text(t, r->source));
    }
}

static void reach_of(struct req *rq, const struct measure_tables *t,
                     const struct measure_about *about, struct reach *out)
{
    uint32_t word = table_word(t, str_of(about->code));
    *out = (struct reach){ .released = S(""),
                           .is_seen = arena_new(rq->arena, uint8_t, t->words_n) };
    for (size_t i = 0; i < t->totals.n; i++) {
        const struct measure_row *r = &t->totals.row[i];
        if (r->metric == word && table_holds(t, r, rq->when))
            note_row(rq, t, r, about->is_chosen_from, out);
    }
}

static void fill_series(struct req *rq, const struct measure_tables *t,
                        const struct measure_about *about, const struct reach *of,
                        struct measure_numbers_series *out)
{
    str *licences = arena_new(rq->arena, str, PAGE_SOURCES_MAX);
    size_t n = measure_licences(&of->sources, licences);
    struct measure_numbers_series_licences *all = arena_new(
        rq->arena, struct measure_numbers_series_licences, n);
    for (size_t i = 0; i < n; i++) all[i].licence = licences[i];
    struct web_source *sources = arena_new(rq->arena, struct web_source, PAGE_SOURCES_MAX);
    memcpy(sources, of->sources.source, sizeof of->sources.source);
    *out = (struct measure_numbers_series){
        .code = str_of(about->slug),
        .label = about->label,
        .counts = about->counts,
        .is_not = about->is_not,
        .states = of->states,
        .figures = of->figures,
        .unit = claim_word(measure_units, table_text(t, of->unit)),
        .is_old = measure_is_old(rq, of->released),
        .has_form = about->is_chosen_from,
        .licences = all,
        .licences_n = n,
        .sources = sources,
        .sources_n = of->sources.n,
        .address = web_beneath(rq, S("/numbers/"), str_of(about->slug)),
    };
    if (of->first) out->first = SOME_INT(of->first);
    if (of->last > of->first) out->last = SOME_INT(of->last);
    if (of->released.n) out->released = of->released;
}

void measure_numbers_page(struct req *rq)
{
    const struct measure_tables *t = measure_tables(rq->db);
    size_t all = 0;
    while (measure_abouts[all].code) all++;
    struct measure_numbers v = {
        .months = MEASURE_FRESH_MONTHS,
        .flows = web_beneath(rq, S("/numbers/flows")),
        .compare = web_beneath(rq, S("/compare")),
        .estimates = web_beneath(rq, S("/numbers/estimates")),
    };
    struct measure_numbers_series *series = arena_new(rq->arena, struct measure_numbers_series,
                                                      all);
    for (size_t i = 0; i < all; i++) {
        struct reach *of = arena_new(rq->arena, struct reach, 1);
        reach_of(rq, t, &measure_abouts[i], of);
        if (of->figures == 0) continue;
        fill_series(rq, t, &measure_abouts[i], of, &series[v.series_n++]);
        if (!v.newest.p || str_cmp(of->released, v.newest) > 0)
            v.newest = of->released.n ? of->released : v.newest;
    }
    v.series = series;
    v.is_old = measure_is_old(rq, v.newest);
    static const struct claim_kind *const kinds[] = { &measure_statistics, &measure_detail,
                                                      &measure_population };
    struct measure_numbers_tables *tables = arena_new(rq->arena, struct measure_numbers_tables,
                                                      COUNT_OF(kinds));
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        tables[i] = (struct measure_numbers_tables){
            arena_format(rq->arena, "%s.csv", kinds[i]->name), claim_table_address(rq, kinds[i])
        };
    v.tables = tables;
    v.tables_n = COUNT_OF(kinds);
    struct head head = {
        .title = say(rq, PHRASE("Numbers")),
        .section = "numbers",
        .description = say(rq, PHRASE("Every series of figures about trafficking in persons here: "
                                      "what it counts, what it does not say, and its source."))
    };
    page(rq, head, &measure_numbers_view, &v);
}
