/* The noise has the distribution it says, and costs what it says. Bytes are drawn from a seed here, so that a result
 * is the same every time. */
#include "test/unit/publish_sample.h"

#include "test/unit/help.h"

#include "base/draws.h"
#include "publish/account.h"
#include "publish/noise.h"
#include "publish/release_parts.h"

#include <math.h>
#include <stdlib.h>

static struct draws source;

static void fill(void *context, void *bytes, size_t n)
{
    (void)context;
    uint8_t *p = bytes;
    for (size_t i = 0; i < n; i++) p[i] = (uint8_t)draws_32(&source);
}

static struct coins coins_of(uint64_t seed)
{
    struct coins c;
    draws_open(&source, seed, 0);
    coins_open_with(&c, fill, NULL);
    return c;
}

/* Chi-square against expected counts; cells with few expected are put together. The limit is the 1e-6 quantile, roughly
 * (Wilson and Hilferty). */
static void assert_fits(const int64_t *seen, const double *expected, size_t n)
{
    double sum = 0, e = 0;
    int64_t s = 0;
    int cells = 0;
    for (size_t i = 0; i < n; i++) {
        e += expected[i];
        s += seen[i];
        if (e < 20 && i + 1 < n) continue;
        if (e > 5) {
            sum += ((double)s - e) * ((double)s - e) / e;
            cells++;
        }
        e = 0;
        s = 0;
    }
    double f = cells - 1, limit = f * pow(1 - 2 / (9 * f) + 4.75 * sqrt(2 / (9 * f)), 3);
    if (sum > limit) fail_msg("chi-square %.1f with %d cells, at most %.1f", sum, cells, limit);
}

#define SIDE 400
#define MANY 60000

static void assert_distribution(int64_t (*draw_one)(struct coins *c, uint64_t parameter), uint64_t parameter, double (*log_weight)(int64_t x, double p),
                                double p, uint64_t seed)
{
    static int64_t seen[2 * SIDE + 1];
    static double expected[2 * SIDE + 1];
    struct coins c = coins_of(seed);
    memset(seen, 0, sizeof seen);
    double all = 0;
    for (int x = -SIDE; x <= SIDE; x++) all += expected[x + SIDE] = exp(log_weight(x, p));
    for (int i = 0; i <= 2 * SIDE; i++) expected[i] *= MANY / all;
    for (int i = 0; i < MANY; i++) {
        int64_t x = draw_one(&c, parameter);
        if (x >= -SIDE && x <= SIDE) seen[x + SIDE]++;
    }
    assert_fits(seen, expected, 2 * SIDE + 1);
}

static double laplace(int64_t x, double scale)
{
    return -(double)llabs(x) / scale;
}

static double gauss(int64_t x, double variance)
{
    return -(double)x * (double)x / (2 * variance);
}

static void laplace_and_gauss_have_their_distributions(void **state)
{
    (void)state;
    static const uint64_t scales[] = { 1, 2, 7, 20 };
    for (size_t i = 0; i < COUNT_OF(scales); i++) assert_distribution(noise_laplace, scales[i], laplace, (double)scales[i], 100 + i);
    static const uint64_t variances[] = { 64, NOISE_PARTS, 3 * NOISE_PARTS + 17, 110 * NOISE_PARTS, 900 * NOISE_PARTS + 1 };
    for (size_t i = 0; i < COUNT_OF(variances); i++)
        assert_distribution(noise_gauss, variances[i], gauss, (double)variances[i] / NOISE_PARTS, 200 + i);
}

static void chances_are_what_they_say(void **state)
{
    (void)state;
    static const struct {
        uint64_t n, d;
    } all[] = { { 0, 1 }, { 1, 7 }, { 1, 1 }, { 5, 2 }, { 37, 10 } };
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct coins c = coins_of(300 + i);
        int64_t seen[2] = { 0 };
        for (int k = 0; k < MANY; k++) seen[coins_exp(&c, all[i].n, all[i].d)]++;
        double p = exp(-(double)all[i].n / (double)all[i].d), expected[2] = { (1 - p) * MANY, p * MANY };
        if (all[i].n == 0) assert_int_equal(seen[0], 0);
        else assert_fits(seen, expected, 2);
    }
    struct coins c = coins_of(9);
    int64_t seen[10] = { 0 };
    double expected[10];
    for (int k = 0; k < MANY; k++) seen[coins_below(&c, 10)]++;
    for (int i = 0; i < 10; i++) expected[i] = MANY / 10.0;
    assert_fits(seen, expected, 10);
    wide large = (wide)1 << 100;
    for (int k = 0; k < 1000; k++) assert_true(coins_below_wide(&c, large + 5) < large + 5);
}

/* Where a fair coin would be a lie: the fill is asked for whole blocks and every byte is used once. */
static void the_systems_generator_is_used(void **state)
{
    (void)state;
    struct coins a, b;
    coins_open(&a);
    coins_open(&b);
    int same = 0;
    for (int i = 0; i < 64; i++) same += coins_below(&a, 256) == coins_below(&b, 256);
    assert_true(same < 20);
    coins_wipe(&a);
    for (size_t i = 0; i < sizeof a.bytes; i++) assert_int_equal(a.bytes[i], 0);
}

/* The exact delta of a discrete Gaussian moved by one, summed over all whole numbers. */
static double exact_delta(double variance, double epsilon)
{
    int side = (int)(20 * sqrt(variance)) + 50;
    double all = 0, delta = 0;
    for (int x = -side; x <= side; x++) all += exp(gauss(x, variance));
    for (int x = -side; x <= side; x++) {
        double more = (exp(gauss(x, variance)) - exp(epsilon + gauss(x - 1, variance))) / all;
        if (more > 0) delta += more;
    }
    return delta;
}

static void the_account_never_says_too_little(void **state)
{
    (void)state;
    static const double epsilons[] = { 0.2, 1, 4, 8 }, deltas[] = { 1e-3, 1e-5, 1e-9 };
    for (size_t i = 0; i < COUNT_OF(epsilons); i++)
        for (size_t j = 0; j < COUNT_OF(deltas); j++) {
            double rho = account_rho(epsilons[i], deltas[j]);
            assert_true(rho > 0 && account_delta(rho, epsilons[i]) <= deltas[j]);
            /* better than the simple conversion of Bun and Steinke, and not by magic */
            double simple = pow(sqrt(log(1 / deltas[j]) + epsilons[i]) - sqrt(log(1 / deltas[j])), 2);
            assert_true(rho >= simple && rho < 3 * simple);
            uint64_t variance = account_variance(1, rho);
            assert_true((double)variance / NOISE_PARTS >= 1 / (2 * rho));
            assert_true(exact_delta((double)variance / NOISE_PARTS, epsilons[i]) <= deltas[j]);
        }
    assert_int_equal(account_variance(1e12, 1e-9), 0);
}

/* A domain of one value: a release is the noisy number of rows and of those with the value. One person more moves both
 * by one; the exact delta of the pair, from the variances the release reports, is within what was asked. */
static void one_person_changes_a_tiny_release_within_epsilon(void **state)
{
    (void)state;
    struct schema schema;
    struct complaint why;
    assert_true(schema_parse(&scratch, S("{\"schema\":\"publication 1\",\"columns\":[{\"name\":\"a\",\"values\":[\"x\"]}]}"), &schema, &why));
    struct sample s;
    assert_true(schema_sample(&scratch, &schema, text_file(&scratch, "tiny.csv", S("a\nx\n\nx\nx\n")), false, &s, &why));
    struct coins c = coins_of(77);
    struct release r = { 1, 1e-4, 1, 1, &c };
    struct domain d = domain_of(&scratch, &schema.attributes);
    assert_true(release_check(&scratch, &schema, &r, &why));
    static int64_t seen[2 * SIDE + 1];
    static double expected[2 * SIDE + 1];
    struct measured m;
    double rho = account_rho(r.epsilon, r.delta);
    memset(seen, 0, sizeof seen);
    for (int i = 0; i < 20000; i++) {
        release_measure(&scratch, &d, &schema, &s, &r, rho, &m);
        assert_null(m.two);
        int64_t x = (int64_t)m.one[0] - 3;
        if (x >= -SIDE && x <= SIDE) seen[x + SIDE]++;
        if (i % 500 == 0) { /* arenas are taken, never freed */
            arena_empty(&scratch);
            assert_true(schema_parse(&scratch, S("{\"schema\":\"publication 1\",\"columns\":[{\"name\":\"a\",\"values\":[\"x\"]}]}"), &schema, &why));
            assert_true(schema_sample(&scratch, &schema, text_file(&scratch, "tiny.csv", S("a\nx\n\nx\nx\n")), false, &s, &why));
            d = domain_of(&scratch, &schema.attributes);
        }
    }
    double v0 = m.sigma[0] * m.sigma[0], v1 = m.sigma[1] * m.sigma[1], all = 0;
    for (int x = -SIDE; x <= SIDE; x++) all += expected[x + SIDE] = exp(gauss(x, v1));
    for (int i = 0; i <= 2 * SIDE; i++) expected[i] *= 20000 / all;
    assert_fits(seen, expected, 2 * SIDE + 1); /* what is drawn is what is reported */

    int side0 = (int)(12 * sqrt(v0)) + 20, side1 = (int)(12 * sqrt(v1)) + 20;
    double all0 = 0, all1 = 0, delta = 0;
    for (int x = -side0; x <= side0; x++) all0 += exp(gauss(x, v0));
    for (int x = -side1; x <= side1; x++) all1 += exp(gauss(x, v1));
    for (int x = -side0; x <= side0; x++)
        for (int y = -side1; y <= side1; y++) {
            double with = gauss(x, v0) + gauss(y, v1), without = gauss(x - 1, v0) + gauss(y - 1, v1);
            double more = exp(with) - exp(r.epsilon + without);
            if (more > 0) delta += more / all0 / all1;
        }
    assert_true(delta <= r.delta);
    assert_true(delta > r.delta / 1000); /* and the noise is not far more than was asked */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(laplace_and_gauss_have_their_distributions, help_begin, help_end),
        cmocka_unit_test_setup_teardown(chances_are_what_they_say, help_begin, help_end),
        cmocka_unit_test_setup_teardown(the_systems_generator_is_used, help_begin, help_end),
        cmocka_unit_test_setup_teardown(the_account_never_says_too_little, help_begin, help_end),
        cmocka_unit_test_setup_teardown(one_person_changes_a_tiny_release_within_epsilon, help_begin, help_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
