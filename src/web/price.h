/* web/price.h - what a form of the public costs, so that no machine sends it by the thousand.
 *
 * Nobody else is asked who is a machine. A browser with scripts pays by work: a number that makes a hash begin with so
 * many zero bits, looked for while the form is filled in. One without pays by time: the form is taken when it has lain
 * open for a while. Both grow with how many such forms came lately, from all the world. A price paid is good for one form.
 * Work is a price, not a wall: what must not overflow has a limit of its own, and people can shut the form (price_shut).
 * Needs: store, seal.    Never: who sent a form, or from where. */
#ifndef WEB_PRICE_H
#define WEB_PRICE_H

#include "web/web.h"

enum {
    PRICE_BITS_LEAST = 12, /* some 4,000 hashes: a twentieth of a second on an old phone */
    PRICE_BITS_MOST =
        22, /* four million: most of a minute there, which is what an attack costs everybody */
    PRICE_RISE =
        3, /* bits it may have risen by since a form was shown: more, and the work is asked for anew */
    PRICE_CALM = 30,   /* forms a minute up to which the price stays at its least */
    PRICE_MINUTES = 5, /* the load is what came in so many minutes before */
};
#define PRICE_WAIT_LEAST ((ms)3000)
#define PRICE_WAIT_MOST  ((ms)300000)
#define PRICE_WORK_MS    ((ms)7200000) /* a price asked for must be paid this soon */

/* The forms that have a price: each its own load and its own switch. In the order in which the desk shows them. */
extern const struct word price_forms[];

/* The hidden fields, in place of web_token; the page's script is "price.js" (struct head). `form` is a code of
 * price_forms. Its route declares the fields PRICE_FIELDS. */
#define PRICE_FIELDS "price paid"
html web_price(struct req *rq, const char *form);

enum price_answer {
    PRICE_PAID,
    PRICE_TOO_SOON, /* sent faster than the form can lie open now */
    PRICE_UNPAID,   /* the work is not done, or for another form, or was used, or too long ago */
    PRICE_CROWDED,  /* more came in this hour than is taken at all */
    PRICE_SHUT,     /* people shut it */
};
/* Whether the form was paid for; called before anything is done with it. A PRICE_PAID counts towards the load, and the
 * price is spent if a deed follows. `most`: forms an hour, from all the world. */
MUST_USE enum price_answer web_price_paid(struct req *rq, const char *form, int64_t most);
struct phrase price_words(enum price_answer answer); /* for whoever sent it; of PRICE_PAID none */

/* People shut a form, and open it again. */
bool price_is_shut(struct db *db, str form);
void price_shut(struct db *db, str form, bool is_on, id by, ms now);

/* What it is now. */
struct price {
    int64_t a_minute, bits;
    ms wait;
};
struct price price_now(struct db *db, str form, ms now);

#endif
