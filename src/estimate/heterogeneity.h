/* estimate/heterogeneity.h - people differ in how easily they are seen: the Mh and Mth families, and lower bounds.
 *
 * log E(people with history w) = a + (effects of the lists in w, or b |w|) + c h(|w|). What h is cannot be learned from
 * the data: the forms fit about equally and answer very differently. So they are shown side by side, never one alone.
 * Rivest and Baillargeon 2007 (Biometrics 63), as in the R package Rcapture.
 * Needs: table.    Never: a number where the likelihood has no maximum. */
#ifndef ESTIMATE_HETEROGENEITY_H
#define ESTIMATE_HETEROGENEITY_H

#include "estimate/table.h"

enum het_form { HET_NONE, HET_CHAO, HET_POISSON, HET_DARROCH, HET_GAMMA };

struct het_model {
    const char *name; /* "Mth Darroch" */
    enum het_form form;
    bool has_lists; /* an effect for each list (Mth), or one for all (Mh) */
};

enum { HET_MODELS = 10 };
extern const struct het_model het_models[HET_MODELS]; /* M0, Mt, Mh and Mth of each form */

struct het_answer {
    bool is_there; /* false: the likelihood has no maximum, or it lies where nobody is missing */
    double N, dark, se;
    double deviance, aic, bic;
    int params, df;
};

struct het_answer het_fit(const struct mse_table *t, const struct het_model *m);

/* The profile likelihood interval of N at `level` (0.95), the form taken as true. False: it has no end on one side,
 * which is then INFINITY or the number seen. Cormack 1992 (Biometrics 48). */
struct het_interval {
    double best, low, high;
};
struct het_interval het_profile(const struct mse_table *t, const struct het_model *m, double level);

/* Lower bounds and two lists; each with a log-normal interval (Chao 1987, Biometrics 43) where it has one. */
struct bound {
    bool is_there;
    double N, se; /* se 0: not known */
};
struct bound bound_chao(
    const struct mse_table *t); /* at least; from those on one and on two lists */
struct bound bound_petersen(const struct mse_table *t); /* two lists: n1 n2 / m */
struct bound bound_chapman(
    const struct mse_table *t); /* two lists: (n1 + 1)(n2 + 1) / (m + 1) - 1 */
void bound_interval(const struct bound *b, double n, double level, double *low, double *high);

#endif
