/* seal/json.h - one JSON object, read strictly and without a tree (RFC 8259).
 *
 * The whole text must be one object in UTF-8, every name different, no number that is none, at most JSON_DEPTH_MAX
 * levels. Its members are then taken by name; what is inside other members is looked at for its form only.
 * Needs: base.    Never: a second meaning of the same bytes: a name that stands twice is refused. */
#ifndef SEAL_JSON_H
#define SEAL_JSON_H

#include "base/arena.h"

#define JSON_MEMBERS_MAX 64

enum json_type {
    JSON_IS_NULL,
    JSON_IS_FALSE,
    JSON_IS_TRUE,
    JSON_IS_NUMBER,
    JSON_IS_TEXT,
    JSON_IS_ARRAY,
    JSON_IS_OBJECT
};

struct json_member {
    str name;
    enum json_type type;
    str text; /* JSON_IS_TEXT: decoded; else as written */
};

struct json {
    struct json_member member[JSON_MEMBERS_MAX];
    size_t n;
};

MUST_USE bool json_read(struct arena *a, str text, struct json *out);
const struct json_member *json_get(const struct json *j, str name); /* NULL: it is not there */

#endif
