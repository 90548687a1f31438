/* who/inside.h - what the pages of who share with each other and with nobody else.
 *
 * Needs: who, claim's pages, web.    Never: be included from outside this folder. */
#ifndef WHO_INSIDE_H
#define WHO_INSIDE_H

#include "claim/pages.h"
#include "web/web.h"
#include "who/said.html.h"
#include "who/who.h"

/* Claims with one property, in the order they are told; another value for the same item is a rival. */
size_t who_answers(struct req *rq, const struct claim *rows, size_t n, str property,
                   const struct who_said **out, bool *differs);

/* One way a person may be referred, as a picture and as sentences: the same steps, the same order. */
struct who_step {
    struct word who;
    struct phrase what;
};
#define WHO_STEPS 6
extern const struct who_step who_steps[WHO_STEPS];
html who_referral(struct arena *a, const struct lang *l);

page_fn who_page_all, who_page_body, who_page_programmes, who_page_programme;

#endif
