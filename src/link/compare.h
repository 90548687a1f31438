/* link/compare.h - every pair of records of two lists that resemble each other enough, and none that do not.
 *
 * Dice's coefficient, 2 common / (a + b), is compared as whole numbers with a threshold that is an exact decimal. The
 * full product is looked at: blocking would reveal structure, and lose people. Records are sorted by their bits, so that
 * those too far apart in number are passed over together.
 * Needs: clks, kernel, crowd.    Never: memory that grows with the product; a result that depends on the threads. */
#ifndef LINK_COMPARE_H
#define LINK_COMPARE_H

#include "base/crowd.h"
#include "link/clks.h"
#include "link/kernel.h"

#define LINK_FILES_MAX 16
#define LINK_NONE      UINT32_MAX

struct link_threshold {
    uint64_t num, den; /* num / den, den a power of ten */
};
/* "0.8", at most nine decimals, over 0 and at most 1. */
MUST_USE bool link_threshold_read(str text, struct link_threshold *out);

/* Records of all lists are numbered through: those of list f begin at first[f]. */
struct link_lists {
    const struct link_clks *list;
    size_t n;
    uint32_t first[LINK_FILES_MAX + 1];
};
/* False: more lists or records than can be numbered. */
MUST_USE bool link_lists_of(const struct link_clks *list, size_t n, struct link_lists *out);
size_t link_list_of(const struct link_lists *l, uint32_t record);

struct link_pair {
    uint64_t
        score; /* common * 2^40 / (a + b), rounded down: equal for equal scores, and in their order */
    uint32_t x, y; /* records, x < y */
};
/* 2 common / (a + b) as the nearest double, as anonlink has it. */
double link_dice(const struct link_lists *l, const struct link_pair *pair);
uint64_t link_score_of(uint32_t common, uint32_t a, uint32_t b);

struct link_compare {
    const struct link_lists *lists;
    struct link_threshold threshold;
    bool is_within; /* each list with itself too; needed for one list */
    const struct link_kernel *kernel;
    unsigned threads;
    size_t pairs_most;
    /* Called by one thread now and then; may be NULL. */
    void (*tell)(void *context, uint64_t done, uint64_t all);
    void *context;
};

struct link_pairs {
    struct link_pair *pair; /* by score, highest first; then by lists, then by records */
    size_t n;
    uint64_t compared; /* pairs looked at, after the length filter */
};

/* False: more than pairs_most resemble each other. */
MUST_USE bool link_compare(struct arena *a, const struct link_compare *c, struct link_pairs *out);

#endif
