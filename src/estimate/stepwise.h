/* estimate/stepwise.h - forward choice of two-list terms (Chan, Silverman & Vincent 2021).
 *
 * Begins with independent lists; adds the pair whose observed overlap the fitted model finds least likely, while that
 * probability is below a threshold and the larger model has an estimate.
 * Needs: base, fit.    Never: look at a result to choose again. */
#ifndef ESTIMATE_STEPWISE_H
#define ESTIMATE_STEPWISE_H

#include "estimate/fit.h"

/* True: `model` is the one chosen, and the fitter holds it. False: independent lists already have no estimate
 * (`status` says which kind), and then no larger model has one. p = 0 adds nothing; p = 1 all that may be. */
MUST_USE bool mse_stepwise(struct mse_fitter *f, double p, struct mse_set *model,
                           enum mse_status *status);

/* min(P(X <= x), P(X >= x)) for X Poisson with this mean. */
double mse_poisson_tail(double x, double mean);

#endif
