/* Estimates: tables read and refused, lists set aside, resamples, limits and what is said where there are none. */
#include "test/unit/help.h"

#include "base/draws.h"
#include "base/special.h"
#include "estimate/estimate.h"
#include "estimate/stepwise.h"

#include <math.h>
#include <stdio.h>

#define TABLES "test/measure/tables/"

static void close_to(double have, double want, double tolerance)
{
    if (!(fabs(have - want) <= tolerance * (fabs(want) + 1e-300))) fail_msg("%.17g instead of %.17g", have, want);
}

static struct mse_table table_of(const char *text)
{
    struct mse_table t;
    struct complaint why;
    if (!mse_table_read_text(&scratch, str_of(text), &t, &why))
        fail_msg("refused: %d:%d: " STR_FMT, why.line, why.column, STR_ARG(why.what));
    return t;
}

static void tables_are_read(void **state)
{
    (void)state;
    struct mse_table t = table_of("\xef\xbb\xbf" "A ,\"B\"\"b\",count\r\n1,0,40\r\n0,1,2.5\r\n1, 0,1e1\r\n\r\n0,0,0\r\n1,1,0\r\n");
    assert_int_equal(t.lists, 2);
    assert_str_equal(t.name[0], "A");
    assert_str_equal(t.name[1], "B\"b");
    assert_true(t.count[1] == 50 && t.count[2] == 2.5 && t.count[3] == 0 && t.n == 52.5);
    assert_false(t.is_whole);
    close_to(mse_list_size(&t, 0), 50, 0);
    t = table_of("a,b,c,d,e,f,g,h,count\n1,1,1,1,1,1,1,1,3\n");
    assert_true(t.lists == 8 && t.count[255] == 3 && t.is_whole);
}

static void bad_tables_are_refused_where_they_are_bad(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line, column;
        const char *says;
    } bad[] = {
        { "", 1, 1, "empty" },
        { "A,count\n1,5\n", 1, 1, "two lists" },
        { "count\n5\n", 1, 1, "two lists" },
        { "A,B,C,D,E,F,G,H,I,count\n", 1, 17, "at most 8" },
        { "A,B\n1,1\n", 1, 3, "count" },
        { "A,A,count\n", 1, 3, "two columns" },
        { "A,count,count\n", 1, 3, "last column" },
        { "A, ,count\n", 1, 3, "no name" },
        { "A,B,count\n", 1, 1, "no rows" },
        { "A,B,count\n1,1,0\n", 1, 1, "every count is 0" },
        { "A,B,count\n1,2,5\n", 2, 3, "neither 0 nor 1" },
        { "A,B,count\n1,,5\n", 2, 3, "neither 0 nor 1" },
        { "A,B,count\n1,1,-5\n", 2, 5, "not negative" },
        { "A,B,count\n1,1,-0\n", 2, 5, "not negative" },
        { "A,B,count\n1,1,\n", 2, 5, "missing" },
        { "A,B,count\n1,1,NA\n", 2, 5, "missing" },
        { "A,B,count\n1,1,1.5.2\n", 2, 5, "no count" },
        { "A,B,count\n1,1,nan\n", 2, 5, "no count" },
        { "A,B,count\n1,1,inf\n", 2, 5, "no count" },
        { "A,B,count\n1,1,0x5\n", 2, 5, "no count" },
        { "A,B,count\n1,1,+5\n", 2, 5, "no count" },
        { "A,B,count\n1,1,1000000001\n", 2, 5, "no count" },
        { "A,B,count\n1,1,1000000000\n0,1,1\n", 3, 5, "together" },
        { "A,B,count\n0,0,5\n", 2, 5, "no list" },
        { "A,B,count\n1,1\n", 2, 3, "2 cells" },
        { "A,B,count\n1,1,5,6\n", 2, 7, "4 cells" },
        { "A,B,count\n1,1,\"5\n", 2, 5, "never closed" },
        { "A,B\x01,count\n", 1, 3, "plain UTF-8" },
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct mse_table t;
        struct complaint why;
        if (mse_table_read_text(&scratch, str_of(bad[i].text), &t, &why)) fail_msg("not refused: %s", bad[i].text);
        if (why.line != bad[i].line || why.column != bad[i].column || !str_has(why.what, str_of(bad[i].says)))
            fail_msg("%s: %d:%d: " STR_FMT, bad[i].text, why.line, why.column, STR_ARG(why.what));
    }
}

static void lists_that_say_nothing_are_set_aside(void **state)
{
    (void)state;
    struct mse_table t = table_of("A,B,C,D,E,count\n1,0,0,1,0,40\n0,1,0,1,1,30\n1,1,0,1,1,10\n0,0,0,1,0,7\n");
    struct mse_informative x = mse_informative(&t); /* C empty, D everybody, E as B */
    assert_int_equal(x.set_aside, 3);
    assert_true(x.notice[2].words.english && x.notice[3].words.english && x.notice[4].words.english && !x.notice[0].words.english && !x.notice[1].words.english);
    assert_int_equal(x.table.lists, 2);
    assert_int_equal(x.column[1], 2);
    assert_true(x.table.n == 80 && x.table.count[3] == 10); /* the seven only D saw are nobody's now */
    assert_int_equal(mse_history_left(&x, 0x1a), 2);
    assert_int_equal(mse_history_left(&x, 0x08), 0);
    t = table_of("A,B,C,count\n1,1,0,5\n");
    x = mse_informative(&t);
    assert_int_equal(x.set_aside, 3);
    assert_int_equal(x.table.lists, 0);
}

static void points_of_the_normal_law(void **state)
{
    (void)state;
    close_to(normal_point(0.975), 1.959963984540054, 1e-15);
    close_to(normal_point(0.5 + 1e-9), 2.5066282746310002e-09, 1e-6);
    close_to(normal_point(1e-300), -37.0471, 1e-5);
    assert_true(normal_point(0.5) == 0);
    assert_true(isinf(normal_point(0)) && isinf(normal_point(1)));
    for (double p = 1e-12; p < 1; p = p < 0.01 ? p * 3 : p + 0.01) close_to(normal_share(normal_point(p)), p, 1e-13);
}

static void quantiles_are_of_type_eight(void **state)
{
    (void)state;
    static const double x[] = { 1, 2, 4, 8, 16 };
    close_to(mse_quantile(x, 5, 0.5), 4, 1e-15);
    close_to(mse_quantile(x, 5, 0.25), 1 + 2.0 / 3, 1e-14); /* R: quantile(c(1,2,4,8,16), .25, type = 8) */
    close_to(mse_quantile(x, 5, 0.9), 16, 1e-15);
    close_to(mse_quantile(x, 5, 0), 1, 1e-15);
    double y[] = { 1, 2, INFINITY, INFINITY };
    close_to(mse_quantile(y, 4, 0.3), 1.0 / 3 + 0.3 * (4 + 1.0 / 3), 1e-14);
    assert_true(isinf(mse_quantile(y, 4, 0.45)) && isinf(mse_quantile(y, 4, 0.9)));
}

/* Resamples and estimates of R; ours must be the same for each resample. */
static void given_resamples_give_what_r_gave(void **state)
{
    (void)state;
    static const struct {
        const char *table;
        size_t below;
        double median;
    } known[] = { { "Korea", 637, 286.117647059 }, { "Kosovo", 493, 14324.530304120184 }, { "NewOrl_5_201", 256, 866.9401132870682 } };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        struct mse_table t;
        struct mse_resamples given;
        struct complaint why;
        const char *path = arena_format(&scratch, TABLES "mse_%s.csv", known[i].table).p;
        const char *resamples = arena_format(&scratch, TABLES "mse_boot_%s.csv", known[i].table).p;
        assert_true(mse_table_read(&scratch, path, &t, &why));
        assert_true(mse_resamples_read(&scratch, resamples, &t, &given, &why));
        assert_int_equal(given.n, 1000);
        struct mse_fitter *f = mse_fitter_new(&scratch);
        struct records *in = records_open(&scratch, resamples, RESAMPLE_COLUMNS_MAX);
        assert_int_equal(records_next(in), CSV_ROW);
        for (size_t b = 0; b < given.n; b++) {
            double count[CELLS_MAX] = { 0 }, want;
            struct mse_set model;
            enum mse_status status;
            for (int k = 0; k < given.columns; k++) count[given.history[k]] = given.count[b * (size_t)given.columns + (size_t)k];
            mse_fitter_take(f, t.lists, count);
            assert_true(mse_stepwise(f, 0.02, &model, &status));
            assert_int_equal(records_next(in), CSV_ROW);
            assert_true(mse_count_read(in->csv.cell[in->csv.n - 1], &want));
            close_to(f->n + exp(f->theta[0]), want, 1e-7);
        }
        struct estimate_wish wish = { .method = S("stepwise"), .p = 0.02, .resamples = &given, .level = { 95 }, .levels = 1, .threads = 2 };
        struct estimate e;
        assert_int_equal(estimate_run(&scratch, &t, &wish, &e), ESTIMATE_DONE);
        const struct estimate_result *r = &e.result[0];
        close_to(r->z0, normal_point((double)known[i].below / 1000), 1e-12);
        double share = 0;
        for (size_t k = 0; k < r->selected_n; k++) share += r->selected[k].share;
        close_to(share, 1, 1e-12);
    }
}

/* A bootstrap written by hand: limits where the formula has none are said in words. */
static void limits_without_a_formula_are_said(void **state)
{
    (void)state;
    double N[100], without[] = { 90, 95, 110 }, people[] = { 10, 20, 30 };
    for (int i = 0; i < 100; i++) N[i] = 100 + i;
    struct mse_boot boot = { .resamples = 100, .histories = 3, .N = N, .without = without, .people = people };
    struct phrase note = NO_PLURAL;
    struct mse_bca b = mse_bca_of(&scratch, &boot, 0, 100 * (1 + 1e-10)); /* a tie is not below */
    assert_int_equal(b.below, 0);
    assert_true(isinf(b.z0) && b.z0 < 0);
    close_to(mse_bca_limit(&b, 0.5, &note), 149.5, 1e-12);
    assert_non_null(strstr(note.english, "percentiles"));
    b = mse_bca_of(&scratch, &boot, 0, 1000);
    assert_int_equal(b.below, 100);
    assert_non_null(b.note.english);

    b = mse_bca_of(&scratch, &boot, 0, 150);
    assert_null(b.note.english);
    assert_int_equal(b.below, 50);
    b.ahat = 0.9; /* 1 - a (z0 + z) is below 0 for the upper limit */
    note = NO_PLURAL;
    close_to(mse_bca_limit(&b, 0.975, &note), mse_quantile(b.sorted, 100, 0.975), 1e-12);
    assert_non_null(note.english);

    for (int i = 60; i < 100; i++) N[i] = INFINITY;
    without[1] = INFINITY;
    b = mse_bca_of(&scratch, &boot, 0, 150);
    assert_int_equal(b.infinite, 40);
    assert_non_null(b.note.english); /* no acceleration */
    note = NO_PLURAL;
    assert_true(isinf(mse_bca_limit(&b, 0.975, &note)));
    assert_non_null(strstr(note.english, "finite"));
    assert_true(isfinite(mse_bca_limit(&b, 0.1, &note)));
}

static struct estimate run_resampled(const char *text, const char *method, const char *model, size_t resamples)
{
    static struct mse_table t;
    struct estimate e;
    t = table_of(text);
    struct estimate_wish wish = { .method = str_of(method), .p = 0.02, .bootstrap = resamples, .level = { 80, 95 }, .levels = 2, .seed = 3, .threads = 1 };
    if (model) wish.model = str_of(model);
    assert_int_equal(estimate_run(&scratch, &t, &wish, &e), ESTIMATE_DONE);
    return e;
}

static struct estimate run_text(const char *text, const char *method, const char *model)
{
    return run_resampled(text, method, model, 200);
}

static void no_number_is_shown_where_there_is_none(void **state)
{
    (void)state;
    static const struct {
        const char *text, *model;
        enum estimate_status status;
    } cases[] = {
        { "A,B,count\n1,0,30\n0,1,25\n", NULL, ESTIMATE_INFINITE },
        { "A,B,C,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n", NULL, ESTIMATE_INFINITE },
        { "A,B,C,count\n1,1,0,17\n", NULL, ESTIMATE_NOT_IDENTIFIABLE },
        { "A,B,count\n1,1,17\n1,0,5\n", NULL, ESTIMATE_REFUSED },
        { "A,B,C,count\n1,0,0,50\n1,1,0,20\n1,0,1,8\n1,1,1,4\n", NULL, ESTIMATE_REFUSED },
        { "A,B,C,count\n1,0,0,20\n0,1,0,30\n0,0,1,40\n1,1,0,6\n1,0,1,7\n0,1,1,5\n", "[12,13,23]", ESTIMATE_REFUSED },
        { "A,B,C,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n1,1,0,6\n", "[12,13,23]", ESTIMATE_NOT_IDENTIFIABLE },
        { "A,B,C,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n1,1,0,6\n", "[12,3]", ESTIMATE_INFINITE },
        { "A,B,count\n1,0,30\n0,1,25\n1,1,5\n", "[12]", ESTIMATE_NOT_IDENTIFIABLE },
    };
    for (size_t i = 0; i < COUNT_OF(cases) * 2; i++) {
        struct estimate e = run_text(cases[i / 2].text, i % 2 ? "bic" : "stepwise", cases[i / 2].model);
        assert_int_equal(e.status, cases[i / 2].status);
        assert_true(e.why.words.english);
        for (int k = 0; k < e.results; k++) {
            assert_true(isnan(e.result[k].N) && isnan(e.result[k].dark));
            assert_true(e.result[k].status != ESTIMATE_OK && e.result[k].why.words.english);
            assert_int_equal(e.result[k].intervals + e.result[k].conditionals + e.result[k].rungs, 0);
        }
        struct sink out;
        sink_open(&out, &scratch, MIB(1));
        estimate_json(&out, &e);
        assert_false(str_has(sink_str(&out), S("inf,")) || str_has(sink_str(&out), S("nan")));
        estimate_words(&out, &e);
    }
}

/* Resamples of few people lose their overlaps: those count as infinite, and the upper limit is none. */
static void infinite_resamples_are_kept(void **state)
{
    (void)state;
    struct estimate e = run_text("A,B,count\n1,0,30\n0,1,25\n1,1,1\n", "stepwise", NULL);
    const struct estimate_result *r = &e.result[0];
    assert_int_equal(r->status, ESTIMATE_OK);
    close_to(r->N, 31.0 * 26 / 1, 1e-9);
    assert_true(r->infinite_resamples > 40 && r->infinite_resamples < 110); /* about 1 in e of 200 */
    assert_true(isinf(r->interval[1].high) && r->interval[1].note.words.english);
    assert_true(r->interval[1].low > 56);
    double share = 0;
    for (size_t i = 0; i < r->selected_n; i++) share += r->selected[i].share;
    close_to(share, 1 - (double)r->infinite_resamples / 200, 1e-12);
}

/* Seven and eight lists cannot all be looked at: the search finds what made the table, and says that it searched. */
static void searching_finds_the_pairs_that_made_the_table(void **state)
{
    (void)state;
    for (int lists = 7; lists <= 8; lists++) {
        struct mse_table t = { .lists = lists, .is_whole = true };
        struct draws d;
        draws_open(&d, 11, (uint64_t)lists);
        for (unsigned w = 1; w < 1u << lists; w++) {
            double log_mean = 9 - 1.6 * __builtin_popcount(w);
            if ((w & 3) == 3) log_mean += 1.5;
            if ((w & 0x24) == 0x24) log_mean += 1.2;
            t.n += t.count[w] = (double)draws_poisson(&d, exp(log_mean));
        }
        struct mse_ranking r = mse_bic_rank(&scratch, &t, 0, 1);
        assert_false(r.is_all);
        struct mse_set want = mse_model_main(lists);
        mse_set_add(&want, 3);
        mse_set_add(&want, 0x24);
        assert_true(mse_set_eq(&r.model[0].model, &want));
        for (size_t i = 1; i < r.n; i++) assert_true(r.model[i].bic >= r.model[i - 1].bic - 1e-6);
        close_to(r.model[0].N, t.n + exp(9), 0.1);
    }
}

static bool is_asked;
static void ask(void *context, const char *method, size_t done, size_t items)
{
    (void)method, (void)done, (void)items;
    is_asked = true;
    atomic_store((atomic_bool *)context, true);
}

static void a_run_tells_and_can_be_stopped(void **state)
{
    (void)state;
    struct mse_table t = table_of("A,B,count\n1,0,30\n0,1,25\n1,1,9\n");
    atomic_bool stop = false;
    struct estimate_wish wish = { .method = S("stepwise"), .p = 0.02, .bootstrap = 5000, .level = { 80 }, .levels = 1, .threads = 1, .tell = ask, .context = &stop, .stop = &stop };
    struct estimate e;
    assert_int_equal(estimate_run(&scratch, &t, &wish, &e), ESTIMATE_STOPPED);
    assert_true(is_asked);
}

/* Of three lists the forms with an effect of each list fit exactly alike and answer 282, 309 and 373: which of them is
 * said must not hang on the order of the columns. */
static void forms_that_fit_alike_have_an_order(void **state)
{
    (void)state;
    static const int count[] = { 0, 46, 32, 34, 32, 2, 23, 20 };
    static const int orders[][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
    double first = 0;
    for (size_t o = 0; o < COUNT_OF(orders); o++) {
        struct sink text;
        sink_open(&text, &scratch, KIB(4));
        put_lit(&text, "A,B,C,count\n");
        for (int h = 1; h < 8; h++) {
            for (int i = 0; i < 3; i++) put_format(&text, "%d,", h >> orders[o][i] & 1);
            put_format(&text, "%d\n", count[h]);
        }
        struct estimate e = run_text(arena_z(&scratch, sink_str(&text)), "mth", NULL);
        assert_int_equal(e.result[0].status, ESTIMATE_OK);
        if (o == 0) first = e.result[0].N;
        assert_true(fabs(e.result[0].N - first) < 1e-6 * first);
        assert_true(str_eq(e.result[0].model, S("Mth Poisson2")));
    }
}

static int warnings_of_range(const struct estimate *e)
{
    int n = 0;
    for (int i = 0; i < e->warnings; i++) n += str_has(str_of(e->warning[i].words.english), S("outside its own range"));
    return n;
}

/* Most resamples choose a pair here that the table itself does not: the number says 637, the 80 % range 292 to 311. */
static void a_number_outside_its_range_is_warned_of(void **state)
{
    (void)state;
    struct estimate e = run_resampled("A,B,C,D,count\n1,0,0,0,20\n0,1,0,0,32\n1,1,0,0,5\n0,0,1,0,48\n1,0,1,0,5\n0,0,0,1,60\n1,0,0,1,5\n", "stepwise", NULL, 50);
    assert_true(e.result[0].N > e.result[0].interval[0].high);
    assert_int_equal(warnings_of_range(&e), 1);
    e = run_text("A,B,C,count\n1,0,0,100\n0,1,0,80\n0,0,1,60\n1,1,0,20\n1,0,1,15\n0,1,1,12\n1,1,1,6\n", "stepwise", NULL);
    assert_true(e.result[0].intervals == 2 && warnings_of_range(&e) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tables_are_read, help_begin, help_end),
        cmocka_unit_test_setup_teardown(bad_tables_are_refused_where_they_are_bad, help_begin, help_end),
        cmocka_unit_test_setup_teardown(lists_that_say_nothing_are_set_aside, help_begin, help_end),
        cmocka_unit_test(points_of_the_normal_law),
        cmocka_unit_test(quantiles_are_of_type_eight),
        cmocka_unit_test_setup_teardown(given_resamples_give_what_r_gave, help_begin, help_end),
        cmocka_unit_test_setup_teardown(limits_without_a_formula_are_said, help_begin, help_end),
        cmocka_unit_test_setup_teardown(no_number_is_shown_where_there_is_none, help_begin, help_end),
        cmocka_unit_test_setup_teardown(infinite_resamples_are_kept, help_begin, help_end),
        cmocka_unit_test_setup_teardown(searching_finds_the_pairs_that_made_the_table, help_begin, help_end),
        cmocka_unit_test_setup_teardown(forms_that_fit_alike_have_an_order, help_begin, help_end),
        cmocka_unit_test_setup_teardown(a_number_outside_its_range_is_warned_of, help_begin, help_end),
        cmocka_unit_test_setup_teardown(a_run_tells_and_can_be_stopped, help_begin, help_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
