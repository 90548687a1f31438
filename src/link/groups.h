/* link/groups.h - groups.csv: group, file, row, score; written by match, read by overlap and evaluate.
 *
 * A group's rows stand together. `row` counts the records of its file from 1. `score` is how much a row resembled the ones
 * above it in its group when it joined them (the first row shows its neighbour's), so that leaving out what joined below a
 * higher threshold gives the groups of that threshold.
 * Needs: assign, records.    Never: anything that says who a record is. */
#ifndef LINK_GROUPS_H
#define LINK_GROUPS_H

#include "base/file_out.h"
#include "link/assign.h"

void link_groups_write(struct arena *a, struct file_out *f, const struct link_lists *l,
                       const struct link_pairs *pairs, const struct link_groups *g);

struct link_member {
    uint32_t group; /* from 1, by their first appearance */
    uint32_t list;  /* place of the name in `names` */
    uint32_t row;   /* from 1 */
    double score;
};

struct link_members {
    struct link_member *member; /* groups one after the other */
    size_t n;
    uint32_t groups;
    str names[LINK_FILES_MAX];
    size_t lists;
};

/* Columns group, file and row are needed, in any order; score may be missing (then every score is 1). Names found are
 * added to out->names, which may hold some already; if `is_closed`, a name that is not among them is refused.
 * False: *complaint says what is wrong and where. A row that stands in two groups, or twice, is refused. */
MUST_USE bool link_members_read(struct arena *a, const char *path, bool is_closed,
                                struct link_members *out, struct complaint *complaint);

#endif
