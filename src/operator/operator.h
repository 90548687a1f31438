/* operator/operator.h - who operates this site: an organisation, its country, how to reach it, and whether UNODC lets it
 * use the mark.
 *
 * Until that has been said, every page calls itself a demonstration. Each process keeps what holds in memory and reads
 * it again when it changed, so that asking costs a page nothing.
 * Needs: base, lang, store.    Never: a person's name; these words stand on every page. */
#ifndef OPERATOR_OPERATOR_H
#define OPERATOR_OPERATOR_H

#include "lang/lang.h"
#include "store/db.h"

enum { OPERATOR_NAME_MAX = 160, OPERATOR_ADDRESS_MAX = 600 };

struct operator_words {
    str name;      /* "" : nobody has said it */
    str iso3;      /* where its seat is */
    str contact;   /* an e-mail address or an https:// page, shown to everybody */
    str address;   /* by post; may have several lines, may be "" */
    str mark;      /* a code of operator_marks */
    str mark_note; /* the letter or agreement, "" if there is none */
    ms said_at;
};

/* What UNODC said about the mark. Whatever the answer, its rules stand where it is used. */
extern const struct word operator_marks[];

/* What holds. Words live as long as the process, or until they change. With db NULL: what was known last. */
const struct operator_words *operator_get(struct db *db);

enum operator_answer {
    OPERATOR_YES,
    OPERATOR_NO_NAME,
    OPERATOR_NO_COUNTRY,
    OPERATOR_NO_CONTACT, /* neither an e-mail address nor an https:// address */
    OPERATOR_NO_MARK,    /* none of the answers; or "granted" without saying by which letter */
    OPERATOR_TOO_LONG,
};
MUST_USE enum operator_answer operator_say(struct db *db, const struct operator_words *w, id by,
                                           ms now);

#endif
