/* seal/sweep.h - the end of what has a date: rows are deleted, then keys that no row needs are destroyed.
 *
 * Runs once a night in one process; running it twice, or killing it anywhere, does no harm. A table that cannot be
 * swept (a row elsewhere still points to its rows) is logged and left for the next night, and the keys with it.
 * A clock that jumped ahead by more than SWEEP_JUMP_DAYS since the last sweep is not believed at first: everything
 * would be lost to a wrong clock. If it still says so a day later, it is. Whoever hosts us needs to do nothing
 * when the machine was simply off.
 * Needs: seal, db.    Never: a row or a key before its time. */
#ifndef SEAL_SWEEP_H
#define SEAL_SWEEP_H

#include "seal/seal.h"

#define SWEEP_JUMP_DAYS 45

enum sweep_answer {
    SWEEP_DONE,
    SWEEP_PARTLY,      /* a table could not be swept; the log says which */
    SWEEP_CLOCK_DOUBT, /* nothing was touched: the clock jumped; it is asked again tomorrow */
};

struct sweep_counts {
    int64_t rows, keys;
};

/* `rooms`: every room's ROOM_keeps of this data home, NULL-ended. All of them: a key is destroyed when none of
 * these needs it, so the folder of keys serves one data home. */
MUST_USE enum sweep_answer seal_sweep(struct db *db, const struct keep *const *rooms,
                                      struct seal_keys *keys, ms now, struct sweep_counts *counts);

#endif
