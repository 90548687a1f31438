#include "estimate/estimate.h"

#include <math.h>

static void people(struct sink *out, double x)
{
    if (isfinite(x)) put_format(out, "%.1f", x);
    else put_lit(out, "no limit");
}

static void say(struct sink *out, const char *before, const struct saying *s)
{
    if (!s->words.english) return;
    put_format(out, "%s" STR_FMT "\n", before, STR_ARG(saying_english(out->arena, s)));
}

static void line_of(struct sink *out, const char *what, const struct estimate_interval *x, int n)
{
    for (int i = 0; i < n; i++) {
        put_format(out, "  %-24s %g%%: ", i ? "" : what, x[i].level);
        people(out, x[i].low);
        put_lit(out, " to ");
        people(out, x[i].high);
        if (x[i].note.words.english)
            put_format(out, "  (" STR_FMT ")", STR_ARG(saying_english(out->arena, &x[i].note)));
        put_char(out, '\n');
    }
}

static void result(struct sink *out, const struct estimate_result *r)
{
    put_format(out, "\n" STR_FMT "  " STR_FMT "\n", STR_ARG(r->method), STR_ARG(r->model));
    if (r->status != ESTIMATE_OK) {
        say(out, "  no number: ", &r->why);
        return;
    }
    put_format(out, "  everybody                %.1f, of whom on no list %.1f\n", r->N, r->dark);
    line_of(out, "limits", r->interval, r->intervals);
    say(out, "                           ", &r->interval_kind);
    line_of(out, "model taken as known", r->conditional, r->conditionals);
    if (isfinite(r->bic))
        put_format(out,
                   "  fit                      deviance %.4f on %d degrees of freedom, %d terms, "
                   "AIC %.4f, BIC %.4f\n",
                   r->deviance, r->df, r->params, r->aic, r->bic);
    for (size_t i = 0; i < r->selected_n && i < 5; i++)
        put_format(out, "  %-24s %5.1f%% " STR_FMT "\n", i ? "" : "chosen by resamples",
                   100 * r->selected[i].share, STR_ARG(r->selected[i].model));
    for (int k = 0; k < r->rungs; k++) {
        put_format(out, "  among the best %-9zu", r->rung[k].ntop);
        for (int i = 0; i < r->intervals; i++) {
            put_format(out, " %g%%: ", r->rung[k].interval[i].level);
            people(out, r->rung[k].interval[i].low);
            put_lit(out, " to ");
            people(out, r->rung[k].interval[i].high);
            put_char(out, i + 1 < r->intervals ? ',' : '\n');
        }
    }
    say(out, "  assumes: ", &r->assumes);
    for (int i = 0; i < r->notices; i++) say(out, "  note: ", &r->notice[i]);
}

void estimate_words(struct sink *out, const struct estimate *e)
{
    put_format(out, "observed: %.15g people on %d lists\n", e->whole.n, e->whole.lists);
    for (int i = 0; i < e->whole.lists; i++) {
        put_format(out, "  %d " STR_FMT ": %.15g", i + 1, STR_ARG(e->whole.name[i]),
                   mse_list_size(&e->whole, i));
        for (int k = 0; k < e->whole.lists; k++)
            if (k != i)
                put_format(out, "%s %d: %.15g", k == (i == 0) ? "; with" : ",", k + 1,
                           mse_overlap(&e->whole, 1u << i | 1u << k));
        put_char(out, '\n');
        say(out, "    ", &e->lists.notice[i]);
    }
    for (int i = 0; i < e->warnings; i++) say(out, "warning: ", &e->warning[i]);
    put_format(out, "status: " STR_FMT "\n", STR_ARG(estimate_status_word(e->status)));
    say(out, "  ", &e->why);
    for (int i = 0; i < e->results; i++) result(out, &e->result[i]);
}
