/* campaign/listed.h - what the list of states and the maps know of each state.
 *
 * Needs: law, tiers, members, draw.    Never: included outside src/campaign. */
#ifndef CAMPAIGN_LISTED_H
#define CAMPAIGN_LISTED_H

#include "law/law.h"
#include "web/web.h"

struct listed {
    struct law_state state;
    enum law_standing standing;
    int64_t bound_year;
    struct word tier;
    bool takes_part;
    str region, name;
};

/* Every state, and every other participant of the Protocol, in the language's order. */
size_t listed_all(struct req *rq, int64_t tier_year, struct listed **out);
size_t listed_standing(const struct listed *all, size_t n, enum law_standing s); /* how many */
html listed_map(struct req *rq, const struct listed *all,
                size_t n); /* by how each stands to the Protocol */

#endif
