/* facts/inside.h - what the room's own files share.
 *
 * Needs: facts.    Never: included outside src/facts. */
#ifndef FACTS_INSIDE_H
#define FACTS_INSIDE_H

#include "facts/facts.h"
#include "trail/trail.h"
#include "web/web.h"

#define WAITING_KEEP_MS (180 * DAY_MS) /* for a second person */
#define BACK_KEEP_MS    (90 * DAY_MS)  /* given back to who brought it */
#define IMPORT_KEEP_MS \
    DAY_MS /* a table somebody is looking at; asked of a second person, WAITING_KEEP_MS */
#define WAITING_EACH 100 /* of one person at once */
#define IMPORT_CHANGES_MAX \
    5000 /* rows one import at the desk may change: the one writer is not held longer than half a second */

#define IMPORT_LINES_MAX \
    100000 /* of a table at the desk: twice the largest; its page takes a fifth of a second */

bool facts_word_is(const struct word *words, str code);

/* Of this request. */
struct facts facts_of(struct req *rq);
/* Those who enter facts do so for the whole campaign; whoever holds the role within one organisation only is told. */
bool facts_may(struct req *rq, enum right right);
struct phrase facts_refusal(enum facts_answer answer);
struct phrase reply_refusal(enum reply_answer answer);
str facts_name_of(struct req *rq, id person);
str facts_kind_address(struct req *rq, const struct claim_kind *kind); /* the list */
str facts_claim_address(struct req *rq, str id); /* /LANG/desk/facts/claims/ID */
/* "Mexico, ratification" and "2003-03-04" in one line each, as far as they can be said. */
str facts_question(struct req *rq, const struct claim *c);
str facts_answer_of(struct req *rq, const struct claim *c);
str facts_subject_of(const struct claim *c);
str facts_cell(struct req *rq, const struct claim_column *c, str cell); /* as people read it */
str facts_today(struct req *rq);
str facts_part(struct req *rq, str s); /* as a value in an address */

/* Words of a column, for whoever fills it in. */
struct phrase column_label(const struct claim_kind *kind, const struct claim_column *c);
struct phrase column_help(const struct claim_kind *kind,
                          const struct claim_column *c); /* may have no words */
struct phrase kind_name(const struct claim_kind *kind);

extern const struct route list_page_routes[], claim_page_routes[], source_page_routes[],
    import_page_routes[], second_page_routes[], reply_page_routes[], old_page_routes[],
    release_page_routes[];
void facts_waits(struct req *rq);
void reply_waits(struct req *rq);

#endif
