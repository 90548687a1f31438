#include "fedi/follower.h"

#include "seal/secret.h"

#define ACCEPT_DAYS 4

static str mark_of(struct followers *f, struct arena *a, const char *what, str words)
{
    unsigned char hash[SEAL_HASH_BYTES];
    char name[CONTENT_ID_LENGTH + 1];
    seal_hash(f->secret, what, words, hash);
    content_id((str){ (const char *)hash, sizeof hash }, name);
    return arena_str(a, str_of(name));
}

bool follower_is(struct followers *f, struct db *db, str actor)
{
    struct fedi_number n;
    fedi_actor_follows(db, mark_of(f, db_arena(db), "actor", actor), &n);
    return n.n > 0;
}

static id box_of(struct followers *f, struct db *db, str inbox, str host, ms now)
{
    struct arena *a = db_arena(db);
    struct fedi_box_row there;
    ms until = now + FOLLOWER_DAYS * DAY_MS;
    str hash = mark_of(f, a, "inbox", inbox);
    bool is_there = fedi_box_get(db, hash, &there);
    id key = is_there ? there.id : id_new();
    struct sealed box = seal_close(f->keys, a, &seal_fedi_box_address, key, until,
                                   (personal){ inbox });
    if (is_there) (void)fedi_box_longer(db, key, until, box);
    else fedi_box_add(db, key, hash, host, until, box);
    return key;
}

/* Whom the answer names stays sealed until it has arrived. */
static void queue_accept(struct followers *f, struct db *db, const struct fedi_letter *l, id box,
                         str host, ms now)
{
    struct arena *a = db_arena(db);
    char name[CONTENT_ID_LENGTH + 1];
    id key = id_new();
    ms until = now + ACCEPT_DAYS * DAY_MS;
    fedi_name(name);
    str body = fedi_accept(a, l->lang, str_of(name), l->id, l->actor);
    struct sealed words = seal_close(f->keys, a, &seal_fedi_activity_words, key, until,
                                     (personal){ body });
    fedi_activity_add(db, key, str_of(name), l->lang, S(""), S(""), until, words);
    (void)fedi_delivery_add(db, key, box, host, now, until);
}

static int64_t count_all(struct db *db)
{
    struct fedi_counted *rows;
    int64_t all = 0;
    size_t n = fedi_followers_count(db, &rows);
    for (size_t i = 0; i < n; i++) all += rows[i].n;
    return all;
}

static bool follow(struct followers *f, struct db *db, const struct fedi_letter *l, str inbox,
                   ms now)
{
    struct arena *a = db_arena(db);
    struct fedi_url url;
    struct fedi_host_row host;
    if (!fedi_url_read(inbox, &url) || count_all(db) >= FEDI_FOLLOWERS_MAX) return false;
    if (fedi_host_get(db, url.authority, &host) && host.is_blocked) return false;
    id box = box_of(f, db, inbox, url.authority, now);
    (void)fedi_follower_add(db, id_new(), l->lang, mark_of(f, a, "actor", l->actor),
                            mark_of(f, a, "follow", l->id), box, now, now + FOLLOWER_DAYS * DAY_MS);
    queue_accept(f, db, l, box, url.authority, now);
    return true;
}

bool follower_take(struct followers *f, struct db *db, const struct fedi_letter *l, str inbox,
                   ms now)
{
    struct arena *a = db_arena(db);
    str actor = mark_of(f, a, "actor", l->actor);
    switch (l->kind) {
    case FEDI_FOLLOW: return follow(f, db, l, inbox, now);
    case FEDI_UNDO:
        if (l->lang.n) (void)fedi_follower_end(db, l->lang, actor);
        else (void)fedi_follower_asked_end(db, actor, mark_of(f, a, "follow", l->object));
        break;
    case FEDI_DELETE:
    case FEDI_MOVE: (void)fedi_actor_ends(db, actor); break;
    }
    (void)fedi_boxes_idle(db);
    return true;
}

void follower_arrived(struct followers *f, struct db *db, id box, str inbox, ms until, ms now)
{
    ms longer = now + FOLLOWER_DAYS * DAY_MS;
    if (until - now > FOLLOWER_DAYS / 2 * DAY_MS) return; /* often enough, and no write each time */
    struct sealed words = seal_close(f->keys, db_arena(db), &seal_fedi_box_address, box, longer,
                                     (personal){ inbox });
    if (fedi_box_longer(db, box, longer, words)) (void)fedi_followers_longer(db, box, longer);
}
