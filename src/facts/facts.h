/* facts/facts.h - the desk's work on statements: entering, correcting, withdrawing, checking again, importing; and what a
 * state replies.
 *
 * Most of what an editor enters is published at once and stands in the trail. What concerns others more waits for a second
 * person: a statement that rests on a weak source, one that contradicts or changes what a depositary or an official
 * source says, a source that is to count for more (docs/decisions/0020). A state's reply stands beside a statement in
 * the state's own words; the campaign releases it or gives it back, and changes nothing in it.
 * Needs: claim, people, operator, trail, web.    Never: fetch an address somebody entered; write a row but through claim. */
#ifndef FACTS_FACTS_H
#define FACTS_FACTS_H

#include "claim/claim.h"
#include "facts/facts.sql.h"

extern const struct claim_kind facts_replies;

/* Why something is withdrawn, given back, or waits: codes and words. */
extern const struct word facts_reasons[], facts_backs[], facts_whys[], facts_reply_backs[];
extern const struct word facts_deeds[]; /* what waits: entered, corrected, withdrawn, hidden */

enum facts_answer {
    FACTS_DONE,     /* published */
    FACTS_WAITS,    /* kept until a second person agrees */
    FACTS_WRONG,    /* cells; wrong[] says which and why */
    FACTS_IS_THERE, /* this very statement is made already */
    FACTS_TAKEN, /* a source or state with this name is there: it can be corrected, not entered again */
    FACTS_UNCHANGED,   /* nothing differs from what is there */
    FACTS_GONE,        /* somebody was quicker: it is not made any more */
    FACTS_STILL_NAMED, /* a source or a state that other statements name */
    FACTS_NO_REASON,
    FACTS_NO_NOTE, /* a grade is changed with a sentence that says why */
    FACTS_NO_SUCH,
    FACTS_SAME_PERSON, /* whoever brought it does not agree to it */
    FACTS_ELSEWHERE,   /* of a kind that is not entered here */
    FACTS_TOO_MANY,    /* of this person's wait already */
    FACTS_CLOCK,       /* this machine's clock is more than a day behind */
};

/* Who asks, and with what. */
struct facts {
    struct db *db;
    struct arena *arena;
    id by;
    ms now;
};
struct facts_made {
    str claim;       /* what is published now */
    id waiting;      /* what waits now */
    struct word why; /* it waits */
    struct phrase wrong[CSV_COLUMNS_MAX];
};

/* Whether a kind is entered row by row here: texts and replies have places of their own. */
bool facts_is_entered_here(const struct claim_kind *kind);
/* The column that says when somebody last looked, if looking again only moves that day; -1. */
int facts_looked_column(const struct claim_kind *kind);

MUST_USE enum facts_answer facts_enter(const struct facts *f, const struct claim_kind *kind,
                                       const str *cells, struct facts_made *made);
MUST_USE enum facts_answer facts_correct(const struct facts *f, str which, const str *cells,
                                         struct facts_made *made);
MUST_USE enum facts_answer facts_withdraw(const struct facts *f, str which, str reason,
                                          struct facts_made *made);
/* Somebody read it today and it still says so. */
MUST_USE enum facts_answer facts_look_again(const struct facts *f, str which,
                                            struct facts_made *made);
MUST_USE enum facts_answer facts_grade(const struct facts *f, str which, str grade, str note,
                                       struct facts_made *made);

/* The second person. Where one person alone runs the site and says so (operator_is_alone), that one looks twice. */
MUST_USE enum facts_answer facts_agree(const struct facts *f, id waiting);
MUST_USE enum facts_answer facts_give_back(const struct facts *f, id waiting, str reason);
MUST_USE enum facts_answer facts_take_back(const struct facts *f,
                                           id waiting); /* whoever brought it */
/* The cells that wait, or NULL where none do. */
const str *facts_waiting_cells(struct arena *a, const struct facts_waiting *w);

/* Why a change needs a second person; empty code: it does not. `old` NULL: entered; `cells` NULL: withdrawn. */
struct word facts_needs_second(struct db *db, const struct claim_kind *kind,
                               const struct claim *old, const str *cells);
/* The grade of a source; "" if there is none. */
str facts_grade_of(struct db *db, str source);
bool facts_is_firm(str grade); /* depositary or official */

/* ---- replies ---- */

#define REPLY_CHARACTERS_MAX 1500

enum reply_answer {
    REPLY_YES,
    REPLY_NO_SUCH,
    REPLY_NOT_ABOUT, /* the statement is not about this state, or is not made any more */
    REPLY_NO_WORDS,
    REPLY_TOO_LONG,
    REPLY_BAD_WORDS, /* a control character, or the beginning of a formula */
    REPLY_NO_SPEAKER,
    REPLY_BAD_DAY,
    REPLY_WAITS_ALREADY,
    REPLY_SAME_PERSON,
    REPLY_NO_REASON,
    REPLY_CLOCK,
};
struct reply_asked {
    id organisation;
    str iso3, claim, speaker, day;
    struct facts_reply_words *texts; /* those that are not empty */
    size_t texts_n;
};
bool reply_is_about(const struct claim *c, str iso3);
MUST_USE enum reply_answer reply_hand_in(const struct facts *f, const struct reply_asked *asked);
MUST_USE enum reply_answer reply_release(const struct facts *f, id which);
MUST_USE enum reply_answer reply_give_back(const struct facts *f, id which, str reason);
MUST_USE enum reply_answer reply_take_back(const struct facts *f, id which);
/* What is released: withdrawn by the state ... */
MUST_USE enum reply_answer reply_withdraw(const struct facts *f, str iso3, str claim,
                                          id organisation);
/* ... or removed whole by the campaign, for a reason for which it would have been given back; words about a person are
 * hidden for every past day too. */
MUST_USE enum reply_answer reply_remove(const struct facts *f, str iso3, str claim, str reason);

#endif
