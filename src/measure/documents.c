/* Each series, as search finds it. */
#include "measure/pages.h"
#include "measure/series.h"
#include "search/search.h"

void measure_documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    struct arena *a = db_arena(db);
    (void)now;
    for (const struct measure_about *m = measure_abouts; m->code; m++)
        search_add(into, (struct search_doc){
                             .part = SEARCH_NUMBERS,
                             .path = arena_format(a, "/numbers/%s", m->slug),
                             .title = lang_text(l, m->label),
                             .body = ARENA_JOIN(a, lang_text(l, m->counts), S(" "),
                                                lang_text(l, m->is_not)),
                             .written_in = l,
                         });
}
