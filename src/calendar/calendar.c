#include "calendar/calendar.h"

#include "base/day.h"

#include <stdlib.h>

bool calendar_days(struct arena *a, str rule, int64_t year, str *first, str *last)
{
    if (rule.n < 2 || year < 1000 || year > 9998) return false;
    str day = arena_format(a, "%04d-" STR_FMT, (int)year, STR_ARG(rule));
    if (!day_is(day)) return false; /* a leap day does not come every year */
    *first = day_first(a, day);
    *last = day_last(a, day);
    return true;
}

bool calendar_next(struct arena *a, str rule, str from, str *first, str *last)
{
    int64_t year = day_year(from);
    if (!calendar_days(a, rule, year, first, last)) return false;
    return str_cmp(*last, from) >= 0 || calendar_days(a, rule, year + 1, first, last);
}

static int by_next(const void *x, const void *y)
{
    const struct calendar_day *a = x, *b = y;
    if ((a->first.n == 0) != (b->first.n == 0)) return a->first.n == 0 ? 1 : -1;
    int order = str_cmp(a->first, b->first);
    return order ? order : str_cmp(a->slug, b->slug);
}

size_t calendar_all(struct db *db, str day, struct claim_when when, struct calendar_day **out)
{
    struct claim *rows;
    struct arena *a = db_arena(db);
    size_t n = claim_read_told(db, &calendar_observances, CLAIM_ALL, when, &rows), days = 0;
    struct calendar_day *all = arena_new(a, struct calendar_day, n + 1);
    for (size_t from = 0, own; from < n; from += own) {
        const struct claim *c = &rows[from];
        own = claim_about_same(c, n - from);
        struct calendar_day *d = &all[days++];
        *d = (struct calendar_day){
            .slug = claim_cell(c, "observance"),
            .name = claim_cell(c, "name"),
            .rule = claim_cell(c, "rule"),
            .iso3 = claim_cell(c, "iso3"),
            .scope = claim_word(calendar_scopes, claim_cell(c, "scope")),
            .sort = claim_word(calendar_sorts, claim_cell(c, "sort")),
            .said = c,
            .n = own,
        };
        if (!calendar_next(a, d->rule, day, &d->first, &d->last)) d->first = d->last = S("");
    }
    qsort(all, days, sizeof *all, by_next);
    *out = all;
    return days;
}
