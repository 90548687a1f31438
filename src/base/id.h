/* base/id.h - keys for rows, and names made from content.
 *
 * Needs: clock, libsodium for randomness and hashing.    Never: a key from a database sequence. */
#ifndef BASE_ID_H
#define BASE_ID_H

#include "base/arena.h"

#define CONTENT_ID_LENGTH 24

/* Rises with time and within one process; the low 20 bits begin at random. Fits a BIGINT. */
id id_new(void);

/* 24 letters and digits that follow from the content alone (BLAKE2b, 120 bits): equal everywhere. */
void content_id(str content, char out[CONTENT_ID_LENGTH + 1]);
bool content_id_is(str s); /* has that shape */

#endif
