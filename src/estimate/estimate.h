/* estimate/estimate.h - from a table of lists to an honest number, or to a refusal in words.
 *
 * `estimate_run` does everything: sets aside lists that say nothing, asks whether there can be an estimate, runs the
 * wished methods, and decides what may be said. A method is a row of `estimate_methods`. No number of a method whose
 * status is not ESTIMATE_OK is to be shown to anybody.
 * Needs: base.    Never: a database, a row about a person, a number that numerics invented. */
#ifndef ESTIMATE_ESTIMATE_H
#define ESTIMATE_ESTIMATE_H

#include "estimate/bic.h"
#include "estimate/boot.h"

#define NOTICES_MAX  8  /* of one method */
#define WARNINGS_MAX 32 /* of one estimate */

enum estimate_status {
    ESTIMATE_OK,
    ESTIMATE_INFINITE,         /* no-finite-estimate */
    ESTIMATE_NOT_IDENTIFIABLE, /* not-identifiable */
    ESTIMATE_REFUSED,          /* `why` says what stands against it */
};
str estimate_status_word(enum estimate_status s); /* "ok", "no-finite-estimate" .. */

struct estimate_interval {
    double level;       /* percent */
    double low, high;   /* INFINITY: there is none on that side */
    struct saying note; /* what has to be said with it */
};

struct estimate_term {
    str term; /* "0" is the intercept, "12" lists 1 and 2 */
    double value, se;
    bool is_minus_infinity;
};

struct estimate_share {
    str model;
    double share;
};

/* Limits when the choice is among the first ntop models. */
struct estimate_rung {
    size_t ntop;
    struct estimate_interval interval[LEVELS_MAX];
};

struct estimate_row { /* of a ranking of models */
    str model;
    double N, bic;
};

/* The same method asked in another way: a form of a family, a chain, a longer grid. */
struct estimate_variant {
    struct saying name;               /* "Mth Darroch" */
    double N, se, aic, bic, deviance; /* se of N */
    int df, params;                   /* -1: does not apply */
    struct estimate_interval interval[LEVELS_MAX];
    int intervals;
};

/* What one method says. Numbers that do not apply are NAN. */
struct estimate_result {
    str method;            /* "stepwise" */
    struct saying assumes; /* one sentence for whoever reads the number */
    str model;             /* "[12,3]"; empty if it has none */
    enum estimate_status status;
    struct saying why; /* of a status that is not ESTIMATE_OK */
    enum mse_status model_status;
    bool has_model_status;
    double N, dark; /* everybody; those on no list (N less everybody observed) */
    double se;      /* of log(dark), the model taken as known */
    double aic, bic, deviance, log_likelihood;
    int df, params; /* -1: does not apply */
    struct estimate_interval interval[LEVELS_MAX];
    int intervals;
    struct saying interval_kind;                      /* "BCa, whole choice of the model redone" */
    struct estimate_interval conditional[LEVELS_MAX]; /* lognormal, the model taken as known */
    int conditionals;
    double ahat, z0;
    size_t resamples, infinite_resamples;
    struct estimate_share *selected; /* most often chosen first */
    size_t selected_n;
    struct estimate_term *term;
    size_t terms;
    struct estimate_row *ranked; /* best models first */
    size_t ranked_n, models_valid, models_tried;
    bool is_search; /* not every model was looked at */
    bool is_bound;  /* at least so many: never to be read as the number */
    struct estimate_variant *variant;
    int variants;
    double rhat, ess; /* of chains */
    struct estimate_rung *rung;
    int rungs;
    struct saying notice[NOTICES_MAX];
    int notices;
};

struct estimate_wish {
    str method; /* one method's name, or "all" */
    str model;  /* "[12,3]": fit this one instead; p NULL: choose */
    double p;   /* of stepwise */
    size_t ntop;
    int max_order;
    size_t bootstrap;                      /* 0: no intervals by resampling */
    const struct mse_resamples *resamples; /* NULL: drawn */
    double level[LEVELS_MAX];              /* percent */
    int levels;
    uint64_t seed;
    unsigned threads;
    void (*tell)(void *context, const char *method, size_t done, size_t items); /* may be NULL */
    void *context;
    atomic_bool *stop; /* may be NULL */
};

/* What is said when a list is left out, and when it is foretold. NAN: no number. */
struct estimate_without {
    int list; /* of the whole table, from 0 */
    double stepwise,
        bic; /* N from the others; people only this list saw are then among those not seen */
    /* Of the people on this list, of whom the number is known: what the others make of those among them that they
     * saw themselves. */
    double size, seen_by_others, foretold_stepwise, foretold_bic;
};

/* How far what is said lies apart. */
struct estimate_spread {
    int methods; /* with a number that is no bound */
    double low, high;
    struct estimate_without *without;
    int withouts;
    double without_low, without_high; /* over left-out lists; NAN: there is none */
};

struct estimate {
    struct mse_table whole;
    struct mse_informative lists;
    enum estimate_status status;
    struct saying why;
    bool is_open; /* refused because methods that can all be defended lie far apart */
    struct estimate_result *result;
    int results;
    struct saying warning[WARNINGS_MAX];
    int warnings;
    struct estimate_spread spread;
};

/* What methods share while one estimate is made. */
struct estimate_work {
    struct arena *a;
    const struct estimate_wish *wish;
    struct estimate *out;
    struct mse_fitter *fitter; /* holds the informative lists */
    bool was_stopped;
    bool has_no_main; /* independent lists have no finite estimate: only bounds are left */
    bool
        is_thin; /* the table itself stands against an estimate: methods may be looked at, no number is to be used */
    const char *method; /* which is at work, for `tell` */
};

struct estimate_method {
    str name, about;
    int lists_min, lists_max; /* informative ones */
    /* Fills what it knows; status ESTIMATE_OK and N if it has a number. */
    void (*run)(struct estimate_work *w, struct estimate_result *r);
    bool has_prior; /* it answers whatever the data: not asked where they say nothing */
};
extern const struct estimate_method estimate_methods[];
extern const size_t estimate_methods_n;

enum estimate_answer {
    ESTIMATE_DONE,      /* refusals of an estimate are in `out` */
    ESTIMATE_BAD_MODEL, /* the wished model is none; out->why says why */
    ESTIMATE_STOPPED,
};
MUST_USE enum estimate_answer estimate_run(struct arena *a, const struct mse_table *table,
                                           const struct estimate_wish *wish, struct estimate *out);

/* For methods. */
void estimate_notice(struct estimate_result *r, struct saying words);
void estimate_warn(struct estimate *e, struct saying words);
str estimate_model_name(struct estimate_work *w, const struct mse_set *model);
/* Fits a model and fills in everything about it; false (and the status) if it has no number. */
bool estimate_fill(struct estimate_work *w, const struct mse_set *model, struct estimate_result *r);
/* Status and reason from what exists.h said. */
void estimate_status_of(struct estimate_work *w, const struct mse_set *model, enum mse_status s,
                        struct estimate_result *r);
/* BCa intervals from resamples on which the rule chose anew; the last answer is the method's own. */
void estimate_bootstrap(struct estimate_work *w, const struct mse_rule *rule,
                        struct estimate_result *r);

void estimate_stepwise(struct estimate_work *w, struct estimate_result *r);
void estimate_bic(struct estimate_work *w, struct estimate_result *r);
void estimate_dga(struct estimate_work *w, struct estimate_result *r);
void estimate_lcmcr(struct estimate_work *w, struct estimate_result *r);
void estimate_chao(struct estimate_work *w, struct estimate_result *r);
void estimate_mth(struct estimate_work *w, struct estimate_result *r);
void estimate_petersen(struct estimate_work *w, struct estimate_result *r);
void estimate_chapman(struct estimate_work *w, struct estimate_result *r);
void estimate_fixed(struct estimate_work *w, struct estimate_result *r);

/* verdict.c: every decision on what may be said stands there. The first is made before any method runs: true if none
 * is to run. */
bool estimate_verdict_before(struct estimate_work *w);
void estimate_verdict_main(struct estimate_work *w); /* fits; after the fitter took the table */
void estimate_verdict_after(struct estimate_work *w);

/* spread.c: leaves each list out in turn. For three lists and more. */
void estimate_spread(struct estimate_work *w);

/* What stands beside every number. */
struct saying estimate_untestable(void);

/* json.c, words.c */
void estimate_json(struct sink *out, const struct estimate *e);
void estimate_words(struct sink *out, const struct estimate *e);

#endif
