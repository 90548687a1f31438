/* who/who.h - who does what: bodies, the people who held their offices, and what bodies do together.
 *
 * A body is described property by property, each a claim. An office is told by what happened to it: somebody was
 * appointed, took office, was seen in it, left; from and to are read off these. People stand here only as holders of a
 * public office.
 * Needs: claim.    Never: say anything of a person but their office; guess who came next. */
#ifndef WHO_WHO_H
#define WHO_WHO_H

#include "claim/claim.h"

extern const struct claim_kind who_bodies, who_offices, who_programmes;
extern const struct word who_groups[], who_properties[], who_events[], who_traits[];

/* What is said of one body or programme. */
size_t who_body_of(struct db *db, str slug, struct claim_when when, struct claim **out);
size_t who_programme_of(struct db *db, str slug, struct claim_when when, struct claim **out);
/* One person in one office of one body, put together from what happened; by the day it began, oldest first. */
struct who_held {
    str office, person;
    str from, to;           /* "" where not known */
    str seen_from, seen_to; /* first and last day seen in office, if nobody says more */
    bool is_acting, is_disputed;
    const struct claim *events; /* all that is said, by day */
    size_t n;
};
size_t who_held(struct db *db, str slug, struct claim_when when, struct who_held **out);

/* Whether a body takes part in a programme, by its slug in the programme's rows. */
bool who_has_part(const struct claim *rows, size_t n, str body);

#endif
