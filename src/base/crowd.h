/* base/crowd.h - one piece of work done by several threads, for commands and jobs; never in a worker.
 *
 * Items are handed out one by one; whoever writes puts the result of an item in that item's own place, so the
 * outcome does not depend on who did what. The calling thread works too.
 * Needs: breakage.    Never: an arena shared by threads, or `broken`, inside the work. */
#ifndef BASE_CROWD_H
#define BASE_CROWD_H

#include "base/str.h"

#include <stdatomic.h>

#define CROWD_MAX 64

struct crowd {
    unsigned threads; /* 0: as many as this process may use */
    size_t items;
    void (*work)(void *context, unsigned thread, size_t item); /* thread: 0 .. threads - 1 */
    void *context;
    /* Called now and then by the calling thread, and once at the end; may be NULL. */
    void (*tell)(void *context, size_t done, size_t items);
    atomic_bool *stop; /* once it is true no further item is begun; may be NULL */
};

unsigned crowd_threads(unsigned wanted); /* how many will work; wanted 0: what there is */
/* False if it was stopped before the last item. */
MUST_USE bool crowd_run(const struct crowd *c);

#endif
