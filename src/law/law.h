/* law/law.h - states, treaties and statutes; each statement with source and date.
 *
 * What a state did about the Trafficking in Persons Protocol, which instruments there are, what their articles
 * say and oblige to, what a state's own law answers. All of it are claims: dated, sourced, never changed, only followed by newer ones.
 * Needs: claim, lang, web for its pages.    Never: change a dated record; guess a date. */
#ifndef LAW_LAW_H
#define LAW_LAW_H

#include "claim/claim.h"

extern const struct claim_kind law_countries, law_protocol_kind, law_instruments, law_articles,
    law_duties, law_commitments;
extern const struct word law_state_kinds[], law_events[], law_bases[], law_properties[],
    law_predicates[], law_types[], law_themes[], law_forces[], law_fits[], law_transpositions[];
extern const struct word law_standings[];

/* How a state stands to the Protocol. The order is that of a legend. */
enum law_standing {
    LAW_PARTY,
    LAW_SIGNED,      /* signed, no deposit known */
    LAW_PARTICIPANT, /* in a list of participants, which can include mere signatories */
    LAW_NOTHING,     /* our sources hold no act of this state: not known, not "no" */
};
#define LAW_STANDINGS 4

struct law_state {
    str iso3;
    struct word kind; /* a member of the United Nations, a territory, ... */
    bool is_state;    /* neither a territory, nor a union, nor a former state */
};

struct law_standing_of {
    str iso3;
    enum law_standing standing;
    str signed_on, bound_on, in_force_on; /* "" where not known; partial days possible */
    struct word bound_by;                 /* ratification, accession, ...; no code if none */
    bool is_in_force_computed, is_date_missing, is_disputed;
    str source; /* of the deposit, else of whatever shows the standing */
};

/* Every state in the table, by code. */
size_t law_states(struct db *db, struct claim_when when, struct law_state **out);
MUST_USE bool law_state_get(struct db *db, str iso3, struct claim_when when, struct law_state *out);

/* What the claims about one state, oldest first, add up to. */
struct law_standing_of law_stand(str iso3, const struct claim *claims, size_t n);
size_t law_protocol_of(struct db *db, str iso3, struct claim_when when, struct claim **out);
/* What is known of an instrument (CLAIM_ALL: of every one), counts by their day. A name or a text has no day of its
 * own; they show on any day, but what was adopted or counted after `when.on` does not. */
size_t law_instrument_of(struct db *db, str instrument, struct claim_when when, struct claim **out);
/* What an instrument asks of states, in its order. */
size_t law_duties_of(struct db *db, str instrument, struct claim_when when, struct claim **out);
/* A text of law does not change with the day one asks for. */
struct claim_when law_timeless(struct claim_when when);

/* What a state's own law and offices answer: offence, its elements, transposition, plan ... (CLAIM_ALL: every state). */
size_t law_commitments_of(struct db *db, str iso3, struct claim_when when, struct claim **out);
/* The answer of a commitment where it is one of our words (a fit with the Protocol, a step of transposition). */
MUST_USE bool law_answer_of(const struct claim *c, struct word *out);
/* The standing of each state that did something; by code. */
size_t law_standings_all(struct db *db, struct claim_when when, struct law_standing_of **out);

/* The parties with a dated deposit, oldest first, then those without; how many of each. */
struct law_deposits {
    struct law_standing_of *party;
    size_t n, dated;
};
struct law_deposits law_deposits_of(struct db *db, struct claim_when when);
/* When "more than `count`" states had joined: latest is the day of deposit number count + 1 among the dated ones,
 * earliest the day it would be if all the undated ones came before. "" where that was never passed. */
struct law_passing {
    str earliest, latest;
};
struct law_passing law_passed(const struct law_deposits *d, int64_t count);

#endif
