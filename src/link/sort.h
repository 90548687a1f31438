/* link/sort.h - pairs in order, in time that grows with their number only.
 *
 * Needs: compare's pairs.    Never: an order that depends on how they came. */
#ifndef LINK_SORT_H
#define LINK_SORT_H

#include "link/compare.h"

/* spare: room for n more. Both keep the order of pairs that are equal to them. */
void link_sort_by_records(struct link_pair *pair, struct link_pair *spare, size_t n);
void link_sort_by_score(struct link_pair *pair, struct link_pair *spare, size_t n);

#endif
