/* The definition and the signs, as search finds them. */
#include "base/limits.h"
#include "learn/learn.h"
#include "learn/pages.h"
#include "search/search.h"

static void signs(struct db *db, struct search_index *into)
{
    struct claim *rows;
    struct arena *a = db_arena(db);
    struct sink all;
    sink_open(&all, a, KIB(64));
    size_t n = claim_read(db, &learn_indicators, CLAIM_ALL, CLAIM_NOW, &rows);
    for (size_t i = 0; i < n; i++) {
        put(&all, claim_cell(&rows[i], "indicator"));
        put_lit(&all, "; ");
    }
    search_add(into, (struct search_doc){ .part = SEARCH_LEARN,
                                          .path = S("/learn#signs"),
                                          .title = S("The published signs"),
                                          .body = sink_str(&all),
                                          .written_in = lang_find(S("en")) });
}

void learn_documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    struct arena *a = db_arena(db);
    (void)now;
    search_add(
        into,
        (struct search_doc){
            .part = SEARCH_LEARN,
            .path = S("/the-crime#test"),
            .title = lang_text(l, PHRASE("Is it trafficking? Try the definition")),
            .body = ARENA_JOIN(
                a,
                lang_text(l, PHRASE("Someone recruits, transports, transfers, harbours or "
                                    "receives a person.")),
                S(" "),
                lang_text(l, PHRASE("By threat or force, coercion, abduction, fraud, deception, "
                                    "abuse of power or of a vulnerable position, or by paying "
                                    "whoever has control over the person. For a child no means "
                                    "is needed.")),
                S(" "),
                lang_text(l, PHRASE("In order to exploit: sexual exploitation, forced labour, "
                                    "slavery or what is like it, servitude, removal of organs. "
                                    "The intention is enough."))),
            .written_in = l,
        });
    signs(db, into);
}
