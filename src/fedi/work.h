/* fedi/work.h - one request of the deliverer's, from the row that asks for it to what became of it.
 *
 * Needs: wire, signer, follower.    Never: included outside src/fedi/deliverer* and work.c. */
#ifndef FEDI_WORK_H
#define FEDI_WORK_H

#include "fedi/follower.h"
#include "fedi/signer.h"
#include "fedi/wire.h"

enum work_kind { WORK_FREE, WORK_DELIVER, WORK_LOOK };

struct work {
    enum work_kind kind;
    struct arena arena; /* of this one, wiped at its end */
    struct wire wire;
    int64_t began_us;
    str host;
    struct fedi_url url;
    enum sign_scheme scheme;
    bool has_knocked, is_on_wire;
    int64_t speaks; /* what the host is known to understand: 0, or the scheme + 1 */
    /* a delivery */
    id activity, box;
    str lang, body, inbox;
    int64_t tries;
    ms tried_from, box_until, failing_since;
    /* a look at a letter */
    id row;
    struct fedi_letter letter;
    str found_inbox; /* the letter is true: who sent it takes deliveries there */
    enum { LOOK_AGAIN, LOOK_TRUE, LOOK_OVER } look;
};

struct works {
    struct db *db;
    struct wires *wires;
    struct signer *signer;
    struct followers followers;
    struct seal_keys *inbox_keys;
    int64_t node;
};

/* Puts a due delivery, or a letter, into a free place, in a write transaction that leases it. False: nothing to do. */
MUST_USE bool work_take_delivery(struct works *all, struct work *w, const struct fedi_due *due,
                                 ms now);
MUST_USE bool work_take_letter(struct works *all, struct work *w, const struct fedi_inbox_row *row,
                               ms now);
/* Signs and sends. False: it ended at once, as if there had been no answer. */
MUST_USE bool work_send(struct works *all, struct work *w);
/* The answer is there. True: it was sent once more, in the other form of signature. */
MUST_USE bool work_knocks_again(struct works *all, struct work *w);
/* Whether the letter is true, by what the actor's server says. */
void work_judge(struct work *w, ms now);
/* Notes what became of it, in a write transaction. */
void work_note(struct works *all, struct work *w, ms now);

#endif
