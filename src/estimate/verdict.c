/* What may be said of a table and of each method's number. Every refusal stands here, so that it can be read at once. */
#include "estimate/estimate.h"

#include <math.h>

/* Always true: the run is over, or the table is too thin. */
static bool end_with(struct estimate *e, enum estimate_status status, struct saying why)
{
    e->status = status;
    e->why = why;
    return true;
}

#define PEOPLE_LEAST  50 /* whom at least one list saw */
#define OVERLAP_LEAST 5  /* with some other list, for each list */
#define TIMES_MOST    2  /* between the lowest and the highest of the methods */

/* A list that meets every other in fewer people than OVERLAP_LEAST; -1: there is none. */
static int list_apart(const struct mse_table *t)
{
    for (int i = 0; i < t->lists; i++) {
        double most = 0;
        for (int k = 0; k < t->lists; k++)
            if (k != i) most = fmax(most, mse_overlap(t, 1u << i | 1u << k));
        if (most < OVERLAP_LEAST) return i;
    }
    return -1;
}

/* The table alone stands against an estimate. What methods say may still be looked at, by who checks them. */
static void look_at_table(struct estimate_work *w)
{
    struct estimate *e = w->out;
    int apart = list_apart(&e->lists.table);
    if (e->whole.n < PEOPLE_LEAST)
        w->is_thin = end_with(
            e, ESTIMATE_REFUSED,
            SAY(PHRASE("people seen: {n}; no estimate is made of fewer than {least}"),
                SAID_NUMBER("n", e->whole.n), SAID_NUMBER("least", PEOPLE_LEAST)));
    else if (apart >= 0)
        w->is_thin = end_with(
            e, ESTIMATE_REFUSED,
            SAY(PHRASE("list {list} meets every other list in fewer than {n} people: nothing can "
                       "be learned from it about those not seen"),
                SAID_TEXT("list", e->lists.table.name[apart]), SAID_NUMBER("n", OVERLAP_LEAST)));
}

bool estimate_verdict_before(struct estimate_work *w)
{
    struct estimate *e = w->out;
    int histories = 0;
    for (unsigned h = 1; h < 1u << e->whole.lists; h++) histories += e->whole.count[h] > 0;
    if (histories == 1)
        return end_with(e, ESTIMATE_NOT_IDENTIFIABLE,
                        SAY(PHRASE("everybody was seen by exactly the same lists: nothing says how "
                                   "many were missed")));
    if (e->lists.table.lists < 2)
        return end_with(e, ESTIMATE_REFUSED,
                        SAY(PHRASE("fewer than two lists say anything about people on no list")));
    if (e->lists.set_aside)
        estimate_warn(e, SAY(PHRASE("{n} of {all} lists were set aside"),
                             SAID_NUMBER("n", e->lists.set_aside),
                             SAID_NUMBER("all", e->whole.lists)));
    look_at_table(w);
    return false;
}

/* Lists that are independent are the least any method supposes. Where even that has no finite number, what a prior
 * alone would answer is no estimate. */
void estimate_verdict_main(struct estimate_work *w)
{
    enum mse_status status;
    struct mse_set main = mse_model_main(w->out->lists.table.lists);
    if (mse_fit(w->fitter, &main, &status) || status == MSE_OK) return;
    struct estimate_result r = { 0 };
    estimate_status_of(w, &main, status, &r);
    w->has_no_main = true;
    w->out->status = r.status;
    w->out->why = SAY(PHRASE(
        "the lists overlap too little: not even independent lists would say how many were missed"));
}

/* Takes a method's number back. */
static void withdraw(struct estimate_result *r, struct saying why)
{
    r->status = ESTIMATE_REFUSED;
    r->why = why;
    r->N = r->dark = NAN;
    r->intervals = r->conditionals = r->rungs = 0;
    r->terms = 0;
}

static bool is_possible(double N, double seen)
{
    return isfinite(N) && N - seen >= 1e-6 * (1 + seen);
}

static void end_at_seen(struct estimate_interval *x, int n, double seen)
{
    for (int i = 0; i < n; i++) {
        x[i].low = fmax(x[i].low, seen);
        x[i].high = fmax(x[i].high, seen);
    }
}

/* Nobody who was seen is missed: limits end there, and forms that say otherwise are left out. */
static void keep_above_seen(struct estimate_result *r, double seen)
{
    int kept = 0;
    end_at_seen(r->interval, r->intervals, seen);
    end_at_seen(r->conditional, r->conditionals, seen);
    for (int i = 0; i < r->rungs; i++) end_at_seen(r->rung[i].interval, r->intervals, seen);
    for (int i = 0; i < r->variants; i++) {
        if (!is_possible(r->variant[i].N, seen)) continue;
        r->variant[kept] = r->variant[i];
        end_at_seen(r->variant[kept].interval, r->variant[kept].intervals, seen);
        kept++;
    }
    r->variants = kept;
}

static void judge(struct estimate_work *w, struct estimate_result *r)
{
    double seen = w->out->whole.n;
    keep_above_seen(r, seen);
    if (r->status != ESTIMATE_OK) {
        r->N = r->dark = NAN;
        r->intervals = r->conditionals = r->rungs = 0;
        return;
    }
    if (!isfinite(r->N)) withdraw(r, SAY(PHRASE("there is no finite number")));
    else if (r->N < seen * (1 - 1e-9))
        withdraw(
            r, SAY(PHRASE("the estimate would be {n} people, fewer than the {seen} that were seen"),
                   SAID_REAL("n", r->N, 1), SAID_NUMBER("seen", seen)));
    else if (!is_possible(r->N, seen))
        withdraw(
            r, SAY(PHRASE("the estimate would be that nobody was missed, which no list can know")));
}

static void measure_spread(struct estimate_spread *s, const struct estimate *e)
{
    s->low = INFINITY;
    for (int i = 0; i < e->results; i++) {
        const struct estimate_result *r = &e->result[i];
        if (r->status != ESTIMATE_OK || r->is_bound) continue;
        s->methods++;
        s->low = fmin(s->low, r->N);
        s->high = fmax(s->high, r->N);
    }
    if (s->methods == 0) s->low = s->high = NAN;
}

static void warn_of_lists(struct estimate_work *w)
{
    const struct estimate_spread *s = &w->out->spread;
    if (s->without_high > TIMES_MOST * s->without_low)
        estimate_warn(
            w->out, SAY(PHRASE("leaving out one list moves the number between {low} and {high}"),
                        SAID_NUMBER("low", s->without_low), SAID_NUMBER("high", s->without_high)));
    for (int i = 0; i < s->withouts; i++) {
        const struct estimate_without *x = &s->without[i];
        double low = fmin(x->foretold_stepwise, x->foretold_bic),
               high = fmax(x->foretold_stepwise, x->foretold_bic);
        if (high < x->size / TIMES_MOST || low > x->size * TIMES_MOST)
            estimate_warn(w->out, SAY(PHRASE("the other lists foretell {foretold} people on list "
                                             "{list}, which holds {n}"),
                                      SAID_NUMBER("foretold", low < x->size ? high : low),
                                      SAID_TEXT("list", w->out->whole.name[x->list]),
                                      SAID_NUMBER("n", x->size)));
    }
}

/* The lowest end of any form of a bound, its own error allowed for. */
static double bound_end(const struct estimate_result *r)
{
    double low = r->intervals ? r->interval[r->intervals - 1].low : NAN;
    for (int i = 0; i < r->variants; i++)
        if (r->variant[i].intervals)
            low = fmin(low, r->variant[i].interval[r->variant[i].intervals - 1].low);
    return low;
}

/* A lower bound that lies above an estimate, whichever way it is drawn, puts the estimate in doubt. */
static void warn_of_bounds(struct estimate *e)
{
    const struct estimate_result *bound = NULL, *least = NULL;
    for (int i = 0; i < e->results; i++) {
        const struct estimate_result *r = &e->result[i];
        if (r->status != ESTIMATE_OK) continue;
        if (r->is_bound && r->intervals) bound = r;
        if (!r->is_bound && (!least || r->N < least->N)) least = r;
    }
    if (!bound || !least || !(bound_end(bound) > least->N)) return;
    estimate_warn(
        e, SAY(PHRASE("method {method} says {n}, which lies below the lower bound {bound}: people "
                      "differ in how easily they are seen, or lists avoid one another, more "
                      "than that method knows"),
               SAID_TEXT("method", least->method), SAID_NUMBER("n", least->N),
               SAID_NUMBER("bound", bound->N)));
}

/* A range of which the number is no part: most resamples choose another model, which answers otherwise. */
static void warn_of_ranges(struct estimate *e)
{
    for (int i = 0; i < e->results; i++) {
        const struct estimate_result *r = &e->result[i];
        bool is_outside = false;
        for (int k = 0; r->status == ESTIMATE_OK && k < r->intervals; k++)
            if (r->N < r->interval[k].low * (1 - 1e-9) || r->N > r->interval[k].high * (1 + 1e-9))
                is_outside = true;
        if (is_outside)
            estimate_warn(e, SAY(PHRASE("method {method} says a number outside its own range: on "
                                        "most resamples it chooses otherwise"),
                                 SAID_TEXT("method", r->method)));
    }
}

void estimate_verdict_after(struct estimate_work *w)
{
    struct estimate *e = w->out;
    for (int i = 0; i < e->results; i++) judge(w, &e->result[i]);
    measure_spread(&e->spread, e);
    warn_of_lists(w);
    warn_of_bounds(e);
    warn_of_ranges(e);
    if (w->is_thin && e->results && e->spread.methods == 0 && e->result[0].why.words.english) {
        e->status = e->result[0].status; /* the plainer reason of the two */
        e->why = e->result[0].why;
    }
    if (e->status != ESTIMATE_OK || e->results == 0) return;
    if (e->spread.methods == 0) {
        e->status = e->result[0].status == ESTIMATE_OK ? ESTIMATE_REFUSED : e->result[0].status;
        e->why = e->result[0].status == ESTIMATE_OK
                     ? SAY(PHRASE("there is a lower bound and no estimate"))
                     : e->result[0].why;
    } else if (e->spread.high > TIMES_MOST * e->spread.low) {
        e->is_open = true;
        (void)end_with(e, ESTIMATE_REFUSED,
                       SAY(PHRASE("the data do not determine the number: methods that can all be "
                                  "defended say {low} to {high}"),
                           SAID_NUMBER("low", e->spread.low), SAID_NUMBER("high", e->spread.high)));
    }
}
