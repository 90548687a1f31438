/* send/send.h - mail leaving us: the one door for rooms.
 *
 * A page queues a mail inside its write transaction: a row, nothing else. It leaves after commit, from a process of
 * its own (send/sender.h), and is never lost. What it says and to whom is sealed, and deleted as soon as the
 * receiver's side has taken it; the row that stays names nobody and ends 30 days after queueing.
 * Whoever opens the letter box may not be the one it is for. So the sender is an address without a name, the subject
 * is neutral, and the words say no more than is needed: what the matter is stands on the page behind the button,
 * after signing in. Words of a stranger's do not belong into a mail at all; a name is the most.
 * Needs: base, lang, store, seal.    Never: a mail outside a transaction; an address in clear, in a log, in a list. */
#ifndef SEND_SEND_H
#define SEND_SEND_H

#include "base/limits.h"
#include "lang/lang.h"
#include "seal/secret.h"
#include "store/db.h"

/* One phrase with what fills its places. */
struct mail_phrase {
    struct phrase one, many; /* many: NO_PLURAL where no number chooses */
    const struct lang_arg *args;
    size_t args_n;
};

struct mail {
    const char *room, *kind; /* "members", "invitation": ours, shown at the desk */
    /* The same room, kind and key is queued once within 30 days. Never an address: a number, an id, "id/day". */
    str key;
    personal to;             /* as typed; send_address_ok says beforehand whether it can be one */
    const struct lang *lang; /* of the receiver; NULL: English */
    struct phrase subject;   /* neutral, without places; none: "A message for you" */
    const struct mail_phrase *paragraphs;
    size_t paragraphs_n;  /* at least 1 */
    struct phrase button; /* what pressing it leads to; none: no button */
    str address; /* of the button, absolute; its page has a button too and changes nothing by itself */
    struct mail_phrase reason; /* why somebody gets this; may be absent */
    /* Of a mail that comes again and again, absolute: a POST there ends it at one press in a mail program (RFC 8058), and
     * whoever opens it is led to a page that does. Empty for every other mail. */
    str stop;
    ms useful_until;  /* sent no later than this (a link that ends); 0: for 30 days */
    bool is_for_many; /* one of many: waits behind those that somebody waits for */
};

enum send_answer {
    SEND_QUEUED,
    SEND_ALREADY,     /* it was queued before: nothing was written, and that is well */
    SEND_BAD_ADDRESS, /* send_address_ok says what is wrong with it */
    SEND_BAD_WORDS, /* a control character in an argument, an address of the button that is none, too long */
    SEND_TOO_LATE, /* useful_until is over */
};

/* Queues a mail, inside a write transaction. Unless it says SEND_QUEUED nothing was written. Broken when the words
 * cannot be sealed. */
MUST_USE enum send_answer send_mail(struct db *db, const struct mail *mail, ms now);

/* What became of it. */
enum send_state {
    SEND_NONE, /* never queued, or so long ago that its row has ended */
    SEND_WAITING,
    SEND_SENT,      /* the receiver's side took it; nobody can know more */
    SEND_FAILED,    /* given up; the desk may try again */
    SEND_BOUNCED,   /* the address does not take mail */
    SEND_FORGOTTEN, /* called back or forgotten before it went */
};
enum send_state send_state_of(struct db *db, const char *room, const char *kind, str key);

/* Calls a mail back that has not gone: its words are deleted, and its key stays used. False: it has gone, or is none. */
bool send_call_back(struct db *db, const char *room, const char *kind, str key, ms now);

/* False while no mail server is configured: mails wait. */
bool send_is_configured(void);

/* One address as people type it: into the form in which it is used (domain in ASCII, small), or why not, in words. */
bool send_address_ok(struct arena *a, str typed, personal *address, struct phrase *why);

/* ---- addresses that anybody can type into a form ---- */

/* An address as rooms may keep it: a keyed hash, of what send_address_ok gave. Spellings that reach one letter box have
 * one hash: small and large letters, what stands behind a "+", the points that some hosts do not look at. */
void send_address_hash(str address, unsigned char out[SEAL_HASH_BYTES]);
/* Whether a form of the public may make a mail go there, and notes that it does: so often in so long, from all forms
 * together, and never where its reader wants none. Inside a write transaction. */
#define SEND_ASKED_MAX 3
#define SEND_ASKED_MS  (7 * DAY_MS)
MUST_USE bool send_may_ask(struct db *db, str mail_hash, ms now);
/* Whoever reads it said that they did not ask: for a year no form of the public can make a mail go there. */
#define SEND_UNWANTED_MS (365 * DAY_MS)
void send_unwanted(struct db *db, str mail_hash, ms now);

/* Asks whoever reads an address whether it was them; after send_may_ask. The page behind `address` has the button, and says
 * what it is about. */
#define ASKING_MS (7 * DAY_MS) /* what is not confirmed by then is gone */
struct asking {
    const char *room;
    str key; /* what is asked about, once */
    personal to;
    const struct lang *lang;
    str address;
};
void send_asking(struct db *db, const struct asking *what, ms now);

/* ---- for the desk ---- */

struct send_counts {
    int64_t waiting, failed, bounced, sent; /* of the last 30 days */
    ms oldest_waiting;                      /* when it was queued; 0: none waits */
    ms trouble_since;           /* the mail server has taken nothing since; 0: it works */
    const struct word *trouble; /* why; NULL: it works */
};
struct send_counts send_count(struct db *db);

/* A mail that did not go, without its address and words. */
struct send_failed {
    str name; /* random; how it is called in addresses and below */
    str room, kind;
    ms queued_at, ended_at;
    int64_t tries;
    bool is_bounced;
    const struct word
        *reason; /* its class: "address", "full", "refused" ... with a phrase for people */
};
/* The newest 200 of each kind, failed ones first. */
size_t send_failed_list(struct db *db, struct send_failed **out);

/* Each false if there is no such mail, or it is not one that failed. */
bool send_retry(struct db *db, str name, ms now);
bool send_forget(struct db *db, str name,
                 ms now);                      /* its words are deleted, its row stays to its end */
int64_t send_retry_all(struct db *db, ms now); /* at most 200 at once; how many */

#endif
