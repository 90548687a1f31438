#include "seal/cbor.h"

#include "base/limits.h"

#define KEYS_MAX 64 /* of one map: a key of RSA has four, a statement about an authenticator six */

/* The head of an item: kind (0..7) and its number, written in the shortest way. */
static bool read_head(str *rest, unsigned *kind, uint64_t *number)
{
    if (rest->n == 0) return false;
    unsigned char first = (unsigned char)rest->p[0];
    unsigned low = first & 31;
    size_t more = low < 24 ? 0 : low < 28 ? (size_t)1 << (low - 24) : SIZE_MAX;
    if (more == SIZE_MAX || more >= rest->n) return false; /* without a stated length, or cut */
    uint64_t n = low;
    if (more) n = 0;
    for (size_t i = 1; i <= more; i++) n = n << 8 | (unsigned char)rest->p[i];
    static const uint64_t least[9] = {
        [1] = 24, [2] = (uint64_t)1 << 8, [4] = (uint64_t)1 << 16, [8] = (uint64_t)1 << 32
    };
    if (more && n < least[more]) return false;
    *kind = first >> 5;
    *number = n;
    *rest = str_from(*rest, more + 1);
    return true;
}

static bool is_same_key(const struct cbor_item *a, const struct cbor_item *b)
{
    if (a->type != b->type) return false;
    return a->type == CBOR_INT ? a->number == b->number : str_eq(a->bytes, b->bytes);
}

static bool read_deep(str *rest, struct cbor_item *item, int depth);

/* Pairs whose keys are numbers or text and differ. */
static bool read_pairs(str *rest, uint64_t pairs, int depth)
{
    struct cbor_item key[KEYS_MAX], value;
    if (pairs > KEYS_MAX) return false;
    for (uint64_t i = 0; i < pairs; i++) {
        if (!read_deep(rest, &key[i], depth)) return false;
        if (key[i].type != CBOR_INT && key[i].type != CBOR_TEXT) return false;
        for (uint64_t k = 0; k < i; k++)
            if (is_same_key(&key[i], &key[k])) return false;
        if (!read_deep(rest, &value, depth)) return false;
    }
    return true;
}

static bool read_inside(str *rest, struct cbor_item *item, uint64_t number, int depth)
{
    struct cbor_item one;
    str before = *rest;
    if (depth >= CBOR_DEPTH_MAX || number > rest->n) return false;
    if (item->type == CBOR_MAP) {
        if (!read_pairs(rest, number, depth + 1)) return false;
    } else {
        for (uint64_t i = 0; i < number; i++)
            if (!read_deep(rest, &one, depth + 1)) return false;
    }
    item->number = (int64_t)number;
    item->bytes = (str){ before.p, before.n - rest->n };
    return true;
}

static bool read_deep(str *rest, struct cbor_item *item, int depth)
{
    unsigned kind;
    uint64_t number;
    if (!read_head(rest, &kind, &number)) return false;
    *item = (struct cbor_item){ .bytes = S("") };
    switch (kind) {
    case 0:
    case 1:
        if (number > INT64_MAX) return false;
        item->type = CBOR_INT;
        item->number = kind == 0 ? (int64_t)number : -1 - (int64_t)number;
        return true;
    case 2:
    case 3:
        if (number > rest->n) return false;
        item->type = kind == 2 ? CBOR_BYTES : CBOR_TEXT;
        item->bytes = str_cut(*rest, (size_t)number);
        *rest = str_from(*rest, (size_t)number);
        return kind == 2 || str_is_utf8(item->bytes);
    case 4:
    case 5:
        item->type = kind == 4 ? CBOR_ARRAY : CBOR_MAP;
        return read_inside(rest, item, number, depth);
    case 7:
        if (number < 20 || number > 22) return false; /* false, true, null */
        item->type = number == 22 ? CBOR_NULL : CBOR_BOOL;
        item->number = number == 21;
        return true;
    default: return false; /* tags */
    }
}

bool cbor_read(str *rest, struct cbor_item *item)
{
    str here = *rest;
    if (!read_deep(&here, item, 0)) return false;
    *rest = here;
    return true;
}

/* What is inside was read once already, so it is well-formed; levels below the map are counted from it again. */
static bool find(const struct cbor_item *map, const struct cbor_item *key, struct cbor_item *value)
{
    struct cbor_item at;
    str rest = map->bytes;
    if (map->type != CBOR_MAP) return false;
    while (rest.n) {
        if (!read_deep(&rest, &at, 1) || !read_deep(&rest, value, 1)) return false;
        if (is_same_key(&at, key)) return true;
    }
    return false;
}

bool cbor_in_text(const struct cbor_item *map, str key, struct cbor_item *value)
{
    return find(map, &(struct cbor_item){ .type = CBOR_TEXT, .bytes = key }, value);
}

bool cbor_in_int(const struct cbor_item *map, int64_t key, struct cbor_item *value)
{
    return find(map, &(struct cbor_item){ .type = CBOR_INT, .number = key }, value);
}
