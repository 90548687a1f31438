/* Phrases and messages. */
#include "lang/inside.h"

/* The phrase's index in phrases.c, or -1. */
static ptrdiff_t find_key(str english)
{
    size_t at = str_hash(english) & (lang_slots_n - 1);
    for (; lang_slots[at]; at = (at + 1) & (lang_slots_n - 1))
        if (str_eq(lang_keys[lang_slots[at] - 1].english, english)) return lang_slots[at] - 1;
    return -1;
}

str lang_text(const struct lang *l, struct phrase p)
{
    str english = str_of(p.english);
    if (!l->table->texts) return english;
    ptrdiff_t key = find_key(english);
    return key >= 0 && l->table->texts[key].n ? l->table->texts[key] : english;
}

/* The form for a number. A translation that is missing falls to English, whose forms are one and many. */
static str plural_text(const struct lang *l, struct phrase one, struct phrase many, int64_t n)
{
    str english = str_of(one.english);
    ptrdiff_t key = l->table->plurals ? find_key(english) : -1;
    if (key >= 0 && lang_keys[key].plural) {
        size_t form = l->table->form_of[lang_category(l, n)];
        size_t at = (lang_keys[key].plural - 1) * l->table->forms + form;
        if (l->table->forms && l->table->plurals[at].n) return l->table->plurals[at];
    }
    return n == 1 || n == -1 ? english : str_of(many.english);
}

static void put_argument(struct sink *out, const struct lang *l, const struct lang_arg *arg,
                         void (*escape)(struct sink *out, str s))
{
    str text = arg->text;
    size_t from = out->n;
    switch (arg->kind) {
    case ARG_TEXT: break;
    case ARG_DAY: text = lang_day_text(out->arena, l, arg->text); break;
    case ARG_NUMBER: lang_number(out, l, arg->number); break;
    case ARG_YEAR: lang_year(out, l, arg->number); break;
    case ARG_REAL: lang_real(out, l, arg->real, arg->decimals); break;
    }
    if (out->n > from) { /* takes the number back and writes it escaped */
        text = arena_str(out->arena, (str){ out->p + from, out->n - from });
        out->n = from;
    }
    escape(out, text);
}

static const struct lang_arg *find_argument(const struct lang_arg *args, size_t n, str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(str_of(args[i].name), name)) return &args[i];
    return NULL;
}

void lang_message(struct sink *out, const struct lang *l, struct phrase one, struct phrase many,
                  const struct lang_arg *args, size_t n, void (*escape)(struct sink *out, str s))
{
    const struct lang_arg *number = NULL;
    for (size_t i = 0; i < n && !number; i++)
        if (args[i].kind == ARG_NUMBER) number = &args[i];
    str text = many.english && number ? plural_text(l, one, many, number->number)
                                      : lang_text(l, one);

    while (text.n) {
        ptrdiff_t open = str_find(text, '{');
        if (open < 0) break;
        ptrdiff_t close = str_find(str_from(text, (size_t)open), '}');
        str name = close > 0 ? (str){ text.p + open + 1, (size_t)close - 1 } : S("");
        const struct lang_arg *arg = find_argument(args, n, name);
        size_t taken = (size_t)open + (arg ? 0 : 1);
        if (taken) escape(out, str_cut(text, taken)); /* an unknown {name} stays as it is */
        if (arg) put_argument(out, l, arg, escape);
        text = str_from(text, arg ? (size_t)(open + close) + 1 : taken);
    }
    if (text.n) escape(out, text);
}
