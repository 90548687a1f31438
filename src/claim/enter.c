/* One row that somebody enters, with the checks of an import. */
#include "base/day.h"
#include "base/id.h"
#include "claim/cells.h"
#include "claim/check.h"
#include "claim/claim.sql.h"

#include <assert.h>

static bool is_right(struct db *db, const struct claim_kind *kind, const str *cells,
                     struct claim_entered *out)
{
    struct known known;
    struct arena *a = db_arena(db);
    known_read(db, a, &known);
    for (int i = 0; kind->columns[i].name; i++) {
        const char *why = str_is_utf8(cells[i]) ? check_cell(a, &kind->columns[i], cells[i], &known)
                                                : "is not UTF-8 text";
        out->column = &kind->columns[i];
        out->why = (struct phrase){ why };
        if (why) return false;
    }
    out->column = NULL;
    return true;
}

static str content_of(struct arena *a, const struct claim_kind *kind, str packed)
{
    static const char between[] = { CELLS_BETWEEN };
    char *name = arena_take(a, CONTENT_ID_LENGTH + 1);
    content_id(ARENA_JOIN(a, str_of(kind->name), ((str){ between, 1 }), packed), name);
    return (str){ name, CONTENT_ID_LENGTH };
}

enum claim_answer claim_enter(struct db *db, const struct claim_kind *kind, const str *cells, id by,
                              ms now, struct claim_entered *out)
{
    struct arena *a = db_arena(db);
    struct claim_moment last;
    str subject = S(""), on_day = S("");
    assert(by != 0);
    *out = (struct claim_entered){ .id = S("") };
    if (!is_right(db, kind, cells, out)) return CLAIM_REFUSED;
    claim_import_last(db, &last);
    if (last.moment > now + CLOCK_DOUBT_MS) return CLAIM_CLOCK;
    if (now <= last.moment) now = last.moment + 1;
    for (int i = 0; kind->columns[i].name; i++) {
        int is = kind->columns[i].is;
        bool is_day = is & COLUMN_FROM || (is & COLUMN_SEEN && on_day.n == 0);
        if (is & COLUMN_SUBJECT) subject = cells[i];
        if (is_day && cells[i].n)
            on_day = day_last(a, cells[i].n == 9 ? str_from(cells[i], 5) : cells[i]);
    }
    str packed = cells_pack(a, cells, cells_columns(kind));
    out->id = content_of(a, kind, packed);
    if (!claim_row_add(db, id_new(), out->id, str_of(kind->name), subject, on_day, packed, now, by))
        return CLAIM_IS_THERE;
    claim_import_add(db, str_of(kind->name), now, 1, 0);
    db_note_write(db, kind->room);
    return CLAIM_ENTERED;
}
