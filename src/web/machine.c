#include "web/machine.h"

#include "base/clock.h"
#include "operator/operator.h"
#include "web/asset.h"
#include "web/reply.h"

/* The way in: the language is chosen once, by what the browser asks for. */
static void root(struct req *rq)
{
    go_to(rq, 303, arena_format(rq->arena, "/" STR_FMT "/", STR_ARG(lang_code(rq->lang))));
    rq->reply->varies_by_language = true;
}

static void health(struct req *rq)
{
    db_generation(rq->db, ~(topics)0); /* a read that fails if the data cannot be reached */
    send_text(rq, "text/plain; charset=utf-8", S("ok\n"));
}

static void measure(struct sink *out, const char *name, const char *help, const char *type,
                    uint64_t value)
{
    put_format(out, "# HELP blueheart_%s %s\n# TYPE blueheart_%s %s\nblueheart_%s ", name, help,
               name, type, name);
    put_int(out, (int64_t)value);
    put_char(out, '\n');
}

static void metrics(struct req *rq)
{
    const struct door_counts *c = serve_site(rq)->counts;
    struct sink out;
    sink_open(&out, rq->arena, KIB(64));
    if (c) {
        uint64_t open = 0;
        for (int i = 0; i < WORKERS_MAX; i++) open += c->open[i];
        measure(&out, "requests_total", "Requests answered since the start.", "counter",
                c->requests);
        measure(&out, "refused_total", "Requests refused before a page was asked.", "counter",
                c->refused);
        measure(&out, "slow_closed_total", "Connections closed because the client was too slow.",
                "counter", c->slow_closed);
        measure(&out, "connections_total", "Connections accepted since the start.", "counter",
                c->connections);
        measure(&out, "connections", "Connections open now.", "gauge", open);
        measure(&out, "restarts_total", "Processes started again after a crash.", "counter",
                c->restarts);
    }
    send_text(rq, "text/plain; version=0.0.4; charset=utf-8", sink_str(&out));
}

static void description(struct req *rq)
{
    send_kept(rq, "application/json", serve_openapi(rq->arena, serve_site(rq)->rooms));
}

static void robots(struct req *rq)
{
    send_text(rq, "text/plain; charset=utf-8",
              ARENA_JOIN(rq->arena, S("User-agent: *\nDisallow: /*?*\n\nSitemap: "),
                         site_origin(rq), S("/sitemap.xml\n")));
}

/* RFC 9116. Good for half a year from the day it is read; whoever operates the site is named where it leads. */
#define SECURITY_DAYS 180

static void security(struct req *rq)
{
    char day[DAY_TEXT];
    str origin = site_origin(rq);
    str contact = operator_get(rq->db)->contact;
    bool is_page = str_starts(contact, S("https://"));
    if (contact.n == 0) contact = ARENA_JOIN(rq->arena, origin, S("/en/about#weaknesses"));
    else if (!is_page) contact = ARENA_JOIN(rq->arena, S("mailto:"), contact);
    day_text(rq->now + SECURITY_DAYS * DAY_MS, day);
    send_text(
        rq, "text/plain; charset=utf-8",
        ARENA_JOIN(rq->arena, S("Contact: "), contact, S("\nPolicy: "), origin,
                   S("/en/about#weaknesses\nExpires: "), str_of(day),
                   S("T00:00:00.000Z\nPreferred-Languages: en, fr, es, ar, ru, zh\nCanonical: "),
                   origin, S("/.well-known/security.txt\n")));
}

/* Lets the site be put on a home screen. Its name there is neutral on purpose: others see that screen. */
static void manifest(struct req *rq)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(4));
    put_lit(&out,
            "{\"name\":\"Blue Heart\",\"short_name\":\"Blue "
            "Heart\",\"start_url\":\"/\",\"scope\":\"/\","
            "\"display\":\"browser\",\"background_color\":\"#ffffff\",\"theme_color\":\"#0b3a66\","
            "\"icons\":[{\"src\":");
    json_text(&out, asset_address("heart.svg"));
    put_lit(&out, ",\"sizes\":\"any\",\"type\":\"image/svg+xml\"}]}\n");
    send_kept(rq, "application/manifest+json", sink_str(&out));
}

static void asset(struct req *rq)
{
    const struct asset *found = asset_named(in_path(rq, "name"));
    if (found && str_eq(found->address, rq->path)) send_asset(rq, found->type, found->bytes);
    else if (found)
        go_to(rq, 303, found->address); /* of an older program: the newer one serves as well */
    else not_found(rq, PHRASE("No page of this site is called {asked}."), rq->path);
}

static void favicon(struct req *rq)
{
    go_to(rq, 301, asset_address("heart.svg"));
}

static const struct route routes[] = {
    { GET, AT_ROOT, "/", ANYONE, root, "To the reader's language.", NULL, NULL },
    { GET, AT_ROOT, "/assets/:hash/:name", ANYONE, asset,
      "A file that never changes: style, map, heart.", NULL, NULL },
    { GET, AT_ROOT, "/favicon.svg", ANYONE, favicon, "The heart, for the browser's tab.", NULL,
      NULL },
    { GET, AT_ROOT, "/favicon.ico", ANYONE, favicon, "The heart, for older browsers.", NULL, NULL },
    { GET, AT_ROOT, "/healthz", ANYONE, health, "Says ok while the data can be read.", NULL, NULL },
    { GET, AT_ROOT, "/metrics", MAY_MEASURE, metrics, "Counts for whoever hosts this.", NULL,
      NULL },
    { GET, AT_ROOT, "/openapi.json", ANYONE, description,
      "What programs can ask, and what they get.", NULL, NULL },
    { GET, AT_ROOT, "/.well-known/security.txt", ANYONE, security,
      "Where to tell about a weakness.", NULL, NULL },
    { GET, AT_ROOT, "/manifest.webmanifest", ANYONE, manifest, "For a phone's home screen.", NULL,
      NULL },
    { GET, AT_ROOT, "/robots.txt", ANYONE, robots, "What crawlers may read.", NULL, NULL },
    { 0 },
};

static const struct gives gives[] = {
    { "/", "", NULL },
    { "/assets/:hash/:name", "text/css image/svg+xml", NULL },
    { "/favicon.svg", "", NULL },
    { "/favicon.ico", "", NULL },
    { "/healthz", "text/plain", "/healthz" },
    { "/metrics", "text/plain", "/metrics" },
    { "/openapi.json", "application/json", "/openapi.json" },
    { "/.well-known/security.txt", "text/plain", "/.well-known/security.txt" },
    { "/manifest.webmanifest", "application/manifest+json", "/manifest.webmanifest" },
    { "/robots.txt", "text/plain", "/robots.txt" },
    { 0 },
};

const struct room web_room = {
    .name = "web",
    .purpose = "addresses for programs and the way in",
    .routes = routes,
    .gives = gives,
};
