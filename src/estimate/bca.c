#include "estimate/boot.h"

#include "base/special.h"

#include <math.h>
#include <stdlib.h>

#define SAME 1e-9 /* relative: estimates this near each other are equal */

double mse_quantile(const double *sorted, size_t n, double share)
{
    double fuzz = 4 * 2.220446049250313e-16;
    double place = 1.0 / 3 + share * ((double)n + 1.0 / 3), whole = floor(place + fuzz);
    double part = place - whole;
    if (fabs(part) < fuzz) part = 0;
    if (whole < 1) return sorted[0];
    if (whole >= (double)n) return sorted[n - 1];
    double low = sorted[(size_t)whole - 1], high = sorted[(size_t)whole];
    if (part == 0 || low == high) return low;
    return isinf(high) ? high : low + part * (high - low);
}

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The acceleration: how the estimate's spread changes with the estimate. NAN if it has none. */
static double acceleration(const struct mse_boot *boot, int answer)
{
    const double *without = boot->without + (size_t)answer * boot->histories;
    double people = 0, mean = 0, square = 0, cube = 0;
    for (size_t i = 0; i < boot->histories; i++) {
        people += boot->people[i];
        mean += boot->people[i] * without[i];
    }
    mean /= people;
    for (size_t i = 0; i < boot->histories; i++) {
        double d = mean - without[i];
        square += boot->people[i] * d * d;
        cube += boot->people[i] * d * d * d;
    }
    return cube / (6 * pow(square, 1.5));
}

struct mse_bca mse_bca_of(struct arena *a, const struct mse_boot *boot, int answer, double estimate)
{
    struct mse_bca b = { .estimate = estimate, .resamples = boot->resamples };
    double *sorted = arena_new(a, double, boot->resamples);
    memcpy(sorted, boot->N + (size_t)answer * boot->resamples, sizeof(double) * boot->resamples);
    qsort(sorted, boot->resamples, sizeof(double), rising);
    b.sorted = sorted;
    for (size_t i = 0; i < boot->resamples; i++) {
        b.infinite += isinf(sorted[i]) != 0;
        b.below += sorted[i] < estimate * (1 - SAME);
    }
    b.z0 = normal_point((double)b.below / (double)b.resamples);
    b.ahat = acceleration(boot, answer);
    if (b.below == 0)
        b.note = PHRASE("no resample lies below the estimate: the limits are plain percentiles");
    else if (b.below == b.resamples)
        b.note = PHRASE("every resample lies below the estimate: the limits are plain percentiles");
    else if (!isfinite(b.ahat))
        b.note = PHRASE(
            "leaving out one person can take the estimate away or changes nothing at all: the "
            "limits are "
            "plain percentiles");
    return b;
}

double mse_bca_limit(const struct mse_bca *b, double share, struct phrase *note)
{
    double adjusted = share;
    if (b->note.english) *note = b->note;
    else {
        double lean = b->z0 + normal_point(share), scale = 1 - b->ahat * lean;
        if (scale > 0) adjusted = normal_share(b->z0 + lean / scale);
        else
            *note = PHRASE(
                "the acceleration is too large for this level: the limit is a plain percentile");
    }
    double limit = mse_quantile(b->sorted, b->resamples, adjusted);
    if (isinf(limit))
        *note = PHRASE(
            "so many resamples have no finite estimate that there is no limit on this side");
    return limit;
}
