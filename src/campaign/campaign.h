/* campaign/campaign.h - the public site: home and the country profiles, where everything about a state meets.
 *
 * Needs: claim, lang, web; may use help, law, tiers, measure, members.    Never: show a ledger entry. */
#ifndef CAMPAIGN_CAMPAIGN_H
#define CAMPAIGN_CAMPAIGN_H

#include "claim/claim.h"

#endif
