/* What stands between a request and its page: whose address, which route, who asks, may they, and is the form ours. */
#include "web/held.html.h"
#include "web/reply.h"

#include <sodium.h>

/* Finds whose address it is: a language's, the API's, or the root's. */
static void settle_place(struct req *rq)
{
    rq->lang = lang_choose(rq->raw->accept_language);
    rq->place = AT_ROOT;
    str rest = str_from(rq->path, 1);
    str first = str_split(&rest, '/');
    const struct lang *asked = lang_find(first);
    if (asked) {
        rq->lang = asked;
        rq->place = UNDER_LANG;
        rq->path = rest.p ? (str){ rest.p - 1, rest.n + 1 } : S("");
    } else if (str_starts(rq->path, S("/api/v1/"))) {
        rq->is_api = true;
        rq->place = UNDER_LANG;
        rq->path = str_from(rq->path, 7);
        if (str_eq(rq->path, S("/home"))) rq->path = S("/");
        rq->lang = lang_find(S("en"));
    }
    rq->show.lang = rq->lang;
    bool is_desk = str_eq(rq->path, S("/desk")) || str_starts(rq->path, S("/desk/"));
    if (rq->place == UNDER_LANG && is_desk && !rq->is_api) rq->place = DESK;
}

static void choose_api_language(struct req *rq)
{
    for (int i = 0; i < rq->in_query_n && rq->is_api; i++)
        if (str_eq(rq->in_query[i].name, S("lang")) && lang_find(rq->in_query[i].value))
            rq->lang = rq->show.lang = lang_find(rq->in_query[i].value);
}

/* /en and /en/countries/ are spelt /en/ and /en/countries. */
static bool respell(struct req *rq)
{
    if (rq->place == AT_ROOT || rq->is_api) return false;
    bool is_bare = rq->path.n == 0, is_slashed = rq->path.n > 1 && str_ends(rq->path, S("/"));
    if (!is_bare && !is_slashed) return false;
    str path = is_bare ? S("/") : str_cut(rq->path, rq->path.n - 1);
    struct sink out;
    sink_open(&out, rq->arena, KIB(16));
    put_char(&out, '/');
    put(&out, lang_code(rq->lang));
    while (path.p && path.n) {
        str_split(&path, '/');
        put_char(&out, '/');
        str part = path;
        url_part(&out, str_split(&part, '/'));
        if (!part.p) break;
        path = (str){ part.p - 1, part.n + 1 };
    }
    if (rq->raw->query.n) {
        put_char(&out, '?'); /* as sent: it was read and is well-formed */
        put(&out, rq->raw->query);
    }
    go_to(rq, 301, sink_str(&out));
    return true;
}

static bool may_measure(const struct req *rq)
{
    str token = serve_site(rq)->metrics_token, given = rq->raw->authorization;
    if (rq->raw->is_loopback && token.n == 0) return true;
    if (token.n == 0 || !str_starts(given, S("Bearer ")) || given.n != token.n + 7) return false;
    return sodium_memcmp(token.p, given.p + 7, token.n) == 0;
}

static const char *methods_at(struct req *rq)
{
    bool ignored;
    struct door_request other = *rq->raw;
    const struct door_request *raw = rq->raw;
    other.method = S("GET");
    rq->raw = &other;
    bool has_get = route_find(rq, serve_site(rq)->rooms, &ignored) != NULL;
    rq->raw = raw;
    return has_get ? "GET, HEAD" : "POST";
}

bool gate_admit(struct req *rq)
{
    rq->lang = lang_choose(rq->raw->accept_language);
    rq->show.lang = rq->lang;
    rq->is_api = str_starts(rq->raw->path, S("/api/"));
    if (!parse_path(rq, rq->raw->path)) return false;
    rq->is_api = false;
    settle_place(
        rq); /* first: what is wrong with the query is said in the language and form that was asked for */
    if (!parse_query(rq, rq->raw->query)) return false;
    choose_api_language(rq);
    if (respell(rq)) return false;

    bool is_other_method;
    rq->route = route_find(rq, serve_site(rq)->rooms, &is_other_method);
    if (rq->is_api && rq->route && rq->route->method == POST) {
        rq->route = NULL; /* forms belong to pages */
        is_other_method = true;
    }
    if (rq->is_api && rq->route && !route_has_twin(rq->route)) rq->route = NULL;
    if (rq->place == DESK && serve_site(rq)->is_desk_elsewhere) {
        not_found(rq, PHRASE("No page of this site is called {asked}."), rq->path);
        return false;
    }
    if (!rq->route && is_other_method) {
        const char *allow = methods_at(rq);
        refuse(rq, 405, PHRASE("This address can be read, not written to."), S(""));
        rq->reply->allow = allow;
        return false;
    }
    if (!rq->route) {
        if (str_starts(rq->path, S("/api"))) rq->is_api = true;
        not_found(rq, PHRASE("No page of this site is called {asked}."), rq->path);
        return false;
    }
    if (rq->route->right == MAY_MEASURE && !may_measure(rq)) {
        not_found(rq, PHRASE("No page of this site is called {asked}."), rq->path);
        return false;
    }
    if (rq->place == DESK) rq->when = CLAIM_NOW;
    bool has_form = rq->route->method == POST && rq->place != AT_ROOT; /* there its page reads it */
    return (rq->place == DESK || parse_when(rq)) && (!has_form || parse_form(rq));
}

/* ---- who, right, form: inside the transaction, because they are read from the data ---- */

/* A form of another site's making. Browsers say where it was sent from; the older ones at least name their origin. */
static bool is_from_elsewhere(const struct req *rq)
{
    str site = rq->raw->sec_fetch_site, origin = rq->raw->origin;
    if (site.n) return !str_eq(site, S("same-origin")) && !str_eq(site, S("none"));
    if (!origin.n || str_eq(origin, S("null"))) return false;
    return !str_eq(origin, site_origin(rq)) && !str_eq(origin, serve_site(rq)->desk_origin);
}

/* What was sent, whole, with a button that sends it again. */
static void hold_with(struct req *rq, struct web_held v, struct phrase words, int status)
{
    struct web_held_fields *all = arena_new(rq->arena, struct web_held_fields,
                                            (size_t)rq->in_form_n + 1);
    for (int i = 0; i < rq->in_form_n; i++) {
        const struct field_pair *f = &rq->in_form[i];
        if (str_eq(f->name, S("token")) || str_starts(f->name, S("password"))) continue;
        all[v.fields_n++] = (struct web_held_fields){ f->name, f->value, f->value.n > 60 };
    }
    v.fields = all;
    struct sink out;
    sink_open(&out, rq->arena, PAGE_BYTES_MAX);
    web_held_html(&out, &rq->show, &v);
    str title = say(rq, words);
    *rq->reply =
        (struct reply){ .status = status, .fd = -1, .type = S("text/html; charset=utf-8") };
    rq->reply->body = layout_around(rq, (struct head){ .title = title, .description = title },
                                    sink_str(&out), false);
}

/* Nothing that was written is lost: it comes back. */
static void hold(struct req *rq)
{
    bool is_nobody = rq->place == DESK && rq->who.state == WHO_NOBODY;
    struct web_held v = { .address = layout_address(rq, lang_code(rq->lang), QUERY_WHOLE),
                          .is_nobody = is_nobody,
                          .sign_in = web_beneath_now(rq, S("/desk/sign-in")),
                          .token = web_token(rq) };
    hold_with(rq, v,
              is_nobody ? PHRASE("You were signed out, and nothing is lost")
                        : PHRASE("Please send this once more"),
              is_nobody ? 401 : 409);
}

bool gate_gives_back(struct req *rq)
{
    str rest = str_from(rq->raw->path, 1);
    bool has_language = lang_find(str_split(&rest, '/')) != NULL;
    bool is_desk = has_language && rest.p && str_starts(rest, S("desk/"));
    bool is_sign_in = is_desk && str_starts(rest, S("desk/sign-in"));
    bool is_form = str_eq(rq->raw->method, S("POST")) &&
                   str_starts(rq->raw->content_type, S("application/x-www-form-urlencoded"));
    if (!is_desk || is_sign_in || !is_form || is_from_elsewhere(rq)) return false;
    rq->in_form = arena_new(rq->arena, struct field_pair, FORM_FIELDS_MAX);
    if (!form_read(rq->arena, rq->raw->body, rq->in_form, FORM_FIELDS_MAX, &rq->in_form_n))
        return false;
    struct web_held v = {
        .address = rq->raw->path, .is_away = true, .sign_in = S(""), .token = web_token(rq)
    };
    hold_with(rq, v, PHRASE("The site cannot answer just now, and nothing is lost"), 503);
    return true;
}

/* Signing in leads back here. */
static void ask_who(struct req *rq)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(16));
    put(&out, web_beneath_now(rq, S("/desk/sign-in?next=")));
    url_part(&out, layout_address(rq, lang_code(rq->lang), QUERY_WHOLE));
    go_to(rq, 303, sink_str(&out));
}

/* Without the second factor that a role of theirs needs, one's own account is all there is, and the way out. */
static bool is_own_account(str path)
{
    return str_eq(path, S("/desk/account")) || str_starts(path, S("/desk/account/")) ||
           str_eq(path, S("/desk/sign-out"));
}

static bool may_enter(struct req *rq)
{
    bool is_bare = rq->who.state == WHO_BARE && rq->route->right != ANYONE;
    bool is_shut = is_bare && !is_own_account(rq->path);
    if (!is_shut && who_may_somewhere(&rq->who, rq->route->right)) return true;
    bool is_post = rq->route->method == POST;
    switch (rq->who.state) {
    case WHO_NOBODY:
        if (is_post) hold(rq);
        else ask_who(rq);
        return false;
    case WHO_HALF: go_to(rq, 303, web_beneath_now(rq, S("/desk/second"))); return false;
    case WHO_BARE: go_to(rq, 303, web_beneath_now(rq, S("/desk/account"))); return false;
    case WHO_WHOLE: break;
    }
    refuse(rq, 403,
           PHRASE("None of your roles lets you do this. Whoever is administrator here can give you "
                  "one that does."),
           S(""));
    return false;
}

/* Asked first of all: a browser sends no cookie along with another site's form, so its sender looks signed out, and what
 * that site wrote must not come back with a button that sends it. */
static bool form_is_from_here(struct req *rq)
{
    if (!is_from_elsewhere(rq)) return true;
    refuse(rq, 403, PHRASE("This was sent from another site, so nothing was done."), S(""));
    return false;
}

static bool form_is_ours(struct req *rq)
{
    str token = field_find(rq->in_form, rq->in_form_n, "token");
    switch (token_check(rq, token, &rq->once)) {
    case TOKEN_GOOD: return true;
    case TOKEN_OLD:
    case TOKEN_FOREIGN: break;
    }
    bool is_sign_in = rq->place == DESK && rq->route->right == ANYONE;
    bool is_link = str_starts(rq->path, S("/desk/link/"));
    if (is_sign_in)
        go_to(rq, 303,
              is_link ? layout_address(rq, lang_code(rq->lang), QUERY_WHOLE)
                      : web_beneath_now(rq, S("/desk/sign-in")));
    else hold(rq); /* a password is not sent back, everything else is */
    return false;
}

bool gate_knows(struct req *rq)
{
    const struct site *site = serve_site(rq);
    bool is_form = rq->route->method == POST && rq->place != AT_ROOT;
    if (rq->place == DESK && site->who) site->who(rq);
    if (is_form && !form_is_from_here(rq)) return false;
    if (rq->place == DESK && !may_enter(rq)) return false;
    return !is_form || form_is_ours(rq);
}
