#include "publish/attributes.h"

#include <stdlib.h>

#define PIECE ((size_t)1 << 15)

void combos_open(struct combos *c, struct arena *a)
{
    *c = (struct combos){ .arena = a };
    c->pieces_room = PUBLISH_COMBOS_MAX / PIECE + 1;
    c->piece = arena_new(a, struct combo *, c->pieces_room);
}

bool combos_add(struct combos *c, const struct combo *one)
{
    if (c->n == PUBLISH_COMBOS_MAX) return false;
    size_t p = c->n / PIECE;
    if (!c->piece[p]) c->piece[p] = arena_new(c->arena, struct combo, PIECE);
    c->piece[p][c->n++ % PIECE] = *one;
    return true;
}

struct combo *combos_at(const struct combos *c, size_t i)
{
    return &c->piece[i / PIECE][i % PIECE];
}

void combos_keep(struct combos *c, size_t n)
{
    if (n < c->n) c->n = n;
}

int combo_compare(const struct combo *a, const struct combo *b)
{
    if (a->length != b->length) return a->length < b->length ? -1 : 1;
    for (size_t i = 0; i < a->length; i++)
        if (a->at[i] != b->at[i]) return a->at[i] < b->at[i] ? -1 : 1;
    return 0;
}

static int by_attributes(const void *left, const void *right)
{
    return combo_compare(left, right);
}

#define DIGIT 11 /* bits sorted by at once */

/* Larger counts first; what is equal stays in its order. */
static void sort_by_count(struct combo *all, struct combo *spare, size_t n)
{
    uint32_t most = 0;
    for (size_t i = 0; i < n; i++)
        if (all[i].count > most) most = all[i].count;
    for (unsigned shift = 0; shift < 32 && most >> shift; shift += DIGIT) {
        size_t place[1 << DIGIT] = { 0 };
        const uint32_t mask = (1 << DIGIT) - 1;
        for (size_t i = 0; i < n; i++) place[mask - (all[i].count >> shift & mask)]++;
        for (size_t i = 0, at = 0; i <= mask; i++) {
            size_t many = place[i];
            place[i] = at;
            at += many;
        }
        for (size_t i = 0; i < n; i++)
            spare[place[mask - (all[i].count >> shift & mask)]++] = all[i];
        memcpy(all, spare, n * sizeof *all);
    }
}

/* Counting meets the combinations of a length in the order of their attributes already; then only counts are sorted. */
void combos_sort(struct combos *c)
{
    struct combo *all = arena_new(c->arena, struct combo, c->n + 1);
    struct combo *spare = arena_new(c->arena, struct combo, c->n + 1);
    size_t n = 0;
    for (size_t length = 0; length <= PUBLISH_LENGTH_MAX; length++) {
        size_t from = n;
        bool is_sorted = true;
        for (size_t i = 0; i < c->n; i++) {
            const struct combo *one = combos_at(c, i);
            if (one->length != length) continue;
            if (n > from && combo_compare(&all[n - 1], one) > 0) is_sorted = false;
            all[n++] = *one;
        }
        if (!is_sorted) qsort(all + from, n - from, sizeof *all, by_attributes);
        sort_by_count(all + from, spare, n - from);
    }
    for (size_t i = 0; i < n; i++) *combos_at(c, i) = all[i];
}

void combo_put(struct sink *out, const struct attributes *of, const struct combo *c)
{
    for (size_t i = 0; i < c->length; i++) {
        if (i) put_char(out, ';');
        put(out, of->text[c->at[i]]);
    }
}

static uint64_t hash_of(const uint16_t *at, size_t length)
{
    uint64_t h = 0x9e3779b97f4a7c15u * (length + 1);
    for (size_t i = 0; i < length; i++) {
        h ^= at[i];
        h *= 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    return h;
}

void combo_index_make(struct combo_index *x, struct arena *a, const struct combos *of)
{
    size_t room = 16;
    while (room < of->n * 2) room *= 2;
    *x = (struct combo_index){ arena_new(a, uint32_t, room), room - 1, of };
    for (size_t i = 0; i < of->n; i++) {
        const struct combo *c = combos_at(of, i);
        size_t at = hash_of(c->at, c->length) & x->mask;
        while (x->slot[at]) at = (at + 1) & x->mask;
        x->slot[at] = (uint32_t)i + 1;
    }
}

size_t combo_index_find(const struct combo_index *x, const uint16_t *at, size_t length)
{
    for (size_t i = hash_of(at, length) & x->mask; x->slot[i]; i = (i + 1) & x->mask) {
        const struct combo *c = combos_at(x->of, x->slot[i] - 1);
        if (c->length == length && memcmp(c->at, at, length * sizeof *at) == 0)
            return x->slot[i] - 1;
    }
    return COMBO_NONE;
}

static bool has_any(str s, const char *set)
{
    for (size_t i = 0; i < s.n; i++)
        if (memchr(set, s.p[i], strlen(set))) return true;
    return false;
}

const char *attribute_name_wrong(str name)
{
    if (name.n == 0) return "a column needs a name";
    if (name.n > PUBLISH_VALUE_MAX) return "the name of the column is too long";
    if (name.p[0] == '#') return "a column's name must not begin with #: such lines are remarks";
    if (has_any(name, ":;\t\r\n"))
        return "a column's name must not contain a colon, a semicolon, a tab or a line end";
    return NULL;
}

const char *attribute_value_wrong(str value)
{
    if (value.n > PUBLISH_VALUE_MAX) return "the value is too long to be a category";
    if (has_any(value, ";\t\r\n"))
        return "a value must not contain a semicolon, a tab or a line end: combinations are "
               "written with them";
    return NULL;
}
