/* Log-linear models: which there are, which have an estimate, and what it is; against closed forms, another way of fitting and a
 * search through every extreme direction. */
#include "test/unit/help.h"

#include "estimate/fit.h"
#include "estimate/stepwise.h"

#include <math.h>

static const uint8_t plain[LISTS_MAX] = { 1, 2, 3, 4, 5, 6, 7, 8 };

static struct mse_set model_of(str text, int lists)
{
    struct mse_set m;
    assert_int_equal(mse_model_read(text, lists, lists, plain, &m), MSE_MODEL_READ);
    return m;
}

static void close_to(double have, double want, double tolerance)
{
    if (fabs(have - want) > tolerance * (fabs(want) + 1e-300)) fail_msg("%.17g instead of %.17g", have, want);
}

static void there_are_as_many_models_as_counted(void **state)
{
    (void)state;
    static const size_t known[] = { 0, 0, 1, 8, 113, 6893 };
    for (int lists = 2; lists <= 5; lists++) {
        size_t n;
        struct mse_set *all = mse_models_all(&scratch, lists, lists - 1, 7000, &n);
        assert_non_null(all);
        assert_int_equal(n, known[lists]);
        for (size_t i = 0; i < n; i++) {
            struct sink out;
            struct mse_set again = mse_set_below(all[i], lists);
            assert_true(mse_set_eq(&again, &all[i])); /* with a term come its subsets */
            if (i) assert_true(mse_set_count(&all[i]) >= mse_set_count(&all[i - 1]));
            if (i) assert_false(mse_set_eq(&all[i], &all[i - 1]));
            sink_open(&out, &scratch, 4096);
            mse_model_put(&out, &all[i], lists, plain);
            again = model_of(sink_str(&out), lists);
            assert_true(mse_set_eq(&again, &all[i]));
        }
        assert_null(mse_models_all(&scratch, lists, lists - 1, n - 1, &n));
    }
    size_t n;
    assert_non_null(mse_models_all(&scratch, 6, 2, 40000, &n));
    assert_int_equal(n, 32768);
}

static void sets_know_what_is_below_and_above(void **state)
{
    (void)state;
    for (int round = 0; round < 200; round++) {
        draw_seed((uint64_t)round);
        int lists = 2 + (int)draw(7);
        struct mse_set s = { 0 };
        for (int i = 0; i < 3; i++) mse_set_add(&s, draw(1u << lists));
        struct mse_set below = mse_set_below(s, lists), above = mse_set_above(s, lists);
        for (unsigned w = 0; w < 1u << lists; w++) {
            bool is_below = false, is_above = false;
            for (unsigned m = 0; m < 1u << lists; m++) {
                if (!mse_set_has(&s, m)) continue;
                is_below |= (w & m) == w;
                is_above |= (w & m) == m;
            }
            assert_int_equal(mse_set_has(&below, w), is_below);
            assert_int_equal(mse_set_has(&above, w), is_above);
        }
    }
}

/* Counts of at least `least`, so that every model has an estimate if that is 1. */
static void random_table(int lists, uint32_t least, uint32_t below, double *count)
{
    count[0] = 0;
    for (unsigned w = 1; w < 1u << lists; w++) count[w] = least + draw(below);
}

static double sum_where(const double *count, int lists, unsigned mask, unsigned is)
{
    double sum = 0;
    for (unsigned w = 1; w < 1u << lists; w++)
        if ((w & mask) == is) sum += count[w];
    return sum;
}

/* Models that leave one list, or one pair given the others, independent have closed forms. */
static void decomposable_models_equal_their_closed_form(void **state)
{
    (void)state;
    struct mse_fitter *f = mse_fitter_new(&scratch);
    static const char *const one_apart[] = { "", "", "[1,2]", "[12,3]", "[123,4]", "[1234,5]", "[12345,6]", "[123456,7]", "[1234567,8]" };
    static const char *const given_rest[] = { "", "", "", "[12,13]", "[123,124]", "[1234,1235]", "[12345,12346]" };
    for (int round = 0; round < 120; round++) {
        draw_seed((uint64_t)round);
        int lists = 2 + round % 7;
        double count[CELLS_MAX];
        random_table(lists, 1, round % 3 ? 2000 : 6, count);
        mse_fitter_take(f, lists, count);
        struct mse_set m = model_of(str_of(one_apart[lists]), lists);
        struct mse_fit fit = mse_fit_whole(f, &m);
        assert_int_equal(fit.status, MSE_OK);
        assert_true(fit.is_fitted);
        unsigned last = 1u << (lists - 1), others = last - 1;
        double both = 0, without = 0;
        for (unsigned w = 1; w < last; w++) both += count[w | last], without += count[w];
        close_to(fit.dark, count[last] * without / both, 1e-9);
        if (lists == 2) close_to(fit.N, sum_where(count, 2, 1, 1) * sum_where(count, 2, 2, 2) / count[3], 1e-12);
        if (lists < 3 || lists > 6) continue;
        m = model_of(str_of(given_rest[lists]), lists);
        fit = mse_fit_whole(f, &m);
        unsigned a = 1u << (lists - 1), b = 1u << (lists - 2);
        assert_int_equal(fit.status, MSE_OK);
        close_to(fit.dark, count[a] * count[b] / count[a | b], 1e-9);
        (void)others;
    }
}

/* Iterative proportional fitting: needs no derivative and no start, and takes hundreds of sweeps. */
static void fit_proportionally(int lists, const double *count, const struct mse_set *model, double *mu)
{
    uint8_t term[CELLS_MAX];
    int terms = mse_set_members(model, term);
    for (unsigned w = 1; w < 1u << lists; w++) mu[w] = 1;
    mu[0] = 0;
    for (int sweep = 0; sweep < 20000; sweep++) {
        double worst = 0;
        for (int g = 0; g < terms; g++)
            for (unsigned c = term[g];; c = (c - 1) & term[g]) {
                double want = sum_where(count, lists, term[g], c), have = sum_where(mu, lists, term[g], c);
                if (have > 0) worst = fmax(worst, fabs(want / have - 1));
                for (unsigned w = 1; w < 1u << lists; w++)
                    if ((w & term[g]) == c && have > 0) mu[w] *= want / have;
                if (c == 0) break;
            }
        if (worst < 1e-13) return;
    }
}

static void fitting_proportionally_gives_the_same(void **state)
{
    (void)state;
    struct mse_fitter *f = mse_fitter_new(&scratch);
    for (int round = 0; round < 24; round++) {
        draw_seed(1000 + (uint64_t)round);
        int lists = 3 + round % 2;
        size_t n;
        double count[CELLS_MAX], mu[CELLS_MAX];
        struct mse_set *all = mse_models_all(&scratch, lists, lists - 1, 113, &n), *m = &all[draw((uint32_t)n)];
        random_table(lists, 5, 60, count);
        mse_fitter_take(f, lists, count);
        enum mse_status status;
        assert_true(mse_fit(f, m, &status));
        fit_proportionally(lists, count, m, mu);
        for (unsigned w = 1; w < 1u << lists; w++) close_to(f->mu[w], mu[w], 1e-8);
    }
}

/* What the likelihood asks of a maximum: every term's fitted people are its observed ones. */
static void whatever_has_an_estimate_is_fitted(void **state)
{
    (void)state;
    struct mse_fitter *f = mse_fitter_new(&scratch);
    int fitted = 0;
    for (int round = 0; round < 1500; round++) {
        draw_seed(5000 + (uint64_t)round);
        int lists = 2 + (int)draw(6);
        double count[CELLS_MAX];
        uint8_t pair[PAIRS_MAX];
        struct mse_set m = mse_model_main(lists);
        uint32_t sizes[] = { 2, 5, 1000, 1000000 };
        for (unsigned w = 1; w < 1u << lists; w++) count[w] = draw(3) ? 0 : draw(sizes[draw(4)]);
        int pairs = mse_pairs(lists, pair);
        for (int i = 0; i < pairs; i++)
            if (draw(3) == 0) mse_set_add(&m, pair[i]);
        mse_fitter_take(f, lists, count);
        if (f->n == 0) continue;
        struct mse_fit fit = mse_fit_whole(f, &m);
        if (fit.status != MSE_OK) {
            assert_false(fit.is_fitted);
            continue;
        }
        assert_true(fit.is_fitted);
        fitted++;
        for (int i = 0; i < f->terms; i++) close_to(f->above[f->term[i]], f->star[f->term[i]], 1e-7);
        for (unsigned w = 1; w < 1u << lists; w++)
            if (!mse_set_has(&f->face.kept, w)) assert_true(f->mu[w] == 0 && count[w] == 0);
        assert_true(fit.dark > 0 && fit.deviance >= 0 && fit.se_intercept > 0);
    }
    assert_true(fitted > 300);
}

/* The slow way: every direction at the edge of the cone of directions is where one fewer than |P| independent rows vanish.
 * Says whether the likelihood grows along one, and whether the intercept rises or falls along one. */
struct edges {
    bool is_identifiable, grows, rises, falls;
};

/* A vector that k rows of length p take to 0, if it is unique up to its length. */
static bool only_null_vector(long long (*row)[8], int k, int p, long long *out)
{
    long long a[8][8];
    int at[8], n = 0;
    memcpy(a, row, sizeof(long long) * 8 * (size_t)k);
    for (int c = 0; c < p && n < k; c++) {
        int r = n;
        while (r < k && a[r][c] == 0) r++;
        if (r == k) continue;
        for (int j = 0; j < p; j++) {
            long long t = a[n][j];
            a[n][j] = a[r][j], a[r][j] = t;
        }
        for (int i = 0; i < k; i++) {
            if (i == n || a[i][c] == 0) continue;
            long long u = a[n][c], v = a[i][c];
            long long common = 0;
            for (int j = 0; j < p; j++) {
                a[i][j] = a[i][j] * u - a[n][j] * v;
                long long x = a[i][j] < 0 ? -a[i][j] : a[i][j];
                while (x) {
                    long long rest = common % x;
                    common = x, x = rest;
                }
            }
            for (int j = 0; j < p && common > 1; j++) a[i][j] /= common;
        }
        at[n++] = c;
    }
    if (n != p - 1) return false;
    int open = 0;
    while (open < n && at[open] == open) open++;
    long long product = 1;
    for (int i = 0; i < n; i++) product *= a[i][at[i]];
    for (int j = 0; j < p; j++) out[j] = 0;
    out[open] = product;
    for (int i = 0; i < n; i++) out[at[i]] = -a[i][open] * (product / a[i][at[i]]);
    return true;
}

static struct edges look_at_edges(int lists, const struct mse_set *observed, const struct mse_set *model)
{
    struct edges e = { 0 };
    /* terms and cells anew, by their definition */
    unsigned term[8], cell[8];
    int p = 0, k = 0;
    bool is_lost[8] = { 0 };
    for (unsigned a = 0; a < 1u << lists; a++) {
        bool is_seen = a == 0;
        for (unsigned w = 1; w < 1u << lists; w++) is_seen |= mse_set_has(observed, w) && (w & a) == a;
        if (mse_set_has(model, a) && is_seen) term[p++] = a;
        is_lost[a] = mse_set_has(model, a) && !is_seen;
    }
    for (unsigned w = 1; w < 1u << lists; w++) {
        bool is_kept = true;
        for (unsigned a = 1; a < 1u << lists; a++) is_kept &= !(is_lost[a] && (w & a) == a);
        if (is_kept) cell[k++] = w;
    }
    long long row[8][8], d[8], base[9][8];
    for (int i = 0; i < k; i++)
        for (int j = 0; j < p; j++) row[i][j] = (cell[i] & term[j]) == term[j];
    /* a second way to ask for full rank: some p rows have no common null vector */
    for (int j = 0; j < p; j++) base[0][j] = __builtin_popcount(term[j]) & 1 ? -1 : 1;
    for (int i = 0; i < k; i++) {
        long long sum = 0;
        for (int j = 0; j < p; j++) sum += row[i][j] * base[0][j];
        e.is_identifiable |= sum != 0;
    }
    int fixed = e.is_identifiable ? 0 : 1; /* directions that change nothing are left out of the search */
    for (unsigned some = 0; some < 1u << k; some++) {
        if (__builtin_popcount(some) != p - 1 - fixed) continue;
        int n = fixed;
        for (int i = 0; i < k; i++)
            if (some >> i & 1) memcpy(base[n++], row[i], sizeof row[i]);
        if (!only_null_vector(base, n, p, d)) continue;
        for (int sign = -1; sign <= 1; sign += 2) {
            bool is_allowed = true, changes = false;
            for (int i = 0; i < k; i++) {
                long long sum = 0;
                for (int j = 0; j < p; j++) sum += sign * d[j] * row[i][j];
                is_allowed &= mse_set_has(observed, cell[i]) ? sum == 0 : sum <= 0;
                changes |= sum != 0;
            }
            if (!is_allowed || !changes) continue;
            e.grows = true;
            e.rises |= sign * d[0] > 0;
            e.falls |= sign * d[0] < 0;
        }
    }
    return e;
}

static void existence_agrees_with_looking_at_every_edge(void **state)
{
    (void)state;
    struct mse_exists *work = mse_exists_new(&scratch);
    int by_status[4] = { 0 };
    for (int lists = 2; lists <= 3; lists++) {
        size_t n;
        struct mse_set *all = mse_models_all(&scratch, lists, lists, 9, &n); /* the saturated one too */
        for (uint64_t support = 1; support < UINT64_C(1) << ((1u << lists) - 1); support++)
            for (size_t m = 0; m < n; m++) {
                struct mse_set observed = { { support << 1 } };
                enum mse_status have = mse_exists(work, lists, &observed, &all[m]);
                struct edges e = look_at_edges(lists, &observed, &all[m]);
                assert_int_equal(have, (e.grows ? 1 : 0) + (e.is_identifiable ? 0 : 2));
                by_status[have]++;
                if (!e.is_identifiable) continue;
                enum mse_dark dark = e.rises   ? MSE_DARK_GROWS
                                     : e.falls ? MSE_DARK_VANISHES
                                               : MSE_DARK_STAYS;
                assert_int_equal(mse_dark(work, lists, &observed, &all[m]), dark);
            }
    }
    for (int i = 0; i < 4; i++) assert_true(by_status[i] > 0);
}

/* For more lists than can be looked through: taking a pair that was seen out of a model keeps its estimate, and 128 bits are
 * enough. */
static void existence_is_consistent_with_many_lists(void **state)
{
    (void)state;
    struct mse_exists *work = mse_exists_new(&scratch);
    int lost = 0, kept = 0;
    for (int round = 0; round < 1500; round++) {
        draw_seed(9000 + (uint64_t)round);
        int lists = 4 + (int)draw(5);
        struct mse_set observed = { 0 }, m = mse_model_main(lists);
        for (int i = 0; i < lists; i++) mse_set_add(&observed, 1u << i);
        for (uint32_t i = draw(3u << lists / 2) + 2; i > 0; i--) mse_set_add(&observed, 1 + draw((1u << lists) - 1));
        uint8_t pair[PAIRS_MAX];
        int pairs = mse_pairs(lists, pair);
        for (int i = 0; i < pairs; i++)
            if (draw(4) >= (uint32_t)round % 4) mse_set_add(&m, pair[i]);
        enum mse_status whole = mse_exists(work, lists, &observed, &m);
        assert_int_not_equal(whole, MSE_UNDECIDED);
        if (whole != MSE_OK) {
            lost++;
            continue;
        }
        kept++;
        struct mse_face face = mse_face_of(lists, &observed, &m);
        for (int i = 0; i < pairs; i++) {
            if (!mse_set_has(&face.finite, pair[i])) continue;
            struct mse_set less = m;
            mse_set_drop(&less, pair[i]);
            assert_int_equal(mse_exists(work, lists, &observed, &less), MSE_OK);
        }
    }
    if (lost < 100 || kept < 100) fail_msg("%d models without an estimate, %d with one", lost, kept);
}

static void models_are_read_strictly(void **state)
{
    (void)state;
    struct mse_set m;
    static const char *const bad[] = { "", "[", "[]", "12,3", "[12,3", "[12;3]", "[1,,2]", "[,]", "[1 2,3]", "[112,3]", "[a,1,2,3]", "[1,2,3]x", "[-1,2,3]" };
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_int_equal(mse_model_read(str_of(bad[i]), 3, 3, plain, &m), MSE_MODEL_MISWRITTEN);
    assert_int_equal(mse_model_read(S("[12,4]"), 3, 3, plain, &m), MSE_MODEL_NO_SUCH_LIST);
    assert_int_equal(mse_model_read(S("[12,0]"), 3, 3, plain, &m), MSE_MODEL_NO_SUCH_LIST);
    assert_int_equal(mse_model_read(S("[12]"), 3, 3, plain, &m), MSE_MODEL_LACKS_LIST);
    assert_int_equal(mse_model_read(S(" [ 21 , 3 ] "), 3, 3, plain, &m), MSE_MODEL_READ);
    assert_int_equal(mse_set_count(&m), 5);
    static const uint8_t second_aside[] = { 1, 3 };
    assert_int_equal(mse_model_read(S("[12,23]"), 3, 2, second_aside, &m), MSE_MODEL_READ);
    struct sink out;
    sink_open(&out, &scratch, 100);
    mse_model_put(&out, &m, 2, second_aside);
    assert_str_equal(sink_str(&out), "[1,3]");
}

static void poisson_tails_are_exact(void **state)
{
    (void)state;
    static const double means[] = { 1e-6, 0.3, 1, 4.5, 17, 60.25, 300 };
    for (size_t m = 0; m < COUNT_OF(means); m++)
        for (int x = 0; x < 400; x++) {
            long double term = expl(-(long double)means[m]), low = 0, high = 0;
            for (int k = 0; k < 2000; k++) {
                if (k <= x) low += term;
                if (k >= x) high += term;
                term *= (long double)means[m] / (k + 1);
            }
            double want = (double)(low < high ? low : high);
            if (want > 1e-280) close_to(mse_poisson_tail(x, means[m]), want, 1e-11);
        }
    /* Large means: near the normal law, and quick. */
    close_to(mse_poisson_tail(1e9 - 2 * sqrt(1e9), 1e9), 0.02275, 1e-3);
    close_to(mse_poisson_tail(1e9 + 2 * sqrt(1e9), 1e9), 0.02275, 1e-3);
    assert_true(mse_poisson_tail(0, 5000) == 0);
    assert_true(mse_poisson_tail(0, 0) == 1);
    assert_true(mse_poisson_tail(3, 0) == 0);
    close_to(mse_poisson_tail(2.5, 10), (1 + 10 + 50) * exp(-10), 1e-12); /* a decimal: whole numbers up to it */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(there_are_as_many_models_as_counted, help_begin, help_end),
        cmocka_unit_test(sets_know_what_is_below_and_above),
        cmocka_unit_test_setup_teardown(models_are_read_strictly, help_begin, help_end),
        cmocka_unit_test_setup_teardown(existence_agrees_with_looking_at_every_edge, help_begin, help_end),
        cmocka_unit_test_setup_teardown(existence_is_consistent_with_many_lists, help_begin, help_end),
        cmocka_unit_test_setup_teardown(decomposable_models_equal_their_closed_form, help_begin, help_end),
        cmocka_unit_test_setup_teardown(fitting_proportionally_gives_the_same, help_begin, help_end),
        cmocka_unit_test_setup_teardown(whatever_has_an_estimate_is_fitted, help_begin, help_end),
        cmocka_unit_test(poisson_tails_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
