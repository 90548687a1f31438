#include "publish/account.h"

#include "publish/noise.h"

#include <math.h>

double account_delta(double rho, double epsilon)
{
    double best = 0; /* the logarithm */
    for (double step = -9; step <= 9; step += 1.0 / 512) {
        double a = 1 + exp(step);
        double log_delta = (a - 1) * (a * rho - epsilon) - log(a - 1) + a * log1p(-1 / a);
        if (log_delta < best) best = log_delta;
    }
    return exp(best);
}

double account_rho(double epsilon, double delta)
{
    double low = 0, high = epsilon + 1;
    for (int i = 0; i < 80; i++) {
        double middle = (low + high) / 2;
        if (account_delta(middle, epsilon) <= delta * (1 - 1e-9)) low = middle;
        else high = middle;
    }
    return low;
}

uint64_t account_variance(double squared, double rho)
{
    double parts = ceil(squared / (2 * rho) * NOISE_PARTS * (1 + 1e-12)) + 1;
    return parts < (double)NOISE_VARIANCE_MAX ? (uint64_t)parts : 0;
}
