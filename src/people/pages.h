/* people/pages.h - the desk's pages about people: signing in, one's own account, who there is and what they may.
 *
 * Needs: people, web.    Never: a page under a language; all of this is the desk's. */
#ifndef PEOPLE_PAGES_H
#define PEOPLE_PAGES_H

#include "web/web.h"

extern const struct room people_room;

void people_open(struct arena *life); /* at start: the script for passkeys */
void people_who(struct req *rq);      /* lent to web: who the cookie belongs to */

#endif
