#include "estimate/decomposable.h"

#include "base/special.h"

#include <assert.h>
#include <math.h>

/* A graph as the neighbours of each list. Its weight is a sum of few terms: +1 or -1 times the term of a set of lists. */
struct graph {
    int terms;
    uint8_t set[2 * GRAPH_LISTS_MAX];
    int8_t sign[2 * GRAPH_LISTS_MAX];
    uint8_t clique[GRAPH_LISTS_MAX];
    int cliques;
};

static bool is_complete(const uint8_t *beside, int lists, uint8_t set)
{
    for (int i = 0; i < lists; i++)
        if ((set >> i & 1) && (set & ~(beside[i] | 1 << i))) return false;
    return true;
}

static void add_term(struct graph *g, uint8_t set, int sign)
{
    for (int i = 0; i < g->terms; i++) {
        if (g->set[i] != set || g->sign[i] != -sign) continue;
        g->terms--;
        g->set[i] = g->set[g->terms];
        g->sign[i] = g->sign[g->terms];
        return;
    }
    g->set[g->terms] = set;
    g->sign[g->terms++] = (int8_t)sign;
}

static void add_clique(struct graph *g, uint8_t set)
{
    for (int i = 0; i < g->cliques; i++)
        if ((g->clique[i] & set) == set)
            return; /* later ones are never larger than what holds them */
    g->clique[g->cliques++] = set;
}

/* Takes away one list after another whose neighbours are all joined. If that empties the graph it is decomposable,
 * and its law is the product of p(list and neighbours) / p(neighbours). */
static bool read_graph(uint32_t edges, int lists, struct graph *g)
{
    uint8_t beside[GRAPH_LISTS_MAX] = { 0 };
    for (int i = 0, bit = 0; i < lists; i++)
        for (int j = i + 1; j < lists; j++, bit++)
            if (edges >> bit & 1) beside[i] |= (uint8_t)(1 << j), beside[j] |= (uint8_t)(1 << i);

    *g = (struct graph){ 0 };
    uint8_t left = (uint8_t)((1 << lists) - 1);
    while (left) {
        int i = 0;
        while (i < lists && !((left >> i & 1) && is_complete(beside, lists, beside[i] & left))) i++;
        if (i == lists) return false;
        uint8_t around = beside[i] & left;
        left &= (uint8_t) ~(1 << i);
        add_term(g, (uint8_t)(around | 1 << i), 1);
        add_term(g, around, -1);
        add_clique(g, (uint8_t)(around | 1 << i));
    }
    return true;
}

static uint32_t edge_sets(int lists)
{
    return (uint32_t)1 << (lists * (lists - 1) / 2);
}

size_t dga_graphs(int lists)
{
    struct graph g;
    size_t n = 0;
    for (uint32_t e = 0; e < edge_sets(lists); e++) n += read_graph(e, lists, &g);
    return n;
}

/* ln of the marginal likelihood of the table over the lists of `set`, for every point. Only the cell of those on none
 * of them depends on how many are missing. The empty set is the table of one cell. */
static void fill_row(const struct mse_table *t, uint32_t set, const double *missing, size_t points,
                     double *row)
{
    double delta = ldexp(1, -t->lists);
    double prior = delta * ldexp(1, t->lists - __builtin_popcount(set));
    double marginal[CELLS_MAX] = { 0 };
    for (uint32_t w = 1; w < 1u << t->lists; w++) marginal[w & set] += t->count[w];
    double rest = 0;
    for (uint32_t c = 0; c <= set; c++)
        if ((c & set) == c && c != 0) rest += log_gamma(marginal[c] + prior);
    rest -= ldexp(1, __builtin_popcount(set)) * log_gamma(prior);
    for (size_t i = 0; i < points; i++) row[i] = rest + log_gamma(marginal[0] + missing[i] + prior);
}

/* What does not depend on the graph: arrangements, the prior of N, and how many numbers a point stands for. */
static void fill_common(const struct mse_table *t, const struct dga_grid *grid,
                        const double *missing, size_t points, double *row)
{
    for (size_t i = 0; i < points; i++) {
        double all = t->n + missing[i];
        row[i] = log_gamma(all + 1) - log_gamma(missing[i] + 1) - log(all);
        if (!grid->is_weighed || points < 2) continue;
        double below = i == 0 ? missing[0] - 0.5 : (missing[i - 1] + missing[i]) / 2;
        double above = i + 1 == points ? missing[i] + 0.5 : (missing[i] + missing[i + 1]) / 2;
        row[i] += log(above - below);
    }
}

/* Up to here a weighed grid has every number; beyond, steps of a thousandth: near nobody missing the posterior may
 * change from one number to the next. */
#define EVERY 1000.0

static size_t points_of(const struct dga_grid *grid)
{
    if (!grid->is_weighed) return grid->points;
    return (size_t)(fmin(grid->most, EVERY) + 2 + EVERY * log(fmax(grid->most / EVERY, 1)) * 1.01);
}

static size_t fill_points(const struct dga_grid *grid, double *missing, size_t room)
{
    size_t n = 0;
    double even = grid->points > 1 ? grid->most / (double)(grid->points - 1) : 0;
    for (size_t i = 0; i < room; i++) {
        double m = grid->is_weighed
                       ? (n == 0 ? 0 : missing[n - 1] + ceil(missing[n - 1] / EVERY + 1e-9))
                       : nearbyint(even * (double)i);
        if (m > grid->most) break;
        if (n == 0 || m > missing[n - 1]) missing[n++] = m;
    }
    return n;
}

/* Below this difference of logarithms a graph cannot change a digit that is shown. */
#define NEGLIGIBLE 60.0

struct averaging {
    int lists;
    size_t points;
    const double *row[1 << GRAPH_LISTS_MAX], *common;
    double *weight; /* ln, of the graph at hand */
};

static double weigh(struct averaging *v, const struct graph *g)
{
    memcpy(v->weight, v->common, v->points * sizeof *v->weight);
    for (int k = 0; k < g->terms; k++) {
        const double *row = v->row[g->set[k]];
        double sign = g->sign[k];
        for (size_t i = 0; i < v->points; i++) v->weight[i] += sign * row[i];
    }
    double most = -INFINITY;
    for (size_t i = 0; i < v->points; i++)
        if (v->weight[i] > most) most = v->weight[i];
    return most;
}

static void keep_best(struct dga_answer *out, const struct graph *g, double p)
{
    int at = out->best_n;
    while (at > 0 && out->best[at - 1].probability < p) at--;
    if (at == GRAPHS_SHOWN) return;
    if (out->best_n < GRAPHS_SHOWN) out->best_n++;
    for (int i = out->best_n - 1; i > at; i--) out->best[i] = out->best[i - 1];
    out->best[at] = (struct dga_graph){ .cliques = g->cliques, .probability = p };
    for (int i = 0; i < g->cliques; i++) out->best[at].clique[i] = g->clique[i];
}

/* Twice over the graphs: the largest weight first, so that nothing underflows. */
static void average(struct averaging *v, struct dga_answer *out, double *probability)
{
    double largest = -INFINITY, total = 0;
    struct graph g;
    for (uint32_t e = 0; e < edge_sets(v->lists); e++) {
        if (!read_graph(e, v->lists, &g)) continue;
        double most = weigh(v, &g);
        if (most > largest) largest = most;
        out->graphs++;
    }
    for (uint32_t e = 0; e < edge_sets(v->lists); e++) {
        if (!read_graph(e, v->lists, &g) || weigh(v, &g) < largest - NEGLIGIBLE) continue;
        double sum = 0;
        for (size_t i = 0; i < v->points; i++) {
            double p = exp(v->weight[i] - largest);
            probability[i] += p;
            sum += p;
        }
        total += sum;
        keep_best(out, &g, sum);
    }
    for (size_t i = 0; i < v->points; i++) probability[i] /= total;
    for (int i = 0; i < out->best_n; i++) out->best[i].probability /= total;
}

struct dga_answer dga_average(struct arena *a, const struct mse_table *t, struct dga_grid grid)
{
    size_t room = points_of(&grid);
    assert(t->lists >= 3 && t->lists <= GRAPH_LISTS_MAX && room > 0);
    struct dga_answer out = { 0 };
    double *missing = arena_new(a, double, room);
    out.points = fill_points(&grid, missing, room);
    double *probability = arena_new(a, double, out.points);

    struct averaging v = { .lists = t->lists, .points = out.points };
    v.weight = arena_new(a, double, out.points);
    double *common = arena_new(a, double, out.points);
    fill_common(t, &grid, missing, out.points, common);
    v.common = common;
    for (uint32_t set = 0; set < 1u << t->lists; set++) {
        double *row = arena_new(a, double, out.points);
        fill_row(t, set, missing, out.points, row);
        v.row[set] = row;
    }
    average(&v, &out, probability);

    out.missing = missing;
    out.probability = probability;
    size_t last = out.points - (out.points + 99) / 100;
    for (size_t i = 0; i < out.points; i++) {
        out.mean += probability[i] * (t->n + missing[i]);
        if (i >= last) out.at_end += probability[i];
    }
    return out;
}

double dga_quantile(const struct dga_answer *d, double n, double share)
{
    double sum = 0;
    for (size_t i = 0; i < d->points; i++) {
        sum += d->probability[i];
        if (sum >= share) return n + d->missing[i];
    }
    return n + d->missing[d->points - 1];
}
