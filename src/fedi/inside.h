/* fedi/inside.h - what the files of fedi share: addresses, documents, letters from other servers, what was announced.
 *
 * Needs: fedi.    Never: included outside src/fedi and its tests. */
#ifndef FEDI_INSIDE_H
#define FEDI_INSIDE_H

#include "base/id.h"
#include "fedi/fedi.h"
#include "fedi/fedi.sql.h"
#include "fedi/signature.h"
#include "seal/seal.h"
#include "text/text.h"

#define FEDI_TYPE   "application/activity+json"
#define FEDI_PUBLIC "https://www.w3.org/ns/activitystreams#Public"
#define FEDI_FAR_MS \
    ((ms)8 * 3600000) /* nothing is put off so far; only a clock that went back makes it so */

/* ---- addresses ---- */

struct fedi_url {
    str scheme, authority, host, path, query; /* authority: host, and a port where one is said */
};

/* An address another server may have: https://, a name with a point in it, no port, no user. In a trial http:// at a
 * loopback address and the trial's port. What follows "#" is not part of it. */
MUST_USE bool fedi_url_read(str text, struct fedi_url *out);
MUST_USE bool fedi_url_same_host(str a, str b);

/* Addresses of this kind are those of machines on the internet; everything else is never connected to: this machine,
 * private networks, what is reserved. In a trial only this machine. */
struct sockaddr;
MUST_USE bool fedi_is_reachable(const struct sockaddr *address);

str fedi_actor(struct arena *a, str lang); /* "https://host/fedi/en" */
str fedi_key_id(struct arena *a, str lang, str pem);
MUST_USE bool fedi_actor_is(str address, str *lang); /* one of ours */
str fedi_host(void);                                 /* of our origin, with its port */

/* ---- documents ---- */

/* What an actor says of one text: a note. `times` rises when a text comes back after it was withdrawn. */
struct fedi_note {
    str lang, slug, title, summary, published;
    int64_t times;
    ms noted_at, changed_at;
};
str fedi_note_id(struct arena *a, const struct fedi_note *n);
str fedi_note_digest(struct arena *a, const struct fedi_note *n);
void fedi_put_note(struct sink *out, const struct fedi_note *n, bool with_context);
void fedi_put_create(struct sink *out, const struct fedi_note *n, str name, bool with_context);
str fedi_update(struct arena *a, const struct fedi_note *n, str name, ms now);
str fedi_delete(struct arena *a, const struct fedi_note *n, str name);
void fedi_put_gone(struct sink *out, const struct fedi_note *n, ms at, bool with_context);
str fedi_accept(struct arena *a, str lang, str name, str follow, str actor);
void fedi_put_actor(struct sink *out, struct db *db, const struct lang *l, str pem);
str fedi_activity_id(struct arena *a, str lang, str name);
void fedi_name(char name[CONTENT_ID_LENGTH + 1]); /* a new random one */
struct fedi_note fedi_note_of(const struct fedi_post_row *p, const struct text *t);

/* ---- what is announced ---- */

/* Compares the news with what was announced, in one write transaction: new texts are told to those who follow, changed
 * ones anew, withdrawn ones taken back. How many. Looks first, with fedi_news_waits, so that nothing is written for nothing. */
MUST_USE bool fedi_news_waits(struct db *db, ms now);
size_t fedi_news_tell(struct db *db, ms now);

/* ---- letters ---- */

enum fedi_kind { FEDI_FOLLOW = 1, FEDI_UNDO, FEDI_DELETE, FEDI_MOVE };

struct fedi_letter {
    enum fedi_kind kind;
    str id, actor;    /* of the activity */
    str object;       /* whom to follow; what to undo; "" */
    str lang;         /* of our actor, where one is named */
    str path, method; /* of the request */
    const struct sign_header *header;
    size_t headers_n;
    str body;
};

enum fedi_letter_answer {
    LETTER_YES,
    LETTER_NOTHING, /* well-formed, and nothing that means anything here */
    LETTER_BAD,
};
/* Reads an activity's body; the rest of the letter is the caller's. */
MUST_USE enum fedi_letter_answer fedi_letter_read(struct arena *a, str body,
                                                  struct fedi_letter *out);
str fedi_letter_pack(struct arena *a, const struct fedi_letter *l);
MUST_USE bool fedi_letter_unpack(struct arena *a, str packed, struct fedi_letter *l);
struct sign_message fedi_letter_message(const struct fedi_letter *l);

/* What another server says of an actor. False: not what it must be, or not of `actor`. */
struct fedi_other {
    str inbox, key_id, pem; /* inbox: the shared one where there is one */
};
MUST_USE bool fedi_other_read(struct arena *a, str document, str actor, struct fedi_other *out);

/* ---- pages in several files ---- */

extern const struct route fedi_desk_routes[];
extern const struct route fedi_inbox_routes[];
extern const struct route fedi_collection_routes[];
void fedi_no_such(struct req *rq, const char *what);
/* The actor an address names; NULL after having said that there is none. */
const struct lang *fedi_actor_asked(struct req *rq);
void fedi_problem(struct req *rq, int status, const char *title, const char *detail);
MUST_USE bool fedi_is_off(struct req *rq); /* true after having said so */

#endif
