/* follow/follow.h - mail for those who asked for it: news, a country, days that come.
 *
 * Asked for in a form, confirmed from the letter box, ended by one press in any mail program or on a page. The address is
 * sealed; what is followed stands beside it as codes. At most one mail a day, and only when there is something new; it
 * holds titles that everybody can read here, and nothing counts who opens it.
 * Needs: send, seal, text and calendar (what is new), claim.    Never: a picture or a link that tells who read it. */
#ifndef FOLLOW_FOLLOW_H
#define FOLLOW_FOLLOW_H

#include "follow/follow.sql.h"
#include "lang/lang.h"
#include "seal/seal.h"
#include "send/send.h"

#define FOLLOW_ASKED_MS ASKING_MS
#define FOLLOW_KEEP_MS  (730 * DAY_MS)
#define FOLLOW_SOON_MS  (30 * DAY_MS)      /* so long before its end a mail says so */
#define FOLLOW_HOUR_MAX 40000              /* forms an hour, from all the world */
#define FOLLOW_EVERY_MS ((ms)20 * 3600000) /* between two mails to one address */
#define FOLLOW_LOOK_MS  ((ms)60000)        /* between two looks at what is new */
#define FOLLOW_EACH     200                /* followers looked at in one transaction */
#define FOLLOW_TITLES   6                  /* in one mail */
#define FOLLOW_AHEAD    7                  /* days before an observance that it is told */

#define FOLLOW_PURPOSE "link of a follower" /* of the keys in mails */

/* Topics are codes separated by spaces: "news", "calendar", "country:MEX". */
extern const struct word follow_topics[]; /* "news", "calendar" */

/* Notes that somebody asks. *made is 0 where this address was written to too often, or wants nothing: then nothing is to be
 * sent, and the answer is the same for everybody. */
void follow_ask(struct db *db, struct seal_keys *keys, str mail, str topics, const struct lang *l,
                ms now, id *made);
enum follow_answer {
    FOLLOW_YES,
    FOLLOW_NO_SUCH, /* ended, stopped, or never there */
};
/* Confirms it, or gives it its time once more. Whatever else this address asked for makes way. */
MUST_USE enum follow_answer follow_confirm(struct db *db, struct seal_keys *keys, id which, ms now);
/* Ends it at once; with is_foreign no form of the public may write to this address for a year. */
MUST_USE enum follow_answer follow_stop(struct db *db, id which, bool is_foreign, ms now);

/* Notices what is new and queues mail for some of those who wait for it, in a write transaction of its own. Returns how many
 * followers were looked at; 0: nobody waits. */
size_t follow_tell(struct db *db, struct seal_keys *keys, str origin, ms now);

#endif
