#include "base/special.h"

#include <math.h>

double log_gamma(double x)
{
    int sign;
    return lgamma_r(x, &sign);
}

double normal_share(double z)
{
    return 0.5 * erfc(-z * M_SQRT1_2);
}

double normal_point(double share)
{
    if (!(share > 0)) return -INFINITY;
    if (!(share < 1)) return INFINITY;
    if (share > 0.5) return -normal_point(1 - share);
    /* Begins at the tail's first-order form and goes on with Halley's method on log Phi, which is concave and
     * smooth: relative precision in the far tail too. */
    double z = share < 0.1 ? -sqrt(-2 * log(share) - log(-4 * M_PI * log(share)))
                           : 2.5 * (share - 0.5);
    for (int i = 0; i < 50; i++) {
        double at = normal_share(z), slope = exp(-z * z / 2) / sqrt(2 * M_PI) / at;
        double off = log(at / share), newton = off / slope;
        /* the second derivative of log Phi is -slope * (z + slope) */
        double step = newton / (1 + 0.5 * newton * (z + slope));
        if (!isfinite(step)) step = newton;
        z -= step;
        if (fabs(step) < 1e-15 * (1 + fabs(z))) break;
    }
    return z;
}
