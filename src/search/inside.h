/* search/inside.h - what making and asking share.
 *
 * Needs: base.    Never: used outside search. */
#ifndef SEARCH_INSIDE_H
#define SEARCH_INSIDE_H

#include "base/sink.h"
#include "search/search.h"
#include "search/search.sql.h"

/* A document's number says which part it belongs to. */
#define SEARCH_NUMBER(part, i) ((int64_t)(part) << 32 | (int64_t)(i))
#define SEARCH_PART_OF(number) ((enum search_part)((number) >> 32))

/* A word's packed documents, one after the other: the step to the next number, then a weight of 1 to 255. */
struct search_hits {
    const unsigned char *at, *end;
    int64_t number, left; /* the last one read; how many are still to come */
    int weight;
    bool is_damaged;
};
struct search_hits search_hits_of(str packed, int64_t found);
bool search_next(struct search_hits *h); /* false at the end, and where they are damaged */

/* A word of the title says more of what a page is about than one further down. */
#define SEARCH_TITLE_TIMES 6
/* BM25's share of one document, in 255 steps: how often, against how long it is beside the others. */
unsigned search_weight(double times, double length, double mean);
/* One packed document; `before` is the number of the one packed before, 0 at the beginning. */
void search_pack(struct sink *out, int64_t before, int64_t number, unsigned weight);

/* What may stand for a word that nobody wrote; how many, SEARCH_NEAR_MAX at most. */
#define SEARCH_NEAR_MAX 24
size_t search_near(struct db *db, struct arena *a, const struct lang *l, str word, str *out);

#endif
