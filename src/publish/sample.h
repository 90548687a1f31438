/* publish/sample.h - records of people as codes, column by column.
 *
 * Read from a CSV file in one pass. An empty cell and "0" are no attribute (unless zeros of that column count); any
 * other value is one, "-99" too: unknown stays apart from no. Names of columns and values are checked, doubled
 * columns refused. With a person's column each person has one row; a second one is refused, since ten rows of one
 * person would hide nobody.
 * Needs: base, attributes.    Never: guess which columns identify; the caller names the columns it wants. */
#ifndef PUBLISH_SAMPLE_H
#define PUBLISH_SAMPLE_H

#include "publish/attributes.h"

struct sample {
    struct attributes attributes;
    size_t rows;
    uint16_t *code; /* [column * rows + row]: attribute + 1; 0: none */
};

struct sample_choice {
    const char *person;  /* a column that names the person; NULL: each row is one */
    const char *columns; /* "a,b,c": only these; NULL: all but the person's */
    const char *leave;   /* "a,b,c": all but these; NULL: none */
    const char *zeros;   /* "a,b,c": of these columns "0" is a value like any other; NULL: none */
};

/* False: *why says what is wrong and where. */
MUST_USE bool sample_read(struct arena *a, const char *path, const struct sample_choice *choice,
                          struct sample *out, struct complaint *why);

/* The same attributes for two samples whose columns have the same names, whatever their order: `b` is written anew in
 * terms of the union, and so is `a`. False: a column is missing. */
MUST_USE bool sample_align(struct arena *arena, struct sample *a, struct sample *b,
                           struct complaint *why);

static inline uint16_t sample_code(const struct sample *s, size_t column, size_t row)
{
    return s->code[column * s->rows + row];
}

#endif
