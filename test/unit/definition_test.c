/* The Protocol's definition, article 3, in every combination. */
#include "test/unit/help.h"

#include "learn/definition.h"

/* Written again from the article's words, the other way round: which cases are trafficking? */
static bool is_trafficking(struct definition_case c, bool is_child)
{
    return c.act == SAID_YES && c.purpose == SAID_YES && (is_child || c.means == SAID_YES);
}

static bool is_open(struct definition_case c)
{
    return c.act == SAID_NOTHING || c.purpose == SAID_NOTHING;
}

static void every_case_is_what_the_article_says(void **state)
{
    (void)state;
    for (int i = 0; i < 3 * 3 * 3 * 4; i++) {
        struct definition_case c = { (enum definition_said)(i % 3), (enum definition_said)(i / 3 % 3), (enum definition_said)(i / 9 % 3),
                                     (enum definition_age)(i / 27) };
        struct definition_answer a = definition_test(c);
        bool as_child = is_trafficking(c, true), as_adult = is_trafficking(c, false);
        switch (a.finding) {
        case FINDING_ALL: assert_true(as_adult); break;
        case FINDING_CHILD: assert_true(c.age == AGE_CHILD && as_child); break;
        case FINDING_BY_AGE: assert_true(as_child && !as_adult && c.age == AGE_UNSURE); break;
        case FINDING_LACKING: assert_true(!(c.age == AGE_CHILD ? as_child : as_adult)); break;
        case FINDING_MORE: assert_true(is_open(c) || c.means == SAID_NOTHING || c.age == AGE_NOTHING); break;
        }
        if (c.act == SAID_NO || c.purpose == SAID_NO) assert_int_equal(a.finding, FINDING_LACKING);
        if (c.age == AGE_CHILD) assert_int_equal(a.means, ELEMENT_NOT_NEEDED);
        if (c.age == AGE_ADULT && as_adult) assert_int_equal(a.finding, FINDING_ALL);
        if (c.age == AGE_CHILD && as_child) assert_int_equal(a.finding, FINDING_CHILD);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_case_is_what_the_article_says) };
    return cmocka_run_group_tests_name("definition", tests, NULL, NULL);
}
