/* ask/pages.h - the room of questions, for the list in main.
 *
 * Needs: ask, web.    Never: included by another room. */
#ifndef ASK_PAGES_H
#define ASK_PAGES_H

#include "ask/ask.h"

extern const struct room ask_room;
extern const struct route ask_desk_routes[];

/* Of a request. */
struct ask ask_of(struct req *rq);
void ask_documents(struct db *db, const struct lang *l, ms now, struct search_index *into);
void ask_waits(struct req *rq);

#endif
