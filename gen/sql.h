/* gen/sql.h - a room's SQL as read from its file, before it becomes C.
 *
 * Needs: base, SQLite for checking.    Never: guess a type; each is declared. */
#ifndef GEN_SQL_H
#define GEN_SQL_H

#include "base/sink.h"

#define FIELDS_MAX 24

struct field {
    str name, type; /* int, id, ms, bool, text, bytes, personal, sealed */
    bool is_optional;
};

enum gives { GIVES_COUNT, GIVES_ONE, GIVES_MAYBE_ONE, GIVES_MANY };

struct statement {
    str name, purpose, out_struct;
    struct field in[FIELDS_MAX], out[FIELDS_MAX];
    int in_n, out_n;
    enum gives gives;
    str sql;
    int line, sql_line; /* where its comment and its SQL begin */
    str sqlite, pg;     /* with ?1 and $1 instead of :name */
    bool is_write;
    str together[FIELDS_MAX]; /* names of statements pipelined as one */
    int together_n;
};

/* A comment on a column of a schema step: "-- personal" or "-- sealed CLASS". */
struct mark {
    const char *file;
    int line;
    str table, column;
    str class; /* empty: personal, in clear */
};

struct table {
    str name;
    bool has_keep_until;
};

#define STATEMENTS_MAX 200
#define MARKS_MAX      256
#define TABLES_MAX     128

struct room_sql {
    const char *file;
    struct mark *marks;
    struct table *tables; /* newest first: those that point to others come before them */
    int marks_n, tables_n;
    str room, topic; /* topic: the room, or "" where the machinery notes topics by hand */
    struct statement *all;
    int n;
};

_Noreturn void complain(const char *file, int line, int column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void sql_read(struct arena *a, struct room_sql *room, str text);
void sql_check(struct arena *a, struct room_sql *room, const char *const *step_files, int n);
struct sqlite3;
void marks_read(struct arena *a, struct room_sql *room, const char *const *step_files, int n);
void marks_check(struct arena *a, struct room_sql *room, struct sqlite3 *db); /* after all steps */
const struct mark *mark_of(const struct room_sql *room, str table, str column);
void sealed_watch(struct sqlite3 *db); /* notes what the next statement reads */
void sealed_check(struct arena *a, const struct room_sql *room, const struct statement *q,
                  void *made);
void keeps_write_header(struct sink *out, const struct room_sql *room);
void keeps_write_code(struct sink *out, const struct room_sql *room);
void keeps_write_names(struct sink *out,
                       const struct room_sql *room); /* their entries of ROOM_queries */
void sql_write_header(struct sink *out, const struct room_sql *room);
void sql_write_code(struct sink *out, const struct room_sql *room, const char *header);
void steps_write(struct sink *out, struct arena *a, str room, const char *const *files, int n);
str step_for_sqlite(struct arena *a, str sql); /* BYTEA becomes BLOB */
str step_for_pg(struct arena *a, str sql);     /* TEXT sorts by bytes, as in SQLite */
str read_file(struct arena *a, const char *path);

#endif
