#include "web/door_inside.h"

/* The head of a request is checked here, once, before anything of the body is kept.
 *
 * libmicrohttpd 0.9.x is lenient: it cuts a value at a NUL, takes a bare LF for a line end, joins folded lines,
 * and does not say so. But it reads in place: names, values and the request line stay where they arrived, each
 * ended by the NULs that stand for CR and LF. So a head without such tricks is one whose parts lie exactly two
 * bytes apart, up to its last byte. Version 1.0 refuses all of it itself and is not checked that way. */
struct head {
    struct door_call *call;
    unsigned fields, hosts, lengths, encodings;
    bool is_forwarded;
    const char *next; /* where the next name must begin; NULL: not checked */
    int status;
};

struct known_field {
    str name; /* in lower case */
    size_t place;
    bool may_repeat;
};

#define KNOWN(text, member, may_repeat)                                  \
    {                                                                    \
        S_CONST(text), offsetof(struct door_request, member), may_repeat \
    }

static const struct known_field known[] = {
    KNOWN("accept", accept, true),
    KNOWN("accept-encoding", accept_encoding, true),
    KNOWN("accept-language", accept_language, true),
    KNOWN("if-none-match", if_none_match, true),
    KNOWN("content-type", content_type, false),
    KNOWN("cookie", cookie, false),
    KNOWN("authorization", authorization, false),
    KNOWN("origin", origin, false),
    KNOWN("sec-fetch-site", sec_fetch_site, false),
};

static bool same_name(str name, str lower)
{
    if (name.n != lower.n) return false;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        if (c != lower.p[i]) return false;
    }
    return true;
}

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_token(str s) /* RFC 9110, 5.6.2 */
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_alnum(s.p[i]) && (s.p[i] == '\0' || !strchr("!#$%&'*+-.^_`|~", s.p[i])))
            return false;
    return s.n > 0;
}

static bool is_clean(str s, unsigned char least) /* no byte below `least` but the tab, and no DEL */
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool is_tab = c == '\t' && least == ' ';
        if ((c < least && !is_tab) || c == 0x7f) return false;
    }
    return true;
}

static bool is_host(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_alnum(s.p[i]) && (s.p[i] == '\0' || !strchr(".-_:[]", s.p[i]))) return false;
    return s.n > 0;
}

static bool read_length(str s, uint64_t *out)
{
    int64_t n;
    if (s.n == 0 || s.p[0] == '-' || !str_to_int(s, &n)) return false;
    *out = (uint64_t)n;
    return true;
}

static int keep_known(struct door_request *rq, str name, str value)
{
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (!same_name(name, known[i].name)) continue;
        str *field = (str *)(void *)((char *)rq + known[i].place);
        if (field->p && !known[i].may_repeat) return MHD_HTTP_BAD_REQUEST;
        if (!field->p) *field = value;
        return 0;
    }
    return 0;
}

static void fields_settle(struct door_request *rq) /* what did not come is empty */
{
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        str *field = (str *)(void *)((char *)rq + known[i].place);
        if (!field->p) *field = S("");
    }
}

static int keep_field(struct head *h, str name, str value)
{
    if (!is_token(name) || !is_clean(value, ' ')) return MHD_HTTP_BAD_REQUEST;

    if (same_name(name, S("host"))) return h->hosts++ || !is_host(value) ? MHD_HTTP_BAD_REQUEST : 0;
    if (same_name(name, S("content-length")))
        return h->lengths++ || !read_length(value, &h->call->body_said) ? MHD_HTTP_BAD_REQUEST : 0;
    if (same_name(name, S("transfer-encoding")))
        return h->encodings++ || !same_name(value, S("chunked")) ? MHD_HTTP_BAD_REQUEST : 0;
    if (same_name(name, S("forwarded")) || same_name(name, S("x-forwarded-for")) ||
        same_name(name, S("x-real-ip")))
        h->is_forwarded = true;
    return keep_known(&h->call->rq, name, value);
}

static enum MHD_Result each_field(void *self, enum MHD_ValueKind kind, const char *name,
                                  size_t name_n, const char *value, size_t value_n)
{
    struct head *h = self;
    (void)kind;
    if (h->next && name != h->next) {
        h->status = MHD_HTTP_BAD_REQUEST;
        return MHD_NO;
    }
    if (h->next) h->next = value + value_n + 2;

    if (++h->fields > HEADER_FIELDS_MAX) h->status = MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE;
    else h->status = keep_field(h, (str){ name, name_n }, str_trim((str){ value, value_n }));
    return h->status ? MHD_NO : MHD_YES;
}

struct listing {
    struct door_header *out;
    size_t n, most;
};

static enum MHD_Result list_field(void *self, enum MHD_ValueKind kind, const char *name,
                                  size_t name_n, const char *value, size_t value_n)
{
    struct listing *l = self;
    (void)kind;
    if (l->n == l->most) return MHD_NO;
    l->out[l->n++] = (struct door_header){ { name, name_n }, str_trim((str){ value, value_n }) };
    return MHD_YES;
}

size_t door_headers(const struct door_request *rq, struct door_header *out, size_t most)
{
    struct listing l = { out, 0, most };
    if (rq->source) MHD_get_connection_values_n(rq->source, MHD_HEADER_KIND, list_field, &l);
    return l.n;
}

static int check_method(str method)
{
    static const str ours[] = { S_CONST("GET"),    S_CONST("HEAD"),  S_CONST("POST"),
                                S_CONST("PUT"),    S_CONST("PATCH"), S_CONST("DELETE"),
                                S_CONST("OPTIONS") };
    for (size_t i = 0; i < COUNT_OF(ours); i++)
        if (str_eq(method, ours[i])) return 0; /* what a page does not take is web's to answer */
    return is_token(method) ? MHD_HTTP_NOT_IMPLEMENTED : MHD_HTTP_BAD_REQUEST;
}

static int check_target(struct door_call *call)
{
    str target = { call->target, call->target_n };
    if (target.n > TARGET_MAX) return MHD_HTTP_URI_TOO_LONG;
    if (!str_starts(target, S("/")) || !is_clean(target, '!') || str_find(target, '#') >= 0)
        return MHD_HTTP_BAD_REQUEST;

    str rest = target;
    call->rq.path = str_split(&rest, '?');
    call->rq.query = rest.p ? rest : S("");
    return 0;
}

/* The length of the body must be said once, in one way, and be bearable. */
static int check_body(const struct head *h, bool is_http10)
{
    uint64_t said = h->call->body_said;
    if (h->encodings && (h->lengths || is_http10)) return MHD_HTTP_BAD_REQUEST;
    bool has_body = h->encodings || said > 0;
    str method = h->call->rq.method;
    if (has_body && (str_eq(method, S("GET")) || str_eq(method, S("HEAD"))))
        return MHD_HTTP_BAD_REQUEST;
    return 0;
}

static const char *field_place(struct door *d, struct door_call *call, const char *method,
                               const char *version)
{
    if (!d->is_library_lenient) return NULL;
    bool is_tight = call->target_place == method + strlen(method) + 1 &&
                    version == call->target_place + call->target_n + 1;
    return is_tight ? version + strlen(version) + 2 : method; /* no field begins at the method */
}

static bool head_ends_right(const struct head *h, struct MHD_Connection *c, const char *method)
{
    if (!h->next) return true;
    const union MHD_ConnectionInfo *size = MHD_get_connection_info(
        c, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return size && h->next + 2 == method + size->header_size;
}

int request_check(struct door *d, struct door_call *call, struct MHD_Connection *c,
                  const char *method, const char *version)
{
    struct head h = { .call = call, .next = field_place(d, call, method, version) };
    bool is_http10 = str_eq(str_of(version), S("HTTP/1.0"));
    call->rq.method = str_of(method);

    int status = check_target(call);
    if (!status) status = check_method(call->rq.method);
    if (status) return status;

    MHD_get_connection_values_n(c, MHD_HEADER_KIND, each_field, &h);
    if (h.status) return h.status;
    if (!head_ends_right(&h, c, method)) return MHD_HTTP_BAD_REQUEST;
    if (!is_http10 && h.hosts == 0) return MHD_HTTP_BAD_REQUEST;

    fields_settle(&call->rq);
    call->rq.source = c;
    call->rq.is_loopback = call->visit->is_local && !h.is_forwarded;
    return check_body(&h, is_http10);
}
