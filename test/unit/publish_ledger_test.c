/* A privacy budget: what was entered stays, what would exceed it is refused, whoever writes at once or dies. */
#include "test/unit/publish_sample.h"

#include "test/unit/help.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOW ((ms)1790000000000)
#define ONE ((nano)1000000000)

static const char *fresh_ledger(nano epsilon)
{
    static int n;
    const char *path = arena_format(&scratch, "%s/ledger%d", help_folder(), n++).p;
    str why = S("");
    assert_int_equal(ledger_begin(&scratch, path, S("cases 2026"), S("ana"), epsilon, 1000000000, NOW, &why), LEDGER_YES);
    return path;
}

static enum ledger_answer enter(struct arena *a, const char *path, nano epsilon)
{
    struct ledger_entry e;
    str why = S("");
    enum ledger_answer answer = ledger_enter(a, path, S("ben"), S("yearly table"), epsilon, 1000, NOW, &e, &why);
    assert_true(answer == LEDGER_YES || why.n > 0);
    return answer;
}

static struct ledger read_whole(const char *path)
{
    struct ledger l;
    str why = S("");
    enum ledger_answer answer = ledger_read(&scratch, path, &l, &why);
    if (answer != LEDGER_YES) fail_msg("%.*s", (int)why.n, why.p);
    return l;
}

static str file_text(const char *path)
{
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    char *bytes = arena_take(&scratch, MIB(1));
    size_t n = fread(bytes, 1, MIB(1), f);
    fclose(f);
    return (str){ bytes, n };
}

static void what_was_declared_is_not_exceeded(void **state)
{
    (void)state;
    const char *path = fresh_ledger(3 * ONE);
    assert_int_equal(enter(&scratch, path, ONE), LEDGER_YES);
    assert_int_equal(enter(&scratch, path, 2 * ONE + 1), LEDGER_SPENT);
    assert_int_equal(enter(&scratch, path, 2 * ONE), LEDGER_YES);
    assert_int_equal(enter(&scratch, path, 1), LEDGER_SPENT);
    struct ledger l = read_whole(path);
    assert_int_equal(l.n, 2);
    assert_int_equal(l.epsilon_spent, 3 * ONE);
    assert_str_equal(l.entry[1].who, "ben");
    str why = S("");
    assert_int_equal(ledger_begin(&scratch, path, S("x"), S("y"), ONE, 0, NOW, &why), LEDGER_THERE_ALREADY);
    struct ledger_entry e;
    assert_int_equal(ledger_enter(&scratch, path, S(""), S("z"), 1, 0, NOW, &e, &why), LEDGER_UNFIT);
    assert_int_equal(ledger_enter(&scratch, path, S("a\nb"), S("z"), 1, 0, NOW, &e, &why), LEDGER_UNFIT);
    assert_int_equal(ledger_enter(&scratch, path, S("a"), S("z"), -5, 0, NOW, &e, &why), LEDGER_UNFIT);
    assert_int_equal(ledger_enter(&scratch, "/nonexistent/l", S("a"), S("z"), 1, 0, NOW, &e, &why), LEDGER_NOT_THERE);
    assert_int_equal(read_whole(path).n, 2);
}

static void delta_adds_up_too(void **state)
{
    (void)state;
    const char *path = fresh_ledger(1000 * ONE);
    struct ledger_entry e;
    str why = S("");
    assert_int_equal(ledger_enter(&scratch, path, S("a"), S("z"), 1, 600000000, NOW, &e, &why), LEDGER_YES);
    assert_int_equal(ledger_enter(&scratch, path, S("a"), S("z"), 1, 600000000, NOW, &e, &why), LEDGER_SPENT);
}

/* Any byte changed, any line taken out or moved, any end cut off. */
static void every_edit_by_hand_is_seen(void **state)
{
    (void)state;
    const char *path = fresh_ledger(9 * ONE);
    for (int i = 0; i < 3; i++) assert_int_equal(enter(&scratch, path, ONE), LEDGER_YES);
    str text = file_text(path);
    struct ledger l;
    str why = S("");
    assert_int_equal(ledger_parse(&scratch, text, &l, &why), LEDGER_YES);
    struct arena a;
    arena_open(&a, MIB(256));
    for (size_t i = 0; i < text.n; i++) {
        char *copy = arena_take(&a, text.n + 1);
        memcpy(copy, text.p, text.n);
        copy[i] ^= i % 2 ? 1 : 2;
        assert_int_equal(ledger_parse(&a, (str){ copy, text.n }, &l, &why), LEDGER_DAMAGED);
        memcpy(copy, text.p, text.n); /* one byte less */
        memmove(copy + i, copy + i + 1, text.n - i - 1);
        assert_int_equal(ledger_parse(&a, (str){ copy, text.n - 1 }, &l, &why), LEDGER_DAMAGED);
        assert_int_equal(ledger_parse(&a, (str){ text.p, i }, &l, &why), LEDGER_DAMAGED);
        arena_empty(&a);
    }
    str line[4], rest = text;
    for (int i = 0; i < 4; i++) line[i] = str_split(&rest, '\n');
    str no_last = ARENA_JOIN(&scratch, line[0], S("\n"), line[1], S("\n"), line[2], S("\n"));
    str swapped = ARENA_JOIN(&a, line[0], S("\n"), line[2], S("\n"), line[1], S("\n"), line[3], S("\n"));
    str twice = ARENA_JOIN(&a, text, line[3], S("\n"));
    assert_int_equal(ledger_parse(&a, no_last, &l, &why), LEDGER_DAMAGED);
    assert_int_equal(ledger_parse(&a, swapped, &l, &why), LEDGER_DAMAGED);
    assert_int_equal(ledger_parse(&a, twice, &l, &why), LEDGER_DAMAGED);
    arena_close(&a);
    text_file(&scratch, "edited", no_last);
    const char *edited = arena_format(&scratch, "%s/edited", help_folder()).p;
    assert_int_equal(enter(&scratch, edited, 1), LEDGER_DAMAGED); /* and nothing is entered into it */
    assert_true(str_eq(file_text(edited), no_last));
}

static void numbers_are_read_exactly(void **state)
{
    (void)state;
    int64_t n;
    assert_true(ledger_number(S("0.1"), 9, INT64_MAX, &n) && n == 100000000);
    assert_true(ledger_number(S("12"), 9, INT64_MAX, &n) && n == 12 * ONE);
    assert_true(ledger_number(S("0.000000000000001"), 15, INT64_MAX, &n) && n == 1);
    static const char *const bad[] = { "", ".", ".5", "5.", "-1", "+1", "1e3", "1,5", "0x1", "nan", "inf", "0.0000000001", "1.2.3", " 1", "9999999999" };
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(ledger_number(str_of(bad[i]), 9, INT64_MAX, &n));
    struct sink out;
    sink_open(&out, &scratch, 100);
    ledger_put_number(&out, 1500000000, 9);
    assert_str_equal(sink_str(&out), "1.5");
}

/* Eight programs that each want forty releases of a tenth, of a total of five. */
static void many_at_once_never_exceed_it(void **state)
{
    (void)state;
    const char *path = fresh_ledger(5 * ONE);
    pid_t child[8];
    for (int i = 0; i < 8; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] != 0) continue;
        int done = 0;
        struct arena a;
        arena_open(&a, MIB(64));
        for (int k = 0; k < 40; k++) {
            done += enter(&a, path, ONE / 10) == LEDGER_YES;
            arena_empty(&a);
        }
        _exit(done);
    }
    int done = 0;
    for (int i = 0; i < 8; i++) {
        int status;
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_true(WIFEXITED(status));
        done += WEXITSTATUS(status);
    }
    assert_int_equal(done, 50);
    struct ledger l = read_whole(path);
    assert_int_equal(l.n, 50);
    assert_int_equal(l.epsilon_spent, 5 * ONE);
}

/* Killed at any moment: what was released is entered, and the ledger is whole. */
static void a_kill_never_leaves_a_release_that_is_not_entered(void **state)
{
    (void)state;
    const char *path = fresh_ledger(900 * ONE), *out = arena_format(&scratch, "%s/released", help_folder()).p;
    size_t before = 0, seen = 0;
    for (int round = 0; round < 40; round++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            int fd = open(out, O_WRONLY | O_CREAT | O_APPEND, 0600);
            struct arena a;
            arena_open(&a, MIB(64));
            for (;;) {
                if (enter(&a, path, ONE / 100) == LEDGER_YES && write(fd, "x", 1) != 1) _exit(1);
                arena_empty(&a);
            }
        }
        /* Once it has released something in this round, after a time that differs: the machine may be slow. */
        struct stat about = { 0 };
        for (int wait = 0; wait < 20000 && (stat(out, &about) != 0 || (size_t)about.st_size <= seen); wait++) usleep(500);
        usleep((useconds_t)(round * 379 % 3000));
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        size_t released = seen = file_text(out).n;
        struct ledger l = read_whole(path);
        assert_true(released <= l.n);
        assert_true(l.n >= before);
        before = l.n;
    }
    assert_true(before >= 40);
}

/* A release made through a link would leave the ledger itself unspent. */
static void a_link_is_no_second_budget(void **state)
{
    (void)state;
    const char *path = fresh_ledger(ONE), *link_path = arena_format(&scratch, "%s.link", path).p;
    struct ledger l;
    str why = S("");
    for (int is_hard = 0; is_hard < 2; is_hard++) {
        assert_int_equal(is_hard ? link(path, link_path) : symlink(path, link_path), 0);
        assert_int_equal(enter(&scratch, link_path, ONE), LEDGER_DAMAGED);
        assert_int_equal(ledger_read(&scratch, link_path, &l, &why), LEDGER_DAMAGED);
        assert_true(str_has(why, S("link")));
        assert_int_equal(unlink(link_path), 0);
    }
    assert_int_equal(read_whole(path).n, 0);
    assert_int_equal(enter(&scratch, path, ONE), LEDGER_YES);
    assert_int_equal(symlink("nowhere", link_path), 0);
    assert_int_equal(ledger_begin(&scratch, link_path, S("x"), S("y"), ONE, 0, NOW, &why), LEDGER_THERE_ALREADY);
    assert_int_equal(mkfifo(arena_format(&scratch, "%s.pipe", path).p, 0600), 0); /* must not wait for a writer */
    assert_int_equal(ledger_read(&scratch, arena_format(&scratch, "%s.pipe", path).p, &l, &why), LEDGER_DAMAGED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_declared_is_not_exceeded, help_begin, help_end),
        cmocka_unit_test_setup_teardown(a_link_is_no_second_budget, help_begin, help_end),
        cmocka_unit_test_setup_teardown(delta_adds_up_too, help_begin, help_end),
        cmocka_unit_test_setup_teardown(every_edit_by_hand_is_seen, help_begin, help_end),
        cmocka_unit_test_setup_teardown(numbers_are_read_exactly, help_begin, help_end),
        cmocka_unit_test_setup_teardown(many_at_once_never_exceed_it, help_begin, help_end),
        cmocka_unit_test_setup_teardown(a_kill_never_leaves_a_release_that_is_not_entered, help_begin, help_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
