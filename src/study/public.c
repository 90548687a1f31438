/* What everybody sees: every series, and one of them as it stands or stood. */
#include "study/estimates.html.h"
#include "study/inside.h"
#include "study/report.h"
#include "study/series.html.h"
#include "study/shown.html.h"

#include "base/day.h"
#include "claim/pages.h"
#include "measure/measure.h"
#include "search/search.h"

#include <math.h>

/* The moment a page speaks of. */
static ms moment_of(const struct req *rq)
{
    ms at = rq->when.on.n ? day_end(rq->when.on) : rq->now;
    return rq->when.known < at ? rq->when.known : at;
}

/* What could put people in danger stands on no past day either. */
static bool is_hidden(str state, str why)
{
    return str_eq(state, S("withdrawn")) && str_eq(why, S("danger"));
}

int study_edition_at(const struct study_edition_head *editions, size_t n, ms at)
{
    for (size_t i = 0; i < n; i++) {
        const struct study_edition_head *e = &editions[i];
        bool is_withdrawn = e->withdrawn_at && e->withdrawn_at <= at;
        if (e->published_at <= at && !is_withdrawn && !is_hidden(e->state, e->back)) return (int)i;
    }
    return -1;
}

/* Those of a later day are not there yet. */
static size_t until(struct study_edition_head **all, size_t n, ms at)
{
    while (n && (*all)->published_at > at) {
        (*all)++;
        n--;
    }
    return n;
}

static str csv_address(void)
{
    return S("/data/numbers/estimates.csv");
}

/* ---- every series ---- */

static str name_of_row(const void *thing)
{
    const struct study_estimates_series *s = thing;
    return s->place;
}

static void fill_row(struct req *rq, const struct study_edition_head *own, size_t n, ms at,
                     struct study_estimates_series *out)
{
    int stands = study_edition_at(own, n, at);
    const struct study_edition_head *e = &own[stands < 0 ? 0 : stands];
    *out = (struct study_estimates_series){
        .code = e->series,
        .title = e->title,
        .language = e->lang,
        .place = study_place(rq, e->iso3, e->place),
        .first = e->first_day,
        .last = e->last_day,
        .is_withdrawn = stands < 0,
        .address = web_beneath(rq, S("/numbers/estimates/"), e->series),
    };
    if (stands < 0) return;
    out->number = SOME_INT(e->number);
    out->published = web_day_of(rq, e->published_at);
}

static void estimates(struct req *rq)
{
    struct study_edition_head *all;
    ms at = moment_of(rq);
    db_note_read(rq->db, "study");
    size_t n = study_editions_public(rq->db, &all);
    struct study_estimates v = { .numbers = web_beneath(rq, S("/numbers")), .csv = csv_address() };
    struct study_estimates_series *rows = arena_new(rq->arena, struct study_estimates_series,
                                                    n + 1);
    for (size_t i = 0, own; i < n; i += own) {
        struct study_edition_head *first = &all[i];
        for (own = 1; i + own < n && str_eq(all[i + own].series, all[i].series);) own++;
        size_t told = until(&first, own, at);
        if (told) fill_row(rq, first, told, at, &rows[v.series_n++]);
    }
    lang_sort(rq->arena, rq->lang, rows, v.series_n, sizeof *rows, name_of_row);
    v.series = rows;
    struct head head = { .title = say(rq, PHRASE("Estimates")),
                         .section = "numbers",
                         .description = say(
                             rq,
                             PHRASE("Estimates of how many people were exploited in a place, from "
                                    "overlapping lists of agencies: what they are and what they "
                                    "are not.")) };
    page(rq, head, &study_estimates_view, &v);
}

/* ---- one series ---- */

static void fill_detected(struct req *rq, str iso3, int64_t year, struct study_series_rate *r)
{
    struct measure_rate d = measure_rate_in(rq->db, rq->arena, iso3, year, rq->when);
    if (!d.is) return;
    r->detected_low = SOME_REAL(d.low);
    r->detected_high = SOME_REAL(d.high);
    r->detected_range = d.low < d.high;
}

static double two_figures(double x)
{
    double unit = x > 0 ? pow(10, floor(log10(x)) - 1) : 1;
    return round(x / unit) * unit;
}

/* No more digits than the number has that it was worked out from. */
static str rate_said(struct req *rq, double low, double high)
{
    struct sink out;
    int decimals = high >= 10 ? 0 : high >= 1 ? 1 : 2;
    sink_open(&out, rq->arena, 200);
    lang_real(&out, rq->lang, low, decimals);
    if (low < high) {
        put_lit(&out, " – ");
        lang_real(&out, rq->lang, high, decimals);
    }
    return sink_str(&out);
}

/* Only where the lists are of one year and one whole state, and that year's population has a source. */
static void fill_rate(struct req *rq, const struct study_edition *e, struct study_series *v)
{
    struct study_result result;
    int64_t year = day_year(e->first_day);
    if (!e->iso3.n || e->place.n || year != day_year(e->last_day)) {
        v->no_rate = PHRASE(
            "It asks for victims per 100,000 inhabitants of a state in a year. These "
            "lists are not of one whole state and one year: it is not computed.");
        return;
    }
    if (!study_result_read(rq->arena, e->result, &result)) return;
    double seen = isfinite(result.seen) ? result.seen : 0;
    struct measure_rate own = measure_rate_of_people(rq->db, e->iso3, year, seen, seen, rq->when);
    if (!own.is) {
        v->no_rate = PHRASE("Not computable: there is no population figure with a source here for "
                            "this state and year.");
        return;
    }
    struct study_series_rate *r = arena_new(rq->arena, struct study_series_rate, 1);
    struct web_source *source = arena_new(rq->arena, struct web_source, 1);
    *source = claim_source_shown(rq, own.source);
    *r = (struct study_series_rate){ .year = year,
                                     .seen_low = own.low,
                                     .population = own.persons,
                                     .claim = claim_address(rq, own.claim),
                                     .source = source,
                                     .source_n = 1 };
    if (result.status == ESTIMATE_OK && isfinite(result.low)) {
        struct measure_rate est = measure_rate_of_people(rq->db, e->iso3, year, result.low,
                                                         result.high, rq->when);
        r->low = SOME_REAL(two_figures(est.low));
        r->high = SOME_REAL(two_figures(est.high));
        r->said = rate_said(rq, r->low.v, r->high.v);
    }
    fill_detected(rq, e->iso3, year, r);
    v->rate = r;
}

static void fill_editions(struct req *rq, const struct study_edition_head *all, size_t n,
                          int64_t here, ms at, struct study_series *v)
{
    struct study_series_editions *rows = arena_new(rq->arena, struct study_series_editions, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct study_edition_head *e = &all[i];
        rows[i] = (struct study_series_editions){
            .number = e->number,
            .published = web_day_of(rq, e->published_at),
            .address = web_beneath_now(
                rq, S("/numbers/estimates/"), e->series,
                arena_format(rq->arena, "?edition=%lld", (long long)e->number)),
            .is_here = e->number == here,
        };
        if (!e->withdrawn_at || e->withdrawn_at > at) continue;
        rows[i].withdrawn = web_day_of(rq, e->withdrawn_at);
        rows[i].why = claim_word(study_whys, e->back);
    }
    v->editions = rows;
    v->editions_n = n;
}

/* The one that was asked for by its number, else the one that stands; -1: none does. */
static int chosen(struct req *rq, const struct study_edition_head *all, size_t n, ms at)
{
    int64_t number;
    if (!str_to_int(in_query(rq, "edition"), &number)) return study_edition_at(all, n, at);
    for (size_t i = 0; i < n; i++)
        if (all[i].number == number && !is_hidden(all[i].state, all[i].back)) return (int)i;
    return -1;
}

static void show(struct req *rq, const struct study_edition_head *all, size_t n, ms at)
{
    int which = chosen(rq, all, n, at);
    const struct study_edition_head *e = &all[which < 0 ? 0 : which];
    const struct lang *l = lang_find(e->lang);
    struct study_edition whole;
    struct study_series v = {
        .code = e->series,
        .title = e->title,
        .language = e->lang,
        .direction = l && lang_is_rtl(l) ? S("rtl") : S("ltr"),
        .is_gone = which < 0,
        .all = web_beneath(rq, S("/numbers/estimates")),
        .csv = csv_address(),
    };
    fill_editions(rq, all, n, which < 0 ? 0 : e->number, at, &v);
    if (e->withdrawn_at) {
        v.withdrawn = web_day_of(rq, e->withdrawn_at);
        v.why = claim_word(study_whys, e->back);
        v.stood = which >= 0;
    }
    if (which >= 0 && study_edition_numbered(rq->db, e->series, e->number, &whole)) {
        v.number = SOME_INT(e->number);
        v.published = web_day_of(rq, e->published_at);
        v.shown = study_shown_of(rq, &whole);
        v.shown_n = 1;
        fill_rate(rq, &whole, &v);
    }
    struct head head = { .title = e->title,
                         .section = "numbers",
                         .description = say_with(
                             rq,
                             PHRASE("An estimate from overlapping lists, with every method "
                                    "and its doubt: {place}."),
                             S("place"), study_place(rq, e->iso3, e->place)) };
    page(rq, head, &study_series_view, &v);
}

static void series(struct req *rq)
{
    struct study_edition_head *all;
    str code = in_path(rq, "estimate");
    ms at = moment_of(rq);
    db_note_read(rq->db, "study");
    size_t n = study_editions_of(rq->db, code, &all);
    n = until(&all, n, at);
    if (n) show(rq, all, n, at);
    else
        not_found(rq,
                  PHRASE("There is no estimate called {asked}. The page of estimates lists all."),
                  code);
}

const struct route study_public_routes[] = {
    { GET, UNDER_LANG, "/numbers/estimates", ANYONE, estimates,
      "Every series of estimates from overlapping lists, and what such numbers are not.",
      &study_estimates_view, NULL },
    { GET, UNDER_LANG, "/numbers/estimates/:estimate", ANYONE, series,
      "One series: what was observed, every method, what cannot be tested, earlier editions.",
      &study_series_view, "edition" },
    { GET, AT_ROOT, "/data/numbers/estimates.csv", ANYONE, study_download,
      "All published editions, a row a method, rounded as published.", NULL, "on known" },
    { 0 },
};

/* ---- search ---- */

static struct search_doc document_of(struct arena *a, const struct lang *l,
                                     const struct study_edition_head *e)
{
    return (struct search_doc){
        .part = SEARCH_NUMBERS,
        .path = ARENA_JOIN(a, S("/numbers/estimates/"), e->series),
        .title = e->title,
        .body = ARENA_JOIN(a, e->iso3.n ? lang_state(l, e->iso3) : S(""), S(" "), e->place, S(" "),
                           lang_text(l, PHRASE("Estimates"))),
        .written_in = lang_find(e->lang) ? lang_find(e->lang) : l,
    };
}

static struct search_doc document_of_all(const struct lang *l)
{
    return (struct search_doc){ .part = SEARCH_NUMBERS,
                                .path = S("/numbers/estimates"),
                                .title = lang_text(l, PHRASE("Estimates")),
                                .body = lang_text(l, PHRASE("Estimates of how many people were "
                                                            "exploited in a place, from "
                                                            "overlapping lists of agencies: what "
                                                            "they are and what they are not.")),
                                .written_in = l };
}

void study_documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    struct study_edition_head *all;
    size_t n = study_editions_public(db, &all);
    (void)now;
    search_add(into, document_of_all(l));
    for (size_t i = 0; i < n; i++)
        if (i == 0 || !str_eq(all[i].series, all[i - 1].series))
            search_add(into, document_of(db_arena(db), l, &all[i]));
}

void study_published(struct db *db, str series)
{
    struct study_edition_head *all;
    db_note_write(db, "study");
    size_t n = study_editions_of(db, series, &all);
    for (size_t i = 0; n && i < lang_count(); i++) {
        struct search_doc doc = document_of(db_arena(db), lang_at(i), &all[0]);
        search_change(db, lang_at(i), doc.part, doc.path, &doc);
    }
}
