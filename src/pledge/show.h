/* pledge/show.h - the card of a pledge, shown to whoever made it.
 *
 * Needs: pledge.    Never: included outside src/pledge. */
#ifndef PLEDGE_SHOW_H
#define PLEDGE_SHOW_H

#include "pledge/pledge.h"

struct pledge_shown {
    struct pledge p;
    bool is_counted, is_again;
    str back;
};
struct pledge_card;
struct pledge_card *pledge_card_of(struct req *rq, const struct pledge_shown *what);

#endif
