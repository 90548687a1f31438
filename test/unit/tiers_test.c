/* The downgrade rule: computed from whole consecutive years, never from a gap; and when a count of parties was passed. */
#include "test/unit/help.h"

#include "law/law.h"
#include "tiers/tiers.h"

static struct tiers_history state;
static enum tiers_cover cover[TIERS_YEARS];

static void from(int64_t first, const char *tiers, const char *covers)
{
    memset(&state, 0, sizeof state);
    memset(cover, 0, sizeof cover); /* whole */
    for (size_t i = 0; tiers[i]; i++) {
        size_t at = (size_t)(first - TIERS_FIRST_YEAR) + i;
        state.tier[at] = tiers[i] == 'w' ? TIERS_WATCH : tiers[i] == '3' ? TIERS_3 : tiers[i] == '2' ? TIERS_2 : TIERS_NO_RECORD;
        cover[at] = covers[i] == '.' ? TIERS_PART : TIERS_WHOLE;
        state.is_disputed[at] = covers[i] == '?';
    }
}

static void says(int64_t year, enum tiers_due due, int years, bool is_at_least)
{
    struct tiers_due_of have = tiers_due_in(&state, cover, year);
    assert_int_equal(have.due, due);
    assert_int_equal(have.years, years);
    assert_int_equal(have.is_at_least, is_at_least);
}

static void two_years_running_put_a_state_at_tier_3(void **unused)
{
    (void)unused;
    from(2009, "ww2", "---");
    says(2010, TIERS_NOT_DUE, 0, false); /* one year is not two */
    says(2011, TIERS_DUE, 2, false);
    says(2012, TIERS_NOT_DUE, 0, false);
}

static void years_before_the_rule_do_not_count(void **unused)
{
    (void)unused;
    from(2006, "wwwww", "-----");
    says(2010, TIERS_NOT_DUE, 0, false);
    says(2011, TIERS_DUE, 2, false); /* 2009 and 2010 alone */
}

static void waivers_run_out_after_two_years_and_since_2019_after_one(void **unused)
{
    (void)unused;
    from(2009, "wwwwwwwwwwwwww", "--------------");
    says(2012, TIERS_DUE, 3, false);
    says(2013, TIERS_DUE_SURELY, 4, false);
    from(2015, "wwwwww", "------");
    says(2018, TIERS_DUE, 3, false);
    from(2017, "wwwwww", "------");
    says(2019, TIERS_DUE, 2, false);
    says(2020, TIERS_DUE_SURELY, 3, false);
}

static void a_gap_is_never_filled(void **unused)
{
    (void)unused;
    from(2009, "w w", "-.-");
    says(2012, TIERS_CANNOT, 1, true);
    from(2009, "www", ".--");
    says(2012, TIERS_DUE, 2, true);
    from(2009, "www", "--?");
    says(2012, TIERS_CANNOT, 0, true);
    from(2019, "ww", ".-");
    says(2021, TIERS_CANNOT, 1, true);
    from(2019, "w2", ".-");
    says(2021, TIERS_NOT_DUE, 0, false); /* not on the list the year before: that decides alone */
}

static void nobody_can_ask_outside_the_years(void **unused)
{
    (void)unused;
    from(2009, "ww", "--");
    says(TIERS_FIRST_YEAR, TIERS_NOT_DUE, 0, false);
    says(0, TIERS_NOT_DUE, 0, false);
    says(TIERS_LAST_YEAR + 2, TIERS_NOT_DUE, 0, false);
    says(INT64_MAX, TIERS_NOT_DUE, 0, false);
}

static bool decides(int64_t year)
{
    size_t at = (size_t)(year - TIERS_FIRST_YEAR);
    return cover[at] == TIERS_WHOLE && !state.is_disputed[at] && state.tier[at] == TIERS_WATCH;
}

static void draw_history(void)
{
    for (int i = 0; i < TIERS_YEARS; i++) {
        state.tier[i] = draw(3) ? TIERS_WATCH : (uint8_t)draw(6);
        cover[i] = draw(5) ? TIERS_WHOLE : draw(2) ? TIERS_PART : TIERS_NONE;
        state.is_disputed[i] = draw(12) == 0;
    }
}

/* Whatever the lists hold: the rule is said only from two whole years, and knowing less never says more. */
static void the_rule_never_says_more_than_whole_years_do(void **unused)
{
    (void)unused;
    draw_seed(20081223);
    for (int round = 0; round < 20000; round++) {
        draw_history();
        int64_t year = TIERS_FIRST_YEAR + draw(TIERS_YEARS);
        struct tiers_due_of before = tiers_due_in(&state, cover, year);
        if (before.due == TIERS_DUE || before.due == TIERS_DUE_SURELY) {
            assert_true(year - 2 >= TIERS_RULE_FIRST_YEAR && decides(year - 1) && decides(year - 2));
            for (int k = 1; k <= before.years; k++) assert_true(decides(year - k));
        }
        size_t lost = draw(TIERS_YEARS);
        cover[lost] = TIERS_PART;
        struct tiers_due_of after = tiers_due_in(&state, cover, year);
        bool is_known = after.due != TIERS_CANNOT;
        if (is_known && before.due == TIERS_NOT_DUE) assert_int_equal(after.due, TIERS_NOT_DUE);
        if (is_known && before.due == TIERS_CANNOT) fail_msg("a gap made an answer");
        if (before.due != TIERS_DUE_SURELY) assert_true(after.due != TIERS_DUE_SURELY);
        if ((int64_t)lost + TIERS_FIRST_YEAR >= year || (int64_t)lost + TIERS_FIRST_YEAR < TIERS_RULE_FIRST_YEAR)
            assert_true(after.due == before.due && after.years == before.years);
    }
}

static void watch_years_are_counted_apart(void **unused)
{
    (void)unused;
    from(2009, "www2ww w", "---?--.-");
    state.tier[2012 - TIERS_FIRST_YEAR] = TIERS_WATCH; /* disputed */
    struct tiers_watched w = tiers_watched_of(&state, cover);
    assert_int_equal(w.whole, 6);
    assert_int_equal(w.part, 1);
    assert_int_equal(w.longest, 3);
    assert_int_equal(w.first, 2009);
    assert_int_equal(w.last, 2011);
}

static void a_count_is_passed_between_two_days(void **unused)
{
    (void)unused;
    struct law_standing_of party[4] = { { .bound_on = S("2001-01-01") }, { .bound_on = S("2002-02-02") }, { .bound_on = S("2003-03-03") }, { .bound_on = S("") } };
    struct law_deposits d = { party, 4, 3 };
    struct law_passing p = law_passed(&d, 2); /* more than two */
    assert_str_equal(p.latest, "2003-03-03");
    assert_str_equal(p.earliest, "2002-02-02");
    assert_str_equal(law_passed(&d, 0).earliest, "2001-01-01");
    assert_str_equal(law_passed(&d, 3).latest, "");
    assert_str_equal(law_passed(&d, -1).latest, "");
    assert_str_equal(law_passed(&d, INT64_MAX).latest, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_years_running_put_a_state_at_tier_3),
        cmocka_unit_test(years_before_the_rule_do_not_count),
        cmocka_unit_test(waivers_run_out_after_two_years_and_since_2019_after_one),
        cmocka_unit_test(a_gap_is_never_filled),
        cmocka_unit_test(nobody_can_ask_outside_the_years),
        cmocka_unit_test(the_rule_never_says_more_than_whole_years_do),
        cmocka_unit_test(watch_years_are_counted_apart),
        cmocka_unit_test(a_count_is_passed_between_two_days),
    };
    return cmocka_run_group_tests_name("tiers", tests, NULL, NULL);
}
