/* What other servers read: who is where, what an actor is, what it published. And the page for people. */
#include "fedi/inside.h"

#include "fedi/follow.html.h"
#include "web/asset.h"

/* ---- answers that are no pages ---- */

void fedi_problem(struct req *rq, int status, const char *title, const char *detail)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(4));
    put_format(&out, "{\"type\":\"about:blank\",\"status\":%d,\"title\":", status);
    json_text(&out, str_of(title));
    put_lit(&out, ",\"detail\":");
    json_text(&out, str_of(detail));
    put_lit(&out, "}\n");
    send_text(rq, "application/problem+json", sink_str(&out));
    send_status(rq, status);
}

bool fedi_is_off(struct req *rq)
{
    if (fedi_setting()) return false;
    fedi_problem(rq, 404, "Not offered here", "This site cannot be followed from the fediverse.");
    return true;
}

void fedi_no_such(struct req *rq, const char *what)
{
    fedi_problem(rq, 404, "There is nothing at this address", what);
}

/* The actor an address names; NULL after having said that there is none. */
const struct lang *fedi_actor_asked(struct req *rq)
{
    const struct lang *l = fedi_is_off(rq) ? NULL : lang_find(in_path(rq, "lang"));
    if (!l && fedi_setting())
        fedi_no_such(rq, "There is an actor for each language of this site only.");
    return l;
}

/* ---- what is asked for ---- */

enum wanted { WANTS_JSON, WANTS_PAGE, WANTS_OTHER };

static bool is_refused(str params)
{
    while (params.p) {
        str one = str_trim(str_split(&params, ';'));
        if (str_starts(one, S("q=0")) && strspn(one.p + 2, "0.") >= one.n - 2) return true;
    }
    return false;
}

/* An address of an actor or a note is two things: a document for servers, which say so, and a page for everybody else
 * who asks for one. Who names neither gets the document. */
static enum wanted wanted_of(str accept)
{
    bool has_page = false, has_any = accept.n == 0;
    while (accept.p && accept.n) {
        str params = str_split(&accept, ','), type = str_trim(str_split(&params, ';'));
        if (params.p && is_refused(params)) continue;
        if (str_eq(type, S(FEDI_TYPE)) || str_eq(type, S("application/ld+json"))) return WANTS_JSON;
        has_page |= str_eq(type, S("text/html")) || str_eq(type, S("application/xhtml+xml"));
        has_any |= str_eq(type, S("*/*")) || str_eq(type, S("application/*")) ||
                   str_eq(type, S("application/json"));
    }
    return has_page ? WANTS_PAGE : has_any ? WANTS_JSON : WANTS_OTHER;
}

/* False after having answered: a page, or that there is no such form of it. */
static bool wants_document(struct req *rq, str page)
{
    switch (wanted_of(rq->raw->accept)) {
    case WANTS_JSON: return true;
    case WANTS_PAGE: go_to(rq, 303, page); break;
    case WANTS_OTHER:
        fedi_problem(rq, 406, "Not in that form",
                     "This is application/activity+json, or a page of text/html.");
        break;
    }
    send_by_type(rq);
    return false;
}

static void send_document(struct req *rq, int status, struct sink *out)
{
    put_char(out, '\n');
    send_text(rq, FEDI_TYPE "; charset=utf-8", sink_str(out));
    send_status(rq, status);
    send_by_type(rq);
    send_for_all(rq);
}

/* ---- who is where ---- */

static bool same_host(str a, str b)
{
    return sign_same_name(a, b);
}

/* acct:en@host, or the actor's own address. */
static const struct lang *resource_of(str resource)
{
    str lang;
    if (fedi_actor_is(resource, &lang)) return lang_find(lang);
    if (!str_starts(resource, S("acct:"))) return NULL;
    str host = str_from(resource, 5), name = str_split(&host, '@');
    return host.p && same_host(host, fedi_host()) ? lang_find(name) : NULL;
}

static void webfinger(struct req *rq)
{
    str resource = in_query(rq, "resource");
    if (fedi_is_off(rq)) return;
    if (!resource.n) {
        fedi_problem(rq, 400, "Whom do you look for?",
                     "Ask with ?resource=acct:NAME@HOST, where NAME is en, fr, es, ar, ru or zh.");
        return;
    }
    const struct lang *l = resource_of(resource);
    if (!l) {
        fedi_no_such(rq, "There is an account for each language of this site only.");
        return;
    }
    struct sink out;
    str lang = lang_code(l), origin = fedi_setting()->origin, actor = fedi_actor(rq->arena, lang);
    sink_open(&out, rq->arena, KIB(8));
    put_lit(&out, "{\"subject\":");
    json_text(&out, ARENA_JOIN(rq->arena, S("acct:"), lang, S("@"), fedi_host()));
    put_lit(&out, ",\"aliases\":[");
    json_text(&out, actor);
    put_lit(&out, "],\"links\":[{\"rel\":\"self\",\"type\":\"" FEDI_TYPE "\",\"href\":");
    json_text(&out, actor);
    put_lit(&out, "},{\"rel\":\"http://webfinger.net/rel/profile-page\",\"type\":\"text/"
                  "html\",\"href\":");
    json_text(&out, ARENA_JOIN(rq->arena, origin, S("/"), lang, S("/news")));
    put_lit(&out, "}]}\n");
    send_text(rq, "application/jrd+json", sink_str(&out));
    send_for_all(rq);
}

static void nodeinfo_links(struct req *rq)
{
    struct sink out;
    if (fedi_is_off(rq)) return;
    sink_open(&out, rq->arena, KIB(4));
    put_lit(&out, "{\"links\":[{\"rel\":\"http://nodeinfo.diaspora.software/ns/schema/2.1\","
                  "\"href\":");
    json_text(&out, ARENA_JOIN(rq->arena, fedi_setting()->origin, S("/nodeinfo/2.1")));
    put_lit(&out, "}]}\n");
    send_text(rq, "application/json", sink_str(&out));
    send_for_all(rq);
}

static void nodeinfo(struct req *rq)
{
    struct sink out;
    int64_t posts = 0;
    if (fedi_is_off(rq)) return;
    db_note_read(rq->db, "fedi");
    for (size_t i = 0; i < lang_count(); i++) {
        struct fedi_post_row *rows;
        size_t n = fedi_posts_of(rq->db, lang_code(lang_at(i)), &rows);
        for (size_t k = 0; k < n; k++) posts += !rows[k].withdrawn_at;
    }
    sink_open(&out, rq->arena, KIB(4));
    put_lit(&out, "{\"version\":\"2.1\",\"software\":{\"name\":\"blueheart\",\"version\":\"1\"},"
                  "\"protocols\":[\"activitypub\"],\"services\":{\"inbound\":[],\"outbound\":["
                  "\"atom1.0\",\"rss2.0\"]},\"openRegistrations\":false,\"usage\":{\"users\":{"
                  "\"total\":");
    put_int(&out, (int64_t)lang_count());
    put_lit(&out, "},\"localPosts\":");
    put_int(&out, posts);
    put_lit(&out, "},\"metadata\":{}}\n");
    send_kept(rq,
              "application/json; "
              "profile=\"http://nodeinfo.diaspora.software/ns/schema/2.1#\"; charset=utf-8",
              sink_str(&out));
}

/* ---- an actor and its collections ---- */

static void actor(struct req *rq)
{
    const struct lang *l = fedi_actor_asked(rq);
    struct fedi_key_row key;
    struct sink out;
    if (!l || !wants_document(rq, ARENA_JOIN(rq->arena, S("/"), lang_code(l), S("/news")))) return;
    if (!fedi_key_newest(rq->db, lang_code(l), &key)) {
        fedi_problem(rq, 503, "Not yet", "The key of this actor is being made. Try in a minute.");
        return;
    }
    sink_open(&out, rq->arena, KIB(64));
    fedi_put_actor(&out, rq->db, l, key.public_pem);
    send_document(rq, 200, &out);
}

static void note(struct req *rq)
{
    const struct lang *l = fedi_actor_asked(rq);
    struct fedi_post_row post;
    struct text text;
    int64_t times;
    str slug = in_path(rq, "slug");
    if (!l || !wants_document(rq, ARENA_JOIN(rq->arena, S("/"), lang_code(l), S("/news/"), slug)))
        return;
    if (!str_to_int(in_path(rq, "times"), &times) || times < 1 ||
        !fedi_post_get(rq->db, lang_code(l), slug, times, &post)) {
        fedi_no_such(rq, "Nothing of this name was announced.");
        return;
    }
    struct sink out;
    sink_open(&out, rq->arena, KIB(256));
    bool is_there = !post.withdrawn_at && text_get(rq->db, l, slug, CLAIM_NOW, rq->now, &text) &&
                    !text.is_foreign;
    struct fedi_note gone = { .lang = lang_code(l), .slug = slug, .times = times };
    struct fedi_note here = is_there ? fedi_note_of(&post, &text) : gone;
    if (is_there) fedi_put_note(&out, &here, true);
    else fedi_put_gone(&out, &gone, post.withdrawn_at, true);
    send_document(rq, is_there ? 200 : 410, &out);
}

static void activity(struct req *rq)
{
    const struct lang *l = fedi_actor_asked(rq);
    struct fedi_activity_row row;
    if (!l) return;
    if (!fedi_activity_named(rq->db, in_path(rq, "name"), lang_code(l), &row)) {
        fedi_no_such(rq, "There is no such activity, or it is older than 30 days.");
        return;
    }
    send_text(rq, FEDI_TYPE "; charset=utf-8", row.body);
}

/* An inbox is written to; reading it is not offered to anybody. */
static void closed(struct req *rq)
{
    if (fedi_is_off(rq)) return;
    fedi_problem(rq, 404, "There is nothing to read here",
                 "This can only be written to. What is sent here is never shown.");
}

/* ---- for people ---- */

static void follow(struct req *rq)
{
    struct fedi_follow v = { .is_on = fedi_setting() != NULL,
                             .news = web_beneath(rq, S("/news")),
                             .help = web_beneath(rq, S("/help")) };
    struct fedi_follow_accounts *all = arena_new(rq->arena, struct fedi_follow_accounts,
                                                 lang_count());
    for (size_t i = 0; i < lang_count() && v.is_on; i++) {
        const struct lang *l = lang_at(i);
        all[v.accounts_n++] = (struct fedi_follow_accounts){
            .language = lang_own_name(l),
            .code = lang_code(l),
            .handle = ARENA_JOIN(rq->arena, S("@"), lang_code(l), S("@"), fedi_host()),
            .address = fedi_actor(rq->arena, lang_code(l)),
        };
    }
    v.accounts = all;
    str title = say(rq, PHRASE("Follow from the fediverse"));
    page(rq,
         (struct head){ .title = title,
                        .description = say(rq, PHRASE("The news in Mastodon and other places, "
                                                      "without an account here.")),
                        .section = "news" },
         &fedi_follow_view, &v);
}

static const struct route routes[] = {
    { GET, UNDER_LANG, "/follow/fediverse", ANYONE, follow,
      "How to follow the news from Mastodon and other servers.", &fedi_follow_view, NULL },
    { GET, AT_ROOT, "/.well-known/webfinger", ANYONE, webfinger,
      "Where an account of this site is (WebFinger).", NULL, "resource rel" },
    { GET, AT_ROOT, "/.well-known/nodeinfo", ANYONE, nodeinfo_links,
      "Where other servers read what this one is.", NULL, NULL },
    { GET, AT_ROOT, "/nodeinfo/2.1", ANYONE, nodeinfo, "What this server is (NodeInfo).", NULL,
      NULL },
    { GET, AT_ROOT, "/fedi/inbox", ANYONE, closed, "Says that an inbox is not read.", NULL, NULL },
    { GET, AT_ROOT, "/fedi/:lang", ANYONE, actor, "The actor that publishes in a language.", NULL,
      NULL },
    { GET, AT_ROOT, "/fedi/:lang/inbox", ANYONE, closed, "Says that an inbox is not read.", NULL,
      NULL },
    { GET, AT_ROOT, "/fedi/:lang/news/:slug/:times", ANYONE, note,
      "A piece of news as a note for other servers.", NULL, NULL },
    { GET, AT_ROOT, "/fedi/:lang/activities/:name", ANYONE, activity,
      "What was told to those who follow.", NULL, NULL },
    { 0 },
};

#define GIVES(path)                                       \
    {                                                     \
        path, FEDI_TYPE " application/problem+json", NULL \
    }

static const struct gives gives[] = {
    { "/.well-known/webfinger", "application/jrd+json application/problem+json", NULL },
    { "/.well-known/nodeinfo", "application/json application/problem+json", NULL },
    { "/nodeinfo/2.1", "application/json application/problem+json", NULL },
    { "/fedi/inbox", "application/problem+json", NULL },
    GIVES("/fedi/:lang"),
    { "/fedi/:lang/inbox", "application/problem+json", NULL },
    GIVES("/fedi/:lang/outbox"),
    GIVES("/fedi/:lang/followers"),
    GIVES("/fedi/:lang/following"),
    GIVES("/fedi/:lang/news/:slug/:times"),
    GIVES("/fedi/:lang/activities/:name"),
    { 0 },
};

static const struct route *const more[] = { fedi_collection_routes, fedi_inbox_routes,
                                            fedi_desk_routes, NULL };

const struct room fedi_room = {
    .name = "fedi",
    .purpose = "following the news from the fediverse; publishes, reads nothing",
    .routes = routes,
    .more = more,
    .gives = gives,
};
