#include "fedi/fields.h"

#include "base/limits.h"

#include <sodium.h>

struct reader {
    struct arena *a;
    const char *at, *end;
};

static bool take(struct reader *r, char c)
{
    if (r->at == r->end || *r->at != c) return false;
    r->at++;
    return true;
}

static void skip(struct reader *r, bool with_tabs)
{
    while (r->at < r->end && (*r->at == ' ' || (with_tabs && *r->at == '\t'))) r->at++;
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool take_key(struct reader *r, str *out)
{
    const char *from = r->at;
    if (r->at == r->end || !(is_lower(*r->at) || *r->at == '*')) return false;
    while (r->at < r->end &&
           (is_lower(*r->at) || is_digit(*r->at) || (*r->at && strchr("_-.*", *r->at))))
        r->at++;
    *out = (str){ from, (size_t)(r->at - from) };
    return true;
}

static bool take_whole(struct reader *r, struct field_value *v)
{
    const char *from = r->at;
    (void)take(r, '-');
    const char *digits = r->at;
    while (r->at < r->end && is_digit(*r->at)) r->at++;
    bool is_short = r->at > digits && r->at - digits <= 15;
    bool is_decimal = r->at < r->end && *r->at == '.';
    v->type = FIELD_WHOLE;
    return is_short && !is_decimal && str_to_int((str){ from, (size_t)(r->at - from) }, &v->whole);
}

static bool take_text(struct reader *r, struct field_value *v)
{
    char *out = arena_take(r->a, (size_t)(r->end - r->at) + 1);
    size_t n = 0;
    for (; r->at < r->end; r->at++) {
        char c = *r->at;
        if (c == '"') {
            r->at++;
            v->type = FIELD_TEXT;
            v->text = (str){ out, n };
            return true;
        }
        if (c == '\\') {
            if (++r->at == r->end || (*r->at != '"' && *r->at != '\\')) return false;
            c = *r->at;
        }
        if (c < ' ' || c > '~') return false;
        out[n++] = c;
    }
    return false;
}

static bool take_bytes(struct reader *r, struct field_value *v)
{
    const char *from = r->at;
    while (r->at < r->end && *r->at != ':') r->at++;
    size_t n = (size_t)(r->at - from), real = 0;
    if (!take(r, ':')) return false;
    unsigned char *out = arena_take(r->a, n + 1);
    v->type = FIELD_BYTES;
    if (sodium_base642bin(out, n, from, n, NULL, &real, NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
        return false;
    v->text = (str){ (const char *)out, real };
    return true;
}

static bool take_word(struct reader *r, struct field_value *v)
{
    const char *from = r->at;
    while (r->at < r->end && ((*r->at >= 'A' && *r->at <= 'Z') || is_lower(*r->at) ||
                              is_digit(*r->at) || (*r->at && strchr("!#$%&'*+-.^_`|~:/", *r->at))))
        r->at++;
    v->type = FIELD_WORD;
    v->text = (str){ from, (size_t)(r->at - from) };
    return true;
}

static bool take_value(struct reader *r, struct field_value *v)
{
    if (r->at == r->end) return false;
    char c = *r->at;
    if (c == '-' || is_digit(c)) return take_whole(r, v);
    if (take(r, '"')) return take_text(r, v);
    if (take(r, ':')) return take_bytes(r, v);
    if (take(r, '?')) {
        v->type = FIELD_TRUTH;
        v->whole = r->at < r->end && *r->at == '1';
        return take(r, '0') || take(r, '1');
    }
    bool is_word = (c >= 'A' && c <= 'Z') || is_lower(c) || c == '*';
    return is_word && take_word(r, v);
}

static bool take_params(struct reader *r, struct field_item *i)
{
    i->param = arena_new(r->a, struct field_param, FEDI_FIELD_PARAMS_MAX);
    i->params_n = 0;
    while (take(r, ';')) {
        if (i->params_n == FEDI_FIELD_PARAMS_MAX) return false;
        struct field_param *p = &i->param[i->params_n];
        p->value = (struct field_value){ .type = FIELD_TRUTH, .whole = 1 };
        skip(r, false);
        if (!take_key(r, &p->key) || field_param_get(i, p->key)) return false;
        if (take(r, '=') && !take_value(r, &p->value)) return false;
        i->params_n++;
    }
    return true;
}

static bool take_item(struct reader *r, struct field_item *i)
{
    return take_value(r, &i->value) && take_params(r, i);
}

static bool take_list(struct reader *r, struct field_member *m)
{
    m->is_list = true;
    m->list = arena_new(r->a, struct field_item, FEDI_COMPONENTS_MAX);
    for (;;) {
        skip(r, false);
        if (take(r, ')')) return take_params(r, &m->item);
        if (m->list_n == FEDI_COMPONENTS_MAX || !take_item(r, &m->list[m->list_n++])) return false;
        bool is_apart = r->at < r->end && (*r->at == ' ' || *r->at == ')');
        if (!is_apart) return false;
    }
}

static bool take_member(struct reader *r, struct field_member *m)
{
    *m = (struct field_member){ 0 };
    if (!take_key(r, &m->key)) return false;
    if (!take(r, '=')) {
        m->item.value = (struct field_value){ .type = FIELD_TRUTH, .whole = 1 };
        return take_params(r, &m->item);
    }
    return take(r, '(') ? take_list(r, m) : take_item(r, &m->item);
}

bool fields_read(struct arena *a, str text, struct fields *out)
{
    struct reader r = { a, text.p, text.p + text.n };
    *out = (struct fields){ arena_new(a, struct field_member, FEDI_FIELD_MEMBERS_MAX), 0 };
    if (text.n == 0 || text.n > FEDI_HEADER_MAX) return false;
    skip(&r, false);
    for (;;) {
        struct field_member m;
        if (out->n == FEDI_FIELD_MEMBERS_MAX) return false;
        if (!take_member(&r, &m) || fields_get(out, m.key)) return false;
        out->member[out->n++] = m;
        skip(&r, true);
        if (r.at == r.end) return true;
        if (!take(&r, ',')) return false;
        skip(&r, true);
    }
}

const struct field_member *fields_get(const struct fields *f, str key)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->member[i].key, key)) return &f->member[i];
    return NULL;
}

const struct field_param *field_param_get(const struct field_item *i, str key)
{
    for (size_t k = 0; k < i->params_n; k++)
        if (str_eq(i->param[k].key, key)) return &i->param[k];
    return NULL;
}

static void value_put(struct sink *out, const struct field_value *v)
{
    switch (v->type) {
    case FIELD_WHOLE: put_int(out, v->whole); return;
    case FIELD_WORD: put(out, v->text); return;
    case FIELD_TRUTH: put(out, v->whole ? S("?1") : S("?0")); return;
    case FIELD_TEXT:
        put_char(out, '"');
        for (size_t i = 0; i < v->text.n; i++) {
            if (v->text.p[i] == '"' || v->text.p[i] == '\\') put_char(out, '\\');
            put_char(out, v->text.p[i]);
        }
        put_char(out, '"');
        return;
    case FIELD_BYTES: break;
    }
    size_t n = sodium_base64_ENCODED_LEN(v->text.n, sodium_base64_VARIANT_ORIGINAL);
    char *text = arena_take(out->arena, n);
    sodium_bin2base64(text, n, (const unsigned char *)v->text.p, v->text.n,
                      sodium_base64_VARIANT_ORIGINAL);
    put_format(out, ":%s:", text);
}

static void params_put(struct sink *out, const struct field_item *i)
{
    for (size_t k = 0; k < i->params_n; k++) {
        const struct field_param *p = &i->param[k];
        put_char(out, ';');
        put(out, p->key);
        if (p->value.type == FIELD_TRUTH && p->value.whole) continue;
        put_char(out, '=');
        value_put(out, &p->value);
    }
}

void field_item_put(struct sink *out, const struct field_item *i)
{
    value_put(out, &i->value);
    params_put(out, i);
}

void field_list_put(struct sink *out, const struct field_member *m)
{
    put_char(out, '(');
    for (size_t i = 0; i < m->list_n; i++) {
        if (i) put_char(out, ' ');
        field_item_put(out, &m->list[i]);
    }
    put_char(out, ')');
    params_put(out, &m->item);
}
