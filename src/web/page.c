/* What a page may say: a view in the layout, a redirect, a refusal in words, a file. */
#include "base/clock.h"
#include "operator/operator.h"
#include "web/asset.h"
#include "web/error.html.h"
#include "web/reply.h"

#include <assert.h>

str field_find(const struct field_pair *all, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (str_eq(all[i].name, str_of(name))) return all[i].value;
    return S("");
}

str in_path(const struct req *rq, const char *name)
{
    str found = field_find(rq->in_path, rq->in_path_n, name);
    assert(found.n);
    return found;
}

static bool is_declared(const struct route *r, const char *name)
{
    bool is_when = str_eq(str_of(name), S("on")) || str_eq(str_of(name), S("known"));
    if (is_when && r->place == UNDER_LANG) return true;
    str names = str_of(r->fields);
    while (names.p)
        if (str_eq(str_split(&names, ' '), str_of(name))) return true;
    return false;
}

str in_query(const struct req *rq, const char *name)
{
    assert(is_declared(rq->route, name));
    return field_find(rq->in_query, rq->in_query_n, name);
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

void page(struct req *rq, struct head head, const struct view *view, const void *filled)
{
    assert(rq->place == DESK ||
           rq->route->view == view); /* the desk has no twin that could differ */
    struct sink out;
    sink_open(&out, rq->arena, PAGE_BYTES_MAX);
    *rq->reply =
        (struct reply){ .status = 200, .keep = KEEP_PAGE, .fd = -1, .cookie = rq->reply->cookie };
    if (rq->is_api) {
        view->json(&out, filled);
        put_char(&out, '\n');
        rq->reply->type = S("application/json");
        rq->reply->body = sink_str(&out);
        return;
    }
    view->html(&out, &rq->show, filled);
    rq->reply->type = S("text/html; charset=utf-8");
    bool is_for_one = rq->is_fresh || rq->place == DESK || !route_has_twin(rq->route);
    if (is_for_one) rq->reply->keep = KEEP_NOT;
    rq->reply->policy = page_policy(head);
    rq->reply->body = rq->place == DESK
                          ? desk_around(rq, head, sink_str(&out))
                          : layout_around(rq, head, sink_str(&out), route_has_twin(rq->route));
}

/* A script may look at pictures that the reader chose (blob:), which never leave the page by it: connections lead to
 * this site alone, and what a page sends is for its tests to show. */
str page_policy(struct head head)
{
    if (!head.script) return S("");
    return S("default-src 'none'; style-src 'self'; img-src 'self' blob:; script-src 'self'; "
             "worker-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
             "frame-ancestors 'none'");
}

html page_script(struct req *rq, struct head head)
{
    html h = { S("") };
    if (head.script)
        h.markup = ARENA_JOIN(rq->arena, S("<script src=\""), asset_address(head.script),
                              S("\" defer></script>"));
    return h;
}

void page_again(struct req *rq, int seconds, str address)
{
    rq->reply->refresh = arena_format(rq->arena, "%d; url=" STR_FMT, seconds, STR_ARG(address));
}

void page_is_gone(struct req *rq)
{
    rq->reply->status = 404;
    rq->reply->keep = KEEP_NOT;
}

void page_is_wrong(struct req *rq)
{
    rq->reply->status = 422;
    rq->reply->keep = KEEP_NOT;
}

void page_is_stale(struct req *rq)
{
    rq->reply->status = 409;
    rq->reply->keep = KEEP_NOT;
}

void go_to(struct req *rq, int status, str address)
{
    *rq->reply = (struct reply){ .status = status,
                                 .cookie = rq->reply->cookie,
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
    case 401: return PHRASE("Please sign in");
    case 409: return PHRASE("This was changed meanwhile");
    case 405: return PHRASE("This cannot be done here");
    case 410: return PHRASE("This is not shown any more");
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
    struct web_error_ways ways[] = {
        { PHRASE("All countries"), web_beneath_now(rq, S("/countries")) },
        { PHRASE("To the beginning"), web_beneath_now(rq, S("/")) },
    };
    struct web_error_ways desk_ways[] = {
        { PHRASE("What waits"), web_beneath_now(rq, S("/desk")) },
    };
    bool is_desk = rq->who.state == WHO_WHOLE;
    struct web_error v = { .title = title,
                           .detail = detail,
                           .ways = is_desk ? desk_ways : ways,
                           .ways_n = is_desk ? COUNT_OF(desk_ways) : COUNT_OF(ways) };
    struct sink out;
    sink_open(&out, rq->arena, PAGE_BYTES_MAX);
    web_error_html(&out, &rq->show, &v);
    struct head head = { .title = title, .description = detail };
    rq->reply->type = S("text/html; charset=utf-8");
    if (rq->who.state == WHO_WHOLE) {
        rq->reply->body = desk_around(rq, head, sink_str(&out));
        return;
    }
    if (status == 404 || rq->place != UNDER_LANG)
        rq->path = S("/"); /* the language row leads somewhere that is */
    rq->reply->body = layout_around(rq, head, sink_str(&out), false);
}

void not_found(struct req *rq, struct phrase what, str asked)
{
    refuse(rq, 404, what, asked);
}

void send_text(struct req *rq, const char *type, str body)
{
    *rq->reply = (struct reply){ .status = 200, .type = str_of(type), .body = body, .fd = -1 };
}

void send_kept(struct req *rq, const char *type, str body)
{
    send_text(rq, type, body);
    rq->reply->keep = KEEP_PAGE;
}

void send_status(struct req *rq, int status)
{
    rq->reply->status = status;
    rq->reply->keep = KEEP_NOT;
}

void send_by_type(struct req *rq)
{
    rq->reply->varies_by_type = true;
}

void send_for_all(struct req *rq)
{
    rq->reply->is_for_all = true;
}

str site_origin(const struct req *rq)
{
    return serve_site(rq)->origin;
}

str site_desk_origin(const struct req *rq)
{
    return serve_site(rq)->desk_origin;
}

struct seal_keys *site_keys(const struct req *rq)
{
    return serve_site(rq)->keys;
}

str web_address(const struct req *rq, str when, const str *pieces, size_t n)
{
    str path = arena_join(rq->arena, pieces, n);
    bool has_query = str_find(path, '?') >= 0;
    if (has_query && when.n) when = ARENA_JOIN(rq->arena, S("&"), str_from(when, 1));
    return ARENA_JOIN(rq->arena, S("/"), lang_code(rq->lang), path, when);
}

str web_day(const struct req *rq)
{
    char today[DAY_TEXT];
    if (rq->when.on.n) return rq->when.on;
    day_text(rq->now, today);
    return arena_str(rq->arena, str_of(today));
}

str web_day_of(const struct req *rq, ms at)
{
    char text[DAY_TEXT];
    day_text(at, text);
    return arena_str(rq->arena, str_of(text));
}

str web_moment_of(const struct req *rq, ms at)
{
    char text[MOMENT_TEXT];
    moment_text(at, text);
    str day = lang_day_text(rq->arena, rq->lang, str_cut(str_of(text), 10));
    return arena_format(rq->arena, STR_FMT ", %.5s UTC", STR_ARG(day), text + 11);
}

bool site_is_demonstration(const struct req *rq)
{
    return operator_get(rq->db)->name.n == 0;
}

str site_files(const struct req *rq)
{
    return serve_site(rq)->tables_folder;
}

struct addresses site_pages(struct req *rq)
{
    struct addresses out = { arena_new(rq->arena, str, ROUTES_MAX), 0 };
    const struct route *at;
    for (const struct room *const *r = serve_site(rq)->rooms; *r; r++)
        for (size_t i = 0; (at = room_route(*r, i)) != NULL; i++) {
            bool is_page = at->method == GET && at->place == UNDER_LANG && at->right == ANYONE;
            if (!is_page || strchr(at->path, ':')) continue;
            assert(out.n < ROUTES_MAX);
            out.at[out.n++] = str_of(at->path);
        }
    return out;
}

static bool is_like(str path, str pattern)
{
    while (path.p && pattern.p) {
        str have = str_split(&path, '/'), want = str_split(&pattern, '/');
        bool is_right = str_starts(want, S(":")) ? have.n > 0 : str_eq(have, want);
        if (!is_right) return false;
    }
    return !path.p && !pattern.p;
}

bool site_serves(const struct req *rq, str address, bool *is_named)
{
    str path = str_split(&address, '#');
    path = str_split(&path, '?');
    for (const struct room *const *r = serve_site(rq)->rooms; *r; r++)
        for (const struct route *at = (*r)->routes; at && at->path; at++) {
            if (at->method != GET || at->place == DESK || !is_like(path, str_of(at->path)))
                continue;
            *is_named = strchr(at->path, ':') != NULL;
            return true;
        }
    return false;
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
