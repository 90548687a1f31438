#include "link/sort.h"

#define DIGIT_BITS 11
#define DIGITS     (1u << DIGIT_BITS)

enum by { BY_X, BY_Y, BY_SCORE };

/* The highest score comes first, so its complement is what rises. */
static inline uint64_t key_of(const struct link_pair *p, enum by by)
{
    switch (by) {
    case BY_X: return p->x;
    case BY_Y: return p->y;
    case BY_SCORE: return (((uint64_t)1 << 40) - 1) & ~p->score;
    }
    return 0;
}

/* Radix sort from the lowest digit; a digit that is the same everywhere is passed over. */
static void sort_by(struct link_pair *pair, struct link_pair *spare, size_t n, enum by by)
{
    unsigned bits = by == BY_SCORE ? 40 : 32;
    struct link_pair *from = pair, *to = spare;
    for (unsigned shift = 0; shift < bits; shift += DIGIT_BITS) {
        size_t begin[DIGITS] = { 0 }, at = 0;
        bool is_same = false;
        for (size_t i = 0; i < n; i++) begin[key_of(&from[i], by) >> shift & (DIGITS - 1)]++;
        for (size_t d = 0; d < DIGITS; d++) {
            size_t many = begin[d];
            is_same |= many == n;
            begin[d] = at;
            at += many;
        }
        if (is_same) continue;
        for (size_t i = 0; i < n; i++)
            to[begin[key_of(&from[i], by) >> shift & (DIGITS - 1)]++] = from[i];
        struct link_pair *last = from;
        from = to;
        to = last;
    }
    if (from != pair) memcpy(pair, from, n * sizeof *pair);
}

void link_sort_by_records(struct link_pair *pair, struct link_pair *spare, size_t n)
{
    sort_by(pair, spare, n, BY_Y);
    sort_by(pair, spare, n, BY_X);
}

void link_sort_by_score(struct link_pair *pair, struct link_pair *spare, size_t n)
{
    sort_by(pair, spare, n, BY_SCORE);
}
