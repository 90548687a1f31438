/* edit/pages.h - the desk's pages for texts.
 *
 * Needs: web.    Never: decide what edit.h decides. */
#ifndef EDIT_PAGES_H
#define EDIT_PAGES_H

#include "web/web.h"

void edit_open(struct arena *life); /* its script; at start, before any fork */

extern const struct room edit_room;

#endif
