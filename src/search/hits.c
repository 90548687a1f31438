/* Reading what index.c packed. A disk may have changed it since: whatever is wrong with it ends the reading. */
#include "search/inside.h"

#define STEP_BYTES_MAX 6 /* a number has 36 bits */

struct search_hits search_hits_of(str packed, int64_t found)
{
    const unsigned char *p = (const unsigned char *)packed.p;
    return (struct search_hits){ .at = p, .end = p + packed.n, .number = -1, .left = found };
}

static bool read_one(struct search_hits *h)
{
    uint64_t step = 0;
    int bytes = 0;
    do {
        if (h->end - h->at < 2 || bytes == STEP_BYTES_MAX) return false;
        step |= (uint64_t)(*h->at & 127) << 7 * bytes++;
    } while (*h->at++ & 128);
    bool is_first = h->number < 0;
    if (is_first) h->number = 0;
    if (step == 0 && !is_first) return false;
    h->number += (int64_t)step;
    h->weight = *h->at++;
    return h->number < SEARCH_NUMBER(SEARCH_PARTS, 0);
}

bool search_next(struct search_hits *h)
{
    bool is_end = h->at == h->end;
    h->is_damaged = h->is_damaged || is_end != (h->left == 0) || h->left < 0;
    if (is_end || h->is_damaged) return false;
    h->left--;
    h->is_damaged = !read_one(h);
    return !h->is_damaged;
}
