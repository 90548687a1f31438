/* web/serve.h - from a door's request to its package: the cache, the routes, the transaction, the errors.
 *
 * Needs: web, door, store.    Never: know a room but by its tables. */
#ifndef WEB_SERVE_H
#define WEB_SERVE_H

#include "web/web.h"

struct site {
    const struct room *const *rooms; /* NULL-ended */
    str db_url;
    str tables_folder; /* where whole tables are kept as files */
    str origin; /* "https://host": how this site is called from outside, without a slash at its end */
    str metrics_token; /* "" : only the machine itself may read /metrics */
    struct door_counts *counts;
    bool is_demonstration; /* nobody has said who operates this */
    /* Whether who sends this head may send a file: by cookie, with a read of its own. NULL: nobody may. */
    bool (*may_upload)(struct db *db, const struct door_request *head, ms now);
};

struct server; /* one worker's: its arena, connection and cache */

struct server *serve_open(struct arena *life, const struct site *site);     /* after the fork */
struct door_turn serve_answer(void *server, const struct door_request *rq); /* a door_answer_fn */
void serve_close(struct server *s);
/* How large this request's body may be; for door_setting.body_max. */
size_t serve_body_max(void *server, const struct door_request *head);

/* The parts a page may need of the site; const after start. */
const struct site *serve_site(const struct req *rq);

/* The description of the API, made from the routes. */
str serve_openapi(struct arena *a, const struct room *const *rooms);

#endif
