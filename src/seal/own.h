/* seal/own.h - a key for one thing alone, which ends with that thing.
 *
 * The key of a class and month serves many rows, so one row cannot be made unreadable in older backups before its month is over.
 * What must be able to end at once has a key of its own besides: a small file in the folder "own" among the keys, named by
 * class, row and end. It is destroyed when somebody says so, and by the sweep once its end has passed, whether or not a row
 * still asks for it. No copy of that folder is wanted anywhere: losing it harms nobody but whoever must ask again.
 * Needs: seal.    Never: a key of its own in the database, in a backup or in a copy of the keys. */
#ifndef SEAL_OWN_H
#define SEAL_OWN_H

#include "seal/seal.h"

struct seal_own {
    const char *class; /* "question" */
    id row;            /* never used before */
    ms until;
};

/* Makes the key, safe on the disk. Broken if there is one: a key is never used for a second thing. */
void seal_own_make(struct seal_keys *keys, struct seal_own which);
/* Bytes to hand to seal_close, and from what seal_open gave the words again. Closing is broken without a key. */
MUST_USE personal seal_own_close(struct seal_keys *keys, struct arena *a, struct seal_own which,
                                 personal words);
MUST_USE enum seal_answer seal_own_open(struct seal_keys *keys, struct arena *a,
                                        struct seal_own which, personal box, personal *words);
/* Overwritten, made safe on the disk, removed. Nothing happens if it is gone already. */
void seal_own_destroy(struct seal_keys *keys, struct seal_own which);
/* Destroys all whose end has passed; returns how many. */
int64_t seal_own_sweep(struct seal_keys *keys, struct arena *a, ms now);

#endif
