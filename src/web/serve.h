/* web/serve.h - from a door's request to its package: the cache, the routes, the transaction, the errors.
 *
 * Needs: web, door, store.    Never: know a room but by its tables. */
#ifndef WEB_SERVE_H
#define WEB_SERVE_H

#include "web/web.h"

struct seal_keys;
struct seal_secret;

struct site {
    const struct room *const *rooms; /* NULL-ended */
    str db_url;
    str tables_folder; /* where whole tables are kept as files */
    str origin; /* "https://host": how this site is called from outside, without a slash at its end */
    str metrics_token; /* "" : only the machine itself may read /metrics */
    struct door_counts *counts;
    /* Lent by main, so that web knows no room. */
    void (*who)(struct req *rq); /* fills rq->who by the cookie; NULL: nobody ever signs in here */
    str desk_origin;             /* the same as origin unless the desk has an address of its own */
    bool is_desk_elsewhere;      /* this process does not answer the desk's addresses */
    /* Opened after the fork. */
    struct seal_keys *keys;
    const struct seal_secret *forms,
        *ids; /* what tokens of forms and ids in addresses are made with */
};

struct server; /* one worker's: its arena, connection and cache */

struct server *serve_open(struct arena *life, const struct site *site);     /* after the fork */
struct door_turn serve_answer(void *server, const struct door_request *rq); /* a door_answer_fn */
void serve_close(struct server *s);
/* How large this request's body may be; for door_setting.body_max. */
size_t serve_body_max(void *server, const struct door_request *head);

/* What stands in the way of a page: before its transaction what the request alone tells, inside it what the data tell
 * (who asks, may they, is the form ours). Each says false after having given the answer. */
MUST_USE bool gate_admit(struct req *rq);
MUST_USE bool gate_knows(struct req *rq);

/* The parts a page may need of the site; const after start. */
const struct site *serve_site(const struct req *rq);

/* The description of the API, made from the routes. */
str serve_openapi(struct arena *a, const struct room *const *rooms);

#endif
