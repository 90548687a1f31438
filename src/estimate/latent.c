#include "estimate/latent.h"

#include "base/draws.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

const struct latent_ask latent_usual = {
    .classes = 10, .chains = 4, .burn_in = 10000, .samples = 1000, .apart = 50, .seed = 1
};

#define MISSING_MAX 1e15 /* a draw beyond this is told, not kept */
#define RHAT_MOST   1.05
#define ESS_LEAST   50
#define PRIOR       0.25 /* shape and rate of the concentration's prior, as published */

struct chain {
    const struct mse_table *t;
    int classes, histories;
    uint32_t history[CELLS_MAX];
    int64_t count[CELLS_MAX];
    struct draws d;
    double share[CLASSES_MAX], seen[CLASSES_MAX][LISTS_MAX], alpha;
    int64_t members[CLASSES_MAX], on[CLASSES_MAX][LISTS_MAX];
    double missing;
    bool is_endless;
};

static void begin(struct chain *c, const struct mse_table *t, const struct latent_ask *ask,
                  size_t number)
{
    *c = (struct chain){ .t = t, .classes = ask->classes, .alpha = 1 };
    draws_open(&c->d, ask->seed, number);
    for (uint32_t w = 1; w < 1u << t->lists; w++) {
        if (t->count[w] <= 0) continue;
        c->history[c->histories] = w;
        c->count[c->histories++] = (int64_t)t->count[w];
    }
    double left = 1;
    for (int k = 0; k < c->classes; k++) {
        double v = k + 1 < c->classes ? draws_beta(&c->d, 1, 1) : 1;
        c->share[k] = left * v;
        left *= 1 - v;
        for (int j = 0; j < t->lists; j++) c->seen[k][j] = draws_beta(&c->d, 1, 1);
    }
}

/* Into which classes the people of each history fall. */
static void place_seen(struct chain *c)
{
    memset(c->members, 0, sizeof c->members);
    memset(c->on, 0, sizeof c->on);
    for (int h = 0; h < c->histories; h++) {
        uint32_t w = c->history[h];
        double weight[CLASSES_MAX], sum = 0;
        for (int k = 0; k < c->classes; k++) {
            weight[k] = c->share[k];
            for (int j = 0; j < c->t->lists; j++)
                weight[k] *= w >> j & 1 ? c->seen[k][j] : 1 - c->seen[k][j];
            sum += weight[k];
        }
        if (!(sum > 0))
            weight[0] = 1; /* all vanished in rounding: one place is as good as another */
        int64_t in[CLASSES_MAX];
        draws_multinomial(&c->d, c->count[h], weight, (size_t)c->classes, in);
        for (int k = 0; k < c->classes; k++) {
            c->members[k] += in[k];
            for (int j = 0; j < c->t->lists; j++)
                if (w >> j & 1) c->on[k][j] += in[k];
        }
    }
}

/* How many nobody saw, and into which classes they fall. */
static void place_missing(struct chain *c)
{
    double weight[CLASSES_MAX], rho = 0;
    for (int k = 0; k < c->classes; k++) {
        weight[k] = c->share[k];
        for (int j = 0; j < c->t->lists; j++) weight[k] *= 1 - c->seen[k][j];
        rho += weight[k];
    }
    double mean = draws_gamma(&c->d, c->t->n) * rho / (1 - rho);
    if (!(mean < MISSING_MAX)) {
        c->is_endless = true;
        mean = MISSING_MAX;
    }
    int64_t missing = rho > 0 ? draws_poisson(&c->d, mean) : 0, in[CLASSES_MAX];
    c->missing = (double)missing;
    if (missing == 0) return;
    draws_multinomial(&c->d, missing, weight, (size_t)c->classes, in);
    for (int k = 0; k < c->classes; k++) c->members[k] += in[k];
}

static void draw_classes(struct chain *c)
{
    for (int k = 0; k < c->classes; k++)
        for (int j = 0; j < c->t->lists; j++)
            c->seen[k][j] = draws_beta(&c->d, 1 + (double)c->on[k][j],
                                       1 + (double)(c->members[k] - c->on[k][j]));
    /* In logarithms: with a small alpha what one class leaves to the next is far below a double's smallest, and
     * rounding it to nothing would push alpha further down for ever. */
    double after = 0, log_left = 0;
    for (int k = 0; k < c->classes; k++) after += (double)c->members[k];
    for (int k = 0; k + 1 < c->classes; k++) {
        after -= (double)c->members[k];
        double x = draws_log_gamma(&c->d, 1 + (double)c->members[k]),
               y = draws_log_gamma(&c->d, c->alpha + after);
        double both = fmax(x, y) + log1p(exp(-fabs(x - y)));
        c->share[k] = exp(log_left + x - both);
        log_left += y - both;
    }
    c->share[c->classes - 1] = exp(log_left);
    c->alpha = draws_gamma(&c->d, PRIOR + c->classes - 1) / (PRIOR - log_left);
}

static void sweep(struct chain *c)
{
    place_seen(c);
    place_missing(c);
    draw_classes(c);
}

struct run {
    const struct mse_table *t;
    const struct latent_ask *ask;
    double *N; /* chain after chain */
    bool is_endless[CHAINS_MAX], is_cut[CHAINS_MAX];
    atomic_size_t done;
};

static bool is_stopped(const struct latent_ask *ask)
{
    return ask->stop && atomic_load_explicit(ask->stop, memory_order_relaxed);
}

static void run_chain(void *context, unsigned thread, size_t number)
{
    struct run *r = context;
    const struct latent_ask *ask = r->ask;
    struct chain c;
    begin(&c, r->t, ask, number);
    for (int64_t i = 0; i < ask->burn_in && !is_stopped(ask); i++) sweep(&c);
    c.is_endless = false; /* what was drawn on the way there says nothing */
    for (int64_t i = 0; i < ask->samples && !is_stopped(ask); i++) {
        for (int64_t k = 0; k < ask->apart; k++) sweep(&c);
        r->N[number * (size_t)ask->samples + (size_t)i] = r->t->n + c.missing;
        size_t done = atomic_fetch_add(&r->done, 1) + 1;
        if (thread == 0 && ask->tell)
            ask->tell(ask->told, (double)done / (double)(ask->samples * ask->chains));
    }
    r->is_endless[number] = c.is_endless;
    r->is_cut[number] = is_stopped(ask);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(const double *sorted, size_t n, double share)
{
    double h = share * (double)(n - 1);
    size_t i = (size_t)h;
    return i + 1 < n ? sorted[i] + (h - (double)i) * (sorted[i + 1] - sorted[i]) : sorted[n - 1];
}

double latent_quantile(const struct latent_answer *l, double share)
{
    return quantile(l->N, l->n, share);
}

/* Split R-hat and effective sample size of log N over the halves of the chains. */
static void convergence(struct latent_answer *out, const double *N, size_t chains, size_t samples,
                        double *x)
{
    size_t half = samples / 2, m = 2 * chains;
    double mean[2 * CHAINS_MAX], within = 0, between = 0, grand = 0;
    for (size_t k = 0; k < m; k++) {
        const double *from = N + (k / 2) * samples + (k % 2) * (samples - half);
        double *at = x + k * half, s = 0, q = 0;
        for (size_t i = 0; i < half; i++) s += at[i] = log(from[i]);
        mean[k] = s / (double)half;
        for (size_t i = 0; i < half; i++) q += (at[i] - mean[k]) * (at[i] - mean[k]);
        within += q / (double)(half - 1) / (double)m;
        grand += mean[k] / (double)m;
    }
    for (size_t k = 0; k < m; k++)
        between += (mean[k] - grand) * (mean[k] - grand) / (double)(m - 1);
    double total = within * (double)(half - 1) / (double)half + between;
    out->rhat = within > 0 ? sqrt(total / within) : between > 0 ? INFINITY : 1;
    /* Autocorrelations, added in pairs until a pair is negative (Geyer 1992). */
    double sum = 1;
    for (size_t lag = 1; total > 0 && lag + 1 < half; lag += 2) {
        double pair = 0;
        for (size_t both = 0; both < 2; both++) {
            double v = 0;
            for (size_t k = 0; k < m; k++) {
                const double *at = x + k * half;
                double s = 0;
                for (size_t i = lag + both; i < half; i++)
                    s += (at[i] - at[i - lag - both]) * (at[i] - at[i - lag - both]);
                v += s / (double)(half - lag - both) / (double)m;
            }
            pair += 1 - v / (2 * total);
        }
        if (pair < 0) break;
        sum += 2 * pair;
    }
    out->ess = (double)(m * half) / sum;
}

/* Draws follow from the lists themselves, not from the order of their columns. */
static struct mse_table in_order(const struct mse_table *t)
{
    struct mse_table out = { .lists = t->lists, .n = t->n, .is_whole = t->is_whole };
    int order[LISTS_MAX];
    mse_lists_ordered(t, order);
    for (uint32_t w = 1; w < 1u << t->lists; w++)
        out.count[mse_history_ordered(order, t->lists, w)] = t->count[w];
    return out;
}

struct latent_answer latent_run(struct arena *a, const struct mse_table *t,
                                const struct latent_ask *ask)
{
    assert(ask->classes > 0 && ask->classes <= CLASSES_MAX && ask->chains > 0 &&
           ask->chains <= CHAINS_MAX && ask->samples >= 4);
    size_t chains = (size_t)ask->chains, samples = (size_t)ask->samples;
    struct run *r = arena_new(a, struct run, 1);
    struct mse_table *ordered = arena_new(a, struct mse_table, 1);
    *ordered = in_order(t);
    *r = (struct run){ .t = ordered, .ask = ask, .N = arena_new(a, double, chains *samples) };
    bool is_whole = crowd_run(&(struct crowd){ .threads = ask->threads,
                                               .items = chains,
                                               .work = run_chain,
                                               .context = r,
                                               .stop = ask->stop });

    struct latent_answer out = { .n = chains * samples };
    for (size_t k = 0; k < chains; k++) is_whole = is_whole && !r->is_cut[k];
    if (!is_whole) return out;
    convergence(&out, r->N, chains, samples, arena_new(a, double, chains *samples));
    for (size_t k = 0; k < chains; k++) {
        qsort(r->N + k * samples, samples, sizeof *r->N, by_size);
        out.median_of[k] = quantile(r->N + k * samples, samples, 0.5);
        out.is_endless = out.is_endless || r->is_endless[k];
    }
    qsort(r->N, out.n, sizeof *r->N, by_size);
    out.N = r->N;
    out.is_there = true;
    out.agrees = out.rhat <= RHAT_MOST && out.ess >= ESS_LEAST && !out.is_endless;
    return out;
}
