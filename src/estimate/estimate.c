#include "estimate/estimate.h"

#include "estimate/stepwise.h"

#include <math.h>

const struct estimate_method estimate_methods[] = {
    { S_CONST("stepwise"), S_CONST("two-list terms added one by one while they are significant"), 2,
      LISTS_MAX, estimate_stepwise, false },
    { S_CONST("bic"), S_CONST("the hierarchical model with the lowest BIC"), 2, LISTS_MAX,
      estimate_bic, false },
    { S_CONST("dga"),
      S_CONST("all decomposable graphs, weighed by how well they explain the lists"), 3, 6,
      estimate_dga, true },
    { S_CONST("lcmcr"), S_CONST("latent classes: people of unknown kinds"), 3, LISTS_MAX,
      estimate_lcmcr, true },
    { S_CONST("chao"), S_CONST("a lower bound, from those on one list and on two"), 2, LISTS_MAX,
      estimate_chao, false },
    { S_CONST("mth"), S_CONST("people differ in how easily they are seen"), 2, LISTS_MAX,
      estimate_mth, false },
    { S_CONST("petersen"), S_CONST("two lists: Lincoln and Petersen"), 2, 2, estimate_petersen,
      false },
    { S_CONST("chapman"), S_CONST("two lists: Chapman"), 2, 2, estimate_chapman, false },
};
const size_t estimate_methods_n = COUNT_OF(estimate_methods);

str estimate_status_word(enum estimate_status s)
{
    switch (s) {
    case ESTIMATE_OK: return S("ok");
    case ESTIMATE_INFINITE: return S("no-finite-estimate");
    case ESTIMATE_NOT_IDENTIFIABLE: return S("not-identifiable");
    case ESTIMATE_REFUSED: return S("refused");
    }
    return S("refused");
}

void estimate_notice(struct estimate_result *r, struct saying words)
{
    if (r->notices < (int)COUNT_OF(r->notice)) r->notice[r->notices++] = words;
}

void estimate_warn(struct estimate *e, struct saying words)
{
    if (e->warnings < (int)COUNT_OF(e->warning)) e->warning[e->warnings++] = words;
}

static void blank(struct estimate_result *r, str method)
{
    *r = (struct estimate_result){
        .method = method, .status = ESTIMATE_REFUSED, .df = -1, .params = -1
    };
    r->N = r->dark = r->se = r->aic = r->bic = r->deviance = r->log_likelihood = NAN;
    r->ahat = r->z0 = NAN;
}

/* Reads the wished model and says in out->why what is wrong with it. */
static bool wished_model(struct estimate_work *w, struct mse_set *model)
{
    const struct mse_informative *l = &w->out->lists;
    str text = w->wish->model;
    switch (mse_model_read(text, w->out->whole.lists, l->table.lists, l->column, model)) {
    case MSE_MODEL_READ: return true;
    case MSE_MODEL_MISWRITTEN:
        w->out->why = SAY(PHRASE(
            "a model is written as its terms by the numbers of their lists, such as [12,3]"));
        return false;
    case MSE_MODEL_NO_SUCH_LIST:
        w->out->why = SAY(PHRASE("the model names a list that the table does not have"));
        return false;
    case MSE_MODEL_LACKS_LIST:
        w->out->why = SAY(PHRASE(
            "every list stands in the model, alone or with others: [12,3] rather than [12]"));
        return false;
    }
    return false;
}

static void run_one(struct estimate_work *w, const struct estimate_method *m)
{
    struct estimate_result *r = &w->out->result[w->out->results++];
    blank(r, m->name);
    w->method = m->name.p;
    int lists = w->out->lists.table.lists;
    if (lists < m->lists_min || lists > m->lists_max) {
        r->why = SAY(PHRASE("this method takes {least} to {most} lists"),
                     SAID_NUMBER("least", m->lists_min), SAID_NUMBER("most", m->lists_max));
        return;
    }
    if (w->has_no_main && m->has_prior) {
        r->status = w->out->status;
        r->why = w->out->why;
        return;
    }
    m->run(w, r);
}

/* "all" are those that take so many lists. */
static bool is_wished(const struct estimate_work *w, const struct estimate_method *m)
{
    int lists = w->out->lists.table.lists;
    if (!str_eq(w->wish->method, S("all"))) return str_eq(w->wish->method, m->name);
    return lists >= m->lists_min && lists <= m->lists_max;
}

enum estimate_answer estimate_run(struct arena *a, const struct mse_table *table,
                                  const struct estimate_wish *wish, struct estimate *out)
{
    *out = (struct estimate){ .whole = *table };
    struct estimate_work w = { .a = a, .wish = wish, .out = out };
    out->lists = mse_informative(table);
    out->result = arena_new(a, struct estimate_result, estimate_methods_n + 1);
    struct mse_set model;
    if (wish->model.p && !wished_model(&w, &model)) return ESTIMATE_BAD_MODEL;
    if (estimate_verdict_before(&w)) return ESTIMATE_DONE;
    w.fitter = mse_fitter_new(a);
    mse_fitter_take(w.fitter, out->lists.table.lists, out->lists.table.count);
    if (!wish->model.p) estimate_verdict_main(&w);
    if (wish->model.p) {
        static const struct estimate_method fixed = { S_CONST("model"), S_CONST(""),    2,
                                                      LISTS_MAX,        estimate_fixed, false };
        run_one(&w, &fixed);
    } else {
        for (size_t i = 0; i < estimate_methods_n && !w.was_stopped; i++)
            if (is_wished(&w, &estimate_methods[i])) run_one(&w, &estimate_methods[i]);
    }
    if (w.was_stopped) return ESTIMATE_STOPPED;
    if (!wish->model.p && str_eq(wish->method, S("all"))) estimate_spread(&w);
    estimate_verdict_after(&w);
    return ESTIMATE_DONE;
}
