#include "estimate/fit.h"

#include "base/special.h"

#include <math.h>

#define STEPS_MAX  100
#define HALVES_MAX 40
/* Squared Newton decrements. Below the first a full step is taken without asking whether the likelihood grew:
 * rounding would answer. A step below the second is the last. */
#define IS_NEAR    1e-4
#define CONVERGED  1e-13

struct mse_fitter *mse_fitter_new(struct arena *a)
{
    struct mse_fitter *f = arena_new(a, struct mse_fitter, 1);
    f->exists = mse_exists_new(a);
    f->half = arena_new(a, double, (size_t)CELLS_MAX *(CELLS_MAX + 1) / 2);
    return f;
}

/* x[a] becomes the sum of x over the histories that hold a. */
static inline __attribute__((always_inline)) void sum_above_of(double *x, int lists)
{
    for (int i = 0; i < lists; i++) {
        unsigned bit = 1u << i;
        for (unsigned base = 0; base < 1u << lists; base += 2 * bit)
            for (unsigned k = 0; k < bit; k++) x[base + k] += x[base + bit + k];
    }
}

/* x[w] becomes the sum of x over the subsets of w. */
static inline __attribute__((always_inline)) void sum_below_of(double *x, int lists)
{
    for (int i = 0; i < lists; i++) {
        unsigned bit = 1u << i;
        for (unsigned base = 0; base < 1u << lists; base += 2 * bit)
            for (unsigned k = 0; k < bit; k++) x[base + bit + k] += x[base + k];
    }
}

/* With a number of lists the compiler knows it unrolls the loops. */
#define BY_LISTS(name)                     \
    static void name(double *x, int lists) \
    {                                      \
        switch (lists) {                   \
        case 2: name##_of(x, 2); break;    \
        case 3: name##_of(x, 3); break;    \
        case 4: name##_of(x, 4); break;    \
        case 5: name##_of(x, 5); break;    \
        case 6: name##_of(x, 6); break;    \
        default: name##_of(x, lists);      \
        }                                  \
    }
BY_LISTS(sum_above)
BY_LISTS(sum_below)

void mse_fitter_take(struct mse_fitter *f, int lists, const double *counts)
{
    f->lists = lists;
    f->cells = 1 << lists;
    f->observed = (struct mse_set){ 0 };
    f->count[0] = 0;
    for (int w = 1; w < f->cells; w++) {
        f->count[w] = counts[w];
        if (counts[w] > 0) mse_set_add(&f->observed, (unsigned)w);
    }
    memcpy(f->star, f->count, sizeof(double) * (size_t)f->cells);
    sum_above(f->star, lists);
    f->n = f->star[0];
}

/* The information's half: L with L L' = X'WX at the fitted values; false if it is not positive. */
static bool take_root(struct mse_fitter *f)
{
    double *row = f->half;
    for (int i = 0; i < f->terms; i++) {
        const double *other = f->half;
        for (int j = 0; j < i; j++) {
            double s = f->above[f->term[i] | f->term[j]];
            for (int k = 0; k < j; k++) s -= row[k] * other[k];
            row[j] = s * f->root[j];
            other += j + 1;
        }
        double s = f->above[f->term[i]];
        for (int k = 0; k < i; k++) s -= row[k] * row[k];
        if (!(s > 0)) return false;
        row[i] = sqrt(s);
        f->root[i] = 1 / row[i];
        row += i + 1;
    }
    return true;
}

/* Solves L L' x = b in place. Returns b' x. */
static double solve(const struct mse_fitter *f, double *x)
{
    double size = 0;
    const double *row = f->half;
    for (int i = 0; i < f->terms; i++) {
        double s = x[i];
        for (int k = 0; k < i; k++) s -= row[k] * x[k];
        x[i] = s * f->root[i];
        size += x[i] * x[i];
        row += i + 1;
    }
    for (int i = f->terms - 1; i >= 0; i--) {
        row -= i + 1;
        x[i] *= f->root[i];
        for (int k = 0; k < i; k++) x[k] -= row[k] * x[i];
    }
    return size;
}

/* Fitted values and their sums at theta. Returns the log-likelihood without its constant. */
static double evaluate(struct mse_fitter *f, const uint8_t *kept, int cells)
{
    double gain = 0;
    memcpy(f->eta, f->theta, sizeof(double) * (size_t)f->cells);
    sum_below(f->eta, f->lists);
    for (int i = 0; i < cells; i++) f->mu[kept[i]] = exp(f->eta[kept[i]]);
    memcpy(f->above, f->mu, sizeof(double) * (size_t)f->cells);
    sum_above(f->above, f->lists);
    for (int i = 0; i < f->terms; i++) gain += f->theta[f->term[i]] * f->star[f->term[i]];
    return gain - f->above[0];
}

/* The first step of iteratively reweighted least squares, from mu = count + 0.1. */
static bool begin(struct mse_fitter *f, const uint8_t *kept, int cells)
{
    double *pull = f->eta;
    memset(f->mu, 0, sizeof(double) * (size_t)f->cells);
    memset(pull, 0, sizeof(double) * (size_t)f->cells);
    memset(f->theta, 0, sizeof(double) * (size_t)f->cells);
    for (int i = 0; i < cells; i++) {
        int w = kept[i];
        double mu = f->count[w] + 0.1;
        f->mu[w] = mu;
        pull[w] = mu * log(mu) - 0.1;
    }
    memcpy(f->above, f->mu, sizeof(double) * (size_t)f->cells);
    sum_above(f->above, f->lists);
    sum_above(pull, f->lists);
    if (!take_root(f)) return false;
    for (int i = 0; i < f->terms; i++) f->step[i] = pull[f->term[i]];
    (void)solve(f, f->step);
    for (int i = 0; i < f->terms; i++) f->theta[f->term[i]] = f->step[i];
    return true;
}

static bool newton(struct mse_fitter *f, const uint8_t *kept, int cells)
{
    double here = evaluate(f, kept, cells);
    for (f->steps = 1; f->steps < STEPS_MAX; f->steps++) {
        if (!take_root(f)) return false;
        for (int i = 0; i < f->terms; i++) f->step[i] = f->star[f->term[i]] - f->above[f->term[i]];
        double size = solve(f, f->step), there = here;
        for (int half = 0; half < HALVES_MAX; half++) {
            for (int i = 0; i < f->terms; i++) f->theta[f->term[i]] += f->step[i];
            there = evaluate(f, kept, cells);
            if (size < IS_NEAR || there >= here) break;
            for (int i = 0; i < f->terms; i++) f->theta[f->term[i]] -= f->step[i];
            for (int i = 0; i < f->terms; i++) f->step[i] *= 0.5;
        }
        here = there;
        if (size < CONVERGED) return isfinite(here);
    }
    return false;
}

static bool fit(struct mse_fitter *f, const struct mse_set *model, bool is_grown,
                enum mse_status *status)
{
    uint8_t kept[CELLS_MAX];
    *status = mse_exists(f->exists, f->lists, &f->observed, model);
    if (*status != MSE_OK) return false;
    f->face = mse_face_of(f->lists, &f->observed, model);
    int cells = mse_set_members(&f->face.kept, kept);
    /* The intercept comes last: its variance is then the last entry of the inverse, 1 / L[p,p] squared. */
    f->terms = mse_set_members(&f->face.finite, f->term);
    memmove(f->term, f->term + 1, (size_t)f->terms - 1);
    f->term[f->terms - 1] = 0;
    if (is_grown) {
        memset(f->mu, 0, sizeof(double) * (size_t)f->cells);
        if (newton(f, kept, cells)) return true;
    }
    return begin(f, kept, cells) && newton(f, kept, cells);
}

bool mse_fit(struct mse_fitter *f, const struct mse_set *model, enum mse_status *status)
{
    return fit(f, model, false, status);
}

bool mse_fit_grown(struct mse_fitter *f, const struct mse_set *model, enum mse_status *status)
{
    return fit(f, model, true, status);
}

double mse_fit_limit(struct mse_fitter *f, const struct mse_set *model)
{
    if (mse_exists(f->exists, f->lists, &f->observed, model) != MSE_NO_ESTIMATE) return INFINITY;
    bool is_none = mse_dark(f->exists, f->lists, &f->observed, model) == MSE_DARK_VANISHES;
    return is_none ? f->n : INFINITY;
}

double mse_fit_badness(const struct mse_fitter *f)
{
    double gain = 0;
    for (int i = 0; i < f->terms; i++) gain += f->theta[f->term[i]] * f->star[f->term[i]];
    return -2 * (gain - f->above[0]);
}

struct mse_fit mse_fit_whole(struct mse_fitter *f, const struct mse_set *model)
{
    struct mse_fit fit = { .params = mse_set_count(model) };
    fit.is_fitted = mse_fit(f, model, &fit.status);
    if (!fit.is_fitted) return fit;
    double constant = 0, away = 0;
    for (int w = 1; w < f->cells; w++) {
        double y = f->count[w], mu = f->mu[w];
        if (y > 0) away += y * log(y / mu) - (y - mu), constant += log_gamma(y + 1);
        else away += mu;
    }
    fit.df = mse_set_count(&f->face.kept) - f->terms;
    fit.deviance = away > 0 ? 2 * away : 0; /* a saturated model's is rounding alone */
    fit.log_likelihood = -0.5 * mse_fit_badness(f) - constant;
    fit.aic = 2.0 * fit.params - 2 * fit.log_likelihood;
    fit.bic = fit.params * log(f->n) - 2 * fit.log_likelihood;
    fit.intercept = f->theta[0];
    fit.dark = exp(f->theta[0]);
    fit.N = f->n + fit.dark;
    fit.is_fitted = isfinite(fit.N) && take_root(f);
    if (fit.is_fitted) fit.se_intercept = f->root[f->terms - 1];
    return fit;
}

void mse_fit_errors(struct mse_fitter *f, double *se)
{
    double x[CELLS_MAX];
    if (!take_root(f)) return;
    for (int i = 0; i < f->terms; i++) {
        for (int k = 0; k < f->terms; k++) x[k] = k == i;
        (void)solve(f, x);
        se[i] = sqrt(x[i]);
    }
}
