#include "web/linked.h"

#include "web/reply.h"

#define LINKED_MAX KIB(64)

static void begin(struct sink *out, struct req *rq, const char *type)
{
    sink_open(out, rq->arena, LINKED_MAX);
    put_format(out, "{\"@type\":\"%s\"", type);
}

/* One member; nothing for what is not known. */
static void member(struct sink *out, const char *name, str value)
{
    if (value.n == 0) return;
    put_format(out, ",\"%s\":", name);
    json_text(out, value);
}

static str whole(struct req *rq, str address)
{
    if (address.n == 0) return address;
    return ARENA_JOIN(rq->arena, site_origin(rq), address);
}

static str here(struct req *rq)
{
    return whole(rq, layout_address(rq, lang_code(rq->lang), QUERY_NONE));
}

/* Who says so: the site. */
static void put_us(struct sink *out, struct req *rq, const char *name)
{
    put_format(out, ",\"%s\":{\"@type\":\"Organization\"", name);
    member(out, "name", say(rq, PHRASE("Blue Heart")));
    member(out, "url", whole(rq, web_beneath_now(rq, S("/"))));
    put_lit(out, "}");
}

static str end(struct sink *out)
{
    put_char(out, '}');
    return sink_str(out);
}

str linked_site(struct req *rq, str description)
{
    struct sink out;
    begin(&out, rq, "WebSite");
    member(&out, "name", say(rq, PHRASE("Blue Heart")));
    member(&out, "description", description);
    member(&out, "url", whole(rq, web_beneath_now(rq, S("/"))));
    member(&out, "inLanguage", lang_code(rq->lang));
    put_lit(&out, ",\"potentialAction\":{\"@type\":\"SearchAction\",\"target\":{\"@type\":"
                  "\"EntryPoint\"");
    member(&out, "urlTemplate", whole(rq, web_beneath_now(rq, S("/search?q={question}"))));
    put_lit(&out, "},\"query-input\":\"required name=question\"}");
    return end(&out);
}

static void put_download(struct sink *out, const char *format, str address)
{
    put_format(out, "{\"@type\":\"DataDownload\",\"encodingFormat\":\"%s\"", format);
    member(out, "contentUrl", address);
    put_lit(out, "}");
}

str linked_dataset(struct req *rq, struct linked_dataset d)
{
    struct sink out;
    begin(&out, rq, "Dataset");
    member(&out, "name", d.name);
    member(&out, "description", d.description);
    member(&out, "url", here(rq));
    member(&out, "inLanguage", lang_code(rq->lang));
    member(&out, "temporalCoverage", d.covers);
    member(&out, "isBasedOn", d.based_on);
    member(
        &out, "license",
        whole(rq, web_beneath_now(
                      rq, S("/sources")))); /* each row names its source, each source its licence */
    put_lit(&out, ",\"isAccessibleForFree\":true");
    put_us(&out, rq, "creator");
    put_lit(&out, ",\"distribution\":[");
    put_download(&out, "text/csv", whole(rq, d.csv));
    put_lit(&out, "]");
    return end(&out);
}

str linked_article(struct req *rq, struct linked_article a)
{
    struct sink out;
    begin(&out, rq, "Article");
    member(&out, "headline", a.headline);
    member(&out, "description", a.summary);
    member(&out, "url", here(rq));
    member(&out, "datePublished", a.published);
    member(&out, "inLanguage", a.written_in);
    put_us(&out, rq, "publisher");
    return end(&out);
}

str linked_course(struct req *rq, struct linked_course c)
{
    struct sink out;
    begin(&out, rq, "Course");
    member(&out, "name", c.name);
    member(&out, "description", c.description);
    member(&out, "url", here(rq));
    member(&out, "inLanguage", c.written_in);
    member(&out, "timeRequired", arena_format(rq->arena, "PT%dM", c.minutes));
    put_lit(&out, ",\"isAccessibleForFree\":true");
    put_us(&out, rq, "provider");
    return end(&out);
}

str linked_law(struct req *rq, struct linked_law l)
{
    struct sink out;
    begin(&out, rq, "Legislation");
    member(&out, "name", l.name);
    member(&out, "legislationIdentifier", l.number);
    member(&out, "legislationType", l.kind);
    member(&out, "legislationDate", l.adopted);
    member(&out, "url", here(rq));
    return end(&out);
}

str linked_body(struct req *rq, struct linked_body b)
{
    struct sink out;
    begin(&out, rq, b.is_public ? "GovernmentOrganization" : "Organization");
    member(&out, "name", b.name);
    member(&out, "description", b.description);
    member(&out, "url", b.site);
    return end(&out);
}
