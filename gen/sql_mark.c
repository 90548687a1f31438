/* Reads the marks "-- personal" and "-- sealed CLASS" beside the columns of schema steps, and holds the tables to
 * what follows from them: whatever is about a person has an end. */
#include "gen/sql.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#define CLASS_MAX 24

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static str word(str *s)
{
    *s = str_trim(*s);
    size_t n = 0;
    while (n < s->n && is_word(s->p[n])) n++;
    str found = str_cut(*s, n);
    *s = str_from(*s, n);
    return found;
}

/* The name after "CREATE TABLE" or "ALTER TABLE", else empty. */
static str table_named(str line)
{
    str first = word(&line), second = word(&line);
    bool is_table = (str_eq(first, S("CREATE")) || str_eq(first, S("ALTER"))) &&
                    str_eq(second, S("TABLE"));
    return is_table ? word(&line) : S("");
}

static str column_named(str line)
{
    str first = word(&line);
    if (!str_eq(first, S("ALTER"))) return first;
    while (line.n && !str_starts(line, S("ADD COLUMN "))) line = str_from(line, 1);
    line = str_from(line, 11);
    return word(&line);
}

static bool is_class(str s)
{
    if (s.n == 0 || s.n > CLASS_MAX) return false;
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z')) return false;
    return true;
}

static void read_mark(struct room_sql *room, const char *file, int line, str table, str text,
                      str comment)
{
    str kind = word(&comment);
    bool is_sealed = str_eq(kind, S("sealed")), is_personal = str_eq(kind, S("personal"));
    if (!is_sealed && !is_personal) return;
    str class = is_sealed ? word(&comment) : S("");
    if (is_sealed && !is_class(class))
        complain(file, line, 1,
                 "write -- sealed CLASS; a class is one word of small letters, at most %d",
                 CLASS_MAX);
    if (str_eq(column_named(text), S("CREATE")))
        complain(file, line, 1, "a marked column stands on a line of its own");
    if (!table.n || !column_named(text).n)
        complain(file, line, 1, "\"" STR_FMT "\" stands beside no column", STR_ARG(kind));
    if (room->marks_n == MARKS_MAX)
        complain(file, line, 1, "more than %d marked columns", MARKS_MAX);
    room->marks[room->marks_n++] = (struct mark){ file, line, table, column_named(text), class };
}

static void read_step(struct arena *a, struct room_sql *room, const char *file)
{
    str text = read_file(a, file), table = S("");
    for (int line_number = 1; text.p; line_number++) {
        str line = str_split(&text, '\n');
        const char *dashes = memmem(line.p, line.n, "--", 2);
        str before = dashes ? str_cut(line, (size_t)(dashes - line.p)) : line;
        str named = table_named(before);
        if (named.n) table = named;
        if (dashes)
            read_mark(room, file, line_number, table, str_trim(before),
                      str_from(line, before.n + 2));
    }
}

void marks_read(struct arena *a, struct room_sql *room, const char *const *step_files, int n)
{
    room->marks = arena_new(a, struct mark, MARKS_MAX);
    for (int i = 0; i < n; i++) read_step(a, room, step_files[i]);
}

const struct mark *mark_of(const struct room_sql *room, str table, str column)
{
    for (int i = 0; i < room->marks_n; i++)
        if (str_eq(room->marks[i].table, table) && str_eq(room->marks[i].column, column))
            return &room->marks[i];
    return NULL;
}

/* The declared type of a column; empty if there is none. */
static str type_of(struct arena *a, sqlite3 *db, str table, str column, int *is_not_null)
{
    const char *type = NULL;
    int code = sqlite3_table_column_metadata(db, NULL, arena_z(a, table), arena_z(a, column), &type,
                                             NULL, is_not_null, NULL, NULL);
    return code == SQLITE_OK && type ? arena_str(a, str_of(type)) : S("");
}

static void list_tables(struct arena *a, struct room_sql *room, sqlite3 *db)
{
    static const char sql[] =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND sql LIKE 'CREATE TABLE %' AND name NOT GLOB '*_fts_*' ORDER BY rowid DESC";
    sqlite3_stmt *made = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &made, NULL) != SQLITE_OK) abort();
    room->tables = arena_new(a, struct table, TABLES_MAX);
    while (sqlite3_step(made) == SQLITE_ROW) {
        if (room->tables_n == TABLES_MAX)
            complain(room->file, 1, 1, "more than %d tables", TABLES_MAX);
        struct table *t = &room->tables[room->tables_n++];
        int is_not_null = 0;
        t->name = arena_str(a, str_of((const char *)sqlite3_column_text(made, 0)));
        t->has_keep_until = str_eq(type_of(a, db, t->name, S("keep_until"), &is_not_null),
                                   S("BIGINT")) &&
                            is_not_null;
    }
    sqlite3_finalize(made);
}

static bool ends(const struct room_sql *room, str table)
{
    for (int i = 0; i < room->tables_n; i++)
        if (str_eq(room->tables[i].name, table)) return room->tables[i].has_keep_until;
    return true; /* a table that a later step took away */
}

void marks_check(struct arena *a, struct room_sql *room, sqlite3 *db)
{
    list_tables(a, room, db);
    for (int i = 0; i < room->marks_n; i++) {
        const struct mark *m = &room->marks[i];
        int is_not_null;
        str type = type_of(a, db, m->table, m->column, &is_not_null);
        if (m->class.n && type.n && !str_eq(type, S("BLOB")))
            complain(m->file, m->line, 1, "a sealed column is BYTEA, \"" STR_FMT "\" is " STR_FMT,
                     STR_ARG(m->column), STR_ARG(type));
        if (!ends(room, m->table))
            complain(m->file, m->line, 1,
                     "\"" STR_FMT "\" is about a person, so table " STR_FMT
                     " needs: keep_until BIGINT NOT NULL",
                     STR_ARG(m->column), STR_ARG(m->table));
    }
}
