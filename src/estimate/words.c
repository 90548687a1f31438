/* The report in plain English: people seen, warnings, what may be said and why not more, then every method. */
#include "estimate/estimate.h"

#include <math.h>
#include <stdio.h>

#define MODELS_SHOWN   5
#define VARIANTS_SHOWN 10

/* Two significant figures, which is more than any of these numbers is worth; never fewer than were seen. */
static double rounded(double x, double seen)
{
    if (!isfinite(x) || x < 100) return fmax(round(x), seen);
    double unit = pow(10, floor(log10(x)) - 1);
    return fmax(round(x / unit) * unit, seen);
}

/* A lower bound is not rounded up. */
static double rounded_down(double x, double seen)
{
    double unit = x < 100 ? 1 : pow(10, floor(log10(x)) - 1);
    return fmax(floor(x / unit) * unit, seen);
}

static void say(struct sink *out, const char *before, const struct saying *s)
{
    if (!s->words.english) return;
    put_format(out, "%s" STR_FMT "\n", before, STR_ARG(saying_english(out->arena, s)));
}

/* "13000 to 17000"; what is infinite is said. */
static const char *range(struct sink *out, double low, double high, const char *form)
{
    char left[64] = "no limit", right[64] = "no limit";
    if (isfinite(low)) snprintf(left, sizeof left, form, low);
    if (isfinite(high)) snprintf(right, sizeof right, form, high);
    return arena_z(out->arena, arena_format(out->arena, "%s to %s", left, right));
}

/* ---- what was seen ---- */

static void lists(struct sink *out, const struct estimate *e)
{
    put_format(out, "Observed: %.15g people on %d lists.\n\n", e->whole.n, e->whole.lists);
    put_lit(out, "  list   people   of whom also on list\n                ");
    for (int i = 0; i < e->whole.lists; i++) put_format(out, " %8d", i + 1);
    put_char(out, '\n');
    for (int i = 0; i < e->whole.lists; i++) {
        put_format(out, "  %4d %8.10g ", i + 1, mse_list_size(&e->whole, i));
        for (int k = 0; k < e->whole.lists; k++)
            if (k == i) put_lit(out, "        .");
            else put_format(out, " %8.10g", mse_overlap(&e->whole, 1u << i | 1u << k));
        put_format(out, "   " STR_FMT "\n", STR_ARG(e->whole.name[i]));
    }
    for (int i = 0; i < e->whole.lists; i++) say(out, "  Note: ", &e->lists.notice[i]);
    for (int i = 0; i < e->warnings; i++) say(out, i ? "Warning: " : "\nWarning: ", &e->warning[i]);
}

/* ---- what may be said ---- */

static void verdict(struct sink *out, const struct estimate *e)
{
    bool has_numbers = false;
    for (int i = 0; i < e->results; i++) has_numbers |= e->result[i].status == ESTIMATE_OK;
    if (e->status != ESTIMATE_OK) {
        put_format(out, "\nNo estimate (" STR_FMT "): ", STR_ARG(estimate_status_word(e->status)));
        say(out, "", &e->why);
        if (has_numbers)
            put_lit(out,
                    "\nWhat each method would say, for whoever checks it; not to be published.\n");
        return;
    }
    if (!has_numbers) return;
    put_lit(out, "\nHow many there are in all, seen or not. No method is right alone: what is "
                 "known is the spread.\n");
}

static void summary(struct sink *out, const struct estimate *e)
{
    double seen = e->whole.n;
    put_lit(out,
            "Two significant figures; the exact ones, for checking, are below.\n\n  method        "
            "         in all");
    const struct estimate_result *head = NULL;
    for (int i = 0; i < e->results; i++)
        if (e->result[i].intervals && !head) head = &e->result[i];
    for (int i = 0; head && i < head->intervals; i++)
        put_format(out, "   %*g%% interval", 12, head->interval[i].level);
    put_char(out, '\n');
    for (int i = 0; i < e->results; i++) {
        const struct estimate_result *r = &e->result[i];
        put_format(out, "  %-10.*s", (int)r->method.n, r->method.p);
        if (r->status != ESTIMATE_OK) {
            put_lit(out, "  no number\n");
            continue;
        }
        put_format(out, "%s %8.0f", r->is_bound ? "  at least" : "          ",
                   r->is_bound ? rounded_down(r->N, seen) : rounded(r->N, seen));
        for (int k = 0; k < r->intervals; k++) {
            put_format(out, "   %21s",
                       range(out, rounded(r->interval[k].low, seen),
                             rounded(r->interval[k].high, seen), "%.0f"));
        }
        put_char(out, '\n');
    }
}

/* ---- each method ---- */

static void intervals(struct sink *out, const char *what, const struct estimate_interval *x, int n)
{
    for (int i = 0; i < n; i++) {
        put_format(out, "  %-22s %g%%: %s", i ? "" : what, x[i].level,
                   range(out, x[i].low, x[i].high, "%.1f"));
        if (x[i].note.words.english)
            put_format(out, "  (" STR_FMT ")", STR_ARG(saying_english(out->arena, &x[i].note)));
        put_char(out, '\n');
    }
}

static void on_one_line(struct sink *out, const struct estimate_interval *x, int n)
{
    for (int i = 0; i < n; i++)
        put_format(out, "%s%g%%: %s", i ? ", " : "", x[i].level,
                   range(out, x[i].low, x[i].high, "%.1f"));
    put_char(out, '\n');
}

static void models(struct sink *out, const struct estimate_result *r)
{
    const char *what = r->resamples ? "chosen by resamples" : "most likely graphs";
    for (size_t i = 0; i < r->selected_n && i < MODELS_SHOWN; i++)
        put_format(out, "  %-22s %5.1f%% " STR_FMT "\n", i ? "" : what, 100 * r->selected[i].share,
                   STR_ARG(r->selected[i].model));
    for (int i = 0; i < r->rungs; i++) {
        put_format(out, "  %-22s ", i ? "" : "choosing among");
        put_format(out, "%3zu best: ", r->rung[i].ntop);
        on_one_line(out, r->rung[i].interval, r->intervals);
    }
}

/* The same method asked otherwise: forms, chains, a shorter grid. */
static void variants(struct sink *out, const struct estimate_result *r)
{
    for (int i = 0; i < r->variants && i < VARIANTS_SHOWN; i++) {
        const struct estimate_variant *v = &r->variant[i];
        str name = saying_english(out->arena, &v->name);
        put_format(out, "  %-22s " STR_FMT ": %.1f", i ? "" : "asked otherwise", STR_ARG(name),
                   v->N);
        if (isfinite(v->aic)) put_format(out, ", AIC %.2f", v->aic);
        if (v->intervals) put_lit(out, ", ");
        on_one_line(out, v->interval, v->intervals);
    }
}

static void result(struct sink *out, const struct estimate_result *r)
{
    put_format(out, "\n" STR_FMT "  " STR_FMT "\n", STR_ARG(r->method), STR_ARG(r->model));
    say(out, "  It assumes: ", &r->assumes);
    if (r->status != ESTIMATE_OK) {
        say(out, "  No number: ", &r->why);
        variants(out, r);
        return;
    }
    put_format(out, "  %-22s %.1f, of whom on no list %.1f\n",
               r->is_bound ? "in all at least" : "in all", r->N, r->dark);
    intervals(out, "interval", r->interval, r->intervals);
    if (r->intervals) say(out, "                         ", &r->interval_kind);
    intervals(out, "model taken as known", r->conditional, r->conditionals);
    if (isfinite(r->bic))
        put_format(out,
                   "  %-22s deviance %.4f, degrees of freedom %d, terms %d, AIC %.4f, BIC %.4f\n",
                   "fit", r->deviance, r->df, r->params, r->aic, r->bic);
    models(out, r);
    variants(out, r);
    for (int i = 0; i < r->notices; i++) say(out, "  Note: ", &r->notice[i]);
}

/* ---- how much hangs on one list ---- */

static void cell(struct sink *out, double x)
{
    if (isfinite(x)) put_format(out, " %10.0f", x);
    else put_lit(out, "          -");
}

static void without(struct sink *out, const struct estimate *e)
{
    const struct estimate_spread *s = &e->spread;
    if (s->withouts == 0) return;
    put_lit(out,
            "\nHow much hangs on one list: what is said without it, and how many of its people "
            "the others foretell.\n\n"
            "  without   stepwise        bic     it holds   foretold by stepwise, by bic\n");
    for (int i = 0; i < s->withouts; i++) {
        const struct estimate_without *x = &s->without[i];
        put_format(out, "  %7d", x->list + 1);
        cell(out, x->stepwise);
        cell(out, x->bic);
        put_lit(out, "  ");
        cell(out, x->size);
        put_lit(out, "  ");
        cell(out, x->foretold_stepwise);
        cell(out, x->foretold_bic);
        put_format(out, "   " STR_FMT "\n", STR_ARG(e->whole.name[x->list]));
    }
}

struct saying estimate_untestable(void)
{
    /* The report of study/report.c says the same words. */
    return SAY(PHRASE("Every number here supposes something that no data can test: how those on no "
                      "list relate to those on some. It may be wrong without any sign of it."));
}

void estimate_words(struct sink *out, const struct estimate *e)
{
    bool has_numbers = false;
    lists(out, e);
    verdict(out, e);
    for (int i = 0; i < e->results; i++) has_numbers |= e->result[i].status == ESTIMATE_OK;
    if (has_numbers) {
        struct saying untestable = estimate_untestable();
        summary(out, e);
        say(out, "\n", &untestable);
    }
    for (int i = 0; i < e->results; i++) result(out, &e->result[i]);
    without(out, e);
}
