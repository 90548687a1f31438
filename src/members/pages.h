/* members/pages.h - the room of members, for the list in main.
 *
 * Needs: members, claim's pages, draw, web.    Never: say that a state takes part because a list has it. */
#ifndef MEMBERS_PAGES_H
#define MEMBERS_PAGES_H

#include "members/members.h"
#include "web/web.h"

extern const struct room members_room;

/* As search finds them. */
void members_documents(struct db *db, const struct lang *l, ms now, struct search_index *into);

#endif
