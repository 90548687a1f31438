/* What a form asks before it enters a row: what is wrong with each cell, and which row it would be. */
#include "claim/cells.h"
#include "claim/check.h"

int claim_columns(const struct claim_kind *kind)
{
    return cells_columns(kind);
}

size_t claim_wrong(struct db *db, const struct claim_kind *kind, const str *cells,
                   struct phrase why[CSV_COLUMNS_MAX])
{
    struct known known;
    size_t wrong = 0;
    known_read(db, db_arena(db), &known);
    for (int i = 0; kind->columns[i].name; i++) {
        const struct claim_column *c = &kind->columns[i];
        size_t most = c->check == CHECK_LINES ? CSV_CELL_MAX : CELL_TEXT_MAX;
        why[i] = cells[i].n > most        ? PHRASE("is too long")
                 : !str_is_utf8(cells[i]) ? PHRASE("is not UTF-8 text")
                                          : check_cell(c, cells[i], &known);
        wrong += why[i].english != NULL;
    }
    return wrong;
}

str claim_id_of(struct arena *a, const struct claim_kind *kind, const str *cells)
{
    struct row row;
    row_make(a, kind, cells, &row);
    return row.id;
}
