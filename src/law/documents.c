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
    for (size_t i = 0, next; i < n; i = next) {
        str id = claim_cell(&rows[i], "instrument"), title = id;
        struct sink body;
        sink_open(&body, a, KIB(64));
        put(&body, id);
        for (next = i; next < n && str_eq(claim_cell(&rows[next], "instrument"), id); next++) {
            if (str_eq(claim_cell(&rows[next], "property"), S("name")))
                title = claim_cell(&rows[next], "value");
            put_lit(&body, "\n");
            put(&body, claim_cell(&rows[next], "value"));
            put_lit(&body, " ");
            put(&body, claim_cell(&rows[next], "note"));
        }
        search_add(into, (struct search_doc){ .part = SEARCH_LAW,
                                              .path = ARENA_JOIN(a, S("/law/"), id),
                                              .title = title,
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
