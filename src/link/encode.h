/* link/encode.h - a record becomes a filter: clkhash's cryptographic longterm key, bit for bit.
 *
 * Each value is cut into tokens, each token sets a few bits chosen by a keyed hash (Schnell, Bachteler & Reiher 2009;
 * BLAKE2b slices as clkhash has them). An encoding is a pseudonym, not anonymous: see docs/linking.md.
 * Needs: schema, keys, value, libsodium, libcrypto.    Never: a filter of a record with a cell that was refused. */
#ifndef LINK_ENCODE_H
#define LINK_ENCODE_H

#include "link/keys.h"

struct link_encode_options {
    bool is_normalised; /* strings go through link_normal */
    bool keeps_blanks;  /* blanks around a cell are part of it, as clkhash has it */
    bool is_lenient;    /* a cell that only breaks its format's bounds is encoded as it is */
};

struct link_fault {
    size_t feature;
    const char *what; /* NULL: none */
};

struct link_encoder;

/* NULL: *complaint says what of the schema cannot be used. Its memory is wiped with the arena. */
struct link_encoder *link_encoder_open(struct arena *a, const struct link_schema *s,
                                       const struct link_secret *secret,
                                       struct link_encode_options options,
                                       struct complaint *complaint);
/* cells: one for each feature, in the schema's order; those of ignored features are not looked at. out: s->bits / 8
 * bytes, bit p of the filter is bit 7 - p % 8 of byte p / 8. False: fault->what, and out holds nothing of use.
 * A lenient encoder says true with fault->what set to what it let pass. */
MUST_USE bool link_encode(struct link_encoder *e, const str *cells, unsigned char *out,
                          struct link_fault *fault);

/* For tests and vectors: the tokens of a value, and the bits of one token. */
size_t link_tokens(const struct link_feature *f, struct arena *a, str value, str *out, size_t room,
                   const char **why);
void link_token_bits(const struct link_feature *f, const unsigned char *keys, size_t key_size,
                     unsigned hashed, str token, unsigned n, uint16_t *out);

#endif
