/* test/page/as.h - who asks in a page test: `as editor`, `as editor ben`, `as focal eva @Example City`.
 *
 * The person is made on first mention, with the role and a second factor, and is signed in.
 * Needs: people.    Never: used outside tests. */
#ifndef TEST_PAGE_AS_H
#define TEST_PAGE_AS_H

#include "web/serve.h"

struct as {
    id session;
    str cookie; /* "__Host-bh=..." ; "" : nobody */
};

/* words: what stands behind `as`. False if there is no such role. */
bool as_somebody(struct arena *a, struct db *db, const struct site *site, str words, struct as *who);

/* The fields `name="Ana" lang=en` as a form's body, with the token that a page would have given this session ten seconds ago
 * (in haste, once: just now). "\n" in quotes is a line end. */
extern bool as_in_haste;
str as_form(struct arena *a, const struct as *who, str fields);

#endif
