/* Sources, as search finds them. */
#include "claim/pages.h"
#include "search/search.h"

void claim_documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    struct claim *rows;
    size_t n = claim_read(db, &claim_sources, CLAIM_ALL, CLAIM_NOW, &rows);
    struct arena *a = db_arena(db);
    (void)l, (void)now;
    for (size_t i = 0; i < n; i++)
        search_add(into, (struct search_doc){
                             .part = SEARCH_SOURCES,
                             .path = ARENA_JOIN(a, S("/sources#"), claim_cell(&rows[i], "id")),
                             .title = claim_cell(&rows[i], "name"),
                             .body = ARENA_JOIN(a, claim_cell(&rows[i], "publisher"), S(" "),
                                                claim_cell(&rows[i], "note")),
                             .written_in = lang_find(S("en")),
                         });
}
