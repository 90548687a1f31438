/* calendar/pages.h - the room of calendar, for the list in main.
 *
 * Needs: calendar, claim's pages, web.    Never: remember who subscribed. */
#ifndef CALENDAR_PAGES_H
#define CALENDAR_PAGES_H

#include "calendar/calendar.h"
#include "web/web.h"

extern const struct room calendar_room;

/* Its name in a language; the table's own where nobody translated it. */
str calendar_name(const struct lang *l, const struct calendar_day *d);
/* The file other calendars subscribe to: RFC 5545. */
page_fn calendar_file;

#endif
