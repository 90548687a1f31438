/* estimate/boot.h - resamples, the whole choice of a model redone on each, and what follows for the limits.
 *
 * Multinomial resamples of the people observed; BCa limits (Efron 1987) with the acceleration from leaving out one
 * person of each history (Chan, Silverman & Vincent 2021). A resample without a finite estimate counts as infinite
 * and is never dropped. Results depend on the seed, not on the number of threads.
 * Needs: base, fit.    Never: an interval that takes the chosen model as known. */
#ifndef ESTIMATE_BOOT_H
#define ESTIMATE_BOOT_H

#include "base/crowd.h"
#include "estimate/fit.h"

struct mse_choice {
    double N; /* INFINITY: none */
    struct mse_set model;
};

/* A way from a table to a number. It may give several answers at once, such as the choice among the first 1, 2, 5 ..
 * models of a ranking. Called by several threads, each with a fitter of its own that holds the table. */
struct mse_rule {
    const void *setup;
    int answers; /* at most RUNGS_MAX */
    void (*choose)(const void *setup, struct mse_fitter *f, struct mse_choice *answer);
};

/* Resamples somebody brought: counts by resample and column; column k counts history[k]. */
struct mse_resamples {
    size_t n;
    int columns;
    uint8_t history[CELLS_MAX];
    int32_t *count;
};

/* Reads columns h100, h010 ..; other columns are ignored. Every row holds as many people as the table, in histories
 * the table has. False: refused, `why` says what is wrong and where. */
MUST_USE bool mse_resamples_read(struct arena *a, const char *path, const struct mse_table *whole,
                                 struct mse_resamples *out, struct complaint *why);

struct mse_boot_wish {
    const struct mse_informative *lists;
    const struct mse_rule *rule;
    const struct mse_resamples *given; /* NULL: drawn */
    size_t resamples;                  /* how many are drawn */
    uint64_t seed;
    unsigned threads;
    void (*tell)(void *context, size_t done, size_t items); /* may be NULL */
    void *context;
    atomic_bool *stop; /* may be NULL */
};

struct mse_boot {
    size_t resamples, histories; /* histories: left out one by one */
    double *N;                   /* of answer i: N + i * resamples */
    struct mse_set *model;       /* of each resample, by the last answer */
    double *without;             /* of answer i: without + i * histories */
    double *people;              /* by history left out: its count */
};
/* False if it was stopped. */
MUST_USE bool mse_boot_run(struct arena *a, const struct mse_boot_wish *wish, struct mse_boot *out);

/* What the limits follow from. */
struct mse_bca {
    double estimate, z0, ahat;
    size_t resamples, below, infinite;
    const double *sorted;
    struct phrase note; /* why limits are plain percentiles; nothing: they are not */
};
/* Of one answer. A resample is below the estimate if it is so by more than a relative 1e-9: ties are no evidence. */
struct mse_bca mse_bca_of(struct arena *a, const struct mse_boot *boot, int answer,
                          double estimate);
/* The limit with this share of the distribution below it; INFINITY where resamples say so. `note` becomes what has to be
 * said about it, or stays. */
double mse_bca_limit(const struct mse_bca *b, double share, struct phrase *note);

/* Hyndman & Fan's type 8, h = (n + 1/3) q + 1/3 between order statistics. */
double mse_quantile(const double *sorted, size_t n, double share);

#endif
