/* link/recommended.h - the schema we recommend for lists of victims: five fields most agencies have.
 *
 * Names as bigrams, which bear Oksana and Oxana; the birth date by digit and place, which bears one wrong digit; sex and
 * nationality as a whole, weak. BLAKE2b only, one fold, a salt of its own.
 * Needs: base, libsodium.    Never: a salt used twice. */
#ifndef LINK_RECOMMENDED_H
#define LINK_RECOMMENDED_H

#include "base/arena.h"

str link_recommended(struct arena *a, const unsigned char *salt,
                     size_t n); /* JSON, at most 64 bytes of salt */

#endif
