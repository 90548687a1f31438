/* From noisy counts to estimates. Nothing here reads a record, so nothing here costs privacy. */
#include "publish/release_parts.h"

#include "base/breakage.h"

#include <math.h>
#include <stdlib.h>

#define TINY       1e-6
#define SWEEPS     12   /* of iterative proportional fitting */
#define FABRICATED 0.01 /* of the single values shown, at most, as expected */

struct guess {
    const struct domain *d;
    const struct measured *m;
    const struct release *r;
    double rows;
    double *one;  /* by attribute */
    double **two; /* by pair number: block with absence */
};

/* Cells drawn towards what is expected of them. How far expectations are wrong, as a share of them, is learned from
 * the whole block: noise alone would miss by sigma^2 in the square, the rest is error of the expectation. */
static void draw_towards(const double *expected, const double *noisy, double sigma, size_t n,
                         double *out)
{
    double miss = 0, square = 0, noise = sigma * sigma;
    for (size_t i = 0; i < n; i++) {
        miss += (noisy[i] - expected[i]) * (noisy[i] - expected[i]) - noise;
        square += expected[i] * expected[i];
    }
    double share = square > 0 && miss > 0 ? miss / square : 0;
    if (share > 1) share = 1;
    for (size_t i = 0; i < n; i++) {
        double own = share * expected[i] * expected[i] + share * expected[i];
        double trust = own / (own + noise);
        double x = expected[i] + trust * (noisy[i] - expected[i]);
        out[i] = x > 0 ? x : 0;
    }
}

static int larger_first(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? 1 : x > y ? -1 : 0;
}

/* A value that was declared and that nobody has gets noise too, and there may be many. The smallest number from which
 * on at most FABRICATED of what is shown is expected to be noise alone (Benjamini and Hochberg 1995, with the size of
 * the declared domain). */
static double threshold(struct arena *a, const double *noisy, size_t n, double sigma)
{
    double *all = arena_new(a, double, n + 1);
    memcpy(all, noisy, n * sizeof *all);
    qsort(all, n, sizeof *all, larger_first);
    for (size_t i = n; i-- > 0;) {
        double above = erfc(all[i] / sigma / M_SQRT2) / 2;
        if (above * (double)n <= FABRICATED * (double)(i + 1)) return all[i];
    }
    return INFINITY;
}

static void guess_ones(struct guess *g, struct arena *work)
{
    const struct domain *d = g->d;
    g->rows = g->m->rows > 1 ? g->m->rows : 1;
    double least = threshold(work, g->m->one, d->attributes->n, g->m->sigma[1]);
    for (size_t c = 0; c < d->columns; c++) {
        double sum = 0;
        for (size_t v = 0; v < d->many[c]; v++) {
            double x = g->m->one[d->first[c] + v];
            g->one[d->first[c] + v] = x >= least ? x : 0;
            sum += g->one[d->first[c] + v];
        }
        for (size_t v = 0; sum > g->rows && v < d->many[c]; v++)
            g->one[d->first[c] + v] *= g->rows / sum;
    }
}

/* How many have each value of a column; place 0: none. */
static void margin(const struct guess *g, size_t column, double *out)
{
    double sum = 0;
    for (size_t v = 0; v < g->d->many[column]; v++)
        sum += out[v + 1] = g->one[g->d->first[column] + v];
    out[0] = g->rows > sum ? g->rows - sum : 0;
}

static void fit_lines(double *table, size_t lines, size_t stride, size_t n, size_t step,
                      const double *want)
{
    for (size_t i = 0; i < lines; i++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++) sum += table[i * stride + j * step];
        if (sum <= 0) continue;
        double factor = want[i] / sum;
        for (size_t j = 0; j < n; j++) table[i * stride + j * step] *= factor;
    }
}

static void guess_pair(struct guess *g, size_t i, size_t j, double *work)
{
    const struct domain *d = g->d;
    size_t rows = d->many[i] + 1u, columns = d->many[j] + 1u, p = pair_number(d, i, j);
    double *table = g->two[p];
    double *left = work, *top = work + rows, *expected = top + columns;
    double *drawn = expected + rows * columns;
    margin(g, i, left);
    margin(g, j, top);
    for (size_t a = 1; a < rows; a++)
        for (size_t b = 1; b < columns; b++)
            expected[(a - 1) * (columns - 1) + b - 1] = left[a] * top[b] / g->rows;
    draw_towards(expected, g->m->two[p], g->m->sigma[2], (rows - 1) * (columns - 1), drawn);
    for (size_t a = 1; a < rows; a++)
        for (size_t b = 1; b < columns; b++)
            table[a * columns + b] = drawn[(a - 1) * (columns - 1) + b - 1] + TINY;
    for (size_t a = 1; a < rows; a++) {
        double sum = 0;
        for (size_t b = 1; b < columns; b++) sum += table[a * columns + b];
        table[a * columns] = left[a] > sum ? left[a] - sum : TINY;
    }
    for (size_t b = 1; b < columns; b++) {
        double sum = 0;
        for (size_t a = 1; a < rows; a++) sum += table[a * columns + b];
        table[b] = top[b] > sum ? top[b] - sum : TINY;
    }
    double sum = 0;
    for (size_t b = 1; b < columns; b++) sum += table[b];
    table[0] = left[0] > sum ? left[0] - sum : TINY;
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        fit_lines(table, rows, columns, columns, 1, left);
        fit_lines(table, columns, 1, rows, columns, top);
    }
}

/* The table of three columns that says nothing beyond its three tables of two: iterative proportional fitting from a
 * flat one. */
static void fit_three(const struct guess *g, size_t i, size_t j, size_t k, double *t)
{
    const struct domain *d = g->d;
    size_t ni = d->many[i] + 1u, nj = d->many[j] + 1u, nk = d->many[k] + 1u;
    const double *ij = g->two[pair_number(d, i, j)], *ik = g->two[pair_number(d, i, k)],
                 *jk = g->two[pair_number(d, j, k)];
    for (size_t a = 0; a < ni; a++)
        for (size_t b = 0; b < nj; b++)
            for (size_t c = 0; c < nk; c++)
                t[(a * nj + b) * nk + c] = ij[a * nj + b] * ik[a * nk + c];
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        for (size_t b = 0; b < nj; b++) fit_lines(t + b * nk, nk, 1, ni, nj * nk, jk + b * nk);
        for (size_t a = 0; a < ni; a++) fit_lines(t + a * nj * nk, nk, 1, nj, nk, ik + a * nk);
        fit_lines(t, ni * nj, nk, nk, 1, ij);
    }
}

static void show(const struct guess *g, struct aggregates *out, const uint16_t *at, size_t n,
                 double count)
{
    if (!(count >= g->r->least - 0.5)) return;
    struct combo c = { .length = (uint16_t)n };
    for (size_t i = 0; i < n; i++) {
        size_t p = i;
        for (; p > 0 && c.at[p - 1] > at[i]; p--) c.at[p] = c.at[p - 1];
        c.at[p] = at[i];
    }
    c.count = (uint32_t)lround(count > 4e9 ? 4e9 : count);
    if (!combos_add(&out->combos, &c))
        broken("more than %d combinations to show; choose a larger --least", PUBLISH_COMBOS_MAX);
}

static void show_three(struct guess *g, size_t i, size_t j, size_t k, size_t number, double *work,
                       struct aggregates *out)
{
    const struct domain *d = g->d;
    size_t ni = d->many[i] + 1u, nj = d->many[j] + 1u, nk = d->many[k] + 1u;
    fit_three(g, i, j, k, work);
    double *expected = work + ni * nj * nk, *drawn = expected + ni * nj * nk;
    size_t n = 0;
    for (size_t a = 1; a < ni; a++)
        for (size_t b = 1; b < nj; b++)
            for (size_t c = 1; c < nk; c++) expected[n++] = work[(a * nj + b) * nk + c];
    if (g->m->three) draw_towards(expected, g->m->three[number], g->m->sigma[3], n, drawn);
    else memcpy(drawn, expected, n * sizeof *drawn);
    n = 0;
    for (size_t a = 0; a + 1 < ni; a++)
        for (size_t b = 0; b + 1 < nj; b++)
            for (size_t c = 0; c + 1 < nk; c++) {
                uint16_t at[3] = { (uint16_t)(d->first[i] + a), (uint16_t)(d->first[j] + b),
                                   (uint16_t)(d->first[k] + c) };
                show(g, out, at, 3, drawn[n++]);
            }
}

static void guess_pairs(struct guess *g, struct arena *a, struct aggregates *out)
{
    const struct domain *d = g->d;
    g->two = arena_new(a, double *, d->columns * d->columns / 2 + 1);
    for (size_t i = 0; i < d->columns; i++)
        for (size_t j = i + 1; j < d->columns; j++) {
            size_t rows = d->many[i] + 1u, columns = d->many[j] + 1u;
            double *table = g->two[pair_number(d, i, j)] = arena_new(a, double, rows *columns);
            double *work = arena_new(a, double, 2 * rows * columns + rows + columns);
            guess_pair(g, i, j, work);
            for (size_t x = 1; x < rows; x++)
                for (size_t y = 1; y < columns; y++) {
                    uint16_t at[2] = { (uint16_t)(d->first[i] + x - 1),
                                       (uint16_t)(d->first[j] + y - 1) };
                    show(g, out, at, 2, table[x * columns + y]);
                }
        }
}

void release_estimate(struct arena *a, const struct domain *d, const struct measured *m,
                      const struct release *r, struct aggregates *out)
{
    struct guess g = { d, m, r, 0, arena_new(a, double, d->attributes->n + 1), NULL };
    combos_open(&out->combos, a);
    guess_ones(&g, a);
    out->records = (uint64_t)llround(g.rows);
    for (size_t i = 0; i < d->attributes->n; i++)
        show(&g, out, &(uint16_t){ (uint16_t)i }, 1, g.one[i]);
    if (r->length < 2) return;
    guess_pairs(&g, a, out);
    if (r->length < 3) return;
    size_t most = 1;
    for (size_t i = 0; i < d->columns; i++)
        for (size_t j = i + 1; j < d->columns; j++)
            for (size_t k = j + 1; k < d->columns; k++) {
                size_t cells = (d->many[i] + 1u) * (d->many[j] + 1u) * (d->many[k] + 1u);
                if (cells > most) most = cells;
            }
    double *work = arena_new(a, double, 3 * most);
    size_t number = 0;
    for (size_t i = 0; i < d->columns; i++)
        for (size_t j = i + 1; j < d->columns; j++)
            for (size_t k = j + 1; k < d->columns; k++)
                show_three(&g, i, j, k, number++, work, out);
}
