/* link/bits.h - which bits a token sets, remembered: the same few thousand n-grams come back in every record.
 *
 * Needs: schema, libsodium, libcrypto.    Never: a bit that does not depend on the key. */
#ifndef LINK_BITS_H
#define LINK_BITS_H

#include "link/schema.h"

struct link_bits_cache;

struct link_bits_cache *link_bits_open(struct arena *a, const struct link_schema *s,
                                       const unsigned char *keys);
/* The first n bits of a token of feature i; position 0: the piece itself is the token, else "position piece". Valid
 * until the next call. */
const uint16_t *link_bits(struct link_bits_cache *c, size_t i, uint32_t position, str piece,
                          unsigned n);

#endif
