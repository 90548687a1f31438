/* tiers/tiers.h - yearly assessments of states by others, and what they mean.
 *
 * The tier a state was given in a year's Trafficking in Persons Report, and the 3P index of scholars. A tier
 * grades what a government did in one year under a statute of the United States; it is never ours.
 * Needs: claim, lang, web; may use law and measure.    Never: write to law or measure; fill a gap. */
#ifndef TIERS_TIERS_H
#define TIERS_TIERS_H

#include "claim/claim.h"

extern const struct claim_kind tiers_placements, tiers_policy;
extern const struct word tiers_words[], tiers_bases[], tiers_dimensions[];

#define TIERS_FIRST_YEAR 2001
#define TIERS_LAST_YEAR  2025

/* A state's tier in one year: empty code where our sources hold none, is_disputed where they differ. */
struct tiers_placed {
    str iso3;
    int64_t year;
    struct word tier;
    str claim, source; /* of the claim shown */
    bool is_disputed;
    int sources;
};

/* How much of a year's report our sources hold. Whole: Tiers 1, 2 and 3 all hold states and Tier 2, the largest in
 * every whole list we know, more than a third of them. Lists copied without their Tier 2 are so told apart. */
enum tiers_cover { TIERS_WHOLE, TIERS_PART, TIERS_NONE };
struct tiers_year {
    size_t placed, one, two, three;
};
enum tiers_cover tiers_cover_of(const struct tiers_year *y);
#define TIERS_YEARS (TIERS_LAST_YEAR - TIERS_FIRST_YEAR + 1)

/* One entry per year from the first to the last, gaps included. A report counts from the end of its year: the day it
 * came out is not in our data. */
size_t tiers_of_state(struct db *db, str iso3, struct claim_when when, struct tiers_placed **out);
/* One entry per state placed in that year, by code. */
size_t tiers_of_year(struct db *db, int64_t year, struct claim_when when,
                     struct tiers_placed **out);
/* How many states are placed in each year, first to last. */
void tiers_counts(struct db *db, struct claim_when when, struct tiers_year out[TIERS_YEARS]);
/* The newest year whose whole list our sources hold; 0 if there is none, as before the first report. */
int64_t tiers_newest_whole_year(struct db *db, struct claim_when when);
/* The class that colours a tier on maps and charts; "unknown" for none. */
const char *tiers_class(str code);

#endif
