/* How much hangs on one list: each is left out in turn, and each, whose size is known, is foretold from the others. */
#include "estimate/estimate.h"
#include "estimate/stepwise.h"

#include <math.h>

#define RANKED_LISTS_MAX 5 /* beyond, ranking every model of every smaller table takes too long */

struct pair {
    double stepwise, bic;
};

/* What the two ways of choosing a model say of a table; NAN where they have no number. */
static struct pair points(struct estimate_work *w, const struct mse_table *table)
{
    struct pair out = { NAN, NAN };
    struct mse_informative left = mse_informative(table);
    if (left.table.lists < 2) return out;
    struct mse_set model;
    enum mse_status status;
    mse_fitter_take(w->fitter, left.table.lists, left.table.count);
    if (mse_stepwise(w->fitter, w->wish->p, &model, &status)) {
        double N = left.table.n + exp(w->fitter->theta[0]);
        if (N >= table->n) out.stepwise = N;
    }
    if (left.table.lists > RANKED_LISTS_MAX) return out;
    struct mse_ranking ranking = mse_bic_rank(w->a, &left.table, w->wish->max_order,
                                              w->wish->threads);
    if (ranking.n && ranking.model[0].N >= table->n) out.bic = ranking.model[0].N;
    return out;
}

/* The table of the other lists: all people, or only those on `list`. */
static struct mse_table others(const struct mse_table *t, int list, bool is_of_list)
{
    struct mse_table out = { .lists = t->lists - 1, .is_whole = t->is_whole };
    for (int i = 0, k = 0; i < t->lists; i++)
        if (i != list) out.name[k++] = t->name[i];
    for (unsigned h = 1; h < 1u << t->lists; h++) {
        unsigned below = h & ((1u << list) - 1), left = below | (h >> (list + 1)) << list;
        if (left == 0 || (is_of_list && !(h >> list & 1))) continue;
        out.count[left] += t->count[h];
        out.n += t->count[h];
    }
    return out;
}

static void look_without(struct estimate_work *w, int list)
{
    const struct mse_informative *l = &w->out->lists;
    struct estimate_spread *s = &w->out->spread;
    struct estimate_without *x = &s->without[s->withouts++];
    struct mse_table rest = others(&l->table, list, false), members = others(&l->table, list, true);
    struct pair all = points(w, &rest), own = { NAN, NAN };
    x->list = l->column[list] - 1;
    x->stepwise = all.stepwise;
    x->bic = all.bic;
    x->size = mse_list_size(&l->table, list);
    x->seen_by_others = members.n;
    if (members.n > 0) own = points(w, &members);
    x->foretold_stepwise = own.stepwise;
    x->foretold_bic = own.bic;
    s->without_low = fmin(s->without_low, fmin(all.stepwise, all.bic)); /* fmin lets NAN go */
    s->without_high = fmax(s->without_high, fmax(all.stepwise, all.bic));
}

void estimate_spread(struct estimate_work *w)
{
    int lists = w->out->lists.table.lists;
    struct estimate_spread *s = &w->out->spread;
    s->without_low = s->without_high = NAN;
    if (lists < 3) return;
    s->without = arena_new(w->a, struct estimate_without, LISTS_MAX);
    for (int i = 0; i < lists; i++) {
        if (w->wish->stop && atomic_load(w->wish->stop)) return;
        look_without(w, i);
    }
}
