#include "estimate/estimate.h"
#include "estimate/stepwise.h"

#include "base/special.h"

#include <math.h>
#include <stdlib.h>

#define RANKED_SHOWN   20
#define MODEL_NAME_MAX 2048

str estimate_model_name(struct estimate_work *w, const struct mse_set *model)
{
    struct sink out;
    sink_open(&out, w->a, MODEL_NAME_MAX);
    mse_model_put(&out, model, w->out->lists.table.lists, w->out->lists.column);
    return arena_str(w->a, sink_str(&out));
}

void estimate_status_of(struct estimate_work *w, const struct mse_set *model, enum mse_status s,
                        struct estimate_result *r)
{
    struct mse_fitter *f = w->fitter;
    r->model_status = s;
    r->has_model_status = true;
    switch (s) {
    case MSE_OK: r->status = ESTIMATE_OK; return;
    case MSE_NO_ESTIMATE:
        if (isfinite(mse_fit_limit(f, model))) {
            r->status = ESTIMATE_REFUSED;
            r->why = SAY(PHRASE(
                "this model puts the number of people on no list at 0, which no list can know"));
            return;
        }
        r->status = ESTIMATE_INFINITE;
        r->why = SAY(
            PHRASE("the lists overlap too little: the likelihood of this model has no maximum"));
        return;
    case MSE_NOT_IDENTIFIABLE:
    case MSE_NEITHER:
        r->status = ESTIMATE_NOT_IDENTIFIABLE;
        r->why = SAY(PHRASE("different numbers of people fit this model equally well"));
        return;
    case MSE_UNDECIDED:
        r->status = ESTIMATE_REFUSED;
        r->why = SAY(PHRASE("it could not be decided exactly whether this model has an estimate"));
        return;
    }
}

static void fill_terms(struct estimate_work *w, const struct mse_set *model,
                       struct estimate_result *r)
{
    struct mse_fitter *f = w->fitter;
    uint8_t term[CELLS_MAX];
    double se[CELLS_MAX], by_term[CELLS_MAX] = { 0 };
    mse_fit_errors(f, se);
    for (int i = 0; i < f->terms; i++) by_term[f->term[i]] = se[i];
    r->terms = (size_t)mse_set_members(model, term);
    r->term = arena_new(w->a, struct estimate_term, r->terms);
    for (size_t i = 0; i < r->terms; i++) {
        char name[LISTS_MAX + 1] = "0";
        int n = 0;
        for (int l = 0; l < f->lists; l++)
            if (term[i] >> l & 1) name[n++] = (char)('0' + w->out->lists.column[l]);
        bool is_lost = mse_set_has(&f->face.minus_infinity, term[i]);
        r->term[i] = (struct estimate_term){ arena_str(w->a, str_of(name)),
                                             is_lost ? -INFINITY : f->theta[term[i]],
                                             is_lost ? NAN : by_term[term[i]], is_lost };
    }
}

/* Lognormal on the dark figure: exp(theta +- z se). */
static void fill_conditional(struct estimate_work *w, const struct mse_fit *fit,
                             struct estimate_result *r)
{
    for (int i = 0; i < w->wish->levels; i++) {
        double z = normal_point(0.5 + w->wish->level[i] / 200), n = w->out->lists.table.n;
        r->conditional[r->conditionals++] =
            (struct estimate_interval){ .level = w->wish->level[i],
                                        .low = n + exp(fit->intercept - z * fit->se_intercept),
                                        .high = n + exp(fit->intercept + z * fit->se_intercept) };
    }
}

bool estimate_fill(struct estimate_work *w, const struct mse_set *model, struct estimate_result *r)
{
    struct mse_fit fit = mse_fit_whole(w->fitter, model);
    r->model = estimate_model_name(w, model);
    r->params = fit.params;
    estimate_status_of(w, model, fit.status, r);
    if (r->status == ESTIMATE_OK && !fit.is_fitted) {
        r->status = ESTIMATE_REFUSED;
        r->why = SAY(PHRASE("the numerics did not come to an end for this model"));
    }
    if (r->status != ESTIMATE_OK) return false;
    r->N = fit.N;
    r->dark = fit.N - w->out->whole.n;
    r->se = fit.se_intercept;
    r->aic = fit.aic;
    r->bic = fit.bic;
    r->deviance = fit.deviance;
    r->log_likelihood = fit.log_likelihood;
    r->df = fit.df;
    fill_terms(w, model, r);
    fill_conditional(w, &fit, r);
    return true;
}

static int set_cmp(const void *left, const void *right)
{
    return mse_set_cmp(left, right);
}

struct chosen {
    struct mse_set model;
    size_t times;
};

static int chosen_cmp(const void *left, const void *right)
{
    const struct chosen *a = left, *b = right;
    if (a->times != b->times) return a->times > b->times ? -1 : 1;
    return mse_set_cmp(&a->model, &b->model);
}

/* How often each model was chosen. Resamples without a finite estimate chose none. */
static void fill_selected(struct estimate_work *w, const struct mse_boot *boot, int answer,
                          struct estimate_result *r)
{
    const double *N = boot->N + (size_t)answer * boot->resamples;
    struct mse_set *model = arena_new(w->a, struct mse_set, boot->resamples + 1);
    struct chosen *chosen = arena_new(w->a, struct chosen, boot->resamples + 1);
    size_t n = 0, kinds = 0;
    for (size_t i = 0; i < boot->resamples; i++)
        if (isfinite(N[i])) model[n++] = boot->model[i];
    qsort(model, n, sizeof model[0], set_cmp);
    for (size_t i = 0; i < n; i++) {
        if (!kinds || !mse_set_eq(&model[i], &chosen[kinds - 1].model))
            chosen[kinds++].model = model[i];
        chosen[kinds - 1].times++;
    }
    qsort(chosen, kinds, sizeof chosen[0], chosen_cmp);
    r->selected = arena_new(w->a, struct estimate_share, kinds + 1);
    r->selected_n = kinds;
    for (size_t i = 0; i < kinds; i++)
        r->selected[i] = (struct estimate_share){ estimate_model_name(w, &chosen[i].model),
                                                  (double)chosen[i].times /
                                                      (double)boot->resamples };
}

static void limits(const struct estimate_work *w, const struct mse_bca *b,
                   struct estimate_interval *out)
{
    for (int i = 0; i < w->wish->levels; i++) {
        struct phrase note = NO_PLURAL;
        double tail = (1 - w->wish->level[i] / 100) / 2;
        out[i].level = w->wish->level[i];
        out[i].low = mse_bca_limit(b, tail, &note);
        out[i].high = mse_bca_limit(b, 1 - tail, &note);
        if (note.english) out[i].note = SAY(note);
    }
}

static void tell(void *context, size_t done, size_t items)
{
    const struct estimate_work *w = context;
    w->wish->tell(w->wish->context, w->method, done, items);
}

void estimate_bootstrap(struct estimate_work *w, const struct mse_rule *rule,
                        struct estimate_result *r)
{
    const struct estimate_wish *wish = w->wish;
    if (!wish->resamples && wish->bootstrap == 0) return;
    if (!w->out->whole.is_whole) {
        estimate_notice(r,
                        SAY(PHRASE("people are resampled whole: decimals give no such interval")));
        return;
    }
    struct mse_boot boot;
    struct mse_boot_wish how = { .lists = &w->out->lists,
                                 .rule = rule,
                                 .given = wish->resamples,
                                 .resamples = wish->bootstrap,
                                 .seed = wish->seed,
                                 .threads = wish->threads,
                                 .tell = wish->tell ? tell : NULL,
                                 .context = w,
                                 .stop = wish->stop };
    if (!mse_boot_run(w->a, &how, &boot)) {
        w->was_stopped = true;
        return;
    }
    int last = rule->answers - 1;
    struct mse_bca b = mse_bca_of(w->a, &boot, last, r->N);
    limits(w, &b, r->interval);
    r->intervals = wish->levels;
    r->ahat = b.ahat;
    r->z0 = b.z0;
    r->resamples = boot.resamples;
    r->infinite_resamples = b.infinite;
    r->interval_kind =
        b.note.english
            ? SAY(PHRASE("percentiles, the whole choice of the model redone on every resample"))
            : SAY(PHRASE("BCa, the whole choice of the model redone on every resample"));
    if (b.note.english) estimate_notice(r, SAY(b.note));
    if (b.infinite)
        estimate_notice(r, SAY(PHRASE("{infinite} of {all} resamples have no finite estimate; they "
                                      "count as infinite"),
                               SAID_NUMBER("infinite", (double)b.infinite),
                               SAID_NUMBER("all", (double)boot.resamples)));
    fill_selected(w, &boot, last, r);
    for (int i = 0; i < r->rungs; i++) {
        struct mse_bca at = mse_bca_of(w->a, &boot, i, r->N);
        limits(w, &at, r->rung[i].interval);
    }
}

static void choose_stepwise(const void *setup, struct mse_fitter *f, struct mse_choice *answer)
{
    enum mse_status status;
    bool has = mse_stepwise(f, *(const double *)setup, &answer->model, &status);
    answer->N = has ? f->n + exp(f->theta[0]) : mse_fit_limit(f, &answer->model);
}

void estimate_stepwise(struct estimate_work *w, struct estimate_result *r)
{
    struct mse_set model;
    enum mse_status status;
    r->assumes = SAY(
        PHRASE("lists are independent but for the pairs in the model, which were added while their "
               "overlap had a probability below {p}; that nobody's chance of being on one list "
               "depends on the others in any further way cannot be tested"),
        SAID_TEXT("p", arena_format(w->a, "%.6g", w->wish->p)));
    bool has = mse_stepwise(w->fitter, w->wish->p, &model, &status);
    (void)
        has; /* the model it stopped at is looked at whole, and says itself whether it has an estimate */
    if (!estimate_fill(w, &model, r)) return;
    estimate_bootstrap(w, &(struct mse_rule){ &w->wish->p, 1, choose_stepwise }, r);
}

static void choose_fixed(const void *setup, struct mse_fitter *f, struct mse_choice *answer)
{
    enum mse_status status;
    answer->model = *(const struct mse_set *)setup;
    bool has = mse_fit(f, &answer->model, &status);
    answer->N = has ? f->n + exp(f->theta[0]) : mse_fit_limit(f, &answer->model);
}

void estimate_fixed(struct estimate_work *w, struct estimate_result *r)
{
    struct mse_set model;
    const struct mse_informative *l = &w->out->lists;
    r->assumes = SAY(PHRASE("this model was given, not chosen: its intervals take it as known and "
                            "are too short if it was chosen by looking at the table"));
    if (mse_model_read(w->wish->model, w->out->whole.lists, l->table.lists, l->column, &model) !=
        MSE_MODEL_READ)
        return;
    if (l->set_aside)
        estimate_notice(
            r, SAY(PHRASE("lists that were set aside are left out of the model that was given")));
    if (!estimate_fill(w, &model, r)) return;
    estimate_bootstrap(w, &(struct mse_rule){ &model, 1, choose_fixed }, r);
    if (r->intervals) r->interval_kind = SAY(PHRASE("BCa, the model taken as known"));
}

void estimate_bic(struct estimate_work *w, struct estimate_result *r)
{
    struct mse_ranking ranking = mse_bic_rank(w->a, &w->out->lists.table, w->wish->max_order,
                                              w->wish->threads);
    r->models_valid = ranking.n;
    r->models_tried = ranking.tried;
    r->is_search = !ranking.is_all;
    if (ranking.order < 2)
        r->assumes = SAY(PHRASE("with two lists there is one model: that being on one does not "
                                "change the chance of being on the other, which cannot be tested"));
    else
        r->assumes = SAY(
            PHRASE("of the hierarchical models with terms of up to {n} lists the one with "
                   "the lowest BIC holds; terms of higher order, and dependence that only "
                   "shows among people on no list, cannot be tested"),
            SAID_NUMBER("n", ranking.order));
    if (r->is_search)
        estimate_notice(r, SAY(PHRASE("there are too many models to fit them all: they were "
                                      "searched, and a better one may have been missed")));
    if (ranking.n == 0) {
        struct mse_set main = mse_model_main(w->out->lists.table.lists);
        if (!estimate_fill(w, &main, r)) return;
        r->status = ESTIMATE_REFUSED; /* cannot be: the main effects are ranked themselves */
        r->why = SAY(PHRASE("no model has an estimate"));
        return;
    }
    r->ranked_n = ranking.n < RANKED_SHOWN ? ranking.n : RANKED_SHOWN;
    r->ranked = arena_new(w->a, struct estimate_row, r->ranked_n);
    for (size_t i = 0; i < r->ranked_n; i++)
        r->ranked[i] = (struct estimate_row){ estimate_model_name(w, &ranking.model[i].model),
                                              ranking.model[i].N, ranking.model[i].bic };
    if (!estimate_fill(w, &ranking.model[0].model, r)) return;
    struct mse_bic_choice choice = mse_bic_choice(&ranking, w->wish->ntop);
    bool has_bootstrap = w->out->whole.is_whole && (w->wish->resamples || w->wish->bootstrap);
    if (!has_bootstrap) choice.rungs = 0;
    r->rungs = choice.rungs;
    r->rung = arena_new(w->a, struct estimate_rung, (size_t)choice.rungs + 1);
    for (int i = 0; i < choice.rungs; i++) r->rung[i].ntop = choice.rung[i];
    estimate_bootstrap(w, &(struct mse_rule){ &choice, choice.rungs, mse_bic_choose }, r);
}
