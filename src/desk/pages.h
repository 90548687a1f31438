/* desk/pages.h - the desk's own pages: what waits, who operates this, how long things are kept, the trail, the mail.
 *
 * Needs: web, operator, trail, people (names of colleagues).    Never: decide what another room decides. */
#ifndef DESK_PAGES_H
#define DESK_PAGES_H

#include "web/web.h"

extern const struct room desk_room;

/* Every table that ends by itself, with what it holds and for how long; ended by one without a name. A test holds it
 * against what the build knows of the tables. */
struct retention {
    const char *table;
    struct phrase what, how;
};
extern const struct retention desk_retention[];

#endif
