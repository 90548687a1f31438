/* link/overlap.h - groups of records become the table that `estimate` reads, with the errors of linking carried along.
 *
 * A missed link makes two people of one, a false one makes one of two: both move the estimate directly. So the table is
 * also made at other thresholds, and with links taken away and added as often as they are thought to be wrong.
 * Needs: groups, draws.    Never: a person counted twice on one list. */
#ifndef LINK_OVERLAP_H
#define LINK_OVERLAP_H

#include "base/draws.h"
#include "link/groups.h"

#define LINK_OVERLAP_LISTS 8
#define LINK_OVERLAP_CELLS (1 << LINK_OVERLAP_LISTS)

struct link_overlap {
    size_t lists;
    uint64_t count[LINK_OVERLAP_CELLS]; /* people by history: bit i is list i; [0] is not used */
    uint64_t links, people;
};

/* size: records of each list, in the order of members->names. False: *why says what does not fit. */
MUST_USE bool link_overlap_fits(struct arena *a, const struct link_members *members,
                                const uint64_t *size, str *why);
/* What joined its group below the threshold stands alone. */
void link_overlap_count(const struct link_members *members, const uint64_t *size, double threshold,
                        struct link_overlap *out);

struct link_errors {
    double missed; /* share of true links that were not found: 1 - recall; 0 to 0.9 */
    double wrong;  /* share of found links that are not true: 1 - precision */
};
/* One way the truth could be, given these errors: each link is taken away with probability `wrong`; then as many are
 * added as would have been missed (negative binomial, given those that were found), between people of lists in
 * proportion to the links there are. */
void link_overlap_resample(const struct link_members *members, const uint64_t *size,
                           double threshold, struct link_errors errors, struct draws *d,
                           struct link_overlap *out);

/* The table: a column of 0 and 1 for each list, and count; histories nobody has are left out. */
void link_overlap_write(struct arena *a, struct file_out *f, const struct link_members *members,
                        const struct link_overlap *o);

#endif
