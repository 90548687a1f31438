/* send/inside.h - what the files of send share: why a mail did not go, and a letter between the queue and the wire.
 *
 * Needs: send.    Never: included outside src/send and its tests. */
#ifndef SEND_INSIDE_H
#define SEND_INSIDE_H

#include "seal/seal.h"
#include "send/send.h"
#include "send/send.sql.h"

#define SEND_KEEP_DAYS 30 /* a row's life, from queueing */
#define SEND_TRY_DAYS  3  /* trying ends so long after it began */

#define SEND_FAR_MS \
    ((ms)5 * 3600000) /* nothing is put off so far; only a clock that went back makes it so */

/* Stored as numbers; new ones go to the end. */
enum send_reason {
    REASON_NONE,
    REASON_ADDRESS,     /* there is no such address */
    REASON_FULL,        /* its box takes no more */
    REASON_REFUSED,     /* the other side will not have this mail */
    REASON_LATER,       /* the other side asked to come again, for too long */
    REASON_UNREACHABLE, /* no mail server answered */
    REASON_LOGIN,       /* ours does not let us in */
    REASON_TRUST,       /* its certificate is not good, or it has no encryption */
    REASON_SENDER,      /* ours does not take mail from our address */
    REASON_TOO_LATE,    /* it would have come after its use */
    REASON_UNREADABLE,  /* its words cannot be opened any more */
    REASON_NO_KEY,      /* the key to its words is not on this machine, or was destroyed */
    REASONS
};
const struct word *send_reason_word(int64_t reason);

/* What is sealed: everything in the receiver's language, ready but for the form of the wire. */
struct letter {
    str to, lang, subject, button, address, reason, stop;
    str paragraph[MAIL_PARAGRAPHS_MAX];
    size_t paragraphs_n;
};
str letter_pack(struct arena *a, const struct letter *l);
MUST_USE bool letter_unpack(str packed, struct letter *l); /* its parts are slices of `packed` */

/* The keys of this process, opened at first use. */
struct seal_keys *send_keys(void);

/* Words of a letter in place: `from` is our address, token the mail's name. CRLF everywhere, no line over 76 letters
 * but for addresses. The same letter gives the same bytes whenever it is sent. */
str letter_wire(struct arena *a, const struct letter *l, str from, str token, ms queued_at);
str letter_plain(struct arena *a, const struct lang *lang, const struct letter *l);
str letter_html(struct arena *a, const struct lang *lang, const struct letter *l);

#endif
