#include "measure/flows.h"

#include <stdlib.h>

#define CITIZENSHIP S("citizenship: ")
#define REPATRIATED S("repatriated from/to: ")

static int by_size(const void *a, const void *b)
{
    const struct flow *x = a, *y = b;
    double more = (y->row->is_suppressed ? 0 : y->row->value) -
                  (x->row->is_suppressed ? 0 : x->row->value);
    if (more != 0) return more > 0 ? 1 : -1;
    if (x->row->year != y->row->year) return x->row->year < y->row->year ? 1 : -1;
    int order = str_cmp(x->written, y->written);
    return order ? order : str_cmp(x->to, y->to);
}

static bool is_asked(const struct measure_tables *t, const struct flow_ask *ask,
                     const struct measure_row *r, struct flow *f)
{
    str prefix = ask->kind == FLOW_CITIZENS ? CITIZENSHIP : REPATRIATED;
    str category = table_text(t, r->category);
    if (r->state == 0 || !str_starts(category, prefix)) return false;
    if (ask->year && r->year != ask->year) return false;
    *f = (struct flow){ .to = table_text(t, r->state),
                        .from = t->meant[r->category],
                        .written = str_from(category, prefix.n),
                        .row = r };
    f->is_own = str_eq(f->from, f->to) || flows_is_own(f->written);
    if (f->is_own) f->from = f->to;
    return (!ask->from.n || str_eq(ask->from, f->from)) && (!ask->to.n || str_eq(ask->to, f->to));
}

size_t flows_read(struct arena *a, const struct measure_tables *t, const struct flow_ask *ask,
                  struct flow **out)
{
    size_t n = 0, room = 256;
    uint32_t victims = table_word(t, S("detected_victims"));
    struct flow *all = arena_new(a, struct flow, room);
    for (size_t i = 0; i < t->detail.n; i++) {
        const struct measure_row *r = &t->detail.row[i];
        struct flow f;
        if (r->metric != victims || r->category == 0 || !is_asked(t, ask, r, &f) ||
            !table_holds(t, r, ask->when))
            continue;
        if (n == room) {
            struct flow *wider = arena_new(a, struct flow, room *= 2);
            memcpy(wider, all, n * sizeof *wider);
            all = wider;
        }
        all[n++] = f;
    }
    qsort(all, n, sizeof *all, by_size);
    *out = all;
    return n;
}

static int by_code(const void *a, const void *b)
{
    return str_cmp(((const struct flow_reporter *)a)->iso3,
                   ((const struct flow_reporter *)b)->iso3);
}

size_t flows_reporters(struct arena *a, const struct measure_tables *t, struct claim_when when,
                       struct flow_reporter **out)
{
    struct flow_reporter *of = arena_new(a, struct flow_reporter, t->words_n);
    uint32_t victims = table_word(t, S("detected_victims"));
    for (size_t i = 0; i < t->detail.n; i++) {
        const struct measure_row *r = &t->detail.row[i];
        if (r->metric != victims || r->state == 0 || r->year == 0 ||
            !str_starts(table_text(t, r->category), CITIZENSHIP) || !table_holds(t, r, when))
            continue;
        struct flow_reporter *f = &of[r->state];
        f->iso3 = table_text(t, r->state);
        f->figures++;
        if (!f->first || r->year < f->first) f->first = r->year;
        if (r->year > f->last) f->last = r->year;
    }
    size_t n = 0;
    for (size_t i = 0; i < t->words_n; i++)
        if (of[i].figures) of[n++] = of[i];
    qsort(of, n, sizeof *of, by_code);
    *out = of;
    return n;
}
