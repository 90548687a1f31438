/* What a page may say: a view in the layout, a redirect, a refusal in words, a file. */
#include "base/breakage.h"
#include "web/asset.h"
#include "web/error.html.h"
#include "web/layout.html.h"
#include "web/reply.h"

#include <assert.h>

static const struct {
    const char *section, *path;
    struct phrase label;
} sections[] = {
    { "countries", "/countries", PHRASE_CONST("Countries") },
    { "law", "/law/TIP-PROTOCOL", PHRASE_CONST("The Protocol") },
    { "tiers", "/tiers", PHRASE_CONST("Tiers") },
    { "sources", "/sources", PHRASE_CONST("Sources") },
};

static str find(const struct field_pair *all, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (str_eq(all[i].name, str_of(name))) return all[i].value;
    return S("");
}

str in_path(const struct req *rq, const char *name)
{
    str found = find(rq->in_path, rq->in_path_n, name);
    assert(found.n);
    return found;
}

static bool is_declared(const struct route *r, const char *name)
{
    str names = str_of(r->query);
    while (names.p)
        if (str_eq(str_split(&names, ' '), str_of(name))) return true;
    return false;
}

str in_query(const struct req *rq, const char *name)
{
    assert(is_declared(rq->route, name));
    return find(rq->in_query, rq->in_query_n, name);
}

str say(struct req *rq, struct phrase p)
{
    return lang_text(rq->lang, p);
}

str say_with(struct req *rq, struct phrase p, str name, str value)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(16));
    struct lang_arg arg = { .name = arena_z(rq->arena, name), .kind = ARG_TEXT, .text = value };
    lang_message(&out, rq->lang, p, p, &arg, 1, put);
    return sink_str(&out);
}

/* The path under another language, with the same query. */
static str address_in(struct req *rq, str code, bool with_when)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(16));
    put_char(&out, '/');
    put(&out, code);
    str path = rq->path;
    bool is_first = true;
    while (path.p) {
        if (!is_first) put_char(&out, '/');
        url_part(&out, str_split(&path, '/'));
        is_first = false;
    }
    char before = '?';
    for (int i = 0; i < rq->in_query_n; i++) {
        const struct field_pair *f = &rq->in_query[i];
        bool is_when = str_eq(f->name, S("on")) || str_eq(f->name, S("known"));
        if (is_when && !with_when) continue;
        put_char(&out, before);
        url_part(&out, f->name);
        put_char(&out, '=');
        url_part(&out, f->value);
        before = '&';
    }
    return sink_str(&out);
}

static void fill_languages(struct req *rq, struct web_layout *v)
{
    struct web_layout_languages *all = arena_new(rq->arena, struct web_layout_languages,
                                                 lang_count());
    for (size_t i = 0; i < lang_count(); i++) {
        const struct lang *l = lang_at(i);
        all[i] = (struct web_layout_languages){ lang_code(l), lang_own_name(l),
                                                address_in(rq, lang_code(l), true), l == rq->lang };
    }
    v->languages = all;
    v->languages_n = lang_count();
}

static void fill_nav(struct req *rq, struct web_layout *v, const char *section)
{
    struct web_layout_nav *all = arena_new(rq->arena, struct web_layout_nav, COUNT_OF(sections));
    for (size_t i = 0; i < COUNT_OF(sections); i++) {
        str address = arena_format(rq->arena, "/" STR_FMT "%s", STR_ARG(lang_code(rq->lang)),
                                   sections[i].path);
        bool is_current = section && strcmp(section, sections[i].section) == 0;
        all[i] = (struct web_layout_nav){ sections[i].label, address, is_current };
    }
    v->nav = all;
    v->nav_n = COUNT_OF(sections);
}

static str twin_address(struct req *rq)
{
    str whole = address_in(rq, lang_code(rq->lang), true);
    str beneath = str_from(whole, lang_code(rq->lang).n + 1);
    bool is_home = str_eq(rq->path, S("/"));
    const char *join = str_find(beneath, '?') >= 0 ? "&" : "?";
    if (is_home) beneath = str_from(beneath, 1); /* it is called /home there */
    return arena_format(rq->arena, "/api/v1%s" STR_FMT "%slang=" STR_FMT, is_home ? "/home" : "",
                        STR_ARG(beneath), join, STR_ARG(lang_code(rq->lang)));
}

/* Puts ready content into the layout. */
static str in_layout(struct req *rq, struct head head, str content, bool has_twin)
{
    str code = lang_code(rq->lang);
    struct web_layout v = {
        .title = arena_format(rq->arena, STR_FMT " · " STR_FMT, STR_ARG(head.title),
                              STR_ARG(say(rq, PHRASE("Blue Heart")))),
        .description = head.description,
        .style = asset_address("style.css"),
        .home = arena_format(rq->arena, "/" STR_FMT "/", STR_ARG(code)),
        .help = arena_format(rq->arena, "/" STR_FMT "/help", STR_ARG(code)),
        .is_demo = serve_site(rq)->is_demonstration,
        .is_unreviewed = !str_eq(code, S("en")) && lang_reviewed(rq->lang).n == 0,
        .content = { content },
        .now_address = address_in(rq, code, false),
    };
    if (has_twin) v.twin = twin_address(rq);
    if (rq->when.on.n) v.on = rq->when.on;
    if (rq->when.known != CLAIM_NOW.known) v.known = find(rq->in_query, rq->in_query_n, "known");
    fill_languages(rq, &v);
    fill_nav(rq, &v, head.section);
    struct sink out;
    sink_open(&out, rq->arena, PAGE_BYTES_MAX);
    web_layout_html(&out, &rq->show, &v);
    return sink_str(&out);
}

void page(struct req *rq, struct head head, const struct view *view, const void *filled)
{
    assert(rq->route->view == view);
    struct sink out;
    sink_open(&out, rq->arena, PAGE_BYTES_MAX);
    *rq->reply = (struct reply){ .status = 200, .keep = KEEP_PAGE, .fd = -1 };
    if (rq->is_api) {
        view->json(&out, filled);
        put_char(&out, '\n');
        rq->reply->type = S("application/json");
        rq->reply->body = sink_str(&out);
        return;
    }
    view->html(&out, &rq->show, filled);
    rq->reply->type = S("text/html; charset=utf-8");
    rq->reply->body = in_layout(rq, head, sink_str(&out), true);
}

void go_to(struct req *rq, int status, str address)
{
    *rq->reply = (struct reply){ .status = status,
                                 .location = arena_str(rq->arena, address),
                                 .fd = -1,
                                 .type = S("text/plain; charset=utf-8"),
                                 .body = S("") };
}

static str problem(struct req *rq, int status, str title, str detail)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(32));
    put_lit(&out, "{\"type\":\"about:blank\",\"status\":");
    put_int(&out, status);
    put_lit(&out, ",\"title\":");
    json_text(&out, title);
    put_lit(&out, ",\"detail\":");
    json_text(&out, detail);
    put_lit(&out, "}\n");
    return sink_str(&out);
}

static struct phrase title_of(int status)
{
    switch (status) {
    case 400: return PHRASE("This request cannot be understood");
    case 403: return PHRASE("This is not open to you");
    case 404: return PHRASE("There is nothing at this address");
    case 405: return PHRASE("This cannot be done here");
    case 503: return PHRASE("The site cannot answer just now");
    default: return PHRASE("Something went wrong");
    }
}

void refuse(struct req *rq, int status, struct phrase why, str asked)
{
    str title = say(rq, title_of(status));
    str detail = say_with(rq, why, S("asked"), str_cut_text(asked, 100));
    *rq->reply = (struct reply){ .status = status, .fd = -1 };
    if (rq->is_api) {
        rq->reply->type = S("application/problem+json");
        rq->reply->body = problem(rq, status, title, detail);
        return;
    }
    str code = lang_code(rq->lang);
    struct web_error_ways ways[] = {
        { PHRASE("All countries"),
          arena_format(rq->arena, "/" STR_FMT "/countries", STR_ARG(code)) },
        { PHRASE("To the beginning"), arena_format(rq->arena, "/" STR_FMT "/", STR_ARG(code)) },
    };
    struct web_error v = {
        .title = title, .detail = detail, .ways = ways, .ways_n = COUNT_OF(ways)
    };
    struct sink out;
    sink_open(&out, rq->arena, PAGE_BYTES_MAX);
    web_error_html(&out, &rq->show, &v);
    if (status == 404 || rq->place != UNDER_LANG)
        rq->path = S("/"); /* the language row leads somewhere that is */
    rq->reply->type = S("text/html; charset=utf-8");
    rq->reply->body = in_layout(rq, (struct head){ .title = title, .description = detail },
                                sink_str(&out), false);
}

void not_found(struct req *rq, struct phrase what, str asked)
{
    refuse(rq, 404, what, asked);
}

void send_text(struct req *rq, const char *type, str body)
{
    *rq->reply = (struct reply){ .status = 200, .type = str_of(type), .body = body, .fd = -1 };
}

void send_asset(struct req *rq, const char *type, str body)
{
    *rq->reply = (struct reply){
        .status = 200, .type = str_of(type), .body = body, .fd = -1, .keep = KEEP_ASSET
    };
}

void send_worker(struct req *rq, str body)
{
    *rq->reply = (struct reply){
        .status = 200,
        .keep = KEEP_PAGE,
        .type = S("text/javascript; charset=utf-8"),
        .body = body,
        .fd = -1,
        .policy = S(
            "default-src 'none'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'")
    };
}

void send_file(struct req *rq, struct sent_file file)
{
    str etag = S("");
    if (file.etag.n)
        etag = arena_format(rq->arena, "\"" STR_FMT "%s\"", STR_ARG(file.etag),
                            file.is_gzip ? "-g" : "");
    *rq->reply = (struct reply){ .status = 200,
                                 .keep = KEEP_PAGE,
                                 .type = str_of(file.type),
                                 .fd = file.fd,
                                 .size = file.size,
                                 .file_name = file.name,
                                 .is_gzip = file.is_gzip,
                                 .etag = etag };
}

bool wants_gzip(const struct req *rq)
{
    str accept =
        rq->raw
            ->accept_encoding; /* files are kept plain and as gzip; who takes brotli takes that too */
    return coding_choose(accept) == CODING_GZIP ||
           (coding_choose(accept) == CODING_BR && str_has(accept, S("gzip")));
}

bool is_unchanged(struct req *rq, str etag)
{
    str whole = arena_format(rq->arena, "\"" STR_FMT "%s\"", STR_ARG(etag),
                             wants_gzip(rq) ? "-g" : "");
    if (!etag_is_named(rq->raw->if_none_match, whole)) return false;
    *rq->reply = (struct reply){ .status = 304, .keep = KEEP_PAGE, .fd = -1, .etag = whole };
    return true;
}

void later(struct req *rq, str job)
{
    *rq->reply = (struct reply){ .job = job, .fd = -1 };
}
