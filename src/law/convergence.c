/* How national offences compare with the Protocol's definition, part by part. */
#include "claim/pages.h"
#include "law/convergence.html.h"
#include "law/inside.h"

#define ELEMENTS 4
static const char *const elements[ELEMENTS] = { "offence_act", "offence_means", "offence_purpose",
                                                "offence_child_rule" };

static const struct {
    const char *code, *class;
} fits[] = {
    { "as_protocol", "fit-as" },
    { "wider", "fit-wider" },
    { "narrower", "fit-narrower" },
    { "not_there", "fit-absent" },
};

static int element_of(str predicate)
{
    for (int i = 0; i < ELEMENTS; i++)
        if (str_eq(predicate, str_of(elements[i]))) return i;
    return -1;
}

static int fit_of(str code)
{
    for (int i = 0; i < (int)COUNT_OF(fits); i++)
        if (str_eq(code, str_of(fits[i].code))) return i;
    return -1;
}

/* Another source that says otherwise is marked; the first one stands. */
static void take_cell(struct req *rq, const struct claim *c,
                      struct law_convergence_rows_cells *cell)
{
    struct word fit;
    if (!law_answer_of(c, &fit)) return;
    if (cell->fit.code.p) {
        if (!str_eq(cell->fit.code, fit.code)) cell->differs = true;
        return;
    }
    int class = fit_of(fit.code);
    cell->fit = fit;
    cell->class = class < 0 ? S("unknown") : str_of(fits[class].class);
    cell->note = str_or_absent(claim_cell(c, "note"));
    cell->claim = claim_address(rq, c->id);
}

/* The rows of one state; false if none of them is about its offence. */
static bool fill_row(struct req *rq, const struct claim *rows, size_t n,
                     struct law_convergence_rows *out)
{
    str iso3 = claim_cell(&rows[0], "iso3");
    struct law_convergence_rows_cells *cells = arena_new(
        rq->arena, struct law_convergence_rows_cells, ELEMENTS);
    bool is_any = false;
    *out = (struct law_convergence_rows){ .name = lang_state(rq->lang, iso3),
                                          .address = web_beneath(rq, S("/countries/"), iso3),
                                          .cells = cells,
                                          .cells_n = ELEMENTS };
    for (int i = 0; i < ELEMENTS; i++)
        cells[i] = (struct law_convergence_rows_cells){
            .element = claim_word(law_predicates, str_of(elements[i])), .class = S("unknown")
        };
    for (size_t i = 0; i < n; i++) {
        str predicate = claim_cell(&rows[i], "predicate");
        int element = element_of(predicate);
        if (element >= 0) take_cell(rq, &rows[i], &cells[element]);
        bool is_law = str_eq(predicate, S("offence"));
        is_any = is_any || is_law || element >= 0;
        if (!is_law) continue;
        out->law = claim_cell(&rows[i], "value");
        out->since = str_or_absent(claim_cell(&rows[i], "from"));
        out->claim = claim_address(rq, rows[i].id);
    }
    return is_any;
}

static void count_all(struct req *rq, struct law_convergence *v)
{
    struct law_convergence_elements *all = arena_new(rq->arena, struct law_convergence_elements,
                                                     ELEMENTS);
    for (size_t e = 0; e < ELEMENTS; e++) {
        int64_t of[COUNT_OF(fits)] = { 0 }, known = 0;
        for (size_t i = 0; i < v->rows_n; i++) {
            int fit = fit_of(v->rows[i].cells[e].fit.code);
            if (fit < 0) continue;
            of[fit]++;
            known++;
        }
        all[e] = (struct law_convergence_elements){
            .element = claim_word(law_predicates, str_of(elements[e])),
            .as = of[0],
            .wider = of[1],
            .narrower = of[2],
            .absent = of[3],
            .silent = v->states > known ? v->states - known : 0,
        };
    }
    v->elements = all;
    v->elements_n = ELEMENTS;
}

static str row_name(const void *thing)
{
    return ((const struct law_convergence_rows *)thing)->name;
}

static str silent_name(const void *thing)
{
    return ((const struct law_convergence_silent *)thing)->name;
}

static bool is_read(const struct law_convergence *v, str name)
{
    for (size_t i = 0; i < v->rows_n; i++)
        if (str_eq(v->rows[i].name, name)) return true;
    return false;
}

static void fill_silent(struct req *rq, struct law_convergence *v)
{
    struct law_state *states;
    size_t n = law_states(rq->db, law_timeless(rq->when), &states);
    struct law_convergence_silent *all = arena_new(rq->arena, struct law_convergence_silent, n);
    for (size_t i = 0; i < n; i++) {
        if (!states[i].is_state) continue;
        v->states++;
        str name = lang_state(rq->lang, states[i].iso3);
        if (is_read(v, name)) continue;
        all[v->silent_n++] = (struct law_convergence_silent){
            name, web_beneath(rq, S("/countries/"), states[i].iso3)
        };
    }
    lang_sort(rq->arena, rq->lang, all, v->silent_n, sizeof *all, silent_name);
    v->silent = all;
    v->silent_states = (int64_t)v->silent_n;
}

/* Which offences we could read, and how each part compares. */
void law_page_convergence(struct req *rq)
{
    struct claim *rows;
    size_t n = law_commitments_of(rq->db, CLAIM_ALL, rq->when, &rows), kept = 0;
    struct law_convergence_rows *all = arena_new(rq->arena, struct law_convergence_rows, n);
    for (size_t i = 0, next; i < n; i = next) { /* rows of one state stand together */
        str iso3 = claim_cell(&rows[i], "iso3");
        for (next = i; next < n && str_eq(claim_cell(&rows[next], "iso3"), iso3);) next++;
        if (fill_row(rq, &rows[i], next - i, &all[kept])) kept++;
    }
    lang_sort(rq->arena, rq->lang, all, kept, sizeof *all, row_name);
    struct law_convergence v = {
        .read = (int64_t)kept,
        .rows = all,
        .rows_n = kept,
        .laws = web_beneath(rq, S("/law")),
        .protocol = web_beneath(rq, S("/law/TIP-PROTOCOL/articles/3")),
        .table = claim_table_address(rq, &law_commitments),
    };
    fill_silent(rq, &v);
    count_all(rq, &v);
    struct head head = { .title = say(rq, PHRASE("How far national offences agree")),
                         .section = "law",
                         .description = say(
                             rq, PHRASE("National offences of trafficking compared with the "
                                        "Protocol's definition, part by part, with sources and "
                                        "gaps.")) };
    page(rq, head, &law_convergence_view, &v);
}
