/* publish/attributes.h - attributes and combinations of them: what a published table counts.
 *
 * An attribute is a column with one of its values, written "column:value". Attributes are numbered in the order of
 * their bytes, so those of one column stand together, and a combination that is sorted by number is sorted as text.
 * A combination has at most one attribute of a column.
 * Needs: base.    Never: which record has what; that is sample.h. */
#ifndef PUBLISH_ATTRIBUTES_H
#define PUBLISH_ATTRIBUTES_H

#include "base/arena.h"
#include "base/limits.h"
#include "base/records.h"
#include "base/sink.h"

struct attributes {
    size_t n, columns;
    str *text;        /* by attribute: "column:value" */
    uint16_t *column; /* by attribute: its column's place in `name` */
    str *name;        /* by column, in the order of the file */
};

struct combo {
    uint16_t at[PUBLISH_LENGTH_MAX]; /* attributes, rising */
    uint16_t length;
    uint32_t count;
};

/* A list that grows in pieces, so that nothing is copied and its limit is known. */
struct combos {
    struct arena *arena;
    struct combo **piece;
    size_t n, pieces_room;
};

void combos_open(struct combos *c, struct arena *a);
/* False when PUBLISH_COMBOS_MAX is reached. */
MUST_USE bool combos_add(struct combos *c, const struct combo *one);
struct combo *combos_at(const struct combos *c, size_t i);
void combos_keep(struct combos *c, size_t n); /* forgets all from the n-th on */

/* Shorter ones first, then larger counts, then by their attributes. */
void combos_sort(struct combos *c);
/* By length and attributes alone, to find one again. */
int combo_compare(const struct combo *a, const struct combo *b);

/* "column:value;column:value" */
void combo_put(struct sink *out, const struct attributes *of, const struct combo *c);

/* Where a combination stands in a list, by its attributes: an open hash table of places. */
struct combo_index {
    uint32_t *slot; /* place + 1; 0: nothing */
    size_t mask;
    const struct combos *of;
};
void combo_index_make(struct combo_index *x, struct arena *a, const struct combos *of);
#define COMBO_NONE ((size_t)-1)
size_t combo_index_find(const struct combo_index *x, const uint16_t *at, size_t length);

/* Why a column's name or a value cannot stand in a table of combinations; NULL if it can. */
const char *attribute_name_wrong(str name);
const char *attribute_value_wrong(str value);

#endif
