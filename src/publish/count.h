/* publish/count.h - how many records have each combination of attributes.
 *
 * All combinations up to a length that at least `least` records have, exactly. A set of records is a row of bits while
 * it is large and a list of row numbers once it is small; both are walked depth first, and a combination is only
 * extended by what its own parent could be extended by, since no combination is commoner than a part of it.
 * Needs: sample, bits.    Never: a count that leaves the house; see protect.h. */
#ifndef PUBLISH_COUNT_H
#define PUBLISH_COUNT_H

#include "publish/bits.h"
#include "publish/sample.h"

struct counting {
    size_t length;                    /* 1 .. PUBLISH_LENGTH_MAX */
    uint32_t least;                   /* at least 1 */
    const struct bits_kernel *kernel; /* NULL: the best there is */
};

/* Fills `out` in an order of its own (see combos_sort). False: too many combinations or too large; *why says so. */
MUST_USE bool count_combos(struct arena *a, const struct sample *s, const struct counting *how,
                           struct combos *out, struct complaint *why);

#endif
