/* Export: the live claims of a kind as the CSV that import takes, sorted so that equal data give equal bytes. */
#include "claim/cells.h"
#include "claim/claim.sql.h"

#include <stdlib.h>

static int by_cells(const void *a, const void *b)
{
    return cells_compare(((const struct claim_found *)a)->cells,
                         ((const struct claim_found *)b)->cells);
}

void claim_export(struct db *db, const struct claim_kind *kind, struct claim_when when,
                  struct sink *out)
{
    struct claim_found *rows;
    db_note_read(db, kind->room);
    str on = when.on.n ? when.on : S("9999-12-31");
    size_t n = claim_rows_all(db, str_of(kind->name), on, when.known, &rows);
    n = claim_dated_only(kind, when, rows, n);
    qsort(rows, n, sizeof *rows, by_cells);

    for (int i = 0; kind->columns[i].name; i++) {
        if (i) put_char(out, ',');
        csv_cell(out, str_of(kind->columns[i].name));
    }
    put_char(out, '\n');
    for (size_t i = 0; i < n; i++) cells_write(out, rows[i].cells);
}

#define BEFORE_ALL_DAYS S("1000-01-01") /* and not "", which is no limit */

struct claim_when claim_earliest(struct db *db, const struct claim_kind *kind,
                                 struct claim_when when)
{
    struct claim_times last;
    claim_times_before(db, str_of(kind->name), when.on, when.known, &last);
    if (when.on.n) when.on = last.on_day.n ? last.on_day : BEFORE_ALL_DAYS;
    when.known = last.recorded_at > last.retracted_at ? last.recorded_at : last.retracted_at;
    return when;
}
