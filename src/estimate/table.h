/* estimate/table.h - how often each combination of lists was seen.
 *
 * One count a capture history. A history is a set of lists written as bits: bit i is list i, in the order of the
 * table's columns. History 0, nobody's list, is what is estimated and is never in a table.
 * Needs: base.    Never: a row about a person. */
#ifndef ESTIMATE_TABLE_H
#define ESTIMATE_TABLE_H

#include "base/records.h"

#define LISTS_MAX 8
#define CELLS_MAX 256 /* 2 to the LISTS_MAX */

struct mse_table {
    int lists;
    str name[LISTS_MAX];
    double count[CELLS_MAX]; /* by history; [0] is unused and 0 */
    double n;                /* people seen by at least one list */
    bool is_whole;           /* every count is an integer */
};

#endif
