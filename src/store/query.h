/* store/query.h - what the build makes of a room's SQL, and what its functions are made of.
 *
 * Rooms never use this header by hand: gen/sql turns room.sql into functions that do.
 * Needs: db.    Never: SQL put together at run time. */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include "store/db.h"

#define QUERY_IN_MAX 24

/* One named statement of a room. Types: i int64, u id, b yes/no, t text, y bytes; capital: may be absent. */
struct query {
    const char *name, *room, *where; /* "law_state_get", "law", "src/law/law.sql:12" */
    const char *sqlite, *pg;
    const char *in_types, *out_types;
    const char *out_names; /* "iso3 event day", for the checks */
    bool is_write;
    int slot; /* where a connection keeps it prepared; 0 until first used in this process */
};

struct value {
    int64_t number;
    str text; /* p is NULL for an absent value */
};

/* A running statement. Rows are read one by one; text is copied into the connection's arena. */
struct cursor {
    struct db *db;
    struct query *q;
    void *engine; /* the engine's own state: a statement or a result */
    int row, rows;
};

struct call {
    struct query *q;
    const struct value *in;
    struct cursor cursor;
};

struct cursor query_run(struct db *db, struct query *q, const struct value *in);
void query_run_together(struct db *db, struct call *calls,
                        size_t n); /* one trip where the engine can */
bool query_step(struct cursor *c);
int64_t query_int(struct cursor *c, int column);
str query_text(struct cursor *c, int column); /* also bytes; p is NULL for NULL */
int64_t query_end(struct cursor *c);          /* rows changed by a write; always call it */

/* A schema step of a room: forward only, one transaction each, never edited once released. */
struct step {
    const char *room;
    int number;
    const char *name, *sqlite, *pg;
};

#endif
