#include "who/who.h"

#include "base/day.h"

#include <stdlib.h>

size_t who_body_of(struct db *db, str slug, struct claim_when when, struct claim **out)
{
    return claim_read_told(db, &who_bodies, slug, when, out);
}

size_t who_programme_of(struct db *db, str slug, struct claim_when when, struct claim **out)
{
    return claim_read_told(db, &who_programmes, slug, when, out);
}

bool who_has_part(const struct claim *rows, size_t n, str body)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(claim_cell(&rows[i], "property"), S("partner")) &&
            str_eq(claim_cell(&rows[i], "item"), body))
            return true;
    return false;
}

/* The most exact of the days told so far; of two that cannot both be true the first stays. */
static void take_day(str *day, str told, bool *is_disputed)
{
    if (told.n == 0) return;
    if (day->n && !day_may_be_same(*day, told)) *is_disputed = true;
    else if (told.n > day->n) *day = told;
}

static void take(struct who_held *h, str appointed[1], const struct claim *c)
{
    str event = claim_cell(c, "event"), date = claim_cell(c, "date");
    if (str_eq(claim_cell(c, "capacity"), S("acting"))) h->is_acting = true;
    if (str_eq(event, S("took_office"))) take_day(&h->from, date, &h->is_disputed);
    else if (str_eq(event, S("appointed"))) take_day(appointed, date, &h->is_disputed);
    else if (str_eq(event, S("left"))) take_day(&h->to, date, &h->is_disputed);
    else if (date.n) { /* seen in office, or chosen again: oldest first */
        if (h->seen_from.n == 0) h->seen_from = date;
        h->seen_to = date;
    }
}

static bool is_same(const struct claim *a, const struct claim *b)
{
    return str_eq(claim_cell(a, "person"), claim_cell(b, "person")) &&
           str_eq(claim_cell(a, "office"), claim_cell(b, "office"));
}

static bool is_first(const struct claim *rows, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (is_same(&rows[j], &rows[i])) return false;
    return true;
}

/* The day by which holders are told in order; nothing known comes last. */
static str begin_of(const struct who_held *h)
{
    if (h->from.n) return h->from;
    if (h->seen_from.n && (h->to.n == 0 || str_cmp(h->seen_from, h->to) < 0)) return h->seen_from;
    return h->to;
}

static int by_begin(const void *x, const void *y)
{
    const struct who_held *a = x, *b = y;
    int office = str_cmp(a->office, b->office);
    str from = begin_of(a), to = begin_of(b);
    if (office) return office;
    if ((from.n == 0) != (to.n == 0)) return from.n == 0 ? 1 : -1;
    int order = str_cmp(from, to);
    return order ? order : str_cmp(a->person, b->person);
}

size_t who_held(struct db *db, str slug, struct claim_when when, struct who_held **out)
{
    struct claim *rows;
    size_t n = claim_read_told(db, &who_offices, slug, when, &rows), held = 0;
    struct who_held *all = arena_new(db_arena(db), struct who_held, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!is_first(rows, i)) continue;
        struct who_held *h = &all[held++];
        struct claim *events = arena_new(db_arena(db), struct claim, n - i);
        str appointed = S("");
        *h = (struct who_held){ .office = claim_cell(&rows[i], "office"),
                                .person = claim_cell(&rows[i], "person"),
                                .from = S(""),
                                .to = S(""),
                                .seen_from = S(""),
                                .seen_to = S(""),
                                .events = events };
        for (size_t j = i; j < n; j++) {
            if (!is_same(&rows[i], &rows[j])) continue;
            events[h->n++] = rows[j];
            take(h, &appointed, &rows[j]);
        }
        if (h->from.n == 0) h->from = appointed;
    }
    qsort(all, held, sizeof *all, by_begin);
    *out = all;
    return held;
}
