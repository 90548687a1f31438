/* Documents for other servers: actors, notes and what is told about them (ActivityStreams 2.0). */
#include "base/clock.h"
#include "fedi/inside.h"
#include "operator/operator.h"
#include "web/asset.h"

#include <sodium.h>

#define CONTEXT "\"@context\":\"https://www.w3.org/ns/activitystreams\","

static void put_context(struct sink *out, bool is_wanted)
{
    if (is_wanted) put_lit(out, CONTEXT);
}

/* ,"name":"value" */
static void member(struct sink *out, const char *name, str value)
{
    put_format(out, ",\"%s\":", name);
    json_text(out, value);
}

void fedi_name(char name[CONTENT_ID_LENGTH + 1])
{
    char noise[32];
    randombytes_buf(noise, sizeof noise);
    content_id((str){ noise, sizeof noise }, name);
}

/* ---- ids ---- */

str fedi_note_id(struct arena *a, const struct fedi_note *n)
{
    return ARENA_JOIN(a, fedi_actor(a, n->lang), S("/news/"), n->slug,
                      arena_format(a, "/%lld", (long long)n->times));
}

str fedi_activity_id(struct arena *a, str lang, str name)
{
    return ARENA_JOIN(a, fedi_actor(a, lang), S("/activities/"), name);
}

static str page_of(struct arena *a, const struct fedi_note *n)
{
    return ARENA_JOIN(a, fedi_setting()->origin, S("/"), n->lang, S("/news/"), n->slug);
}

/* What is read of it elsewhere; when this is another, it is told again. */
str fedi_note_digest(struct arena *a, const struct fedi_note *n)
{
    char name[CONTENT_ID_LENGTH + 1];
    content_id(ARENA_JOIN(a, n->title, S("\n"), n->summary), name);
    return arena_str(a, str_of(name));
}

struct fedi_note fedi_note_of(const struct fedi_post_row *p, const struct text *t)
{
    return (struct fedi_note){ .lang = t->lang,
                               .slug = t->slug,
                               .title = t->title,
                               .summary = t->summary,
                               .published = p->published,
                               .times = p->times,
                               .noted_at = p->noted_at,
                               .changed_at = p->changed_at };
}

/* ---- a note ---- */

static str moment_of(struct arena *a, ms at)
{
    char text[MOMENT_TEXT];
    moment_text(at, text);
    return arena_format(a, "%.19sZ", text);
}

/* A text has a day. On that day it is the moment in which it was announced, so that it stands where readers look. */
static str published_of(struct arena *a, const struct fedi_note *n)
{
    char day[DAY_TEXT];
    day_text(n->noted_at, day);
    if (str_eq(n->published, str_of(day))) return moment_of(a, n->noted_at);
    str whole = n->published.n == 4   ? ARENA_JOIN(a, n->published, S("-01-01"))
                : n->published.n == 7 ? ARENA_JOIN(a, n->published, S("-01"))
                                      : n->published;
    return ARENA_JOIN(a, whole, S("T00:00:00Z"));
}

static str content_of(struct arena *a, const struct fedi_note *n)
{
    struct sink html;
    sink_open(&html, a, KIB(64));
    put_lit(&html, "<p><strong>");
    html_text(&html, n->title);
    put_lit(&html, "</strong></p><p>");
    html_text(&html, n->summary);
    put_lit(&html, "</p><p><a href=\"");
    html_text(&html, page_of(a, n));
    put_lit(&html, "\">");
    html_text(&html, page_of(a, n));
    put_lit(&html, "</a></p>");
    return sink_str(&html);
}

static void put_audience(struct sink *out, str lang)
{
    put_lit(out, ",\"to\":[\"" FEDI_PUBLIC "\"],\"cc\":[");
    json_text(out, ARENA_JOIN(out->arena, fedi_actor(out->arena, lang), S("/followers")));
    put_lit(out, "]");
}

void fedi_put_note(struct sink *out, const struct fedi_note *n, bool with_context)
{
    struct arena *a = out->arena;
    str content = content_of(a, n);
    put_char(out, '{');
    put_context(out, with_context);
    put_lit(out, "\"type\":\"Note\"");
    member(out, "id", fedi_note_id(a, n));
    member(out, "attributedTo", fedi_actor(a, n->lang));
    put_audience(out, n->lang);
    member(out, "published", published_of(a, n));
    if (n->changed_at) member(out, "updated", moment_of(a, n->changed_at));
    member(out, "url", page_of(a, n));
    member(out, "content", content);
    put_lit(out, ",\"contentMap\":{");
    json_text(out, n->lang);
    put_char(out, ':');
    json_text(out, content);
    put_lit(out, "}}");
}

/* ---- what is told ---- */

static void begin(struct sink *out, const char *type, str lang, str id, bool with_context)
{
    put_char(out, '{');
    put_context(out, with_context);
    put_format(out, "\"type\":\"%s\"", type);
    member(out, "id", id);
    member(out, "actor", fedi_actor(out->arena, lang));
}

void fedi_put_create(struct sink *out, const struct fedi_note *n, str name, bool with_context)
{
    struct arena *a = out->arena;
    begin(out, "Create", n->lang, fedi_activity_id(a, n->lang, name), with_context);
    member(out, "published", published_of(a, n));
    put_audience(out, n->lang);
    put_lit(out, ",\"object\":");
    fedi_put_note(out, n, false);
    put_char(out, '}');
}

str fedi_update(struct arena *a, const struct fedi_note *n, str name, ms now)
{
    struct sink out;
    sink_open(&out, a, KIB(256));
    begin(&out, "Update", n->lang, fedi_activity_id(a, n->lang, name), true);
    member(&out, "updated", moment_of(a, now));
    put_audience(&out, n->lang);
    put_lit(&out, ",\"object\":");
    fedi_put_note(&out, n, false);
    put_char(&out, '}');
    return sink_str(&out);
}

void fedi_put_gone(struct sink *out, const struct fedi_note *n, ms at, bool with_context)
{
    put_char(out, '{');
    put_context(out, with_context);
    put_lit(out, "\"type\":\"Tombstone\"");
    member(out, "id", fedi_note_id(out->arena, n));
    if (at) member(out, "deleted", moment_of(out->arena, at));
    put_char(out, '}');
}

str fedi_delete(struct arena *a, const struct fedi_note *n, str name)
{
    struct sink out;
    sink_open(&out, a, KIB(16));
    begin(&out, "Delete", n->lang, fedi_activity_id(a, n->lang, name), true);
    put_audience(&out, n->lang);
    put_lit(&out, ",\"object\":");
    fedi_put_gone(&out, n, 0, false);
    put_char(&out, '}');
    return sink_str(&out);
}

str fedi_accept(struct arena *a, str lang, str name, str follow, str actor)
{
    struct sink out;
    sink_open(&out, a, KIB(16));
    begin(&out, "Accept", lang, fedi_activity_id(a, lang, name), true);
    put_lit(&out, ",\"to\":[");
    json_text(&out, actor);
    put_lit(&out, "],\"object\":{\"type\":\"Follow\"");
    member(&out, "id", follow);
    member(&out, "actor", actor);
    member(&out, "object", fedi_actor(a, lang));
    put_lit(&out, "}}");
    return sink_str(&out);
}

/* ---- an actor ---- */

static void put_paragraph(struct sink *out, str words)
{
    put_lit(out, "<p>");
    html_text(out, words);
    put_lit(out, "</p>");
}

/* What an account says of itself: that nobody reads what is sent to it, and where help is. */
static str summary_of(struct arena *a, struct db *db, const struct lang *l)
{
    struct sink html;
    const struct operator_words *o = operator_get(db);
    str help = ARENA_JOIN(a, fedi_setting()->origin, S("/"), lang_code(l), S("/help"));
    sink_open(&html, a, KIB(16));
    put_paragraph(
        &html, lang_text(l, PHRASE("News about trafficking in persons and the answer to it. This "
                                   "account only publishes: what is written to it is deleted "
                                   "unread, and nobody answers.")));
    put_lit(&html, "<p>");
    html_text(&html, lang_text(l, PHRASE("In danger, or worried about someone?")));
    put_lit(&html, " <a href=\"");
    html_text(&html, help);
    put_lit(&html, "\">");
    html_text(&html, help);
    put_lit(&html, "</a></p>");
    if (!o->name.n)
        put_paragraph(&html,
                      lang_text(l, PHRASE("A demonstration: nobody operates this account.")));
    else {
        struct lang_arg arg = { .name = "name", .kind = ARG_TEXT, .text = o->name };
        put_lit(&html, "<p>");
        lang_message(&html, l, PHRASE("Operated by {name}, not by UNODC."), NO_PLURAL, &arg, 1,
                     html_text);
        put_lit(&html, "</p>");
    }
    return sink_str(&html);
}

static void image(struct sink *out, const char *name, const char *type, str address)
{
    put_format(out, ",\"%s\":{\"type\":\"Image\",\"mediaType\":\"%s\",\"url\":", name, type);
    json_text(out, ARENA_JOIN(out->arena, fedi_setting()->origin, address));
    put_char(out, '}');
}

static void put_places(struct sink *out, str actor)
{
    static const char *const below[] = { "inbox", "outbox", "followers", "following" };
    for (size_t i = 0; i < COUNT_OF(below); i++)
        member(out, below[i], ARENA_JOIN(out->arena, actor, S("/"), str_of(below[i])));
    put_lit(out, ",\"endpoints\":{\"sharedInbox\":");
    json_text(out, ARENA_JOIN(out->arena, fedi_setting()->origin, S("/fedi/inbox")));
    put_char(out, '}');
}

void fedi_put_actor(struct sink *out, struct db *db, const struct lang *l, str pem)
{
    struct arena *a = out->arena;
    str lang = lang_code(l), actor = fedi_actor(a, lang), origin = fedi_setting()->origin;
    put_lit(out, "{\"@context\":[\"https://www.w3.org/ns/activitystreams\",\"https://w3id.org/"
                 "security/v1\",{\"toot\":\"http://joinmastodon.org/"
                 "ns#\",\"manuallyApprovesFollowers\":\"as:manuallyApprovesFollowers\","
                 "\"discoverable\":\"toot:discoverable\",\"indexable\":\"toot:indexable\"}],"
                 "\"type\":\"Service\"");
    member(out, "id", actor);
    member(out, "preferredUsername", lang);
    member(out, "name",
           ARENA_JOIN(a, lang_text(l, PHRASE("Blue Heart: news")), S(" · "), lang_own_name(l)));
    member(out, "summary", summary_of(a, db, l));
    member(out, "url", ARENA_JOIN(a, origin, S("/"), lang, S("/news")));
    put_places(out, actor);
    put_lit(out, ",\"manuallyApprovesFollowers\":false,\"discoverable\":true,\"indexable\":true,"
                 "\"published\":\"2026-11-22T00:00:00Z\"");
    image(out, "icon", "image/png", asset_address("heart.png"));
    image(out, "image", "image/png", ARENA_JOIN(a, S("/share/"), lang, S(".png")));
    put_lit(out, ",\"publicKey\":{");
    put_lit(out, "\"type\":\"CryptographicKey\"");
    member(out, "id", fedi_key_id(a, lang, pem));
    member(out, "owner", actor);
    member(out, "publicKeyPem", pem);
    put_lit(out, "}}");
}
