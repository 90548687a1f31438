#include "lang/saying.h"

#include "base/limits.h"

#include <math.h>

struct saying saying_made(struct phrase words, struct said a, struct said b, struct said c)
{
    struct saying s = { .words = words, .value = { a, b, c } };
    while (s.values < SAID_MOST && s.value[s.values].name) s.values++;
    return s;
}

static void put_value(struct sink *out, const struct saying *s, str name)
{
    for (int i = 0; i < s->values; i++) {
        const struct said *v = &s->value[i];
        if (!str_eq(str_of(v->name), name)) continue;
        if (v->is_text) put(out, v->text);
        else put_format(out, "%.*f", v->decimals, v->number);
        return;
    }
}

str saying_english(struct arena *a, const struct saying *s)
{
    struct sink out;
    sink_open(&out, a, SAYING_MAX);
    for (str rest = str_of(s->words.english); rest.n;) {
        ptrdiff_t open = str_find(rest, '{');
        ptrdiff_t end = open < 0 ? -1 : str_find(str_from(rest, (size_t)open), '}');
        if (end < 0) {
            put(&out, rest);
            break;
        }
        put(&out, str_cut(rest, (size_t)open));
        put_value(&out, s, str_cut(str_from(rest, (size_t)open + 1), (size_t)end - 1));
        rest = str_from(rest, (size_t)(open + end) + 1);
    }
    return arena_str(a, sink_str(&out));
}

void saying_put(struct sink *out, const struct lang *l, const struct saying *s,
                void (*escape)(struct sink *out, str s))
{
    struct lang_arg args[SAID_MOST] = { 0 };
    for (int i = 0; i < s->values; i++) {
        const struct said *v = &s->value[i];
        args[i].name = v->name;
        args[i].kind = v->is_text ? ARG_TEXT : v->decimals ? ARG_REAL : ARG_NUMBER;
        args[i].text = v->text;
        args[i].number = isfinite(v->number) ? llround(v->number) : 0;
        args[i].real = v->number;
        args[i].decimals = v->decimals;
    }
    lang_message(out, l, s->words, NO_PLURAL, args, (size_t)s->values, escape);
}

str saying_text(struct arena *a, const struct lang *l, const struct saying *s)
{
    struct sink out;
    sink_open(&out, a, SAYING_MAX);
    if (s->words.english) saying_put(&out, l, s, put);
    return arena_str(a, sink_str(&out));
}
