/* who/pages.h - the room of who, for the list in main.
 *
 * Needs: who, claim's pages, web.    Never: a person's page. */
#ifndef WHO_PAGES_H
#define WHO_PAGES_H

#include "web/web.h"
#include "who/who.h"

extern const struct room who_room;

/* Bodies and programmes, as search finds them. */
void who_documents(struct db *db, const struct lang *l, ms now, struct search_index *into);

#endif
