/* tiers/pages.h - the room of tiers, for the list in main.
 *
 * Needs: tiers, claim's pages, draw, web.    Never: speak of a tier as if it were ours. */
#ifndef TIERS_PAGES_H
#define TIERS_PAGES_H

#include "tiers/tiers.h"
#include "web/web.h"

extern const struct room tiers_room;

/* Each year's assessments, as search finds them. */
void tiers_documents(struct db *db, const struct lang *l, ms now, struct search_index *into);

#endif
