/* calendar/calendar.h - days and months given to the matter, and the acts that made them.
 *
 * A rule says when it comes each year: "07-30" is a day, "01" a whole month. Who made it, when, and who
 * proclaimed it for which year are claims, side by side where sources differ.
 * Needs: claim.    Never: a time zone, a feast that moves; today's date without being given it. */
#ifndef CALENDAR_CALENDAR_H
#define CALENDAR_CALENDAR_H

#include "claim/claim.h"

extern const struct claim_kind calendar_observances;
extern const struct word calendar_scopes[], calendar_events[], calendar_sorts[];

/* A rule's days in a year: first and last are the same for a day. False for what is no rule. */
MUST_USE bool calendar_days(struct arena *a, str rule, int64_t year, str *first, str *last);
/* Its next time, counted from a full day: one that is running or begins that day comes first. */
MUST_USE bool calendar_next(struct arena *a, str rule, str from, str *first, str *last);

/* One observance, with what is said of it, oldest first. */
struct calendar_day {
    str slug, name, rule, iso3;
    struct word scope, sort;
    str first, last; /* the next time; "" if its rule cannot be read */
    const struct claim *said;
    size_t n;
};
/* All of them, those next to come first. `day` is today. */
size_t calendar_all(struct db *db, str day, struct claim_when when, struct calendar_day **out);

#endif
