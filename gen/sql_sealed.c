/* Holds statements to what is sealed: a sealed column is read only as `sealed`, whole, and written only from it. */
#include "gen/sql.h"

#include <sqlite3.h>
#include <stdio.h>

#define READS_MAX 512

static struct {
    char table[64], column[64];
} reads[READS_MAX];
static int reads_n;

static int note_read(void *self, int action, const char *table, const char *column,
                     const char *base, const char *trigger)
{
    (void)self;
    (void)base;
    (void)trigger;
    if (action != SQLITE_READ || reads_n == READS_MAX) return SQLITE_OK;
    snprintf(reads[reads_n].table, sizeof reads[0].table, "%s", table);
    snprintf(reads[reads_n++].column, sizeof reads[0].column, "%s", column);
    return SQLITE_OK;
}

void sealed_watch(sqlite3 *db)
{
    reads_n = 0;
    sqlite3_set_authorizer(db, note_read, NULL);
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Complains where the word first stands in the statement. */
static _Noreturn void complain_at(const struct room_sql *room, const struct statement *q, str name,
                                  const char *what)
{
    int line = q->sql_line, column = 1;
    for (size_t i = 0; i < q->sql.n; i++, column++) {
        bool is_start = i == 0 || !is_word(q->sql.p[i - 1]);
        bool is_whole = i + name.n >= q->sql.n || !is_word(q->sql.p[i + name.n]);
        if (is_start && is_whole && str_starts(str_from(q->sql, i), name)) break;
        if (q->sql.p[i] == '\n') line++, column = 0;
    }
    complain(room->file, line, column, "\"" STR_FMT "\" %s", STR_ARG(name), what);
}

static const struct mark *sealed_mark(const struct room_sql *room, const char *table,
                                      const char *column)
{
    const struct mark *m = table && column ? mark_of(room, str_of(table), str_of(column)) : NULL;
    return m && m->class.n ? m : NULL;
}

static void check_out(const struct room_sql *room, const struct statement *q, sqlite3_stmt *made)
{
    int given = 0, read = 0;
    str last = S("");
    for (int i = 0; i < q->out_n; i++) {
        const struct mark *m = sealed_mark(room, sqlite3_column_table_name(made, i),
                                           sqlite3_column_origin_name(made, i));
        bool is_declared = str_eq(q->out[i].type, S("sealed"));
        if (m && !is_declared)
            complain_at(room, q, m->column, "is sealed; declare the field sealed");
        if (!m && is_declared)
            complain_at(room, q, q->out[i].name,
                        "is declared sealed, but its column is not marked so");
        given += m != NULL;
    }
    for (int i = 0; i < reads_n; i++) {
        const struct mark *m = sealed_mark(room, reads[i].table, reads[i].column);
        if (!m) continue;
        read++;
        last = m->column;
    }
    if (read > given)
        complain_at(room, q, last,
                    "is sealed; it is read whole or not at all, never compared or changed in SQL");
}

static str next_part(str *list) /* up to a comma outside of parentheses */
{
    int depth = 0;
    size_t n = 0;
    for (; n < list->n && (depth > 0 || list->p[n] != ','); n++)
        depth += (list->p[n] == '(') - (list->p[n] == ')');
    str part = str_trim(str_cut(*list, n));
    *list = n < list->n ? str_from(*list, n + 1) : (str){ NULL, 0 };
    return part;
}

static str inside(str from) /* what stands between the first "(" and its ")" */
{
    ptrdiff_t open = str_find(from, '(');
    if (open < 0) return S("");
    from = str_from(from, (size_t)open + 1);
    int depth = 1;
    size_t n = 0;
    for (; n < from.n && depth > 0; n++) depth += (from.p[n] == '(') - (from.p[n] == ')');
    return str_cut(from, n ? n - 1 : 0);
}

static const struct field *field_of(const struct statement *q, str value)
{
    if (!str_starts(value, S(":"))) return NULL;
    for (int i = 0; i < q->in_n; i++)
        if (str_eq(q->in[i].name, str_from(value, 1))) return &q->in[i];
    return NULL;
}

static const struct mark *sealed_by_name(const struct room_sql *room, str column)
{
    for (int i = 0; i < room->marks_n; i++)
        if (room->marks[i].class.n && str_eq(room->marks[i].column, column)) return &room->marks[i];
    return NULL;
}

/* One "column takes value". Counts the sealed ones, so that a sealed value used elsewhere is noticed. */
static int check_pair(const struct room_sql *room, const struct statement *q, const struct mark *m,
                      str column, str value)
{
    const struct field *f = field_of(q, value);
    bool is_sealed = f && str_eq(f->type, S("sealed"));
    bool is_harmless = str_eq(value, S("NULL")) || str_starts(value, S("excluded."));
    if (m && !is_sealed && !is_harmless)
        complain_at(room, q, column, "is sealed; write it from a value declared sealed");
    if (!m && is_sealed)
        complain_at(room, q, f->name, "is sealed, and this column is not marked so");
    return is_sealed;
}

static int check_insert(const struct room_sql *room, const struct statement *q)
{
    str rest = str_trim(q->sql);
    if (!str_starts(rest, S("INSERT INTO "))) return 0;
    rest = str_trim(str_from(rest, 12));
    size_t n = 0;
    while (n < rest.n && is_word(rest.p[n])) n++;
    str table = str_cut(rest, n), columns = inside(rest);
    if (!columns.n) complain_at(room, q, table, "is filled without naming its columns");
    rest = str_from(rest, (size_t)(columns.p - rest.p) + columns.n);
    const char *values_at = memmem(rest.p, rest.n, "VALUES", 6);
    str values = values_at ? inside(str_from(rest, (size_t)(values_at - rest.p))) : S("");
    int found = 0;
    while (columns.p) {
        str column = next_part(&columns), value = values.p ? next_part(&values) : S("");
        const struct mark *m = mark_of(room, table, column);
        found += check_pair(room, q, m && m->class.n ? m : NULL, column, value);
    }
    return found;
}

/* "column = :value" in an UPDATE or after ON CONFLICT. */
static int check_set(const struct room_sql *room, const struct statement *q)
{
    int found = 0;
    const char *set = memmem(q->sql.p, q->sql.n, "SET ", 4);
    str rest = set ? str_from(q->sql, (size_t)(set - q->sql.p) + 4) : S("");
    const char *where = rest.n ? memmem(rest.p, rest.n, "WHERE", 5) : NULL;
    if (where) rest = str_cut(rest, (size_t)(where - rest.p));
    while (rest.n) {
        str part = next_part(&rest);
        str column = str_trim(str_split(&part, '='));
        found += check_pair(room, q, sealed_by_name(room, column), column, str_trim(part));
    }
    return found;
}

static void check_in(struct arena *a, const struct room_sql *room, const struct statement *q)
{
    int used = 0;
    for (int i = 0; i < q->in_n; i++) {
        if (!str_eq(q->in[i].type, S("sealed"))) continue;
        str place = arena_format(a, ":" STR_FMT, STR_ARG(q->in[i].name));
        for (size_t k = 0; k < q->sql.n; k++)
            used += str_starts(str_from(q->sql, k), place) &&
                    (k + place.n >= q->sql.n || !is_word(q->sql.p[k + place.n]));
    }
    int written = check_insert(room, q) + check_set(room, q);
    if (used != written)
        complain(room->file, q->line, 1,
                 "\"" STR_FMT "\": a sealed value is only stored, in a sealed column",
                 STR_ARG(q->name));
}

void sealed_check(struct arena *a, const struct room_sql *room, const struct statement *q,
                  void *made)
{
    check_out(room, q, made);
    check_in(a, room, q);
}
