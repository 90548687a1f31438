/* wear/pages.h - the room of wear: its pages.
 *
 * Needs: wear, web.    Never: receive a photograph; keep words of the public. */
#ifndef WEAR_PAGES_H
#define WEAR_PAGES_H

#include "wear/wear.h"

extern const struct room wear_room;
void wear_assets(struct arena *life); /* at start, before any fork */

#endif
