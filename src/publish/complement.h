/* publish/complement.h - leaving out more, so that what was left out does not follow from what was not.
 *
 * Whoever reads protected counts can add and subtract them. For a combination that was left out, the tables that fit
 * everything published give a smallest and a largest possible count; here more combinations are left out until these
 * two are at least k apart for every combination left out, whether it occurs or not, and at least k different counts
 * stay possible where a value is missing ("women without an age").
 * First by rule: beneath one published parent the published children of a column never add up to all of it. Then by
 * linear programming: over the whole cross table of all columns where that is small enough (CROSS_CELLS_MAX), else over
 * every cross table of `length` columns with all its published sums. A cross table too large to be looked at loses
 * the combinations of all its columns. What holds a left-out combination is left out with all that contains it.
 * Needs: protect, window.    Never: a combination shown whose part is not. */
#ifndef PUBLISH_COMPLEMENT_H
#define PUBLISH_COMPLEMENT_H

#include "publish/protect.h"
#include "publish/window.h"

struct complement_report {
    bool is_whole; /* proved over the cross table of all columns at once */
    size_t tables, too_large;
    size_t by_rule, by_bounds; /* combinations left out */
    size_t steps;
    /* Set before: told now and then how many cross tables are done; may be NULL. */
    void (*tell)(size_t done, size_t tables);
};

/* `g` must be aggregates_protected of `s`. */
void complement_protect(struct arena *a, const struct sample *s, struct aggregates *g,
                        struct complement_report *report);

/* The same for small tables of a page. Each has rows and columns with exact counts and is shown with its totals; counts
 * are shown as they are (rounding 1) or rounded down to multiples. On return is_shown says, by place, what may be
 * shown: [row * (columns + 1) + column], the last column and row being the totals. 0 is a small count too. False: the
 * table is larger than can be looked at, and nothing of it may be shown. */
struct shown_table {
    size_t rows, columns;
    const uint32_t *count; /* [row * columns + column] */
    bool *is_shown;        /* (rows + 1) * (columns + 1) of them */
};
MUST_USE bool complement_table(struct arena *a, struct shown_table *t, uint32_t k,
                               uint32_t rounding);

#endif
