#include "publish/json_tree.h"

#include "base/limits.h"

#include <jansson.h>

static bool take(struct arena *a, json_t *from, int depth, struct tree *to);

static bool take_list(struct arena *a, json_t *from, int depth, struct tree *to)
{
    to->kind = TREE_LIST;
    to->n = json_array_size(from);
    to->item = arena_new(a, struct tree, to->n + 1);
    for (size_t i = 0; i < to->n; i++)
        if (!take(a, json_array_get(from, i), depth + 1, &to->item[i])) return false;
    return true;
}

static bool take_map(struct arena *a, json_t *from, int depth, struct tree *to)
{
    to->kind = TREE_MAP;
    size_t room = json_object_size(from);
    to->item = arena_new(a, struct tree, room + 1);
    to->key = arena_new(a, str, room + 1);
    const char *key;
    json_t *value;
    json_object_foreach(from, key, value)
    {
        to->key[to->n] = arena_str(a, str_of(key));
        if (!take(a, value, depth + 1, &to->item[to->n++])) return false;
    }
    return true;
}

static bool take(struct arena *a, json_t *from, int depth, struct tree *to)
{
    *to = (struct tree){ 0 };
    if (depth > JSON_DEPTH_MAX) return false;
    switch (json_typeof(from)) {
    case JSON_OBJECT: return take_map(a, from, depth, to);
    case JSON_ARRAY: return take_list(a, from, depth, to);
    case JSON_STRING:
        to->kind = TREE_WORDS;
        to->words = arena_str(a, (str){ json_string_value(from), json_string_length(from) });
        return true;
    case JSON_INTEGER:
        to->kind = TREE_COUNT;
        to->whole = json_integer_value(from);
        to->real = (double)to->whole;
        return true;
    case JSON_REAL:
        to->kind = TREE_SIZE;
        to->real = json_real_value(from);
        return true;
    case JSON_TRUE:
    case JSON_FALSE:
        to->kind = TREE_YES_NO;
        to->whole = json_is_true(from);
        return true;
    case JSON_NULL: return true;
    }
    return false;
}

static void let_go(void *value)
{
    json_decref(value);
}

bool tree_read(struct arena *a, str text, struct tree *out, struct complaint *why)
{
    json_error_t error;
    json_t *value = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!value) {
        *why = (struct complaint){ error.line, error.column, arena_str(a, str_of(error.text)) };
        return false;
    }
    arena_at_end(a, let_go, value);
    if (take(a, value, 0, out)) return true;
    *why = (struct complaint){ .what = S("the values are nested too deeply") };
    return false;
}

const struct tree *tree_get(const struct tree *map, str key)
{
    for (size_t i = 0; map->kind == TREE_MAP && i < map->n; i++)
        if (str_eq(map->key[i], key)) return &map->item[i];
    return NULL;
}

static bool is_one_of(const char *keys, str key)
{
    str rest = str_of(keys);
    while (rest.p)
        if (str_eq(str_split(&rest, '|'), key)) return true;
    return false;
}

bool tree_only(struct arena *a, const struct tree *map, str path, const char *keys,
               struct complaint *why)
{
    for (size_t i = 0; i < map->n; i++) {
        if (is_one_of(keys, map->key[i])) continue;
        *why = (struct complaint){ .what = arena_format(a,
                                                        STR_FMT STR_FMT ": no such key here; "
                                                                        "there may be %s",
                                                        STR_ARG(path), STR_ARG(map->key[i]),
                                                        keys) };
        return false;
    }
    return true;
}
