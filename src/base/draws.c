#include "base/draws.h"

#include "base/special.h"

#include <assert.h>
#include <math.h>

/* The generator. */

static void philox_block(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c[4] = { counter[0], counter[1], counter[2], counter[3] };
    uint32_t k[2] = { key[0], key[1] };
    for (int round = 0; round < 10; round++) {
        uint64_t a = (uint64_t)0xD2511F53u * c[0], b = (uint64_t)0xCD9E8D57u * c[2];
        uint32_t next[4] = { (uint32_t)(b >> 32) ^ c[1] ^ k[0], (uint32_t)b,
                             (uint32_t)(a >> 32) ^ c[3] ^ k[1], (uint32_t)a };
        memcpy(c, next, sizeof c);
        k[0] += 0x9E3779B9u;
        k[1] += 0xBB67AE85u;
    }
    memcpy(out, c, sizeof c);
}

void draws_open(struct draws *d, uint64_t seed, uint64_t stream)
{
    *d = (struct draws){ .key = { (uint32_t)seed, (uint32_t)(seed >> 32) },
                         .counter = { 0, 0, (uint32_t)stream, (uint32_t)(stream >> 32) } };
}

uint32_t draws_32(struct draws *d)
{
    if (d->left == 0) {
        philox_block(d->counter, d->key, d->out);
        if (++d->counter[0] == 0) d->counter[1]++;
        d->left = 4;
    }
    return d->out[4 - d->left--];
}

uint64_t draws_64(struct draws *d)
{
    uint64_t high = draws_32(d);
    return high << 32 | draws_32(d);
}

double draws_unit(struct draws *d)
{
    return ((double)(draws_64(d) >> 11) + 0.5) * 0x1p-53;
}

uint32_t draws_below(struct draws *d, uint32_t below)
{
    assert(below > 0);
    uint32_t least = -below % below; /* what is under it would favour small numbers */
    for (;;) {
        uint64_t m = (uint64_t)draws_32(d) * below;
        if ((uint32_t)m >= least) return (uint32_t)(m >> 32);
    }
}

/* Continuous laws. */

double draws_normal(struct draws *d)
{
    for (
        ;
        ;) { /* Marsaglia's polar method; its second value is let go, so that nothing is remembered */
        double x = 2 * draws_unit(d) - 1, y = 2 * draws_unit(d) - 1, s = x * x + y * y;
        if (s > 0 && s < 1) return x * sqrt(-2 * log(s) / s);
    }
}

/* Marsaglia and Tsang 2000; a shape under 1 is made of the next one. */
double draws_gamma(struct draws *d, double shape)
{
    assert(shape > 0);
    double scale = 1;
    if (shape < 1) {
        scale = pow(draws_unit(d), 1 / shape);
        shape += 1;
    }
    double c = shape - 1.0 / 3, s = 1 / sqrt(9 * c);
    for (;;) {
        double x = draws_normal(d), v = 1 + s * x;
        if (v <= 0) continue;
        v = v * v * v;
        if (log(draws_unit(d)) < 0.5 * x * x + c - c * v + c * log(v)) return scale * c * v;
    }
}

double draws_log_gamma(struct draws *d, double shape)
{
    if (shape >= 1) return log(draws_gamma(d, shape));
    double u = draws_unit(d); /* taken first: the order of arguments is not fixed */
    return log(u) / shape + log(draws_gamma(d, shape + 1));
}

double draws_beta(struct draws *d, double a, double b)
{
    double x = draws_gamma(d, a), y = draws_gamma(d, b);
    return x + y > 0 ? x / (x + y) : draws_unit(d) < a / (a + b); /* both too small for a double */
}

/* Counts. */

static double log_factorial(double k)
{
    return log_gamma(k + 1);
}

/* By going through the outcomes from 0 on: for n p under 10. */
static int64_t binomial_by_steps(struct draws *d, int64_t n, double p)
{
    double odds = p / (1 - p), chance = exp((double)n * log1p(-p)), u = draws_unit(d);
    for (int64_t k = 0;; k++) {
        if (u < chance || k == n) return k;
        u -= chance;
        chance *= odds * (double)(n - k) / (double)(k + 1);
        if (chance < 1e-300) return k; /* what rounding left of u */
    }
}

/* Transformed rejection with squeeze, BTRS (Hörmann 1993): for n p of 10 and more, p at most 1/2. */
static int64_t binomial_by_rejection(struct draws *d, int64_t n, double p)
{
    double q = 1 - p, sd = sqrt((double)n * p * q);
    double b = 1.15 + 2.53 * sd, a = -0.0873 + 0.0248 * b + 0.01 * p, c = (double)n * p + 0.5;
    double v_r = 0.92 - 4.2 / b, alpha = (2.83 + 5.1 / b) * sd, odds = log(p / q);
    double m = floor((double)(n + 1) * p);
    double h = log_factorial(m) + log_factorial((double)n - m);
    for (;;) {
        double u = draws_unit(d) - 0.5, v = draws_unit(d), us = 0.5 - fabs(u);
        double k = floor((2 * a / us + b) * u + c);
        if (k < 0 || k > (double)n) continue;
        if (us >= 0.07 && v <= v_r) return (int64_t)k;
        v = log(v * alpha / (a / (us * us) + b));
        if (v <= h - log_factorial(k) - log_factorial((double)n - k) + (k - m) * odds)
            return (int64_t)k;
    }
}

int64_t draws_binomial(struct draws *d, int64_t n, double p)
{
    assert(n >= 0 && p >= 0 && p <= 1);
    if (n == 0 || p == 0) return 0;
    if (p > 0.5) return n - draws_binomial(d, n, 1 - p);
    return (double)n * p < 10 ? binomial_by_steps(d, n, p) : binomial_by_rejection(d, n, p);
}

/* Small means by steps; larger ones by the time of an earlier event (Ahrens and Dieter 1974). */
int64_t draws_poisson(struct draws *d, double mean)
{
    assert(mean >= 0 && mean <= 1e15);
    int64_t before = 0;
    while (mean > 30) {
        int64_t events = (int64_t)(mean * 7 / 8);
        double when = draws_gamma(d, (double)events);
        if (when > mean) return before + draws_binomial(d, events - 1, mean / when);
        before += events;
        mean -= when;
    }
    double chance = exp(-mean), u = draws_unit(d);
    for (int64_t k = 0;; k++) {
        if (u < chance || chance < 1e-300) return before + k;
        u -= chance;
        chance *= mean / (double)(k + 1);
    }
}

void draws_multinomial(struct draws *d, int64_t n, const double *weights, size_t k, int64_t *out)
{
    /* From the last outcome to the first, each against all up to it: sums of what is positive lose no digits, as
     * taking away would. The sums wait in the places of the counts. */
    double sum = 0;
    for (size_t i = 0; i < k; i++) {
        sum += weights[i];
        memcpy(&out[i], &sum, sizeof sum);
    }
    assert(sum > 0 && sizeof sum == sizeof *out);
    for (size_t i = k; i-- > 0;) {
        double up_to;
        memcpy(&up_to, &out[i], sizeof up_to);
        double share = n > 0 && up_to > 0 ? weights[i] / up_to : 0;
        out[i] = draws_binomial(d, n, share < 1 ? share : 1);
        n -= out[i];
    }
}
