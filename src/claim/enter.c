/* What a person enters and withdraws, one row at a time, at the desk. */
#include "base/id.h"
#include "base/limits.h"
#include "claim/cells.h"
#include "claim/check.h"
#include "claim/claim.sql.h"

#include <assert.h>

/* Reading every source and state costs more than all else: only for kinds that name them. */
static bool names_others(const struct claim_kind *kind)
{
    for (const struct claim_column *c = kind->columns; c->name; c++)
        if (c->check == CHECK_SOURCE || c->check == CHECK_STATE) return true;
    return false;
}

static bool is_right(struct db *db, const struct claim_kind *kind, const str *cells,
                     struct claim_entered *out)
{
    struct known known;
    if (names_others(kind)) known_read(db, db_arena(db), &known);
    for (int i = 0; kind->columns[i].name; i++) {
        const struct claim_column *c = &kind->columns[i];
        size_t most = c->check == CHECK_LINES ? CSV_CELL_MAX : CELL_TEXT_MAX;
        out->column = c;
        out->why = cells[i].n > most       ? PHRASE("is too long")
                   : str_is_utf8(cells[i]) ? check_cell(c, cells[i], &known)
                                           : PHRASE("is not UTF-8 text");
        if (out->why.english) return false;
    }
    out->column = NULL;
    return true;
}

/* Recorded time does not go back, whatever the clock does: false if it is too wrong to write at all. */
static bool settle_time(struct db *db, ms *now, bool is_new)
{
    struct claim_moment last;
    claim_import_last(db, &last);
    if (last.moment > *now + CLOCK_DOUBT_MS) return false;
    if (*now < last.moment + is_new) *now = last.moment + is_new;
    return true;
}

enum claim_answer claim_enter(struct db *db, const struct claim_kind *kind, const str *cells, id by,
                              ms now, struct claim_entered *out)
{
    struct row row;
    assert(by != 0);
    *out = (struct claim_entered){ .id = S("") };
    if (!is_right(db, kind, cells, out)) return CLAIM_REFUSED;
    if (!settle_time(db, &now, true)) return CLAIM_CLOCK;
    row_make(db_arena(db), kind, cells, &row);
    out->id = row.id;
    if (!claim_row_add(db, id_new(), row.id, str_of(kind->name), row.subject, row.on_day, row.cells,
                       now, by))
        return CLAIM_IS_THERE;
    claim_import_add(db, str_of(kind->name), now, 1, 0);
    db_note_write(db, kind->room);
    return CLAIM_ENTERED;
}

/* Whether withdrawing it would leave others naming what is no longer there. */
static bool is_last_of_name(struct db *db, const struct claim *c)
{
    struct claim *rows;
    struct cited cited = { .name = S("") };
    if (!cited_kind(c->kind)) return false;
    if (claim_read(db, c->kind, c->cell[0], CLAIM_NOW, &rows) > 1) return false;
    names_open(&cited.gone, db_arena(db), 1);
    names_add(&cited.gone, c->cell[0]);
    return cited_by_others(db, c->kind, &cited);
}

enum claim_retract_answer claim_retract(struct db *db, str which, id by, ms now)
{
    struct claim c;
    assert(by != 0);
    if (!claim_get(db, which, &c) || c.retracted_at != CLAIM_FOREVER) return CLAIM_NOT_LIVE;
    if (is_last_of_name(db, &c)) return CLAIM_STILL_NAMED;
    if (!settle_time(db, &now, false) || now <= c.recorded_at) now = c.recorded_at + 1;
    if (!claim_row_retract(db, which, now, by)) return CLAIM_NOT_LIVE;
    db_note_write(db, c.kind->room);
    return CLAIM_RETRACTED;
}

size_t claim_hide(struct db *db, const struct claim *question, ms now)
{
    struct claim *all;
    size_t n = claim_history(db, question, &all), hidden = 0;
    for (size_t i = 0; i < n; i++)
        if (all[i].retracted_at != CLAIM_FOREVER)
            hidden += (size_t)claim_row_hide(db, all[i].id, now);
    if (hidden) db_note_write(db, question->kind->room);
    return hidden;
}
