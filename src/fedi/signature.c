/* What a message says of its signature, and the bytes that the signature covers. */
#include "fedi/signature.h"

#include "base/limits.h"

#include <assert.h>
#include <sodium.h>

bool sign_same_name(str a, str b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++) {
        char x = a.p[i], y = b.p[i];
        if (x >= 'A' && x <= 'Z') x = (char)(x + 32);
        if (y >= 'A' && y <= 'Z') y = (char)(y + 32);
        if (x != y) return false;
    }
    return true;
}

size_t sign_header_count(const struct sign_message *m, str name)
{
    size_t n = 0;
    for (size_t i = 0; i < m->headers_n; i++) n += sign_same_name(m->header[i].name, name);
    return n;
}

bool sign_header_value(struct arena *a, const struct sign_message *m, str name, str *out)
{
    struct sink all;
    size_t n = 0;
    sink_open(&all, a, FEDI_BASE_MAX);
    for (size_t i = 0; i < m->headers_n; i++) {
        if (!sign_same_name(m->header[i].name, name)) continue;
        str value = str_trim(m->header[i].value);
        if (value.n > FEDI_HEADER_MAX || str_find(value, '\n') >= 0 || str_find(value, '\r') >= 0)
            return false;
        if (n++) put_lit(&all, ", ");
        put(&all, value);
        if (all.n > FEDI_BASE_MAX / 4) return false;
    }
    *out = sink_str(&all);
    return n > 0;
}

/* ---- the draft: one header, keyId="...",headers="...",signature="..." ---- */

struct draft {
    str key_id, algorithm, headers, signature;
    bool has_headers;
};

static bool take_quoted(str *rest, str *out)
{
    if (!str_starts(*rest, S("\""))) return false;
    *rest = str_from(*rest, 1);
    ptrdiff_t end = str_find(*rest, '"');
    if (end < 0) return false;
    *out = str_cut(*rest, (size_t)end);
    *rest = str_from(*rest, (size_t)end + 1);
    return str_find(*out, '\\') < 0;
}

/* A number, quoted by some. */
static bool take_moment(str *rest, bool *is_there, int64_t *out)
{
    str text;
    if (*is_there) return false;
    *is_there = true;
    if (str_starts(*rest, S("\""))) return take_quoted(rest, &text) && str_to_int(text, out);
    size_t n = 0;
    while (n < rest->n && rest->p[n] >= '0' && rest->p[n] <= '9') n++;
    text = str_cut(*rest, n);
    *rest = str_from(*rest, n);
    return n < 16 && str_to_int(text, out);
}

static bool take_once(str *rest, str *into)
{
    return !into->p && take_quoted(rest, into);
}

static bool take_draft_param(str *rest, struct draft *d, struct sign_said *out)
{
    ptrdiff_t at = str_find(*rest, '=');
    if (at <= 0) return false;
    str name = str_trim(str_cut(*rest, (size_t)at)), ignored = { 0 };
    *rest = str_from(*rest, (size_t)at + 1);
    if (str_eq(name, S("keyId"))) return take_once(rest, &d->key_id);
    if (str_eq(name, S("algorithm"))) return take_once(rest, &d->algorithm);
    if (str_eq(name, S("headers"))) return take_once(rest, &d->headers);
    if (str_eq(name, S("signature"))) return take_once(rest, &d->signature);
    if (str_eq(name, S("created"))) return take_moment(rest, &out->has_created, &out->created);
    if (str_eq(name, S("expires"))) return take_moment(rest, &out->has_expires, &out->expires);
    return take_quoted(rest, &ignored);
}

static bool read_draft(str text, struct draft *d, struct sign_said *out)
{
    for (str rest = str_trim(text);;) {
        if (!take_draft_param(&rest, d, out)) return false;
        rest = str_trim(rest);
        if (rest.n == 0) break;
        if (!str_starts(rest, S(","))) return false;
        rest = str_trim(str_from(rest, 1));
    }
    return d->key_id.n && d->signature.n;
}

static bool decode(struct arena *a, str text, str *out)
{
    unsigned char *bytes = arena_take(a, text.n + 1);
    size_t n = 0;
    bool is_text = sodium_base642bin(bytes, text.n, text.p, text.n, NULL, &n, NULL,
                                     sodium_base64_VARIANT_ORIGINAL) == 0;
    *out = (str){ (const char *)bytes, n };
    return is_text && n > 0;
}

static enum sign_answer list_draft(struct arena *a, str headers, struct sign_said *out)
{
    out->input.list = arena_new(a, struct field_item, FEDI_COMPONENTS_MAX);
    while (headers.p) {
        str name = str_split(&headers, ' ');
        if (name.n == 0) return SIGN_MALFORMED;
        if (out->input.list_n == FEDI_COMPONENTS_MAX) return SIGN_MALFORMED;
        for (size_t i = 0; i < out->input.list_n; i++)
            if (sign_same_name(out->input.list[i].value.text, name)) return SIGN_TWICE;
        out->input.list[out->input.list_n++].value = (struct field_value){ FIELD_TEXT, name, 0 };
    }
    return SIGN_YES;
}

static bool lists(const struct sign_said *s, str name)
{
    for (size_t i = 0; i < s->input.list_n; i++)
        if (sign_same_name(s->input.list[i].value.text, name) && s->input.list[i].params_n == 0)
            return true;
    return false;
}

static enum sign_answer read_old(struct arena *a, str text, struct sign_said *out)
{
    struct draft d = { 0 };
    out->scheme = SIGN_DRAFT;
    if (!read_draft(text, &d, out) || !decode(a, d.signature, &out->bytes)) return SIGN_MALFORMED;
    out->key_id = d.key_id;
    bool is_open = !d.algorithm.p || sign_same_name(d.algorithm, S("hs2019"));
    if (sign_same_name(d.algorithm.p ? d.algorithm : S(""), S("rsa-sha256")))
        out->algorithm = SIGN_RSA_SHA256;
    else if (!is_open) return SIGN_ALGORITHM;
    enum sign_answer answer = list_draft(a, d.headers.p ? d.headers : S("date"), out);
    if (answer != SIGN_YES) return answer;
    /* The draft knows these two for hs2019 alone. */
    bool has_moments = lists(out, S("(created)")) || lists(out, S("(expires)"));
    return has_moments && out->algorithm == SIGN_RSA_SHA256 ? SIGN_MALFORMED : SIGN_YES;
}

/* ---- RFC 9421: two dictionaries with one label ---- */

static bool algorithm_named(str name, enum sign_algorithm *out)
{
    static const struct {
        str name;
        enum sign_algorithm algorithm;
    } known[] = { { S_CONST("rsa-v1_5-sha256"), SIGN_RSA_SHA256 },
                  { S_CONST("rsa-pss-sha512"), SIGN_RSA_PSS_SHA512 },
                  { S_CONST("ed25519"), SIGN_ED25519 },
                  { S_CONST("ecdsa-p256-sha256"), SIGN_ECDSA_P256 },
                  { S_CONST("hmac-sha256"), SIGN_HMAC_SHA256 } };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (!str_eq(known[i].name, name)) continue;
        *out = known[i].algorithm;
        return true;
    }
    return false;
}

static bool moment_of(const struct field_item *i, str key, bool *is_there, int64_t *out)
{
    const struct field_param *p = field_param_get(i, key);
    *is_there = p != NULL;
    if (!p) return true;
    *out = p->value.whole;
    return p->value.type == FIELD_WHOLE && p->value.whole >= 0;
}

static bool is_same_item(const struct field_item *x, const struct field_item *y)
{
    if (!str_eq(x->value.text, y->value.text) || x->params_n != y->params_n) return false;
    for (size_t i = 0; i < x->params_n; i++) {
        const struct field_param *p = field_param_get(y, x->param[i].key);
        if (!p || !str_eq(p->value.text, x->param[i].value.text)) return false;
    }
    return true;
}

static enum sign_answer check_list(const struct field_member *m)
{
    for (size_t i = 0; i < m->list_n; i++) {
        str name = m->list[i].value.text;
        if (m->list[i].value.type != FIELD_TEXT || !name.n) return SIGN_MALFORMED;
        for (size_t k = 0; k < name.n; k++)
            if (name.p[k] >= 'A' && name.p[k] <= 'Z') return SIGN_MALFORMED;
        if (str_eq(name, S("@signature-params"))) return SIGN_MALFORMED;
        for (size_t k = 0; k < i; k++)
            if (is_same_item(&m->list[i], &m->list[k])) return SIGN_TWICE;
    }
    return SIGN_YES;
}

static enum sign_answer read_new(struct arena *a, str input, str text, struct sign_said *out)
{
    struct fields inputs, signatures;
    out->scheme = SIGN_RFC9421;
    if (!fields_read(a, input, &inputs) || !fields_read(a, text, &signatures))
        return SIGN_MALFORMED;
    if (inputs.n != 1 || signatures.n != 1) return SIGN_TWICE;
    const struct field_member *in = &inputs.member[0], *sig = &signatures.member[0];
    bool is_pair = str_eq(in->key, sig->key) && in->is_list && !sig->is_list &&
                   sig->item.value.type == FIELD_BYTES && sig->item.value.text.n > 0;
    if (!is_pair) return SIGN_MALFORMED;
    out->bytes = sig->item.value.text;
    out->input = *in;
    const struct field_param *key = field_param_get(&in->item, S("keyid"));
    const struct field_param *alg = field_param_get(&in->item, S("alg"));
    if (!key || key->value.type != FIELD_TEXT || !key->value.text.n) return SIGN_MALFORMED;
    out->key_id = key->value.text;
    bool is_timed = moment_of(&in->item, S("created"), &out->has_created, &out->created) &&
                    moment_of(&in->item, S("expires"), &out->has_expires, &out->expires);
    if (!is_timed) return SIGN_MALFORMED;
    if (alg && alg->value.type != FIELD_TEXT) return SIGN_MALFORMED;
    if (alg && !algorithm_named(alg->value.text, &out->algorithm)) return SIGN_ALGORITHM;
    return check_list(in);
}

enum sign_answer sign_read(struct arena *a, const struct sign_message *m, struct sign_said *out)
{
    str signature, input;
    *out = (struct sign_said){ 0 };
    size_t signatures = sign_header_count(m, S("signature")),
           inputs = sign_header_count(m, S("signature-input"));
    if (!signatures) return inputs ? SIGN_MALFORMED : SIGN_NONE;
    if (signatures > 1 || inputs > 1) return SIGN_TWICE;
    if (!sign_header_value(a, m, S("signature"), &signature)) return SIGN_MALFORMED;
    if (!inputs) return read_old(a, signature, out);
    if (!sign_header_value(a, m, S("signature-input"), &input)) return SIGN_MALFORMED;
    return read_new(a, input, signature, out);
}

/* ---- what is covered ---- */

static str lower(struct arena *a, str s)
{
    char *p = arena_take(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    return (str){ p, s.n };
}

static str authority_of(struct arena *a, const struct sign_message *m)
{
    str host = lower(a, m->authority);
    str usual = str_eq(m->scheme, S("http")) ? S(":80") : S(":443");
    return str_ends(host, usual) ? str_cut(host, host.n - usual.n) : host;
}

static str query_of(struct arena *a, const struct sign_message *m)
{
    return ARENA_JOIN(a, S("?"), m->query.p ? m->query : S(""));
}

static str target_of(struct arena *a, const struct sign_message *m)
{
    return m->query.p ? ARENA_JOIN(a, m->path, query_of(a, m)) : m->path;
}

/* The one value of that name in the query, as sent; a name that stands twice is none. */
static bool query_param(const struct sign_message *m, str wanted, str *out)
{
    size_t n = 0;
    for (str rest = m->query.p ? m->query : S(""); rest.p && rest.n;) {
        str value = str_split(&rest, '&'), name = str_split(&value, '=');
        if (!str_eq(name, wanted)) continue;
        *out = value.p ? value : S("");
        n++;
    }
    return n == 1;
}

static bool derived(struct arena *a, const struct sign_message *m, const struct field_item *i,
                    str *out)
{
    str name = i->value.text;
    if (str_eq(name, S("@query-param"))) {
        const struct field_param *p = field_param_get(i, S("name"));
        return i->params_n == 1 && p && p->value.type == FIELD_TEXT && m->method.n &&
               query_param(m, p->value.text, out);
    }
    if (i->params_n) return false;
    if (str_eq(name, S("@status"))) {
        *out = arena_format(a, "%d", m->status);
        return m->method.n == 0 && m->status >= 100;
    }
    if (!m->method.n) return false;
    if (str_eq(name, S("@method"))) *out = m->method;
    else if (str_eq(name, S("@authority"))) *out = authority_of(a, m);
    else if (str_eq(name, S("@scheme"))) *out = m->scheme;
    else if (str_eq(name, S("@path"))) *out = m->path.n ? m->path : S("/");
    else if (str_eq(name, S("@query"))) *out = query_of(a, m);
    else if (str_eq(name, S("@request-target"))) *out = target_of(a, m);
    else if (str_eq(name, S("@target-uri")))
        *out = ARENA_JOIN(a, m->scheme, S("://"), authority_of(a, m), target_of(a, m));
    else return false;
    return true;
}

static bool component(struct arena *a, const struct sign_message *m, const struct field_item *i,
                      str *out)
{
    if (str_starts(i->value.text, S("@"))) return derived(a, m, i, out);
    return i->params_n == 0 && sign_header_value(a, m, i->value.text, out);
}

static bool base_new(struct arena *a, const struct sign_message *m, const struct sign_said *s,
                     struct sink *out)
{
    for (size_t i = 0; i < s->input.list_n; i++) {
        str value;
        if (!component(a, m, &s->input.list[i], &value)) return false;
        field_item_put(out, &s->input.list[i]);
        put_lit(out, ": ");
        put(out, value);
        put_char(out, '\n');
    }
    put_lit(out, "\"@signature-params\": ");
    field_list_put(out, &s->input);
    return true;
}

static bool draft_value(struct arena *a, const struct sign_message *m, const struct sign_said *s,
                        str name, str *out)
{
    if (str_eq(name, S("(request-target)")))
        *out = ARENA_JOIN(a, lower(a, m->method), S(" "), target_of(a, m));
    else if (str_eq(name, S("(created)")) && s->has_created)
        *out = arena_format(a, "%lld", (long long)s->created);
    else if (str_eq(name, S("(expires)")) && s->has_expires)
        *out = arena_format(a, "%lld", (long long)s->expires);
    else return sign_header_value(a, m, name, out);
    return true;
}

bool sign_base(struct arena *a, const struct sign_message *m, const struct sign_said *s, str *out)
{
    struct sink base;
    sink_open(&base, a, FEDI_BASE_MAX * FEDI_COMPONENTS_MAX);
    if (s->scheme == SIGN_RFC9421) {
        bool is_whole = base_new(a, m, s, &base);
        *out = sink_str(&base);
        return is_whole;
    }
    for (size_t i = 0; i < s->input.list_n; i++) {
        str name = lower(a, s->input.list[i].value.text), value;
        if (!draft_value(a, m, s, name, &value)) return false;
        if (i) put_char(&base, '\n');
        put(&base, name);
        put_lit(&base, ": ");
        put(&base, value);
    }
    *out = sink_str(&base);
    return s->input.list_n > 0;
}

enum sign_answer sign_covers(const struct sign_said *s)
{
    if (s->scheme == SIGN_DRAFT) {
        bool has_moment = lists(s, S("date")) || lists(s, S("(created)"));
        bool has_rest = lists(s, S("(request-target)")) && lists(s, S("host")) &&
                        lists(s, S("digest"));
        return has_moment && has_rest ? SIGN_YES : SIGN_UNCOVERED;
    }
    bool has_path = lists(s, S("@path")) || lists(s, S("@request-target"));
    bool has_target = lists(s, S("@target-uri")) || (lists(s, S("@authority")) && has_path);
    bool is_whole = lists(s, S("@method")) && has_target && lists(s, S("content-digest"));
    return is_whole && s->has_created ? SIGN_YES : SIGN_UNCOVERED;
}

enum sign_answer sign_verify(struct arena *a, const struct sign_message *m,
                             const struct sign_said *s, const struct sign_key *key)
{
    str base;
    enum sign_algorithm algorithm = s->algorithm ? s->algorithm : sign_key_algorithm(key);
    if (!sign_key_may(key, algorithm)) return SIGN_ALGORITHM;
    if (!sign_base(a, m, s, &base)) return SIGN_MISSING;
    return sign_bytes_right(key, algorithm, base, s->bytes) ? SIGN_YES : SIGN_WRONG;
}
