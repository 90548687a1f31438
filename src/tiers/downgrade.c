/* The downgrade rule and the years on the Watch List: computed from whole years only, never guessed. */
#include "tiers/tiers.h"

#include "base/day.h"

#include <stdlib.h>

static int index_of(str code)
{
    for (int i = 0; tiers_words[i].code.n; i++)
        if (str_eq(tiers_words[i].code, code)) return i + 1;
    return TIERS_NO_RECORD;
}

static void take(struct tiers_history *h, str day, str tier)
{
    int64_t year = day_year(day);
    if (year < TIERS_FIRST_YEAR || year > TIERS_LAST_YEAR) return;
    size_t at = (size_t)(year - TIERS_FIRST_YEAR);
    int index = index_of(tier);
    if (h->tier[at] && h->tier[at] != index) h->is_disputed[at] = true;
    if (!h->tier[at]) h->tier[at] = (uint8_t)index;
}

size_t tiers_all(struct db *db, struct claim_when when, struct tiers_history **out)
{
    struct claim *rows;
    size_t n = claim_read(db, &tiers_placements, CLAIM_ALL, when, &rows), states = 0;
    int year = claim_column_of(&tiers_placements, "year"),
        tier = claim_column_of(&tiers_placements, "tier");
    struct tiers_history *all = NULL;
    for (size_t pass = 0; pass < 2; pass++) { /* once to count the states, once to fill them */
        if (pass) all = arena_new(db_arena(db), struct tiers_history, states);
        states = 0;
        for (size_t i = 0; i < n; i++) {
            bool is_new = i == 0 || !str_eq(rows[i].cell[0], rows[i - 1].cell[0]);
            states += is_new;
            if (!pass) continue;
            if (is_new) all[states - 1].iso3 = rows[i].cell[0];
            take(&all[states - 1], rows[i].cell[year], rows[i].cell[tier]);
        }
    }
    *out = all;
    return states;
}

void tiers_covers(struct db *db, struct claim_when when, enum tiers_cover out[TIERS_YEARS])
{
    struct tiers_year held[TIERS_YEARS];
    tiers_counts(db, when, held);
    for (int i = 0; i < TIERS_YEARS; i++) out[i] = tiers_cover_of(&held[i]);
}

/* Whether that year decides: its list is whole and the state's sources agree. */
static bool can_tell(const struct tiers_history *h, const enum tiers_cover *cover, int64_t year)
{
    size_t at = (size_t)(year - TIERS_FIRST_YEAR);
    return cover[at] == TIERS_WHOLE && !h->is_disputed[at];
}

static bool watched(const struct tiers_history *h, int64_t year)
{
    return h->tier[year - TIERS_FIRST_YEAR] == TIERS_WATCH;
}

#define RULE_YEARS         2
#define WAIVER_YEARS       2 /* until the report of 2018 */
#define WAIVER_YEARS_LATER 1
#define WAIVER_LATER_FROM  2019

struct tiers_due_of tiers_due_in(const struct tiers_history *h,
                                 const enum tiers_cover cover[TIERS_YEARS], int64_t year)
{
    struct tiers_due_of out = { TIERS_NOT_DUE, 0, false };
    int64_t before = year - 1;
    if (before < TIERS_RULE_FIRST_YEAR + RULE_YEARS - 1 || before > TIERS_LAST_YEAR) return out;
    while (before >= TIERS_RULE_FIRST_YEAR && can_tell(h, cover, before) && watched(h, before)) {
        out.years++;
        before--;
    }
    out.is_at_least = before >= TIERS_RULE_FIRST_YEAR && !can_tell(h, cover, before);
    int waiver = year < WAIVER_LATER_FROM ? WAIVER_YEARS : WAIVER_YEARS_LATER;
    if (out.years >= RULE_YEARS + waiver) out.due = TIERS_DUE_SURELY;
    else if (out.years >= RULE_YEARS) out.due = TIERS_DUE;
    else if (out.is_at_least) out.due = TIERS_CANNOT;
    return out;
}

struct tiers_watched tiers_watched_of(const struct tiers_history *h,
                                      const enum tiers_cover cover[TIERS_YEARS])
{
    struct tiers_watched out = { 0 };
    int run = 0;
    for (int64_t year = TIERS_FIRST_YEAR; year <= TIERS_LAST_YEAR; year++) {
        bool is_on = watched(h, year), is_told = can_tell(h, cover, year);
        out.whole += is_on && is_told;
        out.part += is_on && !is_told;
        run = is_on && is_told ? run + 1 : 0;
        if (run <= out.longest) continue;
        out.longest = run;
        out.first = year - run + 1;
        out.last = year;
    }
    return out;
}

/* ---- the 3P index ---- */

static int by_year(const void *a, const void *b)
{
    const struct tiers_score *x = a, *y = b;
    return (x->year > y->year) - (x->year < y->year);
}

size_t tiers_scores_of(struct db *db, str iso3, struct claim_when when, struct tiers_score **out)
{
    struct claim *rows;
    size_t n = claim_read(db, &tiers_policy, iso3, when, &rows), years = 0;
    struct tiers_score *all = arena_new(db_arena(db), struct tiers_score, n);
    for (size_t i = 0; i < n; i++) {
        int64_t year = day_year(claim_cell(&rows[i], "year")), score;
        if (!str_to_int(claim_cell(&rows[i], "score"), &score)) continue;
        size_t at = 0;
        while (at < years && all[at].year != year) at++;
        if (at == years) all[years++] = (struct tiers_score){ .year = year };
        str dimension = claim_cell(&rows[i], "dimension");
        for (int d = 0; d < 4; d++)
            if (str_eq(tiers_dimensions[d].code, dimension)) all[at].of[d] = score;
        if (all[at].claim.n && !str_eq(dimension, S("total"))) continue;
        all[at].claim = rows[i].id;
        all[at].source = claim_source(&rows[i]);
    }
    qsort(all, years, sizeof *all, by_year);
    *out = all;
    return years;
}
