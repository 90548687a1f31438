/* link/assign.h - from pairs that resemble each other to groups of records of one person.
 *
 * Over several lists nobody is on one list twice, so a group takes at most one record of each. Greedy is anonlink's way:
 * the most alike first, and two groups become one only when every record of one was found to resemble every record of
 * the other. Optimal, for two lists, makes the sum of scores as large as it can be.
 * Needs: compare.    Never: two records of one list in a group, unless duplicates within one list are what is looked for. */
#ifndef LINK_ASSIGN_H
#define LINK_ASSIGN_H

#include "link/compare.h"

/* Records of one group are chained from its head on. */
struct link_groups {
    uint32_t *head, *next; /* next: LINK_NONE after the last */
    uint32_t *
        by; /* the pair, counted from 1, that joined a record to those before it in its chain; 0: the head */
    uint32_t *tail;
    uint32_t *size;                /* of the group, at its head */
    uint16_t *lists;               /* at its head: bit f, list f is in it */
    size_t records, groups, links; /* groups of two or more; links: records less groups in them */
};

enum link_way { LINK_GREEDY, LINK_OPTIMAL, LINK_COMPONENTS };

void link_assign_greedy(struct arena *a, const struct link_lists *l, const struct link_pairs *pairs,
                        struct link_groups *out);
/* All that hangs together by pairs, however long the chain; for duplicates within one list. */
void link_assign_components(struct arena *a, const struct link_lists *l,
                            const struct link_pairs *pairs, struct link_groups *out);
/* Two lists only. False: so much hangs together that finding the best would take too long. */
MUST_USE bool link_assign_optimal(struct arena *a, const struct link_lists *l,
                                  const struct link_pairs *pairs, struct link_groups *out);

/* The sum of the scores of all links, in units of 2^-39. */
uint64_t link_groups_total(const struct link_groups *g, const struct link_pairs *pairs);
/* Links of one that are not in the other. */
size_t link_groups_differ(const struct link_groups *one, const struct link_groups *other);

/* For the ways to assign. */
void link_groups_open(struct arena *a, const struct link_lists *l, struct link_groups *out);
void link_groups_join(struct link_groups *g, const struct link_pairs *pairs, size_t pair);

#endif
