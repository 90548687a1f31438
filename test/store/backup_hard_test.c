/* Backup and restore on bad days: constant writes, kill -9, a full disk. */
#include "filled.h"

#include "base/clock.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Pairs are written together: a backup that holds half a pair is no snapshot. */
static void write_pairs_for_ever(struct place *p, str url)
{
    struct db *db = db_open(&p->life, url, DB_SERVE);
    struct arena work;
    arena_open(&work, 16 << 20);
    db_use_arena(db, &work);
    for (int64_t i = 2;; i += 2) {
        struct landing l;
        enum jump jump = LAND(&l);
        if (jump == JUMP_NONE) {
            db_begin_write(db);
            note_sum_set(db, i, S("pair"), (str){ NULL, 0 });
            note_sum_set(db, -i, S("pair"), (str){ NULL, 0 });
            if (db_is_sqlite(db)) db_commit(db);
            else db_script(db, "COMMIT");
        }
        landing_leave(&l);
        db_rollback(db);
        arena_empty(&work);
    }
}

static void backups_while_writing_are_whole(void **state)
{
    struct place *p = *state;
    str url, why;
    db_close(fresh_db(p, &url));
    pid_t writer = fork();
    if (writer == 0) write_pairs_for_ever(p, url);
    usleep(200000);
    for (int i = 0; i < 4; i++) {
        usleep(50000);
        const char *file = in_folder(p, "busy.tar").p;
        backup_to(p, file, url);
        str target = fresh_url(p);
        assert_int_equal(restore_to(p, file, target, &why), RESTORE_YES);
        struct db *db = db_open(&p->life, target, DB_SERVE);
        struct note_total t;
        note_sum_total(db, &t);
        assert_int_equal(t.sum, 0);
        assert_true(t.n > 0 && t.n % 2 == 0);
        db_close(db);
    }
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
}

/* Killed at many moments: the old backup stays whole, and the data are the old or the new, never between. */
static void killed_anywhere_nothing_is_half_done(void **state)
{
    struct place *p = *state;
    str url = filled(p), why, first = all_of(p, url);
    const char *file = in_folder(p, "all.tar").p;
    backup_to(p, file, url);
    struct db *db = db_open(&p->life, url, DB_SERVE);
    db_begin_write(db);
    note_sum_set(db, 77, S("later"), (str){ NULL, 0 });
    db_commit(db);
    db_close(db);
    str second = all_of(p, url);
    int64_t began = clock_ticks_us();
    backup_to(p, in_folder(p, "timed.tar").p, url);
    int64_t takes_us = 2 * (clock_ticks_us() - began); /* killed from the very beginning to well after the end */
    for (int i = 0; i < 40; i++) {
        bool is_restore = i % 2;
        pid_t child = fork();
        if (child == 0) {
            if (is_restore) restore_to(p, file, url, &why) == RESTORE_YES ? _exit(0) : _exit(1);
            backup_to(p, in_folder(p, "second.tar").p, url);
            _exit(0);
        }
        usleep((useconds_t)(takes_us * i / 30));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        if (!is_lite(p)) usleep(20000); /* the server notices */
        if (file_is(in_folder(p, "second.tar").p)) {
            struct backup_home home = home_of(url);
            assert_int_equal(backup_verify(&p->life, in_folder(p, "second.tar").p, &home, 1, &why), RESTORE_YES);
            unlink(in_folder(p, "second.tar").p);
        }
        str now = all_of(p, url);
        assert_true(str_eq(now, first) || str_eq(now, second));
        char command[200];
        snprintf(command, sizeof command, "rm -f %s/*.before-restore*", p->folder);
        assert_int_equal(system(command), 0);
    }
    backup_to(p, in_folder(p, "second.tar").p, url); /* over what the killed ones left */
    assert_false(file_is(in_folder(p, "second.tar.part").p));
    assert_int_equal(restore_to(p, file, url, &why), RESTORE_YES);
    assert_true(str_eq(all_of(p, url), first));
}

static void a_full_disk_leaves_nothing(void **state)
{
    struct place *p = *state;
    str url = filled(p);
    const char *small = in_folder(p, "small").p;
    assert_int_equal(mkdir(small, 0700), 0);
    bool is_mounted = mount("none", small, "tmpfs", 0, "size=16k") == 0;
    if (!is_mounted) {
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 16 << 10, RLIM_INFINITY });
    }
    str file = arena_format(&p->life, "%s/all.tar", small);
    file_put(file.p, S("an older one"));
    EXPECT_BROKEN(is_mounted || !is_lite(p) ? "full" : "refuses to read or write", backup_to(p, file.p, url));
    assert_true(str_eq(file_text(p, file.p), S("an older one")));
    assert_false(file_is(arena_format(&p->life, "%s.part", file.p).p));
    assert_false(file_is(arena_format(&p->life, "%s.part-front", file.p).p));
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){ RLIM_INFINITY, RLIM_INFINITY });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(backups_while_writing_are_whole), BOTH(killed_anywhere_nothing_is_half_done), BOTH(a_full_disk_leaves_nothing),
    };
    return cmocka_run_group_tests_name("store: backup on bad days", tests, NULL, NULL);
}
