/* SQLite behind store/db.h: one file, WAL, one connection per process. */
#include "base/breakage.h"
#include "base/clock.h"
#include "base/limits.h"
#include "store/engine.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

static sqlite3 *lite(const struct db *db)
{
    return db->connection;
}

/* Says what went wrong in words that whoever hosts us can act on. */
static _Noreturn void refuse(struct db *db, int code, const char *doing)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: again();
    case SQLITE_FULL: broken("%s: the disk is full", db->where);
    case SQLITE_READONLY:
        broken("%s: may only be read; check who owns it and how it is mounted", db->where);
    case SQLITE_CANTOPEN:
        broken("%s: cannot be opened; check that the folder exists and may be written", db->where);
    case SQLITE_NOTADB: broken("%s: is not a data file of this program", db->where);
    case SQLITE_CORRUPT: broken("%s: is damaged; restore a backup", db->where);
    case SQLITE_IOERR:
        broken("%s: the disk refuses to read or write (%d); is it full or failing?", db->where,
               code);
    default: broken("%s: %s (%d, %s)", db->where, sqlite3_errmsg(lite(db)), code, doing);
    }
}

static void script(struct db *db, const char *sql)
{
    int code = sqlite3_exec(lite(db), sql, NULL, NULL, NULL);
    if (code != SQLITE_OK) refuse(db, sqlite3_extended_errcode(lite(db)), "script");
}

static void close_file(struct db *db)
{
    for (int i = 0; i < SLOTS_MAX; i++) {
        sqlite3_finalize(db->made[i]);
        db->made[i] = NULL;
    }
    sqlite3_close(lite(db));
}

/* What SQLite makes beside the file (-wal, -shm) gets the file's rights. */
static void make_private(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
                  0600); /* a file that is there is not opened: closing
                                                                         it would drop the locks of this process */
    if (fd >= 0) close(fd);
}

/* While it is opened, somebody else in the file is no reason to run anything again. */
static void script_at_open(struct db *db, const char *sql)
{
    int code = sqlite3_exec(lite(db), sql, NULL, NULL, NULL);
    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
        broken("%s: another program has locked it", db->where);
    if (code != SQLITE_OK) refuse(db, code, "open");
}

/* Somebody else writes, which takes a fraction of a millisecond. The library's own waiting grows to a tenth of a second, in
* which the writer's seat stays empty and those who read wait behind this worker: many short looks serve everybody. */
static int wait_a_little(void *self, int times)
{
    struct db *db = self;
    if (times == 0) db->busy_since_us = clock_ticks_us();
    if (clock_ticks_us() - db->busy_since_us > (int64_t)BUSY_MS * 1000) return 0;
    usleep(times < 8 ? 60 : 150 + (unsigned)((clock_ticks_us() & 127) * 2));
    return 1;
}

void sqlite_open(struct db *db, struct arena *life, str file, enum db_use use)
{
    db->engine = &sqlite_engine;
    db->where = arena_z(life, file);
    if (use != DB_CREATE && access(db->where, F_OK) != 0)
        broken("%s: there are no data yet; run `blueheart init` first", db->where);
    if (use == DB_CREATE) make_private(db->where);
    int flags = use == DB_LOOK ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (use == DB_CREATE) flags |= SQLITE_OPEN_CREATE;
    sqlite3 *made = NULL;
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS,
                         0); /* a count under a lock at every allocation, which nobody reads */
    int code = sqlite3_open_v2(db->where, &made,
                               flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    db->connection = made;
    arena_at_end(life, (void (*)(void *))db_close, db);
    if (code != SQLITE_OK) refuse(db, code, "open");
    sqlite3_busy_handler(made, wait_a_little, db);
    if (use == DB_CREATE)
        script_at_open(db, "PRAGMA page_size=8192"); /* a new file only; fewer, larger writes */
    if (use != DB_LOOK && sqlite3_db_readonly(made, "main") == 1)
        refuse(db, SQLITE_READONLY, "open");
    script_at_open(db,
                   "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA mmap_size=268435456;"
                   "PRAGMA cache_size=-8192; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"
                   "SELECT COUNT(*) FROM sqlite_master;"); /* reads the file: garbage shows now */
    if (use == DB_LOOK) return;
    script_at_open(
        db,
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;");
}

static sqlite3_stmt *prepared(struct db *db, struct query *q)
{
    int slot = query_slot(q);
    if (!db->made[slot]) {
        sqlite3_stmt *made = NULL;
        int code = sqlite3_prepare_v3(lite(db), q->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &made,
                                      NULL);
        if (code != SQLITE_OK) refuse(db, code, q->name);
        db->made[slot] = made;
    }
    return db->made[slot];
}

static void begin(struct db *db, bool is_writing)
{
    script(db, is_writing ? "BEGIN IMMEDIATE" : "BEGIN");
}

static void commit(struct db *db)
{
    script(db, "COMMIT");
}

static void rollback(struct db *db)
{
    sqlite3_stmt *busy = NULL;
    while ((busy = sqlite3_next_stmt(lite(db), busy)) != NULL) sqlite3_reset(busy);
    if (!sqlite3_get_autocommit(lite(db))) sqlite3_exec(lite(db), "ROLLBACK", NULL, NULL, NULL);
}

static void bind(struct db *db, struct query *q, sqlite3_stmt *made, const struct value *in)
{
    int code = SQLITE_OK;
    for (int i = 0; q->in_types[i] && code == SQLITE_OK; i++) {
        switch (q->in_types[i]) {
        case 't':
        case 'T':
            code = in[i].text.p ? sqlite3_bind_text64(made, i + 1, in[i].text.p, in[i].text.n,
                                                      SQLITE_STATIC, SQLITE_UTF8)
                                : sqlite3_bind_null(made, i + 1);
            break;
        case 'y':
        case 'Y':
            code = in[i].text.p
                       ? sqlite3_bind_blob64(made, i + 1, in[i].text.p, in[i].text.n, SQLITE_STATIC)
                       : sqlite3_bind_null(made, i + 1);
            break;
        default: code = sqlite3_bind_int64(made, i + 1, in[i].number);
        }
    }
    if (code != SQLITE_OK) refuse(db, code, q->name);
}

static struct cursor run(struct db *db, struct query *q, const struct value *in)
{
    sqlite3_stmt *made = prepared(db, q);
    bind(db, q, made, in);
    return (struct cursor){ .db = db, .q = q, .engine = made };
}

/* In one process there is no trip to save: each runs when its rows are asked for. */
static void run_together(struct db *db, struct call *calls, size_t n)
{
    for (size_t i = 0; i < n; i++) calls[i].cursor = run(db, calls[i].q, calls[i].in);
}

static bool step(struct cursor *c)
{
    int code = sqlite3_step(c->engine);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    refuse(c->db, code, c->q->name);
}

static int64_t get_int(struct cursor *c, int column)
{
    return sqlite3_column_int64(c->engine, column);
}

static str get_text(struct cursor *c, int column)
{
    const void *p = sqlite3_column_blob(c->engine,
                                        column); /* NULL for NULL and for an empty text */
    if (p) return (str){ p, (size_t)sqlite3_column_bytes(c->engine, column) };
    return (str){ sqlite3_column_type(c->engine, column) == SQLITE_NULL ? NULL : "", 0 };
}

static int64_t end(struct cursor *c)
{
    int64_t changes = c->q->is_write ? sqlite3_changes64(lite(c->db)) : 0;
    sqlite3_reset(c->engine);
    return changes;
}

/* SQLite itself counts what other connections commit. */
static bool may_be_stale(struct db *db)
{
    static struct query version = { .name = "data_version",
                                    .room = "",
                                    .sqlite = "PRAGMA data_version",
                                    .in_types = "",
                                    .out_types = "i",
                                    .out_names = "data_version" };
    struct cursor c = run(db, &version, NULL);
    int64_t now = step(&c) ? get_int(&c, 0) : 0;
    end(&c);
    bool is_stale = now != db->trusted_until;
    db->trusted_until = now;
    return is_stale;
}

const struct engine sqlite_engine = {
    close_file,   begin, commit,  rollback, script, run,
    run_together, step,  get_int, get_text, end,    may_be_stale,
};
