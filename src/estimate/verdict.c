/* What may be said of a table and of each method's number. Every refusal stands here, so that it can be read at once. */
#include "estimate/estimate.h"

#include <math.h>

static bool end_with(struct estimate *e, enum estimate_status status, str why)
{
    e->status = status;
    e->why = why;
    return true;
}

bool estimate_verdict_before(struct estimate_work *w)
{
    struct estimate *e = w->out;
    int histories = 0;
    for (unsigned h = 1; h < 1u << e->whole.lists; h++) histories += e->whole.count[h] > 0;
    if (histories == 1)
        return end_with(
            e, ESTIMATE_NOT_IDENTIFIABLE,
            S("everybody was seen by exactly the same lists: nothing says how many were missed"));
    if (e->lists.table.lists < 2)
        return end_with(e, ESTIMATE_REFUSED,
                        S("fewer than two lists say anything about people on no list"));
    if (e->lists.set_aside)
        estimate_warn(e, arena_format(w->a, "%d of %d lists were set aside", e->lists.set_aside,
                                      e->whole.lists));
    return false;
}

/* Takes a method's number back. */
static void withdraw(struct estimate_result *r, str why)
{
    r->status = ESTIMATE_REFUSED;
    r->why = why;
    r->N = r->dark = NAN;
    r->intervals = r->conditionals = r->rungs = 0;
    r->terms = 0;
}

static void judge(struct estimate_work *w, struct estimate_result *r)
{
    double seen = w->out->whole.n;
    if (r->status != ESTIMATE_OK) {
        r->N = r->dark = NAN;
        r->intervals = r->conditionals = r->rungs = 0;
        return;
    }
    if (!isfinite(r->N)) withdraw(r, S("there is no finite number"));
    else if (r->N < seen * (1 - 1e-9))
        withdraw(r, arena_format(w->a, "it gives %.1f people, fewer than the %.0f that were seen",
                                 r->N, seen));
    else if (r->N - seen < 1e-6 * (1 + seen))
        withdraw(r, S("it says that nobody was missed, which no list can know"));
}

void estimate_verdict_after(struct estimate_work *w)
{
    struct estimate *e = w->out;
    bool has_number = false;
    for (int i = 0; i < e->results; i++) {
        judge(w, &e->result[i]);
        has_number |= e->result[i].status == ESTIMATE_OK;
    }
    if (has_number || e->results == 0) return;
    e->status = e->result[0].status;
    e->why = e->result[0].why;
}
