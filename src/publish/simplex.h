/* publish/simplex.h - how large or small a sum of cells can be while sums of other cells stay between bounds.
 *
 * Linear programming over x >= 0: every row is a sum of some x (coefficients 0 or 1) and lies between low and high. The
 * primal simplex method for bounded variables with an explicit inverse. It begins at a point that is known to fit, so
 * every point on its way fits too, and whoever asks "can it reach this?" gets the point that does. Points are
 * checked again by plain sums; a point that does not fit is never handed out.
 * Needs: base.    Never: "impossible" taken for a proof of anything but that it was not found. */
#ifndef PUBLISH_SIMPLEX_H
#define PUBLISH_SIMPLEX_H

#include "base/arena.h"

struct simplex {
    size_t rows, cells;
    const uint32_t *start;    /* by cell, cells + 1 of them: where its rows begin in `row` */
    const uint16_t *row;      /* the rows a cell is counted in */
    const double *low, *high; /* by row */
    const double *known;      /* by cell: a point that fits */

    double *x, *s;      /* the point: cells, and the rows' sums */
    double *multiplier; /* by row, of the last step: which bounds hold the sum back */
    double *inverse, *column;
    int32_t *basic; /* by place: a cell, or cells + row */
    int32_t *where; /* by variable: its place, or -1 */
    size_t from;    /* where the next look begins */
    double *known_s;
    uint8_t *is_marked;
    uint32_t *touched; /* cells that may differ from the known point */
    size_t touched_n;
    uint8_t *is_touched,
        *is_stirred; /* by cell; by row: its column of the inverse is no longer the first one */
    size_t steps;
};

void simplex_open(struct simplex *p, struct arena *a); /* after the first six fields are set */

enum simplex_end {
    SIMPLEX_REACHED, /* the goal */
    SIMPLEX_BEST,    /* there is nothing larger */
    SIMPLEX_LOST     /* too many steps, or rounding: the point is the known one */
};

/* Makes sign * (sum of the marked cells) as large as it can be, from the known point; stops early once it is `goal`. */
MUST_USE enum simplex_end simplex_push(struct simplex *p, const uint32_t *marked, size_t marked_n,
                                       double sign, double goal, double *reached);

#endif
