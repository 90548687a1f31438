/* Lower bounds, and two lists. */
#include "estimate/heterogeneity.h"

#include "base/special.h"

#include <math.h>

/* From those on exactly one and exactly two lists (Chao 1987), with the factor for few occasions. */
struct bound bound_chao(const struct mse_table *t)
{
    double f[LISTS_MAX + 1] = { 0 };
    for (uint32_t w = 1; w < 1u << t->lists; w++) f[__builtin_popcount(w)] += t->count[w];
    if (t->lists < 2 || f[1] == 0) return (struct bound){ t->lists > 1, t->n, 0 };
    double factor = (double)(t->lists - 1) / t->lists;
    if (f[2] == 0) return (struct bound){ true, t->n + factor * f[1] * (f[1] - 1) / 2, 0 };
    double r = f[1] / f[2];
    double variance = f[2] * (factor / 2 * r * r + factor * factor * r * r * r +
                              factor * factor / 4 * r * r * r * r);
    return (struct bound){ true, t->n + factor * f[1] * f[1] / (2 * f[2]), sqrt(variance) };
}

struct bound bound_petersen(const struct mse_table *t)
{
    double a = t->count[1], b = t->count[2], m = t->count[3];
    if (t->lists != 2 || m == 0) return (struct bound){ 0 };
    double n1 = a + m, n2 = b + m;
    return (struct bound){ true, n1 * n2 / m, sqrt(n1 * n2 * a * b / (m * m * m)) };
}

/* Nearly without bias where the lists overlap, and an underestimate where they hardly do (Chapman 1951; variance:
 * Seber 1970). */
struct bound bound_chapman(const struct mse_table *t)
{
    double a = t->count[1], b = t->count[2], m = t->count[3];
    if (t->lists != 2) return (struct bound){ 0 };
    double n1 = a + m, n2 = b + m;
    double variance = (n1 + 1) * (n2 + 1) * a * b / ((m + 1) * (m + 1) * (m + 2));
    return (struct bound){ true, (n1 + 1) * (n2 + 1) / (m + 1) - 1, sqrt(variance) };
}

void bound_interval(const struct bound *b, double n, double level, double *low, double *high)
{
    double dark = b->N - n;
    if (!(dark > 0) || !(b->se > 0)) {
        *low = *high = NAN;
        return;
    }
    double c = exp(normal_point((1 + level) / 2) * sqrt(log1p(b->se * b->se / (dark * dark))));
    *low = n + dark / c;
    *high = n + dark * c;
}
