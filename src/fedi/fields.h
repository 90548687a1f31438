/* fedi/fields.h - structured fields (RFC 8941), as much of them as signatures and digests need.
 *
 * A dictionary of items and of lists of items, each with parameters. Read strictly: a name that stands twice, a number
 * with a point, a letter outside ASCII and anything behind the end are refused. Written again it is canonical, which is
 * what a signature covers, whatever spaces somebody sent.
 * Needs: base, libsodium.    Never: a second meaning of the same bytes. */
#ifndef FEDI_FIELDS_H
#define FEDI_FIELDS_H

#include "base/arena.h"
#include "base/sink.h"

enum field_type { FIELD_WHOLE, FIELD_TEXT, FIELD_WORD, FIELD_BYTES, FIELD_TRUTH };

struct field_value {
    enum field_type type;
    str text;      /* decoded */
    int64_t whole; /* of FIELD_WHOLE; of FIELD_TRUTH 0 or 1 */
};

struct field_param {
    str key;
    struct field_value value;
};

struct field_item {
    struct field_value value;
    struct field_param *param;
    size_t params_n;
};

struct field_member {
    str key;
    bool is_list;
    struct field_item item; /* of a list: its parameters only */
    struct field_item *list;
    size_t list_n;
};

struct fields {
    struct field_member *member;
    size_t n;
};

MUST_USE bool fields_read(struct arena *a, str text, struct fields *out);
const struct field_member *fields_get(const struct fields *f, str key); /* NULL: it is not there */
const struct field_param *field_param_get(const struct field_item *i, str key);
/* An item, or a list with its parameters, in the one way in which it is written. */
void field_item_put(struct sink *out, const struct field_item *i);
void field_list_put(struct sink *out, const struct field_member *m);

#endif
