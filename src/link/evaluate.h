/* link/evaluate.h - groups beside the truth: how many pairs of records were rightly linked, missed, or wrongly linked.
 *
 * A pair counts once, whichever lists its two records are on. By a mark of the records (sex, nationality) too, because
 * links are missed for some people more than for others, and every missed link makes an estimate too high.
 * Needs: groups.    Never: a rate out of nothing. */
#ifndef LINK_EVALUATE_H
#define LINK_EVALUATE_H

#include "link/groups.h"

struct link_rates {
    uint64_t found, true_pairs, both; /* pairs in the groups, in the truth, in both */
};
double link_precision(const struct link_rates *r); /* NAN: nothing was found */
double link_recall(const struct link_rates *r);    /* NAN: there was nothing to find */
double link_f1(const struct link_rates *r);

struct link_by {
    str value;
    struct link_rates rates; /* of pairs with a record that has the value */
};

struct link_marks; /* of records, read from a file */
/* Columns file, row and one more, whose name goes into *column. False: *complaint says what is wrong. */
struct link_marks *link_marks_read(struct arena *a, const char *path, struct link_members *names,
                                   str *column, struct complaint *complaint);

struct link_evaluation {
    struct link_rates all;
    struct link_by *by; /* in the order of the marks' first appearance */
    size_t by_n;
};
/* marks may be NULL. False: a group is larger than LINK_GROUP_MAX. */
MUST_USE bool link_evaluate(struct arena *a, const struct link_members *found,
                            const struct link_members *truth, const struct link_marks *marks,
                            struct link_evaluation *out);

#endif
