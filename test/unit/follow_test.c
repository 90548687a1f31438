/* Following by mail: what is new is told once, to those who asked for it, and nobody is written to twice a day. */
#include "test/unit/help.h"

#include "base/clock.h"
#include "follow/follow.h"
#include "seal/secret.h"
#include "send/inside.h"
#include "send/place.h"
#include "send/send.h"

#define NOW    ((ms)1795000000000) /* 2026-11-18 */
#define HEAD   "slug,lang,kind,title,summary,body,theme,states,published,reviewed_by,reviewed_on\n"
#define OLD    "old,en,news,An old piece,s,Body,,,2026-01-01,,\n"
#define NEWER  "fresh,en,news,A fresh piece,s,Body,,,2026-11-18,,\n"
#define ORIGIN S("https://heart.example.org")

static struct arena life;
static struct db *db;
static struct seal_keys *keys;

static int open_all(void **state)
{
    help_begin(state);
    arena_open(&life, MIB(64));
    help_languages();
    keys = help_keys(&life);
    send_place(arena_format(&life, "%s/keys", help_folder()), true);
    return 0;
}

static int close_all(void **state)
{
    arena_close(&life);
    return help_end(state);
}

static int begin(void **state)
{
    (void)state;
    db = help_fresh_db();
    db_use_arena(db, &scratch);
    help_import(db, "texts", HEAD OLD, NOW - DAY_MS);
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_close(db);
    return 0;
}

static id follower(const char *mail, const char *topics, ms now)
{
    id made;
    db_begin_write(db);
    follow_ask(db, keys, str_of(mail), str_of(topics), lang_find(S("fr")), now, &made);
    assert_true(made != 0);
    assert_int_equal(follow_confirm(db, keys, made, now), FOLLOW_YES);
    db_commit(db);
    return made;
}

/* As the caretaker does it, transaction and all. */
static size_t queue(ms now)
{
    return follow_tell(db, keys, ORIGIN, now);
}

/* The words of every mail that waits, one after another. */
static str waiting(ms now)
{
    struct send_due *due;
    struct sink out;
    sink_open(&out, &scratch, MIB(1));
    db_begin_write(db);
    size_t n = send_mails_due(db, now, now + DAY_MS, &due);
    for (size_t i = 0; i < n; i++) {
        struct send_leased row;
        struct letter l;
        personal words;
        if (!send_lease(db, due[i].id, 7, now, now + DAY_MS, now + DAY_MS)) continue;
        assert_true(send_leased_get(db, due[i].id, 7, &row));
        assert_int_equal(seal_open(keys, &scratch, &seal_send_mail_words, row.id, row.words, &words), SEAL_OPENED);
        assert_true(letter_unpack(words.words, &l));
        put(&out, letter_wire(&scratch, &l, S("hello@example.org"), S("token"), now));
        put(&out, letter_plain(&scratch, lang_find(S("fr")), &l));
        send_mail_sent(db, row.id, 7, now);
    }
    db_commit(db);
    return sink_str(&out);
}

static size_t times(str all, const char *piece)
{
    size_t n = 0;
    for (size_t at = 0; at < all.n; at++) n += str_starts(str_from(all, at), str_of(piece));
    return n;
}

static void what_was_there_before_is_not_new(void **state)
{
    (void)state;
    follower("a@example.org", "news", NOW);
    assert_int_equal(queue(NOW + 1000), 0);
    assert_int_equal(waiting(NOW + 1000).n, 0);
}

static void what_is_new_is_told_once_to_those_who_asked(void **state)
{
    (void)state;
    follower("a@example.org", "news", NOW);
    follower("b@example.org", "calendar", NOW);
    follower("c@example.org", "news country:MEX", NOW);
    queue(NOW + 1000);
    help_import(db, "texts", HEAD OLD NEWER, NOW + 2000);
    ms later = NOW + 3 * DAY_MS;
    assert_int_equal(queue(later), 3);
    str all = waiting(later);
    assert_int_equal(times(all, "A fresh piece"), 2 * 3); /* two mails: plain, as HTML, and once more as the letter itself */
    assert_int_equal(times(all, "An old piece"), 0);
    assert_int_equal(times(all, "To: <b@example.org>"), 0);
    assert_int_equal(times(all, "List-Unsubscribe: <https://heart.example.org/follow/stop/"), 2);
    assert_int_equal(times(all, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), 2);
    assert_true(times(all, "https://heart.example.org/fr/news/fresh") >= 2);
    assert_int_equal(queue(later + 1000), 0);
    assert_int_equal(queue(later + 2 * DAY_MS), 0);
    assert_int_equal(waiting(later + 2 * DAY_MS).n, 0);
}

/* What was noticed while nobody waited stays noticed, or everything would be old for ever. */
static void news_before_the_first_mail_are_told(void **state)
{
    struct follow_moment newest;
    (void)state;
    assert_int_equal(queue(NOW - DAY_MS), 0); /* nobody follows yet */
    db_begin_read(db);
    follow_newest(db, &newest);
    db_commit(db);
    assert_int_equal(newest.moment, 1);
    follower("a@example.org", "news", NOW);
    assert_int_equal(queue(NOW + 1000), 0);
    help_import(db, "texts", HEAD OLD NEWER, NOW + 2000);
    assert_int_equal(queue(NOW + 3000), 0); /* too early for a mail */
    assert_int_equal(queue(NOW + DAY_MS), 1);
    assert_true(times(waiting(NOW + DAY_MS), "A fresh piece") > 0);
}

static void one_mail_a_day_at_most(void **state)
{
    (void)state;
    follower("a@example.org", "news", NOW);
    queue(NOW + 1000);
    help_import(db, "texts", HEAD OLD NEWER, NOW + 2000);
    ms later = NOW + 3 * DAY_MS;
    assert_int_equal(queue(later), 1);
    help_import(db, "texts", HEAD OLD NEWER "third,en,news,A third piece,s,Body,,,2026-11-18,,\n", later + 1000);
    assert_int_equal(queue(later + 3600000), 0);
    assert_int_equal(times(waiting(later + 3600000), "A third piece"), 0);
    assert_int_equal(queue(later + DAY_MS), 1);
    assert_true(times(waiting(later + DAY_MS), "A third piece") > 0);
}

static void a_clock_that_ran_ahead_holds_nobody_back(void **state)
{
    (void)state;
    follower("a@example.org", "news", NOW);
    queue(NOW + 1000);
    help_import(db, "texts", HEAD OLD NEWER, NOW + 2000);
    ms ahead = NOW + 300 * DAY_MS;
    assert_int_equal(queue(ahead), 1);
    assert_true(times(waiting(ahead), "A fresh piece") > 0);
    help_import(db, "texts", HEAD OLD NEWER "third,en,news,A third piece,s,Body,,,2026-11-18,,\n", NOW + DAY_MS);
    assert_int_equal(queue(NOW + 2 * DAY_MS), 1);
    assert_true(times(waiting(NOW + 2 * DAY_MS), "A third piece") > 0);
    assert_int_equal(queue(NOW + 4 * DAY_MS), 0);
}

static void whoever_stopped_or_ended_gets_nothing(void **state)
{
    (void)state;
    id a = follower("a@example.org", "news", NOW);
    follower("b@example.org", "news", NOW);
    queue(NOW + 1000);
    help_import(db, "texts", HEAD OLD NEWER, NOW + 2000);
    db_begin_write(db);
    assert_int_equal(follow_stop(db, a, false, NOW + 3000), FOLLOW_YES);
    assert_int_equal(follow_stop(db, a, false, NOW + 3000), FOLLOW_NO_SUCH);
    db_commit(db);
    assert_int_equal(queue(NOW + FOLLOW_KEEP_MS + DAY_MS), 0);
    assert_int_equal(waiting(NOW + FOLLOW_KEEP_MS + DAY_MS).n, 0);
}

static void an_address_follows_once_and_is_asked_three_times_a_week(void **state)
{
    id made;
    (void)state;
    follower("a@example.org", "news", NOW);
    id second = follower("a@example.org", "calendar", NOW + 1000);
    db_begin_write(db);
    struct follow_row row;
    assert_true(follow_get(db, second, &row));
    assert_str_equal(row.topics, "calendar");
    int asked = 0;
    for (int i = 0; i < 5; i++) {
        follow_ask(db, keys, S("z@example.org"), S("news"), lang_find(S("en")), NOW + i, &made);
        asked += made != 0;
    }
    assert_int_equal(asked, SEND_ASKED_MAX);
    db_commit(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_there_before_is_not_new, begin, end),
        cmocka_unit_test_setup_teardown(what_is_new_is_told_once_to_those_who_asked, begin, end),
        cmocka_unit_test_setup_teardown(news_before_the_first_mail_are_told, begin, end),
        cmocka_unit_test_setup_teardown(one_mail_a_day_at_most, begin, end),
        cmocka_unit_test_setup_teardown(a_clock_that_ran_ahead_holds_nobody_back, begin, end),
        cmocka_unit_test_setup_teardown(whoever_stopped_or_ended_gets_nothing, begin, end),
        cmocka_unit_test_setup_teardown(an_address_follows_once_and_is_asked_three_times_a_week, begin, end),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
