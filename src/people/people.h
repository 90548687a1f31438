/* people/people.h - who runs the campaign: accounts, organisations, roles, and how somebody proves who they are.
 *
 * An account is an address, a name and roles; a role is held everywhere or within one organisation. Signing in takes a
 * password and, for every role that can publish or see people's data, a second thing: a passkey, or six digits of an
 * authenticator app. Names and addresses are sealed, and an account that is not used for PEOPLE_KEEP_MONTHS ends.
 * Nothing here says whether an address has an account.
 * Needs: store, seal, trail, web.    Never: hand out a password hash or an address to another room. */
#ifndef PEOPLE_PEOPLE_H
#define PEOPLE_PEOPLE_H

#include "lang/lang.h"
#include "people/people.sql.h"
#include "seal/password.h"
#include "web/who.h"

#define PEOPLE_KEEP_MONTHS 24
#define INVITE_KEEP_MS     (7 * DAY_MS)
#define HALF_KEEP_MS       ((ms)600000)

/* What a role is worth. */
struct role {
    str code;
    struct phrase name, about;
    right_set rights;
    bool needs_second;   /* whoever has it must have a passkey or an authenticator app */
    bool is_for_member;  /* may be given within an organisation */
    bool is_only_member; /* may be given only there */
};
extern const struct role roles[];        /* ended by an empty code */
const struct role *role_named(str code); /* NULL if there is none */

extern const struct word organisation_kinds[];

/* What people's functions stand on; web's pages make it from the request. */
struct people {
    struct db *db;
    struct arena *arena; /* wiped after the request */
    struct seal_keys *keys;
    const struct lang *lang;
    id by; /* who does it; 0: the program, at a terminal */
    ms now;
};
struct req;
struct people people_of(struct req *rq); /* for the page of any room; by: whoever asks */

enum people_answer {
    PEOPLE_YES,
    PEOPLE_NO_SUCH,
    PEOPLE_TAKEN, /* the address has an account already */
    PEOPLE_BAD_MAIL,
    PEOPLE_BAD_NAME,
    PEOPLE_BAD_ROLE,   /* there is none, or it cannot be held there */
    PEOPLE_LAST_ADMIN, /* somebody must be left who can let others in */
    PEOPLE_TOO_MANY,   /* roles in more organisations than WITHIN_MAX */
};

/* ---- accounts and roles ---- */

struct person {
    id id;
    str name, mail;
    const struct lang *lang;
    ms made_at, seen_at, ended_at, keep_until;
    bool has_app, has_passkey, needs_second;
};
MUST_USE bool person_get(const struct people *p, id which, struct person *out);
MUST_USE bool person_by_mail(const struct people *p, str mail, struct person *out, str *password);
size_t person_all(const struct people *p, struct person **out);
str person_name(const struct people *p,
                id which); /* "someone who has left" when nobody has that id */

MUST_USE enum people_answer person_add(const struct people *p, str mail, str name,
                                       str password_hash, id *made);
MUST_USE enum people_answer person_change(const struct people *p, id which, str name,
                                          const struct lang *lang);
MUST_USE enum people_answer person_end(const struct people *p, id which);
MUST_USE enum people_answer person_open(const struct people *p, id which);
MUST_USE enum people_answer person_forget(const struct people *p,
                                          id which); /* deletes all but what the trail says */
void person_renew(const struct people *p,
                  id which); /* it was used: lives PEOPLE_KEEP_MONTHS from today */
void person_password(const struct people *p, id which, str hash);
void person_drop_factors(
    const struct people *p,
    id which); /* all that proves who they are but the password; and their sessions */

MUST_USE enum people_answer role_give(const struct people *p, id person, str role, id organisation);
MUST_USE enum people_answer role_take(const struct people *p, id person, str role, id organisation);
/* Fills what somebody may; says whether one of their roles needs a second factor. */
bool rights_fill(const struct people *p, id person, struct who *w);

bool mail_is_good(struct arena *a, str mail); /* one that mail can be sent to */
str mail_plain(struct arena *a,
               str mail); /* as it is compared: trimmed, its host in small letters */
void mail_hash(const struct people *p, str mail, unsigned char out[SEAL_HASH_BYTES]);

/* ---- links: an invitation, a new password ---- */

enum link_purpose { LINK_INVITE, LINK_RESET };
struct link {
    id id;
    enum link_purpose purpose;
    str mail, name, role; /* of an invitation; role "" for a reset */
    id organisation, person, made_by;
    const struct lang *lang;
    ms made_at, keep_until;
};
/* The words of the link's address ("k7..."), to be shown once. A person has one reset link at a time, and there is one
 * for the first administrator (mail ""). */
MUST_USE enum people_answer link_make(const struct people *p, const struct link *what, str *key);
MUST_USE bool link_find(const struct people *p, str key, struct link *out);
size_t link_all(const struct people *p, struct link **out);
/* The invitation becomes an account with its role. */
MUST_USE enum people_answer link_accept(const struct people *p, const struct link *l, str mail,
                                        str name, str password_hash, id *made);
void link_drop(const struct people *p, id which);
bool people_have_administrator(struct db *db);

/* ---- sessions ---- */

str session_begin(const struct people *p, id person, bool is_half); /* the cookie's words */
/* Whose cookie this is, and what they may. False: nobody's. *is_due: its being used should be noted. */
MUST_USE bool session_find(const struct people *p, str cookie, struct who *w, bool *is_due);

/* ---- slowing down ---- */

/* How long this address, or everybody, has to wait before another try; 0: not at all. The same for addresses without an
 * account. */
ms slow_wait(const struct people *p, const unsigned char account[SEAL_HASH_BYTES]);
/* A try failed; person: whose account it is, 0 if it is nobody's. */
void slow_note(const struct people *p, const unsigned char account[SEAL_HASH_BYTES], id person);
void slow_forget(const struct people *p, const unsigned char account[SEAL_HASH_BYTES]);

/* ---- second factors ---- */

enum second_answer {
    SECOND_RIGHT,
    SECOND_WRONG,
    SECOND_USED,   /* these digits were used already: wait for the next */
    SECOND_CLONED, /* there may be a copy of this passkey */
};
/* The first digits of an app that was just set up: from then on it counts. */
MUST_USE bool second_prove(const struct people *p, id person, str typed);
/* Six digits of an app that was proved, or a recovery code. */
MUST_USE enum second_answer second_code(const struct people *p, id person, str typed);

#endif
