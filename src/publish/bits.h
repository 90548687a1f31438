/* publish/bits.h - rows as bits: how many two sets share, by the widest instruction this processor has.
 *
 * Sets are arrays of 64-bit words, `words` of them, a multiple of BITS_STEP and aligned to 64 bytes.
 * Needs: base.    Never: an answer that depends on which kernel was taken. */
#ifndef PUBLISH_BITS_H
#define PUBLISH_BITS_H

#include "base/arena.h"

#define BITS_STEP 8 /* words of a step: one 512-bit register */

struct bits_kernel {
    const char *name;
    size_t (*shared)(const uint64_t *a, const uint64_t *b, size_t words);
    bool (*is_here)(void);
};

extern const struct bits_kernel bits_kernels[3]; /* widest first; the last is everywhere */
const struct bits_kernel *bits_best(void);

static inline size_t bits_words(size_t rows)
{
    return ((rows + 63) / 64 + BITS_STEP - 1) / BITS_STEP * BITS_STEP;
}

uint64_t *bits_new(struct arena *a, size_t words); /* aligned, all zero */

static inline void bits_set(uint64_t *bits, size_t row)
{
    bits[row / 64] |= (uint64_t)1 << (row % 64);
}

#endif
