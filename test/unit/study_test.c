/* What of a study may be published, and which edition stands on a day. */
#include "help.h"

#include "study/result.h"
#include "study/study.h"

#include <math.h>

static enum study_answer publishable(double one, double other, bool is_thin)
{
    struct estimate_wish wish = { .method = S("all") };
    struct estimate_result results[2] = { { .method = S("stepwise"), .N = one, .dark = one }, { .method = S("bic"), .N = other, .dark = other } };
    struct estimate e = { .whole = { .lists = 3, .n = is_thin ? 30 : 60, .is_whole = true }, .result = results, .results = 2 };
    struct estimate_work w = { .a = &scratch, .wish = &wish, .out = &e };
    if (is_thin) {
        w.is_thin = true;
        e.status = ESTIMATE_REFUSED;
        e.why = SAY(PHRASE("people seen: {n}; no estimate is made of fewer than {least}"), SAID_NUMBER("n", 30), SAID_NUMBER("least", 50));
    }
    estimate_verdict_after(&w);
    struct study_result r = study_result_of(&e, &wish);
    return study_publishable(&r);
}

static void numbers_and_open_questions_may_be_published(void **state)
{
    (void)state;
    assert_int_equal(publishable(100, 150, false), STUDY_YES);
    assert_int_equal(publishable(100, 300, false), STUDY_YES); /* that the data do not determine it */
    assert_int_equal(publishable(100, 150, true), STUDY_NO_NUMBER);
    assert_int_equal(publishable(100, 300, true), STUDY_NO_NUMBER);
    assert_int_equal(publishable(INFINITY, INFINITY, false), STUDY_NO_NUMBER);
    assert_int_equal(publishable(10, 20, false), STUDY_NO_NUMBER); /* fewer than were seen */
}

static void an_edition_stands_from_its_day_until_it_is_withdrawn(void **state)
{
    (void)state;
    struct study_edition_head all[] = {
        { .number = 3, .state = S("withdrawn"), .back = S("danger"), .published_at = 60, .withdrawn_at = 70 },
        { .number = 2, .state = S("withdrawn"), .back = S("table"), .published_at = 30, .withdrawn_at = 50 },
        { .number = 1, .state = S("published"), .back = S(""), .published_at = 10 },
    };
    assert_int_equal(study_edition_at(all, 3, 5), -1);
    assert_int_equal(study_edition_at(all, 3, 20), 2);
    assert_int_equal(study_edition_at(all, 3, 40), 1);
    assert_int_equal(study_edition_at(all, 3, 55), 2);
    assert_int_equal(study_edition_at(all, 3, 65), 2); /* what is dangerous stood on no past day */
    assert_int_equal(study_edition_at(all, 0, 65), -1);
}

static void wishes_are_read_as_they_were_written(void **state)
{
    (void)state;
    struct study_wish w = { .lists = 5, .bootstrap = 1000, .seed = 77 }, back = study_wish_read(study_wish_text(&scratch, &w));
    assert_true(back.lists == 5 && back.bootstrap == 1000 && back.seed == 77);
    back = study_wish_read(S("lists=x bootstrap=-3 seed= nonsense"));
    assert_true(back.lists == 0 && back.bootstrap == STUDY_BOOTSTRAP_GOOD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_and_open_questions_may_be_published, help_begin, help_end),
        cmocka_unit_test(an_edition_stands_from_its_day_until_it_is_withdrawn),
        cmocka_unit_test_setup_teardown(wishes_are_read_as_they_were_written, help_begin, help_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
