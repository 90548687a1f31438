#include "tiers/tiers.h"

#include "base/day.h"

enum tiers_cover tiers_cover_of(const struct tiers_year *y)
{
    if (y->placed == 0) return TIERS_NONE;
    return y->one && y->three && y->two * 3 > y->placed ? TIERS_WHOLE : TIERS_PART;
}

static struct {
    int year, tier, source;
} at = { -1, 0, 0 };

static void look_up(void)
{
    if (at.year >= 0) return;
    at.tier = claim_column_of(&tiers_placements, "tier");
    at.source = claim_column_of(&tiers_placements, "source");
    at.year = claim_column_of(&tiers_placements, "year");
}

static void take(struct tiers_placed *p, const struct claim *c)
{
    p->sources++;
    if (p->sources > 1) {
        if (!str_eq(p->tier.code, c->cell[at.tier])) p->is_disputed = true;
        return;
    }
    p->tier = claim_word(tiers_words, c->cell[at.tier]);
    p->claim = c->id;
    p->source = c->cell[at.source];
}

size_t tiers_of_state(struct db *db, str iso3, struct claim_when when, struct tiers_placed **out)
{
    look_up();
    struct claim *rows;
    size_t n = claim_read(db, &tiers_placements, iso3, when, &rows);
    size_t years = TIERS_LAST_YEAR - TIERS_FIRST_YEAR + 1;
    struct tiers_placed *all = arena_new(db_arena(db), struct tiers_placed, years);
    for (size_t i = 0; i < years; i++)
        all[i] = (struct tiers_placed){ .iso3 = iso3,
                                        .year = TIERS_FIRST_YEAR + (int64_t)i,
                                        .tier = { S(""), PHRASE("") } };
    for (size_t i = 0; i < n; i++) {
        int64_t year = day_year(rows[i].cell[at.year]);
        if (year >= TIERS_FIRST_YEAR && year <= TIERS_LAST_YEAR)
            take(&all[year - TIERS_FIRST_YEAR], &rows[i]);
    }
    *out = all;
    return years;
}

size_t tiers_of_year(struct db *db, int64_t year, struct claim_when when, struct tiers_placed **out)
{
    look_up();
    struct claim *rows;
    str end = arena_format(db_arena(db), "%04d-12-31", (int)year);
    size_t n = claim_read_from(db, &tiers_placements, end, when, &rows), states = 0;
    struct tiers_placed *all = arena_new(db_arena(db), struct tiers_placed, n);
    for (size_t i = 0; i < n; i++) {
        str iso3 = rows[i].cell[0];
        if (states == 0 || !str_eq(all[states - 1].iso3, iso3))
            all[states++] = (struct tiers_placed){ .iso3 = iso3, .year = year };
        take(&all[states - 1], &rows[i]);
    }
    *out = all;
    return states;
}

static void count(struct tiers_year *y, str tier)
{
    y->placed++;
    y->one += str_eq(tier, S("1"));
    y->two += str_eq(tier, S("2"));
    y->three += str_eq(tier, S("3"));
}

static void count_all(struct db *db, struct claim_when when, struct tiers_year out[TIERS_YEARS])
{
    memset(out, 0, TIERS_YEARS * sizeof *out);
    for (int64_t year = TIERS_FIRST_YEAR; year <= TIERS_LAST_YEAR; year++) {
        struct tiers_placed *placed;
        size_t n = tiers_of_year(db, year, when, &placed);
        for (size_t i = 0; i < n; i++) count(&out[year - TIERS_FIRST_YEAR], placed[i].tier.code);
    }
}

/* Nearly every page asks which years are whole, and of now: counted once per generation of our own room. */
void tiers_counts(struct db *db, struct claim_when when, struct tiers_year out[TIERS_YEARS])
{
    static struct {
        uint64_t generation;
        bool is_made;
        struct tiers_year years[TIERS_YEARS];
    } memo;
    if (when.on.n || when.known != CLAIM_NOW.known) {
        count_all(db, when, out);
        return;
    }
    db_note_read(db, tiers_placements.room);
    uint64_t generation = db_generation(db, db_topic(tiers_placements.room));
    if (!memo.is_made || memo.generation != generation) {
        memo.is_made = false; /* counting may jump */
        count_all(db, when, memo.years);
        memo.generation = generation;
        memo.is_made = true;
    }
    memcpy(out, memo.years, sizeof memo.years);
}
