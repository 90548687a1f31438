#include "estimate/boot.h"

#include "base/draws.h"

#include <math.h>
#include <stdlib.h>

struct shared {
    const struct mse_boot_wish *wish;
    const struct mse_table *table;
    struct mse_boot *out;
    struct mse_fitter **fitter; /* by thread */
    double *weight;             /* the observed histories' counts, in the order of `history` */
    uint8_t history[CELLS_MAX];
    int histories;
};

static void answer(const struct shared *s, struct mse_fitter *f, const double *count, double *N,
                   size_t stride, struct mse_set *model)
{
    struct mse_choice choice[RUNGS_MAX];
    int n = s->wish->rule->answers;
    mse_fitter_take(f, s->table->lists, count);
    if (f->n > 0) s->wish->rule->choose(s->wish->rule->setup, f, choice);
    else
        for (int i = 0; i < n; i++) choice[i] = (struct mse_choice){ .N = INFINITY };
    for (int i = 0; i < n; i++) N[(size_t)i * stride] = choice[i].N;
    if (model) *model = choice[n - 1].model;
}

static void one_resample(const struct shared *s, struct mse_fitter *f, size_t item)
{
    double count[CELLS_MAX] = { 0 };
    const struct mse_resamples *given = s->wish->given;
    if (given) {
        const int32_t *row = given->count + item * (size_t)given->columns;
        for (int k = 0; k < given->columns; k++)
            count[mse_history_left(s->wish->lists, given->history[k])] += row[k];
    } else {
        struct draws d;
        int64_t drawn[CELLS_MAX];
        draws_open(&d, s->wish->seed, item);
        draws_multinomial(&d, (int64_t)s->table->n, s->weight, (size_t)s->histories, drawn);
        for (int k = 0; k < s->histories; k++) count[s->history[k]] = (double)drawn[k];
    }
    answer(s, f, count, s->out->N + item, s->out->resamples, &s->out->model[item]);
}

static void one_left_out(const struct shared *s, struct mse_fitter *f, size_t item)
{
    double count[CELLS_MAX];
    memcpy(count, s->table->count, sizeof count);
    count[s->history[item]] -= 1;
    answer(s, f, count, s->out->without + item, s->out->histories, NULL);
}

static void one(void *context, unsigned thread, size_t item)
{
    const struct shared *s = context;
    if (item < s->out->resamples) one_resample(s, s->fitter[thread], item);
    else one_left_out(s, s->fitter[thread], item - s->out->resamples);
}

static void tell(void *context, size_t done, size_t items)
{
    const struct mse_boot_wish *w = ((struct shared *)context)->wish;
    w->tell(w->context, done, items);
}

/* In an order that does not depend on that of the columns: who draws does not know it either. */
static void take_histories(struct shared *s)
{
    int order[LISTS_MAX], lists = s->table->lists;
    uint8_t at[CELLS_MAX];
    mse_lists_ordered(s->table, order);
    for (unsigned h = 1; h < 1u << lists; h++)
        at[mse_history_ordered(order, lists, h)] = (uint8_t)h;
    for (unsigned k = 1; k < 1u << lists; k++)
        if (s->table->count[at[k]] > 0) s->history[s->histories++] = at[k];
}

bool mse_boot_run(struct arena *a, const struct mse_boot_wish *w, struct mse_boot *out)
{
    const struct mse_table *t = &w->lists->table;
    struct shared s = { .wish = w, .table = t, .out = out };
    take_histories(&s);
    s.weight = arena_new(a, double, (size_t)s.histories);
    for (int k = 0; k < s.histories; k++) s.weight[k] = t->count[s.history[k]];

    size_t answers = (size_t)w->rule->answers;
    *out = (struct mse_boot){ .resamples = w->given ? w->given->n : w->resamples,
                              .histories = (size_t)s.histories,
                              .people = s.weight };
    out->N = arena_new(a, double, answers * out->resamples);
    out->model = arena_new(a, struct mse_set, out->resamples);
    out->without = arena_new(a, double, answers * out->histories);

    size_t items = out->resamples + out->histories;
    unsigned threads = crowd_threads(w->threads);
    if (threads > items) threads = (unsigned)items;
    s.fitter = arena_new(a, struct mse_fitter *, threads);
    for (unsigned i = 0; i < threads; i++) s.fitter[i] = mse_fitter_new(a);
    return crowd_run(&(struct crowd){ .threads = threads,
                                      .items = items,
                                      .work = one,
                                      .context = &s,
                                      .tell = w->tell ? tell : NULL,
                                      .stop = w->stop });
}
