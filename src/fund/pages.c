/* The page of the fund: what it is, its figures by date, its cycles. */
#include "fund/pages.h"

#include "claim/pages.h"
#include "fund/fact.html.h"
#include "fund/fund.html.h"
#include "search/search.h"

static bool is_words(str unit)
{
    return str_eq(unit, S("text")) || str_eq(unit, S("day"));
}

static struct fund_fact shown(struct req *rq, const struct claim *c)
{
    str unit = claim_cell(c, "unit"), value = claim_cell(c, "value"),
        bound = claim_cell(c, "bound"), iso3 = claim_cell(c, "iso3");
    struct fund_fact out = {
        .as_of = str_or_absent(claim_cell(c, "as_of")),
        .note = str_or_absent(claim_cell(c, "note")),
        .claim = claim_address(rq, c->id),
        .source = claim_source_shown(rq, claim_source(c)),
    };
    int64_t number;
    if (bound.n) out.bound = claim_word(fund_bounds, bound);
    if (iso3.n && !str_eq(claim_cell(c, "fact"), S("largest_donor")))
        out.state = lang_state(rq->lang, iso3);
    if (!is_words(unit) && str_to_int(value, &number)) {
        out.number = SOME_INT(number);
        out.unit = claim_word(fund_units, unit);
    } else if (str_eq(unit, S("day"))) out.day = value;
    else out.text = value;
    if (str_eq(claim_cell(c, "fact"), S("largest_donor")) && iso3.n)
        out.text = lang_state(rq->lang, iso3);
    return out;
}

/* Those of one fact that belong to no cycle, by day, undated first. */
static size_t of_fact(struct req *rq, const char *fact, const struct fund_fact **out, bool *repeats,
                      bool *differs)
{
    struct claim *rows;
    size_t n = claim_read_told(rq->db, &fund_facts, str_of(fact), rq->when, &rows), kept = 0;
    struct fund_fact *all = arena_new(rq->arena, struct fund_fact, n + 1);
    const struct claim *before = NULL;
    *repeats = *differs = false;
    for (int is_dated = 0; is_dated < 2; is_dated++) {
        for (size_t i = 0; i < n; i++) {
            if ((claim_cell(&rows[i], "as_of").n > 0) != is_dated) continue;
            if (claim_cell(&rows[i], "cycle").n) continue;
            all[kept] = shown(rq, &rows[i]);
            bool is_again = before && claim_same_answer(before, &rows[i]);
            all[kept++].repeats = is_again && is_dated;
            *repeats = *repeats || (is_again && is_dated);
            *differs = *differs || (before && !is_again && claim_same_question(before, &rows[i]));
            before = &rows[i];
        }
    }
    *out = all;
    return kept;
}

static void fill_basics(struct req *rq, struct fund_fund *v)
{
    static const char *const names[] = { "purpose",          "created_by",        "established",
                                         "operational",      "manager",           "board",
                                         "board_term_years", "survivor_on_board", "who_may_apply",
                                         "proceeds" };
    struct fund_fund_basics *all = arena_new(rq->arena, struct fund_fund_basics, COUNT_OF(names));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct fund_fund_basics *b = &all[v->basics_n];
        bool repeats;
        *b = (struct fund_fund_basics){ .name = claim_word(fund_names, str_of(names[i])) };
        b->facts_n = of_fact(rq, names[i], &b->facts, &repeats, &b->differs);
        for (size_t j = 0; j < b->facts_n; j++) ((struct fund_fact *)b->facts)[j].repeats = false;
        v->basics_n += b->facts_n > 0;
    }
    v->basics = all;
}

static void fill_series(struct req *rq, struct fund_fund *v)
{
    static const char *const names[] = { "contributions_total", "grants_total", "projects_total",
                                         "assisted_per_year", "assisted_total" };
    struct fund_fund_series *all = arena_new(rq->arena, struct fund_fund_series, COUNT_OF(names));
    struct fund_fund_figures *figures = arena_new(rq->arena, struct fund_fund_figures,
                                                  COUNT_OF(names));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct fund_fund_series *s = &all[v->series_n];
        bool differs;
        *s = (struct fund_fund_series){ .name = claim_word(fund_names, str_of(names[i])) };
        s->facts_n = of_fact(rq, names[i], &s->facts, &s->repeats, &differs);
        if (s->facts_n == 0) continue;
        v->series_n++;
        struct fund_fact newest = s->facts[s->facts_n - 1];
        if (!str_eq(newest.unit.code, S("USD")))
            newest.unit = (struct word){ 0 }; /* its name says it */
        figures[v->figures_n++] = (struct fund_fund_figures){ s->name, newest };
    }
    v->series = all;
    v->figures = figures;
}

static void add_grantee(struct req *rq, const struct claim *c, struct fund_fund_cycles *to)
{
    struct fund_fund_cycles_grantees *g =
        (struct fund_fund_cycles_grantees *)&to->grantees[to->grantees_n++];
    str iso3 = claim_cell(c, "iso3"), source = claim_source(c);
    *g = (struct fund_fund_cycles_grantees){ .name = claim_cell(c, "value"),
                                             .claim = claim_address(rq, c->id) };
    if (iso3.n) {
        g->state = lang_state(rq->lang, iso3);
        g->country = web_beneath(rq, S("/countries/"), iso3);
    }
    bool is_told = to->grantee_sources_n &&
                   str_eq(to->grantee_sources[to->grantee_sources_n - 1].id, source);
    if (!is_told)
        ((struct web_source *)to->grantee_sources)[to->grantee_sources_n++] = claim_source_shown(
            rq, source);
    to->has_grantees = true;
}

static void fill_cycle(struct req *rq, const struct claim *rows, size_t n, int64_t number,
                       struct fund_fund_cycles *out)
{
    struct fund_fund_cycles_facts *facts = arena_new(rq->arena, struct fund_fund_cycles_facts,
                                                     n + 1);
    *out = (struct fund_fund_cycles){
        .number = number,
        .facts = facts,
        .grantees = arena_new(rq->arena, struct fund_fund_cycles_grantees, n + 1),
        .grantee_sources = arena_new(rq->arena, struct web_source, n + 1),
    };
    for (const struct word *w = fund_names; w->code.n; w++) {
        for (size_t i = 0; i < n; i++) {
            int64_t cycle;
            if (!str_eq(claim_cell(&rows[i], "fact"), w->code)) continue;
            if (!str_to_int(claim_cell(&rows[i], "cycle"), &cycle) || cycle != number) continue;
            if (str_eq(w->code, S("grantee"))) add_grantee(rq, &rows[i], out);
            else facts[out->facts_n++] = (struct fund_fund_cycles_facts){ *w, shown(rq, &rows[i]) };
        }
    }
}

#define CYCLES_MAX 100

static void fill_cycles(struct req *rq, struct fund_fund *v)
{
    struct claim *rows;
    bool is_there[CYCLES_MAX] = { false };
    size_t n = claim_read_told(rq->db, &fund_facts, CLAIM_ALL, rq->when, &rows), cycles = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t cycle;
        if (!str_to_int(claim_cell(&rows[i], "cycle"), &cycle)) continue;
        if (cycle < 1 || cycle >= CYCLES_MAX || is_there[cycle]) continue;
        is_there[cycle] = true;
        cycles++;
    }
    struct fund_fund_cycles *all = arena_new(rq->arena, struct fund_fund_cycles, cycles + 1);
    for (int i = 1; i < CYCLES_MAX; i++)
        if (is_there[i]) fill_cycle(rq, rows, n, i, &all[v->cycles_n++]);
    v->cycles = all;
}

static void fill_others(struct req *rq, struct fund_fund *v)
{
    static const char *const names[] = { "contributions_in_year", "contribution", "donor_states",
                                         "largest_donor",         "projects",     "months_max" };
    const struct fund_fact *facts[COUNT_OF(names)];
    size_t n[COUNT_OF(names)], sum = 0;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        bool repeats, differs;
        sum += n[i] = of_fact(rq, names[i], &facts[i], &repeats, &differs);
    }
    struct fund_fund_others *all = arena_new(rq->arena, struct fund_fund_others, sum + 1);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        for (size_t j = 0; j < n[i]; j++)
            all[v->others_n++] =
                (struct fund_fund_others){ claim_word(fund_names, str_of(names[i])), facts[i][j] };
    v->others = all;
}

/* What the fund is, and what is said of it by date. */
static void fund(struct req *rq)
{
    struct fund_fund v = { .is_past = rq->when.on.n > 0,
                           .is_foreign = !lang_is_english(rq->lang),
                           .unodc = web_beneath(rq, S("/who/unodc")),
                           .table = claim_table_address(rq, &fund_facts) };
    fill_basics(rq, &v);
    fill_series(rq, &v);
    fill_cycles(rq, &v);
    fill_others(rq, &v);
    struct head head = { .title = say(rq, PHRASE("The trust fund for victims")),
                         .section = "fund",
                         .description = say(rq,
                                            PHRASE("What is known of the United Nations trust fund "
                                                   "for people who were trafficked, by date.")) };
    page(rq, head, &fund_fund_view, &v);
}

static void documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    (void)db, (void)now;
    search_add(into, (struct search_doc){
                         .part = SEARCH_TAKING_PART,
                         .path = S("/fund"),
                         .title = lang_text(l, PHRASE("The trust fund for victims")),
                         .body = lang_text(l, PHRASE("The United Nations Voluntary Trust Fund for "
                                                     "Victims of Trafficking in Persons gives "
                                                     "small grants to organisations that shelter, "
                                                     "treat and advise people who were "
                                                     "trafficked. States, companies and persons "
                                                     "give to it.")),
                         .written_in = l,
                     });
}

static const struct route routes[] = {
    { GET, UNDER_LANG, "/fund", ANYONE, fund, "What is known of the trust fund, by date.",
      &fund_fund_view, NULL },
    { 0 },
};

static const struct claim_kind *const kinds[] = { &fund_facts, NULL };

const struct room fund_room = {
    .name = "fund",
    .purpose = "the trust fund for victims: its facts by date, later its ledger",
    .routes = routes,
    .kinds = kinds,
    .documents = documents,
};
