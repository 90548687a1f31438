/* send/bounce.h - reports that a mail did not arrive (RFC 3464), as the host's own mail server hands them to us.
 *
 * Anybody can write to the address they come to. A report counts only if it names one of our mails by its random
 * name, which only those saw who handled that mail; and all it can do is to mark that one mail as bounced.
 * Needs: base, send.    Never: keep, log or follow anything else that a report says. */
#ifndef SEND_BOUNCE_H
#define SEND_BOUNCE_H

#include "base/id.h"
#include "send/inside.h"

enum bounce_answer {
    BOUNCE_MARKED,
    BOUNCE_PASSING,   /* only delayed, or delivered after all: nothing to do */
    BOUNCE_NOT_OURS,  /* a report, but of no mail that we know and that was sent */
    BOUNCE_NO_REPORT, /* something else: an answer, an advertisement */
    BOUNCE_REFUSED,   /* too large, or no mail at all; `why` says what */
};

struct bounce {
    bool is_final; /* for good: some receiver's action is "failed" */
    enum send_reason reason;
    char token[CONTENT_ID_LENGTH + 1]; /* the mail's name; empty: it names none of ours */
    const char *why;                   /* after BOUNCE_REFUSED */
};

/* Reads a report. BOUNCE_MARKED here means: it is one, of a mail with this name. */
MUST_USE enum bounce_answer bounce_read(struct arena *a, str mail, struct bounce *out);

/* Reads it and marks the mail, inside a write transaction. */
MUST_USE enum bounce_answer bounce_take(struct db *db, str mail, ms now, const char **why);

#endif
