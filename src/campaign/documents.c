/* States, as search finds them. */
#include "campaign/pages.h"
#include "law/law.h"
#include "search/search.h"

void campaign_documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    struct claim *rows;
    struct arena *a = db_arena(db);
    size_t n = claim_read(db, &law_countries, CLAIM_ALL, CLAIM_NOW, &rows);
    const struct lang *en = lang_find(S("en"));
    (void)now;
    for (size_t i = 0; i < n; i++) {
        str iso3 = claim_cell(&rows[i], "iso3");
        struct word kind = claim_word(law_state_kinds, claim_cell(&rows[i], "kind"));
        search_add(into,
                   (struct search_doc){
                       .part = SEARCH_STATES,
                       .path = ARENA_JOIN(a, S("/countries/"), iso3),
                       .title = lang_state(l, iso3),
                       .body = ARENA_JOIN(a, lang_region(l, lang_region_of(iso3, false)), S(" · "),
                                          lang_region(l, lang_region_of(iso3, true)), S(" · "),
                                          lang_text(l, kind.phrase), S(" · "), iso3,
                                          l == en ? S("") : S(" · "),
                                          l == en ? S("") : lang_state(en, iso3)),
                       .written_in = l,
                   });
    }
}
