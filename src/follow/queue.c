/* What is new, and mail about it. What was there when this looked for the first time is old. */
#include "base/clock.h"
#include "calendar/calendar.h"
#include "follow/follow.h"
#include "send/send.h"
#include "text/text.h"
#include "web/web.h"

#define ITEMS_MAX 64 /* looked at for one mail, newest first */

/* ---- noticing ---- */

static void notice_news(struct db *db, ms now, ms noticed)
{
    struct text *all;
    size_t n = text_list(db, lang_find(S("en")), "news", CLAIM_NOW, now, &all);
    for (size_t i = 0; i < n; i++)
        follow_notice(db, ARENA_JOIN(db_arena(db), S("news "), all[i].slug), noticed);
}

static str day_of(struct arena *a, ms at)
{
    char text[DAY_TEXT];
    day_text(at, text);
    return arena_str(a, str_of(text));
}

static void notice_days(struct db *db, ms now, ms noticed)
{
    struct calendar_day *all;
    struct arena *a = db_arena(db);
    str today = day_of(a, now), soon = day_of(a, now + FOLLOW_AHEAD * DAY_MS);
    size_t n = calendar_all(db, today, CLAIM_NOW, &all);
    for (size_t i = 0; i < n; i++) {
        bool is_near = all[i].first.n && str_cmp(all[i].first, today) >= 0 &&
                       str_cmp(all[i].first, soon) <= 0;
        if (is_near)
            follow_notice(db, ARENA_JOIN(a, S("calendar "), all[i].slug, S(" "), all[i].first),
                          noticed);
    }
}

static ms country_newest(struct db *db, str iso3)
{
    ms newest = 0;
    const struct claim_kind *kind;
    for (size_t k = 0; (kind = claim_kind_at(k)) != NULL; k++) {
        struct claim *rows;
        size_t n = claim_read_told(db, kind, iso3, CLAIM_NOW, &rows);
        for (size_t i = 0; i < n; i++)
            if (rows[i].recorded_at > newest) newest = rows[i].recorded_at;
    }
    return newest;
}

/* Only of countries that somebody follows. */
static void notice_countries(struct db *db)
{
    struct follow_topic *all;
    size_t n = follow_countries(db, &all);
    for (size_t i = 0; i < n; i++) {
        str left = all[i].topics;
        while (left.n) {
            str topic = str_split(&left, ' ');
            if (!str_starts(topic, S("country:"))) continue;
            str iso3 = str_from(topic, sizeof "country:" - 1);
            ms newest = country_newest(db, iso3);
            if (newest)
                follow_notice_again(db, ARENA_JOIN(db_arena(db), S("country "), iso3), newest);
        }
    }
}

static ms notice(struct db *db, ms now)
{
    struct follow_moment newest;
    follow_newest(db, &newest);
    /* Each is later than what was noticed before, also where the clock ran ahead for a while: so nobody waits for it. */
    ms noticed = !newest.moment ? 1 : newest.moment < now ? now : newest.moment + 1;
    notice_news(db, now, noticed);
    notice_days(db, now, noticed);
    notice_countries(db);
    follow_newest(db, &newest);
    return newest.moment;
}

/* ---- one mail ---- */

static bool is_followed(str topics, str kind, str what)
{
    while (topics.n) {
        str topic = str_split(&topics, ' '), sort = str_split(&topic, ':');
        if (str_eq(sort, kind) && (!topic.p || str_eq(topic, what))) return true;
    }
    return false;
}

struct told {
    struct mail_phrase words[FOLLOW_TITLES + 2];
    struct lang_arg args[FOLLOW_TITLES + 2];
    size_t n;
    str path; /* of the page that the button leads to */
};

static void tell(struct told *t, struct phrase words, str title, str path)
{
    if (t->n == FOLLOW_TITLES + 1) return;
    t->args[t->n] = (struct lang_arg){ .name = "title", .kind = ARG_TEXT, .text = title };
    t->words[t->n] = (struct mail_phrase){ words, NO_PLURAL, &t->args[t->n], 1 };
    t->path = t->n == 1 ? path : S("/news"); /* of several: the page where news stand */
    t->n++;
}

static void tell_item(struct db *db, const struct lang *l, str what, ms now, struct told *t)
{
    struct arena *a = db_arena(db);
    str sort = str_split(&what, ' ');
    if (str_eq(sort, S("news"))) {
        struct text text;
        if (text_get(db, l, what, CLAIM_NOW, now, &text) && str_eq(text.kind, S("news")))
            tell(t, PHRASE("{title}"), text.title, ARENA_JOIN(a, S("/news/"), what));
    } else if (str_eq(sort, S("country"))) {
        tell(t, PHRASE("What is known of {title} has changed."), lang_state(l, what),
             ARENA_JOIN(a, S("/countries/"), what));
    } else {
        struct calendar_day *all;
        str slug = str_split(&what, ' ');
        size_t n = calendar_all(db, what, CLAIM_NOW, &all);
        for (size_t i = 0; i < n; i++)
            if (str_eq(all[i].slug, slug))
                tell(t, PHRASE("Soon: {title}"), all[i].name, ARENA_JOIN(a, S("/calendar/"), slug));
    }
}

static bool mail_to(struct db *db, struct seal_keys *keys, str origin, const struct follow_row *row,
                    ms now)
{
    struct arena *a = db_arena(db);
    struct follow_item *items;
    const struct lang *l = lang_find(row->lang);
    struct told t = { .n = 1 };
    personal to;
    if (!l) l = lang_find(S("en"));
    size_t n = follow_noticed_since(db, row->seen_at, ITEMS_MAX, &items);
    for (size_t i = 0; i < n; i++) {
        str what = items[i].what, sort = str_split(&what, ' ');
        if (is_followed(row->topics, sort, what)) tell_item(db, l, items[i].what, now, &t);
    }
    if (t.n == 1) return false;
    if (seal_open(keys, a, &seal_follow_follower_mail, row->id, row->mail, &to) != SEAL_OPENED)
        return false;
    t.words[0] = (struct mail_phrase){ PHRASE("New on the site since our last message:"), NO_PLURAL,
                                       NULL, 0 };
    str key = web_key_of(a, keys, FOLLOW_PURPOSE, row->id);
    bool ends_soon = row->keep_until - now < FOLLOW_SOON_MS;
    struct lang_arg until = { .name = "day", .kind = ARG_DAY, .text = day_of(a, row->keep_until) };
    struct mail m = {
        .room = "follow",
        .kind = "news",
        .key = arena_format(a, "%llu/%lld", (unsigned long long)row->id, (long long)(now / DAY_MS)),
        .to = to,
        .lang = l,
        .subject = PHRASE("News you asked for"),
        .paragraphs = t.words,
        .paragraphs_n = t.n,
        .button = PHRASE("Read it on the site"),
        .address = ARENA_JOIN(a, origin, S("/"), lang_code(l), t.path),
        .reason = { ends_soon ? PHRASE("You get this because you asked for it on our site. It ends "
                                       "on {day}; the address below also lets you go on.")
                              : PHRASE("You get this because you asked for it on our site."),
                    NO_PLURAL, &until, ends_soon },
        .stop = ARENA_JOIN(a, origin, S("/follow/stop/"), key),
        .useful_until = now + 3 * DAY_MS,
        .is_for_many = true,
    };
    switch (send_mail(db, &m, now)) {
    case SEND_QUEUED: return true;
    case SEND_ALREADY:
    case SEND_BAD_ADDRESS:
    case SEND_BAD_WORDS:
    case SEND_TOO_LATE: break;
    }
    return false;
}

struct telling {
    struct seal_keys *keys;
    str origin;
    ms now;
    size_t n;
};

static void tell_some(struct db *db, void *self)
{
    struct telling *t = self;
    struct follow_row *due;
    ms newest = notice(db, t->now);
    t->n = follow_due(db, newest, t->now - FOLLOW_EVERY_MS, t->now, FOLLOW_EACH, &due);
    for (size_t i = 0; i < t->n; i++) {
        bool is_mailed = mail_to(db, t->keys, t->origin, &due[i], t->now);
        /* What was noticed in this very moment is told of, too. */
        follow_seen(db, due[i].id, newest > t->now ? newest : t->now,
                    is_mailed ? t->now : due[i].mailed_at);
    }
}

size_t follow_tell(struct db *db, struct seal_keys *keys, str origin, ms now)
{
    struct telling t = { keys, origin, now, 0 };
    if (send_is_configured())
        db_write(db, tell_some, &t); /* what was noticed stays, also if nobody waits */
    return t.n;
}
