/* What is kept of an estimate: the same after writing and reading; for the public nothing exact. */
#include "help.h"

#include "study/result.h"

#include <math.h>

static const struct mse_table kosovo = {
    .lists = 4, .n = 4400, .is_whole = true,
    .name = { S_CONST("EXH"), S_CONST("ABA"), S_CONST("OSCE"), S_CONST("HRW") },
    .count = { [1] = 1131, [2] = 845, [4] = 936, [8] = 306, [3] = 177, [5] = 228, [9] = 106, [6] = 217, [10] = 31, [12] = 123, [7] = 181, [11] = 18, [13] = 42, [14] = 32, [15] = 27 },
};

static struct study_result result_of(const struct mse_table *t, const char *method)
{
    struct estimate_wish wish = { .method = str_of(method), .p = 0.02, .bootstrap = 50, .level = { 80, 95 }, .levels = 2, .seed = 3, .threads = 2 };
    struct estimate e;
    assert_int_equal(estimate_run(&scratch, t, &wish, &e), ESTIMATE_DONE);
    estimate_spread(&(struct estimate_work){ .a = &scratch, .wish = &wish, .out = &e, .fitter = mse_fitter_new(&scratch) });
    return study_result_of(&e, &wish);
}

static void rounding_keeps_two_figures(void **state)
{
    (void)state;
    static const struct {
        double x, near, down, up;
    } known[] = { { 14341.7, 14000, 14000, 15000 }, { 72, 72, 72, 72 }, { 72.4, 72, 72, 73 }, { 105, 110, 100, 110 }, { 99.6, 100, 99, 100 }, { 0, 0, 0, 0 }, { 995, 1000, 990, 1000 } };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        assert_true(study_round(known[i].x) == known[i].near);
        assert_true(study_round_down(known[i].x) == known[i].down);
        assert_true(study_round_up(known[i].x) == known[i].up);
    }
    assert_true(isnan(study_round(NAN)) && isinf(study_round_up(INFINITY)));
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct study_result r = result_of(&kosovo, "stepwise"), back;
    str text = study_result_text(&scratch, &r);
    assert_true(study_result_read(&scratch, text, &back));
    assert_true(str_eq(study_result_text(&scratch, &back), text));
    assert_true(back.methods == 1 && back.method[0].N == r.method[0].N && back.withouts == 4);
    assert_true(str_eq(back.list[2].name, S("OSCE")) && back.overlap[0][1] == 403);
}

/* Cut anywhere, or with a line changed into nonsense, it is no result. */
static void a_damaged_text_is_refused(void **state)
{
    (void)state;
    struct study_result r = result_of(&kosovo, "stepwise"), back;
    str text = study_result_text(&scratch, &r);
    size_t lines = 0;
    for (size_t n = 0; n + 1 < text.n; n++) {
        if (text.p[n] != '\n') continue;
        lines++;
        assert_false(study_result_read(&scratch, str_cut(text, n + 1), &back));
    }
    assert_true(lines > 60);
    draw_seed(9);
    for (int i = 0; i < 2000; i++) { /* must not crash; may be read where a name changed */
        str copy = arena_str(&scratch, text);
        ((char *)(uintptr_t)copy.p)[draw((uint32_t)copy.n)] = (char)draw(256);
        bool is_read = study_result_read(&scratch, copy, &back);
        assert_true(!is_read || back.lists <= LISTS_MAX);
        if (i % 50 == 0) assert_false(study_result_read(&scratch, str_from(copy, 1 + draw(500)), &back));
    }
}

/* Every number of people in the public text has at most two figures or is a multiple of ten, and no list's own name. */
static void the_public_sees_nothing_exact(void **state)
{
    (void)state;
    struct mse_table t = kosovo;
    t.count[10] = 3, t.count[14] = 2, t.count[15] = 1, t.count[11] = 2; /* ABA and HRW share eight */
    t.n = 4400 - 28 - 30 - 26 - 16;
    struct study_result exact = result_of(&t, "bic");
    static const str names[] = { S_CONST("List 1"), S_CONST("List 2"), S_CONST("List 3"), S_CONST("List 4") };
    struct study_result rounded = study_result_rounded(&exact, names);
    assert_true(isnan(rounded.overlap[1][3]) && rounded.overlap[0][1] == 360 && rounded.list[0].size == 1860);
    assert_true(rounded.is_rounded && isnan(rounded.seed));
    str text = study_result_text(&scratch, &rounded);
    for (int i = 0; i < 4; i++) assert_false(str_has(text, kosovo.name[i]));
    for (int i = 0; i < rounded.methods; i++) {
        const struct result_method *m = &rounded.method[i];
        if (!isnan(m->N)) assert_true(m->N == study_round(m->N));
        for (int k = 0; k < m->ranges; k++) assert_true(m->range[k].low == study_round(m->range[k].low) && (isinf(m->range[k].high) || m->range[k].high == study_round(m->range[k].high)));
    }
    /* the exact table, cell by cell: none of its larger counts stands there */
    for (unsigned h = 1; h < 16; h++) {
        if (t.count[h] < 100 || fmod(t.count[h], 10) == 0) continue;
        str line = arena_format(&scratch, "\n%.0f\n", t.count[h]);
        assert_false(str_has(text, line));
    }
}

static const str public_names[] = { S_CONST("List 1"), S_CONST("List 2"), S_CONST("List 3"), S_CONST("List 4") };

static str public_text(const struct mse_table *t, const char *method)
{
    struct study_result exact = result_of(t, method), rounded = study_result_rounded(&exact, public_names);
    return study_result_text(&scratch, &rounded);
}

static struct mse_table two_lists(double one, double other, double both)
{
    return (struct mse_table){ .lists = 2, .n = one + other + both, .is_whole = true, .name = { S_CONST("a"), S_CONST("b") }, .count = { [1] = one, [2] = other, [3] = both } };
}

/* Two lists: a number is a formula of three counts, and gives back the smallest of them. */
static void two_lists_do_not_tell_how_few_are_on_both(void **state)
{
    (void)state;
    str first = S("");
    for (int both = 5; both < 10; both++) {
        struct mse_table t = two_lists(120 - both, 80 - both, both);
        struct study_result exact = result_of(&t, "petersen");
        assert_true(exact.methods == 1 && !isnan(exact.method[0].N));
        str text = public_text(&t, "all");
        if (both == 5) first = text;
        assert_true(str_eq(text, first));
    }
    struct mse_table inside = two_lists(60, 4, 40), fit = two_lists(100, 80, 40); /* all but four of one are on the other */
    struct study_result exact = result_of(&inside, "petersen"), rounded = study_result_rounded(&exact, public_names);
    assert_true(rounded.status == ESTIMATE_REFUSED && isnan(rounded.method[0].N) && rounded.method[0].ranges == 0 && isnan(rounded.low));
    exact = result_of(&fit, "petersen"), rounded = study_result_rounded(&exact, public_names);
    assert_true(rounded.status == ESTIMATE_OK && rounded.method[0].N == 420 && rounded.seen == 220);
}

/* Without one of three lists there are two; foretelling a list uses those on all three. */
static void three_lists_do_not_tell_how_few_are_on_all(void **state)
{
    (void)state;
    struct mse_table t = { .lists = 3, .n = 1233, .is_whole = true, .name = { S_CONST("a"), S_CONST("b"), S_CONST("c") }, .count = { [1] = 400, [2] = 300, [4] = 400, [3] = 60, [5] = 40, [6] = 30, [7] = 3 } };
    struct study_result exact = result_of(&t, "bic"), rounded = study_result_rounded(&exact, public_names);
    assert_true(exact.status == ESTIMATE_OK && exact.withouts == 3);
    assert_true(!isnan(rounded.method[0].N));
    for (int i = 0; i < 3; i++) {
        assert_false(isnan(exact.without[i].bic) || isnan(exact.without[i].foretold_bic));
        assert_true(isnan(rounded.without[i].bic) && isnan(rounded.without[i].stepwise) && isnan(rounded.without[i].foretold_bic) && isnan(rounded.without[i].foretold_stepwise));
    }
    for (int i = 0; i < rounded.warnings; i++) assert_int_equal(rounded.warning[i].values, 0);
    t.count[7] = 13, t.n += 10;
    exact = result_of(&t, "bic"), rounded = study_result_rounded(&exact, public_names);
    for (int i = 0; i < 3; i++) assert_false(isnan(rounded.without[i].bic) || isnan(rounded.without[i].foretold_bic));
}

static struct saying of_list(struct phrase words, str list, double foretold, double n)
{
    return SAY(words, SAID_NUMBER("foretold", foretold), SAID_TEXT("list", list), SAID_NUMBER("n", n));
}

/* What stands in sentences is as coarse as what stands in tables. */
static void sentences_tell_no_small_count(void **state)
{
    (void)state;
    str few = S("");
    for (int seen = 4; seen < 10; seen++) { /* "people seen: 7" */
        struct mse_table t = two_lists(1, seen - 2, 1);
        str text = public_text(&t, "chapman");
        if (seen == 4) few = text;
        assert_true(str_eq(text, few));
    }
    struct study_result exact = result_of(&kosovo, "stepwise"), rounded;
    exact.seen = 4407;
    exact.list[3].size = 8;
    exact.warnings = 1;
    exact.warning[0] = of_list(PHRASE("the other lists foretell {foretold} people on list {list}, which holds {n}"), S("HRW"), 44, 8);
    exact.method[0].notices = 2;
    exact.method[0].notice[0] = SAY(PHRASE("{infinite} of {all} resamples have no finite estimate; they count as infinite"), SAID_NUMBER("infinite", 49), SAID_NUMBER("all", 1000));
    exact.method[0].notice[1] = SAY(PHRASE("the estimate would be {n} people, fewer than the {seen} that were seen"), SAID_REAL("n", 4386.4, 1), SAID_NUMBER("seen", 4407));
    rounded = study_result_rounded(&exact, public_names);
    assert_true(rounded.seen == 4400 && isnan(rounded.method[0].infinite));
    assert_int_equal(rounded.warning[0].values, 0);
    assert_int_equal(rounded.method[0].notices, 1);
    assert_true(rounded.method[0].notice[0].value[0].number == 4400 && rounded.method[0].notice[0].value[0].decimals == 0 && rounded.method[0].notice[0].value[1].number == 4400);
    exact.list[3].size = 68;
    exact.warning[0] = of_list(PHRASE("the other lists foretell {foretold} people on list {list}, which holds {n}"), S("HRW"), 200, 68);
    rounded = study_result_rounded(&exact, public_names);
    assert_true(rounded.warning[0].value[2].number == 60 && str_eq(rounded.warning[0].value[1].text, S("List 4")));
    /* refused: what methods would say is for who checks them */
    exact.status = ESTIMATE_REFUSED;
    rounded = study_result_rounded(&exact, public_names);
    assert_true(isnan(rounded.method[0].N) && rounded.method[0].ranges == 0 && isnan(rounded.low) && isnan(rounded.without[0].bic));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounding_keeps_two_figures),
        cmocka_unit_test_setup_teardown(what_is_written_is_read, help_begin, help_end),
        cmocka_unit_test_setup_teardown(a_damaged_text_is_refused, help_begin, help_end),
        cmocka_unit_test_setup_teardown(the_public_sees_nothing_exact, help_begin, help_end),
        cmocka_unit_test_setup_teardown(two_lists_do_not_tell_how_few_are_on_both, help_begin, help_end),
        cmocka_unit_test_setup_teardown(three_lists_do_not_tell_how_few_are_on_all, help_begin, help_end),
        cmocka_unit_test_setup_teardown(sentences_tell_no_small_count, help_begin, help_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
