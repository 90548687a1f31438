/* pledge/pages.h - the room of pledges, for the list in main.
 *
 * Needs: pledge, web.    Never: included by another room. */
#ifndef PLEDGE_PAGES_H
#define PLEDGE_PAGES_H

#include "pledge/pledge.h"

extern const struct room pledge_room;
extern const struct route pledge_own_routes[];

/* The mail that asks whoever reads the address. */
void pledge_mail(struct req *rq, id which, str mail);

#endif
