/* link/keys.h - the secret of a linkage, and the keys made from it.
 *
 * The agencies share the secret; whoever links their encodings must never have it. HKDF (RFC 5869) gives each feature
 * two keys. The key check says whether two files were made with one secret and one schema, and nothing else about it.
 * Needs: base, libsodium, libcrypto.    Never: a secret that can be tried out. */
#ifndef LINK_KEYS_H
#define LINK_KEYS_H

#include "link/schema.h"

#define LINK_CHECK_BYTES 16

struct link_secret {
    unsigned char *bytes; /* in locked memory, wiped with the arena */
    size_t n;
    bool is_open; /* people other than the file's owner may read it */
};

enum link_secret_answer {
    LINK_SECRET_GOOD,
    LINK_SECRET_SHORT, /* under LINK_SECRET_LEAST bytes */
    LINK_SECRET_WEAK,  /* few different letters, or all of one kind: can be guessed */
    LINK_SECRET_LONG
};

/* The file's bytes without one line end after them. A file that cannot be read is a breakage. */
MUST_USE enum link_secret_answer link_secret_read(struct arena *a, const char *path,
                                                  struct link_secret *out);
/* For secrets that come from elsewhere; copies them. */
MUST_USE enum link_secret_answer link_secret_take(struct arena *a, str bytes,
                                                  struct link_secret *out);

/* Two keys of s->key_size bytes for each feature, one after the other; in locked memory. */
const unsigned char *link_keys(struct arena *a, const struct link_schema *s,
                               const struct link_secret *secret);
void link_key_check(const struct link_schema *s, const struct link_secret *secret,
                    unsigned char out[LINK_CHECK_BYTES]);

#endif
