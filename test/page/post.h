/* test/page/post.h - the mails a page queued, opened for a page test: `mail "..."` (the newest says so), `mails 2` (so many
 * since the last look), `keep link = mail` (where its button leads, without the host).
 *
 * Needs: send.    Never: used outside tests. */
#ifndef TEST_PAGE_POST_H
#define TEST_PAGE_POST_H

#include "store/db.h"

struct post {
    int n;         /* mails since the last look */
    str words, to; /* of the newest: everything in it, as plain text; live in the arena */
    str address;   /* of its button, without the host */
};

/* Takes what waits, as the sender would. */
void post_take(struct arena *a, struct db *db, struct post *out);

#endif
