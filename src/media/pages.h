/* media/pages.h - pictures in public and at the desk.
 *
 * Needs: media, web.    Never: the bytes of a draft to anybody who is not signed in. */
#ifndef MEDIA_PAGES_H
#define MEDIA_PAGES_H

#include "media/media.h"
#include "web/web.h"

extern const struct room media_room;

/* One file of an item, "1280.webp", whatever its state: the caller has looked at that. */
void media_send(struct req *rq, const struct media_row *item, str file);

#endif
