/* search/inside.h - what making and asking share.
 *
 * Needs: base.    Never: used outside search. */
#ifndef SEARCH_INSIDE_H
#define SEARCH_INSIDE_H

#include "search/search.h"
#include "search/search.sql.h"

/* A document's number says which part it belongs to. */
#define SEARCH_NUMBER(part, i) ((int64_t)(part) << 32 | (int64_t)(i))
#define SEARCH_PART_OF(number) ((enum search_part)((number) >> 32))

/* What may stand for a word that nobody wrote; how many, SEARCH_NEAR_MAX at most. */
#define SEARCH_NEAR_MAX 24
size_t search_near(struct db *db, struct arena *a, const struct lang *l, str word, str *out);

#endif
