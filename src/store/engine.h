/* store/engine.h - what SQLite and PostgreSQL each do behind store/db.h.
 *
 * Needs: query.    Never: included outside src/store. */
#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

#include "store/query.h"

#define SLOTS_MAX   1024
#define RESULTS_MAX 32

struct engine {
    void (*close)(struct db *db);
    void (*begin)(struct db *db, bool is_writing);
    void (*commit)(struct db *db);
    void (*rollback)(struct db *db); /* never jumps */
    void (*script)(struct db *db, const char *sql);
    struct cursor (*run)(struct db *db, struct query *q, const struct value *in);
    void (*run_together)(struct db *db, struct call *calls, size_t n);
    bool (*step)(struct cursor *c);
    int64_t (*get_int)(struct cursor *c, int column);
    str (*get_text)(struct cursor *c, int column); /* valid until the next step */
    int64_t (*end)(struct cursor *c);
    bool (*may_be_stale)(struct db *db); /* has somebody else written since it was last asked? */
};

struct db {
    const struct engine *engine;
    struct arena *arena;
    const char *where; /* for messages: the file, or "PostgreSQL" */
    bool is_in, is_writing, has_written;
    topics read, written;
    bool knows_generations;
    int snapshot_topics; /* how many topics there were when this transaction read their generations; -1: not yet */
    uint64_t generations[TOPICS_MAX];
    void *made[SLOTS_MAX];      /* prepared statements by slot */
    void *connection;           /* sqlite3 or PGconn */
    int64_t busy_since_us;      /* SQLite: since when it waits for another writer */
    const char *url;            /* PostgreSQL: to connect again */
    ms trusted_until;           /* PostgreSQL: generations are believed until then */
    bool is_gone;               /* PostgreSQL: the connection is to be made anew */
    ms retry_at;                /* PostgreSQL: and not before this (monotonic) */
    void *results[RESULTS_MAX]; /* PostgreSQL: not yet cleared, so that a jump forgets none */
};

extern const struct engine sqlite_engine, pg_engine;
void sqlite_open(struct db *db, struct arena *life, str file, enum db_use use);
void pg_open(struct db *db, struct arena *life, str url, enum db_use use);
int query_slot(struct query *q);

#endif
