/* campaign/pages.h - the room of campaign, for the list in main. */
#ifndef CAMPAIGN_PAGES_H
#define CAMPAIGN_PAGES_H

#include "campaign/campaign.h"
#include "web/web.h"

extern const struct room campaign_room;

#endif
