/* Backup and restore: what comes back is what was there, or nothing is touched. */
#include "filled.h"

#include "store/lock.h"
#include "store/schema.h"
#include "store/tar.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void what_comes_back_is_what_was_there(void **state)
{
    struct place *p = *state;
    for (int round = 0; round < 4; round++) {
        str url = filled(p), why, target = fresh_url(p), before = all_of(p, url);
        const char *file = in_folder(p, "all.tar").p;
        backup_to(p, file, url);
        struct stat what;
        stat(file, &what);
        assert_int_equal(what.st_mode & 0777, 0600);
        assert_int_equal(restore_to(p, file, target, &why), RESTORE_YES);
        assert_true(str_eq(all_of(p, target), before));
        struct db *db = db_open(&p->life, url, DB_SERVE); /* and over what came after */
        db_begin_write(db);
        note_sum_set(db, 77, S("later"), (str){ NULL, 0 });
        db_commit(db);
        uint64_t old = db_generation(db, db_topic("note"));
        db_close(db);
        assert_int_equal(restore_to(p, file, url, &why), RESTORE_YES);
        assert_true(str_eq(all_of(p, url), before));
        db = db_open(&p->life, url, DB_SERVE);
        if (!is_lite(p)) assert_int_not_equal(db_generation(db, db_topic("note")), old);
        db_close(db);
        if (is_lite(p)) {
            assert_true(file_is(arena_format(&p->life, STR_FMT ".before-restore", STR_ARG(db_sqlite_file(url))).p));
            assert_false(file_is(arena_format(&p->life, STR_FMT ".restore", STR_ARG(db_sqlite_file(url))).p));
        }
    }
}

static void any_tar_program_reads_it(void **state)
{
    struct place *p = *state;
    const char *file = in_folder(p, "all.tar").p;
    backup_to(p, file, filled(p));
    char command[300];
    snprintf(command, sizeof command, "tar tf %s >%s/names && tar xOf %s MANIFEST | grep -q '^step note 2 0002_reply$'", file,
             p->folder, file);
    assert_int_equal(system(command), 0);
    str names = file_text(p, in_folder(p, "names").p);
    assert_true(str_starts(names, S("MANIFEST\n")));
    assert_true(str_has(names, is_lite(p) ? S("front/data.sqlite") : S("front/note_line.copy")));
}

static bool flip_is_refused(struct place *p, str whole, size_t at, int bit, str url)
{
    const char *bad = in_folder(p, "bad.tar").p;
    char *copy = malloc(whole.n);
    memcpy(copy, whole.p, whole.n);
    copy[at] ^= (char)(1 << bit);
    file_put(bad, (str){ copy, whole.n });
    free(copy);
    str why;
    struct arena a;
    arena_open(&a, (size_t)512 << 20);
    struct backup_home home = home_of(url);
    bool is_refused = backup_verify(&a, bad, &home, 1, &why) != RESTORE_YES;
    arena_close(&a);
    return is_refused;
}

static void a_changed_file_is_refused(void **state)
{
    struct place *p = *state;
    str url, why;
    struct db *db = fresh_db(p, &url);
    db_close(db);
    const char *file = in_folder(p, "all.tar").p;
    backup_to(p, file, url);
    str whole = file_text(p, file);
    for (size_t at = 0; at < whole.n; at += at < 4096 ? 3 : 211)
        if (!flip_is_refused(p, whole, at, (int)(at % 8), url)) fail_msg("byte %zu may be changed", at);
    for (size_t at = whole.n - 1500; at < whole.n; at++)
        if (!flip_is_refused(p, whole, at, (int)(at % 8), url)) fail_msg("byte %zu may be changed", at);
    const char *cut = in_folder(p, "cut.tar").p;
    for (size_t n = 0; n < whole.n; n += 509) {
        file_put(cut, str_cut(whole, n));
        assert_int_equal(restore_to(p, cut, url, &why), RESTORE_DAMAGED);
    }
    assert_int_equal(restore_to(p, in_folder(p, "all.tar").p, url, &why), RESTORE_YES);
}

/* A header as tar writes it, with any name. */
static void names_that_lead_elsewhere_are_refused(void **state)
{
    struct place *p = *state;
    static const char *const names[] = { "../x", "/etc/passwd", "front/../../x", "front//x", "./x", "front/.ssh", "-rf", "a b" };
    str url = filled(p), why;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char block[TAR_BLOCK * 3] = "";
        snprintf(block, 100, "%s", names[i]);
        memcpy(block + 100, "0000600\0" "0000000\0" "0000000\0" "00000000000\0" "00000000000\0" "        0", 57);
        memcpy(block + 257, "ustar\0" "00", 8);
        unsigned sum = 0;
        for (int k = 0; k < TAR_BLOCK; k++) sum += (unsigned char)block[k];
        snprintf(block + 148, 8, "%06o", sum);
        block[155] = ' ';
        file_put(in_folder(p, "bad.tar").p, (str){ block, sizeof block });
        assert_int_equal(restore_to(p, in_folder(p, "bad.tar").p, url, &why), RESTORE_DAMAGED);
        assert_non_null(strstr(why.p, "leads elsewhere"));
        assert_false(tar_name_is(str_of(names[i])));
    }
}

static void a_running_server_is_not_replaced(void **state)
{
    struct place *p = *state;
    str url = filled(p), why;
    const char *file = in_folder(p, "all.tar").p;
    struct arena server;
    arena_open(&server, 1 << 20);
    assert_true(store_lock(&server, url, false, &why));
    backup_to(p, file, url); /* while serving */
    assert_int_equal(restore_to(p, file, url, &why), RESTORE_BUSY);
    arena_close(&server);
    struct db *db = db_open(&p->life, url, DB_SERVE); /* somebody without a lock, such as an import */
    db_begin_read(db);
    struct note_total t;
    note_sum_total(db, &t);
    assert_int_equal(restore_to(p, file, url, &why), RESTORE_BUSY);
    assert_non_null(strstr(why.p, "in use"));
    db_commit(db);
    db_close(db);
    assert_int_equal(restore_to(p, file, url, &why), RESTORE_YES);
}

static void other_ages_and_homes_are_refused(void **state)
{
    struct place *p = *state;
    str url = filled(p), why;
    const char *file = in_folder(p, "all.tar").p;
    backup_to(p, file, url);
    struct backup_home old = { .name = "front", .url = url, .rooms = test_rooms_old };
    assert_int_equal(backup_restore(&p->life, file, &old, 1, &why), RESTORE_NEWER);
    struct backup_home vault = { .name = "vault", .url = url, .rooms = test_rooms };
    assert_int_equal(backup_restore(&p->life, file, &vault, 1, &why), RESTORE_OTHER);
    str other = is_lite(p) ? S("postgresql://x") : S("sqlite:x");
    assert_int_equal(restore_to(p, file, other, &why), RESTORE_OTHER);
    EXPECT_BROKEN("cannot be read", assert_int_equal(restore_to(p, "/nowhere", url, &why), 0));
    if (is_lite(p)) return;
    str elsewhere = fresh_url(p);
    struct db *db = db_open(&p->life, elsewhere, DB_CREATE);
    schema_forward(db, test_rooms_old, 1);
    db_close(db);
    assert_int_equal(restore_to(p, file, elsewhere, &why), RESTORE_NOT_EMPTY);
}

static void older_data_are_restored_and_move_forward(void **state)
{
    struct place *p = *state;
    str url = fresh_url(p), target = fresh_url(p), why;
    struct db *db = db_open(&p->life, url, DB_CREATE);
    schema_forward(db, test_rooms_old, 1);
    db_begin_write(db);
    note_sum_set(db, 7, S("seven"), S("\1"));
    db_commit(db);
    db_close(db);
    backup_to(p, in_folder(p, "old.tar").p, url);
    assert_int_equal(restore_to(p, in_folder(p, "old.tar").p, target, &why), RESTORE_YES);
    db = db_open(&p->life, target, DB_SERVE);
    assert_int_equal(schema_age(db, test_rooms), SCHEMA_OLDER);
    assert_int_equal(schema_forward(db, test_rooms, 2), 1);
    struct note_total t;
    note_sum_total(db, &t);
    assert_int_equal(t.sum, 7);
}

static void two_homes_in_one_file(void **state)
{
    struct place *p = *state;
    str front = filled(p), vault = filled(p), why, was = all_of(p, vault);
    struct backup_home homes[] = { { "front", front, test_rooms }, { "vault", vault, test_rooms } };
    const char *file = in_folder(p, "two.tar").p;
    backup_write(&p->life, file, homes, 2, S("0.1"), 1);
    homes[0].url = fresh_url(p);
    homes[1].url = fresh_url(p);
    assert_int_equal(backup_restore(&p->life, file, homes, 2, &why), RESTORE_YES);
    assert_true(str_eq(all_of(p, homes[1].url), was));
    if (!is_lite(p)) return;
    store_mark_restoring(&p->life, front, true); /* as if killed between the two */
    assert_false(store_lock(&p->life, front, false, &why));
    assert_non_null(strstr(why.p, "interrupted"));
    store_mark_restoring(&p->life, front, false);
}

static void check_says_what_is_wrong(void **state)
{
    struct place *p = *state;
    str url = filled(p);
    struct backup_home home = home_of(url);
    struct sink lines;
    sink_open(&lines, &p->life, 1 << 20);
    assert_int_equal(backup_check(&p->life, &home, &lines), CHECK_GOOD);
    home.rooms = test_rooms_old;
    assert_int_equal(backup_check(&p->life, &home, &lines), CHECK_BAD);
    if (!is_lite(p)) return;
    home.rooms = test_rooms;
    struct db *db = db_open(&p->life, url, DB_SERVE);
    db_script(db, "PRAGMA foreign_keys=OFF; UPDATE note_line SET writer = 5 WHERE id = 1; PRAGMA wal_checkpoint(TRUNCATE)");
    db_close(db);
    assert_int_equal(backup_check(&p->life, &home, &lines), CHECK_BAD);
    assert_true(str_has(sink_str(&lines), S("a row of note_line points to a row that is not there\n")));
    str whole = file_text(p, db_sqlite_file(url).p), why;
    backup_to(p, in_folder(p, "bad.tar").p, url);
    assert_int_equal(restore_to(p, in_folder(p, "bad.tar").p, fresh_url(p), &why), RESTORE_DAMAGED);
    memset((char *)whole.p + whole.n / 2, 0x55, 8192);
    file_put(db_sqlite_file(url).p, whole);
    enum jump jump = JUMP_OF(assert_int_equal(backup_check(&p->life, &home, &lines), CHECK_BAD));
    assert_true(jump == JUMP_NONE || jump == JUMP_BROKEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(what_comes_back_is_what_was_there), BOTH(any_tar_program_reads_it), BOTH(a_changed_file_is_refused),
        ONLY(names_that_lead_elsewhere_are_refused, LITE), ONLY(a_running_server_is_not_replaced, LITE),
        BOTH(other_ages_and_homes_are_refused), BOTH(older_data_are_restored_and_move_forward),
        BOTH(two_homes_in_one_file), BOTH(check_says_what_is_wrong),
    };
    return cmocka_run_group_tests_name("store: backup", tests, NULL, NULL);
}
