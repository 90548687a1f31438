/* follow/pages.h - the room of those who follow, for the list in main.
 *
 * Needs: follow, web.    Never: included by another room. */
#ifndef FOLLOW_PAGES_H
#define FOLLOW_PAGES_H

#include "follow/follow.h"
#include "web/web.h"

extern const struct room follow_room;
extern const struct route follow_own_routes[];

/* The mail that asks whoever reads the address. */
void follow_mail(struct req *rq, id which, str mail);

#endif
