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
/* The same with one day; `about` is the page it leads to, beneath the language. What nobody made an act for comes at d->first. */
str calendar_one(struct req *rq, const struct lang *l, const struct calendar_day *d, str about);

/* Whoever is lent here knows the address of a kit for a day, or "" if there is none. */
typedef str calendar_kit_fn(struct req *rq, str observance);
void calendar_kits_are(calendar_kit_fn *kit); /* before anything is shown; NULL: there are none */

#endif
