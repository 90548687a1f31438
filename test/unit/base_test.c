/* The ground everything stands on: text, days, CSV, arenas, sinks, ids. */
#include "test/unit/help.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "base/csv.h"
#include "base/day.h"
#include "base/id.h"
#include "base/sink.h"

static void utf8_is_checked_strictly(void **state)
{
    (void)state;
    static const char *const good[] = { "", "plain", "é", "中文", "😀", "a\xcc\x81" };
    static const char *const bad[] = { "\xff", "\xc3", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", "a\x80" };
    for (size_t i = 0; i < COUNT_OF(good); i++) assert_true(str_is_utf8(str_of(good[i])));
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(str_is_utf8(str_of(bad[i])));
    assert_false(str_is_utf8(S("a\0b")));
}

static void controls_and_direction_overrides_are_seen(void **state)
{
    (void)state;
    assert_false(str_has_control(S("a\tb\nc")));
    assert_true(str_has_control(S("\x1f")));
    assert_true(str_has_control(S("\x7f")));
    assert_true(str_has_control(S("\xe2\x80\xae")));
    assert_true(str_has_control(S("\xc2\x85")));
}

static void text_is_cut_between_characters(void **state)
{
    (void)state;
    assert_str_equal(str_cut_text(S("aé"), 2), "a");
    assert_str_equal(str_cut_text(S("aé"), 3), "aé");
    assert_str_equal(str_cut_text(S("中文"), 5), "中");
    assert_str_equal(str_cut_text(S("中"), 1), "");
}

static void numbers_are_read_whole_or_not_at_all(void **state)
{
    (void)state;
    int64_t n = 7;
    assert_true(str_to_int(S("9223372036854775807"), &n));
    assert_int_equal(n, INT64_MAX);
    static const char *const bad[] = { "", "-", "+1", " 1", "1 ", "9223372036854775808", "12a", "99999999999999999999" };
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(str_to_int(str_of(bad[i]), &n));
}

static void days_are_real_days(void **state)
{
    (void)state;
    assert_true(day_is(S("2009-11-05")));
    assert_true(day_is(S("2009-11")));
    assert_true(day_is(S("2009")));
    assert_true(day_is(S("2024-02-29")));
    static const char *const bad[] = { "2023-02-29", "2009-13", "2009-00-01", "2009-1-1", "09", "0999", "2009-11-05x", "20a9" };
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(day_is(str_of(bad[i])));
    assert_str_equal(day_last(&scratch, S("2009-02")), "2009-02-28");
    assert_str_equal(day_last(&scratch, S("2009")), "2009-12-31");
    assert_str_equal(day_first(&scratch, S("2009-11")), "2009-11-01");
    assert_str_equal(day_after(&scratch, S("2003-11-25"), 30), "2003-12-25");
    assert_int_equal(day_end(S("1970-01-01")), 86399999);
    assert_str_equal(day_after(&scratch, S("1900-06-29"), 1), "1900-06-30"); /* before 1970 moments are below zero */
}

static void csv_gives_back_what_was_written(void **state)
{
    (void)state;
    for (int round = 0; round < 300; round++) {
        draw_seed((uint64_t)round);
        static const char *const pieces[] = { "a", ",", "\"", "\n", "\r", "é", " ", "", "\"\"" };
        str cells[40];
        struct sink out;
        sink_open(&out, &scratch, 1 << 20);
        for (int i = 0; i < 40; i++) {
            struct sink cell;
            sink_open(&cell, &scratch, 1 << 16);
            for (uint32_t k = draw(5); k > 0; k--) put(&cell, str_of(pieces[draw(COUNT_OF(pieces))]));
            cells[i] = sink_str(&cell);
            csv_cell(&out, cells[i]);
            put_char(&out, i % 4 == 3 ? '\n' : ',');
        }
        struct csv in;
        csv_open(&in, &scratch, sink_str(&out));
        for (int row = 0; row < 10; row++) {
            assert_int_equal(csv_next(&in), CSV_ROW);
            assert_int_equal(in.n, 4);
            for (int i = 0; i < 4; i++) assert_true(str_eq(in.cell[i], cells[row * 4 + i]));
        }
        assert_int_equal(csv_next(&in), CSV_END);
    }
}

static void csv_says_where_it_is_wrong(void **state)
{
    (void)state;
    struct csv in;
    csv_open(&in, &scratch, S("a,b\nc,\"d\n"));
    assert_int_equal(csv_next(&in), CSV_ROW);
    assert_int_equal(csv_next(&in), CSV_BAD);
    assert_int_equal(in.line, 2);
    assert_int_equal(in.bad_column, 3);
    csv_open(&in, &scratch, S("a,\"b\"c\n"));
    assert_int_equal(csv_next(&in), CSV_BAD);
    assert_int_equal(in.bad_column, 6);
}

static void sinks_escape_for_their_place(void **state)
{
    (void)state;
    struct sink out;
    sink_open(&out, &scratch, 4096);
    html_text(&out, S("<a href=\"x\">'&"));
    assert_str_equal(sink_str(&out), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
    sink_open(&out, &scratch, 4096);
    url_part(&out, S("a/b?c=é"));
    assert_str_equal(sink_str(&out), "a%2Fb%3Fc%3D%C3%A9");
    sink_open(&out, &scratch, 4096);
    json_text(&out, S("a\"\\\n\x01"));
    assert_str_equal(sink_str(&out), "\"a\\\"\\\\\\n\\u0001\"");
}

static void addresses_that_run_or_leave_are_dropped(void **state)
{
    (void)state;
    static const char *const bad[] = { "javascript:alert(1)", "//evil.example", "/\\evil.example", "/\n/evil.example", "data:text/html,x",
                                       "\tjavascript:x", "http://a\\b" };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct sink out;
        sink_open(&out, &scratch, 4096);
        url_whole(&out, str_of(bad[i]));
        assert_int_equal(out.n, 0);
    }
}

static void close_one(void *thing)
{
    ++*(int *)thing;
}

static void arenas_end_what_they_were_handed(void **state)
{
    (void)state;
    struct arena a;
    int closed = 0;
    arena_open(&a, 1 << 20);
    arena_at_end(&a, close_one, &closed);
    arena_at_end(&a, close_one, &closed);
    arena_take(&a, 100000);
    arena_empty(&a);
    assert_int_equal(closed, 2);
    assert_int_equal(a.used, 0);
    arena_close(&a);
    assert_int_equal(closed, 2);
}

static void a_full_arena_is_a_breakage_not_null(void **state)
{
    (void)state;
    struct arena a;
    struct landing l;
    arena_open(&a, 1000);
    if (LAND(&l) == JUMP_NONE) {
        arena_take(&a, 2000);
        fail();
    }
    landing_leave(&l);
    assert_non_null(strstr(l.why, "memory limit"));
    if (LAND(&l) == JUMP_NONE) {
        arena_take_many(&a, SIZE_MAX / 2, 4);
        fail();
    }
    landing_leave(&l);
    arena_close(&a);
}

static void ids_rise_even_if_the_clock_goes_back(void **state)
{
    (void)state;
    id last = 0;
    for (int i = 0; i < 1000; i++) {
        clock_set_for_test(i % 2 ? 1700000000000 : 1600000000000);
        id fresh = id_new();
        assert_true(fresh > last && fresh < (id)INT64_MAX);
        last = fresh;
    }
    clock_set_for_test(0);
}

static void content_names_follow_from_content_alone(void **state)
{
    (void)state;
    char a[CONTENT_ID_LENGTH + 1], b[CONTENT_ID_LENGTH + 1];
    content_id(S("Mexico"), a);
    content_id(S("Mexico"), b);
    assert_string_equal(a, b);
    content_id(S("Mexicn"), b);
    assert_string_not_equal(a, b);
    assert_true(content_id_is(str_of(a)));
    assert_false(content_id_is(S("short")));
    assert_false(content_id_is(S("000000000000000000000O00")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_checked_strictly),
        cmocka_unit_test(controls_and_direction_overrides_are_seen),
        cmocka_unit_test(text_is_cut_between_characters),
        cmocka_unit_test(numbers_are_read_whole_or_not_at_all),
        cmocka_unit_test(days_are_real_days),
        cmocka_unit_test(csv_gives_back_what_was_written),
        cmocka_unit_test(csv_says_where_it_is_wrong),
        cmocka_unit_test(sinks_escape_for_their_place),
        cmocka_unit_test(addresses_that_run_or_leave_are_dropped),
        cmocka_unit_test(arenas_end_what_they_were_handed),
        cmocka_unit_test(a_full_arena_is_a_breakage_not_null),
        cmocka_unit_test(ids_rise_even_if_the_clock_goes_back),
        cmocka_unit_test(content_names_follow_from_content_alone),
    };
    return cmocka_run_group_tests_name("base", tests, help_begin, help_end);
}
