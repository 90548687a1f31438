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

/* P(X <= k) for k < mean, by its terms downwards. */
static double lower_sum(double k, double mean, double top)
{
    double sum = 1, term = 1;
    for (double i = k; i > 0 && term > sum * 1e-17; i--) sum += term *= i / mean;
    return top * sum;
}

static double upper_sum(double k, double mean, double top)
{
    double sum = 1, term = 1;
    for (double i = k + 1; term > sum * 1e-17; i++) sum += term *= mean / i;
    return top * sum;
}

double mse_poisson_tail(double x, double mean)
{
    if (!(mean > 0)) return x > 0 ? 0 : 1;
    /* Counts may be decimals: below counts whole numbers up to x, above those from x on. */
    double down = floor(x + 1e-7), up = ceil(x - 1e-7);
    double p_down = probability(down, mean), p_up = up == down ? p_down : probability(up, mean);
    double low = down < mean ? lower_sum(down, mean, p_down)
                             : 1 - upper_sum(down, mean, p_down) + p_down;
    double high = up > mean ? upper_sum(up, mean, p_up) : 1 - lower_sum(up, mean, p_up) + p_up;
    double least = low < high ? low : high;
    return least < 0 ? 0 : least > 1 ? 1 : least;
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
        double p = mse_poisson_tail(f->star[pair[i]], f->above[pair[i]]);
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
    while (has && grow(f, p, model)) has = mse_fit(f, model, status);
    return has;
}
