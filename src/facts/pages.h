/* facts/pages.h - the desk's pages about statements.
 *
 * Needs: facts, web.    Never: answer the public; what a state replied is shown by claim and campaign. */
#ifndef FACTS_PAGES_H
#define FACTS_PAGES_H

#include "web/web.h"

extern const struct room facts_room;

#endif
