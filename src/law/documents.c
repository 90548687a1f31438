/* Treaties and their articles, as search finds them. */
#include "law/pages.h"
#include "search/search.h"

static void articles(struct db *db, struct search_index *into)
{
    struct claim *rows;
    size_t n = claim_read(db, &law_articles, CLAIM_ALL, CLAIM_NOW, &rows);
    struct arena *a = db_arena(db);
    for (size_t i = 0; i < n; i++)
        search_add(into, (struct search_doc){
                             .part = SEARCH_LAW,
                             .path = ARENA_JOIN(a, S("/law/"), claim_cell(&rows[i], "instrument"),
                                                S("/articles/"), claim_cell(&rows[i], "article")),
                             .title = claim_cell(&rows[i], "heading"),
                             .body = claim_cell(&rows[i], "summary"),
                             .written_in = lang_find(S("en")),
                         });
}

/* Rows stand by instrument: one document of each one's rows. */
static void instruments(struct db *db, struct search_index *into)
{
    struct claim *rows;
    size_t n = claim_read(db, &law_instruments, CLAIM_ALL, CLAIM_NOW, &rows);
    struct arena *a = db_arena(db);
    for (size_t from = 0, own; from < n; from += own) {
        const struct claim *of = rows + from;
        own = claim_about_same(of, n - from);
        str id = claim_cell(of, "instrument"), name = claim_value(of, own, "name");
        struct sink body;
        sink_open(&body, a, KIB(64));
        put(&body, id);
        for (size_t i = 0; i < own; i++) {
            put_lit(&body, "\n");
            put(&body, claim_cell(&of[i], "value"));
            put_lit(&body, " ");
            put(&body, claim_cell(&of[i], "note"));
        }
        search_add(into, (struct search_doc){ .part = SEARCH_LAW,
                                              .path = ARENA_JOIN(a, S("/law/"), id),
                                              .title = name.n ? name : id,
                                              .body = sink_str(&body),
                                              .written_in = lang_find(S("en")) });
    }
}

void law_documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    (void)l, (void)now;
    instruments(db, into);
    articles(db, into);
}
