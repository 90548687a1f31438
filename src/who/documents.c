/* Bodies and programmes, as search finds them. */
#include "base/limits.h"
#include "search/search.h"
#include "who/pages.h"

/* Rows stand by subject: one document of each one's rows. */
static void add_all(struct db *db, const struct claim_kind *kind, const char *subject,
                    const char *path, struct search_index *into)
{
    struct claim *rows, *offices;
    struct arena *a = db_arena(db);
    size_t n = claim_read_told(db, kind, CLAIM_ALL, CLAIM_NOW, &rows);
    for (size_t from = 0, own; from < n; from += own) {
        const struct claim *of = rows + from;
        str slug = claim_cell(of, subject);
        own = claim_about_same(of, n - from);
        struct sink body;
        sink_open(&body, a, KIB(64));
        for (size_t i = 0; i < own; i++) {
            put(&body, claim_cell(&of[i], "value"));
            put_lit(&body, "\n");
        }
        size_t held = kind == &who_bodies
                          ? claim_read_told(db, &who_offices, slug, CLAIM_NOW, &offices)
                          : 0;
        for (size_t i = 0; i < held; i++) {
            put(&body, claim_cell(&offices[i], "office"));
            put_lit(&body, " ");
            put(&body, claim_cell(&offices[i], "person"));
            put_lit(&body, "\n");
        }
        str name = claim_value(of, own, "name");
        search_add(into, (struct search_doc){ .part = SEARCH_WHO,
                                              .path = ARENA_JOIN(a, str_of(path), slug),
                                              .title = name.n ? name : slug,
                                              .body = sink_str(&body),
                                              .written_in = lang_find(S("en")) });
    }
}

void who_documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    (void)now;
    add_all(db, &who_bodies, "body", "/who/", into);
    add_all(db, &who_programmes, "programme", "/programmes/", into);
    search_add(into, (struct search_doc){
                         .part = SEARCH_WHO,
                         .path = S("/who"),
                         .title = lang_text(l, PHRASE("Who does what")),
                         .body = lang_text(l, PHRASE("Bodies that act against trafficking, their "
                                                     "mandates, who led them, and how a person is "
                                                     "referred to help.")),
                         .written_in = l,
                     });
}
