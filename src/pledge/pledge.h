/* pledge/pledge.h - what people promise to do, confirmed from their letter box, counted and never named.
 *
 * Promises come from lists, one list for each kind of person; nothing is written in own words. The address is in the mail
 * that asks for confirmation and nowhere else: here is a keyed hash of it, so that one address is counted once. A first
 * name is sealed until it was shown once on the pledger's own card. Counts are told as they were when the day began,
 * rounded down to tens: whoever watches them learns of nobody.
 * Needs: web (price), seal, send, draw.    Never: an address; a word in somebody's own words; a count of fewer than ten. */
#ifndef PLEDGE_PLEDGE_H
#define PLEDGE_PLEDGE_H

#include "pledge/pledge.sql.h"
#include "send/send.h"
#include "web/web.h"

#define PLEDGE_ASKED_MS ASKING_MS
#define PLEDGE_KEEP_MS  (730 * DAY_MS) /* after that even the hash goes; the count stays */
#define PLEDGE_HOUR_MAX 400000         /* forms an hour, from all the world */
#define PLEDGE_NAME_MAX 40             /* bytes */
#define PLEDGE_LEAST    10             /* counts are told in tens */

#define PLEDGE_PURPOSE "link of a pledge" /* of the keys in mails */

/* A promise: its code never changes its meaning. */
struct pledge_promise {
    str audience;
    struct word what;
};
extern const struct word pledge_audiences[];          /* "pupil", ... */
extern const struct phrase pledge_audience_titles[];  /* in the same order: "As a pupil I pledge" */
extern const struct pledge_promise pledge_promises[]; /* ended by one without a code */
const struct pledge_promise *pledge_promise_named(str code); /* NULL if there is none */

struct pledge {
    str audience, promises; /* codes, separated by spaces */
    str iso3, name;         /* each may be empty */
};

/* Notes that a pledge waits for its address to be confirmed. *made is 0 where this address was written to too often, or
 * whoever reads it wants no mail: then nothing is to be sent, and the answer is the same for everybody. */
void pledge_ask(struct req *rq, const struct pledge *p, str mail, id *made);

enum pledge_answer {
    PLEDGE_YES,
    PLEDGE_ALREADY, /* it was confirmed before */
    PLEDGE_NO_SUCH, /* ended, or taken back */
};
/* Confirms it; an earlier one of the same address makes way for it. *name: to be shown once; "" if there is none. */
MUST_USE enum pledge_answer pledge_confirm(struct req *rq, id which, str *name);
/* It ends at once, confirmed or not, and with is_foreign nobody can ask this address any more for a year. */
MUST_USE enum pledge_answer pledge_end(struct req *rq, id which, bool is_foreign);

/* Counts as they are told: in tens, of the day's beginning. 0: too few to tell. */
struct pledge_told {
    str what;       /* "all", "as pupil", "from MEX", "will p-signs" */
    int64_t n, now; /* now: exactly, at this moment; for the desk only */
};
size_t pledge_told(struct req *rq, struct pledge_told **out);
int64_t pledge_told_of(const struct pledge_told *all, size_t n, str what,
                       str code); /* 0: too few */

#endif
