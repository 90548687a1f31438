/* estimate/bic.h - models ranked by their BIC (Silverman, Chan & Vincent 2024).
 *
 * All hierarchical models where they can all be fitted, a search downhill where they cannot. Only models with one
 * estimate are ranked. The bootstrap chooses anew among the first `ntop` of the ranking.
 * Needs: base, fit.    Never: rank a model without an estimate. */
#ifndef ESTIMATE_BIC_H
#define ESTIMATE_BIC_H

#include "estimate/boot.h"

struct mse_ranked {
    struct mse_set model;
    double bic, N;
    int params;
};

struct mse_ranking {
    struct mse_ranked
        *model;   /* lowest BIC first; equal ones (1e-9): fewer terms, then first pair */
    size_t n;     /* with an estimate */
    size_t tried; /* fitted or found to have none */
    bool is_all;  /* every hierarchical model of this order; false: found by searching */
    int order;
};

/* order 0: lists - 1 for up to five lists, 2 beyond. */
struct mse_ranking mse_bic_rank(struct arena *a, const struct mse_table *t, int order,
                                unsigned threads);

/* The rule of a bootstrap: among the first rung[i] models of the ranking, the one with the lowest BIC. */
struct mse_bic_choice {
    const struct mse_ranking *ranking;
    size_t rung[RUNGS_MAX]; /* rising */
    int rungs;
};
/* 1, 2, 5, 10, 20, 50 .. and ntop itself (0: all up to 120), no more than there are. */
struct mse_bic_choice mse_bic_choice(const struct mse_ranking *ranking, size_t ntop);
void mse_bic_choose(const void *setup, struct mse_fitter *f, struct mse_choice *answer);

#endif
