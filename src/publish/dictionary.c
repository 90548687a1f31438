#include "publish/dictionary.h"

void dictionary_open(struct dictionary *d, struct arena *a)
{
    *d = (struct dictionary){ .arena = a, .room = 16 };
    d->text = arena_new(a, str, d->room);
    d->slot = arena_new(a, uint32_t, d->room * 2);
}

static size_t place(const struct dictionary *d, str text)
{
    size_t mask = d->room * 2 - 1, at = str_hash(text) & mask;
    while (d->slot[at] && !str_eq(d->text[d->slot[at] - 1], text)) at = (at + 1) & mask;
    return at;
}

size_t dictionary_find(const struct dictionary *d, str text)
{
    size_t at = place(d, text);
    return d->slot[at] ? d->slot[at] - 1 : DICTIONARY_NONE;
}

static void grow(struct dictionary *d)
{
    str *old = d->text;
    d->room *= 2;
    d->text = arena_new(d->arena, str, d->room);
    memcpy(d->text, old, d->n * sizeof *old);
    d->slot = arena_new(d->arena, uint32_t, d->room * 2);
    for (size_t i = 0; i < d->n; i++) d->slot[place(d, d->text[i])] = (uint32_t)i + 1;
}

size_t dictionary_add(struct dictionary *d, str text)
{
    size_t at = place(d, text);
    if (d->slot[at]) return d->slot[at] - 1;
    if (d->n == d->room) {
        grow(d);
        at = place(d, text);
    }
    d->text[d->n] = arena_str(d->arena, text);
    d->slot[at] = (uint32_t)++d->n;
    return d->n - 1;
}
