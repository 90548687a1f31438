/* study/pages.h - the room, for the list of rooms. */
#ifndef STUDY_PAGES_H
#define STUDY_PAGES_H

#include "web/web.h"

extern const struct room study_room;

#endif
