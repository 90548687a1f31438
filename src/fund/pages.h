/* fund/pages.h - the room of fund, for the list in main.
 *
 * Needs: fund, claim's pages, web.    Never: ask for money. */
#ifndef FUND_PAGES_H
#define FUND_PAGES_H

#include "fund/fund.h"
#include "web/web.h"

extern const struct room fund_room;

#endif
