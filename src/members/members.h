/* members/members.h - who takes part in the campaign, as its sources and this site's own register tell.
 *
 * Needs: claim, lang, web, search, draw for the map.    Never: know who applied, or whom to write to; that is join's. */
#ifndef MEMBERS_MEMBERS_H
#define MEMBERS_MEMBERS_H

#include "claim/claim.h"

extern const struct claim_kind members_events_kind;
extern const struct word members_types[], members_events[], members_precisions[], members_abouts[];

/* The name of a member in an address: small letters, digits, hyphens. */
str members_slug(struct arena *a, str entity);
/* What is said about a state's part in the campaign, oldest first. */
size_t members_of_state(struct db *db, str iso3, struct claim_when when, struct claim **out);
/* True if some source says that this state joined, adopted, launched or is listed. Whether it left since,
 * members_has_left says of all rows about one member, which stand by their day. */
bool members_is_taking_part(const struct claim *c);
bool members_has_left(const struct claim *own, size_t n);
/* Something new is told of a member: it is found in search as it is now. In the caller's write transaction. */
void members_changed(struct db *db, str entity);
/* The codes of all states that take part, each once, sorted. */
size_t members_states(struct db *db, struct claim_when when, str **out);

#endif
