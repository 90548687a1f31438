/* members/pages.h - the room of members, for the list in main. */
#ifndef MEMBERS_PAGES_H
#define MEMBERS_PAGES_H

#include "members/members.h"
#include "web/web.h"

extern const struct room members_room;

#endif
