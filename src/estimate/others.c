/* The methods that do not choose a log-linear model: graphs averaged, latent classes, bounds, differing people. */
#include "estimate/decomposable.h"
#include "estimate/estimate.h"
#include "estimate/heterogeneity.h"
#include "estimate/latent.h"

#include <math.h>

static double tail(const struct estimate_work *w, int level)
{
    return (1 - w->wish->level[level] / 100) / 2;
}

static struct estimate_variant *add_variant(struct estimate_work *w, struct estimate_result *r,
                                            struct saying name, double N)
{
    if (!r->variant) r->variant = arena_new(w->a, struct estimate_variant, CHAINS_MAX);
    struct estimate_variant *v = &r->variant[r->variants++];
    *v = (struct estimate_variant){ .name = name, .N = N, .df = -1, .params = -1 };
    v->se = v->aic = v->bic = v->deviance = NAN;
    return v;
}

static void done(struct estimate_work *w, struct estimate_result *r, double N)
{
    r->status = ESTIMATE_OK;
    r->N = N;
    r->dark = N - w->out->whole.n;
}

static void not_finite(struct estimate_result *r, struct saying why)
{
    r->status = ESTIMATE_INFINITE;
    r->why = why;
}

/* ---- graphs ---- */

#define TIMES_USUAL 30 /* as many missing as are weighed, in times of those seen */
#define TIMES_LESS  10

static void fill_graphs(struct estimate_work *w, const struct dga_answer *d,
                        struct estimate_result *r)
{
    r->selected = arena_new(w->a, struct estimate_share, GRAPHS_SHOWN);
    for (int i = 0; i < d->best_n; i++) {
        struct mse_set model = mse_model_main(w->out->lists.table.lists);
        for (int k = 0; k < d->best[i].cliques; k++)
            for (unsigned s = 1; s <= d->best[i].clique[k]; s++)
                if ((s & d->best[i].clique[k]) == s) mse_set_add(&model, s);
        r->selected[r->selected_n++] = (struct estimate_share){ estimate_model_name(w, &model),
                                                                d->best[i].probability };
    }
    r->model = r->selected_n ? r->selected[0].model : (str){ "", 0 };
}

void estimate_dga(struct estimate_work *w, struct estimate_result *r)
{
    const struct mse_table *t = &w->out->lists.table;
    struct dga_grid grid = { .most = TIMES_USUAL * t->n, .is_weighed = true };
    struct dga_answer d = dga_average(w->a, t, grid);
    grid.most = TIMES_LESS * t->n;
    struct dga_answer less = dga_average(w->a, t, grid);

    r->assumes = SAY(
        PHRASE("lists depend on one another as some decomposable graph says; before the data every "
               "graph is as likely, and a number of people N has weight 1/N"));
    done(w, r, dga_quantile(&d, t->n, 0.5));
    for (int i = 0; i < w->wish->levels; i++)
        r->interval[r->intervals++] =
            (struct estimate_interval){ .level = w->wish->level[i],
                                        .low = dga_quantile(&d, t->n, tail(w, i)),
                                        .high = dga_quantile(&d, t->n, 1 - tail(w, i)) };
    r->interval_kind = SAY(PHRASE("posterior quantiles over graphs and numbers"));
    fill_graphs(w, &d, r);
    add_variant(w, r, SAY(PHRASE("posterior mean")), d.mean);
    struct estimate_variant *v = add_variant(
        w, r, SAY(PHRASE("at most 10 times as many missing as seen")),
        dga_quantile(&less, t->n, 0.5));
    for (int i = 0; i < w->wish->levels; i++)
        v->interval[v->intervals++] =
            (struct estimate_interval){ .level = w->wish->level[i],
                                        .low = dga_quantile(&less, t->n, tail(w, i)),
                                        .high = dga_quantile(&less, t->n, 1 - tail(w, i)) };
    double far = r->interval[r->intervals - 1].high, near = v->interval[v->intervals - 1].high;
    if (far > 1.1 * near)
        estimate_notice(
            r, SAY(PHRASE("the upper end depends on how many missing are thought possible at all: "
                          "{far} with at most 30 times those seen, {near} with 10 times"),
                   SAID_NUMBER("far", far), SAID_NUMBER("near", near)));
}

/* ---- latent classes ---- */

static void tell_share(void *told, double share)
{
    const struct estimate_work *w = told;
    w->wish->tell(w->wish->context, "lcmcr", (size_t)(share * 1000), 1000);
}

static void name_chains(struct estimate_work *w, const struct latent_answer *l, int chains,
                        struct estimate_result *r)
{
    for (int i = 0; i < chains; i++)
        add_variant(w, r, SAY(PHRASE("chain {n}, median"), SAID_NUMBER("n", i + 1)),
                    l->median_of[i]);
}

void estimate_lcmcr(struct estimate_work *w, struct estimate_result *r)
{
    const struct mse_table *t = &w->out->lists.table;
    struct latent_ask ask = latent_usual;
    ask.seed = w->wish->seed;
    ask.threads = w->wish->threads;
    ask.stop = w->wish->stop;
    ask.tell = w->wish->tell ? tell_share : NULL;
    ask.told = w;
    r->assumes = SAY(PHRASE(
        "everybody is of one of at most ten unknown kinds; within a kind lists are independent. "
        "Weak priors: Beta(1,1) on each chance, Gamma(1/4,1/4) on how many kinds"));
    if (!w->out->whole.is_whole) {
        r->why = SAY(PHRASE("this method takes whole numbers of people"));
        return;
    }
    struct latent_answer l = latent_run(w->a, t, &ask);
    if (!l.is_there) {
        w->was_stopped = true;
        return;
    }
    r->rhat = l.rhat;
    r->ess = l.ess;
    if (!l.agrees) {
        name_chains(w, &l, ask.chains, r);
        r->why = SAY(PHRASE("chains disagree (R-hat {rhat}, effective sample size {size}): there "
                            "are several answers, or the chains are too short to know"),
                     SAID_REAL("rhat", l.rhat, 2), SAID_NUMBER("size", l.ess));
        return;
    }
    done(w, r, latent_quantile(&l, 0.5));
    for (int i = 0; i < w->wish->levels; i++)
        r->interval[r->intervals++] =
            (struct estimate_interval){ .level = w->wish->level[i],
                                        .low = latent_quantile(&l, tail(w, i)),
                                        .high = latent_quantile(&l, 1 - tail(w, i)) };
    r->interval_kind = SAY(PHRASE("posterior quantiles of all chains together"));
    name_chains(w, &l, ask.chains, r);
}

/* ---- forms and bounds ---- */

#define FIT_ALIKE    1e-6 /* of AIC */
#define LISTS_UNLIKE 1.05 /* the bound of like lists against that of lists of their own size */

static void form(struct estimate_work *w, struct estimate_result *r, const struct het_model *m)
{
    const struct mse_table *t = &w->out->lists.table;
    struct het_answer a = het_fit(t, m);
    if (!a.is_there) return;
    struct estimate_variant *v = add_variant(w, r, SAY((struct phrase){ m->name }), a.N);
    v->se = a.se;
    v->aic = a.aic;
    v->bic = a.bic;
    v->deviance = a.deviance;
    v->df = a.df;
    v->params = a.params;
    for (int i = 0; i < w->wish->levels; i++) {
        struct het_interval p = het_profile(t, m, w->wish->level[i] / 100);
        v->interval[v->intervals++] =
            (struct estimate_interval){ .level = w->wish->level[i], .low = p.low, .high = p.high };
    }
}

static void closed_interval(struct estimate_work *w, const struct bound *b,
                            struct estimate_result *r)
{
    if (!(b->se > 0)) return;
    for (int i = 0; i < w->wish->levels; i++) {
        struct estimate_interval *x = &r->interval[r->intervals++];
        *x = (struct estimate_interval){ .level = w->wish->level[i] };
        bound_interval(b, w->out->lists.table.n, x->level / 100, &x->low, &x->high);
    }
    r->interval_kind = SAY(PHRASE("log-normal on those not seen, by the formula's own variance"));
}

void estimate_chao(struct estimate_work *w, struct estimate_result *r)
{
    const struct mse_table *t = &w->out->lists.table;
    struct bound b = bound_chao(t);
    bool is_apart = true;
    for (unsigned h = 1; h < 1u << t->lists; h++)
        if (t->count[h] > 0 && __builtin_popcount(h) == 2) is_apart = false;
    r->is_bound = true;
    r->assumes = SAY(
        PHRASE("people may differ in how easily they are seen, but lists do not depend on one "
               "another and see about as many; then there are at least so many, in the long run"));
    if (is_apart) {
        not_finite(r, SAY(PHRASE("nobody is on exactly two lists")));
        return;
    }
    if (!(b.N > t->n)) {
        r->why = SAY(PHRASE("everybody is on two lists or more: this bound says nothing"));
        return;
    }
    done(w, r, b.N);
    closed_interval(w, &b, r);
    r->model = S("closed form");
    for (int i = 0; i < HET_MODELS; i++)
        if (het_models[i].form == HET_CHAO) form(w, r, &het_models[i]);
    if (r->variants == 0) return;
    double with_lists = r->variant[r->variants - 1].N;
    if (b.N > LISTS_UNLIKE * with_lists)
        estimate_notice(r,
                        SAY(PHRASE("lists here see very different numbers of people, which the "
                                   "closed form takes for more people missed: with lists of their "
                                   "own size the bound is {n}"),
                            SAID_NUMBER("n", with_lists)));
}

void estimate_mth(struct estimate_work *w, struct estimate_result *r)
{
    r->assumes = SAY(
        PHRASE("people differ in how easily they are seen, in a way of which the form has to be "
               "chosen; forms that fit alike answer far apart, so none is to be shown alone"));
    int lists = w->out->lists.table.lists;
    const struct estimate_variant *best = NULL;
    for (int i = 0; i < HET_MODELS; i++)
        if (het_models[i].form != HET_CHAO) form(w, r, &het_models[i]);
    /* Independent lists may use every degree of freedom: that is all two lists can say. */
    /* Of three lists all forms with an effect of each list fit exactly alike. The first then stands, not the one that
     * the order of the columns lets come out lower in the sixteenth digit. */
    for (int i = 0; i < r->variants; i++)
        if (r->variant[i].df > (lists == 2 ? -1 : 0) &&
            (!best || r->variant[i].aic < best->aic - FIT_ALIKE))
            best = &r->variant[i];
    if (!best) {
        if (r->variants)
            r->why = SAY(PHRASE("every form has as many parameters as there are histories"));
        else not_finite(r, SAY(PHRASE("no form has a likelihood with a maximum")));
        return;
    }
    done(w, r, best->N);
    r->model = str_of(best->name.words.english);
    r->aic = best->aic;
    r->bic = best->bic;
    r->deviance = best->deviance;
    r->df = best->df;
    r->params = best->params;
    r->intervals = best->intervals;
    memcpy(r->interval, best->interval, sizeof r->interval);
    r->interval_kind = SAY(PHRASE("profile likelihood, the form taken as known"));
    double low = INFINITY, high = 0;
    for (int i = 0; i < r->variants; i++) {
        low = fmin(low, r->variant[i].N);
        high = fmax(high, r->variant[i].N);
    }
    if (high > 2 * low)
        estimate_notice(r, SAY(PHRASE("the forms lie between {low} and {high}"),
                               SAID_NUMBER("low", low), SAID_NUMBER("high", high)));
}

void estimate_petersen(struct estimate_work *w, struct estimate_result *r)
{
    struct bound b = bound_petersen(&w->out->lists.table);
    r->assumes = SAY(
        PHRASE("being on one list does not change the chance of being on the other, and within a "
               "list everybody has the same chance; neither can be tested with two lists"));
    if (!b.is_there) {
        not_finite(r, SAY(PHRASE("nobody is on both lists")));
        return;
    }
    done(w, r, b.N);
    closed_interval(w, &b, r);
    r->model = S("n1 n2 / m");
}

void estimate_chapman(struct estimate_work *w, struct estimate_result *r)
{
    struct bound b = bound_chapman(&w->out->lists.table);
    bool is_apart = w->out->lists.table.count[3] == 0;
    r->assumes = SAY(PHRASE("as Lincoln and Petersen, corrected for small samples"));
    done(w, r, b.N);
    closed_interval(w, &b, r);
    r->model = S("(n1 + 1)(n2 + 1) / (m + 1) - 1");
    r->is_bound = is_apart;
    if (is_apart) {
        r->intervals = 0;
        r->interval_kind = (struct saying){ 0 };
        estimate_notice(r,
                        SAY(PHRASE("nobody is on both lists: bias-corrected, a lower bound only")));
    }
}
