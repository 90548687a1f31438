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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounding_keeps_two_figures),
        cmocka_unit_test_setup_teardown(what_is_written_is_read, help_begin, help_end),
        cmocka_unit_test_setup_teardown(a_damaged_text_is_refused, help_begin, help_end),
        cmocka_unit_test_setup_teardown(the_public_sees_nothing_exact, help_begin, help_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
