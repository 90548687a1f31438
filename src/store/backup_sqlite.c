/* The SQLite half of backup, restore and check. */
#include "store/backup_inside.h"

#include "base/breakage.h"
#include "store/lock.h"
#include "store/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define KEPT_MAX     9
#define FINDINGS_MAX 20

static void remove_file(void *path)
{
    unlink(path);
}

void file_remove_at_end(struct arena *a, const char *path)
{
    arena_at_end(a, remove_file, (void *)path);
}

static str quoted(struct arena *a, const char *path)
{
    struct sink out;
    sink_open(&out, a, 1 << 14);
    put_char(&out, '\'');
    for (; *path; path++) {
        if (*path == '\'') put_char(&out, '\'');
        put_char(&out, *path);
    }
    put_char(&out, '\'');
    put_char(&out, '\0');
    return sink_str(&out);
}

const char *sqlite_home_snapshot(struct arena *a, str url, const char *beside)
{
    unlink(beside); /* of a backup that was killed; whoever writes here has the lock of it */
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) broken("%s: cannot be made: %s", beside, strerror(errno));
    close(fd);
    file_remove_at_end(a, beside);
    struct db *db = db_open(a, url, DB_LOOK);
    db_script(db, arena_format(a, "VACUUM INTO %s", quoted(a, beside).p).p);
    db_close(db);
    return beside;
}

/* A statement of PRAGMA's own result: text in column 0. */
static struct query integrity = {
    .name = "integrity_check",
    .room = "",
    .where = "src/store/backup_sqlite.c",
    .in_types = "",
    .out_types = "t",
    .out_names = "integrity_check",
    .sqlite = "PRAGMA integrity_check(20)",
};
static struct query foreign_keys = {
    .name = "foreign_key_check",
    .room = "",
    .where = "src/store/backup_sqlite.c",
    .in_types = "",
    .out_types = "t",
    .out_names = "table",
    .sqlite = "PRAGMA foreign_key_check",
};

/* How many findings; each is a line. Only names of tables and pages of the file are said, never a row's words. */
static int find_damage(struct db *db, struct sink *lines)
{
    int found = 0;
    struct cursor c = query_run(db, &integrity, NULL);
    while (query_step(&c)) {
        str said = query_text(&c, 0);
        if (str_eq(said, S("ok"))) continue;
        found++;
        put_format(lines, "damaged: " STR_FMT "\n", STR_ARG(str_cut(said, 300)));
    }
    query_end(&c);
    c = query_run(db, &foreign_keys, NULL);
    while (found < FINDINGS_MAX && query_step(&c)) {
        found++;
        put_format(lines, "a row of " STR_FMT " points to a row that is not there\n",
                   STR_ARG(query_text(&c, 0)));
    }
    query_end(&c);
    return found;
}

static enum check_answer say_age(enum schema_age age, struct sink *lines)
{
    switch (age) {
    case SCHEMA_RIGHT: put_lit(lines, "the schema is of this program's age\n"); return CHECK_GOOD;
    case SCHEMA_EMPTY:
        put_lit(lines, "there are no data yet; run `blueheart init`\n");
        return CHECK_EMPTY;
    case SCHEMA_OLDER:
        put_lit(lines, "schema steps are missing; run `blueheart migrate`\n");
        return CHECK_MIGRATE;
    case SCHEMA_NEWER:
        put_lit(lines, "made by a newer program; this one must not touch it\n");
        return CHECK_BAD;
    case SCHEMA_FOREIGN:
        put_lit(lines, "holds tables that are not this program's\n");
        return CHECK_BAD;
    }
    __builtin_unreachable();
}

enum check_answer backup_check(struct arena *a, const struct backup_home *home, struct sink *lines)
{
    struct db *db = db_open(a, home->url, DB_LOOK);
    db_use_arena(db, a);
    db_begin_read(db);
    int found = db_is_sqlite(db) ? find_damage(db, lines) : 0;
    enum check_answer age = say_age(schema_age(db, home->rooms), lines);
    db_rollback(db);
    db_close(db);
    if (!found && age != CHECK_BAD) put_lit(lines, "no damage was found\n");
    return found ? CHECK_BAD : age;
}

static const char *judge_open(struct arena *a, struct db *db, const struct manifest *m, size_t home,
                              const struct step *const *rooms)
{
    struct sink lines;
    sink_open(&lines, a, 1 << 16);
    if (find_damage(db, &lines)) return arena_z(a, str_trim(sink_str(&lines)));
    enum schema_age age = schema_age(db, rooms);
    if (age != SCHEMA_RIGHT && age != SCHEMA_OLDER) return "its tables are not this program's";
    if (!manifest_has_steps(m, home, db)) return "its schema steps are not those of its manifest";
    return NULL;
}

const char *sqlite_home_judge(struct arena *a, const char *file, const struct manifest *m,
                              size_t home, const struct step *const *rooms)
{
    const char *volatile why = NULL;
    struct landing l;
    if (LAND(&l) == JUMP_NONE) {
        struct db *db = db_open(a, arena_format(a, "sqlite:%s", file), DB_LOOK);
        why = judge_open(a, db, m, home, rooms);
        db_close(db);
    } else {
        why = arena_z(a, str_of(l.why[0] ? l.why : "its data file is busy"));
    }
    landing_leave(&l);
    return why;
}

static bool has_companions(struct arena *a, const char *file)
{
    return access(arena_format(a, "%s-wal", file).p, F_OK) == 0 ||
           access(arena_format(a, "%s-shm", file).p, F_OK) == 0 ||
           access(arena_format(a, "%s-journal", file).p, F_OK) == 0;
}

/* All that stands in the -wal goes into the file and both companions disappear: then a copy of the file alone is
 * the whole of it, and no old -wal can ever be read into new data. Fails while anybody has it open. */
static bool close_in_itself(struct arena *a, const char *file, str *why)
{
    volatile bool is_closed = false;
    struct arena *own = arena_new(a, struct arena, 1);
    arena_open(own, BACKUP_ARENA_MAX);
    struct landing l;
    if (LAND(&l) == JUMP_NONE) {
        struct db *db = db_open(own, arena_format(a, "sqlite:%s", file), DB_SERVE);
        db_script(
            db,
            "PRAGMA busy_timeout=500; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE");
        is_closed = true;
    }
    landing_leave(&l);
    arena_close(own);
    if (is_closed && !has_companions(a, file)) return true;
    *why = arena_format(a,
                        "%s: the old data are in use or damaged (%s); end every program that uses "
                        "them, or move the "
                        "file and its -wal away by hand",
                        file, l.why[0] ? l.why : "busy");
    return false;
}

bool sqlite_home_keep_old(struct arena *a, const char *file, str *why)
{
    bool is_there = access(file, F_OK) == 0;
    if (!is_there && !has_companions(a, file)) return true;
    if (!is_there) {
        *why = arena_format(
            a, "%s is not there, but its -wal is: rows may stand in it; move it away by hand",
            file);
        return false;
    }
    if (!close_in_itself(a, file, why)) return false;
    for (int i = 1; i <= KEPT_MAX; i++) {
        const char *kept = i == 1 ? arena_format(a, "%s.before-restore", file).p
                                  : arena_format(a, "%s.before-restore-%d", file, i).p;
        if (link(file, kept) == 0) {
            store_sync_folder(a, str_of(file));
            return true;
        }
        if (errno != EEXIST) broken("%s: cannot be kept as %s: %s", file, kept, strerror(errno));
    }
    *why = arena_format(a,
                        "%s.before-restore and %d more are there already; remove those not needed",
                        file, KEPT_MAX - 1);
    return false;
}
