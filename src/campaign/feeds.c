/* News for feed readers. */
#include "base/limits.h"
#include "base/day.h"
#include "base/clock.h"
#include "campaign/pages.h"
#include "media/media.h"
#include "text/text.h"

struct feed {
    const struct lang *l;
    str origin, base; /* "https://host", "https://host/en" */
    str self;         /* the feed's own address */
    struct text *items;
    size_t n;
};

static bool is_in(str list, str one)
{
    while (list.n)
        if (str_eq(str_split(&list, ' '), one)) return true;
    return false;
}

/* The articles asked for: in a language, about a state, on a theme. An odd choice gives none. */
static struct feed feed_of(struct req *rq, const char *path)
{
    str lang = in_query(rq, "lang"), country = in_query(rq, "country"),
        theme = in_query(rq, "theme");
    struct feed f = { .l = lang_find(lang), .origin = site_origin(rq) };
    if (!f.l) f.l = lang_find(S("en"));
    f.base = ARENA_JOIN(rq->arena, f.origin, S("/"), lang_code(f.l));
    struct sink self;
    sink_open(&self, rq->arena, KIB(16));
    put(&self, f.origin);
    put(&self, str_of(path));
    put_format(&self, "?lang=" STR_FMT, STR_ARG(lang_code(f.l)));
    if (country.n) put_lit(&self, "&country="), url_part(&self, country);
    if (theme.n) put_lit(&self, "&theme="), url_part(&self, theme);
    f.self = sink_str(&self);
    size_t n = text_list(rq->db, f.l, "news", CLAIM_NOW, rq->now, &f.items);
    for (size_t i = 0; i < n && f.n < FEED_ITEMS_MAX; i++) {
        bool is_asked = (!country.n || is_in(f.items[i].states, country)) &&
                        (!theme.n || str_eq(f.items[i].theme, theme));
        if (is_asked) f.items[f.n++] = f.items[i];
    }
    return f;
}

static str address_of(struct arena *a, const struct feed *f, const struct text *t)
{
    return ARENA_JOIN(a, f->base, S("/news/"), t->slug);
}

static str title_of(const struct feed *f)
{
    return lang_text(f->l, PHRASE("Blue Heart: news"));
}

static void element(struct sink *out, const char *name, str text)
{
    put_format(out, "<%s>", name);
    html_text(out, text);
    put_format(out, "</%s>\n", name);
}

static str body_of(struct req *rq, const struct feed *f, const struct text *t)
{
    struct text_place at = { .db = rq->db,
                             .arena = rq->arena,
                             .reader = f->l,
                             .now = rq->now,
                             .text_lang = t->lang,
                             .origin = f->origin };
    return text_html_at(&at, t->body, f->base, S("")).markup;
}

/* An article is as new as what it shows: a picture that was withdrawn makes readers of feeds fetch it anew. */
static str updated(struct req *rq, const struct text *t)
{
    char moment[MOMENT_TEXT];
    ms changed = media_changed(rq->db, t->body, rq->now);
    moment_text(changed, moment);
    str written = ARENA_JOIN(rq->arena, t->published, S("T00:00:00Z"));
    str shown = arena_format(rq->arena, "%.19sZ", moment);
    return changed && str_cmp(shown, written) > 0 ? shown : written;
}

static str newest_update(struct req *rq, const struct feed *f)
{
    str newest = S("2026-01-01T00:00:00Z");
    for (size_t i = 0; i < f->n; i++) {
        str one = updated(rq, &f->items[i]);
        if (str_cmp(one, newest) > 0) newest = one;
    }
    return newest;
}

/* RFC 4287. */
void campaign_atom(struct req *rq)
{
    struct feed f = feed_of(rq, "/feed.atom");
    struct sink out;
    sink_open(&out, rq->arena, PAGE_BYTES_MAX);
    put_lit(&out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed "
                  "xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
    put(&out, lang_code(f.l));
    put_lit(&out, "\">\n");
    element(&out, "title", title_of(&f));
    element(&out, "id", f.self);
    put_lit(&out, "<link rel=\"self\" type=\"application/atom+xml\" href=\"");
    html_text(&out, f.self);
    put_lit(&out, "\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"");
    html_text(&out, f.base);
    put_lit(&out, "/news\"/>\n<author><name>Blue Heart</name></author>\n<updated>");
    put(&out, newest_update(rq, &f));
    put_lit(&out, "</updated>\n");
    for (size_t i = 0; i < f.n && out.n < FEED_BYTES_MAX; i++) {
        const struct text *t = &f.items[i];
        put_lit(&out, "<entry xml:lang=\"");
        put(&out, t->lang);
        put_lit(&out, "\">\n");
        element(&out, "title", t->title);
        element(&out, "id", address_of(rq->arena, &f, t));
        put_lit(&out, "<link rel=\"alternate\" type=\"text/html\" href=\"");
        html_text(&out, address_of(rq->arena, &f, t));
        put_lit(&out, "\"/>\n<published>");
        put(&out, t->published);
        put_lit(&out, "T00:00:00Z</published>\n");
        element(&out, "updated", updated(rq, t));
        if (t->theme.n)
            put_lit(&out, "<category term=\""), html_text(&out, t->theme), put_lit(&out, "\"/>\n");
        element(&out, "summary", t->summary);
        put_lit(&out, "<content type=\"html\">");
        html_text(&out, body_of(rq, &f, t));
        put_lit(&out, "</content>\n</entry>\n");
    }
    put_lit(&out, "</feed>\n");
    send_kept(rq, "application/atom+xml; charset=utf-8", sink_str(&out));
}

/* "Mon, 16 Nov 2026 00:00:00 GMT": RSS writes days as mail does, in English. */
static str mail_day(struct arena *a, str day)
{
    static const char *const days[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int64_t month = 1;
    if (!day_is_full(day)) day = day_last(a, day);
    str_to_int(str_cut(str_from(day, 5), 2), &month);
    return arena_format(a, "%s, %.2s %s %.4s 00:00:00 GMT", days[day_end(day) / DAY_MS % 7],
                        day.p + 8, months[month - 1], day.p);
}

void campaign_rss(struct req *rq)
{
    struct feed f = feed_of(rq, "/feed.rss");
    struct sink out;
    sink_open(&out, rq->arena, PAGE_BYTES_MAX);
    put_lit(&out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" "
                  "xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n");
    element(&out, "title", title_of(&f));
    element(&out, "link", ARENA_JOIN(rq->arena, f.base, S("/news")));
    element(
        &out, "description",
        lang_text(f.l, PHRASE("What is new about trafficking in persons and the answer to it.")));
    element(&out, "language", lang_code(f.l));
    put_lit(&out, "<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"");
    html_text(&out, f.self);
    put_lit(&out, "\"/>\n");
    for (size_t i = 0; i < f.n && out.n < FEED_BYTES_MAX; i++) {
        const struct text *t = &f.items[i];
        put_lit(&out, "<item>\n");
        element(&out, "title", t->title);
        element(&out, "link", address_of(rq->arena, &f, t));
        element(&out, "guid", address_of(rq->arena, &f, t));
        element(&out, "pubDate", mail_day(rq->arena, t->published));
        element(&out, "atom:updated", updated(rq, t));
        if (t->theme.n) element(&out, "category", t->theme);
        element(&out, "description", body_of(rq, &f, t));
        put_lit(&out, "</item>\n");
    }
    put_lit(&out, "</channel>\n</rss>\n");
    send_kept(rq, "application/rss+xml; charset=utf-8", sink_str(&out));
}

static void member(struct sink *out, const char *name, str value)
{
    put_format(out, ",\"%s\":", name);
    json_text(out, value);
}

/* JSON Feed 1.1. */
void campaign_json_feed(struct req *rq)
{
    struct feed f = feed_of(rq, "/feed.json");
    struct sink out;
    sink_open(&out, rq->arena, PAGE_BYTES_MAX);
    put_lit(&out, "{\"version\":\"https://jsonfeed.org/version/1.1\"");
    member(&out, "title", title_of(&f));
    member(&out, "home_page_url", ARENA_JOIN(rq->arena, f.base, S("/news")));
    member(&out, "feed_url", f.self);
    member(&out, "language", lang_code(f.l));
    put_lit(&out, ",\"items\":[");
    for (size_t i = 0; i < f.n && out.n < FEED_BYTES_MAX; i++) {
        const struct text *t = &f.items[i];
        put(&out, i ? S(",\n{\"id\":") : S("\n{\"id\":"));
        json_text(&out, address_of(rq->arena, &f, t));
        member(&out, "url", address_of(rq->arena, &f, t));
        member(&out, "title", t->title);
        member(&out, "summary", t->summary);
        member(&out, "content_html", body_of(rq, &f, t));
        member(&out, "language", t->lang);
        member(&out, "date_published", ARENA_JOIN(rq->arena, t->published, S("T00:00:00Z")));
        member(&out, "date_modified", updated(rq, t));
        put_lit(&out, ",\"tags\":[");
        if (t->theme.n) json_text(&out, t->theme);
        put_lit(&out, "]}");
    }
    put_lit(&out, "\n]}\n");
    send_kept(rq, "application/feed+json; charset=utf-8", sink_str(&out));
}
