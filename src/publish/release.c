#include "publish/release.h"

#include "publish/account.h"
#include "publish/release_parts.h"

#include <math.h>

static bool wrong(struct complaint *why, str what)
{
    *why = (struct complaint){ .what = what };
    return false;
}

bool release_check(struct arena *a, const struct schema *schema, const struct release *r,
                   struct complaint *why)
{
    struct domain d = domain_of(a, &schema->attributes);
    if (d.attributes->n == 0) return wrong(why, S("no value is declared"));
    if (r->length >= 2 && domain_pairs(&d) > RELEASE_CELLS_MAX)
        return wrong(why, S("too many pairs of values are declared; make bands of them"));
    for (size_t i = 0; r->length >= 3 && i < d.columns; i++)
        for (size_t j = i + 1; j < d.columns; j++)
            for (size_t k = j + 1; k < d.columns; k++)
                if ((d.many[i] + 1.0) * (d.many[j] + 1.0) * (d.many[k] + 1.0) > RELEASE_TABLE_MAX)
                    return wrong(why, S("three columns have too many values together; make bands "
                                        "of them or choose --length 2"));
    double rho = account_rho(r->epsilon, r->delta), per = (double)schema->rows_per_person;
    double worst = per * per * (double)d.columns * (double)d.columns * (double)d.columns;
    if (!(rho > 0) || account_variance(worst, rho / 1000) == 0)
        return wrong(why, S("with so small an epsilon or delta the noise would drown everything"));
    return true;
}

/* Whatever is shown has all its parts shown, and is no larger than any of them. */
static void make_consistent(struct arena *a, struct aggregates *g)
{
    combos_sort(&g->combos);
    struct combo_index x;
    combo_index_make(&x, a, &g->combos);
    size_t n = g->combos.n;
    bool *is_out = arena_new(a, bool, n + 1);
    for (size_t i = 0; i < n; i++) { /* shorter ones first */
        struct combo *c = combos_at(&g->combos, i);
        if (c->count > g->records) c->count = (uint32_t)g->records;
        for (size_t out = 0; c->length > 1 && out < c->length; out++) {
            uint16_t part[PUBLISH_LENGTH_MAX];
            size_t m = 0;
            for (size_t j = 0; j < c->length; j++)
                if (j != out) part[m++] = c->at[j];
            size_t p = combo_index_find(&x, part, m);
            if (p == COMBO_NONE || is_out[p]) is_out[i] = true;
            else if (combos_at(&g->combos, p)->count < c->count)
                c->count = combos_at(&g->combos, p)->count;
        }
        if (c->count == 0) is_out[i] = true;
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!is_out[i]) *combos_at(&g->combos, kept++) = *combos_at(&g->combos, i);
    combos_keep(&g->combos, kept);
    combos_sort(&g->combos);
}

static size_t without(const struct combo *c, size_t one, size_t other, uint16_t *out)
{
    size_t m = 0;
    for (size_t j = 0; j < c->length; j++)
        if (j != one && j != other) out[m++] = c->at[j];
    return m;
}

/* Given all but two of its attributes, those two are taken as independent; the guesses of all choices of two, as a
 * geometric mean. */
static double infer(const struct aggregates *g, const struct combo_index *x, const struct combo *c)
{
    double sum = 0;
    int n = 0;
    for (size_t i = 0; i < c->length; i++)
        for (size_t j = i + 1; j < c->length; j++) {
            uint16_t part[PUBLISH_LENGTH_MAX];
            size_t with_j = combo_index_find(x, part, without(c, i, i, part));
            size_t with_i = combo_index_find(x, part, without(c, j, j, part));
            size_t base = combo_index_find(x, part, without(c, i, j, part));
            if (with_i == COMBO_NONE || with_j == COMBO_NONE || base == COMBO_NONE) return 0;
            sum += log(combos_at(&g->combos, with_i)->count) +
                   log(combos_at(&g->combos, with_j)->count) -
                   log(combos_at(&g->combos, base)->count);
            n++;
        }
    return exp(sum / n);
}

void release_extend(struct arena *a, const struct release *r, struct aggregates *g)
{
    for (size_t length = 4; length <= r->length; length++) {
        make_consistent(a, g);
        struct combo_index x;
        combo_index_make(&x, a, &g->combos);
        size_t n = g->combos.n;
        for (size_t i = 0; i < n; i++) {
            const struct combo *c = combos_at(&g->combos, i);
            if (c->length + 1u != length) continue;
            for (size_t next = c->at[c->length - 1] + 1u; next < g->attributes.n; next++) {
                uint16_t pair[2] = { c->at[c->length - 1], (uint16_t)next };
                if (combo_index_find(&x, pair, 2) == COMBO_NONE) continue;
                struct combo longer = *c;
                longer.at[longer.length++] = (uint16_t)next;
                double count = infer(g, &x, &longer);
                if (count < r->least - 0.5) continue;
                longer.count = (uint32_t)lround(count);
                if (!combos_add(&g->combos, &longer)) return;
            }
        }
    }
}

void release_make(struct arena *a, const struct schema *schema, const struct sample *s,
                  const struct release *r, struct aggregates *out, struct release_report *report)
{
    struct domain d = domain_of(a, &schema->attributes);
    *report = (struct release_report){ .rho = account_rho(r->epsilon, r->delta) };
    *out = (struct aggregates){
        .attributes = schema->attributes, .length = r->length, .k = 1, .is_private = true
    };
    struct measured m;
    release_measure(a, &d, schema, s, r, report->rho, &m);
    release_estimate(a, &d, &m, r, out);
    release_extend(a, r, out);
    make_consistent(a, out);
    report->attributes_per_row = m.attributes_per_row;
    for (size_t i = 0; i < 4; i++) {
        report->sigma[i] = m.sigma[i];
        if (i && m.sigma[i] > 0) report->measured = i;
    }
}
