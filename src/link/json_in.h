/* link/json_in.h - a JSON text somebody brought, taken member by member; the first thing that is wrong is kept in words.
 *
 * A place is a value and the way to it ("features[3].hashing"). Asking for what is missing or of another type notes a
 * complaint and gives a harmless value, so that a reader runs straight down and looks at the end once.
 * Needs: base, jansson (only json_in.c knows it).    Never: a member nobody asked for; a number that is none. */
#ifndef LINK_JSON_IN_H
#define LINK_JSON_IN_H

#include "base/records.h"

struct json_t;

struct json_in {
    struct arena *arena;
    bool is_wrong;
    struct complaint complaint; /* the first */
};

struct json_place {
    struct json_in *in;
    struct json_t *value; /* NULL: it is not there */
    str path;
};

/* The whole text is one object without a name twice. Otherwise a place without value, and a complaint. */
struct json_place link_json_open(struct json_in *in, struct arena *a, str text);
void place_wrong(struct json_place at, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Complains of each member that is not one of `keys`, a list that ends with NULL. */
void place_only(struct json_place object, const char *const *keys);
bool place_has(struct json_place object, const char *key);

struct json_place place_object(struct json_place object, const char *key, bool is_needed);
struct json_place place_array(struct json_place object, const char *key, bool is_needed);
size_t place_count(struct json_place array);
struct json_place place_item(struct json_place array, size_t i);        /* of any type */
struct json_place place_item_object(struct json_place array, size_t i); /* or a complaint */

str place_words(struct json_place object, const char *key, bool is_needed); /* absent: p is NULL */
str place_item_words(struct json_place array, size_t i);
/* What stands there, or `absent`. */
int64_t place_whole(struct json_place object, const char *key, bool is_needed, int64_t least,
                    int64_t most, int64_t absent);
double place_real(struct json_place object, const char *key, bool is_needed, double absent);
bool place_flag(struct json_place object, const char *key, bool absent);

#endif
