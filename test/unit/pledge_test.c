/* Counts of pledges: told as the day began, whoever adds to them, also after a day on which the clock was wrong. */
#include "test/unit/help.h"

#include "pledge/pledge.h"

static struct db *db;

static int begin(void **state)
{
    (void)state;
    db = help_fresh_db();
    db_use_arena(db, &scratch);
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_close(db);
    return 0;
}

static void add(int slot, const char *day, const char *tomorrow, int64_t more)
{
    db_begin_write(db);
    pledge_count_add(db, S("all"), slot, str_of(day), str_of(tomorrow), more);
    db_commit(db);
}

static int64_t told(const char *day)
{
    struct pledge_counted *rows;
    db_begin_read(db);
    size_t n = pledge_counts(db, str_of(day), &rows);
    int64_t all = n ? rows[0].n : 0;
    db_commit(db);
    return all;
}

static void a_day_tells_what_there_was_before_it(void **state)
{
    (void)state;
    add(1, "2026-11-22", "2026-11-23", 7);
    add(2, "2026-11-22", "2026-11-23", 5);
    assert_int_equal(told("2026-11-22"), 0);
    assert_int_equal(told("2026-11-23"), 12);
    add(1, "2026-11-23", "2026-11-24", -1);
    add(2, "2026-11-23", "2026-11-24", 3);
    assert_int_equal(told("2026-11-23"), 12);
    assert_int_equal(told("2026-11-24"), 14);
    add(1, "2026-11-22", "2026-11-23", 1); /* a machine whose clock is a little behind */
    assert_int_equal(told("2026-11-23"), 12);
}

static void a_clock_that_ran_ahead_stops_no_count(void **state)
{
    (void)state;
    add(1, "2026-11-22", "2026-11-23", 10);
    add(1, "2027-11-22", "2027-11-23", 1);
    add(1, "2026-11-23", "2026-11-24", 10);
    assert_int_equal(told("2026-11-23"), 11);
    assert_int_equal(told("2026-11-24"), 21);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_day_tells_what_there_was_before_it, begin, end),
        cmocka_unit_test_setup_teardown(a_clock_that_ran_ahead_stops_no_count, begin, end),
    };
    return cmocka_run_group_tests(tests, help_begin, help_end);
}
