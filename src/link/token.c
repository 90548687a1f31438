#include "link/token.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void cut_grams(const struct link_feature *f, struct arena *a, str value,
                      struct link_cuts *out)
{
    size_t pad = (size_t)f->gram - 1, bytes = value.n + 2 * pad;
    char *text = arena_take(a, bytes + 1);
    uint32_t *begin = arena_new(a, uint32_t, bytes + 1); /* of each character */
    memset(text, ' ', bytes);
    memcpy(text + pad, value.p, value.n);
    size_t letters = 0;
    for (size_t i = 0; i < bytes; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80) begin[letters++] = (uint32_t)i;
    begin[letters] = (uint32_t)bytes;
    *out = (struct link_cuts){ .p = text, .from = begin, .is_positional = f->is_positional };
    out->to = begin + f->gram;
    out->n = letters >= (size_t)f->gram ? letters - (size_t)f->gram + 1 : 0;
}

/* Python's reading: a whole number as it is, any other through a double, rounded half to even. */
static bool scaled(const struct link_feature *f, str value, int64_t *out)
{
    char text[64];
    if (value.n >= sizeof text) return false;
    memcpy(text, value.p, value.n);
    text[value.n] = 0;
    if (strspn(text, "0123456789+-.eE") != value.n) return false;
    double power = pow(10, f->precision), v;
    int64_t whole;
    str digits = value.n && value.p[0] == '+' ? str_from(value, 1) : value;
    if (str_to_int(digits, &whole)) {
        v = (double)whole * power;
    } else {
        char *end;
        errno = 0;
        v = strtod(text, &end);
        if (*end || end == text || errno) return false;
        v = rint(v * power);
    }
    if (!(fabs(v) * 2 * f->resolution < (double)LINK_WHOLE_MAX)) return false;
    *out = (int64_t)v * 2 * f->resolution;
    return true;
}

/* Vatsalan & Christen 2016: numbers near each other share tokens; the farther, the fewer. */
static bool cut_number(const struct link_feature *f, struct arena *a, str value,
                       struct link_cuts *out)
{
    int64_t v;
    if (!scaled(f, value, &v)) return false;
    int64_t rest = ((v % f->distance) + f->distance) % f->distance;
    v += 2 * rest < f->distance ? -rest : f->distance - rest;
    size_t n = 2 * (size_t)f->resolution + 1, at = 0, room = n * 24;
    char *text = arena_take(a, room);
    *out = (struct link_cuts){ .p = text, .from = arena_new(a, uint32_t, n), .n = n };
    out->to = arena_new(a, uint32_t, n);
    for (size_t i = 0; i < n; i++) {
        int64_t k = (int64_t)i - f->resolution, token;
        if (__builtin_mul_overflow(k, f->distance, &token) ||
            __builtin_add_overflow(token, v, &token))
            return false;
        out->from[i] = (uint32_t)at;
        at += (size_t)snprintf(text + at, room - at, "%" PRId64, token);
        out->to[i] = (uint32_t)at;
    }
    return true;
}

bool link_cut(const struct link_feature *f, struct arena *a, str value, struct link_cuts *out)
{
    *out = (struct link_cuts){ .n = 0 };
    if (!value.n) return true;
    switch (f->compare) {
    case LINK_NGRAM: cut_grams(f, a, value, out); return true;
    case LINK_NUMERIC: return cut_number(f, a, value, out);
    case LINK_EXACT: break;
    }
    uint32_t *ends = arena_new(a, uint32_t, 2);
    ends[1] = (uint32_t)value.n;
    *out = (struct link_cuts){ .p = value.p, .from = ends, .to = ends + 1, .n = 1 };
    return true;
}
