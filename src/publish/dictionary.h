/* publish/dictionary.h - texts and their numbers in the order they were first met.
 *
 * Needs: base.    Never: forget one. */
#ifndef PUBLISH_DICTIONARY_H
#define PUBLISH_DICTIONARY_H

#include "base/arena.h"

struct dictionary {
    struct arena *arena;
    str *text; /* by number */
    uint32_t *slot;
    size_t n, room;
};

void dictionary_open(struct dictionary *d, struct arena *a);
#define DICTIONARY_NONE ((size_t)-1)
size_t dictionary_find(const struct dictionary *d, str text);
size_t dictionary_add(struct dictionary *d, str text); /* its number, old or new; a copy is kept */

#endif
