#include "estimate/heterogeneity.h"

#include "base/special.h"

#include <math.h>

const struct het_model het_models[HET_MODELS] = {
    { "M0", HET_NONE, false },
    { "Mt", HET_NONE, true },
    { "Mh Chao (LB)", HET_CHAO, false },
    { "Mth Chao (LB)", HET_CHAO, true },
    { "Mh Poisson2", HET_POISSON, false },
    { "Mth Poisson2", HET_POISSON, true },
    { "Mh Darroch", HET_DARROCH, false },
    { "Mth Darroch", HET_DARROCH, true },
    { "Mh Gamma3.5", HET_GAMMA, false },
    { "Mth Gamma3.5", HET_GAMMA, true },
};

#define COLUMNS_MAX (1 + LISTS_MAX + LISTS_MAX) /* intercept, lists, and Chao's terms */

/* A log-linear model on histories first .. 2^lists - 1: one row a history, given by its lists. */
struct design {
    int lists, columns;
    uint32_t first; /* 1: nobody's history is left out; 0: it has a count too */
    double h[COLUMNS_MAX][LISTS_MAX + 1]; /* columns after the lists', by how many lists */
    bool has_lists;
    int base; /* columns before those of h */
};

static double column(const struct design *d, uint32_t w, int j)
{
    int k = __builtin_popcount(w);
    if (j == 0) return 1;
    if (j < d->base) return d->has_lists ? (double)(w >> (j - 1) & 1) : k;
    return d->h[j - d->base][k];
}

static void one_form(struct design *d, enum het_form form)
{
    double *h = d->h[0];
    for (int k = 0; k <= d->lists; k++) {
        if (form == HET_POISSON) h[k] = ldexp(1, k) - 1;
        if (form == HET_DARROCH) h[k] = k * k / 2.0;
        if (form == HET_GAMMA) h[k] = -log(3.5 + k) + log(3.5);
    }
    d->columns = d->base + 1;
}

static struct design design_of(const struct mse_table *t, const struct het_model *m)
{
    struct design d = { .lists = t->lists, .first = 1, .has_lists = m->has_lists };
    d.base = m->has_lists ? 1 + t->lists : 2;
    d.columns = d.base;
    if (m->form == HET_CHAO) { /* the slope may rise after each number of lists: max(k - j, 0) */
        for (int j = 2; j < t->lists; j++)
            for (int k = j + 1; k <= t->lists; k++) d.h[j - 2][k] = k - j;
        if (t->lists > 2) d.columns += t->lists - 2;
    } else if (m->form != HET_NONE) one_form(&d, m->form);
    return d;
}

/* Fitting: Newton's method with halved steps; sizes up to 256 rows and 17 columns. */

struct fit {
    double theta[COLUMNS_MAX], mu[CELLS_MAX], deviance, log_likelihood, variance; /* of theta[0] */
};

/* Solves A x = b for a symmetric positive A, in place; false if it is not. inverse00: of A, may be NULL. */
static bool solve(double A[COLUMNS_MAX][COLUMNS_MAX], int n, double *x, double *inverse00)
{
    for (int j = 0; j < n; j++) {
        double before = A[j][j], d = before;
        for (int k = 0; k < j; k++) d -= A[j][k] * A[j][k];
        if (!(d > before * 1e-13)) return false;
        A[j][j] = sqrt(d);
        for (int i = j + 1; i < n; i++) {
            double s = A[i][j];
            for (int k = 0; k < j; k++) s -= A[i][k] * A[j][k];
            A[i][j] = s / A[j][j];
        }
    }
    double e[COLUMNS_MAX] = { 1 };
    for (int pass = 0; pass < 2; pass++) {
        double *y = pass ? e : x;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) y[i] -= A[i][k] * y[k];
            y[i] /= A[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) y[i] -= A[k][i] * y[k];
            y[i] /= A[i][i];
        }
    }
    if (inverse00) *inverse00 = e[0];
    return true;
}

static void set_mu(const struct design *d, const double *y, struct fit *f)
{
    f->deviance = 0;
    for (uint32_t w = d->first; w < 1u << d->lists; w++) {
        double eta = 0;
        for (int j = 0; j < d->columns; j++) eta += column(d, w, j) * f->theta[j];
        f->mu[w] = exp(eta);
        f->deviance += 2 * (f->mu[w] - y[w] + (y[w] > 0 ? y[w] * (log(y[w]) - eta) : 0));
    }
}

/* The normal equations of one step. */
static void gather(const struct design *d, const double *y, const struct fit *f,
                   double A[COLUMNS_MAX][COLUMNS_MAX], double *g)
{
    memset(A, 0, sizeof(double[COLUMNS_MAX][COLUMNS_MAX]));
    memset(g, 0, sizeof(double[COLUMNS_MAX]));
    for (uint32_t w = d->first; w < 1u << d->lists; w++)
        for (int i = 0; i < d->columns; i++) {
            double x = column(d, w, i);
            if (x == 0) continue;
            g[i] += x * (y[w] - f->mu[w]);
            for (int j = 0; j <= i; j++) A[i][j] += x * column(d, w, j) * f->mu[w];
        }
}

/* Starts from a least-squares fit of log(y + 0.1), as weighted by it. */
static bool start(const struct design *d, const double *y, struct fit *f)
{
    double A[COLUMNS_MAX][COLUMNS_MAX] = { { 0 } }, b[COLUMNS_MAX] = { 0 };
    for (uint32_t w = d->first; w < 1u << d->lists; w++)
        for (int i = 0; i < d->columns; i++) {
            double x = column(d, w, i) * (y[w] + 0.1);
            b[i] += x * (log(y[w] + 0.1) + (y[w] - (y[w] + 0.1)) / (y[w] + 0.1));
            for (int j = 0; j <= i; j++) A[i][j] += x * column(d, w, j);
        }
    if (!solve(A, d->columns, b, NULL)) return false;
    memcpy(f->theta, b, sizeof f->theta);
    set_mu(d, y, f);
    return true;
}

static bool fit_newton(const struct design *d, const double *y, struct fit *f)
{
    if (!start(d, y, f)) return false;
    for (int round = 0; round < 200; round++) {
        double A[COLUMNS_MAX][COLUMNS_MAX], step[COLUMNS_MAX];
        struct fit before = *f;
        gather(d, y, f, A, step);
        if (!solve(A, d->columns, step, &f->variance)) return false;
        double part = 1;
        for (int half = 0; half < 40; half++, part /= 2) {
            for (int j = 0; j < d->columns; j++) f->theta[j] = before.theta[j] + part * step[j];
            set_mu(d, y, f);
            if (f->deviance <= before.deviance + 1e-9 * (fabs(before.deviance) + 1)) break;
        }
        double size = 0;
        for (int j = 0; j < d->columns; j++) size = fmax(size, fabs(part * step[j]));
        if (!(f->deviance >= -1e300)) return false;
        if (size < 1e-11) {
            f->log_likelihood = 0;
            for (uint32_t w = d->first; w < 1u << d->lists; w++) {
                double l = y[w] > 0 ? y[w] * log(f->mu[w]) : 0;
                f->log_likelihood += l - f->mu[w] - log_gamma(y[w] + 1);
            }
            return true;
        }
    }
    return false;
}

/* Does the likelihood have a maximum? It has unless some direction leaves what was seen alone and lets nothing grow
 * where nobody was seen (Fienberg and Rinaldo 2012). With as many independent rows among those seen as columns there
 * is no such direction; with one fewer there is one line to look along; with fewer still we say no. */
static bool has_maximum(const struct design *d, const double *y)
{
    double R[COLUMNS_MAX][COLUMNS_MAX] = { { 0 } }; /* rows of what was seen, reduced */
    int pivot[COLUMNS_MAX], rank = 0, n = d->columns;
    bool is_pivot[COLUMNS_MAX] = { false };
    for (uint32_t w = d->first; w < 1u << d->lists && rank < n; w++) {
        if (y[w] == 0) continue;
        double row[COLUMNS_MAX], size = 0;
        for (int j = 0; j < n; j++) row[j] = column(d, w, j);
        for (int r = 0; r < rank; r++) {
            double by = row[pivot[r]];
            for (int j = 0; j < n; j++) row[j] -= by * R[r][j];
        }
        int at = 0;
        for (int j = 0; j < n; j++)
            if (fabs(row[j]) > size) size = fabs(row[j]), at = j;
        if (size < 1e-9) continue;
        for (int j = 0; j < n; j++) R[rank][j] = row[j] / row[at];
        for (int r = 0; r < rank; r++) {
            double by = R[r][at];
            for (int j = 0; j < n; j++) R[r][j] -= by * R[rank][j];
        }
        pivot[rank++] = at;
        is_pivot[at] = true;
    }
    if (rank == n) return true;
    if (rank < n - 1) return false;
    double way[COLUMNS_MAX] = { 0 };
    for (int j = 0; j < n; j++)
        if (!is_pivot[j]) {
            way[j] = 1;
            for (int r = 0; r < rank; r++) way[pivot[r]] = -R[r][j];
        }
    bool can_grow = false, can_shrink = false;
    for (uint32_t w = d->first; w < 1u << d->lists; w++) {
        double s = 0;
        for (int j = 0; j < n; j++) s += column(d, w, j) * way[j];
        if (y[w] == 0 && s > 1e-9) can_grow = true;
        if (y[w] == 0 && s < -1e-9) can_shrink = true;
    }
    return can_grow && can_shrink;
}

/* Chao's terms may only add: those that would take away are left out, and the rest is fitted anew. */
static bool leave_out_negative(struct design *d, const struct fit *f)
{
    bool any = false;
    for (int j = d->columns - 1; j >= d->base; j--) {
        if (f->theta[j] >= 0) continue;
        any = true;
        for (int k = j; k < d->columns - 1; k++)
            memcpy(d->h[k - d->base], d->h[k - d->base + 1], sizeof d->h[0]);
        d->columns--;
    }
    return any;
}

/* A column of Chao's that stands for a number of lists nobody was on drives its term to minus infinity: left out. */
static void leave_out_empty(struct design *d, const struct mse_table *t)
{
    for (int j = d->columns - 1; j >= d->base; j--) {
        double seen = 0;
        for (uint32_t w = 1; w < 1u << t->lists; w++) seen += column(d, w, j) * t->count[w];
        if (seen > 0) continue;
        for (int k = j; k < d->columns - 1; k++)
            memcpy(d->h[k - d->base], d->h[k - d->base + 1], sizeof d->h[0]);
        d->columns--;
    }
}

/* The design as finally fitted, and the fit. */
static bool fit_model(const struct mse_table *t, const struct het_model *m, struct design *d,
                      struct fit *f)
{
    *d = design_of(t, m);
    if (m->form == HET_CHAO) leave_out_empty(d, t);
    do {
        if (!has_maximum(d, t->count) || !fit_newton(d, t->count, f)) return false;
    } while (m->form == HET_CHAO && leave_out_negative(d, f));
    return true;
}

struct het_answer het_fit(const struct mse_table *t, const struct het_model *m)
{
    struct design d;
    struct fit f;
    struct het_answer out = { 0 };
    if (!fit_model(t, m, &d, &f)) return out;
    int cells = (1 << t->lists) - 1;
    if (d.columns > cells) return out;
    out.is_there = true;
    out.dark = exp(f.theta[0]);
    out.N = t->n + out.dark;
    out.params = d.columns;
    out.df = cells - d.columns;
    out.deviance = f.deviance;
    out.aic = 2 * d.columns - 2 * f.log_likelihood;
    out.bic = d.columns * log(t->n) - 2 * f.log_likelihood;
    /* of N: that of the Poisson intercept, and of the number seen (Rivest and Lévesque 2001) */
    out.se = sqrt(out.dark + out.dark * out.dark * f.variance);
    return out;
}

/* Profile likelihood: the multinomial likelihood of N with all else at its best. */

struct profile {
    const struct mse_table *t;
    struct design d;
    bool is_chao;
};

static double profile_at(const struct profile *p, double missing)
{
    double y[CELLS_MAX];
    memcpy(y, p->t->count, sizeof y);
    y[0] = missing;
    double N = p->t->n + missing;
    struct fit f;
    struct design d = p->d;
    do {
        if (!fit_newton(&d, y, &f)) return -INFINITY;
    } while (p->is_chao && leave_out_negative(&d, &f));
    double l = log_gamma(N + 1) - log_gamma(missing + 1);
    for (uint32_t w = 0; w < 1u << p->d.lists; w++)
        if (y[w] > 0) l += y[w] * log(f.mu[w] / N);
    return l;
}

/* Golden section on the logarithm of the number missing. */
static double best_missing(const struct profile *p, double around)
{
    const double golden = (sqrt(5) - 1) / 2;
    double a = log(around) - 3, b = log(around) + 3;
    double x = b - golden * (b - a), z = a + golden * (b - a);
    double fx = profile_at(p, exp(x)), fz = profile_at(p, exp(z));
    while (b - a > 1e-9) {
        if (fx >= fz) b = z, z = x, fz = fx, x = b - golden * (b - a), fx = profile_at(p, exp(x));
        else a = x, x = z, fx = fz, z = a + golden * (b - a), fz = profile_at(p, exp(z));
    }
    return exp((a + b) / 2);
}

/* Where the profile falls below `least`, between `inside` (above it) and outwards. 0 or INFINITY: nowhere. */
static double crossing(const struct profile *p, double inside, double least, double factor)
{
    double outside = inside;
    for (int i = 0; profile_at(p, outside) > least; i++) {
        if (outside < 1e-6) return 0;
        if (outside > 1e12) return INFINITY;
        inside = outside;
        outside *= factor;
    }
    for (int i = 0; i < 200 && fabs(outside - inside) > 1e-9 * outside; i++) {
        double middle = sqrt(inside * outside);
        if (profile_at(p, middle) > least) inside = middle;
        else outside = middle;
    }
    return inside;
}

struct het_interval het_profile(const struct mse_table *t, const struct het_model *m, double level)
{
    struct profile p = { .t = t, .is_chao = m->form == HET_CHAO };
    struct fit f;
    if (!fit_model(t, m, &p.d, &f)) return (struct het_interval){ NAN, NAN, NAN };
    if (p.is_chao) { /* which of its terms stay is decided anew for each N */
        p.d = design_of(t, m);
        leave_out_empty(&p.d, t);
    }
    p.d.first = 0;
    double best = best_missing(&p, fmax(exp(f.theta[0]), 1e-3));
    double z = normal_point((1 + level) / 2), least = profile_at(&p, best) - z * z / 2;
    return (struct het_interval){ t->n + best, t->n + crossing(&p, best, least, 0.5),
                                  t->n + crossing(&p, best, least, 2) };
}
