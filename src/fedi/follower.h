/* fedi/follower.h - who follows, as the deliverer keeps it: by keyed hashes, with sealed inboxes.
 *
 * Needs: fedi, seal.    Never: used by a page; only the deliverer has the keys. */
#ifndef FEDI_FOLLOWER_H
#define FEDI_FOLLOWER_H

#include "fedi/inside.h"

#define FOLLOWER_DAYS 400

struct followers {
    struct seal_keys *keys;
    const struct seal_secret *secret;
};

/* Whether an actor follows at all: of others nothing is asked. */
MUST_USE bool follower_is(struct followers *f, struct db *db, str actor);
/* A letter that was found true, in a write transaction: `inbox` of a Follow. False: there are too many, nothing was done. */
bool follower_take(struct followers *f, struct db *db, const struct fedi_letter *l, str inbox,
                   ms now);
/* Something arrived in a box: it and who follows there are kept longer. */
void follower_arrived(struct followers *f, struct db *db, id box, str inbox, ms until, ms now);

#endif
