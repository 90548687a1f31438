/* What the deliverer finds new, changed or gone among the news, and tells: activity and deliveries in one transaction. */
#include "base/clock.h"
#include "fedi/inside.h"

#define KEEP_DAYS  30 /* an activity can be read at its address; it is delivered for 3 days */
#define FRESH_DAYS 7  /* what is older is noted and not told: a site that was away does not flood */

static bool is_there(const struct text *all, size_t n, str slug)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].slug, slug) && !all[i].is_foreign) return true;
    return false;
}

/* The newest announcement of a text; NULL: never. */
static const struct fedi_post_row *post_of(const struct fedi_post_row *all, size_t n, str slug)
{
    const struct fedi_post_row *best = NULL;
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].slug, slug) && (!best || all[i].times > best->times)) best = &all[i];
    return best;
}

static void tell(struct db *db, str lang, str post, str name, str body, ms now)
{
    id key = id_new();
    ms until = now + KEEP_DAYS * DAY_MS;
    fedi_activity_add(db, key, name, lang, post, body, until, (struct sealed){ { NULL, 0 } });
    (void)fedi_fan_out(db, key, lang, now, until);
}

static bool is_fresh(str published, ms now)
{
    char day[DAY_TEXT];
    day_text(now - FRESH_DAYS * DAY_MS, day);
    return str_cmp(published, str_of(day)) >= 0;
}

static void add(struct db *db, const struct text *t, int64_t times, ms now)
{
    struct arena *a = db_arena(db);
    char name[CONTENT_ID_LENGTH + 1];
    fedi_name(name);
    struct fedi_post_row p = { .times = times, .published = t->published, .noted_at = now };
    struct fedi_note n = fedi_note_of(&p, t);
    fedi_post_add(db, str_of(name), t->lang, t->slug, times, fedi_note_digest(a, &n), t->published,
                  now);
    if (!is_fresh(t->published, now)) return;
    struct sink out;
    sink_open(&out, a, KIB(256));
    fedi_put_create(&out, &n, str_of(name), true);
    tell(db, t->lang, str_of(name), str_of(name), sink_str(&out), now);
}

static void change(struct db *db, const struct fedi_post_row *p, const struct text *t, ms now)
{
    struct arena *a = db_arena(db);
    char name[CONTENT_ID_LENGTH + 1];
    fedi_name(name);
    struct fedi_note n = fedi_note_of(p, t);
    n.changed_at = now;
    if (!fedi_post_changed(db, p->name, fedi_note_digest(a, &n), p->digest, now)) return;
    tell(db, t->lang, p->name, str_of(name), fedi_update(a, &n, str_of(name), now), now);
}

static void withdraw(struct db *db, str lang, const struct fedi_post_row *p, ms now)
{
    char name[CONTENT_ID_LENGTH + 1];
    fedi_name(name);
    struct fedi_note n = { .lang = lang, .slug = p->slug, .times = p->times };
    if (!fedi_post_withdrawn(db, p->name, now)) return;
    fedi_activities_unsent(db, p->name);
    tell(db, lang, p->name, str_of(name), fedi_delete(db_arena(db), &n, str_of(name)), now);
}

/* With `is_looking` nothing is written. */
static size_t compare(struct db *db, const struct lang *l, ms now, bool is_looking)
{
    struct arena *a = db_arena(db);
    struct text *texts;
    struct fedi_post_row *posts;
    size_t n = text_list(db, l, "news", CLAIM_NOW, now, &texts), done = 0;
    size_t posts_n = fedi_posts_of(db, lang_code(l), &posts);
    for (size_t i = 0; i < n; i++) {
        if (texts[i].is_foreign) continue;
        const struct fedi_post_row *p = post_of(posts, posts_n, texts[i].slug);
        struct fedi_post_row none = { .times = 1 };
        struct fedi_note note = fedi_note_of(p ? p : &none, &texts[i]);
        bool is_new = !p || p->withdrawn_at;
        if (!is_new && str_eq(p->digest, fedi_note_digest(a, &note))) continue;
        done++;
        if (is_looking) continue;
        if (is_new) add(db, &texts[i], p ? p->times + 1 : 1, now);
        else change(db, p, &texts[i], now);
    }
    for (size_t i = 0; i < posts_n; i++) {
        if (posts[i].withdrawn_at || is_there(texts, n, posts[i].slug)) continue;
        done++;
        if (!is_looking) withdraw(db, lang_code(l), &posts[i], now);
    }
    return done;
}

bool fedi_news_waits(struct db *db, ms now)
{
    for (size_t i = 0; i < lang_count(); i++)
        if (compare(db, lang_at(i), now, true)) return true;
    return false;
}

size_t fedi_news_tell(struct db *db, ms now)
{
    size_t done = 0;
    for (size_t i = 0; i < lang_count(); i++) done += compare(db, lang_at(i), now, false);
    if (done) db_note_write(db, "fedi");
    return done;
}
