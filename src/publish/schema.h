/* publish/schema.h - what may stand in a data set, declared in public before anybody looks at the data.
 *
 * Under differential privacy columns, values and bounds must not come from the data: that a value occurs at all may be
 * somebody's secret. A JSON text:
 *
 *   {"schema": "publication 1", "person": "caseId", "rows_per_person": 1, "attributes_per_row": 12,
 *    "columns": [{"name": "gender", "values": ["Woman", "Man"]}, {"name": "year", "from": 2002, "to": 2022}]}
 *
 * person, rows_per_person (1) and attributes_per_row (chosen by a private mechanism) may be absent. Empty cells and "0"
 * are no attribute, unless "0" is one of a column's values.
 * Needs: attributes, json_tree.    Never: a value that was not declared. */
#ifndef PUBLISH_SCHEMA_H
#define PUBLISH_SCHEMA_H

#include "publish/attributes.h"
#include "publish/sample.h"

struct schema {
    struct attributes attributes; /* all that are declared */
    str person;                   /* empty: each row is a person */
    int64_t rows_per_person;
    int64_t attributes_per_row; /* 0: to be chosen */
};

MUST_USE bool schema_parse(struct arena *a, str text, struct schema *out, struct complaint *why);
MUST_USE bool schema_read(struct arena *a, const char *path, struct schema *out,
                          struct complaint *why);

/* The records of a file in terms of a schema. A column that is not declared is left out, a declared one must be there, a
 * value that is not declared is refused with its place (only whoever has the file reads that; nothing was spent
 * yet), or, with `drops_unknown`, counted as no attribute. Of a person with more rows than the schema grants the first
 * ones are taken. */
MUST_USE bool schema_sample(struct arena *a, const struct schema *schema, const char *path,
                            bool drops_unknown, struct sample *out, struct complaint *why);

#endif
