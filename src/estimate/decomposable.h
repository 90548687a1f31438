/* estimate/decomposable.h - Bayesian averaging over decomposable graphical models (Madigan and York 1997).
 *
 * Every decomposable graph on the lists is a model, each number of people nobody saw a hypothesis; both are weighed
 * together. For 3 to 6 lists (8, 61, 822, 18,154 graphs).
 * Needs: base.    Never: an upper limit that is not told. */
#ifndef ESTIMATE_DECOMPOSABLE_H
#define ESTIMATE_DECOMPOSABLE_H

#include "estimate/table.h"

#define GRAPH_LISTS_MAX 6
#define GRAPHS_SHOWN    5

struct dga_grid {
    double most; /* the largest number missing that is weighed */
    /* So many, evenly from 0 to most, rounded, all of the same weight as in the R package dga; or 0 and is_weighed:
     * every number up to 1,000, then steps of a thousandth that stand for the numbers around them. */
    size_t points;
    bool is_weighed;
};

struct dga_graph {
    uint32_t clique[GRAPH_LISTS_MAX]; /* as bits of lists */
    int cliques;
    double probability;
};

struct dga_answer {
    size_t points, graphs;
    const double *missing;     /* of each point */
    const double *probability; /* of each point; they add up to 1 */
    double mean;               /* of N */
    double at_end;             /* probability of the upper 1 % of the points: what the limit cuts */
    struct dga_graph best[GRAPHS_SHOWN];
    int best_n;
};

/* Prior: 1/N on the number of people, the same for every graph; hyper-Dirichlet with 2^-lists in every cell. */
struct dga_answer dga_average(struct arena *a, const struct mse_table *t, struct dga_grid grid);

/* The smallest N with at least `share` of the probability at or below it. */
double dga_quantile(const struct dga_answer *d, double n, double share);

/* How many decomposable graphs there are on so many lists. */
size_t dga_graphs(int lists);

#endif
