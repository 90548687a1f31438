/* help/pages.h - the room of help, for the list in main.
 *
 * Needs: help, web.    Never: included by another room. */
#ifndef HELP_PAGES_H
#define HELP_PAGES_H

#include "help/help.h"
#include "web/web.h"

extern const struct room help_room;

#endif
