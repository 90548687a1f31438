/* seal/secret.h - secrets that do not end, and what is made from them: keyed hashes, random words, ids in addresses.
 *
 * A secret is 32 random bytes in a file NAME.secret (0600) in the folder of keys. It is made when it is first asked
 * for; when several processes ask at once the first to make it wins and all have the same. No sweep touches it.
 * Like keys it is never in a backup: whoever restores without it has sessions that ended, addresses that lead nowhere
 * and passwords that must be set anew.
 * Fails closed: a secret that is open to others, damaged or cannot be made safe on the disk is a breakage.
 * Needs: seal, libsodium.    Never: a secret in the database, in a log or in a core file; one opened before the fork. */
#ifndef SEAL_SECRET_H
#define SEAL_SECRET_H

#include "seal/seal.h"

#define SEAL_SECRET_BYTES 32
#define SEAL_HASH_BYTES   32
#define SEAL_RANDOM_BYTES 32
#define SEAL_RANDOM_TEXT  (43 + 1) /* the same bytes in base64url, and NUL */
#define ID_SHOWN_TEXT     (13 + 1) /* and NUL */

struct seal_secret; /* in locked memory, as long as the keys it came with */

/* Read once; asked for again it is the same. name: one to 24 lower-case letters, one for each use: "sessions", "addresses", "passwords", "trail". */
const struct seal_secret *seal_secret(struct seal_keys *keys, const char *name);
/* NULL when there is none: for commands that only look. */
const struct seal_secret *seal_secret_if_there(struct seal_keys *keys, const char *name);

/* BLAKE2b-256 keyed by the secret. `context` says what is hashed ("session token"), so that the hash of one thing is
 * never the hash of another. */
void seal_hash(const struct seal_secret *secret, const char *context, str what,
               unsigned char out[SEAL_HASH_BYTES]);

/* In a time that does not depend on the bytes. */
MUST_USE bool seal_equal(const void *a, const void *b, size_t n);
/* The same for words: false at once if their lengths differ. */
MUST_USE bool seal_equal_words(str a, str b);

void seal_random(void *out, size_t n);
void seal_random_text(char out[SEAL_RANDOM_TEXT]);

/* An id as addresses show it: 13 characters (lower-case Crockford base32) of a keyed permutation of all 64-bit ids,
 * so each has one name, none has two, and neighbours look unrelated. */
void id_shown(const struct seal_secret *secret, id which, char out[ID_SHOWN_TEXT]);
/* False unless id_shown could have written it, letter by letter. That the row exists is not said. */
MUST_USE bool id_read(const struct seal_secret *secret, str shown, id *which);

#endif
