/* base/csv.h - reading comma-separated text (RFC 4180) with line and column for every complaint.
 *
 * Cells are slices of the text where possible; a cell with doubled quotes is copied into the arena.
 * Needs: arena, limits.    Never: guess an encoding or a separator. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/arena.h"
#include "base/limits.h"

struct csv {
    struct arena *arena;
    str rest;
    int line;      /* of the row last read, 1-based */
    int next_line; /* where the next row begins */
    str *cell;
    int *column; /* where each cell begins, 1-based, in bytes of its line */
    int n, columns_max;
    bool is_cut;     /* after CSV_BAD: more text could have made it good */
    const char *why; /* after CSV_BAD: what is wrong, at line and bad_column */
    int bad_column;
};

enum csv_next { CSV_ROW, CSV_END, CSV_BAD };

void csv_open(struct csv *in, struct arena *a, str text); /* at most CSV_COLUMNS_MAX columns */
void csv_open_wide(struct csv *in, struct arena *a, str text, size_t columns_max);
MUST_USE enum csv_next csv_next(struct csv *in);

#endif
