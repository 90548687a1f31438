/* seal/recovery.h - ten codes on paper, each good once, for whoever lost telephone and key.
 *
 * A code is four groups of five of Crockford's letters: 100 random bits, easy to read out. Kept are only keyed hashes,
 * bound to the account; the caller deletes one as it is used.
 * Needs: seal.    Never: a code in a table. */
#ifndef SEAL_RECOVERY_H
#define SEAL_RECOVERY_H

#include "seal/secret.h"

#define RECOVERY_CODES 10
#define RECOVERY_TEXT  (4 * 5 + 3 + 1) /* "k7q2m-4c8rz-9d0ta-x3fnp" and NUL */

struct recovery_code {
    char text[RECOVERY_TEXT];
    unsigned char hash[SEAL_HASH_BYTES];
};

void recovery_make(const struct seal_secret *secret, id account,
                   struct recovery_code out[RECOVERY_CODES]);

/* The hash of what somebody typed: capitals, spaces and hyphens do not matter, o is 0, i and l are 1. False: it cannot
 * be a code. */
MUST_USE bool recovery_hash(const struct seal_secret *secret, id account, personal typed,
                            unsigned char hash[SEAL_HASH_BYTES]);

#endif
