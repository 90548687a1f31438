/* Joining: floods, ends, and addresses of pages as people type them. */
#include "test/unit/help.h"

#include "base/clock.h"
#include "command/command.h"
#include "join/inside.h"
#include "seal/sweep.h"
#include "send/place.h"
#include "trail/trail.h"

#include <stdio.h>
#include <stdlib.h>
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
    send_place(arena_format(&life, "%s/keys", help_folder()), true);
    trail_open(seal_secret(keys, "trail"));
    db = help_fresh_db();
    db_use_arena(db, &scratch);
    return 0;
}

static int end(void **state)
{
    db_close(db);
    arena_close(&life);
    return help_end(state);
}

static struct people people_at(ms now)
{
    return (struct people){
        .db = db, .arena = &scratch, .keys = keys, .lang = lang_find(S("en")), .by = 7, .now = now
    };
}

static enum join_answer apply(int number, ms now, id *made)
{
    struct people p = people_at(now);
    struct join_application a = {
        .kind = JOIN_COMPANY, .iso3 = S("ESP"), .partner = S("implementation"), .lang = p.lang
    };
    for (int i = 0; i < JOIN_FIELDS; i++) a.field[i] = S("");
    a.field[JOIN_NAME] = arena_format(&scratch, "Company %d", number);
    a.field[JOIN_SITE] = arena_format(&scratch, "https://c%d.example.org/", number);
    a.mail = arena_format(&scratch, "c%d@example.org", number);
    return join_apply(&p, &a, made);
}

static void a_flood_is_refused_in_words_and_ends(void **state)
{
    id made;
    (void)state;
    db_begin_write(db);
    for (int i = 0; i < JOIN_HOUR_MAX; i++) {
        assert_int_equal(apply(i, NOW, &made), JOIN_YES);
        assert_true(made != 0);
    }
    assert_int_equal(apply(9999, NOW + 1000, &made), JOIN_FULL);
    assert_true(made == 0);
    assert_int_equal(apply(9999, NOW + 3600001, &made), JOIN_YES);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(apply(9999, NOW + 3700000 + i, &made),
                         JOIN_YES); /* nobody learns that nothing was stored */
        assert_int_equal(made != 0, i < JOIN_SAME_MAX - 1);
    }
    db_commit(db);
}

static void ten_thousand_applications_do_not_slow_the_desk(void **state)
{
    struct join_counted *counts;
    struct join_row *rows;
    struct people p = people_at(NOW);
    (void)state;
    const int batches = getenv("TEST_PG") ? 20 : 100; /* making them is slow there, and not what is measured */
    for (int batch = 0; batch < batches; batch++) {
        arena_empty(&scratch);
        db_begin_write(db);
        for (int i = 0; i < 100; i++) {
            id made;
            ms at = NOW + (ms)(batch * 100 + i) * 15000;
            assert_int_equal(apply(batch * 100 + i, at, &made), JOIN_YES);
            p.now = at;
            assert_int_equal(join_confirm(&p, made), JOIN_YES);
        }
        db_commit(db);
    }
    arena_empty(&scratch);
    int64_t begun = clock_ticks_us();
    db_begin_read(db);
    assert_int_equal(join_counts(db, &counts), 1);
    assert_int_equal(counts[0].n, batches * 100);
    assert_int_equal(join_applications_in(db, S("new"), S("new"), (id)INT64_MAX, 51, &rows), 51);
    for (int i = 0; i < 50; i++) {
        struct join_application a;
        join_open_row(&p, &rows[i], &a);
        assert_false(a.is_closed);
    }
    db_commit(db);
    assert_true(clock_ticks_us() - begun < 500000); /* also with sanitizers */
}

static int64_t sweep(ms now)
{
    struct sweep_counts counts = { 0 };
    assert_int_equal(seal_sweep(db, room_keeps, keys, now, &counts), SWEEP_DONE);
    return counts.rows;
}

static bool is_there(id which, ms now)
{
    struct people p = people_at(now);
    struct join_application a;
    db_begin_read(db);
    bool is = join_get(&p, which, &a) && !a.is_closed;
    db_commit(db);
    return is;
}

static void everything_ends_when_it_was_said(void **state)
{
    id left_alone, refused, member;
    struct people p = people_at(NOW);
    struct join_application a;
    (void)state;
    db_begin_write(db);
    assert_int_equal(apply(1, NOW, &left_alone), JOIN_YES);
    assert_int_equal(apply(2, NOW, &refused), JOIN_YES);
    assert_int_equal(apply(3, NOW, &member), JOIN_YES);
    assert_int_equal(join_confirm(&p, refused), JOIN_YES);
    assert_int_equal(join_confirm(&p, member), JOIN_YES);
    assert_true(join_get(&p, refused, &a));
    assert_int_equal(join_refuse(&p, refused,
                                 &(struct join_decision){
                                     .seen = a.moved_at, .reason = S("rules"), .words = S("") }),
                     JOIN_YES);
    assert_true(join_get(&p, member, &a));
    assert_true(
        join_to(&p, &a, a.moved_at, "accepted", NOW + JOIN_MEMBER_MS)); /* as a decision does */
    db_commit(db);
    sweep(NOW);
    assert_true(is_there(left_alone, NOW + 6 * DAY_MS));
    assert_false(is_there(left_alone, NOW + 8 * DAY_MS)); /* at once, before any sweep */
    for (int day = 8; day <= 800; day += 8) {
        arena_empty(&scratch);
        db_begin_write(db);
        join_keep_members(db, keys, NOW + day * DAY_MS);
        db_commit(db);
        sweep(NOW + day * DAY_MS);
        assert_int_equal(is_there(refused, NOW + day * DAY_MS), day <= 183);
        assert_true(is_there(member, NOW + day * DAY_MS)); /* as long as it lasts */
    }
    assert_false(is_there(member, NOW + 1300 * DAY_MS)); /* nobody kept it */
}

static void an_address_of_a_page_is_public_or_none(void **state)
{
    static const char *const good[] = { "https://example.org", "https://www.example.org/a/b?c=d#e",
                                        "https://ex\xc3\xa4mple.org/", "https://EXAMPLE.org/",
                                        " https://example.org/x " };
    static const char *const bad[] = { "",
                                       "http://example.org",
                                       "https://",
                                       "https:///x",
                                       "https://localhost/",
                                       "https://localhost.localdomain.local/",
                                       "https://127.0.0.1/",
                                       "https://0x7f.1/",
                                       "https://2130706433/",
                                       "https://[::1]/",
                                       "https://10.0.0.1.nip/ x",
                                       "https://user@example.org/",
                                       "https://user:pw@example.org/",
                                       "https://example.org:8080/",
                                       "https://example.org%2f/",
                                       "https://example.org/\"onload=",
                                       "https://example.org/<b>",
                                       "https://router.home.arpa/",
                                       "https://db.internal/",
                                       "https://x.onion/",
                                       "javascript:alert(1)",
                                       "https:example.org",
                                       "//example.org",
                                       "https://a..b.org/",
                                       "https://-a.org/",
                                       "https://ex ample.org/",
                                       "https://example.org\\@evil.example/",
                                       "https://example.1/" };
    str address;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++)
        if (!join_address_ok(&scratch, str_of(good[i]), &address)) fail_msg("refused: %s", good[i]);
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (join_address_ok(&scratch, str_of(bad[i]), &address)) fail_msg("taken: %s", bad[i]);
    assert_str_equal(join_host(&scratch, S("https://www.EXAMPLE.org/x")), "example.org");
    assert_true(join_host_is_odd(join_host(&scratch, S("https://\xd0\xb0mnesty.org/"))));
    assert_true(join_mixes_scripts(S("\xd0\x90mnesty")));
    assert_false(join_mixes_scripts(S("Amnesty \xc3\xa9")));
    assert_false(join_mixes_scripts(S("\xd0\x9a\xd1\x80\xd0\xb0\xd1\x81\xd0\xbd\xd1\x8b\xd0\xb9")));
}

/* Whatever is typed, what is taken is an address that browsers read as ours: https, no blanks, no credentials. */
static void whatever_is_typed_what_is_taken_is_plain(void **state)
{
    static const char letters[] = "https://exa.org:@%/?#[]\\ \t\n\"<>_-1\xc3\xa4\xd0\xb0";
    (void)state;
    for (int n = 0; n < 20000; n++) {
        char text[64];
        size_t length = 8 + (size_t)(rand() % 40);
        memcpy(text, "https://", 8);
        for (size_t i = 8; i < length; i++)
            text[i] = letters[(size_t)rand() % (sizeof letters - 1)];
        str address;
        arena_empty(&scratch);
        if (!join_address_ok(&scratch, (str){ text, length }, &address)) continue;
        assert_true(str_starts(address, S("https://")));
        str rest = str_from(address, 8), host = str_split(&rest, '/');
        assert_true(host.n >= 3);
        for (size_t i = 0; i < host.n; i++)
            assert_true((host.p[i] >= 'a' && host.p[i] <= 'z') ||
                        (host.p[i] >= '0' && host.p[i] <= '9') || host.p[i] == '.' ||
                        host.p[i] == '-');
        for (size_t i = 0; i < address.n; i++)
            assert_true(address.p[i] > ' ' && address.p[i] <= '~');
    }
}

int main(void)
{
    command_start();
    help_languages();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_flood_is_refused_in_words_and_ends, begin, end),
        cmocka_unit_test_setup_teardown(ten_thousand_applications_do_not_slow_the_desk, begin, end),
        cmocka_unit_test_setup_teardown(everything_ends_when_it_was_said, begin, end),
        cmocka_unit_test_setup_teardown(an_address_of_a_page_is_public_or_none, begin, end),
        cmocka_unit_test_setup_teardown(whatever_is_typed_what_is_taken_is_plain, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
