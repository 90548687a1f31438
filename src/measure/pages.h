/* measure/pages.h - the room of measure, for the list in main.
 *
 * Needs: measure, claim's pages, draw, web.    Never: say a figure without what it does not say. */
#ifndef MEASURE_PAGES_H
#define MEASURE_PAGES_H

#include "measure/measure.h"
#include "web/web.h"

extern const struct room measure_room;

/* Each series, as search finds it. */
void measure_documents(struct db *db, const struct lang *l, ms now, struct search_index *into);

#endif
