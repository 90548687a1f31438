#include "test/unit/help.h"

#include "base/breakage.h"
#include "base/limits.h"
#include "command/command.h"
#include "seal/seal.h"
#include "store/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct arena scratch;
static struct arena life;
static char folder[64], file[128], own[64];

int help_begin(void **state)
{
    (void)state;
    arena_open(&scratch, MIB(512));
    arena_open(&life, MIB(64));
    command_start();
    return 0;
}

int help_end(void **state)
{
    (void)state;
    arena_close(&life);
    arena_close(&scratch);
    if (own[0]) {
        char command[128];
        snprintf(command, sizeof command, "rm -rf '%s'", own);
        own[0] = '\0';
        assert_int_equal(system(command), 0);
    }
    if (!file[0]) return 0;
    static const char *const ends[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        char path[160];
        snprintf(path, sizeof path, "%s%s", file, ends[i]);
        unlink(path);
    }
    rmdir(folder);
    file[0] = '\0';
    return 0;
}

const char *help_folder(void)
{
    if (own[0]) return own;
    snprintf(own, sizeof own, "/tmp/blueheart-unit-XXXXXX");
    assert_non_null(mkdtemp(own));
    return own;
}

struct seal_keys *help_keys(struct arena *a)
{
    return seal_keys_open(a, arena_format(a, "%s/keys", help_folder()));
}

str help_url(void)
{
    const char *pg = getenv("TEST_PG");
    return pg ? str_of(pg) : arena_format(&life, "sqlite:%s", file);
}

struct db *help_fresh_db(void)
{
    const char *pg = getenv("TEST_PG");
    if (!pg) {
        snprintf(folder, sizeof folder, "/tmp/blueheart-test-XXXXXX");
        if (!mkdtemp(folder)) broken("no temporary folder");
        snprintf(file, sizeof file, "%s/t.db", folder);
    }
    struct db *db = db_open(&life, help_url(), DB_CREATE);
    if (pg) db_script(db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    schema_forward(db, room_steps, 1000);
    return db;
}

struct db *help_open_db(void)
{
    return db_open(&life, help_url(), DB_SERVE);
}

struct one {
    const struct claim_kind *kind;
    str csv;
    ms now;
    enum import_answer answer;
    struct import_report report;
};

static void import_it(struct db *db, void *self)
{
    struct one *one = self;
    one->answer = claim_import(db, &scratch, one->kind, one->csv, one->now, NULL, &one->report);
}

struct import_report help_try_import(struct db *db, const char *kind, str csv, ms now,
                                     enum import_answer *answer)
{
    struct one one = { .kind = claim_kind_named(str_of(kind)), .csv = csv, .now = now };
    db_use_arena(db, &scratch);
    db_write(db, import_it, &one);
    *answer = one.answer;
    return one.report;
}

void help_import(struct db *db, const char *kind, const char *csv, ms now)
{
    enum import_answer answer;
    struct import_report report = help_try_import(db, kind, str_of(csv), now, &answer);
    if (answer == IMPORT_REFUSED) fail_msg("%.*s", STR_ARG(sink_str(&report.complaints)));
}

str help_export(struct db *db, const char *kind, struct claim_when when)
{
    struct sink out;
    sink_open(&out, &scratch, IMPORT_FILE_MAX);
    db_use_arena(db, &scratch);
    db_begin_read(db);
    claim_export(db, claim_kind_named(str_of(kind)), when, &out);
    db_commit(db);
    return sink_str(&out);
}

static uint64_t seed = 1;

void draw_seed(uint64_t s)
{
    seed = s * 2862933555777941757u + 3037000493u;
}

uint32_t draw(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % below;
}

void help_languages(void)
{
    static struct arena kept;
    static bool is_open;
    if (is_open) return;
    is_open = true;
    arena_open(&kept, LIFE_ARENA_MAX);
    lang_open(&kept);
}

void help_assert_str(str have, str want, const char *where, int line)
{
    if (str_eq(have, want)) return;
    print_error("have \"%.*s\", want \"%.*s\"\n", STR_ARG(have), STR_ARG(want));
    _fail(where, line);
}
