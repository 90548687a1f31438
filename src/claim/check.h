/* claim/check.h - does a cell look as its column says, and does what it names exist?
 *
 * Needs: claim.    Never: included outside src/claim. */
#ifndef CLAIM_CHECK_H
#define CLAIM_CHECK_H

#include "claim/claim.h"

/* A set of texts, for what exists and what was already there. */
struct names {
    str *slot;
    size_t room, n;
};
void names_open(struct names *set, struct arena *a, size_t n);
bool names_add(struct names *set, str name); /* false if it was there */
bool names_has(const struct names *set, str name);

struct known {
    struct names states, sources;
};
void known_read(struct db *db, struct arena *a, struct known *out);

/* NULL if the cell is right, otherwise what is wrong with it. */
const char *check_cell(struct arena *a, const struct claim_column *column, str cell,
                       const struct known *known);

#endif
