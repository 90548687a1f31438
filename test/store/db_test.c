/* Transactions, generations, schema steps and the words for what can be wrong, on both engines. */
#include "support.h"

#include "note/note.sql.h"
#include "store/lock.h"
#include "store/schema.h"
#include "store/store.sql.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void set_one(struct db *db, void *self)
{
    int64_t *number = self;
    note_sum_set(db, *number, S("x"), (str){ NULL, 0 });
}

static void put_number(struct db *db, int64_t number)
{
    db_write(db, set_one, &number);
}

static int64_t total(struct db *db)
{
    struct note_total t;
    note_sum_total(db, &t);
    return t.sum;
}

static void what_is_rolled_back_is_gone(void **state)
{
    str url;
    struct db *db = fresh_db(*state, &url);
    put_number(db, 5);
    db_begin_write(db);
    note_sum_set(db, 7, S("seven"), S("\0\1"));
    db_rollback(db);
    assert_int_equal(total(db), 5);
}

static void conflict_is_a_count(void **state)
{
    str url;
    struct db *db = fresh_db(*state, &url);
    db_begin_write(db);
    assert_int_equal(note_sum_add_blind(db, 5, S("a")), 1);
    assert_int_equal(note_sum_add_blind(db, 5, S("b")), 0);
    db_commit(db);
    struct note_sum *rows;
    assert_int_equal(note_sums_all(db, &rows), 1);
    assert_true(str_eq(rows[0].title, S("a")));
    assert_null(rows[0].raw.p);
}

static void snapshot_sees_no_later_write(void **state)
{
    struct place *p = *state;
    str url;
    struct db *one = fresh_db(p, &url), *two = db_open(&p->life, url, DB_SERVE);
    put_number(one, 5);
    db_begin_read(one);
    assert_int_equal(total(one), 5);
    put_number(two, 8);
    assert_int_equal(total(one), 5);
    db_commit(one);
    assert_int_equal(total(one), 13);
}

/* Both read, both write what follows from it: one of them must begin again. */
static void two_writers_do_not_overwrite_each_other(void **state)
{
    struct place *p = *state;
    str url;
    struct db *one = fresh_db(p, &url), *two = db_open(&p->life, url, DB_SERVE);
    put_number(one, 1);
    db_begin_write(one);
    assert_int_equal(total(one), 1);
    if (db_is_sqlite(one)) {
        db_script(two, "PRAGMA busy_timeout=50");
        assert_int_equal(JUMP_OF(db_begin_write(two)), JUMP_AGAIN);
        db_rollback(two);
        db_commit(one);
        return;
    }
    db_begin_write(two);
    assert_int_equal(total(two), 1);
    note_sum_set(one, 100, S("one"), (str){ NULL, 0 });
    db_commit(one);
    assert_int_equal(JUMP_OF(note_sum_set(two, 200, S("two"), (str){ NULL, 0 }); db_commit(two)), JUMP_AGAIN);
    db_rollback(two);
    assert_int_equal(total(two), 101);
}

static void sum_and_add(struct db *db, void *self)
{
    (void)self;
    struct note_total t;
    note_sum_total(db, &t);
    note_sum_set(db, t.n + 1, S("n"), (str){ NULL, 0 });
}

/* Four processes count together; a number lost or taken twice would show. */
static void many_processes_lose_nothing(void **state)
{
    struct place *p = *state;
    str url;
    struct db *db = fresh_db(p, &url);
    db_close(db);
    for (int i = 0; i < 4; i++) {
        if (fork() != 0) continue;
        struct db *mine = db_open(&p->life, url, DB_SERVE);
        for (int done = 0; done < 15;)
            if (JUMP_OF(db_write(mine, sum_and_add, NULL)) == JUMP_NONE) done++;
        _exit(0);
    }
    int status, bad = 0;
    while (wait(&status) > 0) bad += status != 0;
    assert_int_equal(bad, 0);
    db = db_open(&p->life, url, DB_SERVE);
    assert_int_equal(total(db), 60 * 61 / 2);
}

static void generation_rises_across_connections(void **state)
{
    struct place *p = *state;
    str url;
    struct db *one = fresh_db(p, &url), *two = db_open(&p->life, url, DB_SERVE);
    topics note = db_topic("note"), other = db_topic("other");
    uint64_t before = db_generation(one, note), of_other = db_generation(one, other);
    assert_int_equal(db_generation(one, note), before);
    put_number(two, 1);
    uint64_t after = db_generation(one, note);
    assert_int_not_equal(after, before);
    assert_int_equal(db_generation(two, note), after);
    assert_int_equal(db_generation(one, other), of_other);
    db_begin_write(two);
    note_sum_set(two, 9, S("x"), (str){ NULL, 0 });
    db_rollback(two);
    assert_int_equal(db_generation(one, note), after);
    db_begin_read(one);
    assert_int_equal(db_generation(one, note), after);
    assert_int_equal(total(one), 1);
    assert_int_equal(db_read_topics(one), note);
    db_commit(one);
    db_begin_write(one);
    db_note_write(one, "other");
    db_commit(one);
    assert_int_not_equal(db_generation(two, other), of_other);
    assert_int_equal(db_generation(two, note), after);
}

static void steps_go_forward_on_filled_data(void **state)
{
    struct place *p = *state;
    str url = fresh_url(p);
    struct db *db = db_open(&p->life, url, DB_CREATE);
    assert_int_equal(schema_age(db, test_rooms), SCHEMA_EMPTY);
    assert_int_equal(schema_forward(db, test_rooms_old, 1), 2);
    put_number(db, 4);
    db_begin_write(db);
    note_writer_add(db, 1, (personal){ S("ana") }, 99);
    db_commit(db);
    db_script(db, db_is_sqlite(db) ? "INSERT INTO note_line VALUES (1, 1, NULL, 't', x'0102', 99)"
                                   : "INSERT INTO note_line VALUES (1, 1, NULL, 't', '\\x0102', 99)");
    assert_int_equal(schema_age(db, test_rooms), SCHEMA_OLDER);
    assert_int_equal(schema_forward(db, test_rooms, 2), 1);
    assert_int_equal(schema_age(db, test_rooms), SCHEMA_RIGHT);
    assert_int_equal(schema_forward(db, test_rooms, 3), 0);
    assert_int_equal(schema_age(db, test_rooms_old), SCHEMA_NEWER);
    struct note_line *lines;
    assert_int_equal(note_lines_all(db, &lines), 1);
    assert_true(str_eq(lines[0].words.box, S("\1\2")));
    assert_null(lines[0].reply.box.p);
    assert_int_equal(total(db), 4);
}

static void two_programs_move_forward_at_once(void **state)
{
    struct place *p = *state;
    str url = fresh_url(p);
    if (is_lite(p)) db_close(db_open(&p->life, url, DB_CREATE));
    for (int i = 0; i < 3; i++) {
        if (fork() != 0) continue;
        struct db *db = db_open(&p->life, url, DB_CREATE);
        schema_forward(db, test_rooms, 1);
        _exit(schema_age(db, test_rooms) != SCHEMA_RIGHT);
    }
    int status, bad = 0;
    while (wait(&status) > 0) bad += status != 0;
    assert_int_equal(bad, 0);
}

static void foreign_tables_are_noticed(void **state)
{
    struct place *p = *state;
    struct db *db = db_open(&p->life, fresh_url(p), DB_CREATE);
    db_script(db, "CREATE TABLE cats (name TEXT)");
    assert_int_equal(schema_age(db, test_rooms), SCHEMA_FOREIGN);
}

static void together_is_one_answer(void **state)
{
    str url;
    struct db *db = fresh_db(*state, &url);
    put_number(db, 5);
    db_begin_read(db);
    struct note_sum *sums;
    struct note_line *lines;
    assert_int_equal(note_sums_all(db, &sums), 1);
    assert_int_equal(note_lines_all(db, &lines), 0);
    db_commit(db);
}

static void bad_files_are_refused_in_words(void **state)
{
    struct place *p = *state;
    struct arena *a = &p->life;
    str url;
    EXPECT_BROKEN("run `blueheart init` first", db_open(a, fresh_url(p), DB_SERVE));
    EXPECT_BROKEN("check that the folder exists", db_open(a, S("sqlite:/nowhere/at/all.db"), DB_CREATE));
    EXPECT_BROKEN("must begin with", db_open(a, S("mysql://x"), DB_SERVE));
    file_put(in_folder(p, "garbage.db").p, S("this is no database at all, but it is long enough to be read as one page of "
                                              "something, which is what SQLite looks at before it says that it is none."));
    EXPECT_BROKEN("is not a data file of this program", db_open(a, arena_format(a, "sqlite:%s", in_folder(p, "garbage.db").p), DB_SERVE));

    struct db *db = fresh_db(p, &url);
    put_number(db, 1);
    struct stat what;
    assert_int_equal(stat(db_sqlite_file(url).p, &what), 0);
    assert_int_equal(what.st_mode & 0777, 0600);
    sqlite3 *other;
    assert_int_equal(sqlite3_open(db_sqlite_file(url).p, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    db_script(db, "PRAGMA busy_timeout=10");
    EXPECT_BROKEN("busy 12 times", put_number(db, 2));
    db_close(db);
    sqlite3_exec(other, "COMMIT; PRAGMA journal_mode=DELETE; PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE", NULL, NULL, NULL);
    EXPECT_BROKEN("another program has locked it", db_open(a, url, DB_SERVE));
    sqlite3_close(other);
}

/* Root may write everywhere, so this is done as somebody else. */
static void read_only_files_are_refused_in_words(void **state)
{
    struct place *p = *state;
    str url;
    db_close(fresh_db(p, &url));
    assert_int_equal(chmod(db_sqlite_file(url).p, 0444), 0);
    assert_int_equal(chmod(p->folder, 0755), 0);
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && setuid(65534) != 0) _exit(2);
        struct landing l;
        if (LAND(&l) == JUMP_NONE) db_open(&p->life, url, DB_SERVE);
        _exit(strstr(l.why, "may only be read") ? 0 : 3);
    }
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

static void fill(struct db *db, void *self)
{
    struct place *p = self;
    str big = { arena_take(&p->life, 1 << 16), 1 << 16 };
    for (int i = 0; i < 200; i++) note_sum_set(db, 1000 + i, S("big"), big);
}

static void full_disk_is_said_and_survived(void **state)
{
    struct place *p = *state;
    const char *small = in_folder(p, "small").p;
    assert_int_equal(mkdir(small, 0700), 0);
    bool is_mounted = mount("none", small, "tmpfs", 0, "size=2m") == 0;
    if (!is_mounted) {
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 2 << 20, RLIM_INFINITY });
    }
    struct db *db = db_open(&p->life, arena_format(&p->life, "sqlite:%s/data.db", small), DB_CREATE);
    schema_forward(db, test_rooms, 1);
    put_number(db, 3);
    EXPECT_BROKEN(is_mounted ? "the disk is full" : "refuses to read or write", db_write(db, fill, p));
    assert_int_equal(total(db), 3);
    put_number(db, 4);
    assert_int_equal(total(db), 7);
    db_close(db);
    if (is_mounted) umount2(small, MNT_DETACH);
    else setrlimit(RLIMIT_FSIZE, &(struct rlimit){ RLIM_INFINITY, RLIM_INFINITY });
}

static void lost_server_is_found_again(void **state)
{
    struct place *p = *state;
    str url;
    struct db *db = fresh_db(p, &url);
    put_number(db, 1);
    pg_do("kill");
    EXPECT_BROKEN("PostgreSQL", put_number(db, 2));
    EXPECT_BROKEN("PostgreSQL", db_generation(db, db_topic("note")));
    EXPECT_BROKEN("cannot connect", db_open(&p->life, url, DB_CREATE));
    struct db *early = db_open(&p->life, url, DB_SERVE); /* a node may start before its server */
    pg_do("again");
    put_number(db, 2);
    assert_int_equal(total(db), 3);
    assert_int_equal(total(early), 3);
    db_begin_write(db);
    note_sum_set(db, 50, S("x"), (str){ NULL, 0 });
    pg_do("kill");
    pg_do("again");
    EXPECT_BROKEN("connection was lost", note_sum_set(db, 51, S("x"), (str){ NULL, 0 }));
    db_rollback(db);
    put_number(db, 4);
    assert_int_equal(total(db), 7);
}

static void one_server_at_a_time(void **state)
{
    struct place *p = *state;
    str url, why;
    db_close(fresh_db(p, &url));
    const char *alias = in_folder(p, "alias.db").p;
    assert_int_equal(symlink(db_sqlite_file(url).p, alias), 0);
    str by_alias = arena_format(&p->life, "sqlite:%s", alias);
    struct arena holder;
    arena_open(&holder, 1 << 20);
    assert_true(store_lock(&holder, url, false, &why));
    assert_false(store_lock(&p->life, by_alias, false, &why));
    assert_non_null(strstr(why.p, "end it first"));
    pid_t child = fork(); /* a worker that outlives its keeper keeps the lock */
    if (child == 0) {
        pause();
        _exit(0);
    }
    arena_close(&holder);
    assert_false(store_lock(&p->life, url, true, &why));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_true(store_lock(&p->life, by_alias, false, &why));
    assert_true(store_lock(&p->life, S("postgresql://x"), false, &why));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(what_is_rolled_back_is_gone), BOTH(conflict_is_a_count), BOTH(snapshot_sees_no_later_write),
        BOTH(two_writers_do_not_overwrite_each_other), BOTH(many_processes_lose_nothing),
        BOTH(generation_rises_across_connections), BOTH(steps_go_forward_on_filled_data),
        BOTH(two_programs_move_forward_at_once), BOTH(foreign_tables_are_noticed), BOTH(together_is_one_answer),
        ONLY(bad_files_are_refused_in_words, LITE), ONLY(read_only_files_are_refused_in_words, LITE),
        ONLY(full_disk_is_said_and_survived, LITE), ONLY(one_server_at_a_time, LITE), ONLY(lost_server_is_found_again, BIG),
    };
    return cmocka_run_group_tests_name("store: db", tests, NULL, NULL);
}
