#include "seal/json.h"

#include "base/limits.h"

struct reader {
    struct arena *arena;
    const char *at, *end;
};

static bool is_over(const struct reader *r)
{
    return r->at == r->end;
}

static void skip_space(struct reader *r)
{
    while (!is_over(r) && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
        r->at++;
}

static bool take(struct reader *r, char c)
{
    if (is_over(r) || *r->at != c) return false;
    r->at++;
    return true;
}

static bool take_word(struct reader *r, str word)
{
    str rest = { r->at, (size_t)(r->end - r->at) };
    if (!str_starts(rest, word)) return false;
    r->at += word.n;
    return true;
}

static bool take_hex(struct reader *r, unsigned *unit)
{
    *unit = 0;
    for (int i = 0; i < 4; i++, r->at++) {
        if (is_over(r)) return false;
        char c = *r->at;
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0) return false;
        *unit = *unit << 4 | (unsigned)digit;
    }
    return true;
}

/* After "\u": one character, of two halves where it must be. NUL and a half alone are refused. */
static bool take_escaped(struct reader *r, char **out)
{
    unsigned c, low;
    if (!take_hex(r, &c) || c == 0 || (c >= 0xdc00 && c <= 0xdfff)) return false;
    if (c >= 0xd800 && c <= 0xdbff) {
        if (!take_word(r, S("\\u")) || !take_hex(r, &low) || low < 0xdc00 || low > 0xdfff)
            return false;
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
    char *p = *out;
    if (c < 0x80) {
        *p++ = (char)c;
    } else if (c < 0x800) {
        *p++ = (char)(0xc0 | c >> 6);
        *p++ = (char)(0x80 | (c & 63));
    } else if (c < 0x10000) {
        *p++ = (char)(0xe0 | c >> 12);
        *p++ = (char)(0x80 | (c >> 6 & 63));
        *p++ = (char)(0x80 | (c & 63));
    } else {
        *p++ = (char)(0xf0 | c >> 18);
        *p++ = (char)(0x80 | (c >> 12 & 63));
        *p++ = (char)(0x80 | (c >> 6 & 63));
        *p++ = (char)(0x80 | (c & 63));
    }
    *out = p;
    return true;
}

/* Never longer decoded than written. */
static bool take_text(struct reader *r, str *text)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (!take(r, '"')) return false;
    const char *close = r->at;
    while (close < r->end && *close != '"') close += *close == '\\' && close + 1 < r->end ? 2 : 1;
    if (close >= r->end) return false;
    char *out = arena_take(r->arena, (size_t)(close - r->at) + 1), *to_at = out;
    while (r->at < close) {
        unsigned char c = (unsigned char)*r->at++;
        if (c < 0x20) return false;
        if (c != '\\') {
            *to_at++ = (char)c;
            continue;
        }
        char escaped = *r->at++;
        const char *simple = escaped ? strchr(from, escaped) : NULL;
        if (simple) *to_at++ = to[simple - from];
        else if (escaped != 'u' || !take_escaped(r, &to_at)) return false;
    }
    *text = (str){ out, (size_t)(to_at - out) };
    return take(r, '"');
}

static bool take_digits(struct reader *r)
{
    const char *before = r->at;
    while (!is_over(r) && *r->at >= '0' && *r->at <= '9') r->at++;
    return r->at > before;
}

static bool take_number(struct reader *r)
{
    (void)take(r, '-');
    if (!take(r, '0') && !take_digits(r)) return false;
    if (take(r, '.') && !take_digits(r)) return false;
    if (take(r, 'e') || take(r, 'E')) {
        if (!take(r, '+')) (void)take(r, '-');
        return take_digits(r);
    }
    return true;
}

static bool take_value(struct reader *r, int depth, struct json_member *out);

static bool take_array(struct reader *r, int depth)
{
    struct json_member one;
    skip_space(r);
    if (take(r, ']')) return true;
    do {
        if (!take_value(r, depth, &one)) return false;
    } while (take(r, ','));
    return take(r, ']');
}

static bool take_members(struct reader *r, int depth, struct json *all)
{
    all->n = 0;
    skip_space(r);
    if (take(r, '}')) return true;
    do {
        if (all->n == JSON_MEMBERS_MAX) return false;
        struct json_member *m = &all->member[all->n];
        skip_space(r);
        if (!take_text(r, &m->name) || json_get(all, m->name)) return false;
        skip_space(r);
        if (!take(r, ':') || !take_value(r, depth, m)) return false;
        all->n++;
    } while (take(r, ','));
    return take(r, '}');
}

static bool take_object(struct reader *r, int depth)
{
    struct json *inside = arena_new(r->arena, struct json, 1);
    return take_members(r, depth, inside);
}

/* One value with the space around it. */
static bool take_value(struct reader *r, int depth, struct json_member *out)
{
    bool is_good;
    skip_space(r);
    if (is_over(r) || depth > JSON_DEPTH_MAX) return false;
    const char *from = r->at;
    switch (*r->at) {
    case '"':
        out->type = JSON_IS_TEXT;
        is_good = take_text(r, &out->text);
        skip_space(r);
        return is_good;
    case '{':
        r->at++;
        out->type = JSON_IS_OBJECT;
        is_good = take_object(r, depth + 1);
        break;
    case '[':
        r->at++;
        out->type = JSON_IS_ARRAY;
        is_good = take_array(r, depth + 1);
        break;
    case 't': out->type = JSON_IS_TRUE, is_good = take_word(r, S("true")); break;
    case 'f': out->type = JSON_IS_FALSE, is_good = take_word(r, S("false")); break;
    case 'n': out->type = JSON_IS_NULL, is_good = take_word(r, S("null")); break;
    default: out->type = JSON_IS_NUMBER, is_good = take_number(r); break;
    }
    out->text = (str){ from, (size_t)(r->at - from) };
    skip_space(r);
    return is_good;
}

bool json_read(struct arena *a, str text, struct json *out)
{
    struct reader r = { a, text.p, text.p + text.n };
    out->n = 0;
    if (text.n == 0 || !str_is_utf8(text)) return false;
    skip_space(&r);
    if (!take(&r, '{') || !take_members(&r, 1, out)) return false;
    skip_space(&r);
    return is_over(&r);
}

const struct json_member *json_get(const struct json *j, str name)
{
    for (size_t i = 0; i < j->n; i++)
        if (str_eq(j->member[i].name, name)) return &j->member[i];
    return NULL;
}
