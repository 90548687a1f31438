/* publish/json_tree.h - a JSON text as values, with the place of every mistake.
 *
 * Names twice in one object, what follows the end, and nesting deeper than JSON_DEPTH_MAX are refused.
 * Needs: base.    Never: the JSON library beyond json_tree.c. */
#ifndef PUBLISH_JSON_TREE_H
#define PUBLISH_JSON_TREE_H

#include "base/arena.h"
#include "base/records.h"

enum tree_kind {
    TREE_NOTHING,
    TREE_YES_NO,
    TREE_COUNT,
    TREE_SIZE,
    TREE_WORDS,
    TREE_LIST,
    TREE_MAP
};

struct tree {
    enum tree_kind kind;
    int64_t whole; /* TREE_COUNT, and 0 or 1 of TREE_YES_NO */
    double real;   /* TREE_COUNT and TREE_SIZE */
    str words;
    size_t n;
    struct tree *item; /* of a list or a map */
    str *key;          /* of a map */
};

MUST_USE bool tree_read(struct arena *a, str text, struct tree *out, struct complaint *why);
const struct tree *tree_get(const struct tree *map, str key); /* NULL: it is not there */
/* False if the map has a key that is not in "a|b|c"; *why names it by its path. */
MUST_USE bool tree_only(struct arena *a, const struct tree *map, str path, const char *keys,
                        struct complaint *why);

#endif
