/* publish/synthesize.h - records of nobody whose combinations are as common as a published table says.
 *
 * Made from the table alone, so they tell nothing the table does not tell (but how many records there are). A record
 * gets a value only if every combination of up to the table's length that it would then have stands in the table:
 * nothing is fabricated. From empty records on, values are changed one at a time, each to what brings the counts of
 * all combinations nearest to the table, with chance at first so that it does not stop at the first best
 * (simulated annealing on the sum of (made - wanted)^2 / wanted).
 * Needs: protect, draws.    Never: a look at the data. */
#ifndef PUBLISH_SYNTHESIZE_H
#define PUBLISH_SYNTHESIZE_H

#include "publish/protect.h"

struct synthesis {
    uint64_t rows; /* how many records to make */
    uint64_t seed;
    size_t sweeps; /* over all records and columns; 0: as many as are worth it */
};

/* out->attributes are the table's. Nothing can be made of more rows than PUBLISH_ROWS_MAX: the caller asks before. */
void synthesize(struct arena *a, const struct aggregates *table, const struct synthesis *how,
                struct sample *out);

/* As CSV, its columns in the order of the attributes' columns. */
void synthesis_write(struct file_out *to, struct arena *a, const struct sample *s);

#endif
