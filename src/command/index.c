/* The index of words, made of what the rooms name, in every language. */
#include "base/clock.h"
#include "base/limits.h"
#include "command/command.h"
#include "search/search.h"

#include <unicode/uversion.h>

/* Another program or another ICU may cut words otherwise. */
static str stamp_of(struct arena *a)
{
    return arena_format(a, "%s with ICU %s", program_version, U_ICU_VERSION);
}

bool command_index_is_old(struct db *db)
{
    str stamp = stamp_of(db_arena(db));
    for (size_t i = 0; i < lang_count(); i++)
        if (search_is_old(db, lang_at(i), stamp)) return true;
    return false;
}

void command_index(struct db *db)
{
    struct arena work, *before = db_arena(db);
    arena_open(&work, SEARCH_ARENA_MAX);
    for (size_t i = 0; i < lang_count(); i++) {
        const struct lang *l = lang_at(i);
        arena_empty(&work);
        db_use_arena(db, &work);
        struct search_index *made = search_begin(db, &work, l);
        for (const struct room *const *r = rooms; *r; r++)
            if ((*r)->documents) (*r)->documents(db, l, clock_now(), made);
        search_end(made, stamp_of(&work));
    }
    db_note_write(db, "search");
    db_use_arena(db, before);
    arena_close(&work);
}
