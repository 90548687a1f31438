/* From bytes to a path and fields: percent-decoding, UTF-8 and control characters are settled here, once. */
#include "base/day.h"
#include "web/reply.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool parse_decode(struct arena *a, str raw, bool is_form, str *out)
{
    char *p = arena_take(a, raw.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        if (c == '+' && is_form) c = ' ';
        if (c == '%') {
            if (i + 2 >= raw.n) return false;
            int high = hex_digit(raw.p[i + 1]), low = hex_digit(raw.p[i + 2]);
            if (high < 0 || low < 0) return false;
            c = (char)(high << 4 | low);
            i += 2;
        }
        p[n++] = c;
    }
    *out = (str){ p, n };
    return str_is_utf8(*out) && !str_has_control(*out);
}

static bool decode(struct arena *a, str raw, bool is_query, str *out)
{
    return parse_decode(a, raw, is_query, out) && str_find(*out, '\n') < 0 &&
           str_find(*out, '\r') < 0;
}

bool parse_path(struct req *rq, str raw)
{
    if (decode(rq->arena, raw, false, &rq->path) && str_starts(rq->path, S("/"))) return true;
    rq->path = S("/");
    refuse(rq, 400, PHRASE("This address cannot be read: it is not well-formed text."), S(""));
    return false;
}

bool parse_query(struct req *rq, str raw)
{
    while (raw.p && raw.n) {
        str pair = str_split(&raw, '&');
        if (pair.n == 0) continue;
        if (rq->in_query_n == QUERY_FIELDS_MAX) {
            refuse(rq, 400, PHRASE("This address holds too many fields."), S(""));
            return false;
        }
        struct field_pair *f = &rq->in_query[rq->in_query_n];
        str value = pair, name = str_split(&value, '=');
        if (!value.p) value = S("");
        bool is_clean = decode(rq->arena, name, true, &f->name) &&
                        decode(rq->arena, value, true, &f->value);
        if (!is_clean || f->value.n > FIELD_MAX) {
            refuse(rq, 400,
                   PHRASE("A field in this address cannot be read: it is not well-formed text."),
                   S(""));
            return false;
        }
        rq->in_query_n++;
    }
    return true;
}

static str query_value(const struct req *rq, str name)
{
    for (int i = 0; i < rq->in_query_n; i++)
        if (str_eq(rq->in_query[i].name, name)) return rq->in_query[i].value;
    return S("");
}

/* ?on=DAY and &known=DAY: what held on a day, as known at the end of another. */
bool parse_when(struct req *rq)
{
    rq->when = CLAIM_NOW;
    rq->show.when = S("");
    str on = query_value(rq, S("on")), known = query_value(rq, S("known"));
    str wrong = on.n && !day_is_full(on) ? on : known.n && !day_is_full(known) ? known : S("");
    if (wrong.n) {
        refuse(rq, 400, PHRASE("A day is written like 2014-06-30. This is not one: {asked}"),
               wrong);
        return false;
    }
    if (on.n) rq->when.on = on;
    if (known.n && day_end(known) < rq->now) rq->when.known = day_end(known);
    if (on.n && known.n)
        rq->show.when = arena_format(rq->arena, "?on=" STR_FMT "&known=" STR_FMT, STR_ARG(on),
                                     STR_ARG(known));
    else if (on.n) rq->show.when = arena_format(rq->arena, "?on=" STR_FMT, STR_ARG(on));
    else if (known.n) rq->show.when = arena_format(rq->arena, "?known=" STR_FMT, STR_ARG(known));
    return true;
}

/* Does the path fit the pattern? Fills in_path. */
static bool fits(struct req *rq, str pattern)
{
    str path = rq->path;
    rq->in_path_n = 0;
    while (pattern.p && path.p) {
        str want = str_split(&pattern, '/'), have = str_split(&path, '/');
        if (str_starts(want, S(":"))) {
            if (have.n == 0 || rq->in_path_n == PATH_PARTS_MAX) return false;
            rq->in_path[rq->in_path_n++] = (struct field_pair){ str_from(want, 1), have };
        } else if (!str_eq(want, have)) {
            return false;
        }
    }
    return !pattern.p && !path.p;
}

const struct route *room_route(const struct room *room, size_t i)
{
    const struct route *at = room->routes;
    const struct route *const *more = room->more;
    for (; at; at = more ? *more++ : NULL) {
        size_t n = 0;
        while (n < i && at[n].path) n++;
        if (at[n].path) return &at[n];
        i -= n;
    }
    return NULL;
}

bool route_has_twin(const struct route *r)
{
    return r->place == UNDER_LANG && r->view && !str_has(str_of(r->path), S("/:key"));
}

const struct route *route_find(struct req *rq, const struct room *const *rooms,
                               bool *is_other_method)
{
    bool is_post = str_eq(rq->raw->method, S("POST"));
    bool is_get = str_eq(rq->raw->method, S("GET")) || str_eq(rq->raw->method, S("HEAD"));
    *is_other_method = false;
    for (; *rooms; rooms++) {
        const struct route *r;
        for (size_t i = 0; (r = room_route(*rooms, i)) != NULL; i++) {
            if (r->place != rq->place || !fits(rq, str_of(r->path))) continue;
            if ((r->method == GET && is_get) || (r->method == POST && is_post)) return r;
            *is_other_method = true;
        }
    }
    rq->in_path_n = 0;
    return NULL;
}
