/* missing/pages.h - the room of missing: a guide for families. Notices come later.
 *
 * Needs: claim, lang, web.    Never: know a case; show an expired notice. */
#ifndef MISSING_PAGES_H
#define MISSING_PAGES_H

#include "web/web.h"

extern const struct room missing_room;

#endif
