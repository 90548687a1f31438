/* Prepares every statement on an empty SQLite with the room's own schema: a table of another room does not
 * exist there, so a query across the border stops the build where it stands. */
#include "gen/sql.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static void place_of_offset(const struct statement *q, int offset, int *line, int *column)
{
    *line = q->sql_line;
    *column = 1;
    for (int i = 0; i < offset && (size_t)i < q->sqlite.n; i++) {
        bool is_end = q->sqlite.p[i] == '\n';
        *line += is_end;
        *column = is_end ? 1 : *column + 1;
    }
}

static void check_names(const struct room_sql *room, const struct statement *q, sqlite3_stmt *made)
{
    int n = sqlite3_column_count(made);
    if (n != q->out_n)
        complain(room->file, q->line, 1,
                 "\"" STR_FMT "\" declares %d fields out, its statement gives %d", STR_ARG(q->name),
                 q->out_n, n);
    for (int i = 0; i < n; i++) {
        str name = str_of(sqlite3_column_name(made, i));
        if (!str_eq(name, q->out[i].name))
            complain(room->file, q->sql_line, 1,
                     "column %d is named \"" STR_FMT "\", the out: line says \"" STR_FMT
                     "\"; write AS " STR_FMT,
                     i + 1, STR_ARG(name), STR_ARG(q->out[i].name), STR_ARG(q->out[i].name));
    }
}

void sql_check(struct arena *a, struct room_sql *room, const char *const *step_files, int n)
{
    sqlite3 *db = NULL;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK) abort();
    for (int i = 0; i < n; i++) {
        const char *step = arena_z(a, step_for_sqlite(a, read_file(a, step_files[i])));
        char *why = NULL;
        if (sqlite3_exec(db, step, NULL, NULL, &why) != SQLITE_OK)
            complain(step_files[i], 1, 1, "%s", why);
    }
    marks_read(a, room, step_files, n);
    marks_check(a, room, db);
    sealed_watch(db);
    for (int i = 0; i < room->n; i++) {
        struct statement *q = &room->all[i];
        if (q->together_n) continue;
        sqlite3_stmt *made = NULL;
        if (sqlite3_prepare_v2(db, q->sqlite.p, (int)q->sqlite.n, &made, NULL) != SQLITE_OK) {
            int line, column;
            place_of_offset(q, sqlite3_error_offset(db), &line, &column);
            const char *why = sqlite3_errmsg(db);
            bool is_border = str_starts(str_of(why), S("no such table"));
            complain(room->file, line, column, "%s%s", why,
                     is_border
                         ? " in this room; a room's tables are its own, ask the other room's header"
                         : "");
        }
        check_names(room, q, made);
        sealed_check(a, room, q, made);
        sealed_watch(db);
        q->is_write = !sqlite3_stmt_readonly(made);
        sqlite3_finalize(made);
    }
    sqlite3_close(db);
}
