/* tiers/tiers.h - yearly assessments of states by others, and what they mean.
 *
 * The tier a state was given in a year's Trafficking in Persons Report, and the 3P index of scholars. A tier
 * grades what a government did in one year under a statute of the United States; it is never ours.
 * Needs: claim, lang, web; may use law.    Never: write to law; fill a gap. */
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

/* Every state's tiers at a glance, by code: a place in tiers_words plus one per year, 0 where our sources hold none. */
struct tiers_history {
    str iso3;
    uint8_t tier[TIERS_YEARS];
    bool is_disputed[TIERS_YEARS];
};
enum { TIERS_NO_RECORD, TIERS_1, TIERS_2, TIERS_WATCH, TIERS_3, TIERS_SPECIAL };
size_t tiers_all(struct db *db, struct claim_when when, struct tiers_history **out);

/* The statute's automatic downgrade (TVPRA 2008; section 110(b)(2)(D) of the TVPA): two consecutive years on the Watch
 * List, counted from the report of 2009, and the next is Tier 3, unless the state moves up or a waiver is given: for up
 * to two years until the report of 2018, for one year since. Said of a year from the years before it alone, and only
 * where their lists are whole and the state's sources agree; the later limit for states that fell and came back
 * (section 110(b)(2)(F), 2019) would need whole lists we do not hold. */
#define TIERS_RULE_FIRST_YEAR 2009
enum tiers_due {
    TIERS_NOT_DUE,
    TIERS_DUE,        /* Tier 3, or a waiver, or up */
    TIERS_DUE_SURELY, /* no waiver is left: Tier 3, or up */
    TIERS_CANNOT,     /* a year that decides is not whole, or its sources differ */
};
struct tiers_due_of {
    enum tiers_due due;
    int years;        /* consecutive on the Watch List just before */
    bool is_at_least; /* the year before those cannot be told */
};
struct tiers_due_of tiers_due_in(const struct tiers_history *h,
                                 const enum tiers_cover cover[TIERS_YEARS], int64_t year);

/* Years on the Watch List, and the longest run of whole consecutive lists among them. */
struct tiers_watched {
    int whole, part; /* in whole lists, in partial ones */
    int longest;
    int64_t first, last; /* of the longest run */
};
struct tiers_watched tiers_watched_of(const struct tiers_history *h,
                                      const enum tiers_cover cover[TIERS_YEARS]);
void tiers_covers(struct db *db, struct claim_when when, enum tiers_cover out[TIERS_YEARS]);

/* The 3P index of a state in a year: a judgement by scholars. 0: no score. */
struct tiers_score {
    int64_t year;
    int64_t of[4]; /* in the order of tiers_dimensions */
    str claim, source;
};
size_t tiers_scores_of(struct db *db, str iso3, struct claim_when when, struct tiers_score **out);

/* The class that colours a tier on maps and charts; "unknown" for none. */
const char *tiers_class(str code);

#endif
