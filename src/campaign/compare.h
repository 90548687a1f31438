/* campaign/compare.h - several states side by side.
 *
 * Needs: law, tiers, members, measure, draw.    Never: included outside src/campaign; rank. */
#ifndef CAMPAIGN_COMPARE_H
#define CAMPAIGN_COMPARE_H

#include "campaign/compare.html.h"
#include "web/web.h"

#define COMPARE_MAX 6

void campaign_compare(struct req *rq);

/* The parts, one function each, for the states already chosen. */
void compare_facts(struct req *rq, int64_t tier_year, struct campaign_compare_states *s,
                   struct campaign_compare *v);
void compare_tiers(struct req *rq, const struct campaign_compare_states *states, size_t n,
                   struct campaign_compare *v);
void compare_numbers(struct req *rq, struct campaign_compare_states *states, size_t n,
                     struct campaign_compare *v);
void compare_source(struct req *rq, str id, struct campaign_compare *v); /* noted once */

#endif
