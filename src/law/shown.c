/* Parts that several pages of law show: properties, what is asked of a state, the course of its parties. */
#include "base/day.h"
#include "claim/pages.h"
#include "draw/draw.h"
#include "law/inside.h"

#include <stdlib.h>

/* Same question, another answer; "2011" and "2011-04-05" agree as far as the first goes. */
static bool differs(const struct claim *rows, size_t n, size_t i)
{
    str value = claim_cell(&rows[i], "value");
    for (size_t k = 0; k < n; k++) {
        if (!claim_same_question(&rows[i], &rows[k])) continue;
        if (!day_may_be_same(value, claim_cell(&rows[k], "value"))) return true;
    }
    return false;
}

static int place_of(str property)
{
    int i = 0;
    while (law_properties[i].code.n && !str_eq(law_properties[i].code, property)) i++;
    return i;
}

static int by_place(const void *a, const void *b)
{
    const struct law_property *x = a, *y = b;
    int order = place_of(x->property.code) - place_of(y->property.code);
    return order ? order : str_cmp(x->claim, y->claim);
}

/* Counts of parties are shown with their course. */
size_t law_properties_shown(struct req *rq, const struct claim *rows, size_t n,
                            const struct law_property **out)
{
    struct law_property *all = arena_new(rq->arena, struct law_property, n);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        str value = claim_cell(&rows[i], "value"), property = claim_cell(&rows[i], "property");
        if (str_eq(property, S("parties"))) continue;
        struct law_property *p = &all[kept++];
        *p = (struct law_property){
            .property = claim_word(law_properties, property),
            .value = value,
            .as_of = str_or_absent(claim_cell(&rows[i], "as_of")),
            .note = str_or_absent(claim_cell(&rows[i], "note")),
            .differs = differs(rows, n, i),
            .claim = claim_address(rq, rows[i].id),
            .source = claim_source_shown(rq, claim_source(&rows[i])),
        };
        if (str_eq(property, S("type"))) p->answer = claim_word(law_types, value);
        if (!str_eq(property, S("signatories")) && day_is(value)) p->day = value;
    }
    qsort(all, kept, sizeof *all, by_place);
    *out = all;
    return kept;
}

/* ---- what it asks ---- */

static void fill_duty(struct req *rq, const struct claim *c, struct law_duty *out)
{
    str article = claim_cell(c, "article"), force = claim_cell(c, "force");
    bool is_statute = str_starts(claim_cell(c, "instrument"), S("US-"));
    *out = (struct law_duty){
        .force = claim_word(law_forces, force),
        .is_firm = str_eq(force, S("must")),
        .is_note = str_eq(force, S("note")),
        .duty = claim_cell(c, "duty"),
        .note = str_or_absent(claim_cell(c, "note")),
        .claim = claim_address(rq, c->id),
        .source = claim_source_shown(rq, claim_source(c)),
    };
    str shown = lang_digits(rq->arena, rq->lang, article);
    if (article.n)
        out->place = is_statute ? say_with(rq, PHRASE("Section {n}"), S("n"), shown)
                                : say_with(rq, PHRASE("Article {n}"), S("n"), shown);
}

size_t law_duties_shown(struct req *rq, str id, law_theme_fn *take, void *page)
{
    struct claim *rows;
    size_t n = law_duties_of(rq->db, id, rq->when, &rows);
    str last = S("");
    for (const struct word *theme = law_themes; theme->code.n; theme++) {
        struct law_duty *duties = arena_new(rq->arena, struct law_duty, n);
        size_t kept = 0;
        for (size_t i = 0; i < n; i++) {
            if (!str_eq(claim_cell(&rows[i], "theme"), theme->code)) continue;
            fill_duty(rq, &rows[i], &duties[kept]);
            duties[kept].is_new_source = !str_eq(duties[kept].source.id, last);
            last = duties[kept++].source.id;
        }
        if (kept) take(page, *theme, duties, kept);
    }
    return n;
}

/* ---- its parties over time ---- */

static int by_day(const void *a, const void *b)
{
    const struct law_course_counted *x = a, *y = b;
    if ((x->day.p == NULL) != (y->day.p == NULL)) return x->day.p ? -1 : 1;
    if (!x->day.p) return (x->count > y->count) - (x->count < y->count);
    return str_cmp(x->day, y->day);
}

static void fill_counted(struct req *rq, const struct claim *rows, size_t n,
                         const struct law_deposits *deposits, struct law_course *out)
{
    struct law_course_counted *all = arena_new(rq->arena, struct law_course_counted, n);
    for (size_t i = 0; i < n; i++) {
        int64_t count;
        if (!str_eq(claim_cell(&rows[i], "property"), S("parties"))) continue;
        if (!str_to_int(claim_cell(&rows[i], "value"), &count)) continue;
        struct law_course_counted *c = &all[out->counted_n++];
        *c = (struct law_course_counted){
            .day = str_or_absent(claim_cell(&rows[i], "as_of")),
            .count = count,
            .note = str_or_absent(claim_cell(&rows[i], "note")),
            .claim = claim_address(rq, rows[i].id),
            .source = claim_source_shown(rq, claim_source(&rows[i])),
        };
        if (c->day.p || !deposits->dated) continue;
        struct law_passing passing = law_passed(deposits, count);
        c->passed = str_or_absent(passing.latest);
        c->passed_first = str_or_absent(passing.earliest);
    }
    qsort(all, out->counted_n, sizeof *all, by_day);
    out->counted = all;
}

static html draw(struct req *rq, const struct law_deposits *deposits, const struct law_course *c)
{
    struct draw_moment *line = arena_new(rq->arena, struct draw_moment, deposits->dated),
                       *marks = arena_new(rq->arena, struct draw_moment, c->counted_n);
    for (size_t i = 0; i < deposits->dated; i++)
        line[i] = (struct draw_moment){ deposits->party[i].bound_on, (int64_t)i + 1, S("") };
    size_t n = 0;
    for (size_t i = 0; i < c->counted_n; i++) {
        if (!c->counted[i].day.p) continue;
        str day = lang_day_text(rq->arena, rq->lang, c->counted[i].day);
        marks[n++] = (struct draw_moment){ c->counted[i].day, c->counted[i].count,
                                           arena_format(rq->arena, STR_FMT ": %d", STR_ARG(day),
                                                        (int)c->counted[i].count) };
    }
    return draw_growth(rq->arena, rq->lang, line, deposits->dated, marks, n,
                       say(rq, PHRASE("The number of parties over time")));
}

struct law_course law_course_shown(struct req *rq, str id, const struct claim *rows, size_t n)
{
    struct law_deposits deposits = { 0 };
    if (str_eq(id, LAW_PROTOCOL)) deposits = law_deposits_of(rq->db, rq->when);
    struct law_course out = { .dated = (int64_t)deposits.dated,
                              .undated = (int64_t)(deposits.n - deposits.dated) };
    fill_counted(rq, rows, n, &deposits, &out);
    size_t dots = 0;
    for (size_t i = 0; i < out.counted_n; i++) dots += out.counted[i].day.p != NULL;
    out.has_counted = out.counted_n > 0;
    out.is_deposits = deposits.dated > 0;
    out.is_drawn = deposits.dated > 0 || dots > 1;
    if (out.is_drawn) out.chart = draw(rq, &deposits, &out);
    return out;
}
