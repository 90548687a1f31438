#include "claim/claim.h"

#include "base/clock.h"
#include "base/day.h"
#include "claim/claim.sql.h"
#include "claim/cells.h"

#include <assert.h>
#include <stdlib.h>

static const struct claim_kind *const *kinds;

void claim_kinds_are(const struct claim_kind *const *all)
{
    kinds = all;
}

const struct claim_kind *claim_kind_at(size_t i)
{
    size_t n = 0;
    while (kinds[n] && n < i) n++;
    return kinds[n];
}

const struct claim_kind *claim_kind_named(str name)
{
    for (size_t i = 0; kinds[i]; i++)
        if (str_eq(name, str_of(kinds[i]->name))) return kinds[i];
    return NULL;
}

int claim_column_of(const struct claim_kind *kind, const char *name)
{
    int i = 0;
    while (kind->columns[i].name && strcmp(kind->columns[i].name, name) != 0) i++;
    assert(kind->columns[i].name);
    return i;
}

str claim_cell(const struct claim *c, const char *column)
{
    return c->cell[claim_column_of(c->kind, column)];
}

size_t claim_about_same(const struct claim *rows, size_t n)
{
    int subject = 0;
    size_t same = 1;
    if (n == 0) return 0;
    while (!(rows->kind->columns[subject].is & COLUMN_SUBJECT)) subject++;
    while (same < n && str_eq(rows[same].cell[subject], rows->cell[subject])) same++;
    return same;
}

str claim_value(const struct claim *rows, size_t n, const char *property)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(claim_cell(&rows[i], "property"), str_of(property)))
            return claim_cell(&rows[i], "value");
    return S("");
}

str claim_source(const struct claim *c)
{
    for (int i = 0; c->kind->columns[i].name; i++)
        if (c->kind->columns[i].check == CHECK_SOURCE) return c->cell[i];
    return S("");
}

struct word claim_word(const struct word *words, str code)
{
    for (; words->code.n; words++)
        if (str_eq(words->code, code)) return *words;
    return (struct word){ code, code.n ? PHRASE("Something else") : PHRASE("") };
}

static void unpack(struct arena *a, const struct claim_kind *kind, const struct claim_found *row,
                   struct claim *out)
{
    str *cell = arena_new(a, str, (size_t)cells_columns(kind));
    *out = (struct claim){
        .kind = kind,
        .id = row->id,
        .recorded_at = row->recorded_at,
        .retracted_at = row->retracted_at,
        .is_by_editor = row->entered_by != 0,
        .n = cells_split(row->cells, kind, cell),
        .cell = cell,
    };
}

static size_t unpack_all(struct db *db, const struct claim_kind *kind,
                         const struct claim_found *rows, size_t n, struct claim **out)
{
    *out = arena_new(db_arena(db), struct claim, n);
    for (size_t i = 0; i < n; i++) unpack(db_arena(db), kind, &rows[i], &(*out)[i]);
    return n;
}

static int by_subject(const void *a, const void *b)
{
    const struct claim_found *first = a, *second = b;
    int order = str_cmp(first->subject, second->subject);
    return order ? order : str_cmp(first->cells, second->cells);
}

/* The index gives subject and day in order; what is left, one day's few rows, costs less to sort here than there. */
static void sort_days(struct claim_found *rows, size_t n)
{
    for (size_t first = 0, next; first < n; first = next) {
        next = first + 1;
        while (next < n && str_eq(rows[next].on_day, rows[first].on_day) &&
               str_eq(rows[next].subject, rows[first].subject))
            next++;
        if (next - first > 1) qsort(&rows[first], next - first, sizeof *rows, by_subject);
    }
}

/* Asked what held on a day, a row without any day cannot say; kinds that have no day always hold. */
size_t claim_dated_only(const struct claim_kind *kind, struct claim_when when,
                        struct claim_found *rows, size_t n)
{
    bool has_days = false;
    for (const struct claim_column *c = kind->columns; c->name; c++)
        has_days = has_days || (c->is & (COLUMN_FROM | COLUMN_SEEN));
    if (!when.on.n || !has_days) return n;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (rows[i].on_day.n) rows[kept++] = rows[i];
    return kept;
}

#define NO_DAY_LIMIT S("9999-12-31")

static size_t rows_of(struct db *db, const struct claim_kind *kind, str subject,
                      struct claim_when when, struct claim_found **out)
{
    str on = when.on.n ? when.on : NO_DAY_LIMIT, name = str_of(kind->name);
    db_note_read(db, kind->room);
    return subject.p ? claim_rows_of(db, name, subject, on, when.known, out)
                     : claim_rows_all(db, name, on, when.known, out);
}

size_t claim_read(struct db *db, const struct claim_kind *kind, str subject, struct claim_when when,
                  struct claim **out)
{
    struct claim_found *rows;
    size_t n = rows_of(db, kind, subject, when, &rows);
    n = claim_dated_only(kind, when, rows, n);
    sort_days(rows, n);
    return unpack_all(db, kind, rows, n, out);
}

size_t claim_read_told(struct db *db, const struct claim_kind *kind, str subject,
                       struct claim_when when, struct claim **out)
{
    struct claim_found *rows;
    size_t n = rows_of(db, kind, subject, when, &rows);
    sort_days(rows, n);
    return unpack_all(db, kind, rows, n, out);
}

size_t claim_read_from(struct db *db, const struct claim_kind *kind, str day,
                       struct claim_when when, struct claim **out)
{
    struct claim_found *rows = NULL;
    db_note_read(db, kind->room);
    bool is_too_early = when.on.n && str_cmp(day, when.on) > 0;
    size_t n = is_too_early ? 0 : claim_rows_from(db, str_of(kind->name), day, when.known, &rows);
    if (n) qsort(rows, n, sizeof *rows, by_subject);
    return unpack_all(db, kind, rows, n, out);
}

void claim_each(struct db *db, const struct claim_kind *kind,
                void (*take)(void *self, str day, const struct claim *all, size_t n), void *self)
{
    static struct arena day; /* outlives a jump, so it is emptied by whoever comes next */
    struct claim_day *days;
    struct arena *own = db_arena(db);
    db_note_read(db, kind->room);
    size_t n = claim_days_of(db, str_of(kind->name), &days);
    for (size_t i = 0; i < n; i++) {
        struct claim_found *rows;
        struct claim *all;
        arena_close(&day);
        arena_open(&day, REQUEST_ARENA_MAX);
        db_use_arena(db, &day);
        size_t rows_n = claim_rows_of_day(db, str_of(kind->name), days[i].on_day, &rows);
        unpack_all(db, kind, rows, rows_n, &all);
        db_use_arena(db, own);
        take(self, days[i].on_day, all, rows_n);
    }
    arena_close(&day);
}

bool claim_get(struct db *db, str id, struct claim *out)
{
    struct claim_one one;
    if (!claim_row_get(db, id, &one)) return false;
    const struct claim_kind *kind = claim_kind_named(one.kind);
    if (!kind) return false; /* a kind this program no longer knows */
    db_note_read(db, kind->room);
    struct claim_found row = { .id = one.id,
                               .cells = one.cells,
                               .recorded_at = one.recorded_at,
                               .retracted_at = one.retracted_at,
                               .entered_by = one.entered_by };
    unpack(db_arena(db), kind, &row, out);
    return true;
}

static str subject_of(const struct claim *c)
{
    for (int i = 0; i < c->n; i++)
        if (c->kind->columns[i].is & COLUMN_SUBJECT) return c->cell[i];
    return S("");
}

size_t claim_history(struct db *db, const struct claim *c, struct claim **out)
{
    struct claim_found *rows;
    struct claim *all;
    db_note_read(db, c->kind->room);
    size_t n = claim_records_of(db, str_of(c->kind->name), subject_of(c), &rows), kept = 0;
    unpack_all(db, c->kind, rows, n, &all);
    for (size_t i = 0; i < n; i++)
        if (claim_same_question(c, &all[i])) all[kept++] = all[i];
    *out = all;
    return kept;
}

static bool same_where(const struct claim *a, const struct claim *b, int roles)
{
    if (a->kind != b->kind) return false;
    for (int i = 0; i < a->n; i++)
        if ((a->kind->columns[i].is & roles) && !str_eq(a->cell[i], b->cell[i])) return false;
    return true;
}

bool claim_same_question(const struct claim *a, const struct claim *b)
{
    return same_where(a, b, COLUMN_SUBJECT | COLUMN_PREDICATE | COLUMN_ASKS);
}

bool claim_same_answer(const struct claim *a, const struct claim *b)
{
    return same_where(a, b, COLUMN_ANSWERS);
}

bool claim_holds_at(const struct claim *c, struct claim_when when)
{
    return c->recorded_at <= when.known && c->retracted_at > when.known;
}

static str today(struct arena *a, ms now)
{
    char day[DAY_TEXT];
    day_text(now, day);
    return arena_str(a, str_of(day));
}

bool claim_waits(struct arena *a, const struct claim *c, ms now)
{
    if (!c->kind->waits) return false;
    for (int i = 0; i < c->n; i++)
        if ((c->kind->columns[i].is & COLUMN_FROM) &&
            str_cmp(day_last(a, c->cell[i]), today(a, now)) > 0)
            return true;
    return false;
}

struct claim_when claim_until(struct arena *a, const struct claim_kind *kind,
                              struct claim_when when, ms now)
{
    str day = today(a, now);
    if (kind->waits && (when.on.n == 0 || str_cmp(when.on, day) > 0)) when.on = day;
    return when;
}
