/* Signs from published lists, grouped as the lists group them, and what to do. */
#include "ask/ask.h"
#include "claim/pages.h"
#include "learn/learn.h"
#include "learn/pages.h"
#include "text/text.h"

#include <stdlib.h>

static str person_asked(struct req *rq)
{
    str code = in_query(rq, "person");
    for (const struct word *w = learn_persons; w->code.n; w++)
        if (str_eq(w->code, code)) return w->code;
    return S("adult");
}

static void fill_persons(struct req *rq, str chosen, struct learn_signs *v)
{
    struct learn_signs_persons *all = arena_new(rq->arena, struct learn_signs_persons, 4);
    for (const struct word *w = learn_persons; w->code.n; w++)
        all[v->persons_n++] =
            (struct learn_signs_persons){ *w,
                                          ARENA_JOIN(rq->arena, S("/"), lang_code(rq->lang),
                                                     S("/learn?person="), w->code, S("#signs")),
                                          str_eq(w->code, chosen) };
    v->persons = all;
}

static struct learn_signs_dimensions *dimension_of(struct learn_signs_dimensions *all, size_t *n,
                                                   const struct claim *c)
{
    str name = claim_cell(c, "dimension"), list = claim_cell(c, "list");
    for (size_t i = 0; i < *n; i++)
        if (str_eq(all[i].name, name) && str_eq(all[i].list_name, list)) return &all[i];
    all[*n] = (struct learn_signs_dimensions){ .name = name, .list_name = list };
    return &all[(*n)++];
}

static int strongest_first(const void *a, const void *b)
{
    static const char *const order[] = { "strong", "medium", "weak" };
    int at[2] = { 3, 3 };
    const struct learn_signs_dimensions_signs *both[2] = { a, b };
    for (int k = 0; k < 2; k++)
        for (int i = 0; both[k]->strength.code.n && i < 3; i++)
            if (str_eq(both[k]->strength.code, str_of(order[i]))) at[k] = i;
    return at[0] != at[1] ? at[0] - at[1] : str_cmp(both[0]->sign, both[1]->sign);
}

static void fill_dimensions(struct req *rq, str person, struct learn_signs *v)
{
    struct claim *rows;
    size_t n = claim_read(rq->db, &learn_indicators, CLAIM_ALL, rq->when, &rows);
    struct learn_signs_dimensions *all = arena_new(rq->arena, struct learn_signs_dimensions, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(claim_cell(&rows[i], "person"), person)) continue;
        struct learn_signs_dimensions *d = dimension_of(all, &v->dimensions_n, &rows[i]);
        if (!d->signs) {
            d->signs = arena_new(rq->arena, struct learn_signs_dimensions_signs, n);
            d->form = claim_word(learn_forms, claim_cell(&rows[i], "form"));
            d->source = claim_source_shown(rq, claim_source(&rows[i]));
        }
        struct learn_signs_dimensions_signs *s =
            (struct learn_signs_dimensions_signs *)&d->signs[d->signs_n++];
        *s = (struct learn_signs_dimensions_signs){ .sign = claim_cell(&rows[i], "indicator"),
                                                    .claim = claim_address(rq, rows[i].id) };
        str strength = claim_cell(&rows[i], "strength");
        if (strength.n) s->strength = claim_word(learn_strengths, strength);
    }
    for (size_t i = 0; i < v->dimensions_n; i++) {
        qsort((void *)all[i].signs, all[i].signs_n, sizeof *all[i].signs, strongest_first);
        all[i].name = learn_name(rq->lang, all[i].name);
    }
    v->dimensions = all;
}

static void fill_rules(struct req *rq, struct learn_signs *v)
{
    struct claim *rows;
    size_t n = claim_read(rq->db, &learn_rules, CLAIM_ALL, rq->when, &rows);
    struct learn_signs_rules *rules = arena_new(rq->arena, struct learn_signs_rules, n + 1);
    struct learn_signs_indications *whole = arena_new(rq->arena, struct learn_signs_indications,
                                                      n + 1);
    for (size_t i = 0; i < n; i++) {
        str meaning = learn_name(rq->lang, claim_cell(&rows[i], "meaning")),
            address = claim_address(rq, rows[i].id);
        if (str_eq(claim_cell(&rows[i], "applies_to"), S("person")))
            whole[v->indications_n++] = (struct learn_signs_indications){ meaning, address };
        else rules[v->rules_n++] = (struct learn_signs_rules){ meaning, address };
    }
    v->rules = rules;
    v->indications = whole;
}

/* Signs by the published lists; what to do and what not. */
void learn_signs(struct req *rq)
{
    struct text text;
    struct web_text shown;
    str code = lang_code(rq->lang), person = person_asked(rq);
    struct learn_signs v = {
        .is_foreign = !str_eq(code, S("en")),
        .table = claim_table_address(rq, &learn_indicators),
        .help = ARENA_JOIN(rq->arena, S("/"), code, S("/help")),
        .crime = ARENA_JOIN(rq->arena, S("/"), code, S("/the-crime")),
        .courses = web_beneath(rq, S("/learn/courses")),
        .asked = ask_under(rq, S("/learn")),
    };
    struct web_source source = claim_source_shown(rq, S("ilo-ec-2009-tabulated"));
    fill_persons(rq, person, &v);
    fill_dimensions(rq, person, &v);
    fill_rules(rq, &v);
    if (v.rules_n) v.rule_source = &source;
    v.has_text = text_get(rq->db, rq->lang, S("learn"), rq->when, rq->now, &text);
    if (v.has_text) {
        shown = text_shown(rq, &text);
        v.text = &shown;
    }
    struct head head = { .title = say(rq, PHRASE("Signs, and what to do")),
                         .section = "learn",
                         .description = say(rq,
                                            PHRASE("Published signs of trafficking, how strongly "
                                                   "each points, and what to do and not to do.")) };
    page(rq, head, &learn_signs_view, &v);
}
