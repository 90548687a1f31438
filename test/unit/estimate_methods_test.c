/* Averaging over graphs, latent classes, the Mh and Mth families, bounds: against published programs' numbers on public
 * tables (R packages dga 2.0.2, LCMCR 0.4.14, Rcapture 1.4-4) and against what can be known without them. */
#include "help.h"

#include "base/draws.h"
#include "base/special.h"
#include "estimate/decomposable.h"
#include "estimate/heterogeneity.h"
#include "estimate/latent.h"

#include <math.h>

static struct arena life_of_test;

/* Killings in Kosovo in 1999 (Ball et al. 2002): EXH, ABA, OSCE, HRW. */
static const struct mse_table kosovo = {
    .lists = 4, .n = 4400, .is_whole = true,
    .count = { [1] = 1131, [2] = 845, [4] = 936, [8] = 306, [3] = 177, [5] = 228, [9] = 106, [6] = 217, [10] = 31, [12] = 123, [7] = 181, [11] = 18, [13] = 42, [14] = 32, [15] = 27 },
};
/* Korean women held at Palembang (Ball, Shin and Yang 2018): b, c, d. */
static const struct mse_table korea = { .lists = 3, .n = 123, .is_whole = true, .count = { [4] = 41, [2] = 5, [1] = 5, [3] = 54, [5] = 6, [7] = 12 } };
/* Chan, Silverman and Vincent 2021, table 2. */
static const struct mse_table artificial = { .lists = 3, .n = 96, .is_whole = true, .count = { [1] = 40, [2] = 30, [4] = 20, [3] = 6 } };

static void near(const char *what, double have, double want, double within)
{
    if (!(fabs(have - want) <= within * fmax(fabs(want), 1e-300))) fail_msg("%s: %.15g, expected %.15g", what, have, want);
}

static int begin(void **state)
{
    (void)state;
    arena_open(&life_of_test, MIB(64));
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_close(&life_of_test);
    return 0;
}

static void graphs_are_counted(void **state)
{
    (void)state;
    assert_int_equal(dga_graphs(3), 8);
    assert_int_equal(dga_graphs(4), 61);
    assert_int_equal(dga_graphs(5), 822);
    assert_int_equal(dga_graphs(6), 18154);
}

static void averaging_agrees_with_dga(void **state)
{
    (void)state;
    struct dga_answer d = dga_average(&life_of_test, &kosovo, (struct dga_grid){ 44000, 2000, false });
    near("mean", d.mean, 12749.2387401869, 1e-9);
    near("best graph", d.best[0].probability, 0.985499583788686, 1e-9);
    near("second", d.best[1].probability, 0.0107834403930003, 1e-9);
    near("at the end", d.at_end, 6.71240146088946e-11, 1e-6);
    assert_int_equal(d.best[0].cliques, 2); /* 123, 134 */
    assert_int_equal(d.best[0].clique[0] | d.best[0].clique[1] << 4, 7 | 13 << 4);
    assert_true(dga_quantile(&d, kosovo.n, .025) == 9837 && dga_quantile(&d, kosovo.n, .5) == 12588 && dga_quantile(&d, kosovo.n, .975) == 16550);

    d = dga_average(&life_of_test, &artificial, (struct dga_grid){ 960, 961, false });
    near("mean", d.mean, 298.681021501118, 1e-9);
    near("13,23", d.best[0].probability, 0.330663755066404, 1e-9);
    near("123", d.best[1].probability, 0.328704058120675, 1e-9);
    near("at the end", d.at_end, 0.000869661459271839, 1e-9);
    assert_true(dga_quantile(&d, 96, .5) == 268);
}

static struct mse_table carried(const char *name)
{
    struct mse_table t;
    struct complaint why;
    if (!mse_table_read(&life_of_test, arena_z(&life_of_test, arena_format(&life_of_test, "test/measure/tables/mse_%s.csv", name)), &t, &why))
        fail_msg("%s: " STR_FMT, name, STR_ARG(why.what));
    return t;
}

/* Five lists, 822 graphs; probabilities to 1e-9 on the grid that was used there. */
static void averaging_agrees_with_dga_on_five_lists(void **state)
{
    (void)state;
    static const struct {
        const char *table;
        double most;
        size_t points;
        double mean, at_end, quantile[5], best[5];
    } known[] = {
        { "Ned_5", 82340, 2000, 48004.8778291813, 2.01806914896679e-05, { 40857, 43576, 47901, 52596, 55438 },
          { 0.842093813981057, 0.0663689631655084, 0.0336398933028, 0.0237778011926765, 0.0217331846936654 } },
        { "Ned_5", 247020, 2000, 88567.9288694524, 0.000329667576510335, { 41722, 44441, 50372, 177651, 203354 },
          { 0.555517234897127, 0.265444624922989, 0.0437826762867377, 0.0387465106604372, 0.0221917213473797 } },
        { "NewOrl_5_201", 1850, 1851, 918.350703834036, 0.000609627397401565, { 510, 607, 865, 1306, 1640 },
          { 0.0515223247850465, 0.0367324893275032, 0.0328682729742637, 0.0304094976798178, 0.0273852014223966 } },
        { "NewOrl_5_201", 5550, 5551, 936.274958990864, 2.20201037977233e-06, { 511, 608, 869, 1334, 1762 },
          { 0.0509522115885408, 0.0363584196365702, 0.0324987057468323, 0.0300622579568448, 0.0270786253389035 } },
    };
    static const double share[] = { .025, .1, .5, .9, .975 };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        struct mse_table t = carried(known[i].table);
        struct dga_answer d = dga_average(&life_of_test, &t, (struct dga_grid){ known[i].most, known[i].points, false });
        near("mean", d.mean, known[i].mean, 1e-9);
        near("at the end", d.at_end, known[i].at_end, 1e-9);
        for (int k = 0; k < 5; k++) {
            near("graph", d.best[k].probability, known[i].best[k], 1e-9);
            assert_true(dga_quantile(&d, t.n, share[k]) == known[i].quantile[k]);
        }
    }
}

/* Random tables, some of their lists as large as others: whichever way the columns stand, the order is the same. */
static void lists_have_an_order_of_their_own(void **state)
{
    (void)state;
    struct draws d;
    draws_open(&d, 11, 0);
    for (int round = 0; round < 300; round++) {
        struct mse_table t = { .lists = 2 + (int)draws_below(&d, 4) }, other = t;
        int as[LISTS_MAX], one[LISTS_MAX], two[LISTS_MAX];
        for (unsigned w = 1; w < 1u << t.lists; w++) t.count[w] = draws_below(&d, 3);
        if (round % 3 == 0) /* symmetric in all lists */
            for (unsigned w = 1; w < 1u << t.lists; w++) t.count[w] = __builtin_popcount(w);
        for (int j = 0; j < t.lists; j++) {
            int at = (int)draws_below(&d, (uint32_t)j + 1);
            as[j] = as[at];
            as[at] = j;
        }
        for (unsigned w = 1; w < 1u << t.lists; w++) other.count[mse_history_ordered(as, t.lists, w)] = t.count[w];
        mse_lists_ordered(&t, one);
        mse_lists_ordered(&other, two);
        double first[CELLS_MAX] = { 0 }, second[CELLS_MAX] = { 0 };
        for (unsigned w = 1; w < 1u << t.lists; w++) {
            first[mse_history_ordered(one, t.lists, w)] = t.count[w];
            second[mse_history_ordered(two, t.lists, w)] = other.count[w];
        }
        assert_memory_equal(first, second, sizeof first);
    }
}

/* A finer grid and a coarse one that is weighed say nearly the same. */
static void a_weighed_grid_stands_for_all_numbers(void **state)
{
    (void)state;
    struct dga_answer all = dga_average(&life_of_test, &korea, (struct dga_grid){ 3690, 3691, false });
    struct dga_answer coarse = dga_average(&life_of_test, &korea, (struct dga_grid){ 3690, 0, true });
    assert_true(coarse.points < all.points * 2 / 3);
    near("mean", coarse.mean, all.mean, 1e-5);
    near("graph", coarse.best[0].probability, all.best[0].probability, 1e-5);
}

static void families_agree_with_rcapture(void **state)
{
    (void)state;
    static const struct {
        const struct mse_table *t;
        const char *name;
        double N, deviance, aic, bic;
        int df;
    } known[] = {
        { &kosovo, "M0", 7608.36764386632, 1104.00196556671, 1209.42597028424, 1222.20468992406, 13 },
        { &kosovo, "Mt", 7394.58666230024, 245.938736426073, 357.362741143606, 389.309540243138, 10 },
        { &kosovo, "Mh Chao (LB)", 8787.24283045646, 986.921830603471, 1094.345835321, 1113.51391478072, 12 },
        { &kosovo, "Mh Poisson2", 9402.95249440673, 1019.51743277766, 1126.9414374952, 1146.10951695492, 12 },
        { &kosovo, "Mh Darroch", 12448.3854112025, 1001.92516684325, 1109.34917156078, 1128.5172510205, 12 },
        { &kosovo, "Mh Gamma3.5", 17102.6386574211, 996.5301628306, 1103.95416754813, 1123.12224700785, 12 },
        { &kosovo, "Mth Chao (LB)", 8591.18363762447, 105.496794500927, 218.92079921846, 257.256958137898, 9 },
        { &kosovo, "Mth Poisson2", 9327.76133243999, 139.18761778367, 252.611622501203, 290.947781420641, 9 },
        { &kosovo, "Mth Darroch", 12797.3434416827, 119.448430866961, 232.872435584494, 271.208594503932, 9 },
        { &kosovo, "Mth Gamma3.5", 18387.1457545364, 113.78367225816, 227.207676975693, 265.543835895131, 9 },
        { &korea, "Mt", 141.99264735066, 138.554842129233, 172.895570631994, 184.144308053483, 3 },
        { &korea, "Mth Chao (LB)", 141.99264735066, 138.554842129233, 172.895570631994, 184.144308053483, 3 },
        { &korea, "Mh Darroch", 130.3695, 140.537424457901, 172.878152960661, 181.314706026778, 4 },
        { &artificial, "Mt", 539.093929428605, 8.87254028344687, 36.1474239544086, 46.40481672028, 3 },
        { &artificial, "Mth Chao (LB)", 539.093929428605, 8.87254028344687, 36.1474239544086, 46.40481672028, 3 },
    };
    for (size_t i = 0; i < COUNT_OF(known); i++)
        for (int k = 0; k < HET_MODELS; k++) {
            if (strcmp(het_models[k].name, known[i].name) != 0) continue;
            struct het_answer a = het_fit(known[i].t, &het_models[k]);
            assert_true(a.is_there);
            near(known[i].name, a.N, known[i].N, 1e-7);
            near("deviance", a.deviance, known[i].deviance, 1e-7);
            near("AIC", a.aic, known[i].aic, 1e-7);
            near("BIC", a.bic, known[i].bic, 1e-7);
            assert_int_equal(a.df, known[i].df);
        }
}

/* Nobody is on three lists there, so every form with a slope of its own has no maximum: 96.0000000105 elsewhere. */
static void where_there_is_no_maximum_there_is_no_number(void **state)
{
    (void)state;
    for (int k = 0; k < HET_MODELS; k++) {
        enum het_form form = het_models[k].form;
        assert_int_equal(het_fit(&artificial, &het_models[k]).is_there, form == HET_NONE || form == HET_CHAO);
    }
    const struct mse_table apart = { .lists = 3, .n = 90, .count = { [1] = 40, [2] = 30, [4] = 20 } };
    for (int k = 0; k < HET_MODELS; k++) assert_false(het_fit(&apart, &het_models[k]).is_there);
}

static void profiles_agree_with_rcapture(void **state)
{
    (void)state;
    static const struct {
        const struct mse_table *t;
        int model;
        double level, best, low, high, within; /* Rcapture approximates the factorials: seen where N is small */
    } known[] = {
        { &kosovo, 1, .95, 7392.91726676, 7147.74889204, 7656.19534809, 1e-6 },
        { &kosovo, 3, .95, 8588.39704253, 8188.71868842, 9026.91777310, 1e-6 },
        { &kosovo, 7, .8, 12783.7452973, 11799.3475185, 13890.5973670, 1e-6 },
        { &korea, 1, .95, 141.075863101, 130.998520100, 155.772420988, 2e-4 },
        { &korea, 1, .95, 141.08552843511, 131.010710703602, 155.781579192354, 1e-8 /* by its formula */ },
        { &korea, 5, .8, 131.771883012, 126.455029467, 140.540655891, 3e-4 },
    };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        struct het_interval p = het_profile(known[i].t, &het_models[known[i].model], known[i].level);
        near("best", p.best, known[i].best, known[i].within);
        near("low", p.low, known[i].low, known[i].within);
        near("high", p.high, known[i].high, known[i].within);
    }
}

static void bounds_are_those_of_the_books(void **state)
{
    (void)state;
    near("Chao", bound_chao(&kosovo).N, 8802.8588435, 1e-9);
    /* f1 = 3218 and f2 = 882 as independent counts, and those not seen as one of their own (Chao 1987) */
    double missed = bound_chao(&kosovo).N - 4400, variance = missed + missed * missed * (4 / 3218.0 + 1 / 882.0);
    near("Chao's error", bound_chao(&kosovo).se, sqrt(variance), 1e-12);
    double low, high;
    struct bound b = { true, 150, 20 };
    bound_interval(&b, 100, .95, &low, &high);
    near("log-normal", low, 100 + 50 / exp(1.959963984540054 * sqrt(log(1.16))), 1e-12);
    near("log-normal", (low - 100) * (high - 100), 50 * 50, 1e-12);
    const struct mse_table two = { .lists = 2, .n = 80, .count = { [1] = 40, [2] = 30, [3] = 10 } };
    near("Lincoln and Petersen", bound_petersen(&two).N, 200, 1e-12);
    near("Chapman", bound_chapman(&two).N, 51.0 * 41 / 11 - 1, 1e-12);
    const struct mse_table apart = { .lists = 2, .n = 55, .count = { [1] = 30, [2] = 25 } };
    assert_false(bound_petersen(&apart).is_there);
    near("Chapman, lower bound only", bound_chapman(&apart).N, 805, 1e-12);
    near("normal", normal_point(.975), 1.959963984540054, 1e-14);
    near("normal", normal_point(1e-10), -6.361340902404056, 1e-12);
    for (double x = -5; x <= 5; x += .25) near("round", normal_point(erfc(-x / sqrt(2)) / 2), x == 0 ? 1e-300 : x, x == 0 ? 1e285 : 1e-9);
}

/* With one class the posterior can be added up: p(N) is proportional to (N-1)! / (N-n)! times a Beta integral a list. */
static void one_class_has_the_posterior_that_can_be_computed(void **state)
{
    (void)state;
    struct latent_ask ask = { .classes = 1, .chains = 2, .burn_in = 50, .samples = 4000, .apart = 2, .seed = 5, .threads = 2 };
    struct latent_answer l = latent_run(&life_of_test, &korea, &ask);
    assert_true(l.is_there && l.agrees);
    /* computed so: 132, 142, 156 */
    assert_true(fabs(latent_quantile(&l, .025) - 132) <= 1 && fabs(latent_quantile(&l, .5) - 142) <= 1 && fabs(latent_quantile(&l, .975) - 156) <= 1.5);
}

/* LCMCR: 137 to 138 (124 to 217) by seed. A stick of the process whose end was rounded away once gave 141. */
static void classes_agree_with_lcmcr(void **state)
{
    (void)state;
    struct latent_ask ask = { .classes = 10, .chains = 4, .burn_in = 1000, .samples = 500, .apart = 8, .seed = 2, .threads = 2 };
    struct latent_answer l = latent_run(&life_of_test, &korea, &ask);
    near("median", latent_quantile(&l, .5), 137.5, 0.015);
    assert_true(l.rhat < 1.05 && l.ess > 100);
    struct latent_answer again = latent_run(&life_of_test, &korea, &(struct latent_ask){ .classes = 10, .chains = 4, .burn_in = 1000, .samples = 500, .apart = 8, .seed = 2, .threads = 1 });
    assert_memory_equal(l.N, again.N, l.n * sizeof *l.N); /* threads change nothing */
}

/* The Netherlands, five lists (van Dijk et al. 2017; Silverman 2020): several modes, which must be told. */
static void chains_that_disagree_are_told(void **state)
{
    (void)state;
    struct latent_answer out;
    struct mse_table t = { .lists = 3, .n = 1000, .count = { [1] = 300, [2] = 300, [4] = 399, [7] = 1 } };
    struct latent_ask ask = { .classes = 5, .chains = 6, .burn_in = 20, .samples = 60, .apart = 1, .seed = 3, .threads = 2 };
    out = latent_run(&life_of_test, &t, &ask);
    assert_true(out.is_there);
    assert_false(out.agrees);
}

static void stop_at_once(void *told, double share)
{
    (void)share;
    atomic_store((atomic_bool *)told, true);
}

static void a_stopped_run_has_no_answer(void **state)
{
    (void)state;
    atomic_bool stop = false;
    struct latent_ask ask = { .classes = 10, .chains = 2, .burn_in = 10, .samples = 100000, .apart = 50, .stop = &stop, .tell = stop_at_once, .told = &stop };
    assert_false(latent_run(&life_of_test, &korea, &ask).is_there);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graphs_are_counted),
        cmocka_unit_test_setup_teardown(averaging_agrees_with_dga, begin, end),
        cmocka_unit_test_setup_teardown(averaging_agrees_with_dga_on_five_lists, begin, end),
        cmocka_unit_test(lists_have_an_order_of_their_own),
        cmocka_unit_test_setup_teardown(a_weighed_grid_stands_for_all_numbers, begin, end),
        cmocka_unit_test(families_agree_with_rcapture),
        cmocka_unit_test(where_there_is_no_maximum_there_is_no_number),
        cmocka_unit_test(profiles_agree_with_rcapture),
        cmocka_unit_test(bounds_are_those_of_the_books),
        cmocka_unit_test_setup_teardown(one_class_has_the_posterior_that_can_be_computed, begin, end),
        cmocka_unit_test_setup_teardown(classes_agree_with_lcmcr, begin, end),
        cmocka_unit_test_setup_teardown(chains_that_disagree_are_told, begin, end),
        cmocka_unit_test_setup_teardown(a_stopped_run_has_no_answer, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
