/* web/machine.h - the addresses for programs: health, measures, the API's description, assets, the way in.
 *
 * Needs: web, serve.    Never: a word about a person. */
#ifndef WEB_MACHINE_H
#define WEB_MACHINE_H

#include "web/web.h"

extern const struct room web_room;

#endif
