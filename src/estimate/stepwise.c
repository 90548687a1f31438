#include "estimate/stepwise.h"

#include "base/special.h"

#include <math.h>

#define SAME \
    1e-9 /* probabilities this near each other, relatively, are a tie: the first pair goes first */

/* log n! - log(sqrt(2 pi n) (n/e)^n), the error of Stirling's formula. */
static double stirling_error(double n)
{
    if (n < 16) return log_gamma(n + 1) - (n + 0.5) * log(n) + n - 0.91893853320467274178;
    double v = 1 / (n * n);
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - v / 1188) * v) * v) * v) / n;
}

/* x log(x/mean) + mean - x without cancellation where they are near. */
static double deviance_part(double x, double mean)
{
    double d = x - mean;
    if (fabs(d) >= 0.1 * (x + mean)) return x * log(x / mean) - d;
    double v = d / (x + mean), sum = d * v, power = 2 * x * v;
    for (int k = 3; k < 200; k += 2) {
        power *= v * v;
        double more = sum + power / k;
        if (more == sum) break;
        sum = more;
    }
    return sum;
}

/* Saddle-point form of the Poisson probability (Loader 2000): full relative precision for large means. */
static double probability(double k, double mean)
{
    if (k == 0) return exp(-mean);
    return exp(-stirling_error(k) - deviance_part(k, mean)) / sqrt(2 * M_PI * k);
}

/* Tails are added from their largest term outwards, until terms no longer count or the sum is beyond `enough`. */

/* P(X <= k) for k < mean. */
static double lower_sum(double k, double mean, double top, double enough)
{
    double sum = 1, term = 1, part = 1 / mean;
    for (double i = k; i > 0 && term > sum * 1e-17 && top * sum <= enough; i--)
        sum += term *= i * part;
    return top * sum;
}

/* P(X >= k) for k > mean. */
static double upper_sum(double k, double mean, double top, double enough)
{
    double sum = 1, term = 1;
    for (double i = k + 1; term > sum * 1e-17 && top * sum <= enough; i++) sum += term *= mean / i;
    return top * sum;
}

struct tails {
    double low, high; /* P(X <= k), P(X >= k) */
};

static struct tails tails_of(double k, double mean, double enough)
{
    double p = probability(k, mean);
    double tail = k < mean ? lower_sum(k, mean, p, enough) : upper_sum(k, mean, p, enough);
    return k < mean ? (struct tails){ tail, 1 - tail + p } : (struct tails){ 1 - tail + p, tail };
}

/* Exact where it is below `enough`; something from there on otherwise. */
static double poisson_tail(double x, double mean, double enough)
{
    if (!(mean > 0)) return x > 0 ? 0 : 1;
    if (enough > 0.4) enough = 2; /* the other tail is larger than this one only below a half */
    /* Counts may be decimals: below counts whole numbers up to x, above those from x on. */
    double down = floor(x + 1e-7), up = ceil(x - 1e-7);
    struct tails of_down = tails_of(down, mean, enough);
    struct tails of_up = up == down ? of_down : tails_of(up, mean, enough);
    double least = of_down.low < of_up.high ? of_down.low : of_up.high;
    return least < 0 ? 0 : least > 1 ? 1 : least;
}

double mse_poisson_tail(double x, double mean)
{
    return poisson_tail(x, mean, 2);
}

struct candidate {
    uint8_t pair;
    double p;
};

/* Adds the best admissible pair to the model; false if there is none below the threshold. */
static bool grow(struct mse_fitter *f, double threshold, struct mse_set *model)
{
    uint8_t pair[PAIRS_MAX];
    struct candidate open[PAIRS_MAX];
    int pairs = mse_pairs(f->lists, pair), n = 0;
    for (int i = 0; i < pairs; i++) {
        if (mse_set_has(model, pair[i])) continue;
        double p = poisson_tail(f->star[pair[i]], f->above[pair[i]], threshold);
        if (p < threshold) open[n++] = (struct candidate){ pair[i], p };
    }
    while (n > 0) {
        double least = open[0].p;
        int at = 0;
        for (int i = 1; i < n; i++)
            if (open[i].p < least) least = open[i].p;
        while (open[at].p > least * (1 + SAME)) at++;
        mse_set_add(model, open[at].pair);
        if (mse_exists(f->exists, f->lists, &f->observed, model) == MSE_OK) return true;
        mse_set_drop(model, open[at].pair);
        memmove(open + at, open + at + 1, sizeof open[0] * (size_t)(--n - at));
    }
    return false;
}

bool mse_stepwise(struct mse_fitter *f, double p, struct mse_set *model, enum mse_status *status)
{
    *model = mse_model_main(f->lists);
    bool has = mse_fit(f, model, status);
    while (has && grow(f, p, model)) has = mse_fit_grown(f, model, status);
    return has;
}
