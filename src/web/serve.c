#include "web/serve.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "base/log.h"
#include "web/handed.h"
#include "web/reply.h"

#include <stdio.h>

struct server {
    struct arena arena; /* of the request being answered */
    struct db *db;
    struct cache *cache;
    const struct site *site;
};

static const struct site *the_site; /* the same in every request of a process */

struct server *serve_open(struct arena *life, const struct site *site)
{
    struct server *s = arena_new(life, struct server, 1);
    arena_open(&s->arena, REQUEST_ARENA_MAX);
    s->site = the_site = site;
    s->cache = cache_open(life, CACHE_BYTES, CACHE_PAGES_MAX);
    s->db = db_open(life, site->db_url, DB_SERVE);
    return s;
}

void serve_close(struct server *s)
{
    cache_empty(s->cache);
    arena_close(&s->arena);
}

const struct site *serve_site(const struct req *rq)
{
    (void)rq;
    return the_site;
}

static bool is_read(const struct door_request *raw)
{
    return str_eq(raw->method, S("GET")) || str_eq(raw->method, S("HEAD"));
}

/* Finds whose address it is: a language's, the API's, or the root's. */
static void settle_place(struct req *rq)
{
    rq->lang = lang_choose(rq->raw->accept_language);
    rq->place = AT_ROOT;
    str rest = str_from(rq->path, 1);
    str first = str_split(&rest, '/');
    const struct lang *asked = lang_find(first);
    if (asked) {
        rq->lang = asked;
        rq->place = UNDER_LANG;
        rq->path = rest.p ? (str){ rest.p - 1, rest.n + 1 } : S("");
    } else if (str_starts(rq->path, S("/api/v1/"))) {
        rq->is_api = true;
        rq->place = UNDER_LANG;
        rq->path = str_from(rq->path, 7);
        if (str_eq(rq->path, S("/home"))) rq->path = S("/");
        rq->lang = lang_find(S("en"));
    }
    rq->show.lang = rq->lang;
}

static void choose_api_language(struct req *rq)
{
    for (int i = 0; i < rq->in_query_n && rq->is_api; i++)
        if (str_eq(rq->in_query[i].name, S("lang")) && lang_find(rq->in_query[i].value))
            rq->lang = rq->show.lang = lang_find(rq->in_query[i].value);
}

/* /en and /en/countries/ are spelt /en/ and /en/countries. */
static bool respell(struct req *rq)
{
    if (rq->place != UNDER_LANG || rq->is_api) return false;
    bool is_bare = rq->path.n == 0, is_slashed = rq->path.n > 1 && str_ends(rq->path, S("/"));
    if (!is_bare && !is_slashed) return false;
    str path = is_bare ? S("/") : str_cut(rq->path, rq->path.n - 1);
    struct sink out;
    sink_open(&out, rq->arena, KIB(16));
    put_char(&out, '/');
    put(&out, lang_code(rq->lang));
    while (path.p && path.n) {
        str_split(&path, '/');
        put_char(&out, '/');
        str part = path;
        url_part(&out, str_split(&part, '/'));
        if (!part.p) break;
        path = (str){ part.p - 1, part.n + 1 };
    }
    if (rq->raw->query.n) {
        put_char(&out, '?'); /* as sent: it was read and is well-formed */
        put(&out, rq->raw->query);
    }
    go_to(rq, 301, sink_str(&out));
    return true;
}

static bool may(const struct req *rq)
{
    switch (rq->route->right) {
    case ANYONE: return true;
    case MAY_MEASURE: {
        str token = the_site->metrics_token, given = rq->raw->authorization;
        if (rq->raw->is_loopback && token.n == 0) return true;
        if (token.n == 0 || !str_starts(given, S("Bearer ")) || given.n != token.n + 7)
            return false;
        unsigned char differs = 0; /* in constant time */
        for (size_t i = 0; i < token.n; i++)
            differs |= (unsigned char)(token.p[i] ^ given.p[i + 7]);
        return differs == 0;
    }
    }
    return false;
}

static const char *methods_at(struct req *rq)
{
    bool ignored;
    struct door_request other = *rq->raw;
    const struct door_request *raw = rq->raw;
    other.method = S("GET");
    rq->raw = &other;
    bool has_get = route_find(rq, the_site->rooms, &ignored) != NULL;
    rq->raw = raw;
    return has_get ? "GET, HEAD" : "POST";
}

/* Steps 2 to 4: parse, route, gate. False if the answer is already given. */
static bool admit(struct req *rq)
{
    rq->lang = lang_choose(rq->raw->accept_language);
    rq->show.lang = rq->lang;
    rq->is_api = str_starts(rq->raw->path, S("/api/"));
    if (!parse_path(rq, rq->raw->path)) return false;
    rq->is_api = false;
    settle_place(
        rq); /* first: what is wrong with the query is said in the language and form that was asked for */
    if (!parse_query(rq, rq->raw->query)) return false;
    choose_api_language(rq);
    if (respell(rq)) return false;

    bool is_other_method;
    rq->route = route_find(rq, the_site->rooms, &is_other_method);
    if (!rq->route && is_other_method) {
        const char *allow = methods_at(rq);
        refuse(rq, 405, PHRASE("This address can be read, not written to."), S(""));
        rq->reply->allow = allow;
        return false;
    }
    if (!rq->route) {
        if (str_starts(rq->path, S("/api"))) rq->is_api = true;
        not_found(rq, PHRASE("No page of this site is called {asked}."), rq->path);
        return false;
    }
    if (!may(rq)) {
        not_found(rq, PHRASE("No page of this site is called {asked}."), rq->path);
        return false;
    }
    return parse_when(rq);
}

/* Steps 5 and 6: the page inside its transaction. */
static void act(struct server *s, struct req *rq, uint64_t *generation)
{
    bool is_writing = rq->route->method == POST;
    if (is_writing) db_begin_write(s->db);
    else db_begin_read(s->db);
    rq->route->page(rq);
    rq->reply->read = db_read_topics(s->db);
    if (rq->reply->keep == KEEP_PAGE && rq->reply->fd < 0)
        *generation = cache_age(s->db, rq->reply->read, rq->now);
    db_commit(s->db);
}

static struct door_turn attempt(struct server *s, const struct door_request *raw)
{
    struct door_package *ready = is_read(raw) && !raw->job_result.p
                                     ? cache_find(s->cache, raw, s->db)
                                     : NULL;
    if (ready) return (struct door_turn){ .answer = ready };

    struct reply reply = { .fd = -1 };
    struct req rq = {
        .arena = &s->arena, .db = s->db, .now = clock_now(), .raw = raw, .reply = &reply
    };
    db_use_arena(s->db, &s->arena);
    uint64_t generation = 0;
    if (admit(&rq)) act(s, &rq, &generation);
    if (reply.job.n) {
        static char ask[KIB(4)]; /* outlives the arena; the door copies it at once */
        size_t n = reply.job.n < sizeof ask ? reply.job.n : sizeof ask;
        memcpy(ask, reply.job.p, n);
        return (struct door_turn){ .job = { ask, n },
                                   .is_aside = reply.job_is_aside,
                                   .is_apart = reply.job_is_apart,
                                   .has_file = reply.job_has_bytes,
                                   .job_file = reply.job_has_bytes ? handed_make(reply.job_bytes)
                                                                   : -1 };
    }
    bool is_kept = is_read(raw) && reply.keep != KEEP_NOT && reply.status == 200 && reply.fd < 0;
    return (struct door_turn){ .answer = is_kept ? cache_keep(s->cache, raw, &reply, generation)
                                                 : reply_package(&reply, raw) };
}

/* The machine failed: a page that needs nothing but the program itself. */
static struct door_package *apologise(struct server *s, const struct door_request *raw)
{
    struct reply reply = { .fd = -1 };
    struct req rq = { .arena = &s->arena, .raw = raw, .reply = &reply, .path = S("/") };
    rq.is_api = str_starts(raw->path, S("/api/"));
    rq.lang = lang_choose(raw->accept_language);
    str rest = str_from(raw->path, 1);
    const struct lang *asked = lang_find(str_split(&rest, '/'));
    if (asked) rq.lang = asked;
    rq.show.lang = rq.lang;
    rq.when = CLAIM_NOW;
    refuse(&rq, 503,
           PHRASE("Nothing you did is wrong and nothing was lost. Please try again in a minute."),
           S(""));
    return reply_package(&reply, raw);
}

/* The same words a moment ago are one event. */
static bool is_worth_a_line(const char *why)
{
    static char last[sizeof((struct landing *)NULL)->why];
    static int64_t last_us;
    int64_t now_us = clock_ticks_us();
    bool is_same = strcmp(last, why) == 0 && now_us - last_us < SAME_LINE_MS * 1000;
    if (is_same) return false;
    snprintf(last, sizeof last, "%s", why);
    last_us = now_us;
    return true;
}

struct door_turn serve_answer(void *self, const struct door_request *raw)
{
    struct server *s = self;
    struct door_turn volatile turn = { 0 };
    for (volatile int tries = 1;; tries++) {
        struct landing l;
        enum jump jump = LAND(&l);
        if (jump == JUMP_NONE) {
            turn = attempt(s, raw);
            landing_leave(&l);
            break;
        }
        landing_leave(&l);
        db_rollback(s->db);
        arena_empty(&s->arena);
        if (jump == JUMP_AGAIN && tries < AGAIN_MAX) continue;
        if (is_worth_a_line(l.why))
            log_line(LOG_BAD, "request %llu: %s", (unsigned long long)raw->number,
                     jump == JUMP_AGAIN ? "the data stayed busy" : l.why);
        turn.answer = apologise(s, raw);
        break;
    }
    arena_wipe(&s->arena);
    return turn;
}

/* Whether a room takes files at this address, whatever the language. */
static bool takes_files(str path)
{
    str rest = str_from(path, 1);
    str code = str_split(&rest, '/');
    if (!lang_find(code)) return false;
    path = str_from(path, code.n + 1);
    for (const struct room *const *r = the_site->rooms; *r; r++)
        for (const char *const *at = (*r)->uploads; at && *at; at++)
            if (str_eq(path, str_of(*at))) return true;
    return false;
}

size_t serve_body_max(void *self, const struct door_request *head)
{
    struct server *s = self;
    if (!the_site->may_upload || !str_eq(head->method, S("POST")) || !takes_files(head->path))
        return BODY_MAX;
    volatile bool may_send = false;
    struct landing l;
    if (LAND(&l) == JUMP_NONE) {
        db_use_arena(s->db, &s->arena);
        may_send = the_site->may_upload(s->db, head, clock_now());
    } else {
        db_rollback(s->db); /* not known is not granted */
    }
    landing_leave(&l);
    arena_wipe(&s->arena);
    return may_send ? UPLOAD_MAX : BODY_MAX;
}
