/* estimate/fit.h - one log-linear model fitted to one table by extended maximum likelihood.
 *
 * Counts are Poisson with log mean = sum of the terms within the history; exp(intercept) is the dark figure.
 * Newton's method; gradient and information are read off one superset-sum (zeta) transform of the fitted values:
 * (X'WX)[a,b] is its value at a|b. Terms nobody was observed with are minus infinity and their cells leave the
 * table (Fienberg & Rinaldo 2012; Chan, Silverman & Vincent 2021).
 * Needs: base, exists.    Never: fit a model of which exists.h did not say MSE_OK. */
#ifndef ESTIMATE_FIT_H
#define ESTIMATE_FIT_H

#include "estimate/exists.h"

/* A table made ready for fitting, and what fitting needs; one for each thread. */
struct mse_fitter {
    int lists, cells;
    double n, count[CELLS_MAX], star[CELLS_MAX]; /* star[a]: people whose history holds a */
    struct mse_set observed;
    struct mse_exists *exists;
    /* Of the model fitted last. */
    struct mse_face face;
    uint8_t term[CELLS_MAX]; /* the finite ones, the intercept last */
    int terms;
    double theta[CELLS_MAX]; /* coefficients by term; 0 where there is none */
    double mu[CELLS_MAX];    /* fitted values, 0 where a term is minus infinity; [0] is 0 */
    double above[CELLS_MAX]; /* above[a]: sum of mu over histories that hold a */
    double *half;            /* Cholesky's half of the information, by rows */
    double root[CELLS_MAX], step[CELLS_MAX], eta[CELLS_MAX];
    int steps; /* of Newton's method, the last time */
};

struct mse_fit {
    enum mse_status status;
    bool is_fitted; /* false: no number here means anything */
    double dark, N; /* N = n + dark */
    int params;     /* terms, those at minus infinity among them */
    int df;         /* kept cells less finite terms */
    double deviance, log_likelihood, aic, bic;
    double intercept, se_intercept;
};

struct mse_fitter *mse_fitter_new(struct arena *a);
/* counts by history; [0] is not looked at. */
void mse_fitter_take(struct mse_fitter *f, int lists, const double *counts);

/* Fits; true if the model has one estimate and it was found. theta, mu and above are then its own. */
MUST_USE bool mse_fit(struct mse_fitter *f, const struct mse_set *model, enum mse_status *status);
/* The same of a model that has terms more than the one fitted before, to the same table: it begins where that ended. */
MUST_USE bool mse_fit_grown(struct mse_fitter *f, const struct mse_set *model,
                            enum mse_status *status);
/* The same, with everything that is said of a model. */
struct mse_fit mse_fit_whole(struct mse_fitter *f, const struct mse_set *model);
/* What a model without a maximum says of N: n if its dark figure goes to 0, INFINITY otherwise. */
double mse_fit_limit(struct mse_fitter *f, const struct mse_set *model);
/* -2 log-likelihood without the part that only depends on the table. After mse_fit. */
double mse_fit_badness(const struct mse_fitter *f);
/* Standard errors of the finite terms, in the order of `term`. After mse_fit. */
void mse_fit_errors(struct mse_fitter *f, double *se);

#endif
