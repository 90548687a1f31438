/* Questions: what makes two the same, what may be left out, and that what was erased is nowhere any more. */
#include "test/unit/help.h"

#include "ask/ask.h"
#include "base/clock.h"
#include "command/command.h"
#include "operator/operator.h"
#include "seal/secret.h"
#include "seal/sweep.h"
#include "store/backup.h"
#include "trail/trail.h"

#include <stdio.h>
#include <stdlib.h>

#define CANARY  "Quetzal canary in the yellow house"
#define CANARY2 "Vermilion heron asks about law"

static struct arena life;
static struct db *db;
static struct seal_keys *keys;
static ms now; /* near the true one: keys are not made for times that are over */

static int begin(void **state)
{
    help_begin(state);
    arena_open(&life, MIB(64));
    keys = help_keys(&life);
    trail_open(seal_secret(keys, "trail"));
    db = help_fresh_db();
    db_use_arena(db, &scratch);
    now = clock_now();
    return 0;
}

static int end(void **state)
{
    db_close(db);
    arena_close(&life);
    return help_end(state);
}

static struct ask ask_by(id person, ms at)
{
    return (struct ask){ db, &scratch, keys, person, at };
}

static enum ask_answer give(const char *words, const char *about)
{
    struct ask of = ask_by(0, now);
    return ask_put(&of, str_of(about), S("en"), (personal){ str_of(words) });
}

static struct ask_row *waiting(size_t *n)
{
    struct ask_row *rows;
    *n = ask_waiting_list(db, 0, now, 100, &rows);
    return rows;
}

static void two_are_the_same_by_their_letters(void **state)
{
    static const char *const same[][2] = {
        { "Who decides?", "  who   DECIDES ... 12" },
        { "\xc3\x89t\xc3\xa9", "e\xcc\x81TE\xcc\x81!" },
        { "\xd0\x9a\xd1\x82\xd0\xbe \xd1\x8d\xd1\x82\xd0\xbe?",
          "\xd0\xba\xd1\x82\xd0\xbe-\xd1\x8d\xd1\x82\xd0\xbe" },
        { "Stra\xc3\x9f"
          "e",
          "STRASSE" },
        { "\xef\xbc\xa1\xef\xbc\xa2", "ab" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(same); i++) {
        str one = ask_normal(&scratch, str_of(same[i][0])),
            other = ask_normal(&scratch, str_of(same[i][1]));
        assert_true(one.n > 0);
        assert_true(str_eq(one, other));
    }
    assert_false(
        str_eq(ask_normal(&scratch, S("who decides")), ask_normal(&scratch, S("who decided"))));
    assert_int_equal(ask_normal(&scratch, S("+49 1234 - 567 ?!")).n, 0);
    for (int n = 0; n < 3000;
         n++) { /* whatever is typed, folding it twice changes nothing and marks lose nothing */
        static const char *const bits[] = { "a",
                                            "B",
                                            " ",
                                            "9",
                                            "\xc3\x9f",
                                            "\xd9\x85",
                                            "\xe4\xbd\xa0",
                                            "\xf0\x9f\x92\x99",
                                            ".",
                                            "\n",
                                            "e\xcc\x81",
                                            "\xef\xb7\xba" };
        char text[256] = "";
        for (int k = rand() % 20; k >= 0; k--) strcat(text, bits[(size_t)rand() % COUNT_OF(bits)]);
        struct ask_piece *pieces;
        size_t whole = 0, count = ask_look(&scratch, str_of(text), &pieces);
        bool is_cut;
        str flat = ask_normal(&scratch, str_of(text));
        assert_true(str_eq(flat, ask_normal(&scratch, flat)));
        for (size_t i = 0; i < count; i++) whole += pieces[i].words.n;
        assert_int_equal(whole, strlen(text));
        assert_true(ask_is_shorter(&scratch, str_of(text), str_of(text), &is_cut));
        assert_false(is_cut);
    }
}

static void words_can_be_left_out_and_not_put_in(void **state)
{
    bool cut;
    str asked = S("I am Anna from Rome: is 12 years too young, or 14?"),
        han = S("\xe4\xbd\xa0\xe5\xa5\xbd\xe5\x90\x97");
    (void)state;
    assert_true(ask_is_shorter(&scratch, asked, S("Is 12 years too young?"), &cut) && cut);
    assert_true(ask_is_shorter(&scratch, asked, asked, &cut) && !cut);
    assert_false(ask_is_shorter(&scratch, asked, S("Is 13 years too young?"), &cut));
    assert_false(ask_is_shorter(&scratch, asked, S("Is 12 years too old?"), &cut));
    assert_false(ask_is_shorter(&scratch, asked, S("young too"), &cut));
    assert_true(ask_is_shorter(&scratch, han, S("\xe4\xbd\xa0\xe5\x90\x97"), &cut) && cut);
    assert_false(ask_is_shorter(&scratch, han, S("\xe5\x90\x97\xe4\xbd\xa0"), &cut));
}

static void a_flood_of_the_same_is_one_row_and_too_many_are_refused(void **state)
{
    size_t n;
    (void)state;
    db_begin_write(db);
    for (int i = 0; i < 300; i++)
        assert_int_equal(give(i % 2 ? "Who decides?" : "who DECIDES 5", "/learn"), ASK_YES);
    struct ask_row *rows = waiting(&n);
    assert_int_equal(n, 1);
    assert_int_equal(rows[0].n, 300);
    assert_true(rows[0].keep_until <= now + ASK_KEEP_MS);
    db_commit(db);
    if (getenv("TEST_PG")) return; /* each of what follows has a key in a file, there as here */
    for (int i = 0; i < ASK_WAITING_MAX; i++) { /* 1 waits already */
        char words[64];
        int k = 0;
        for (int left = i + 1; left; left /= 26) words[k++] = (char)('a' + left % 26);
        words[k] = '\0';
        if (i % 200 == 0) arena_empty(&scratch), db_begin_write(db);
        enum ask_answer got = give(arena_format(&scratch, "which q%s", words).p, "/learn");
        assert_int_equal(got, i < ASK_WAITING_MAX - 1 ? ASK_YES : ASK_FULL);
        if (i % 200 == 199) db_commit(db);
    }
    arena_empty(&scratch);
    db_begin_write(db);
    assert_int_equal(give("who decides", "/learn"), ASK_YES); /* still counted: it costs no row */
    db_commit(db);
}

/* Every file the program wrote, and the backup. */
static bool is_anywhere(const char *words)
{
    char command[400];
    str path = str_from(help_url(), 7);
    snprintf(command, sizeof command, "grep -rqaiF '%s' '%s' '" STR_FMT "'*", words, help_folder(),
             STR_ARG(path));
    return system(command) == 0;
}

static void back_up(const char *name)
{
    struct backup_home home = { "front", help_url(), room_steps };
    backup_write(&scratch, arena_format(&scratch, "%s/%s", help_folder(), name).p, &home, 1,
                 S("test"), now);
}

static void what_was_erased_is_nowhere(void **state)
{
    size_t n;
    struct ask_question q;
    struct ask of = ask_by(7, now);
    (void)state;
    if (getenv("TEST_PG")) return; /* its files are not ours to read */
    db_begin_write(db);
    assert_int_equal(give(CANARY, "/learn"), ASK_YES);
    assert_int_equal(give(CANARY "!", "/the-crime"), ASK_YES);
    db_commit(db);
    db_begin_read(db);
    struct ask_row row = waiting(&n)[0];
    assert_int_equal(n, 2);
    ask_open(&of, &row, &q);
    assert_true(str_starts(q.words.words, S(CANARY)));
    db_commit(db);
    assert_false(is_anywhere(CANARY)); /* sealed from the beginning */
    back_up("while");
    struct sealed kept = { { memcpy(arena_take(&life, row.words.box.n), row.words.box.p,
                                    row.words.box.n),
                             row.words.box.n } };
    db_begin_write(db);
    assert_int_equal(ask_disclosure(&of, row.id), ASK_YES);
    db_commit(db);
    db_script(db, "PRAGMA wal_checkpoint(TRUNCATE)");
    back_up("after");
    assert_false(is_anywhere(CANARY));
    db_begin_read(db);
    (void)waiting(&n);
    assert_int_equal(n, 0); /* the same words under the other text too */
    row.words = kept;       /* as an older backup has it, with every key that is left */
    ask_open(&of, &row, &q);
    assert_true(q.is_closed);
    assert_int_equal(q.words.words.n, 0);
    db_commit(db);
    char command[200];
    snprintf(command, sizeof command, "test -z \"$(ls '%s/keys/own')\"", help_folder());
    assert_int_equal(system(command), 0);
}

static void what_nobody_decides_ends_after_thirty_days(void **state)
{
    struct sweep_counts counts;
    struct ask_question q;
    size_t n;
    struct ask of = ask_by(7, now);
    (void)state;
    db_begin_write(db);
    assert_int_equal(give(CANARY2, "/learn"), ASK_YES);
    db_commit(db);
    db_begin_read(db);
    struct ask_row row = waiting(&n)[0];
    db_commit(db);
    assert_int_equal(seal_sweep(db, room_keeps, keys, now, &counts), SWEEP_DONE);
    ask_open(&of, &row, &q);
    assert_false(q.is_closed);
    assert_int_equal(seal_sweep(db, room_keeps, keys, now + 29 * DAY_MS - 1, &counts), SWEEP_DONE);
    assert_int_equal(counts.rows, 0);
    assert_int_equal(seal_sweep(db, room_keeps, keys, now + 30 * DAY_MS, &counts), SWEEP_DONE);
    assert_int_equal(counts.rows, 1);
    assert_true(counts.keys >= 1); /* though its month may not be over */
    ask_open(&of, &row, &q);
    assert_true(q.is_closed);
}

static void whoever_wrote_the_answer_does_not_agree_to_it(void **state)
{
    size_t n;
    struct ask one = ask_by(7, now), other = ask_by(8, now);
    (void)state;
    help_languages();
    db_begin_write(db);
    assert_int_equal(give("May a teacher ask?", "/learn"), ASK_YES);
    id which = waiting(&n)[0].id;
    assert_int_equal(ask_agree(&other, which, 0, true), ASK_NO_SUCH); /* nothing is prepared */
    assert_int_equal(ask_prepare(&one, which, S("May a teacher ask?"), S("Yes."), false),
                     ASK_NOT_SURE);
    assert_int_equal(ask_prepare(&one, which, S("May a teacher ask?"), S("Yes."), true),
                     ASK_SECOND);
    assert_int_equal(ask_agree(&one, which, 1, true), ASK_SAME_PERSON);
    assert_int_equal(ask_prepare(&other, which, S("May a teacher ask?"), S("No."), true),
                     ASK_SECOND);
    assert_int_equal(ask_agree(&other, which, 2, true), ASK_SAME_PERSON); /* theirs now */
    assert_int_equal(ask_agree(&one, which, 1, true), ASK_CHANGED);
    assert_int_equal(ask_give_back(&one, which), ASK_YES);
    assert_int_equal(ask_agree(&one, which, 3, true), ASK_NO_SUCH);
    assert_int_equal(ask_refuse(&one, which, S("nonsense")), ASK_NO_REASON);
    assert_int_equal(ask_refuse(&one, which, S("unclear")), ASK_YES);
    assert_int_equal(ask_refuse(&one, which, S("unclear")), ASK_NO_SUCH);
    db_commit(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_are_the_same_by_their_letters, begin, end),
        cmocka_unit_test_setup_teardown(words_can_be_left_out_and_not_put_in, begin, end),
        cmocka_unit_test_setup_teardown(a_flood_of_the_same_is_one_row_and_too_many_are_refused,
                                        begin, end),
        cmocka_unit_test_setup_teardown(what_was_erased_is_nowhere, begin, end),
        cmocka_unit_test_setup_teardown(what_nobody_decides_ends_after_thirty_days, begin, end),
        cmocka_unit_test_setup_teardown(whoever_wrote_the_answer_does_not_agree_to_it, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
