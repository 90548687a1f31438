/* claim/pages.h - the pages about statements themselves, and how other rooms show where one comes from.
 *
 * Needs: claim, web.    Never: know what a kind means. */
#ifndef CLAIM_PAGES_H
#define CLAIM_PAGES_H

#include "web/source.html.h"
#include "web/web.h"

extern const struct room claim_room;

/* The source with this id, ready for {{>source}}; asked for once per request and source. */
struct web_source claim_source_shown(struct req *rq, str id);
str claim_address(struct req *rq, str id);                              /* /en/claims/... */
str claim_table_address(struct req *rq, const struct claim_kind *kind); /* /data/protocol.csv */

/* The ids of the statements about a state to which it replied, as of the day that is shown. How many. */
size_t claim_replied(struct req *rq, str iso3, str **which);

/* A page with a file of its own. */
page_fn claim_page_table;

/* Sources, as search finds them. */
void claim_documents(struct db *db, const struct lang *l, ms now, struct search_index *into);

#endif
