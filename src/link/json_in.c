#include "link/json_in.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>

static void let_go(void *self)
{
    json_decref(self);
}

static void complain(struct json_in *in, int line, int column, str what)
{
    if (in->is_wrong) return;
    in->is_wrong = true;
    in->complaint = (struct complaint){ line, column, what };
}

void place_wrong(struct json_place at, const char *format, ...)
{
    char words[400];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    complain(at.in, 0, 0,
             at.path.n ? arena_format(at.in->arena, "%s: %s", at.path.p, words)
                       : arena_str(at.in->arena, str_of(words)));
}

struct json_place link_json_open(struct json_in *in, struct arena *a, str text)
{
    *in = (struct json_in){ .arena = a };
    struct json_place root = { in, NULL, S("") };
    json_error_t error;
    json_t *value = json_loadb(text.p ? text.p : "", text.n, JSON_REJECT_DUPLICATES, &error);
    if (!value) {
        complain(in, error.line, error.column, arena_str(a, str_of(error.text)));
        return root;
    }
    arena_at_end(a, let_go, value);
    if (json_is_object(value)) root.value = value;
    else complain(in, 1, 1, S("this is not a JSON object"));
    return root;
}

static struct json_place beneath(struct json_place object, const char *key)
{
    str path = object.path.n ? arena_format(object.in->arena, "%s.%s", object.path.p, key)
                             : arena_str(object.in->arena, str_of(key));
    return (struct json_place){ object.in, json_object_get(object.value, key), path };
}

static bool is_among(const char *key, const char *const *keys)
{
    for (; *keys; keys++)
        if (strcmp(*keys, key) == 0) return true;
    return false;
}

void place_only(struct json_place object, const char *const *keys)
{
    const char *key;
    json_t *value;
    json_object_foreach(object.value, key, value) if (!is_among(key, keys))
        place_wrong(beneath(object, key), "this member is not known here");
}

bool place_has(struct json_place object, const char *key)
{
    return json_object_get(object.value, key) != NULL;
}

/* The value below, if it is there and of its type; complains of a wrong type, and of absence if it is needed. */
static struct json_place of_type(struct json_place p, bool is_needed, bool is_right,
                                 const char *type)
{
    if (!p.value && is_needed) place_wrong(p, "this is missing");
    if (p.value && !is_right) place_wrong(p, "this must be %s", type);
    if (!is_right) p.value = NULL;
    return p;
}

struct json_place place_object(struct json_place object, const char *key, bool is_needed)
{
    struct json_place p = beneath(object, key);
    return of_type(p, is_needed, json_is_object(p.value), "an object");
}

struct json_place place_array(struct json_place object, const char *key, bool is_needed)
{
    struct json_place p = beneath(object, key);
    return of_type(p, is_needed, json_is_array(p.value), "an array");
}

size_t place_count(struct json_place array)
{
    return json_array_size(array.value);
}

struct json_place place_item(struct json_place array, size_t i)
{
    return (struct json_place){ array.in, json_array_get(array.value, i),
                                arena_format(array.in->arena, "%s[%zu]", array.path.p, i) };
}

struct json_place place_item_object(struct json_place array, size_t i)
{
    struct json_place p = place_item(array, i);
    return of_type(p, true, json_is_object(p.value), "an object");
}

static str words_of(struct json_place p, bool is_needed)
{
    p = of_type(p, is_needed, json_is_string(p.value), "a text");
    if (!p.value) return (str){ NULL, 0 };
    return arena_str(p.in->arena, (str){ json_string_value(p.value), json_string_length(p.value) });
}

str place_words(struct json_place object, const char *key, bool is_needed)
{
    return words_of(beneath(object, key), is_needed);
}

str place_item_words(struct json_place array, size_t i)
{
    return words_of(place_item(array, i), true);
}

int64_t place_whole(struct json_place object, const char *key, bool is_needed, int64_t least,
                    int64_t most, int64_t absent)
{
    struct json_place p = beneath(object, key);
    p = of_type(p, is_needed, json_is_integer(p.value), "a whole number");
    if (!p.value) return absent;
    int64_t n = json_integer_value(p.value);
    if (n >= least && n <= most) return n;
    place_wrong(p, "this must be from %lld to %lld", (long long)least, (long long)most);
    return absent;
}

double place_real(struct json_place object, const char *key, bool is_needed, double absent)
{
    struct json_place p = beneath(object, key);
    p = of_type(p, is_needed, json_is_number(p.value), "a number");
    return p.value ? json_number_value(p.value) : absent;
}

bool place_flag(struct json_place object, const char *key, bool absent)
{
    struct json_place p = beneath(object, key);
    p = of_type(p, false, json_is_boolean(p.value), "true or false");
    return p.value ? json_is_true(p.value) : absent;
}
