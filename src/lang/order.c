/* Sorting by a language's rules, with sort keys: each name is looked at once. */
#include "lang/inside.h"

#include <unicode/ustring.h>

#include <stdlib.h>

struct sortable {
    const char *key; /* bytes that compare as the names do, NUL-ended */
    size_t from;     /* where the thing stood */
};

static const char *sort_key(struct arena *a, const struct lang *l, str name)
{
    UErrorCode e = U_ZERO_ERROR;
    UChar *wide = arena_new(a, UChar, name.n + 1);
    int32_t n = 0;
    u_strFromUTF8WithSub(wide, (int32_t)name.n + 1, &n, name.p ? name.p : "", (int32_t)name.n,
                         0xFFFD, NULL, &e);
    lang_need(e, "sorting");
    int32_t bytes = ucol_getSortKey(l->order, wide, n, NULL, 0);
    uint8_t *key = arena_take(a, (size_t)bytes + 1);
    ucol_getSortKey(l->order, wide, n, key, bytes);
    return (const char *)key;
}

static int by_key(const void *a, const void *b)
{
    const struct sortable *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->from > y->from) - (x->from < y->from);
}

void lang_sort(struct arena *a, const struct lang *l, void *things, size_t n, size_t size,
               str (*name)(const void *thing))
{
    if (n < 2) return;
    struct sortable *list = arena_new(a, struct sortable, n);
    char *from = things, *to = arena_take_many(a, size, n);
    for (size_t i = 0; i < n; i++)
        list[i] = (struct sortable){ sort_key(a, l, name(from + i * size)), i };
    qsort(list, n, sizeof *list, by_key);
    for (size_t i = 0; i < n; i++) memcpy(to + i * size, from + list[i].from * size, size);
    memcpy(from, to, n * size);
}

static str name_of_state(const void *thing)
{
    return ((const struct lang_state_named *)thing)->name;
}

size_t lang_states_by_name(struct arena *a, const struct lang *l, struct lang_state_named **out)
{
    size_t n = 0;
    while (lang_state_at(n).n) n++;
    struct lang_state_named *all = arena_new(a, struct lang_state_named, n + 1);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct lang_state_named){ lang_state_at(i), lang_state(l, lang_state_at(i)) };
    lang_sort(a, l, all, n, sizeof *all, name_of_state);
    *out = all;
    return n;
}
