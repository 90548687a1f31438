/* One series: choose a place, sex, age and form; chart, table, rate, regions, and how to cite it. */
#include "measure/chosen_parts.h"
#include "web/linked.h"

static int64_t whole(double x)
{
    return (int64_t)(x + 0.5); /* never below zero */
}

static void fill_said(struct req *rq, const struct measure_tables *t, const struct measure_year *y,
                      struct noted *sources, struct measure_chosen_points *out)
{
    struct measure_chosen_points_said *said = arena_new(
        rq->arena, struct measure_chosen_points_said, SAID_MAX);
    for (int i = 0; i < y->said_n; i++) {
        const struct measure_said *s = &y->said[i];
        size_t at = measure_note(rq, sources, table_text(t, s->row->source));
        str how = table_text(t, s->row->category);
        said[i] = (struct measure_chosen_points_said){ .is_kept_back = s->is_kept_back,
                                                       .claim = claim_address(rq, s->row->id),
                                                       .source = sources->source[at] };
        if (!s->is_kept_back) said[i].value = SOME_INT(whole(s->low));
        if (how.n && !measure_is_part(how)) said[i].how = how;
    }
    out->said = said;
    out->said_n = (size_t)y->said_n;
}

static void fill_rate(struct req *rq, const struct claim *people, size_t n,
                      const struct measure_year *y, struct noted *populations,
                      struct measure_chosen *v, struct measure_chosen_points *out)
{
    struct measure_rate rate = measure_rate_of(people, n, y);
    if (!rate.is) return;
    out->rate_low = SOME_REAL(rate.low);
    out->rate_high = SOME_REAL(rate.high);
    out->rate_range = rate.high > rate.low;
    out->population = SOME_INT(rate.persons);
    out->population_claim = claim_address(rq, rate.claim);
    measure_note(rq, populations, rate.source);
    v->has_rate = true;
}

static void draw_point(const struct measure_year *y, bool is_sum, struct draw_year *out)
{
    *out = (struct draw_year){ .year = y->year };
    if (is_sum && y->states) {
        out->parts = 1;
        out->part[0].low = y->low;
        out->part[0].high = y->high;
    }
    for (int i = 0; i < y->said_n && i < DRAW_PARTS_MAX; i++) {
        out->part[out->parts].low = y->said[i].low;
        out->part[out->parts].high = y->said[i].high;
        out->part[out->parts++].is_kept_back = y->said[i].is_kept_back;
    }
}

static void fill_points(struct req *rq, const struct measure_tables *t,
                        const struct measure_choice *c, const struct measure_span *span,
                        struct noted *sources, struct measure_chosen *v)
{
    size_t n = (size_t)span->n, people_n = 0;
    struct claim *people = NULL;
    struct noted *populations = arena_new(rq->arena, struct noted, 1);
    struct measure_chosen_points *points = arena_new(rq->arena, struct measure_chosen_points, n);
    struct draw_year *years = arena_new(rq->arena, struct draw_year, n);
    v->tells_rate = c->kind == PLACE_STATE && str_eq(str_of(c->about->code), S("detected_victims"));
    if (v->tells_rate) people_n = measure_populations(rq->db, c->place, rq->when, &people);
    for (size_t i = 0; i < n; i++) {
        const struct measure_year *y = &span->year[i];
        struct measure_chosen_points *p = &points[i];
        *p = (struct measure_chosen_points){ .year = y->year, .is_known = y->states > 0 };
        draw_point(y, v->is_sum, &years[i]);
        if (y->states == 0) continue;
        p->low = SOME_INT(whole(y->low));
        p->high = SOME_INT(whole(y->high));
        p->is_range = y->high > y->low;
        p->is_kept_back = !v->is_sum && y->kept_back;
        fill_said(rq, t, y, sources, p);
        if (v->tells_rate) fill_rate(rq, people, people_n, y, populations, v, p);
        if (!v->is_sum) {
            v->differs = v->differs || y->differing;
            continue;
        }
        p->states = SOME_INT(y->states);
        p->kept_back = SOME_INT(y->kept_back);
    }
    v->points = points;
    v->points_n = n;
    v->has_points = n > 0;
    v->population_sources = populations->source;
    v->population_sources_n = populations->n;
    if (n) v->chart = draw_years(rq->arena, rq->lang, years, n, say(rq, c->about->label));
}

/* The newest year of the sum, by region: only for all states together. */
static void fill_regions(struct req *rq, const struct measure_tables *t,
                         const struct measure_choice *c, const struct measure_span *span,
                         struct measure_chosen *v)
{
    if (c->kind != PLACE_WORLD || span->n == 0) return;
    int64_t year = span->year[span->n - 1].year;
    struct measure_chosen_regions *all = arena_new(rq->arena, struct measure_chosen_regions,
                                                   CONTINENTS);
    struct measure_span *one = arena_new(rq->arena, struct measure_span, 1);
    for (size_t i = 0; i < CONTINENTS; i++) {
        str m49 = str_of(measure_continents[i]);
        struct measure_choice region = *c;
        region.kind = PLACE_REGION;
        region.place = m49;
        measure_read(rq->arena, t, &region, rq->when, one);
        all[i] = (struct measure_chosen_regions){
            .code = m49,
            .name = lang_region(rq->lang, m49),
            .address = measure_series_address(rq, c, measure_place_query(rq, m49)),
        };
        for (int k = 0; k < one->n; k++) {
            const struct measure_year *y = &one->year[k];
            if (y->year != year || y->states == 0) continue;
            all[i].low = SOME_INT(whole(y->low));
            all[i].high = SOME_INT(whole(y->high));
            all[i].is_range = y->high > y->low;
            all[i].states = y->states;
            all[i].kept_back = y->kept_back;
        }
    }
    v->regions_year = SOME_INT(year);
    v->regions = all;
    v->regions_n = CONTINENTS;
}

/* Which sources a sum rests on: those of the metric's figures of single states. */
static void note_sum(struct req *rq, const struct measure_tables *t, const struct measure_choice *c,
                     struct noted *sources)
{
    struct measure_key key = measure_key_of(t, c);
    uint32_t last = NO_WORD;
    for (size_t i = 0; i < t->totals.n; i++) {
        const struct measure_row *r = &t->totals.row[i];
        if (r->metric != key.metric || r->category != 0 || r->source == last ||
            !str_eq(table_text(t, r->level), S("country")) || !table_holds(t, r, rq->when))
            continue;
        measure_note(rq, sources, table_text(t, r->source));
        last = r->source;
    }
}

/* How new the first n sources are: those of the chart. */
static str newest_release(const struct measure_tables *t, const struct noted *sources, size_t n)
{
    str newest = S("");
    for (size_t i = 0; i < n; i++) {
        str day = measure_released(t, sources->source[i].id);
        if (str_cmp(day, newest) > 0) newest = day;
    }
    return newest;
}

static void fill_end(struct req *rq, const struct measure_choice *c, const struct noted *sources,
                     str newest, struct measure_chosen *v)
{
    str *licences = arena_new(rq->arena, str, PAGE_SOURCES_MAX);
    v->licences_n = measure_licences(sources, licences);
    struct measure_chosen_licences *all = arena_new(rq->arena, struct measure_chosen_licences,
                                                    v->licences_n);
    for (size_t i = 0; i < v->licences_n; i++) all[i].licence = licences[i];
    v->licences = all;
    v->sources = sources->source;
    v->sources_n = sources->n;
    if (newest.n) v->released = newest;
    v->is_old = measure_is_old(rq, newest);
    v->csv = measure_file_address(rq, c, "csv");
    v->hxl = measure_file_address(rq, c, "hxl.csv");
    v->cite = measure_cite(rq, c, sources, newest);
}

void measure_series_page(struct req *rq)
{
    const struct measure_about *about = measure_about_of(in_path(rq, "series"));
    if (!about) {
        not_found(rq, PHRASE("There is no series called {asked}. The page of numbers lists all."),
                  in_path(rq, "series"));
        return;
    }
    const struct measure_tables *t = measure_tables(rq->db);
    struct measure_choice c;
    if (!measure_choose(rq, t, about, &c)) return;
    struct noted *sources = arena_new(rq->arena, struct noted, 1);
    struct measure_span *span = arena_new(rq->arena, struct measure_span, 1);
    struct measure_chosen v = {
        .code = str_of(about->slug),
        .label = about->label,
        .counts = about->counts,
        .is_not = about->is_not,
        .is_chosen_from = about->is_chosen_from,
        .place = c.place,
        .place_name = measure_place_name(rq, &c),
        .is_sum = c.kind == PLACE_WORLD || c.kind == PLACE_REGION,
        .numbers = web_beneath(rq, S("/numbers")),
    };
    chosen_fill_form(rq, t, &c, &v);
    if (about->is_chosen_from) {
        measure_read(rq->arena, t, &c, rq->when, span);
        fill_points(rq, t, &c, span, sources, &v);
        fill_regions(rq, t, &c, span, &v);
        if (v.is_sum) note_sum(rq, t, &c, sources);
    }
    size_t of_chart = sources->n;
    chosen_fill_others(rq, t, &c, sources, &v);
    fill_end(rq, &c, sources, newest_release(t, sources, of_chart ? of_chart : sources->n), &v);
    struct head head = {
        .title = arena_format(rq->arena, STR_FMT "%s" STR_FMT, STR_ARG(say(rq, about->label)),
                              c.place.n ? ": " : "", STR_ARG(c.place.n ? v.place_name : S(""))),
        .section = "numbers",
        .description = say(rq, about->counts),
    };
    head.linked = linked_dataset(
        rq, (struct linked_dataset){
                .name = head.title,
                .description = head.description,
                .csv = arena_format(rq->arena, "/data/numbers/%s.csv", about->slug) });
    page(rq, head, &measure_chosen_view, &v);
}
