/* link/kernel.h - how many bits two filters have in common, for many pairs at once, on what this processor has.
 *
 * The records of one list lie eight beside each other, word by word, so that one register holds a word of eight records
 * and nothing has to be added across it. Every kernel gives the same numbers.
 * Needs: base.    Never: a pair left out. */
#ifndef LINK_KERNEL_H
#define LINK_KERNEL_H

#include "base/str.h"

#define LINK_LANES  8
#define LINK_BLOCKS 4 /* of eight records, compared together at most */

struct link_hit {
    uint32_t row, lane, common;
};

struct link_tile {
    const uint64_t *filter; /* rows, `words` after each other */
    const uint32_t *count;  /* their bits set */
    size_t rows, words;
    const uint64_t *
        block; /* words * LINK_LANES: word w of eight records, then the next; blocks after each other */
    const uint32_t
        *least;    /* bits of the emptiest of a block: of its first record, least[b * LINK_LANES] */
    size_t blocks; /* 1 to LINK_BLOCKS */
    const uint32_t *need; /* by the sum of both records' bits: how many must be common */
};

struct link_kernel {
    const char *name;
    bool (*runs)(void); /* on this processor */
    /* Every (row, lane) with at least need[count[row] + the block's least] bits in common, perhaps some with fewer, in any
     * order; a lane counts on over the blocks. Room for rows * blocks * 8. */
    size_t (*tile)(const struct link_tile *t, struct link_hit *hits);
};

/* NULL: there is none of that name, or this processor cannot run it. "auto" or NULL: the fastest. */
const struct link_kernel *link_kernel(const char *name);
/* The i-th, fastest first, whether it runs here or not; NULL after the last. */
const struct link_kernel *link_kernel_at(size_t i);

#endif
