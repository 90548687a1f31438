/* Sealing, the end of keys, and that a backup dies with them, on both engines. */
#include "support.h"

#include "base/clock.h"
#include "note/note.sql.h"
#include "seal/sweep.h"
#include "store/backup.h"

#include <fcntl.h>
#include <stdio.h>
#include <sodium.h>
#include <stdlib.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define DAY ((ms)86400000)
#define NOW ((ms)1795000000000) /* 2026-11-18 */
#define WORDS "he said his name is Ana"

static const struct keep *const all_keeps[] = { note_keeps, NULL };

static struct seal_keys *keys_in(struct place *p)
{
    clock_set_for_test(NOW);
    return seal_keys_open(&p->life, in_folder(p, "keys"));
}

static struct sealed close_words(struct place *p, struct seal_keys *keys, id row, ms until, str words)
{
    return seal_close(keys, &p->life, &seal_note_line_words, row, until, (personal){ words });
}

static enum seal_answer open_words(struct place *p, struct seal_keys *keys, id row, struct sealed box, str *words)
{
    personal found;
    enum seal_answer answer = seal_open(keys, &p->life, &seal_note_line_words, row, box, &found);
    *words = found.words;
    return answer;
}

static void words_come_back(void **state)
{
    struct place *p = *state;
    struct seal_keys *keys = keys_in(p);
    str words;
    for (size_t n = 0; n < 70000; n = n * 3 / 2 + 1) {
        char *text = arena_take(&p->life, n + 1);
        randombytes_buf(text, n);
        struct sealed box = close_words(p, keys, 7, NOW + DAY, (str){ text, n });
        assert_int_equal(open_words(p, keys, 7, box, &words), SEAL_OPENED);
        assert_true(str_eq(words, (str){ text, n }));
    }
    struct sealed one = close_words(p, keys, 7, NOW + DAY, S("a")), two = close_words(p, keys, 7, NOW + DAY, S(WORDS));
    assert_int_equal(one.box.n, two.box.n);
    struct sealed same = close_words(p, keys, 7, NOW + DAY, S("a"));
    assert_false(str_eq(one.box, same.box));
    char *huge = arena_take(&p->life, SEAL_WORDS_MAX + 1);
    struct sealed most = close_words(p, keys, 1, NOW + DAY, (str){ huge, SEAL_WORDS_MAX });
    assert_int_equal(open_words(p, keys, 1, most, &words), SEAL_OPENED);
    EXPECT_BROKEN("more words", assert_true(close_words(p, keys, 1, NOW + DAY, (str){ huge, SEAL_WORDS_MAX + 1 }).box.n > 0));
    EXPECT_BROKEN("a time that is over", assert_true(close_words(p, keys, 1, NOW, S("x")).box.n > 0));
}

static void a_changed_or_moved_box_stays_shut(void **state)
{
    struct place *p = *state;
    struct seal_keys *keys = keys_in(p);
    struct sealed box = close_words(p, keys, 7, NOW + DAY, S(WORDS));
    str words;
    personal found;
    for (size_t at = 0; at < box.box.n; at++) {
        str copy = arena_str(&p->life, box.box);
        ((char *)copy.p)[at] ^= (char)(1 << at % 8);
        assert_int_not_equal(open_words(p, keys, 7, (struct sealed){ copy }, &words), SEAL_OPENED);
        assert_int_equal(words.n, 0);
        assert_int_not_equal(open_words(p, keys, 7, (struct sealed){ str_cut(box.box, at) }, &words), SEAL_OPENED);
    }
    assert_int_equal(open_words(p, keys, 8, box, &words), SEAL_DAMAGED);
    struct seal_column other = seal_note_line_words;
    other.column = "title";
    assert_int_equal(seal_open(keys, &p->life, &other, 7, box, &found), SEAL_DAMAGED);
    assert_int_equal(seal_open(keys, &p->life, &seal_note_line_reply, 7, box, &found), SEAL_KEY_GONE); /* another class */
    assert_int_equal(open_words(p, keys, 7, (struct sealed){ { NULL, 0 } }, &words), SEAL_DAMAGED);
}

static void keys_open_to_others_are_refused(void **state)
{
    struct place *p = *state;
    struct seal_keys *keys = keys_in(p);
    struct sealed box = close_words(p, keys, 7, NOW + DAY, S(WORDS));
    const char *key = in_folder(p, "keys/dummy-2026-11.key").p;
    struct stat what;
    assert_int_equal(stat(key, &what), 0);
    assert_int_equal(what.st_mode & 0777, 0600);
    assert_int_equal(what.st_size, 32);
    assert_int_equal(stat(in_folder(p, "keys").p, &what), 0);
    assert_int_equal(what.st_mode & 0777, 0700);
    str words;
    chmod(key, 0640);
    struct seal_keys *fresh = keys_in(p);
    EXPECT_BROKEN("open to others", assert_true(open_words(p, fresh, 7, box, &words) >= 0));
    chmod(key, 0600);
    assert_int_equal(truncate(key, 31), 0);
    EXPECT_BROKEN("is damaged", assert_true(open_words(p, fresh, 7, box, &words) >= 0));
    EXPECT_BROKEN("is damaged", assert_true(close_words(p, fresh, 7, NOW + DAY, S("x")).box.n > 0));
    chmod(in_folder(p, "keys").p, 0750);
    EXPECT_BROKEN("open to others", keys_in(p));
    EXPECT_BROKEN("cannot be made", seal_keys_open(&p->life, S("/nowhere/keys")));
}

/* Eight processes seal at once with a key that is not there yet: all must have got the same. */
static void racing_processes_share_one_key(void **state)
{
    struct place *p = *state;
    struct seal_keys *keys = keys_in(p);
    str words;
    int fd[2];
    assert_int_equal(pipe(fd), 0);
    for (int i = 0; i < 8; i++) {
        if (fork() != 0) continue;
        struct sealed box = close_words(p, seal_keys_open(&p->life, in_folder(p, "keys")), 7, NOW + DAY, S(WORDS));
        _exit(write(fd[1], box.box.p, box.box.n) != (ssize_t)box.box.n);
    }
    close(fd[1]);
    char box[8 * 320];
    size_t n = 0;
    for (ssize_t got; n < sizeof box && (got = read(fd[0], box + n, sizeof box - n)) > 0;) n += (size_t)got;
    close(fd[0]);
    while (wait(NULL) > 0) { }
    size_t each = n / 8;
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(open_words(p, keys, 7, (struct sealed){ { box + i * each, each } }, &words), SEAL_OPENED);
    assert_true(str_eq(words, S(WORDS)));
}

static void a_destroyed_key_is_gone_everywhere(void **state)
{
    struct place *p = *state;
    struct seal_keys *keys = keys_in(p), *other = keys_in(p);
    struct sealed box = close_words(p, keys, 7, NOW + DAY, S(WORDS));
    str words;
    assert_int_equal(open_words(p, other, 7, box, &words), SEAL_OPENED); /* it has the key in memory now */
    seal_destroy(keys, "dummy", seal_period_of(NOW + DAY));
    seal_destroy(keys, "dummy", seal_period_of(NOW + DAY));
    assert_false(file_is(in_folder(p, "keys/dummy-2026-11.key").p));
    assert_int_equal(open_words(p, keys, 7, box, &words), SEAL_KEY_GONE);
    assert_int_equal(open_words(p, other, 7, box, &words), SEAL_KEY_GONE);
    struct sealed later = close_words(p, keys, 7, NOW + DAY, S("new")); /* a new key under the same name */
    assert_int_equal(open_words(p, other, 7, box, &words), SEAL_KEY_GONE);
    assert_int_equal(open_words(p, other, 7, later, &words), SEAL_OPENED);
}

static void months_are_right(void **state)
{
    (void)state;
    for (ms day = 0; day < 60000; day++) {
        seal_period p = seal_period_of(day * DAY);
        assert_true(seal_period_end(p) > day * DAY);
        assert_int_equal(seal_period_of(seal_period_end(p)), p + 1);
        assert_int_equal(seal_period_of(seal_period_end(p) - 1), p);
    }
}

struct adding {
    struct place *p;
    struct seal_keys *keys;
    id from;
    int n;
    ms until;
};

static void add_lines(struct db *db, void *self)
{
    struct adding *s = self;
    for (int i = 0; i < s->n; i++) {
        id row = s->from + (id)i;
        note_line_add(db, row, 1, 0, S("t"), close_words(s->p, s->keys, row, s->until, S(WORDS)), s->until);
    }
}

static void add_writer(struct db *db, void *self)
{
    (void)self;
    note_writer_add(db, 1, (personal){ S("ana") }, NOW + 9999 * DAY);
}

static void reply(struct db *db, void *self)
{
    struct adding *s = self;
    personal words = { S("yes") };
    note_line_reply(db, s->from, seal_close(s->keys, &s->p->life, &seal_note_line_reply, s->from, s->until, words));
}

static void keep_longer(struct db *db, void *self)
{
    struct adding *s = self;
    note_line_keep(db, s->from, s->until);
}

static size_t lines_in(struct db *db, struct note_line **lines)
{
    db_begin_read(db);
    size_t n = note_lines_all(db, lines);
    db_commit(db);
    return n;
}

static void the_sweep_ends_rows_and_keys(void **state)
{
    struct place *p = *state;
    str url;
    struct db *db = fresh_db(p, &url);
    struct seal_keys *keys = keys_in(p);
    struct sweep_counts counts;
    struct note_line *lines;
    db_write(db, add_writer, NULL);
    db_write(db, add_lines, &(struct adding){ p, keys, 1, 450, NOW + 2 * DAY });
    db_write(db, add_lines, &(struct adding){ p, keys, 1000, 3, NOW + 30 * DAY });
    db_write(db, reply, &(struct adding){ p, keys, 1000, 0, NOW + 30 * DAY });
    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW, &counts), SWEEP_DONE);
    assert_int_equal(counts.rows + counts.keys, 0);

    db_write(db, keep_longer, &(struct adding){ p, keys, 5, 0, NOW + 60 * DAY });
    clock_set_for_test(NOW + 20 * DAY); /* December: the first have ended, one of them was kept longer */
    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW + 20 * DAY, &counts), SWEEP_DONE);
    assert_int_equal(counts.rows, 449);
    assert_int_equal(counts.keys, 0);
    assert_int_equal(lines_in(db, &lines), 4);
    str words;
    assert_int_equal(open_words(p, keys, 5, lines[0].words, &words), SEAL_OPENED);

    clock_set_for_test(NOW + 61 * DAY);
    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW + 61 * DAY, &counts), SWEEP_DONE);
    assert_int_equal(counts.rows, 4);
    assert_int_equal(counts.keys, 3); /* dummy of November and December, answer of December */
    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW + 61 * DAY, &counts), SWEEP_DONE);
    assert_int_equal(counts.rows + counts.keys, 0);
}

static void a_backup_dies_with_its_key(void **state)
{
    struct place *p = *state;
    str url, why, target = fresh_url(p), words;
    struct db *db = fresh_db(p, &url);
    struct seal_keys *keys = keys_in(p);
    struct sweep_counts counts;
    struct note_line *lines;
    db_write(db, add_writer, NULL);
    db_write(db, add_lines, &(struct adding){ p, keys, 1, 3, NOW + 2 * DAY });
    struct backup_home home = { "front", url, test_rooms };
    const char *file = in_folder(p, "all.tar").p;
    backup_write(&p->life, file, &home, 1, S("0.1"), NOW);
    str whole = file_text(p, file), key = file_text(p, in_folder(p, "keys/dummy-2026-11.key").p);
    char hex[65];
    sodium_bin2hex(hex, sizeof hex, (const unsigned char *)key.p, key.n);
    assert_false(str_has(whole, S(WORDS)));
    assert_false(str_has(whole, key));
    assert_false(str_has(whole, str_of(hex)));

    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW, &counts), SWEEP_DONE);
    clock_set_for_test(NOW + 30 * DAY);
    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW + 30 * DAY, &counts), SWEEP_DONE);
    assert_int_equal(counts.rows, 3);
    assert_int_equal(counts.keys, 1);
    home.url = target;
    assert_int_equal(backup_restore(&p->life, file, &home, 1, &why), RESTORE_YES);
    struct db *back = db_open(&p->life, target, DB_SERVE);
    assert_int_equal(lines_in(back, &lines), 3);
    for (int i = 0; i < 3; i++) assert_int_equal(open_words(p, keys, lines[i].id, lines[i].words, &words), SEAL_KEY_GONE);
    if (db_is_sqlite(db)) { /* nothing of the words or their boxes stays in the living file either */
        str living = file_text(p, db_sqlite_file(url).p);
        assert_false(str_has(living, str_cut(lines[0].words.box, 64)));
    }
}

static void a_clock_that_jumped_destroys_nothing(void **state)
{
    struct place *p = *state;
    str url;
    struct db *db = fresh_db(p, &url);
    struct seal_keys *keys = keys_in(p);
    struct sweep_counts counts;
    struct note_line *lines;
    db_write(db, add_writer, NULL);
    db_write(db, add_lines, &(struct adding){ p, keys, 1, 1, NOW + 2 * DAY });
    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW, &counts), SWEEP_DONE);
    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW + 9000 * DAY, &counts), SWEEP_CLOCK_DOUBT);
    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW + 9000 * DAY + 1000, &counts), SWEEP_CLOCK_DOUBT);
    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW + DAY, &counts), SWEEP_DONE); /* corrected */
    assert_int_equal(lines_in(db, &lines), 1);
    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW + 100 * DAY, &counts), SWEEP_CLOCK_DOUBT); /* it was off */
    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW + 101 * DAY, &counts), SWEEP_DONE);
    assert_int_equal(counts.rows, 1);
    assert_int_equal(counts.keys, 1);
}

static void a_table_that_cannot_be_swept_is_left(void **state)
{
    struct place *p = *state;
    str url;
    struct db *db = fresh_db(p, &url);
    struct seal_keys *keys = keys_in(p);
    struct sweep_counts counts;
    db_write(db, add_writer, NULL);
    db_write(db, add_lines, &(struct adding){ p, keys, 1, 1, NOW + 9 * DAY });
    db_script(db, "UPDATE note_writer SET keep_until = 1"); /* lines still point to it */
    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW, &counts), SWEEP_PARTLY);
    assert_int_equal(counts.rows, 0);
    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW + 10 * DAY, &counts), SWEEP_DONE);
    assert_int_equal(counts.rows, 2);
}

static void a_killed_sweep_is_finished_by_the_next(void **state)
{
    struct place *p = *state;
    str url;
    struct db *db = fresh_db(p, &url);
    struct seal_keys *keys = keys_in(p);
    struct sweep_counts counts;
    db_write(db, add_writer, NULL);
    db_write(db, add_lines, &(struct adding){ p, keys, 1, 900, NOW + 2 * DAY });
    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW, &counts), SWEEP_DONE);
    db_close(db);
    for (int i = 0; i < 6; i++) {
        pid_t child = fork();
        if (child == 0) {
            db = db_open(&p->life, url, DB_SERVE);
            struct seal_keys *mine = seal_keys_open(&p->life, in_folder(p, "keys"));
            _exit(seal_sweep(db, all_keeps, mine, NOW + 20 * DAY, &counts) != SWEEP_DONE);
        }
        usleep((useconds_t)(3000 + i * 4000));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    file_put(in_folder(p, "keys/dummy-2026-10.key.dying").p, S("0123456789abcdef0123456789abcdef"));
    usleep(100000);
    db = db_open(&p->life, url, DB_SERVE);
    struct note_line *lines;
    assert_int_equal(seal_sweep(db, all_keeps, keys, NOW + 20 * DAY, &counts), SWEEP_DONE);
    assert_int_equal(lines_in(db, &lines), 0);
    assert_false(file_is(in_folder(p, "keys/dummy-2026-11.key").p));
    assert_false(file_is(in_folder(p, "keys/dummy-2026-10.key.dying").p));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ONLY(words_come_back, LITE), ONLY(a_changed_or_moved_box_stays_shut, LITE),
        ONLY(keys_open_to_others_are_refused, LITE), ONLY(racing_processes_share_one_key, LITE),
        ONLY(a_destroyed_key_is_gone_everywhere, LITE), ONLY(months_are_right, LITE),
        BOTH(the_sweep_ends_rows_and_keys), BOTH(a_backup_dies_with_its_key), BOTH(a_clock_that_jumped_destroys_nothing),
        BOTH(a_table_that_cannot_be_swept_is_left), BOTH(a_killed_sweep_is_finished_by_the_next),
    };
    return cmocka_run_group_tests_name("seal", tests, NULL, NULL);
}
