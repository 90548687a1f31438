#include "store/db.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "base/limits.h"
#include "store/engine.h"
#include "store/store.sql.h"

#include <assert.h>
#include <time.h>

str db_sqlite_file(str url)
{
    return str_starts(url, S("sqlite:")) ? str_from(url, 7) : S("");
}

struct db *db_open(struct arena *life, str url, enum db_use use)
{
    struct db *db = arena_new(life, struct db, 1);
    db->arena = life;
    if (db_sqlite_file(url).n) sqlite_open(db, life, db_sqlite_file(url), use);
    else if (str_starts(url, S("postgresql://")) || str_starts(url, S("postgres://")))
        pg_open(db, life, url, use);
    else broken("--db must begin with sqlite: or postgresql://");
    return db;
}

void db_close(struct db *db)
{
    if (db->connection) db->engine->close(db);
    db->connection = NULL;
}

bool db_is_sqlite(const struct db *db)
{
    return db->engine == &sqlite_engine;
}

void db_use_arena(struct db *db, struct arena *a)
{
    db->arena = a;
}

struct arena *db_arena(const struct db *db)
{
    return db->arena;
}

bool db_is_writing(const struct db *db)
{
    return db->is_in && db->is_writing;
}

bool db_has_written(const struct db *db)
{
    return db->has_written;
}

static void begin(struct db *db, bool is_writing)
{
    assert(!db->is_in);
    db->read = db->written = 0;
    db->has_written = false;
    db->snapshot_topics = -1;
    db->engine->begin(db, is_writing);
    db->is_in = true;
    db->is_writing = is_writing;
}

void db_begin_read(struct db *db)
{
    begin(db, false);
}

void db_begin_write(struct db *db)
{
    begin(db, true);
}

/* Bits are given to rooms as they are met; a process has few rooms. */
static const char *topic_names[TOPICS_MAX];
static int topics_met; /* a number of them read before one was met lacks that one */

topics db_topic(const char *room)
{
    if (!*room) return 0;
    int i = 0;
    while (i < TOPICS_MAX && topic_names[i] && strcmp(topic_names[i], room) != 0) i++;
    assert(i < TOPICS_MAX);
    if (!topic_names[i]) topics_met++;
    topic_names[i] = room;
    return (topics)1 << i;
}

void db_note_read(struct db *db, const char *room)
{
    db->read |= db_topic(room);
}

void db_note_write(struct db *db, const char *room)
{
    assert(db_is_writing(db));
    db->written |= db_topic(room);
}

topics db_read_topics(const struct db *db)
{
    return db->read;
}

void db_commit(struct db *db)
{
    assert(db->is_in);
    for (int i = 0; i < TOPICS_MAX; i++)
        if (db->written & ((topics)1 << i))
            store_topic_raise(db, str_of(topic_names[i]), clock_now());
    db->engine->commit(db);
    if (db->written) db->knows_generations = false;
    db->is_in = false;
}

void db_rollback(struct db *db)
{
    db->engine->rollback(db);
    db->is_in = false;
    db->knows_generations = false;
}

static void read_generations(struct db *db)
{
    for (int i = 0; i < TOPICS_MAX; i++) db->generations[i] = 0;
    struct store_topic *rows;
    size_t n = store_topics_all(db, &rows);
    for (size_t r = 0; r < n; r++) {
        for (int i = 0; i < TOPICS_MAX && topic_names[i]; i++)
            if (str_eq(rows[r].room, str_of(topic_names[i])))
                db->generations[i] = (uint64_t)rows[r].generation;
    }
}

uint64_t db_generation(struct db *db, topics set)
{
    if (db->is_in) {
        if (db->snapshot_topics != topics_met) read_generations(db); /* as this snapshot sees it */
        db->snapshot_topics = topics_met;
        db->knows_generations = false;
    } else if (!db->knows_generations || db->engine->may_be_stale(db)) {
        read_generations(db);
        db->knows_generations = true;
    }
    uint64_t mix = 0; /* the same in every process: by the rooms' names, in any order */
    for (int i = 0; i < TOPICS_MAX && topic_names[i]; i++) {
        if (!(set & ((topics)1 << i))) continue;
        uint64_t one = str_hash(str_of(topic_names[i])) ^
                       (db->generations[i] * 0x9e3779b97f4a7c15u);
        mix += (one ^ (one >> 29)) * 0xbf58476d1ce4e5b9u;
    }
    return mix;
}

/* Two that met must not meet again in the same rhythm. */
static void wait_a_little(int tries)
{
    struct timespec wait = { .tv_nsec = (long)(clock_ticks_us() % 5000 + 1000) * 1000L * tries };
    nanosleep(&wait, NULL);
}

bool db_write_if(struct db *db, bool (*work)(struct db *db, void *self), void *self)
{
    for (volatile int tries = 1;; tries++) {
        struct landing l;
        enum jump jump = LAND(&l);
        if (jump == JUMP_NONE) {
            db_begin_write(db);
            bool is_meant = work(db, self);
            if (is_meant) db_commit(db);
            landing_leave(&l);
            if (!is_meant) db_rollback(db);
            return is_meant;
        }
        landing_leave(&l);
        db_rollback(db);
        if (jump == JUMP_BROKEN) broken("%s", l.why);
        if (tries == AGAIN_MAX) broken("the data were busy %d times in a row", AGAIN_MAX);
        wait_a_little(tries);
    }
}

struct always {
    void (*work)(struct db *db, void *self);
    void *self;
};

static bool work_always(struct db *db, void *self)
{
    struct always *a = self;
    a->work(db, a->self);
    return true;
}

void db_write(struct db *db, void (*work)(struct db *db, void *self), void *self)
{
    struct always a = { work, self };
    bool is_done = db_write_if(db, work_always, &a);
    assert(is_done);
}

void db_checkpoint(struct db *db)
{
    if (db_is_sqlite(db)) db->engine->script(db, "PRAGMA wal_checkpoint(TRUNCATE)");
}

void db_script(struct db *db, const char *sql)
{
    db->engine->script(db, sql);
}

int query_slot(struct query *q)
{
    static int last;
    if (!q->slot) q->slot = ++last;
    assert(q->slot < SLOTS_MAX);
    return q->slot;
}

static void note(struct db *db, const struct query *q)
{
    assert(!q->is_write ||
           db_is_writing(db)); /* else no topic would rise, and SQLite would not refuse it */
    db->has_written |= q->is_write;
    if (q->is_write) db->written |= db_topic(q->room);
    else db->read |= db_topic(q->room);
}

struct cursor query_run(struct db *db, struct query *q, const struct value *in)
{
    note(db, q);
    return db->engine->run(db, q, in);
}

void query_run_together(struct db *db, struct call *calls, size_t n)
{
    for (size_t i = 0; i < n; i++) note(db, calls[i].q);
    db->engine->run_together(db, calls, n);
}

bool query_step(struct cursor *c)
{
    return c->db->engine->step(c);
}

int64_t query_int(struct cursor *c, int column)
{
    return c->db->engine->get_int(c, column);
}

str query_text(struct cursor *c, int column)
{
    str found = c->db->engine->get_text(c, column);
    return found.p ? arena_str(c->db->arena, found) : found;
}

int64_t query_end(struct cursor *c)
{
    return c->db->engine->end(c);
}

/* A lock of the session, so that it is held before the transaction takes its look at the data. */
void db_stand_in_line(struct db *db)
{
    if (db->engine == &pg_engine)
        db_script(db, "DO $$ BEGIN PERFORM pg_advisory_lock(72061992); END $$");
}

void db_leave_line(struct db *db)
{
    if (db->engine == &pg_engine && !db->is_gone)
        db_script(db, "DO $$ BEGIN PERFORM pg_advisory_unlock(72061992); END $$");
}
