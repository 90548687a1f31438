/* join/join.h - joining the campaign: an application, the questions about it, a decision, a membership, its end.
 *
 * Whoever applies writes into short fields, confirms the address and follows all by a link. Words are sealed and end:
 * unconfirmed after 7 days, refused after 6 months, accepted 12 months after the membership. Officers ask and decide; a
 * state, a strategic partner and the end of somebody's membership need a second person. A membership becomes dated claims
 * of kind `members` with this site's own register as source; a person who joins is counted, never named.
 * Needs: people (organisations, invitations), law (who is party), members, claim, seal, send, trail.
 * Never: fetch an address somebody typed; a word of an application in a mail, the log or the trail. */
#ifndef JOIN_JOIN_H
#define JOIN_JOIN_H

#include "claim/claim.h"
#include "join/join.sql.h"
#include "people/people.h"

#define JOIN_UNCONFIRMED_MS (7 * DAY_MS)
#define JOIN_PENDING_MS     (365 * DAY_MS)
#define JOIN_REFUSED_MS     (183 * DAY_MS)
#define JOIN_MEMBER_MS      (365 * DAY_MS) /* behind the end of a membership */
#define JOIN_EVENT_MS       (90 * DAY_MS)  /* an event waits so long for somebody to agree */
#define JOIN_HOUR_MAX       300            /* applications in an hour, from all the world */
#define JOIN_SAME_MAX       3              /* of one address in a day */
#define JOIN_SLOWEST_MS     ((ms)3000)     /* nobody reads a form and fills it in faster */
#define JOIN_COUNT_LEAST    10             /* advocates of a state, or they are not shown */

#define JOIN_NAME_MAX   160
#define JOIN_PERSON_MAX 100
#define JOIN_LINE_MAX   200
#define JOIN_ROLE_MAX \
    300 /* what each side of a strategic partnership does; the words on a decision */
#define JOIN_URL_MAX  300
#define JOIN_SAID_MAX 1000

enum join_kind {
    JOIN_STATE,
    JOIN_ORGANISATION,
    JOIN_CITY,
    JOIN_COMPANY,
    JOIN_STUDENTS,
    JOIN_ADVOCATE,
    JOIN_KINDS,
};
extern const struct word join_kinds[]; /* in that order */
/* False if there is none of that code. */
MUST_USE bool join_kind_named(str code, enum join_kind *out);

extern const struct word join_states[], join_partners[], join_sectors[], join_wants[],
    join_refusals[];

/* What somebody wrote. Lists of codes are separated by spaces. */
enum join_field {
    JOIN_NAME,     /* of the organisation, of a state's authority */
    JOIN_CONTACT,  /* who answers; of an advocate the first name */
    JOIN_FUNCTION, /* what they are there */
    JOIN_SITE,
    JOIN_SECTOR,
    JOIN_WANT,
    JOIN_LINE,   /* what they want to do, in one line */
    JOIN_OURS,   /* of a strategic partnership: what the applicant does ... */
    JOIN_THEIRS, /* ... and what the campaign does */
    JOIN_STEPS,  /* where a state's steps towards the Protocol can be read */
    JOIN_FIELDS,
};
extern const struct word join_field_words[]; /* in that order; the codes are the names in forms */

struct join_application {
    id id;
    enum join_kind kind;
    str iso3, partner, state;
    const struct lang *lang;
    str mail, field[JOIN_FIELDS];
    bool is_closed; /* its words can no longer be opened */
    int64_t links, erased;
    ms linked_at, made_at, moved_at, decided_at, keep_until;
    str reason, member, joined_on, left_on;
    id decided_by, agreed_by, organisation, ending_by;
};
bool join_needs_second(const struct join_application *a); /* to be accepted */

enum join_answer {
    JOIN_YES,
    JOIN_SECOND,      /* prepared: somebody else has to agree */
    JOIN_NO_SUCH,     /* gone, or never there */
    JOIN_TOO_LATE,    /* somebody else did something with it meanwhile */
    JOIN_SAME_PERSON, /* whoever prepared it does not agree to it */
    JOIN_BAD_WORDS,   /* empty, too long, or begins like a formula */
    JOIN_NO_REASON,   /* none of the reasons there are */
    JOIN_NO_BASIS, /* a state of which nothing is known about the Protocol, and nobody read of steps */
    JOIN_IS_MEMBER,  /* this state has a membership here already */
    JOIN_NAME_TAKEN, /* a member is called so, or the name has no address */
    JOIN_FULL,       /* too many applications in this hour, from everybody */
    JOIN_PAUSED,
    JOIN_NO_MAIL,      /* no mail leaves this site, so nobody could confirm an address */
    JOIN_REFUSED_FACT, /* a cell cannot stand in the table of members */
};

/* ---- reading ---- */

MUST_USE bool join_get(const struct people *p, id which, struct join_application *out);
/* Opens the words of a row. */
void join_open_row(const struct people *p, const struct join_row *row,
                   struct join_application *out);
bool join_is_paused(struct db *db);

/* ---- the applicant ---- */

/* Stores an application. *made is 0 where this address asked too often: then nothing was stored and nothing is said. */
MUST_USE enum join_answer join_apply(const struct people *p, const struct join_application *a,
                                     id *made);
MUST_USE enum join_answer join_confirm(const struct people *p, id which);
MUST_USE enum join_answer join_reply(const struct people *p, id which, str words);
/* Deletes an application nobody decided. */
MUST_USE enum join_answer join_withdraw(const struct people *p, id which);
/* An advocate leaves and is forgotten at once. */
MUST_USE enum join_answer join_forget_advocate(const struct people *p, id which);
/* Notes that a link goes to an address once more; false if it is too early for that. */
MUST_USE bool join_may_link(const struct people *p, const struct join_application *a);

/* ---- officers; `seen` is when the application was as they saw it ---- */

MUST_USE enum join_answer join_ask(const struct people *p, id which, ms seen, str words);
struct join_decision {
    ms seen;
    str name;        /* under which the member is listed; "" as applied */
    str reason;      /* of a refusal: a code of join_refusals */
    str words;       /* for the applicant; may be empty */
    bool read_steps; /* the officer read of the state's steps at the address given */
};
MUST_USE enum join_answer join_accept(const struct people *p, id which,
                                      const struct join_decision *d);
MUST_USE enum join_answer join_refuse(const struct people *p, id which,
                                      const struct join_decision *d);
/* The second person agrees, or gives it back to be decided anew. */
MUST_USE enum join_answer join_agree(const struct people *p, id which, ms seen, bool is_yes);
/* A field, or something said (a row), tells of a case: its words are erased and counted. */
MUST_USE enum join_answer join_erase(const struct people *p, id which, enum join_field field,
                                     id said);
void join_pause(const struct people *p, bool is_on);

/* ---- members ---- */

/* Asked for by one, agreed to by another. */
MUST_USE enum join_answer join_end_ask(const struct people *p, id which);
MUST_USE enum join_answer join_end_agree(const struct people *p, id which, bool is_yes);
/* The member itself leaves. */
MUST_USE enum join_answer join_leave_self(const struct people *p, id organisation);
MUST_USE enum join_answer join_contact(const struct people *p, id which, str contact, str function,
                                       str mail);

struct join_event {
    str event, day, observance, detail, title, address;
};
MUST_USE enum join_answer join_event_tell(const struct people *p, id organisation,
                                          const struct join_event *e);
/* Another person than who told it agrees, or takes it back. */
MUST_USE enum join_answer join_event_agree(const struct people *p, id which, bool is_yes);

/* What a state did about the Protocol and against trafficking, as the claims tell. */
struct join_standing {
    bool is_party, is_signed, has_law;
    struct word how;
    str day;          /* of the deposit, the signature or the newest law; may be "" */
    str claim_source; /* an id of sources */
};
struct join_standing join_stand(struct db *db, str iso3);

/* Memberships' words are kept longer while they last; once a day. */
void join_keep_members(struct db *db, struct seal_keys *keys, ms now);

#endif
