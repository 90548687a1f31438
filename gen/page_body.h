/* gen/page_body.h - the body of a template being read: where we are and which fields can be seen from here. */
#ifndef GEN_PAGE_BODY_H
#define GEN_PAGE_BODY_H

#include "page_place.h"

/* What a section opened. Either a record whose fields can be named, or the certainty that a field is there. */
struct scope {
    const struct scope *outer;
    const struct record *record;
    const char *var; /* the C variable of the record, or of the record that holds `present` */
    const struct field *present;
    size_t opened_at;
    str name;
};

struct body {
    struct pages *all;
    struct page *page;
    size_t at, end;
    struct at_html html;
    int vars; /* C variables given out so far */
    int depth;
    str note; /* the last "translators:" comment, for the next phrase */
};

/* The field a template names here, or an error; `*var` is the C variable of its struct. */
const struct field *body_field(struct body *b, const struct scope *in, str name, size_t at,
                               const char **var);
/* The same, and an error if it may be absent here. */
const struct field *body_value(struct body *b, const struct scope *in, str name, size_t at,
                               const char **var);

/* {{_ "One" "Many" name=field}}: `words` follows the underscore and stands at `at`. */
void body_phrase(struct body *b, const struct scope *in, struct node *n, str words, size_t at);

#endif
