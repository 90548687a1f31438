/* trail/inside.h - what the trail's own files share.
 *
 * Needs: trail, the made queries.    Never: included outside src/trail. */
#ifndef TRAIL_INSIDE_H
#define TRAIL_INSIDE_H

#include "trail/trail.h"
#include "trail/trail.sql.h"

#define TRAIL_KEY_NAME_BYTES 8

/* Which secret an entry was written with: the beginning of a hash of it. Broken if the trail was not opened. */
str trail_key_name(void);
str trail_no_hash(void); /* what stands before the first entry: zeros */

/* The keyed hash of everything in a row but `hash`. */
void trail_hash_row(struct arena *a, const struct trail_row *row,
                    unsigned char hash[SEAL_HASH_BYTES]);
/* Is it as this secret wrote it? Says nothing of its place in the chain. */
MUST_USE bool trail_is_genuine(struct arena *a, const struct trail_row *row);
/* The keyed hash of other words of the trail's. */
void trail_hash_words(const char *context, str words, unsigned char hash[SEAL_HASH_BYTES]);

#endif
