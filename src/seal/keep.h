/* seal/keep.h - what the build tells about a room's tables: which end, and what in them is sealed.
 *
 * gen/sql makes these from the schema steps: "-- personal" and "-- sealed CLASS" stand there beside their columns.
 * Needs: query.    Never: written by hand. */
#ifndef SEAL_KEEP_H
#define SEAL_KEEP_H

#include "store/query.h"

/* Sealed words as they lie in a column. Only seal_close makes one and only seal_open reads it. */
struct sealed {
    str box; /* p is NULL when absent */
};

/* One sealed column; its words can be read from no other. */
struct seal_column {
    const char *class, *table, *column;
};

struct keep_sealed {
    const struct seal_column *column;
    struct query *needs; /* in: first bytes of a box; out: how many rows begin so, at most 1 */
};

#define KEEP_ROWS \
    200 /* rows that one transaction of the sweep deletes; gen/sql writes it into the statements */

struct keep {
    const char *table;
    struct query *
        expire; /* in: now; deletes at most KEEP_ROWS rows past keep_until. NULL: they do not end */
    const struct keep_sealed *sealed; /* ended by one without column; NULL: none */
};

#endif
