/* publish/window.h - what somebody can work out about the cells that were left out of a cross table.
 *
 * A window is a cross table of a few columns, every combination of their values a cell (no value is a category too,
 * where a column has such rows), with those of its sums that are published, each known only to lie within an interval.
 * A sum is named by a code: for each column a category, or "any". What is not published is a target, and a target is
 * safe when two tables that fit everything published differ in it by as much as is asked: then nobody can know better.
 * The two tables are looked for by linear programming over the whole window and kept only as counts.
 * Needs: simplex.    Never: "safe" without two tables at hand. */
#ifndef PUBLISH_WINDOW_H
#define PUBLISH_WINDOW_H

#include "base/limits.h"
#include "publish/simplex.h"

struct window {
    size_t columns, length;              /* length: sums of at most so many columns are published */
    size_t values[WINDOW_COLUMNS_MAX];   /* categories 1 .. values; "any" is values + 1 */
    bool has_absent[WINDOW_COLUMNS_MAX]; /* category 0 */
    size_t cells, codes;
    uint32_t *count;    /* by cell: the truth */
    int64_t *published; /* by code: the number shown, or -1 */
    uint32_t rounding;  /* the truth lies in shown .. shown + rounding - 1 */
    double width; /* that a target of values must have; one less where a category is absence */
};

enum window_size { WINDOW_FITS, WINDOW_TOO_LARGE };
/* After the first four fields are set: makes room, all counts 0, nothing published. */
MUST_USE enum window_size window_open(struct window *w, struct arena *a);

size_t window_cell(const struct window *w, const uint16_t *category);
size_t window_code(const struct window *w, const uint16_t *category);
void window_category(const struct window *w, size_t code, uint16_t *category);
void window_cell_category(const struct window *w, size_t cell, uint16_t *category);
/* How many columns a code names a value or absence of; absent: how many of them are absence. */
size_t window_length(const struct window *w, size_t code, size_t *absent);
/* By code, the sums of a table of cells. */
void window_sums(const struct window *w, const double *cells, double *sums);

/* Goes through all targets. For each that is not safe `drop` is told a published code that helps to know it (never the
 * sum of everybody while there is another); it must take that one out of `published`, and may take out more. Returns how
 * often it was called; then every target is safe. */
struct window_drop {
    void (*drop)(void *context, size_t code);
    void *context;
    size_t steps; /* of the simplex method, added up */
};
size_t window_protect(struct window *w, struct arena *a, struct window_drop *how);
/* The bounds of one target, as far as they were widened: for tests and for looking. */
void window_bounds(const struct window *w, struct arena *a, size_t code, double *low, double *high);
bool window_is_target(const struct window *w, size_t code, double *width);
size_t window_rows(const struct window *w); /* published sums */

#endif
