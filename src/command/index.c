/* The index of words, made of what the rooms name, in every language. */
#include "base/clock.h"
#include "base/limits.h"
#include "command/command.h"
#include "search/search.h"

#include <unicode/uversion.h>

/* Another program or another ICU may cut words otherwise; another day may bring a text that was waiting for it. */
static str stamp_of(struct arena *a)
{
    char day[DAY_TEXT];
    day_text(clock_now(), day);
    return arena_format(a, "%s with ICU %s on %s", program_version, U_ICU_VERSION, day);
}

bool command_index_is_old(struct db *db)
{
    str stamp = stamp_of(db_arena(db));
    for (size_t i = 0; i < lang_count(); i++)
        if (search_is_old(db, lang_at(i), stamp)) return true;
    return false;
}

static void close_arena(void *arena)
{
    arena_close(arena);
}

void command_index(struct db *db)
{
    struct arena *before = db_arena(db), *work = arena_new(before, struct arena, 1);
    arena_open(work, SEARCH_ARENA_MAX);
    arena_at_end(before, close_arena, work); /* also when a breakage jumps out of here */
    for (size_t i = 0; i < lang_count(); i++) {
        const struct lang *l = lang_at(i);
        arena_empty(work);
        db_use_arena(db, work);
        struct search_index *made = search_begin(db, work, l);
        for (const struct room *const *r = rooms; *r; r++)
            if ((*r)->documents) (*r)->documents(db, l, clock_now(), made);
        search_end(made, stamp_of(work));
    }
    db_note_write(db, "search");
    db_use_arena(db, before);
    arena_empty(work);
}
