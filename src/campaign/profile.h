/* campaign/profile.h - the parts a country profile is made of. One function a part.
 *
 * Needs: law, tiers, members, measure, draw.    Never: included outside src/campaign. */
#ifndef CAMPAIGN_PROFILE_H
#define CAMPAIGN_PROFILE_H

#include "campaign/country.html.h"
#include "law/law.h"
#include "web/web.h"

const char *campaign_standing_class(enum law_standing s);

/* The statements to which the state replied. */
struct replied {
    str *which;
    size_t n;
};

void profile_helplines(struct req *rq, str iso3, const struct replied *replied,
                       struct campaign_country *v);
void profile_acts(struct req *rq, str iso3, const struct replied *replied,
                  struct campaign_country *v);
void profile_events(struct req *rq, str iso3, const struct replied *replied,
                    struct campaign_country *v);
void profile_tiers(struct req *rq, str iso3, const struct replied *replied,
                   struct campaign_country *v);
void profile_numbers(struct req *rq, str iso3, struct campaign_country *v);

#endif
