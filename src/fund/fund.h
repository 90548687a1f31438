/* fund/fund.h - the trust fund for victims: what is said of it, by date. Its ledger comes later.
 *
 * Every figure is a claim with the day it was said of. The same figure said again a year later is shown as that.
 * Needs: claim.    Never: know a case; add up what sources did not. */
#ifndef FUND_FUND_H
#define FUND_FUND_H

#include "claim/claim.h"

extern const struct claim_kind fund_facts;
extern const struct word fund_names[], fund_units[], fund_bounds[];

#endif
