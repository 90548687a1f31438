#include "base/sink.h"

#include "base/breakage.h"

#include <stdarg.h>
#include <stdio.h>

void sink_open(struct sink *out, struct arena *a, size_t limit)
{
    *out = (struct sink){ .arena = a, .limit = limit };
}

str sink_str(const struct sink *out)
{
    return (str){ out->p ? out->p : "", out->n };
}

static void grow(struct sink *out, size_t more)
{
    size_t need = out->n + more;
    if (need < more || need > out->limit)
        broken("a page grew past its limit of %zu bytes", out->limit);
    size_t room = out->room ? out->room * 2 : 512;
    while (room < need) room *= 2;
    if (out->p && arena_extend(out->arena, out->p, out->room, room)) {
        out->room = room;
        return;
    }
    char *fresh = arena_take(out->arena, room);
    if (out->n) memcpy(fresh, out->p, out->n);
    out->p = fresh;
    out->room = room;
}

void put(struct sink *out, str s)
{
    if (s.n == 0) return;
    if (out->room - out->n < s.n) grow(out, s.n);
    memcpy(out->p + out->n, s.p, s.n);
    out->n += s.n;
}

void put_char(struct sink *out, char c)
{
    if (out->room == out->n) grow(out, 1);
    out->p[out->n++] = c;
}

void put_int(struct sink *out, int64_t n)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do digits[--at] = (char)('0' + left % 10);
    while (left /= 10);
    if (n < 0) digits[--at] = '-';
    put(out, (str){ digits + at, sizeof digits - at });
}

void put_format(struct sink *out, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof text) broken("a formatted piece of %d bytes is too long", n);
    put(out, (str){ text, (size_t)n });
}

/* What HTML would read as markup, by byte. */
static const str html_safe[256] = {
    ['&'] = S_CONST("&amp;"),  ['<'] = S_CONST("&lt;"),   ['>'] = S_CONST("&gt;"),
    ['"'] = S_CONST("&quot;"), ['\''] = S_CONST("&#39;"),
};

void html_text(struct sink *out, str s)
{
    size_t done = 0;
    for (size_t i = 0; i < s.n; i++) {
        const str *safe = &html_safe[(unsigned char)s.p[i]];
        if (!safe->n) continue;
        put(out, (str){ s.p + done, i - done });
        put(out, *safe);
        done = i + 1;
    }
    put(out, str_from(s, done));
}

void html_ready(struct sink *out, html h)
{
    put(out, h.markup);
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void url_part(struct sink *out, str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (is_unreserved((char)c)) {
            put_char(out, (char)c);
        } else {
            put_char(out, '%');
            put_char(out, hex[c >> 4]);
            put_char(out, hex[c & 15]);
        }
    }
}

/* Browsers drop control characters and read a backslash as a slash: "/\n/host" would lead to another host. */
static bool is_plain_address(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= 0x20 || s.p[i] == 0x7f || s.p[i] == '\\') return false;
    return true;
}

void url_whole(struct sink *out, str s)
{
    if (!is_plain_address(s)) return;
    bool is_own = (str_starts(s, S("/")) && !str_starts(s, S("//")) && !str_starts(s, S("/\\"))) ||
                  str_starts(s, S("#")) || str_starts(s, S("?"));
    bool is_known = str_starts(s, S("https://")) || str_starts(s, S("http://")) ||
                    str_starts(s, S("mailto:")) || str_starts(s, S("tel:"));
    if (is_own || is_known) html_text(out, s);
}

void json_text(struct sink *out, str s)
{
    static const char hex[] = "0123456789abcdef";
    put_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\') {
            put_char(out, '\\');
            put_char(out, (char)c);
        } else if (c == '\n') {
            put_lit(out, "\\n");
        } else if (c < 0x20) {
            put_lit(out, "\\u00");
            put_char(out, hex[c >> 4]);
            put_char(out, hex[c & 15]);
        } else {
            put_char(out, (char)c);
        }
    }
    put_char(out, '"');
}

void csv_cell(struct sink *out, str s)
{
    bool is_plain = true;
    for (size_t i = 0; i < s.n && is_plain; i++)
        is_plain = s.p[i] != '"' && s.p[i] != ',' && s.p[i] != '\n' && s.p[i] != '\r';
    if (is_plain) {
        put(out, s);
        return;
    }
    put_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"') put_char(out, '"');
        put_char(out, s.p[i]);
    }
    put_char(out, '"');
}
