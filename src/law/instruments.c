/* All instruments, and one. */
#include "base/day.h"
#include "claim/pages.h"
#include "law/inside.h"
#include "law/pages.h"
#include "law/instrument.html.h"
#include "law/instruments.html.h"

#include <stdlib.h>

#define THE_STATUTE   S("US-TVPA-2000")
#define THE_DIRECTIVE S("EU-2011-36")
#define THEMES_MAX    8

enum group { UNIVERSAL, REGIONAL, NATIONAL, GROUPS };

static enum group group_of(str type, str body)
{
    if (str_eq(type, S("national_law"))) return NATIONAL;
    return str_eq(body, S("United Nations")) || str_eq(body, S("ILO")) ? UNIVERSAL : REGIONAL;
}

/* The fullest day any source gives; whether sources contradict each other. */
static str day_of(const struct claim *rows, size_t n, const char *property, bool *is_disputed)
{
    str best = S("");
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(claim_cell(&rows[i], "property"), str_of(property))) continue;
        str day = claim_cell(&rows[i], "value");
        if (best.n && !day_may_be_same(best, day)) *is_disputed = true;
        if (day.n > best.n) best = day;
    }
    return str_or_absent(best);
}

/* The largest count: treaties gain parties, and a newer page need not carry a day. Only a treaty has parties. */
static void fill_parties(const struct claim *rows, size_t n,
                         struct law_instruments_groups_instruments *out)
{
    out->has_parties = str_eq(out->kind.code, S("treaty"));
    for (size_t i = 0; i < n; i++) {
        int64_t count;
        if (!str_eq(claim_cell(&rows[i], "property"), S("parties"))) continue;
        if (!str_to_int(claim_cell(&rows[i], "value"), &count)) continue;
        if (out->parties.is && count < out->parties.v) continue;
        out->parties = SOME_INT(count);
        out->parties_on = str_or_absent(claim_cell(&rows[i], "as_of"));
    }
    out->parties_undated = out->parties.is && !out->parties_on.p;
}

static void fill_instrument(struct req *rq, const struct claim *rows, size_t n,
                            struct law_instruments_groups_instruments *out)
{
    str id = claim_cell(&rows[0], "instrument"), name = claim_value(rows, n, "name");
    *out = (struct law_instruments_groups_instruments){
        .id = id,
        .name = name.n ? name : id,
        .alias = str_or_absent(claim_value(rows, n, "short_name")),
        .kind = claim_word(law_types, claim_value(rows, n, "type")),
        .body = str_or_absent(claim_value(rows, n, "body")),
        .address = web_beneath(rq, S("/law/"), id),
    };
    out->adopted = day_of(rows, n, "adopted", &out->differs);
    out->in_force = day_of(rows, n, "in_force", &out->differs);
    fill_parties(rows, n, out);
}

/* Whether it existed on the day asked for: some day of adoption or start had come, or none is known at all. */
static bool existed(struct req *rq, str id, const struct claim *rows, size_t n)
{
    if (claim_value(rows, n, "adopted").n || claim_value(rows, n, "in_force").n) return true;
    struct claim *all;
    size_t all_n = law_instrument_of(rq->db, id, law_timeless(rq->when), &all);
    return claim_value(all, all_n, "adopted").n == 0 && claim_value(all, all_n, "in_force").n == 0;
}

/* Oldest first; those without a day last. */
static int by_age(const void *a, const void *b)
{
    const struct law_instruments_groups_instruments *x = a, *y = b;
    if ((x->adopted.p == NULL) != (y->adopted.p == NULL)) return x->adopted.p ? -1 : 1;
    int order = x->adopted.p ? str_cmp(x->adopted, y->adopted) : 0;
    return order ? order : str_cmp(x->id, y->id);
}

/* Every instrument: universal, regional, national. */
void law_page_all(struct req *rq)
{
    static const struct phrase names[GROUPS] = { PHRASE_CONST("For all states"),
                                                 PHRASE_CONST("For a region"),
                                                 PHRASE_CONST("Statutes of the United States") };
    struct claim *rows;
    size_t n = law_instrument_of(rq->db, CLAIM_ALL, rq->when, &rows);
    struct law_instruments_groups *groups = arena_new(rq->arena, struct law_instruments_groups,
                                                      GROUPS);
    struct law_instruments_groups_instruments *in[GROUPS];
    for (int g = 0; g < GROUPS; g++)
        in[g] = arena_new(rq->arena, struct law_instruments_groups_instruments, n);
    for (size_t i = 0, own; i < n; i += own) {
        str id = claim_cell(&rows[i], "instrument");
        own = claim_about_same(&rows[i], n - i);
        if (!existed(rq, id, &rows[i], own)) continue;
        enum group g = group_of(claim_value(&rows[i], own, "type"),
                                claim_value(&rows[i], own, "body"));
        fill_instrument(rq, &rows[i], own, &in[g][groups[g].instruments_n++]);
    }
    for (int g = 0; g < GROUPS; g++) {
        qsort(in[g], groups[g].instruments_n, sizeof **in, by_age);
        groups[g].group = names[g];
        groups[g].instruments = in[g];
        groups[g].has_any = groups[g].instruments_n > 0;
    }
    struct law_instruments v = {
        .on = str_or_absent(rq->when.on),
        .groups = groups,
        .groups_n = GROUPS,
        .convergence = web_beneath(rq, S("/law/convergence")),
        .transposition = web_beneath(rq, S("/law/EU-2011-36")),
        .table = claim_table_address(rq, &law_instruments),
    };
    struct head head = { .title = say(rq, PHRASE("Law")),
                         .section = "law",
                         .description = say(rq, PHRASE("Treaties, regional laws and statutes "
                                                       "against trafficking in persons, with "
                                                       "dates, parties and what they ask.")) };
    page(rq, head, &law_instruments_view, &v);
}

static void take_theme(void *page, struct word theme, const struct law_duty *duties, size_t n)
{
    struct law_instrument *v = page;
    struct law_instrument_themes *all = (struct law_instrument_themes *)v->themes;
    if (v->themes_n == THEMES_MAX) return;
    all[v->themes_n++] = (struct law_instrument_themes){ theme, duties, n };
}

static str step_name(const void *thing)
{
    return ((const struct law_instrument_transpositions *)thing)->name;
}

/* What sources say of each state's transposition of this directive. */
static void fill_transpositions(struct req *rq, str id, struct law_instrument *v)
{
    struct claim *rows;
    size_t n = law_commitments_of(rq->db, CLAIM_ALL, rq->when, &rows), kept = 0;
    struct law_instrument_transpositions *all = arena_new(rq->arena,
                                                          struct law_instrument_transpositions, n);
    for (size_t i = 0; i < n; i++) {
        struct word step;
        if (!str_eq(claim_cell(&rows[i], "predicate"), S("transposition"))) continue;
        if (!str_starts(claim_cell(&rows[i], "value"), id) || !law_answer_of(&rows[i], &step))
            continue;
        str iso3 = claim_cell(&rows[i], "iso3");
        all[kept++] = (struct law_instrument_transpositions){
            .name = lang_state(rq->lang, iso3),
            .address = web_beneath(rq, S("/countries/"), iso3),
            .step = step,
            .by = str_or_absent(claim_cell(&rows[i], "from")),
            .note = str_or_absent(claim_cell(&rows[i], "note")),
            .claim = claim_address(rq, rows[i].id),
            .source = claim_source_shown(rq, claim_source(&rows[i])),
        };
    }
    lang_sort(rq->arena, rq->lang, all, kept, sizeof *all, step_name);
    v->transpositions = all;
    v->transpositions_n = kept;
    v->is_directive = true;
}

/* One instrument: what it asks, its parties over time, what is known. */
void law_page_one(struct req *rq)
{
    str id = in_path(rq, "instrument");
    struct claim *rows;
    size_t n = law_instrument_of(rq->db, id, rq->when, &rows);
    if (n == 0) {
        not_found(rq,
                  PHRASE("We know no instrument called {asked}. The list of all stands under "
                         "Law."),
                  id);
        return;
    }
    str name = claim_value(rows, n, "name");
    struct law_instrument v = {
        .id = id,
        .name = name.n ? name : id,
        .kind = claim_word(law_types, claim_value(rows, n, "type")),
        .laws = web_beneath(rq, S("/law")),
        .is_foreign = !lang_is_english(rq->lang),
        .course = law_course_shown(rq, id, rows, n),
        .themes = arena_new(rq->arena, struct law_instrument_themes, THEMES_MAX),
        .is_statute = str_eq(id, THE_STATUTE),
        .tiers = web_beneath(rq, S("/tiers")),
    };
    v.properties_n = law_properties_shown(rq, rows, n, &v.properties);
    v.is_silent = law_duties_shown(rq, id, take_theme, &v) == 0;
    v.has_counts = v.course.counted_n > 0;
    if (rq->when.on.n && !existed(rq, id, rows, n)) v.not_yet = rq->when.on;
    if (str_eq(id, THE_DIRECTIVE)) fill_transpositions(rq, id, &v);
    struct head head = {
        .title = v.name,
        .section = "law",
        .description = say_with(rq,
                                PHRASE("{name}: what it asks of states, its parties and dates."),
                                S("name"), v.name),
    };
    head.linked = law_linked(rq, id);
    page(rq, head, &law_instrument_view, &v);
}
