/* What the head of a page tells search engines, feed readers, and those who show a link with its picture. */
#include "web/layout.html.h"
#include "web/reply.h"

/* A language with the land its picture of a link is usually asked for. */
static str locale_of(struct arena *a, str code)
{
    static const struct {
        const char *code, *locale;
    } usual[] = { { "en", "en_GB" }, { "ar", "ar_AR" }, { "zh", "zh_CN" } };
    for (size_t i = 0; i < COUNT_OF(usual); i++)
        if (str_eq(code, str_of(usual[i].code))) return str_of(usual[i].locale);
    str land = arena_str(a, code);
    char *upper = (char *)(uintptr_t)land.p;
    for (size_t i = 0; i < land.n; i++)
        if (upper[i] >= 'a' && upper[i] <= 'z') upper[i] = (char)(upper[i] - 32);
    return ARENA_JOIN(a, code, S("_"), land);
}

/* Pictures are drawn of addresses this deep; others show the site's own. */
#define PICTURE_PARTS_MAX 4

static str picture_of(struct req *rq)
{
    int parts = 0;
    for (size_t i = 0; i < rq->path.n; i++) parts += rq->path.p[i] == '/';
    bool is_home = rq->path.n == 1, is_deep = parts > PICTURE_PARTS_MAX;
    str address = layout_address(rq, lang_code(rq->lang), QUERY_NONE);
    if (is_home || is_deep) address = ARENA_JOIN(rq->arena, S("/"), lang_code(rq->lang));
    return ARENA_JOIN(rq->arena, site_origin(rq), S("/share"), address, S(".png"));
}

static void put_crumb(struct sink *out, int place, str name, str address)
{
    put_format(out, "%s{\"@type\":\"ListItem\",\"position\":%d,\"name\":", place > 1 ? "," : "",
               place);
    json_text(out, name);
    put_lit(out, ",\"item\":");
    json_text(out, address);
    put_char(out, '}');
}

/* From the first page to this one. */
static str crumbs(struct req *rq, struct head head, str here)
{
    struct sink out;
    struct site_place place = site_place(rq->path);
    str above = ARENA_JOIN(rq->arena, site_origin(rq), S("/"), lang_code(rq->lang));
    int n = 1;
    sink_open(&out, rq->arena, KIB(32));
    put_lit(&out, "{\"@type\":\"BreadcrumbList\",\"itemListElement\":[");
    put_crumb(&out, n++, say(rq, PHRASE("Blue Heart")), ARENA_JOIN(rq->arena, above, S("/")));
    if (place.section.english && !place.is_whole)
        put_crumb(&out, n++, say(rq, place.section), ARENA_JOIN(rq->arena, above, place.path));
    put_crumb(&out, n, head.title, here);
    put_lit(&out, "]}");
    return sink_str(&out);
}

/* Data inside a page: no "<" or ">" may stand in it, or it could end the element it stands in. */
static html ready(struct arena *a, str json)
{
    struct sink out;
    sink_open(&out, a, KIB(256));
    put_lit(&out, "<script type=\"application/ld+json\">");
    for (size_t i = 0; i < json.n; i++) {
        if (json.p[i] == '<') put_lit(&out, "\\u003c");
        else if (json.p[i] == '>') put_lit(&out, "\\u003e");
        else put_char(&out, json.p[i]);
    }
    put_lit(&out, "</script>");
    return (html){ sink_str(&out) };
}

static html linked(struct req *rq, struct head head, str here)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(128));
    bool is_home = rq->path.n == 1;
    put_lit(&out, "{\"@context\":\"https://schema.org\",\"@graph\":[");
    put(&out, head.linked);
    if (!is_home) {
        if (head.linked.n) put_char(&out, ',');
        put(&out, crumbs(rq, head, here));
    }
    put_lit(&out, "]}");
    return ready(rq->arena, sink_str(&out));
}

void head_fill(struct req *rq, struct head head, struct web_layout *v)
{
    str code = lang_code(rq->lang);
    v->canonical = ARENA_JOIN(rq->arena, site_origin(rq), layout_address(rq, code, QUERY_NONE));
    v->otherwise = ARENA_JOIN(rq->arena, site_origin(rq),
                              rq->path.n == 1 ? S("/") : layout_address(rq, S("en"), QUERY_NONE));
    if (site_place(rq->path).is_quiet)
        return; /* whoever sees the link is told no more than its words */
    v->locale = locale_of(rq->arena, code);
    v->picture = picture_of(rq);
    v->linked = linked(rq, head, v->canonical);
}
