/* test/page/knock.h - every door of the desk, with every role: who may comes in, everybody else is refused.
 *
 * Needs: web, people.    Never: a route left out; what is not the desk's must be open to anyone or be the machine's. */
#ifndef TEST_PAGE_KNOCK_H
#define TEST_PAGE_KNOCK_H

#include "test/page/as.h"

/* Says each wrong answer through `wrong`; returns how many knocks there were. */
int knock_everywhere(struct arena *a, struct db *db, const struct site *site, struct server *server,
                     void (*wrong)(void *self, const char *what, str where), void *self);

#endif
