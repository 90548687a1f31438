#include "measure/table.h"

#include "base/day.h"
#include "base/limits.h"
#include "measure/flows.h"

#include <stdlib.h>

#define TABLES_BYTES MIB(64) /* 46,000 rows take 6 MiB */

static struct {
    struct arena arena;
    struct measure_tables tables;
    struct measure_row *row; /* of the table being read */
    size_t n, room;
    str *word;
    size_t words_n, words_room;
    uint32_t *slot; /* by hash: a word's number plus one */
    size_t slots;
    uint64_t generation;
    bool is_made;
} memo;

static size_t slot_of(str s)
{
    size_t at = str_hash(s) & (memo.slots - 1);
    while (memo.slot[at] && !str_eq(memo.word[memo.slot[at] - 1], s))
        at = (at + 1) & (memo.slots - 1);
    return at;
}

static void more_slots(void)
{
    memo.slots = memo.slots ? memo.slots * 2 : 8192;
    memo.slot = arena_new(&memo.arena, uint32_t, memo.slots);
    for (size_t i = 0; i < memo.words_n; i++) memo.slot[slot_of(memo.word[i])] = (uint32_t)i + 1;
}

static uint32_t intern(str s)
{
    if (memo.words_n * 2 >= memo.slots) more_slots();
    size_t at = slot_of(s);
    if (memo.slot[at]) return memo.slot[at] - 1;
    if (memo.words_n == memo.words_room) {
        memo.words_room = memo.words_room ? memo.words_room * 2 : 4096;
        str *wider = arena_new(&memo.arena, str, memo.words_room);
        if (memo.words_n) memcpy(wider, memo.word, memo.words_n * sizeof *wider);
        memo.word = wider;
    }
    memo.word[memo.words_n] = arena_str(&memo.arena, s);
    memo.slot[at] = (uint32_t)memo.words_n + 1;
    return (uint32_t)memo.words_n++;
}

static struct measure_row *next_row(void)
{
    if (memo.n == memo.room) {
        memo.room = memo.room ? memo.room * 2 : 65536; /* untouched pages cost nothing */
        struct measure_row *wider = arena_new(&memo.arena, struct measure_row, memo.room);
        if (memo.n) memcpy(wider, memo.row, memo.n * sizeof *wider);
        memo.row = wider;
    }
    return &memo.row[memo.n++];
}

static str cell_or_empty(const struct claim *c, const char *column)
{
    for (int i = 0; i < c->n; i++)
        if (strcmp(c->kind->columns[i].name, column) == 0) return c->cell[i];
    return S("");
}

static void take_row(str day, const struct claim *c)
{
    str years = claim_cell(c, "year"), value = claim_cell(c, "value");
    struct measure_row *r = next_row();
    *r = (struct measure_row){
        .level = intern(claim_cell(c, "level")),
        .state = intern(claim_cell(c, "iso3")),
        .area = intern(claim_cell(c, "area")),
        .years = intern(years),
        .metric = intern(claim_cell(c, "metric")),
        .category = intern(claim_cell(c, "category")),
        .sex = intern(claim_cell(c, "sex")),
        .age = intern(claim_cell(c, "age")),
        .value_text = intern(value),
        .unit = intern(claim_cell(c, "unit")),
        .as_of = intern(cell_or_empty(c, "as_of")),
        .source = intern(claim_source(c)),
        .on_day = intern(day),
        .year = years.n >= 4 ? (int16_t)day_year(str_from(years, years.n - 4)) : 0,
        .is_suppressed = claim_cell(c, "suppressed").n > 0,
        .has_value = value.n > 0,
        .recorded_at = c->recorded_at,
        .retracted_at = c->retracted_at,
        .id = arena_str(&memo.arena, c->id),
    };
    if (value.n) r->value = strtod(arena_z(&memo.arena, value), NULL);
}

static void take(void *self, str day, const struct claim *all, size_t n)
{
    (void)self;
    for (size_t i = 0; i < n; i++) take_row(day, &all[i]);
}

static struct measure_table read_table(struct db *db, const struct claim_kind *kind)
{
    memo.row = NULL;
    memo.n = memo.room = 0;
    claim_each(db, kind, take, NULL);
    return (struct measure_table){ memo.row, memo.n };
}

/* Looked up once here: there are few names, and many rows that have them. */
static const str *meant_states(void)
{
    str *meant = arena_new(&memo.arena, str, memo.words_n);
    for (size_t i = 0; i < memo.words_n; i++) {
        str word = memo.word[i];
        ptrdiff_t colon = str_find(word, ':');
        bool is_name = str_starts(word, S("citizenship: ")) || str_starts(word, S("repatriated "));
        meant[i] = is_name && colon > 0 ? flows_state_called(str_from(word, (size_t)colon + 2))
                                        : S("");
    }
    return meant;
}

const struct measure_tables *measure_tables(struct db *db)
{
    db_note_read(db, measure_statistics.room);
    uint64_t generation = db_generation(db, db_topic(measure_statistics.room));
    if (memo.is_made && memo.generation == generation) return &memo.tables;
    arena_close(&memo.arena); /* also what a jump left half read */
    memset(&memo, 0, sizeof memo);
    arena_open(&memo.arena, TABLES_BYTES);
    intern(S(""));
    memo.tables.totals = read_table(db, &measure_statistics);
    memo.tables.detail = read_table(db, &measure_detail);
    memo.tables.meant = meant_states();
    memo.tables.word = memo.word;
    memo.tables.words_n = memo.words_n;
    memo.generation = generation;
    memo.is_made = true;
    return &memo.tables;
}

uint32_t table_word(const struct measure_tables *t, str s)
{
    size_t at = slot_of(s);
    (void)t;
    return memo.slot[at] ? memo.slot[at] - 1 : NO_WORD;
}

str table_text(const struct measure_tables *t, uint32_t word)
{
    return t->word[word];
}

bool table_holds(const struct measure_tables *t, const struct measure_row *r,
                 struct claim_when when)
{
    if (r->recorded_at > when.known || r->retracted_at <= when.known) return false;
    if (!when.on.n) return true;
    str day = t->word[r->on_day];
    return day.n && str_cmp(day, when.on) <= 0;
}
