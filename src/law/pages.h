/* law/pages.h - the room of law, for the list in main.
 *
 * Needs: law, claim's pages, draw, web.    Never: change a dated record, or say that a state keeps what it signed. */
#ifndef LAW_PAGES_H
#define LAW_PAGES_H

#include "law/law.h"
#include "web/web.h"

extern const struct room law_room;

/* Treaties and their articles, as search finds them. */
void law_documents(struct db *db, const struct lang *l, ms now, struct search_index *into);

/* An instrument for machines that read pages (head.linked). */
str law_linked(struct req *rq, str instrument);

#endif
