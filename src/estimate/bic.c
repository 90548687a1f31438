#include "estimate/bic.h"

#include "base/special.h"

#include <math.h>
#include <stdlib.h>

#define SAME         1e-9 /* relative: BICs this near each other are equal */
#define CHUNK        32   /* models fitted by one piece of work */
#define NTOP_DEFAULT 120  /* all 113 models of four lists */
#define LOOKED_ROUND 20 /* the search ends when the neighbours of this many best models are known */
#define PLACES       131072 /* of the table of models met, a power of two above 2 * MODELS_MAX */

struct work {
    const struct mse_table *table;
    struct mse_fitter **fitter;
    struct mse_ranked *model;
    size_t n;
};

/* Leaves BIC infinite where the model has no estimate. */
static void rank_one(struct mse_fitter *f, struct mse_ranked *m)
{
    enum mse_status status;
    m->params = mse_set_count(&m->model);
    m->bic = m->N = INFINITY;
    if (!mse_fit(f, &m->model, &status)) return;
    m->bic = m->params * log(f->n) + mse_fit_badness(f);
    m->N = f->n + exp(f->theta[0]);
}

static void rank_chunk(void *context, unsigned thread, size_t item)
{
    struct work *w = context;
    for (size_t i = item * CHUNK; i < w->n && i < (item + 1) * CHUNK; i++)
        rank_one(w->fitter[thread], &w->model[i]);
}

static bool is_better(double bic, double than)
{
    if (!isfinite(than)) return bic < than;
    return bic < than - SAME * (fabs(than) + 1);
}

static int plain_cmp(const struct mse_ranked *x, const struct mse_ranked *y)
{
    int by_size = x->params - y->params;
    return by_size ? by_size : mse_set_cmp(&x->model, &y->model);
}

static int ranked_cmp(const void *left, const void *right)
{
    const struct mse_ranked *x = left, *y = right;
    if (x->bic != y->bic) return x->bic < y->bic ? -1 : 1;
    return plain_cmp(x, y);
}

static int tied_cmp(const void *left, const void *right)
{
    return plain_cmp(left, right);
}

/* Sorts, drops what has no estimate, and puts equal BICs, which rounding sorted, into the plain order. */
static void settle(struct mse_ranking *r, double constant)
{
    qsort(r->model, r->n, sizeof r->model[0], ranked_cmp);
    while (r->n && !isfinite(r->model[r->n - 1].bic)) r->n--;
    for (size_t i = 0; i < r->n; i++) r->model[i].bic += constant;
    for (size_t i = 0, end; i < r->n; i = end) {
        for (end = i + 1; end < r->n && !is_better(r->model[i].bic, r->model[end].bic);) end++;
        qsort(r->model + i, end - i, sizeof r->model[0], tied_cmp);
    }
}

static double constant_of(const struct mse_table *t)
{
    double sum = 0;
    for (unsigned w = 1; w < 1u << t->lists; w++) sum += 2 * log_gamma(t->count[w] + 1);
    return sum;
}

static void rank_all(struct arena *a, const struct mse_table *t, const struct mse_set *all,
                     unsigned threads, struct mse_ranking *r)
{
    struct work w = { t, NULL, r->model, r->n };
    for (size_t i = 0; i < r->n; i++) r->model[i].model = all[i];
    threads = crowd_threads(threads);
    if (threads > (r->n + CHUNK - 1) / CHUNK) threads = (unsigned)((r->n + CHUNK - 1) / CHUNK);
    w.fitter = arena_new(a, struct mse_fitter *, threads);
    for (unsigned i = 0; i < threads; i++) {
        w.fitter[i] = mse_fitter_new(a);
        mse_fitter_take(w.fitter[i], t->lists, t->count);
    }
    bool is_done = crowd_run(&(struct crowd){ .threads = threads,
                                              .items = (r->n + CHUNK - 1) / CHUNK,
                                              .work = rank_chunk,
                                              .context = &w });
    (void)is_done; /* nothing stops it */
}

/* The search: models met, in the order they were met, and a table to know them again. */
struct search {
    struct mse_fitter *f;
    struct mse_ranked *met;
    bool *is_open; /* its neighbours are not known yet */
    size_t n;
    uint32_t *place; /* 1 + index in met; 0: nothing here */
};

static void meet(struct search *s, const struct mse_set *model)
{
    uint64_t hash = mse_set_hash(model);
    size_t at = hash & (PLACES - 1);
    for (; s->place[at]; at = (at + 1) & (PLACES - 1))
        if (mse_set_eq(&s->met[s->place[at] - 1].model, model)) return;
    if (s->n == MODELS_MAX) return;
    s->met[s->n].model = *model;
    rank_one(s->f, &s->met[s->n]);
    s->is_open[s->n] = isfinite(s->met[s->n].bic);
    s->place[at] = (uint32_t)++s->n;
}

/* Neighbours: a term more whose parents are all in, or a largest term of two or more lists less. */
static void look_round(struct search *s, struct mse_set model, int lists, int order)
{
    for (unsigned h = 1; h < 1u << lists; h++) {
        int size = __builtin_popcount(h);
        if (size < 2 || size > order) continue;
        bool has = mse_set_has(&model, h), may = true;
        for (int l = 0; l < lists && may; l++)
            may = has ? h >> l & 1 || !mse_set_has(&model, h | 1u << l)
                      : !(h >> l & 1) || mse_set_has(&model, h & ~(1u << l));
        if (!may) continue;
        struct mse_set other = model;
        if (has) mse_set_drop(&other, h);
        else mse_set_add(&other, h);
        meet(s, &other);
    }
}

/* The best model whose neighbours are not known, if it is among the LOOKED_ROUND best of all. */
static bool next_open(const struct search *s, size_t *at)
{
    bool has = false;
    for (size_t i = 0; i < s->n; i++)
        if (s->is_open[i] && (!has || s->met[i].bic < s->met[*at].bic)) *at = i, has = true;
    if (!has) return false;
    size_t better = 0;
    for (size_t i = 0; i < s->n; i++)
        if (!s->is_open[i] && s->met[i].bic < s->met[*at].bic) better++;
    return better < LOOKED_ROUND;
}

static void search(struct arena *a, const struct mse_table *t, struct mse_ranking *r)
{
    struct search s = { .f = mse_fitter_new(a),
                        .met = r->model,
                        .is_open = arena_new(a, bool, MODELS_MAX),
                        .place = arena_new(a, uint32_t, PLACES) };
    mse_fitter_take(s.f, t->lists, t->count);
    struct mse_set start = mse_model_main(t->lists);
    uint8_t pair[PAIRS_MAX];
    int pairs = mse_pairs(t->lists, pair);
    meet(&s, &start);
    for (int i = 0; i < pairs; i++) mse_set_add(&start, pair[i]);
    meet(&s, &start);
    for (int i = 0; i < pairs; i++) /* and every pair that was seen */
        if (!(s.f->star[pair[i]] > 0)) mse_set_drop(&start, pair[i]);
    meet(&s, &start);
    for (size_t at = 0; next_open(&s, &at);) {
        s.is_open[at] = false;
        look_round(&s, s.met[at].model, t->lists, r->order);
    }
    r->n = s.n;
}

struct mse_ranking mse_bic_rank(struct arena *a, const struct mse_table *t, int order,
                                unsigned threads)
{
    struct mse_ranking r = { 0 };
    int largest = t->lists <= 5 ? t->lists - 1 : 2;
    r.order = order ? order : largest;
    if (r.order > t->lists - 1) r.order = t->lists - 1;
    struct mse_set *all = mse_models_all(a, t->lists, r.order, MODELS_MAX, &r.n);
    r.is_all = all != NULL;
    r.model = arena_new(a, struct mse_ranked, r.is_all ? r.n : MODELS_MAX);
    if (r.is_all) rank_all(a, t, all, threads, &r);
    else search(a, t, &r);
    r.tried = r.n;
    settle(&r, constant_of(t));
    return r;
}

struct mse_bic_choice mse_bic_choice(const struct mse_ranking *ranking, size_t ntop)
{
    static const size_t steps[] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000 };
    struct mse_bic_choice c = { .ranking = ranking };
    if (ntop == 0) ntop = NTOP_DEFAULT;
    if (ntop > ranking->n) ntop = ranking->n;
    for (size_t i = 0; i < COUNT_OF(steps) && steps[i] < ntop; i++) c.rung[c.rungs++] = steps[i];
    c.rung[c.rungs++] = ntop;
    return c;
}

void mse_bic_choose(const void *setup, struct mse_fitter *f, struct mse_choice *answer)
{
    const struct mse_bic_choice *c = setup;
    struct mse_ranked best = { .bic = INFINITY, .N = INFINITY };
    size_t at = 0;
    for (int i = 0; i < c->rungs; i++) {
        for (; at < c->rung[i]; at++) {
            struct mse_ranked m = { .model = c->ranking->model[at].model };
            rank_one(f, &m);
            if (is_better(m.bic, best.bic)) best = m;
        }
        answer[i] = (struct mse_choice){ best.N, best.model };
        if (isfinite(best.bic)) continue;
        answer[i].model = mse_model_main(f->lists);
        answer[i].N = mse_fit_limit(f, &answer[i].model);
    }
}
