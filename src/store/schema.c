#include "store/schema.h"

#include "base/breakage.h"
#include "store/store.sql.h"

#define HAS_STEPS 1000000 /* what store_step counts among the tables */

static struct query tables = {
    .name = "tables",
    .room = "",
    .where = "src/store/schema.c",
    .in_types = "",
    .out_types = "i",
    .out_names = "n",
    .sqlite = "SELECT SUM(CASE WHEN name = 'store_step' THEN 1000000 ELSE 1 END) AS n FROM "
              "sqlite_master WHERE type = 'table'",
    .pg = "SELECT CAST(SUM(CASE WHEN tablename = 'store_step' THEN 1000000 ELSE 1 END) AS BIGINT) "
          "AS n "
          "FROM pg_catalog.pg_tables WHERE schemaname = current_schema()",
};

static int64_t count_tables(struct db *db)
{
    struct cursor c = query_run(db, &tables, NULL);
    int64_t n = query_step(&c) ? query_int(&c, 0) : 0;
    query_end(&c);
    return n;
}

static bool is_applied(const struct store_applied *applied, size_t n, const struct step *s)
{
    for (size_t i = 0; i < n; i++)
        if (applied[i].number == s->number && str_eq(applied[i].room, str_of(s->room))) return true;
    return false;
}

static bool is_known(const struct step *const *rooms, const struct store_applied *a)
{
    for (; *rooms; rooms++)
        for (const struct step *s = *rooms; s->room; s++)
            if (a->number == s->number && str_eq(a->room, str_of(s->room))) return true;
    return false;
}

enum schema_age schema_age(struct db *db, const struct step *const *rooms)
{
    int64_t n = count_tables(db);
    if (n == 0) return SCHEMA_EMPTY;
    if (n < HAS_STEPS) return SCHEMA_FOREIGN;

    struct store_applied *applied;
    size_t applied_n = store_steps_all(db, &applied);
    for (size_t i = 0; i < applied_n; i++)
        if (!is_known(rooms, &applied[i])) return SCHEMA_NEWER;
    for (; *rooms; rooms++)
        for (const struct step *s = *rooms; s->room; s++)
            if (!is_applied(applied, applied_n, s)) return SCHEMA_OLDER;
    return SCHEMA_RIGHT;
}

struct one_step {
    const struct step *step;
    ms now;
    bool is_done;
};

/* Looks again inside the transaction: another process may be moving the same data forward. */
static void apply(struct db *db, void *self)
{
    struct one_step *one = self;
    struct store_applied *applied = NULL;
    size_t n = count_tables(db) >= HAS_STEPS ? store_steps_all(db, &applied) : 0;
    one->is_done = !is_applied(applied, n, one->step);
    if (!one->is_done) return;
    db_script(db, db_is_sqlite(db) ? one->step->sqlite : one->step->pg);
    store_step_add(db, str_of(one->step->room), one->step->number, str_of(one->step->name),
                   one->now);
}

/* PostgreSQL: one program at a time, and a step on full tables may take longer than a page ever may. */
static void begin_forward(struct db *db)
{
    if (db_is_sqlite(db)) return;
    db_script(db, "SET statement_timeout=0; SET lock_timeout=0");
    db_script(db, "SELECT pg_advisory_lock(7236837416031)");
}

static void end_forward(struct db *db)
{
    if (db_is_sqlite(db)) return;
    db_script(db, "SELECT pg_advisory_unlock(7236837416031)");
    db_script(db, "SET statement_timeout='30s'; SET lock_timeout='5s'");
}

int schema_forward(struct db *db, const struct step *const *rooms, ms now)
{
    int done = 0;
    begin_forward(db);
    for (; *rooms; rooms++) {
        for (const struct step *s = *rooms; s->room; s++) {
            struct one_step one = { .step = s, .now = now };
            db_write(db, apply, &one);
            done += one.is_done;
        }
    }
    end_forward(db);
    return done;
}
