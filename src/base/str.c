#include "base/str.h"

str str_of(const char *z)
{
    return z ? (str){ z, strlen(z) } : (str){ "", 0 };
}

bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_cmp(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    if (order) return order;
    return (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, str prefix)
{
    return s.n >= prefix.n && str_eq(str_cut(s, prefix.n), prefix);
}

bool str_ends(str s, str suffix)
{
    return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

str str_from(str s, size_t at)
{
    if (at > s.n) at = s.n;
    return (str){ s.p + at, s.n - at };
}

str str_cut(str s, size_t n)
{
    return (str){ s.p, s.n < n ? s.n : n };
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

str str_cut_text(str s, size_t n)
{
    if (n >= s.n) return s;
    while (n && ((unsigned char)s.p[n] & 0xc0) == 0x80) n--;
    return str_cut(s, n);
}

str str_or_absent(str s)
{
    return s.n ? s : (str){ NULL, 0 };
}

str str_trim(str s)
{
    while (s.n && is_space(s.p[0])) s = str_from(s, 1);
    while (s.n && is_space(s.p[s.n - 1])) s.n--;
    return s;
}

ptrdiff_t str_find(str s, char c)
{
    const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
    return at ? at - s.p : -1;
}

bool str_has(str s, str part)
{
    return part.n == 0 || (s.n && memmem(s.p, s.n, part.p, part.n) != NULL);
}

str str_split(str *rest, char by)
{
    ptrdiff_t at = str_find(*rest, by);
    str part = *rest;
    if (at < 0) {
        *rest = (str){ NULL, 0 };
        return part;
    }
    part.n = (size_t)at;
    *rest = str_from(*rest, (size_t)at + 1);
    return part;
}

bool str_to_int(str s, int64_t *out)
{
    bool is_negative = s.n && s.p[0] == '-';
    if (is_negative) s = str_from(s, 1);
    if (s.n == 0 || s.n > 19) return false;

    uint64_t sum = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        sum = sum * 10 + (uint64_t)(s.p[i] - '0');
    }
    if (sum > (uint64_t)INT64_MAX) return false;
    *out = is_negative ? -(int64_t)sum : (int64_t)sum;
    return true;
}

/* Reads one code point. Returns its length in bytes, 0 if it is not well-formed. */
static size_t utf8_one(const unsigned char *p, size_t n, uint32_t *out)
{
    if (p[0] < 0x80) {
        *out = p[0];
        return 1;
    }
    size_t length = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : p[0] >= 0xc2 ? 2 : 0;
    if (length == 0 || length > n || p[0] > 0xf4) return 0;

    uint32_t code = p[0] & (0xff >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xc0) != 0x80) return 0;
        code = (code << 6) | (p[i] & 0x3f);
    }
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    bool is_surrogate = code >= 0xd800 && code <= 0xdfff;
    if (code < least[length] || is_surrogate || code > 0x10ffff) return 0;
    *out = code;
    return length;
}

/* Printable ASCII needs no second look: most text is nothing else. */
static size_t printable_run(str s, size_t from)
{
    size_t i = from;
    while (i < s.n && s.p[i] >= 0x20 && s.p[i] < 0x7f) i++;
    return i;
}

bool str_is_utf8(str s)
{
    for (size_t i = printable_run(s, 0); i < s.n; i = printable_run(s, i)) {
        uint32_t code = 0;
        size_t length = utf8_one((const unsigned char *)s.p + i, s.n - i, &code);
        if (length == 0 || code == 0) return false;
        i += length;
    }
    return true;
}

bool str_has_control(str s)
{
    for (size_t i = printable_run(s, 0); i < s.n; i = printable_run(s, i)) {
        uint32_t code = 0;
        size_t length = utf8_one((const unsigned char *)s.p + i, s.n - i, &code);
        if (length == 0) return true;
        bool is_text_control = code == '\t' || code == '\n' || code == '\r';
        bool is_override = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
        if ((code < 0x20 && !is_text_control) || (code >= 0x7f && code < 0xa0) || is_override)
            return true;
        i += length;
    }
    return false;
}

uint64_t str_hash(str s)
{
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
    for (size_t i = 0; i < s.n; i++) hash = (hash ^ (unsigned char)s.p[i]) * 0x100000001b3u;
    return hash;
}
