/* link/token.h - the pieces of a value that are compared: n-grams, the whole, or a number and its neighbours.
 *
 * Needs: schema.    Never: keys. */
#ifndef LINK_TOKEN_H
#define LINK_TOKEN_H

#include "link/schema.h"

struct link_cuts {
    const char *p;  /* the padded value, or numbers one after the other */
    uint32_t *from; /* where each token begins; one more, the end of the last */
    uint32_t *to;
    size_t n;
    bool is_positional; /* then token i is "i+1", a blank, and the piece */
};

/* No token for an empty value. False: the value is no number, or too large a one. Memory is taken from `a`. */
MUST_USE bool link_cut(const struct link_feature *f, struct arena *a, str value,
                       struct link_cuts *out);

#endif
