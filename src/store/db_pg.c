/* PostgreSQL behind store/db.h: binary results, statements prepared at first use, one trip for reads that belong
 * together. A connection that was lost is made anew by the next transaction. */
#include "base/breakage.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "store/engine.h"

#include <assert.h>
#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <time.h>

#define AWAY      "PostgreSQL: cannot be reached"
#define OID_BYTEA 17
#define OID_INT8  20
#define OID_TEXT  25

static PGconn *pg(const struct db *db)
{
    return db->connection;
}

static void clear_result(PGresult **r)
{
    PQclear(*r);
    *r = NULL;
}

/* Jumps with what the server said. Details of rows stay out of the message: they may hold personal words. */
static _Noreturn void refuse(struct db *db, PGresult *r, const char *doing)
{
    char state[6] = "";
    const char *found = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    if (found) snprintf(state, sizeof state, "%s", found);
    char words[200] = "";
    const char *said = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (said) snprintf(words, sizeof words, "%s", said);
    clear_result(&r);

    if (!*state || PQstatus(pg(db)) != CONNECTION_OK || memcmp(state, "57P", 3) == 0) {
        db->is_gone = true;
        broken("PostgreSQL: the connection was lost (%s)", doing);
    }
    if (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0 || strcmp(state, "55P03") == 0)
        again();
    if (strcmp(state, "53100") == 0) broken("PostgreSQL: its disk is full");
    bool is_about_rows = memcmp(state, "22", 2) == 0; /* such words quote the value */
    broken("PostgreSQL: %s (%s, %s)", is_about_rows ? "a value was refused" : words, state, doing);
}

static void plain(struct db *db, const char *sql)
{
    PGresult *r = PQexec(pg(db), sql);
    ExecStatusType status = PQresultStatus(r);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) refuse(db, r, "script");
    clear_result(&r);
}

/* A server's notice may quote a row. */
static void say_nothing(void *self, const PGresult *r)
{
    (void)self;
    (void)r;
}

static void settle(struct db *db)
{
    PQsetNoticeReceiver(pg(db), say_nothing, NULL);
    plain(db, "SET client_encoding='UTF8'; SET client_min_messages=warning; SET lock_timeout='5s'; "
              "SET TimeZone='UTC';"
              "SET statement_timeout='30s'; SET idle_in_transaction_session_timeout='30s'");
    db->is_gone = false;
    memset(db->made, 0, sizeof db->made);
}

/* The server may go away at this very moment: whoever serves then starts without it, as if it had been away before. */
static void settle_or_wait(struct db *db)
{
    struct landing l;
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) settle(db);
    landing_leave(&l);
    if (jump == JUMP_NONE) return;
    log_line(LOG_BAD, "PostgreSQL: cannot connect yet");
    db->is_gone = true;
}

void pg_open(struct db *db, struct arena *life, str url, enum db_use use)
{
    (void)use;
    db->engine = &pg_engine;
    db->where = "PostgreSQL";
    db->url = arena_z(life, url);
    const char *const keys[] = { "connect_timeout", "dbname",
                                 NULL }; /* the address may say otherwise */
    const char *const values[] = { "5", db->url, NULL };
    db->connection = PQconnectdbParams(keys, values, 1);
    arena_at_end(life, (void (*)(void *))db_close, db);
    if (PQstatus(pg(db)) != CONNECTION_OK) {
        if (use != DB_SERVE)
            broken("PostgreSQL: cannot connect; check the address, the role and that it runs");
        log_line(LOG_BAD, "PostgreSQL: cannot connect yet");
        db->is_gone = true;
        return;
    }
    if (use == DB_SERVE) settle_or_wait(db);
    else settle(db);
}

/* While the server is away requests are refused at once, but for a few tries a second. */
static void connect_again(struct db *db)
{
    ms now = clock_ticks_us() / 1000;
    if (db->is_gone && now < db->retry_at) broken(AWAY);
    db->is_gone = true;
    db->retry_at = now + PG_RETRY_MS;
    PQreset(pg(db));
    if (PQstatus(pg(db)) != CONNECTION_OK) broken(AWAY);
    log_line(LOG_NOTE, "PostgreSQL: connected again");
    settle(db);
    db->knows_generations = false;
}

static void begin(struct db *db, bool is_writing)
{
    if (db->is_gone || PQstatus(pg(db)) != CONNECTION_OK) connect_again(db);
    plain(db, is_writing ? "BEGIN ISOLATION LEVEL SERIALIZABLE"
                         : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

/* Other nodes trust their copy of the generations for PG_TRUST_MS: whoever wrote waits that long, so that
 * nobody who saw our answer can then be shown an older page. */
static void commit(struct db *db)
{
    PGresult *r = PQexec(pg(db), "COMMIT");
    if (PQresultStatus(r) != PGRES_COMMAND_OK) refuse(db, r, "commit");
    bool is_committed = strcmp(PQcmdStatus(r), "COMMIT") ==
                        0; /* a failed transaction answers ROLLBACK, without error */
    clear_result(&r);
    if (!is_committed) broken("PostgreSQL: the transaction had failed before its end");
    if (!db->written) return;
    struct timespec wait = { .tv_nsec = PG_TRUST_MS * 1000000L };
    while (nanosleep(&wait, &wait) != 0) {}
}

static void forget_result(struct db *db, void *r)
{
    for (int i = 0; i < RESULTS_MAX; i++)
        if (db->results[i] == r) db->results[i] = NULL;
    PQclear(r);
}

static void rollback(struct db *db)
{
    for (int i = 0; i < RESULTS_MAX; i++)
        if (db->results[i]) forget_result(db, db->results[i]);
    PGresult *r;
    bool is_lost = false;
    while (!is_lost && (r = PQgetResult(pg(db))) != NULL) {
        is_lost = PQstatus(pg(db)) != CONNECTION_OK;
        PQclear(r);
    }
    if (PQpipelineStatus(pg(db)) != PQ_PIPELINE_OFF && !PQexitPipelineMode(pg(db)))
        db->is_gone = true;
    if (PQtransactionStatus(pg(db)) == PQTRANS_IDLE) return;
    r = PQexec(pg(db), "ROLLBACK");
    if (PQresultStatus(r) != PGRES_COMMAND_OK) db->is_gone = true;
    PQclear(r);
}

static Oid oid_of(char type)
{
    return type == 't' || type == 'T'   ? OID_TEXT
           : type == 'y' || type == 'Y' ? OID_BYTEA
                                        : OID_INT8;
}

static const char *prepared(struct db *db, struct query *q, char name[16])
{
    int slot = query_slot(q);
    snprintf(name, 16, "q%d", slot);
    if (db->made[slot]) return name;
    Oid types[QUERY_IN_MAX];
    int n = 0;
    for (; q->in_types[n]; n++) types[n] = oid_of(q->in_types[n]);
    PGresult *r = PQprepare(pg(db), name, q->pg, n, types);
    if (PQresultStatus(r) != PGRES_COMMAND_OK) refuse(db, r, q->name);
    clear_result(&r);
    db->made[slot] = q;
    return name;
}

struct places {
    const char *at[QUERY_IN_MAX];
    int length[QUERY_IN_MAX], format[QUERY_IN_MAX];
    int64_t number[QUERY_IN_MAX];
    int n;
};

static void fill_places(struct places *p, const struct query *q, const struct value *in)
{
    for (p->n = 0; q->in_types[p->n]; p->n++) {
        int i = p->n;
        p->format[i] = 1;
        if (oid_of(q->in_types[i]) == OID_INT8) {
            p->number[i] = (int64_t)htobe64((uint64_t)in[i].number);
            p->at[i] = (const char *)&p->number[i];
            p->length[i] = 8;
        } else {
            p->at[i] = in[i].text.p;
            p->length[i] = (int)in[i].text.n;
        }
    }
}

/* Notes the result, so that after a jump the rollback can clear it. */
static struct cursor cursor_of(struct db *db, struct query *q, PGresult *r)
{
    ExecStatusType status = PQresultStatus(r);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) refuse(db, r, q->name);
    int at = 0;
    while (at < RESULTS_MAX && db->results[at]) at++;
    assert(at < RESULTS_MAX);
    db->results[at] = r;
    return (struct cursor){ .db = db, .q = q, .engine = r, .row = -1, .rows = PQntuples(r) };
}

static struct cursor run(struct db *db, struct query *q, const struct value *in)
{
    if (!db->is_in && (db->is_gone || PQstatus(pg(db)) != CONNECTION_OK)) connect_again(db);
    char name[16];
    prepared(db, q, name);
    struct places p;
    fill_places(&p, q, in);
    return cursor_of(db, q, PQexecPrepared(pg(db), name, p.n, p.at, p.length, p.format, 1));
}

/* One trip: all are sent, then all are read. Every query yields a result and a NULL before the next. */
static void run_together(struct db *db, struct call *calls, size_t n)
{
    char name[16];
    for (size_t i = 0; i < n; i++) prepared(db, calls[i].q, name);
    if (!PQenterPipelineMode(pg(db))) broken("PostgreSQL: no pipeline");
    for (size_t i = 0; i < n; i++) {
        struct places p;
        fill_places(&p, calls[i].q, calls[i].in);
        if (!PQsendQueryPrepared(pg(db), prepared(db, calls[i].q, name), p.n, p.at, p.length,
                                 p.format, 1))
            refuse(db, NULL, calls[i].q->name);
    }
    if (!PQpipelineSync(pg(db))) refuse(db, NULL, "pipeline");
    for (size_t i = 0; i < n; i++) {
        calls[i].cursor = cursor_of(db, calls[i].q, PQgetResult(pg(db)));
        PQclear(PQgetResult(pg(db)));
    }
    PGresult *sync = PQgetResult(pg(db));
    bool is_sync = PQresultStatus(sync) == PGRES_PIPELINE_SYNC;
    PQclear(sync);
    if (!is_sync || !PQexitPipelineMode(pg(db))) refuse(db, NULL, "pipeline");
}

static bool step(struct cursor *c)
{
    return ++c->row < c->rows;
}

static int64_t get_int(struct cursor *c, int column)
{
    if (PQgetisnull(c->engine, c->row, column)) return 0;
    if (PQgetlength(c->engine, c->row, column) != 8)
        broken("%s: a number is not a BIGINT; CAST it", c->q->where);
    int64_t wire;
    memcpy(&wire, PQgetvalue(c->engine, c->row, column), sizeof wire);
    return (int64_t)be64toh((uint64_t)wire);
}

static str get_text(struct cursor *c, int column)
{
    if (PQgetisnull(c->engine, c->row, column)) return (str){ NULL, 0 };
    return (str){ PQgetvalue(c->engine, c->row, column),
                  (size_t)PQgetlength(c->engine, c->row, column) };
}

static int64_t end(struct cursor *c)
{
    int64_t changes = 0;
    str_to_int(str_of(PQcmdTuples(c->engine)), &changes);
    forget_result(c->db, c->engine);
    c->engine = NULL;
    return c->q->is_write ? changes : 0;
}

static bool may_be_stale(struct db *db)
{
    ms now = clock_ticks_us() / 1000;
    if (now < db->trusted_until && !db->is_gone) return false;
    db->trusted_until = now + PG_TRUST_MS;
    return true;
}

static void close_connection(struct db *db)
{
    PQfinish(pg(db));
}

const struct engine pg_engine = {
    close_connection, begin, commit,  rollback, plain, run,
    run_together,     step,  get_int, get_text, end,   may_be_stale,
};
