/* course/pages.h - the room of courses.
 *
 * Needs: course, web, draw.    Never: a page that tells who learned. */
#ifndef COURSE_PAGES_H
#define COURSE_PAGES_H

#include "web/web.h"

extern const struct room course_room;

#endif
