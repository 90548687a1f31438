/* claim/check.h - does a cell look as its column says, and does what it names exist? And the row that cells make.
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

/* What is wrong with a cell, to be read behind the column's name; no words if it is right. */
extern const struct phrase check_no_word; /* it is none of the column's words */
struct phrase check_cell(const struct claim_column *column, str cell, const struct known *known);

/* A row as it is kept: its content's id, what it is about, the day it counts from. */
struct row {
    str id, subject, on_day, cells;
};
void row_make(struct arena *a, const struct claim_kind *kind, const str *cell, struct row *out);

/* Whether rows of other kinds name those of this one: sources and states are named. */
bool cited_kind(const struct claim_kind *kind);
struct cited {
    struct names gone; /* subjects that would be withdrawn */
    str by_kind, name; /* who still names one */
};
bool cited_by_others(struct db *db, const struct claim_kind *reference, struct cited *cited);

#endif
