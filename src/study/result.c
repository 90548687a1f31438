#include "study/result.h"

#include <math.h>

#define COPY_SOME(to, to_n, most, from, from_n, what) \
    for (int i_ = 0; i_ < (int)(from_n) && i_ < (most); i_++, to_n++) to[i_] = (what)

static struct result_method method_of(const struct estimate_result *r)
{
    struct result_method m = { .method = r->method,
                               .model = r->model,
                               .status = r->status,
                               .why = r->why,
                               .assumes = r->assumes,
                               .interval_kind = r->interval_kind,
                               .N = r->status == ESTIMATE_OK ? r->N : NAN,
                               .is_bound = r->is_bound,
                               .resamples = (double)r->resamples,
                               .infinite = (double)r->infinite_resamples };
    COPY_SOME(m.range, m.ranges, LEVELS_MAX, r->interval, r->intervals,
              ((struct result_range){ r->interval[i_].level, r->interval[i_].low,
                                      r->interval[i_].high }));
    COPY_SOME(m.selected, m.selecteds, RESULT_SELECTED, r->selected, r->selected_n,
              ((struct result_share){ r->selected[i_].model, r->selected[i_].share }));
    COPY_SOME(m.variant, m.variants, RESULT_VARIANTS, r->variant, r->variants,
              ((struct result_variant){ r->variant[i_].name, r->variant[i_].N }));
    COPY_SOME(m.notice, m.notices, NOTICES_MAX, r->notice, r->notices, r->notice[i_]);
    for (int i = 0; i < r->intervals && m.notices < NOTICES_MAX; i++)
        if (r->interval[i].note.words.english) m.notice[m.notices++] = r->interval[i].note;
    return m;
}

static void fill_lists(struct study_result *s, const struct estimate *e)
{
    s->lists = e->whole.lists;
    for (int i = 0; i < s->lists; i++) {
        s->list[i] = (struct result_list){ e->whole.name[i], mse_list_size(&e->whole, i),
                                           e->lists.notice[i] };
        for (int k = 0; k < s->lists; k++)
            s->overlap[i][k] = mse_overlap(&e->whole, 1u << i | 1u << k);
    }
}

struct study_result study_result_of(const struct estimate *e, const struct estimate_wish *wish)
{
    struct study_result s = { .seen = e->whole.n,
                              .status = e->status,
                              .why = e->why,
                              .low = e->spread.low,
                              .high = e->spread.high,
                              .bootstrap = (double)wish->bootstrap,
                              .seed = (double)wish->seed };
    if (e->spread.methods == 0) s.low = s.high = NAN;
    fill_lists(&s, e);
    COPY_SOME(s.method, s.methods, RESULT_METHODS, e->result, e->results,
              method_of(&e->result[i_]));
    for (int i = 0; i < e->spread.withouts; i++) {
        const struct estimate_without *w = &e->spread.without[i];
        s.without[s.withouts++] = (struct result_without){
            w->list, w->stepwise, w->bic, w->size, w->foretold_stepwise, w->foretold_bic
        };
    }
    COPY_SOME(s.warning, s.warnings, WARNINGS_MAX, e->warning, e->warnings, e->warning[i_]);
    return s;
}

/* ---- rounding ---- */

static double to_figures(double x, double (*how)(double))
{
    if (!isfinite(x) || fabs(x) < 1) return x > 0 && x < 1 ? how(x) : x;
    double unit = pow(10, floor(log10(fabs(x))) - 1);
    if (unit < 1) unit = 1; /* people are whole */
    return how(x / unit) * unit;
}

double study_round(double x)
{
    return to_figures(x, round);
}

double study_round_down(double x)
{
    return to_figures(x, floor);
}

double study_round_up(double x)
{
    return to_figures(x, ceil);
}

/* A count of people as the public may see it. */
static double count_rounded(double x)
{
    return x < RESULT_SMALL ? NAN : floor(x / RESULT_SMALL) * RESULT_SMALL;
}

struct renamed {
    const struct study_result *exact;
    const str *names;
};

/* Numbers rounded; lists under the names given for them. What is no name of a list stays. */
static struct saying said_rounded(const struct renamed *r, struct saying s)
{
    for (int i = 0; i < s.values; i++) {
        struct said *v = &s.value[i];
        if (!v->is_text && v->decimals == 0) v->number = study_round(v->number);
        if (!v->is_text) continue;
        for (int k = 0; k < r->exact->lists; k++)
            if (str_eq(v->text, r->exact->list[k].name)) {
                v->text = r->names[k];
                break;
            }
    }
    return s;
}

static void round_method(const struct renamed *r, struct result_method *m)
{
    m->N = study_round(m->N);
    m->why = said_rounded(r, m->why);
    m->assumes = said_rounded(r, m->assumes);
    for (int i = 0; i < m->ranges; i++) {
        m->range[i].low = study_round_down(m->range[i].low);
        m->range[i].high = study_round_up(m->range[i].high);
    }
    for (int i = 0; i < m->variants; i++) m->variant[i].N = study_round(m->variant[i].N);
    for (int i = 0; i < m->notices; i++) m->notice[i] = said_rounded(r, m->notice[i]);
    for (int i = 0; i < m->selecteds; i++)
        m->selected[i].share = round(m->selected[i].share * 100) / 100;
}

struct study_result study_result_rounded(const struct study_result *exact, const str *names)
{
    struct study_result s = *exact;
    struct renamed r = { exact, names };
    s.is_rounded = true;
    if (s.seen < RESULT_SMALL) s.seen = NAN;
    s.low = study_round(s.low);
    s.high = study_round(s.high);
    s.why = said_rounded(&r, s.why);
    s.seed = NAN;
    for (int i = 0; i < s.lists; i++) {
        s.list[i].name = names[i];
        s.list[i].size = count_rounded(exact->list[i].size);
        s.list[i].aside = said_rounded(&r, s.list[i].aside);
        for (int k = 0; k < s.lists; k++) s.overlap[i][k] = count_rounded(exact->overlap[i][k]);
    }
    for (int i = 0; i < s.methods; i++) round_method(&r, &s.method[i]);
    for (int i = 0; i < s.withouts; i++) {
        struct result_without *w = &s.without[i];
        w->stepwise = study_round(w->stepwise);
        w->bic = study_round(w->bic);
        w->size = count_rounded(w->size);
        w->foretold_stepwise = study_round(w->foretold_stepwise);
        w->foretold_bic = study_round(w->foretold_bic);
    }
    for (int i = 0; i < s.warnings; i++) s.warning[i] = said_rounded(&r, s.warning[i]);
    return s;
}
