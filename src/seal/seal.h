/* seal/seal.h - words about people, kept so that they end.
 *
 * Each class of data ("report", "question") has a key of its own for each month in which its rows end. A sealed
 * value names that month, so when the month is over and no row needs it, destroying one small file makes every
 * copy unreadable, in every backup, wherever it is. Keys are files CLASS-YYYY-MM.key in a folder of their own
 * (0700; files 0600), never in the database and never in a backup: whoever hosts us keeps a copy of the folder
 * elsewhere, and destroys there too. Several nodes on one PostgreSQL share one folder.
 * A value is bound to its table, column and row: moved elsewhere it is damaged. Its length is hidden by padding.
 * Fails closed: where a key cannot be had, or is open to others, nothing is sealed and the page breaks.
 * Needs: base, libsodium.    Never: a key in the database, in a log or in a core file; a key opened before the fork. */
#ifndef SEAL_SEAL_H
#define SEAL_SEAL_H

#include "base/limits.h"
#include "base/arena.h"
#include "seal/keep.h"

struct seal_keys;

/* The folder is made if it is missing (its parent must be there). Broken in words if others may read it.
 * Keys are read when first needed, into memory that is locked where the system allows and wiped at life's end. */
struct seal_keys *seal_keys_open(struct arena *life, str folder);

/* Seals words for one column of one row, to end with the month of keep_until; makes that month's key if it is
 * the first. Broken when there is no key to be had or keep_until is not in the future. */
MUST_USE struct sealed seal_close(struct seal_keys *keys, struct arena *a,
                                  const struct seal_column *column, id row, ms keep_until,
                                  personal words);

enum seal_answer {
    SEAL_OPENED,
    SEAL_KEY_GONE, /* the key was destroyed, or belongs to another installation: nobody can read it any more */
    SEAL_DAMAGED, /* changed, cut, or not of this column and row */
};

/* The words live in `a`, which is to be wiped, not only emptied. */
MUST_USE enum seal_answer seal_open(struct seal_keys *keys, struct arena *a,
                                    const struct seal_column *column, id row, struct sealed box,
                                    personal *words);

/* A hash keyed by the key of a class for the month of keep_until: equal words have equal hashes only within that month, and when
 * the key is destroyed nobody can try words against it any more. Makes the key if there is none. */
#define SEAL_MONTH_HASH 32
void seal_month_hash(struct seal_keys *keys, const char *class, ms keep_until, str what,
                     unsigned char out[SEAL_MONTH_HASH]);

/* A month, as boxes and key files know it: years since 0, times twelve, plus months since January. */
typedef uint16_t seal_period;
seal_period seal_period_of(ms at);
ms seal_period_end(seal_period p); /* the first moment after it */

/* Overwrites the key, makes that safe on the disk, removes it. Nothing happens if it is gone already. Killed in
 * the middle, it leaves a key that no longer opens anything, and the next sweep finishes it. A disk that writes
 * elsewhere instead of over (flash, snapshots) may keep the old bytes: the folder belongs on an encrypted disk. */
void seal_destroy(struct seal_keys *keys, const char *class, seal_period p);

#endif
