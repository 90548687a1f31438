/* Rendered pages, kept ready to send. An entry is true as long as none of the rooms it was read from changed.
 *
 * Pages asked with a query have a part of their own, so that no flood of odd addresses drives out real pages. */
#include "base/breakage.h"
#include "base/clock.h"
#include "web/reply.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

struct entry {
    struct entry *next_in_slot, *newer, *older;
    uint64_t hash, generation;
    topics read;
    str address; /* path?query as sent */
    str body;    /* plain */
    str type, policy;
    enum reply_keep keep;
    char etag[40];
    struct door_package *full[CODINGS], *unchanged[CODINGS];
    size_t bytes;
    bool has_query; /* or an odd spelling */
};

struct part {
    struct entry *newest, *oldest;
    size_t bytes, bytes_max;
    int pages, pages_max;
};

#define SLOTS 4096

struct cache {
    struct entry *slot[SLOTS];
    struct part parts[2]; /* without and with a query */
};

struct cache *cache_open(struct arena *life, size_t bytes, int pages)
{
    struct cache *c = arena_new(life, struct cache, 1);
    c->parts[0] = (struct part){ .bytes_max = bytes - bytes / 4, .pages_max = pages - pages / 4 };
    c->parts[1] = (struct part){ .bytes_max = bytes / 4, .pages_max = pages / 4 };
    return c;
}

static struct part *part_of(struct cache *c, const struct entry *e)
{
    return &c->parts[e->has_query];
}

static void unlink_age(struct part *p, struct entry *e)
{
    if (e->newer) e->newer->older = e->older;
    else p->newest = e->older;
    if (e->older) e->older->newer = e->newer;
    else p->oldest = e->newer;
}

static void link_newest(struct part *p, struct entry *e)
{
    e->newer = NULL;
    e->older = p->newest;
    if (p->newest) p->newest->newer = e;
    else p->oldest = e;
    p->newest = e;
}

/* Changes whenever a room that was read changes, and with the day: pages may say what is new, old or still to come. */
uint64_t cache_age(struct db *db, topics read, ms now)
{
    return (read ? db_generation(db, read) : 0) ^ ((uint64_t)(now / DAY_MS)) << 44;
}

static void forget(struct cache *c, struct entry *e)
{
    struct part *p = part_of(c, e);
    struct entry **at = &c->slot[e->hash % SLOTS];
    while (*at != e) at = &(*at)->next_in_slot;
    *at = e->next_in_slot;
    unlink_age(p, e);
    p->bytes -= e->bytes;
    p->pages--;
    for (int i = 0; i < CODINGS; i++) {
        if (e->full[i]) door_drop(e->full[i]);
        if (e->unchanged[i]) door_drop(e->unchanged[i]);
    }
    free(e);
}

void cache_empty(struct cache *c)
{
    for (int i = 0; i < 2; i++)
        while (c->parts[i].oldest) forget(c, c->parts[i].oldest);
}

static uint64_t hash_of(const struct door_request *rq)
{
    return str_hash(rq->path) * 31 + str_hash(rq->query);
}

static bool is_at(const struct entry *e, const struct door_request *rq)
{
    size_t query = rq->query.n ? rq->query.n + 1 : 0;
    return e->address.n == rq->path.n + query &&
           memcmp(e->address.p, rq->path.p, rq->path.n) == 0 &&
           (!query || (e->address.p[rq->path.n] == '?' &&
                       memcmp(e->address.p + rq->path.n + 1, rq->query.p, rq->query.n) == 0));
}

static struct entry *entry_at(struct cache *c, const struct door_request *rq)
{
    uint64_t hash = hash_of(rq);
    struct entry *e = c->slot[hash % SLOTS];
    while (e && !(e->hash == hash && is_at(e, rq))) e = e->next_in_slot;
    return e;
}

static str etag_for(const struct entry *e, enum coding c, char out[48])
{
    static const char *const ends[] = { "-b", "-g", "" };
    snprintf(out, 48, "\"%s%s\"", e->etag, ends[c]);
    return str_of(out);
}

/* Makes the full answer, or the 304 that says the reader's copy is still true. */
static struct door_package *make(struct entry *e, enum coding c, str etag, bool is_unchanged)
{
    struct reply reply = { .status = is_unchanged ? 304 : 200,
                           .keep = e->keep,
                           .policy = e->policy,
                           .type = is_unchanged ? S("") : e->type };
    struct door_header headers[REPLY_HEADERS_MAX];
    size_t n = reply_headers(&reply, etag, is_unchanged ? CODING_PLAIN : c, headers);
    if (is_unchanged) return door_package_unchanged(e->full[c], headers, n);

    struct arena a;
    arena_open(&a, PAGE_BYTES_MAX * 2);
    struct door_package *p = door_package(200, headers, n, coding_apply(&a, c, e->body));
    arena_close(&a);
    return p;
}

static void make_room(struct cache *c, struct part *p, const struct entry *keep)
{
    while ((p->bytes > p->bytes_max || p->pages > p->pages_max) && p->oldest != keep)
        forget(c, p->oldest);
}

static void add(struct cache *c, struct entry *e, struct door_package **place,
                struct door_package *made)
{
    *place = made;
    e->bytes += door_package_bytes(made);
    part_of(c, e)->bytes += door_package_bytes(made);
    make_room(c, part_of(c, e), e);
}

static struct door_package *package_of(struct cache *c, struct entry *e,
                                       const struct door_request *rq)
{
    enum coding coding = coding_choose(rq->accept_encoding);
    char text[48];
    str etag = etag_for(e, coding, text);
    bool is_unchanged = e->keep != KEEP_HERE && rq->if_none_match.n &&
                        etag_is_named(rq->if_none_match, etag);
    if (!e->full[coding]) add(c, e, &e->full[coding], make(e, coding, etag, false));
    struct door_package **place = is_unchanged ? &e->unchanged[coding] : &e->full[coding];
    if (!*place) add(c, e, place, make(e, coding, etag, true));
    return door_keep(*place);
}

struct door_package *cache_find(struct cache *c, const struct door_request *rq, struct db *db)
{
    struct entry *e = entry_at(c, rq);
    if (!e) return NULL;
    if (e->keep != KEEP_ASSET && cache_age(db, e->read, clock_now()) != e->generation) {
        forget(c, e);
        return NULL;
    }
    struct part *p = part_of(c, e);
    if (p->newest != e) {
        unlink_age(p, e);
        link_newest(p, e);
    }
    return package_of(c, e, rq);
}

/* An ETag tells versions of one page apart and guards nothing, so a fast polynomial over the bytes will do. Its key
 * is no secret: every worker, and the next program too, must come to the same tag. */
static const unsigned char tag_key[crypto_onetimeauth_KEYBYTES + 1] =
    "one page, one tag, in any worker";

struct door_package *cache_keep(struct cache *c, const struct door_request *rq,
                                const struct reply *reply, uint64_t generation)
{
    struct entry *old = entry_at(c, rq);
    if (old) forget(c, old);

    size_t address_n = rq->path.n + (rq->query.n ? rq->query.n + 1 : 0);
    size_t own = sizeof(struct entry) + address_n + reply->body.n + reply->type.n + reply->policy.n;
    struct entry *e = malloc(own);
    if (!e) broken("no memory left");
    *e = (struct entry){ .hash = hash_of(rq),
                         .generation = generation,
                         .read = reply->read,
                         .keep = reply->keep,
                         .bytes = own,
                         .has_query = rq->query.n > 0 || str_find(rq->path, '%') >= 0 };
    char *p = (char *)(e + 1);
    e->address = (str){ p, address_n };
    memcpy(p, rq->path.p, rq->path.n);
    if (rq->query.n) {
        p[rq->path.n] = '?';
        memcpy(p + rq->path.n + 1, rq->query.p, rq->query.n);
    }
    p += address_n;
    e->body = (str){ memcpy(p, reply->body.p, reply->body.n), reply->body.n };
    p += reply->body.n;
    e->type = (str){ memcpy(p, reply->type.p, reply->type.n), reply->type.n };
    if (reply->policy.n)
        e->policy = (str){ memcpy(p + reply->type.n, reply->policy.p, reply->policy.n),
                           reply->policy.n };

    unsigned char hash[crypto_onetimeauth_BYTES];
    crypto_onetimeauth(hash, (const unsigned char *)reply->body.p, reply->body.n, tag_key);
    sodium_bin2hex(e->etag, sizeof e->etag, hash, sizeof hash);

    e->next_in_slot = c->slot[e->hash % SLOTS];
    c->slot[e->hash % SLOTS] = e;
    struct part *part = part_of(c, e);
    link_newest(part, e);
    part->bytes += e->bytes;
    part->pages++;
    make_room(c, part, e);
    return package_of(c, e, rq);
}
