/* join/pages.h - the room of joining, for the list in main.
 *
 * Needs: join, web.    Never: let a word of an application into a page that others see. */
#ifndef JOIN_PAGES_H
#define JOIN_PAGES_H

#include "join/join.h"
#include "web/web.h"

extern const struct room join_room;

#endif
