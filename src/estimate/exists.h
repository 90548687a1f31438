/* estimate/exists.h - has a model an extended maximum likelihood estimate, and only one: decided exactly.
 *
 * Fienberg & Rinaldo, Maximum likelihood estimation in log-linear models, Annals of Statistics 40 (2012). Which
 * histories were observed decides it, not how often. Everything is done in whole numbers with no tolerance.
 * Needs: base, model.    Never: a floating-point number. */
#ifndef ESTIMATE_EXISTS_H
#define ESTIMATE_EXISTS_H

#include "estimate/model.h"

enum mse_status {
    MSE_OK = 0,
    MSE_NO_ESTIMATE = 1,      /* the likelihood grows for ever in some direction */
    MSE_NOT_IDENTIFIABLE = 2, /* different numbers of people fit equally well */
    MSE_NEITHER = 3,
    MSE_UNDECIDED = 4, /* whole numbers of 128 bits were too short: treat it as no estimate */
};

/* The terms that stay, and the cells they describe, after every term nobody was observed with is set to minus
 * infinity (its cells have a fitted value of 0). `observed` are the histories with a count above 0. */
struct mse_face {
    struct mse_set kept;   /* non-empty histories; what is left of the table */
    struct mse_set finite; /* terms with a finite coefficient, the intercept among them */
    struct mse_set minus_infinity;
};
struct mse_face mse_face_of(int lists, const struct mse_set *observed, const struct mse_set *model);

/* Decides; `work` holds what it needs and what it decided before, one for each thread. */
struct mse_exists;
struct mse_exists *mse_exists_new(struct arena *a);
MUST_USE enum mse_status mse_exists(struct mse_exists *work, int lists,
                                    const struct mse_set *observed, const struct mse_set *model);

/* Where the dark figure goes while the likelihood of a model without a maximum grows. */
enum mse_dark {
    MSE_DARK_STAYS,    /* it has a limit of its own */
    MSE_DARK_GROWS,    /* it can grow for ever */
    MSE_DARK_VANISHES, /* to 0: the model says that nobody was missed */
};
MUST_USE enum mse_dark mse_dark(struct mse_exists *work, int lists, const struct mse_set *observed,
                                const struct mse_set *model);

#endif
