#include "web/serve.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "base/log.h"
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
    if (rq->reply->keep == KEEP_PAGE && rq->reply->fd < 0)
        *generation = cache_age(s->db, rq->reply->read, rq->now);
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
        return (struct door_turn){ .job = { ask, n }, .is_aside = reply.job_is_aside };
    }
    bool is_kept = is_read(raw) && reply.keep != KEEP_NOT && reply.status == 200 && reply.fd < 0;
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

struct door_turn serve_answer(void *self, const struct door_request *raw)
{
    struct server *s = self;
    struct door_turn volatile turn = { 0 };
    for (volatile int tries = 1;; tries++) {
        struct landing l;
        enum jump jump = LAND(&l);
        if (jump == JUMP_NONE) {
            struct door_turn made = attempt(s, raw);
            turn.answer = made.answer;
            turn.job = made.job;
            turn.is_aside = made.is_aside;
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
    return (struct door_turn){ turn.answer, turn.job, turn.is_aside };
}
