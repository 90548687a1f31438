#include "web/serve.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "base/log.h"
#include "web/handed.h"
#include "web/reply.h"

#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

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

/* Steps 5 and 6: the page inside its transaction. */
static void act(struct server *s, struct req *rq, uint64_t *generation)
{
    bool is_writing = rq->route->method == POST;
    if (is_writing) db_begin_write(s->db);
    else db_begin_read(s->db);
    if (gate_knows(rq) && !once_is_done(rq)) {
        rq->route->page(rq);
        if (is_writing) once_note(rq);
    }
    rq->reply->read = db_read_topics(s->db);
    bool is_kept = rq->reply->keep == KEEP_PAGE || rq->reply->keep == KEEP_HERE;
    if (is_kept && rq->reply->fd < 0) *generation = cache_age(s->db, rq->reply->read, rq->now);
    db_commit(s->db);
    if (rq->after) rq->after(rq);
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
    if (gate_admit(&rq)) act(s, &rq, &generation);
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
    bool may_keep = reply.keep != KEEP_NOT && reply.keep != KEEP_ASKED;
    bool is_kept = is_read(raw) && may_keep && reply.status == 200 && reply.fd < 0;
    return (struct door_turn){ .answer = is_kept ? cache_keep(s->cache, raw, &reply, generation)
                                                 : reply_package(&reply, raw) };
}

/* The machine failed: a page that needs nothing but the program itself. */
static struct door_package *apologise(struct server *s, const struct door_request *raw)
{
    struct reply reply = { .fd = -1 };
    struct req rq = {
        .arena = &s->arena, .now = clock_now(), .raw = raw, .reply = &reply, .path = S("/")
    };
    rq.is_api = str_starts(raw->path, S("/api/"));
    rq.lang = lang_choose(raw->accept_language);
    str rest = str_from(raw->path, 1);
    const struct lang *asked = lang_find(str_split(&rest, '/'));
    if (asked) rq.lang = asked;
    rq.show.lang = rq.lang;
    rq.when = CLAIM_NOW;
    if (gate_gives_back(&rq)) return reply_package(&reply, raw);
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

/* Two who were in each other's way would be so again if both began anew at once: each waits a little, by chance, and the
 * longer the oftener. The first time it is not worth it. */
static void step_aside(int tries)
{
    if (tries > 1) usleep(randombytes_uniform(500u << (tries < 6 ? tries : 6)));
}

/* Whoever did so in vain waits for its turn: then only those who try for the first time can be in its way. */
#define TRIES_FREE 2

static void leave_line(struct server *s)
{
    struct landing l;
    if (LAND(&l) == JUMP_NONE)
        db_leave_line(s->db); /* a connection that is gone has left already */
    landing_leave(&l);
}

struct door_turn serve_answer(void *self, const struct door_request *raw)
{
    struct server *s = self;
    struct door_turn volatile turn = { 0 };
    const int64_t began_us = clock_ticks_us();
    volatile bool is_in_line = false;
    for (volatile int tries = 1;; tries++) {
        struct landing l;
        enum jump jump = LAND(&l);
        if (jump == JUMP_NONE) {
            if (tries > TRIES_FREE && !is_in_line && !is_read(raw)) {
                db_stand_in_line(s->db);
                is_in_line = true;
            }
            turn = attempt(s, raw);
            landing_leave(&l);
            break;
        }
        landing_leave(&l);
        db_rollback(s->db);
        arena_empty(&s->arena);
        /* Whoever waited for a writer as long as one may is told so, before the alarm ends all of this worker's visits. */
        bool has_time = clock_ticks_us() - began_us < (int64_t)BUSY_MS * 1000 / 2;
        if (jump == JUMP_AGAIN && tries < AGAIN_MAX && has_time) {
            step_aside(tries);
            continue;
        }
        if (is_worth_a_line(l.why))
            log_line(LOG_BAD, "request %llu: %s", (unsigned long long)raw->number,
                     jump == JUMP_AGAIN ? "the data stayed busy" : l.why);
        turn.answer = apologise(s, raw);
        break;
    }
    if (is_in_line) leave_line(s);
    arena_wipe(&s->arena);
    return turn;
}

static bool takes_files(const struct route *route)
{
    for (const struct room *const *r = the_site->rooms; *r; r++)
        for (const char *const *at = (*r)->uploads; at && *at; at++)
            if (str_eq(str_of(route->path), str_of(*at))) return true;
    return false;
}

/* Steps 2 to 4 without a page: who sends this head, and may they send a file there? */
static bool may_send_file(struct server *s, const struct door_request *head)
{
    struct reply ignored = { .fd = -1 };
    struct req rq = {
        .arena = &s->arena, .db = s->db, .now = clock_now(), .raw = head, .reply = &ignored
    };
    db_use_arena(s->db, &s->arena);
    if (!gate_admit(&rq) || rq.place != DESK || rq.route->method != POST || !takes_files(rq.route))
        return false;
    db_begin_read(s->db);
    if (the_site->who) the_site->who(&rq);
    db_commit(s->db);
    return who_may_somewhere(&rq.who, rq.route->right);
}

size_t serve_body_max(void *self, const struct door_request *head)
{
    struct server *s = self;
    volatile bool may_send = false;
    struct landing l;
    if (LAND(&l) == JUMP_NONE) may_send = may_send_file(s, head);
    else db_rollback(s->db); /* not known is not granted */
    landing_leave(&l);
    arena_wipe(&s->arena);
    if (may_send) return UPLOAD_MAX;
    /* Whoever holds a session's cookie, even an old one, may send a long text to the desk: what they wrote is not refused
     * for its length before anybody could give it back to them. */
    str rest = str_from(head->path, 1);
    (void)str_split(&rest, '/'); /* the language */
    bool is_desk = rest.p && str_starts(rest, S("desk/"));
    return is_desk && head->cookie.n ? BODY_DESK_MAX : BODY_MAX;
}
