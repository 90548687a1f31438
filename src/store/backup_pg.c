/* The PostgreSQL half of backup and restore: COPY out of one snapshot, COPY into one transaction. */
#include "store/backup_inside.h"

#include "base/breakage.h"
#include "base/limits.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <time.h>

struct pg_home {
    PGconn *connection;
    const char *name;
    PGresult *last; /* cleared with the next, or at the end */
    char *row;      /* of a COPY, not yet freed */
};

#define TABLES                                                                                  \
    "SELECT c.relname, string_agg(a.attname, ',' ORDER BY a.attnum) FROM pg_catalog.pg_class c" \
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"                                 \
    " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT "           \
    "a.attisdropped"                                                                            \
    " AND a.attgenerated = '' WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')"   \
    " GROUP BY c.relname ORDER BY c.relname COLLATE \"C\""

#define FOREIGN_KEYS                                                                               \
    "SELECT format('ALTER TABLE %I ALTER CONSTRAINT %I ', t.relname, k.conname) AS alter_it FROM " \
    "pg_catalog.pg_constraint k"                                                                   \
    " JOIN pg_catalog.pg_class t ON t.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = " \
    "t.relnamespace"                                                                               \
    " WHERE n.nspname = current_schema() AND k.contype = 'f' AND NOT k.condeferrable ORDER BY 1"

static void end_home(void *self)
{
    struct pg_home *pg = self;
    PQclear(pg->last);
    PQfreemem(pg->row);
    PQfinish(pg->connection);
}

/* The server's words may quote a row; only those about the machine and the schema are passed on. */
static _Noreturn void refuse(struct pg_home *pg, const char *doing)
{
    const char *state = pg->last ? PQresultErrorField(pg->last, PG_DIAG_SQLSTATE) : NULL;
    const char *said = pg->last ? PQresultErrorField(pg->last, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (PQstatus(pg->connection) != CONNECTION_OK || !state)
        broken("PostgreSQL (%s): the connection was lost (%s); nothing half-done stays", pg->name,
               doing);
    if (strcmp(state, "53100") == 0) broken("PostgreSQL (%s): its disk is full", pg->name);
    if (strcmp(state, "55P03") == 0)
        broken("PostgreSQL (%s): the tables are in use; end all servers first", pg->name);
    bool is_about_rows = memcmp(state, "22", 2) == 0 || memcmp(state, "23", 2) == 0;
    broken("PostgreSQL (%s): %s (%s, %s)", pg->name,
           is_about_rows || !said ? "a row was refused" : said, state, doing);
}

static PGresult *run(struct pg_home *pg, const char *sql, ExecStatusType expected,
                     const char *doing)
{
    PQclear(pg->last);
    pg->last = PQexec(pg->connection, sql);
    ExecStatusType status = PQresultStatus(pg->last);
    bool is_right = status == expected ||
                    (expected == PGRES_COMMAND_OK && status == PGRES_TUPLES_OK);
    if (!is_right) refuse(pg, doing);
    return pg->last;
}

static void say_nothing(void *self, const PGresult *r)
{
    (void)self;
    (void)r;
}

struct pg_home *pg_home_open(struct arena *a, str url, const char *name)
{
    struct pg_home *pg = arena_new(a, struct pg_home, 1);
    const char *const keys[] = { "dbname", "client_encoding", "connect_timeout", NULL };
    const char *const values[] = { arena_z(a, url), "UTF8", "10", NULL };
    *pg = (struct pg_home){ .name = name, .connection = PQconnectdbParams(keys, values, 1) };
    arena_at_end(a, end_home, pg);
    PQsetNoticeReceiver(pg->connection, say_nothing, NULL);
    if (PQstatus(pg->connection) != CONNECTION_OK)
        broken("PostgreSQL (%s): cannot connect; check the address, the role and that it runs",
               name);
    run(pg,
        "SET statement_timeout=0; SET idle_in_transaction_session_timeout=0; SET "
        "lock_timeout='10s'; SET bytea_output='hex'",
        PGRES_COMMAND_OK, "settings");
    return pg;
}

static bool is_plain_name(const char *z)
{
    size_t n = strspn(z, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return n > 0 && z[n] == '\0';
}

static bool is_plain_list(str list)
{
    for (size_t i = 0; i < list.n; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_,", list.p[i])) return false;
    return list.n > 0;
}

/* Tables and their columns as the catalog has them now; copied out of the result. */
static size_t list_tables(struct arena *a, struct pg_home *pg, str (**out)[2])
{
    PGresult *r = run(pg, TABLES, PGRES_TUPLES_OK, "list of tables");
    size_t n = (size_t)PQntuples(r);
    *out = arena_take_many(a, sizeof **out, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *table = PQgetvalue(r, (int)i, 0), *columns = PQgetvalue(r, (int)i, 1);
        if (!is_plain_name(table) || !is_plain_list(str_of(columns)))
            broken("PostgreSQL (%s): the schema holds tables that are not this program's",
                   pg->name);
        (*out)[i][0] = arena_str(a, str_of(table));
        (*out)[i][1] = arena_str(a, str_of(columns));
    }
    return n;
}

static const char *all_tables(struct arena *a, const char *before, str (*tables)[2], size_t n,
                              const char *after)
{
    struct sink out;
    sink_open(&out, a, 1 << 20);
    put(&out, str_of(before));
    for (size_t i = 0; i < n; i++)
        put_format(&out, "%s " STR_FMT, i ? "," : "", STR_ARG(tables[i][0]));
    put(&out, str_of(after));
    put_char(&out, '\0');
    return out.p;
}

void pg_home_snapshot(struct arena *a, struct pg_home *pg, struct manifest *m, size_t home)
{
    str(*tables)[2];
    run(pg, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", PGRES_COMMAND_OK, "begin");
    size_t n = list_tables(a, pg, &tables);
    if (n == 0)
        broken("PostgreSQL (%s): there are no data yet; run `blueheart init` first", pg->name);
    run(pg, all_tables(a, "LOCK TABLE", tables, n, " IN ACCESS SHARE MODE"), PGRES_COMMAND_OK,
        "lock");
    PGresult *r = run(pg, "SELECT room, number, name FROM store_step ORDER BY room, number",
                      PGRES_TUPLES_OK, "steps");
    for (int i = 0; i < PQntuples(r); i++) {
        int64_t number = 0;
        str_to_int(str_of(PQgetvalue(r, i, 1)), &number);
        manifest_add_step(m, home, arena_str(a, str_of(PQgetvalue(r, i, 0))), number,
                          arena_str(a, str_of(PQgetvalue(r, i, 2))));
    }
    for (size_t i = 0; i < n; i++)
        manifest_add_file(m, home,
                          arena_format(a, "%s/" STR_FMT ".copy", pg->name, STR_ARG(tables[i][0])),
                          tables[i][1]);
}

/* "front/law_state.copy" -> "law_state" */
static str table_of(const struct manifest_file *f)
{
    str name = str_of(f->member.name);
    name = str_from(name, (size_t)str_find(name, '/') + 1);
    return str_ends(name, S(".copy")) ? str_cut(name, name.n - 5) : name;
}

void pg_home_copy_out(struct pg_home *pg, const struct manifest_file *f, struct tar_out *tar)
{
    char sql[8192];
    snprintf(sql, sizeof sql, "COPY (SELECT " STR_FMT " FROM " STR_FMT " ORDER BY 1) TO STDOUT",
             STR_ARG(f->columns), STR_ARG(table_of(f)));
    run(pg, sql, PGRES_COPY_OUT, f->member.name);
    int n;
    while ((n = PQgetCopyData(pg->connection, &pg->row, 0)) > 0) {
        tar_put(tar, (str){ pg->row, (size_t)n });
        PQfreemem(pg->row);
        pg->row = NULL;
    }
    PQclear(pg->last);
    pg->last = PQgetResult(pg->connection);
    if (n == -2 || PQresultStatus(pg->last) != PGRES_COMMAND_OK) refuse(pg, f->member.name);
    PQclear(PQgetResult(pg->connection)); /* the NULL that ends a COPY */
}

static bool is_in_manifest(const struct manifest *m, size_t home, const char *room, int64_t number)
{
    for (size_t i = 0; i < m->steps; i++)
        if (m->step[i].home == home && m->step[i].number == number &&
            str_eq(m->step[i].room, str_of(room)))
            return true;
    return false;
}

/* An empty schema becomes exactly as old as the backup: its rows say which steps those are. */
static void make_schema(struct pg_home *pg, const struct manifest *m, size_t home,
                        const struct step *const *rooms)
{
    for (; *rooms; rooms++)
        for (const struct step *s = *rooms; s->room; s++)
            if (is_in_manifest(m, home, s->room, s->number))
                run(pg, s->pg, PGRES_COMMAND_OK, s->name);
}

static bool has_same_steps(struct pg_home *pg, const struct manifest *m, size_t home)
{
    size_t in_backup = 0;
    for (size_t i = 0; i < m->steps; i++) in_backup += m->step[i].home == home;
    PGresult *r = run(pg, "SELECT room, number FROM store_step", PGRES_TUPLES_OK, "steps");
    for (int i = 0; i < PQntuples(r); i++) {
        int64_t number = 0;
        str_to_int(str_of(PQgetvalue(r, i, 1)), &number);
        if (!is_in_manifest(m, home, PQgetvalue(r, i, 0), number)) return false;
    }
    return (size_t)PQntuples(r) == in_backup;
}

static bool has_same_tables(const struct manifest *m, size_t home, str (*tables)[2], size_t n)
{
    size_t same = 0, in_backup = 0;
    for (size_t i = 0; i < m->files; i++) {
        if (m->file[i].home != home) continue;
        in_backup++;
        for (size_t k = 0; k < n; k++)
            same += str_eq(table_of(&m->file[i]), tables[k][0]) &&
                    str_eq(m->file[i].columns, tables[k][1]);
    }
    return same == n && in_backup == n;
}

/* Rows arrive table by table, in the order of names: references between them are looked at when all are there. */
static void let_references_wait(struct pg_home *pg)
{
    run(pg, "CREATE TEMP TABLE restore_reference ON COMMIT DROP AS " FOREIGN_KEYS, PGRES_COMMAND_OK,
        "references");
    run(pg,
        "DO $$ DECLARE k TEXT; BEGIN FOR k IN SELECT alter_it FROM restore_reference LOOP"
        " EXECUTE k || 'DEFERRABLE INITIALLY DEFERRED'; END LOOP; END $$",
        PGRES_COMMAND_OK, "references");
}

enum restore_answer pg_home_begin_restore(struct arena *a, struct pg_home *pg,
                                          const struct manifest *m, size_t home,
                                          const struct step *const *rooms, str *why)
{
    str(*tables)[2];
    run(pg, "BEGIN", PGRES_COMMAND_OK, "begin");
    size_t n = list_tables(a, pg, &tables);
    if (n == 0) {
        make_schema(pg, m, home, rooms);
        n = list_tables(a, pg, &tables);
    } else {
        bool is_ours = false;
        for (size_t i = 0; i < n; i++) is_ours = is_ours || str_eq(tables[i][0], S("store_step"));
        if (!is_ours || !has_same_steps(pg, m, home)) {
            *why = arena_format(
                a,
                "PostgreSQL (%s): the schema there is not empty and not of the backup's age; "
                "restore into an empty one",
                pg->name);
            return RESTORE_NOT_EMPTY;
        }
    }
    if (!has_same_tables(m, home, tables, n)) {
        *why = arena_format(
            a, "PostgreSQL (%s): the tables of the backup are not those of its schema steps",
            pg->name);
        return RESTORE_DAMAGED;
    }
    run(pg,
        "CREATE TEMP TABLE restore_topic ON COMMIT DROP AS SELECT room, generation FROM "
        "store_topic",
        PGRES_COMMAND_OK, "topics");
    run(pg, all_tables(a, "TRUNCATE", tables, n, ""), PGRES_COMMAND_OK, "empty");
    let_references_wait(pg);
    return RESTORE_YES;
}

void pg_home_copy_in(struct arena *a, struct pg_home *pg, const struct manifest_file *f,
                     struct tar_in *tar)
{
    char piece[1 << 16];
    int64_t rows = 0, taken = -1;
    ptrdiff_t n;
    const char *sql = arena_format(a, "COPY " STR_FMT " (" STR_FMT ") FROM STDIN",
                                   STR_ARG(table_of(f)), STR_ARG(f->columns))
                          .p;
    run(pg, sql, PGRES_COPY_IN, f->member.name);
    while ((n = tar_read(tar, piece, sizeof piece)) > 0) {
        for (ptrdiff_t i = 0; i < n; i++)
            rows += piece[i] == '\n'; /* inside a row it is written as backslash n */
        if (PQputCopyData(pg->connection, piece, (int)n) != 1) refuse(pg, f->member.name);
    }
    if (PQputCopyEnd(pg->connection, n < 0 ? "the backup is damaged" : NULL) != 1)
        refuse(pg, f->member.name);
    PQclear(pg->last);
    pg->last = PQgetResult(pg->connection);
    if (PQresultStatus(pg->last) != PGRES_COMMAND_OK) refuse(pg, f->member.name);
    str_to_int(str_of(PQcmdTuples(pg->last)), &taken);
    if (taken != rows)
        broken("PostgreSQL (%s): took %lld of %lld rows of %s; nothing was replaced", pg->name,
               (long long)taken, (long long)rows, f->member.name);
    PQclear(PQgetResult(pg->connection));
}

/* Pages kept anywhere under an older number must not be taken for the restored ones: every number rises above
 * all that were there. */
#define RAISE_TOPICS                                                                           \
    "INSERT INTO store_topic SELECT room, 0 FROM restore_topic ON CONFLICT (room) DO NOTHING;" \
    "UPDATE store_topic SET generation = generation + 1"                                       \
    " + (SELECT COALESCE(MAX(generation), 0) FROM restore_topic)"

void pg_home_end_restore(struct pg_home *pg)
{
    run(pg, "SET CONSTRAINTS ALL IMMEDIATE", PGRES_COMMAND_OK, "references");
    run(pg,
        "DO $$ DECLARE k TEXT; BEGIN FOR k IN SELECT alter_it FROM restore_reference LOOP"
        " EXECUTE k || 'NOT DEFERRABLE'; END LOOP; END $$",
        PGRES_COMMAND_OK, "references");
    run(pg, RAISE_TOPICS, PGRES_COMMAND_OK, "topics");
}

void pg_home_commit(struct pg_home *pg)
{
    run(pg, "COMMIT", PGRES_COMMAND_OK, "commit");
    if (strcmp(PQcmdStatus(pg->last), "COMMIT") != 0)
        broken("PostgreSQL (%s): did not commit", pg->name);
    struct timespec wait = { .tv_nsec = PG_TRUST_MS * 1000000L }; /* see commit in db_pg.c */
    while (nanosleep(&wait, &wait) != 0) {}
}
