/* claim/replies.h - what states reply, beside the statement they reply to.
 *
 * Replies are statements of a kind that room facts makes; here they are only read.
 * Needs: claim, web.    Never: included outside src/claim; change a word. */
#ifndef CLAIM_REPLIES_H
#define CLAIM_REPLIES_H

#include "claim/claim.html.h"
#include "claim/pages.h"

void reply_fill(struct req *rq, const struct claim *c, struct claim_claim *v);

#endif
