/* people/inside.h - what the room's own files share.
 *
 * Needs: people.    Never: included outside src/people. */
#ifndef PEOPLE_INSIDE_H
#define PEOPLE_INSIDE_H

#include "people/people.h"
#include "web/web.h"

/* Sealed words of the room; empty when they cannot be opened any more. */
str people_words(const struct people *p, const struct seal_column *column, id row,
                 struct sealed box);

struct phrase people_refusal(
    enum people_answer answer); /* in words; of PEOPLE_YES there are none */
struct phrase password_refusal(enum password_answer answer);

/* Who signed in is led on: to the second factor, or where they wanted to go. */
void people_enter(struct req *rq, id person, bool has_second, bool is_second_done, str next);

/* "https://host" as passkeys know a site; its name without scheme and port. */
str passkey_origin(struct req *rq);
str passkey_site(struct req *rq);

extern const struct route account_routes[], sign_in_routes[], list_routes[], organisation_routes[];

#endif
