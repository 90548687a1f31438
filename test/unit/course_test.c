/* Lessons: what the notation refuses, and where. Weeks as the calendar of the system counts them. */
#include "test/unit/help.h"

#include "course/course.h"

#include <stdio.h>
#include <time.h>

#define TWO                                                   \
    "## ? One?\n\n- (x) Yes\n  > Why.\n- ( ) No\n  > Why not.\n" \
    "## ? Many?\n- [x] A\n  > a\n- [ ] B\n  > b\n- [x] C\n  > c\n"

static void a_lesson_is_read(void **state)
{
    (void)state;
    struct lesson l;
    struct lesson_fault f;
    assert_true(lesson_read(S("Words.\n\n## Heading\n\nMore.\n\n" TWO), &l, &f));
    assert_true(str_eq(l.text, S("Words.\n\n## Heading\n\nMore.")));
    assert_int_equal(l.n, 2);
    assert_false(l.question[0].is_many);
    assert_true(l.question[1].is_many);
    assert_int_equal(l.question[1].n, 3);
    assert_true(str_eq(l.question[0].answer[1].why, S("Why not.")));
    assert_true(l.question[1].answer[2].is_right);
    assert_true(lesson_read(S("Only words."), &l, &f) && l.n == 0);
    assert_true(lesson_read(S(""), &l, &f) && l.n == 0);
}

static void what_cannot_be_asked_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        int line, column;
    } all[] = {
        { "T\n## ?\n", 2, 5 },
        { "## ? Q\n- (x) A\n- ( ) B\n  > b", 3, 1 },             /* no why */
        { "## ? Q\n- (x) A\n  > a\n  > again", 4, 3 },            /* two */
        { "## ? Q\n- (x) A\n  > a\n- [ ] B\n  > b", 4, 3 },       /* brackets differ */
        { "## ? Q\n- (x) A\n  > a\n- (x) B\n  > b", 5, 1 },       /* two are right */
        { "## ? Q\n- ( ) A\n  > a\n- ( ) B\n  > b", 5, 1 },       /* none */
        { "## ? Q\n- (x) A\n  > a", 3, 1 },                       /* one answer */
        { "## ? Q\n- (y) A\n  > a", 2, 3 },                       /* a mark nobody knows */
        { "## ? Q\n- A", 2, 3 },
        { "## ? Q\n- (x) \n", 2, 7 },
        { "## ? Q\n   and more", 2, 4 },
        { "## ? Q\n- (x) A", 2, 1 },
    };
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct lesson l;
        struct lesson_fault f;
        assert_false(lesson_read(str_of(all[i].body), &l, &f));
        assert_int_equal(f.line, all[i].line);
        assert_int_equal(f.column, all[i].column);
        assert_non_null(f.why.english);
    }
    struct lesson_fault f;
    assert_true(lesson_text_ok(S("page"), S("x"), S("## ?"), &f));
    assert_true(lesson_text_ok(S("course"), S("course-pupils"), S("Words."), &f));
    assert_false(lesson_text_ok(S("course"), S("course-pupils-1"), S("Words."), &f));
    assert_true(str_eq(lesson_name_of(S("course-professionals-health-1")), S("health-1")));
    assert_true(str_eq(lesson_course_of(S("course-professionals-health-1")), S("professionals")));
}

static void weeks_are_those_of_the_calendar(void **state)
{
    (void)state;
    for (time_t day = 0; day < 80 * 366; day++) {
        time_t at = day * 86400 + 43200;
        struct tm t;
        char said[16], ours[40];
        int year, week;
        gmtime_r(&at, &t);
        strftime(said, sizeof said, "%G %V", &t);
        course_week((ms)at * 1000, &year, &week);
        snprintf(ours, sizeof ours, "%d %02d", year, week);
        assert_string_equal(said, ours);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_lesson_is_read),
                                        cmocka_unit_test(what_cannot_be_asked_is_refused_with_its_place),
                                        cmocka_unit_test(weeks_are_those_of_the_calendar) };
    return cmocka_run_group_tests_name("course", tests, NULL, NULL);
}
