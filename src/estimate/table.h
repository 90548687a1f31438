/* estimate/table.h - how often each combination of lists was seen.
 *
 * One count a capture history. A history is a set of lists written as bits: bit i is list i, in the order of the
 * table's columns. History 0, nobody's list, is what is estimated and is never in a table.
 * Needs: base.    Never: a row about a person. */
#ifndef ESTIMATE_TABLE_H
#define ESTIMATE_TABLE_H

#include "base/records.h"
#include "lang/saying.h"

#define LISTS_MAX 8
#define CELLS_MAX 256 /* 2 to the LISTS_MAX */

struct mse_table {
    int lists;
    str name[LISTS_MAX];
    double count[CELLS_MAX]; /* by history; [0] is unused and 0 */
    double n;                /* people seen by at least one list */
    bool is_whole;           /* every count is an integer */
};

/* Reads a table: a column of 0 and 1 for each of 2 to 8 lists, then `count`. Repeated histories are added. False: it is
 * refused, and `why` says what is wrong and where. Breaks only if the file cannot be read. */
MUST_USE bool mse_table_read(struct arena *a, const char *path, struct mse_table *out,
                             struct complaint *why);
MUST_USE bool mse_table_read_text(struct arena *a, str text, struct mse_table *out,
                                  struct complaint *why);

/* A decimal of at most PEOPLE_MAX; false for anything else, a sign among it. */
bool mse_count_read(str cell, double *out);

/* A table without the lists that say nothing: empty ones, one that holds everybody, a copy of another. */
struct mse_informative {
    struct mse_table table;
    uint8_t
        column[LISTS_MAX]; /* of each list that is left: its column in the whole table, from 1 */
    struct saying notice[LISTS_MAX]; /* of each list of the whole table: why it was set aside */
    int set_aside;
};
struct mse_informative mse_informative(const struct mse_table *whole);
/* What is left of a history of the whole table: 0 if only lists set aside saw it. */
unsigned mse_history_left(const struct mse_informative *i, unsigned history);

/* An order of the lists (of LISTS_MAX places) that is the same whichever way the columns stand: the largest first, equal
 * ones so that the counts are largest in dictionary order. And a history written in it. */
void mse_lists_ordered(const struct mse_table *t, int *order);
unsigned mse_history_ordered(const int *order, int lists, unsigned history);

double mse_list_size(const struct mse_table *t, int list);
double mse_overlap(const struct mse_table *t, unsigned lists); /* people on all of these lists */

#endif
