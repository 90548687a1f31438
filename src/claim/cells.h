/* claim/cells.h - a claim's cells packed into one text, as they are kept.
 *
 * Needs: claim.    Never: included outside src/claim. */
#ifndef CLAIM_CELLS_H
#define CLAIM_CELLS_H

#include "claim/claim.h"

#define CELLS_BETWEEN '\x1f' /* the unit separator; control characters are refused in cells */

int cells_columns(const struct claim_kind *kind);
int cells_split(str packed, const struct claim_kind *kind,
                str *cell); /* missing ones become empty */
str cells_pack(struct arena *a, const str *cell, int n);
int cells_compare(str packed_a, str packed_b);  /* cell by cell, bytewise */
void cells_write(struct sink *out, str packed); /* one CSV line */

/* Of rows read for a day, those that have one. */
struct claim_found;
size_t claim_dated_only(const struct claim_kind *kind, struct claim_when when,
                        struct claim_found *rows, size_t n);

#endif
