/* seal/cbor.h - reading the CBOR that authenticators write (RFC 8949, the part CTAP2 uses).
 *
 * One item after another over bytes that stay where they are. Refused: lengths that are not stated or not written
 * in the shortest way, more than CBOR_DEPTH_MAX levels, tags, floating point, text that is not UTF-8, a key that
 * stands twice in a map. The order of a map's keys is not looked at: some authenticators keep their own.
 * Needs: base.    Never: allocate, recurse without bound, read past the end. */
#ifndef SEAL_CBOR_H
#define SEAL_CBOR_H

#include "base/str.h"

enum cbor_type { CBOR_INT, CBOR_BYTES, CBOR_TEXT, CBOR_ARRAY, CBOR_MAP, CBOR_BOOL, CBOR_NULL };

struct cbor_item {
    enum cbor_type type;
    int64_t number; /* CBOR_INT, CBOR_BOOL; of arrays how many items, of maps how many pairs */
    str bytes;      /* CBOR_BYTES, CBOR_TEXT; of arrays and maps what is inside */
};

/* Takes one whole item, with all that is inside, off the beginning of *rest. False: it is not well-formed. */
MUST_USE bool cbor_read(str *rest, struct cbor_item *item);

/* In a map that cbor_read gave: the value of a key. False: it is not there. */
MUST_USE bool cbor_in_text(const struct cbor_item *map, str key, struct cbor_item *value);
MUST_USE bool cbor_in_int(const struct cbor_item *map, int64_t key, struct cbor_item *value);

#endif
