/* The trail: what is written stays as it was, and whatever is done to it shows. */
#include "test/unit/help.h"

#include "base/breakage.h"
#include "base/limits.h"
#include "base/sink.h"
#include "command/command.h"
#include "trail/trail.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOW ((ms)1795000000000)

static struct arena life;
static struct db *db;
static struct seal_keys *keys;

static int begin(void **state)
{
    help_begin(state);
    arena_open(&life, MIB(64));
    keys = help_keys(&life);
    return 0;
}

static int end(void **state)
{
    arena_close(&life);
    return help_end(state);
}

static int fresh(void **state)
{
    (void)state;
    trail_open(seal_secret(keys, "trail"));
    db = help_fresh_db();
    db_use_arena(db, &scratch);
    char path[100];
    snprintf(path, sizeof path, "%s/trail-head", help_folder());
    unlink(path);
    return 0;
}

static int over(void **state)
{
    (void)state;
    db_close(db);
    return 0;
}

/* Entries 1 to n, of several people about several things. */
static void add(struct db *to, void *self)
{
    int i = *(int *)self;
    struct trail_about about = { TRAIL_OF_PERSON, (id)(i % 3 + 1), S(""), (id)(i % 2) };
    if (i % 4 == 0) about = (struct trail_about){ .subject = TRAIL_OF_CLAIM, .code = S("0123456789abcdefghjkmnpq") };
    trail_add(to, i % 2 ? TRAIL_ROLE_GIVEN : TRAIL_PUBLISHED, (id)(i % 5), about, NOW + i);
}

static void fill(int n)
{
    for (int i = 1; i <= n; i++) db_write(db, add, &i);
}

static enum trail_state check(const struct trail_head *kept, int64_t *at)
{
    struct trail_head head;
    db_begin_read(db);
    enum trail_state state = trail_check(db, kept, &head, at);
    db_commit(db);
    return state;
}

static struct trail_head head_now(void)
{
    struct trail_head head;
    int64_t at;
    db_begin_read(db);
    assert_int_equal(trail_check(db, NULL, &head, &at), TRAIL_WHOLE);
    db_commit(db);
    return head;
}

static void what_was_done_is_read_back(void **state)
{
    (void)state;
    int64_t at;
    struct trail_entry out[40];
    assert_int_equal(check(NULL, &at), TRAIL_WHOLE);
    assert_int_equal(at, 0);
    fill(20);
    assert_int_equal(check(NULL, &at), TRAIL_WHOLE);
    assert_int_equal(at, 20);
    db_begin_read(db);
    assert_int_equal(trail_read(db, &(struct trail_asked){ 0 }, out, 40), 20);
    assert_int_equal(out[0].number, 20);
    assert_int_equal(out[0].at, NOW + 20);
    assert_int_equal(out[0].deed, TRAIL_PUBLISHED);
    assert_int_equal(out[0].about.subject, TRAIL_OF_CLAIM);
    assert_str_equal(out[0].about.code, "0123456789abcdefghjkmnpq");
    assert_str_equal(out[0].deed_code, "published");
    assert_int_equal(trail_read(db, &(struct trail_asked){ .before = 4 }, out, 2), 2);
    assert_int_equal(out[0].number, 3);
    assert_int_equal(trail_read(db, &(struct trail_asked){ .is_of_actor = true, .actor = 0 }, out, 40), 4);
    assert_int_equal(trail_read(db, &(struct trail_asked){ .deed = TRAIL_ROLE_GIVEN }, out, 40), 10);
    assert_int_equal(trail_read(db, &(struct trail_asked){ .organisation = 1 }, out, 40), 10);
    assert_int_equal(trail_read(db, &(struct trail_asked){ .about = { .subject = TRAIL_OF_PERSON, .row = 2 } }, out, 40), 5);
    assert_int_equal(trail_read(db, &(struct trail_asked){ .about = { .subject = TRAIL_OF_CLAIM, .code = S("0123456789abcdefghjkmnpq") } }, out, 40), 5);
    assert_int_equal(trail_read(db, &(struct trail_asked){ .about = { .subject = TRAIL_OF_PERSON, .row = 9 } }, out, 40), 0);
    db_commit(db);
}

static void every_change_of_every_column_shows(void **state)
{
    (void)state;
    static const char *const changes[] = {
        "at = at + 1", "deed = 'withdrawn'", "deed = ''", "actor = actor + 1", "subject = 'text'", "subject_row = subject_row + 1", "subject_code = subject_code || 'x'",
        "organisation = organisation + 1", "before = hash", "hash = before",
    };
    const char *bytes[] = { db_is_sqlite(db) ? "keyed = x'00'" : "keyed = '\\x00'", db_is_sqlite(db) ? "hash = x''" : "hash = ''" };
    int64_t at;
    fill(9);
    for (size_t i = 0; i < COUNT_OF(changes) + 2; i++) {
        const char *change = i < COUNT_OF(changes) ? changes[i] : bytes[i - COUNT_OF(changes)];
        db_script(db, "CREATE TABLE aside AS SELECT * FROM trail_entry");
        db_script(db, arena_format(&scratch, "UPDATE trail_entry SET %s WHERE number = 5", change).p);
        enum trail_state found = check(NULL, &at);
        if (found != TRAIL_CHANGED || at != 5) fail_msg("%s: %d at %lld", change, found, (long long)at);
        db_script(db, "DELETE FROM trail_entry");
        db_script(db, "INSERT INTO trail_entry SELECT * FROM aside");
        db_script(db, "DROP TABLE aside");
        assert_int_equal(check(NULL, &at), TRAIL_WHOLE);
    }
    db_script(db, "UPDATE trail_entry SET number = 50 WHERE number = 5");
    assert_int_equal(check(NULL, &at), TRAIL_MISSING);
    assert_int_equal(at, 5);
}

static void what_was_taken_out_or_put_in_shows(void **state)
{
    (void)state;
    int64_t at;
    fill(9);
    struct trail_head kept = head_now();
    db_script(db, "CREATE TABLE aside AS SELECT * FROM trail_entry");
#define AGAIN()                                   \
    db_script(db, "DELETE FROM trail_entry");     \
    db_script(db, "INSERT INTO trail_entry SELECT * FROM aside")
    db_script(db, "DELETE FROM trail_entry WHERE number = 4");
    assert_int_equal(check(&kept, &at), TRAIL_MISSING);
    assert_int_equal(at, 4);
    /* And closing the gap does not hide it. */
    db_script(db, "UPDATE trail_entry SET number = 4 WHERE number = 5");
    assert_int_equal(check(&kept, &at), TRAIL_CHANGED);
    AGAIN();
    db_script(db, "DELETE FROM trail_entry WHERE number = 1");
    assert_int_equal(check(&kept, &at), TRAIL_MISSING);
    assert_int_equal(at, 1);
    AGAIN();
    /* Two that changed places. */
    db_script(db, "UPDATE trail_entry SET number = 100 WHERE number = 3");
    db_script(db, "UPDATE trail_entry SET number = 3 WHERE number = 6");
    db_script(db, "UPDATE trail_entry SET number = 6 WHERE number = 100");
    assert_int_equal(check(&kept, &at), TRAIL_CHANGED);
    assert_int_equal(at, 3);
    AGAIN();
    /* The end cut off: only the head file knows. */
    db_script(db, "DELETE FROM trail_entry WHERE number > 7");
    assert_int_equal(check(NULL, &at), TRAIL_WHOLE);
    assert_int_equal(check(&kept, &at), TRAIL_CUT);
    assert_int_equal(at, 8);
    /* And goes on being cut when others are written in their place. */
    for (int i = 31; i < 36; i++) db_write(db, add, &i);
    assert_int_equal(check(NULL, &at), TRAIL_WHOLE);
    assert_int_equal(check(&kept, &at), TRAIL_REPLACED);
    assert_int_equal(at, 9);
    AGAIN();
    db_script(db, "DELETE FROM trail_entry");
    assert_int_equal(check(&kept, &at), TRAIL_CUT);
    assert_int_equal(at, 1);
    AGAIN();
    assert_int_equal(check(&kept, &at), TRAIL_WHOLE);
}

static void an_entry_of_another_trail_does_not_fit(void **state)
{
    (void)state;
    int64_t at;
    fill(9);
    /* The same program once wrote other entries with the same key: genuine, but of another course of things. */
    db_script(db, "CREATE TABLE aside AS SELECT * FROM trail_entry");
    db_script(db, "DELETE FROM trail_entry");
    for (int i = 11; i < 20; i++) db_write(db, add, &i);
    db_script(db, "DELETE FROM trail_entry WHERE number = 5");
    db_script(db, "INSERT INTO trail_entry SELECT * FROM aside WHERE number = 5");
    assert_int_equal(check(NULL, &at), TRAIL_UNCHAINED);
    assert_int_equal(at, 5);
}

static void who_has_no_key_can_neither_write_nor_mend(void **state)
{
    (void)state;
    int64_t at;
    fill(5);
    /* Somebody with the database and the program, but another folder of keys. */
    trail_open(seal_secret(keys, "stolen"));
    for (int i = 6; i < 9; i++) db_write(db, add, &i);
    assert_int_equal(check(NULL, &at), TRAIL_OTHER_KEY);
    assert_int_equal(at, 1);
    trail_open(seal_secret(keys, "trail"));
    assert_int_equal(check(NULL, &at), TRAIL_OTHER_KEY);
    assert_int_equal(at, 6);
    for (enum trail_state s = TRAIL_WHOLE; s <= TRAIL_OTHER_KEY; s++) assert_true(strlen(trail_state_words(s)) > 10);
}

static void the_head_file_goes_forward_only(void **state)
{
    (void)state;
    str in = str_of(help_folder());
    struct trail_head head, now;
    char path[100];
    snprintf(path, sizeof path, "%s/trail-head", help_folder());
    assert_int_equal(trail_head_read(&scratch, in, &head), TRAIL_HEAD_NONE);
    assert_true(trail_head_keep(db, in));
    assert_int_equal(trail_head_read(&scratch, in, &head), TRAIL_HEAD_NONE);
    fill(5);
    assert_true(trail_head_keep(db, in));
    assert_int_equal(trail_head_read(&scratch, in, &head), TRAIL_HEAD_YES);
    now = head_now();
    assert_int_equal(head.number, 5);
    assert_memory_equal(head.hash, now.hash, SEAL_HASH_BYTES);
    fill(2);
    assert_true(trail_head_keep(db, in));
    db_script(db, "DELETE FROM trail_entry WHERE number > 6");
    assert_false(trail_head_keep(db, in));
    fill(3);
    assert_false(trail_head_keep(db, in));
    assert_int_equal(trail_head_read(&scratch, in, &head), TRAIL_HEAD_YES);
    assert_int_equal(head.number, 7);
    /* Every byte of it counts. */
    char line[256];
    int fd = open(path, O_RDWR);
    ssize_t n = read(fd, line, sizeof line);
    for (ssize_t i = 0; i < n; i++) {
        char other = (char)(line[i] ^ 1);
        assert_int_equal(pwrite(fd, &other, 1, i), 1);
        assert_int_equal(trail_head_read(&scratch, in, &head), TRAIL_HEAD_DAMAGED);
        assert_false(trail_head_keep(db, in));
        assert_int_equal(pwrite(fd, &line[i], 1, i), 1);
    }
    assert_int_equal(pwrite(fd, "x", 1, n), 1);
    assert_int_equal(trail_head_read(&scratch, in, &head), TRAIL_HEAD_DAMAGED);
    assert_int_equal(ftruncate(fd, n - 1), 0);
    assert_int_equal(trail_head_read(&scratch, in, &head), TRAIL_HEAD_DAMAGED);
    assert_int_equal(ftruncate(fd, 0), 0);
    assert_int_equal(trail_head_read(&scratch, in, &head), TRAIL_HEAD_DAMAGED);
    close(fd);
}

/* A newest entry that somebody forged is not noted as if it were ours. */
static void a_forged_end_is_not_noted(void **state)
{
    (void)state;
    fill(3);
    db_script(db, "UPDATE trail_entry SET actor = 99 WHERE number = 3");
    assert_false(trail_head_keep(db, str_of(help_folder())));
}

static bool checked(const char *words)
{
    struct options o = { .db = help_url(), .var = help_folder() };
    struct sink lines;
    sink_open(&lines, &scratch, KIB(8));
    bool is_whole = command_check_trail(&scratch, &o, &lines);
    if (!str_has(sink_str(&lines), str_of(words))) fail_msg("said: " STR_FMT, STR_ARG(sink_str(&lines)));
    return is_whole;
}

static void the_command_says_it_in_words(void **state)
{
    (void)state;
    assert_true(checked("trail: whole, 0 entries\n"));
    fill(9);
    assert_true(checked("no head file yet"));
    assert_true(trail_head_keep(db, str_of(help_folder())));
    assert_true(checked("trail: the newest entry is 9 "));
    db_script(db, "DELETE FROM trail_entry WHERE number = 9");
    assert_false(checked("cut off at the end: entry 9 was there"));
    db_script(db, "UPDATE trail_entry SET actor = 99 WHERE number = 2");
    assert_false(checked("entry 2 is not as it was written"));
    char path[100];
    snprintf(path, sizeof path, "%s/trail-head", help_folder());
    assert_int_equal(truncate(path, 10), 0);
    assert_false(checked("the head file was not written by this program"));
}

static void of_two_writers_at_once_both_are_in_the_trail(void **state)
{
    (void)state;
    enum { EACH = 40, WRITERS = 3 };
    int64_t at;
    for (int w = 0; w < WRITERS; w++) {
        if (fork() != 0) continue;
        struct landing l;
        enum jump jump = LAND(&l);
        if (jump != JUMP_NONE) _exit(1);
        struct arena mine;
        arena_open(&mine, MIB(16));
        struct db *own = db_open(&mine, help_url(), DB_SERVE);
        db_use_arena(own, &mine);
        for (int i = 0; i < EACH; i++) {
            for (bool is_done = false; !is_done;) { /* as a client would, after "busy" */
                struct landing busy;
                jump = LAND(&busy);
                if (jump == JUMP_NONE) db_write(own, add, &i);
                landing_leave(&busy);
                is_done = jump == JUMP_NONE;
                if (!is_done) db_rollback(own);
            }
        }
        _exit(0);
    }
    for (int w = 0, code; w < WRITERS; w++) {
        assert_true(wait(&code) > 0);
        assert_int_equal(code, 0);
    }
    assert_int_equal(check(NULL, &at), TRAIL_WHOLE);
    assert_int_equal(at, EACH * WRITERS);
}

static bool add_and_think_again(struct db *to, void *self)
{
    add(to, self);
    return false;
}

static void a_deed_that_was_rolled_back_is_not_in_the_trail(void **state)
{
    (void)state;
    int64_t at;
    int one = 1;
    fill(2);
    assert_false(db_write_if(db, add_and_think_again, &one));
    fill(1);
    assert_int_equal(check(NULL, &at), TRAIL_WHOLE);
    assert_int_equal(at, 3);
}

static void a_long_trail_is_checked_piece_by_piece(void **state)
{
    (void)state;
    int64_t at;
    db_begin_write(db);
    for (int i = 1; i <= 2500; i++) add(db, &i);
    db_commit(db);
    assert_int_equal(check(NULL, &at), TRAIL_WHOLE);
    assert_int_equal(at, 2500);
    db_script(db, "DELETE FROM trail_entry WHERE number = 1001");
    assert_int_equal(check(NULL, &at), TRAIL_MISSING);
    assert_int_equal(at, 1001);
}

static void writing_the_trail_raises_no_topic(void **state)
{
    (void)state;
    uint64_t before = db_generation(db, ~(topics)0);
    fill(3);
    assert_true(before == db_generation(db, ~(topics)0));
}

static void every_deed_has_a_code_of_its_own_and_words(void **state)
{
    (void)state;
    for (int d = TRAIL_NO_DEED + 1; d < TRAIL_DEEDS_END; d++) {
        assert_true(trail_deed_code((enum trail_deed)d).n > 0 && trail_deed_phrase((enum trail_deed)d).english);
        assert_int_equal(trail_deed_named(trail_deed_code((enum trail_deed)d)), d);
    }
    for (int s = TRAIL_NOTHING + 1; s < TRAIL_SUBJECTS_END; s++) {
        assert_true(trail_subject_phrase((enum trail_subject)s).english != NULL);
        assert_int_equal(trail_subject_named(trail_subject_code((enum trail_subject)s)), s);
    }
    assert_int_equal(trail_deed_named(S("")), TRAIL_NO_DEED);
    assert_int_equal(trail_deed_named(S("of-a-newer-program")), TRAIL_NO_DEED);
}

#define ON_FRESH(test) cmocka_unit_test_setup_teardown(test, fresh, over)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_FRESH(what_was_done_is_read_back),
        ON_FRESH(every_change_of_every_column_shows),
        ON_FRESH(what_was_taken_out_or_put_in_shows),
        ON_FRESH(an_entry_of_another_trail_does_not_fit),
        ON_FRESH(who_has_no_key_can_neither_write_nor_mend),
        ON_FRESH(the_head_file_goes_forward_only),
        ON_FRESH(a_forged_end_is_not_noted),
        ON_FRESH(the_command_says_it_in_words),
        ON_FRESH(of_two_writers_at_once_both_are_in_the_trail),
        ON_FRESH(a_deed_that_was_rolled_back_is_not_in_the_trail),
        ON_FRESH(a_long_trail_is_checked_piece_by_piece),
        ON_FRESH(writing_the_trail_raises_no_topic),
        cmocka_unit_test(every_deed_has_a_code_of_its_own_and_words),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
