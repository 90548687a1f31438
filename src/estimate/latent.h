/* estimate/latent.h - latent classes: people of unknown kinds, each kind seen by the lists in its own way.
 *
 * A Dirichlet process mixture, sampled by Gibbs steps (Manrique-Vallier 2016, Biometrics 72). It mixes badly and may
 * have several answers: so several chains are run, and whether they agree is part of the answer.
 * Needs: draws, crowd.    Never: an upper limit on the number missing that is not told. */
#ifndef ESTIMATE_LATENT_H
#define ESTIMATE_LATENT_H

#include "base/crowd.h"
#include "estimate/table.h"

#define CLASSES_MAX 20
#define CHAINS_MAX  32

struct latent_ask {
    int classes;                     /* at most; 10 is enough for what is published */
    int chains;                      /* 2 and more, or nothing is known about agreement */
    int64_t burn_in, samples, apart; /* sweeps before, kept, and between two that are kept */
    uint64_t seed;
    unsigned threads;
    atomic_bool *stop; /* may be NULL */
    void (*tell)(void *told, double share);
    void *told;
};

/* What the published program uses: 10 classes, 10,000 sweeps before, 1,000 kept, 50 apart; four chains. */
extern const struct latent_ask latent_usual;

struct latent_answer {
    bool is_there;    /* false: it was stopped */
    bool agrees;      /* R-hat of log N at most 1.05, effective sample size at least 50 */
    bool is_endless;  /* some draw of the number missing had no bound a machine can hold */
    double rhat, ess; /* of log N, over the halves of the chains (Gelman et al. 2013, 11.4) */
    double median_of[CHAINS_MAX];
    const double *N; /* draws of all chains, ascending */
    size_t n;
};

struct latent_answer latent_run(struct arena *a, const struct mse_table *t,
                                const struct latent_ask *ask);
double latent_quantile(const struct latent_answer *l, double share); /* type 7, as R's */

#endif
