/* Members as search finds them: by name, and by what is told of their part. */
#include "members/members.h"
#include "members/pages.h"
#include "search/search.h"

static size_t of_entity(const struct claim *rows, size_t n, str entity, struct claim *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (str_eq(claim_cell(&rows[i], "entity"), entity)) out[kept++] = rows[i];
    return kept;
}

static struct search_doc document_of(struct arena *a, const struct lang *l, str entity,
                                     const struct claim *own, size_t n)
{
    struct sink body;
    bool is_state = str_eq(claim_cell(&own[0], "entity_type"), S("country"));
    sink_open(&body, a, KIB(16));
    put(&body, entity);
    for (size_t i = 0; i < n && body.n < KIB(14); i++) {
        put_lit(&body, "\n");
        put(&body, str_cut_text(claim_cell(&own[i], "detail"), KIB(1)));
    }
    return (struct search_doc){
        .part = SEARCH_TAKING_PART,
        .path = ARENA_JOIN(a, S("/members/"), members_slug(a, entity)),
        .title = is_state ? lang_state(l, claim_cell(&own[0], "iso3")) : entity,
        .body = sink_str(&body),
        .written_in = is_state ? l : lang_find(S("en")),
    };
}

void members_documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    struct claim *rows;
    struct arena *a = db_arena(db);
    size_t n = claim_read(db, &members_events_kind, CLAIM_ALL, CLAIM_NOW, &rows);
    struct claim *own = arena_new(a, struct claim, n + 1);
    (void)now;
    for (size_t i = 0; i < n; i++) {
        str entity = claim_cell(&rows[i], "entity");
        if (of_entity(rows, i, entity, own) > 0) continue;
        search_add(into, document_of(a, l, entity, own, of_entity(rows, n, entity, own)));
    }
}

void members_changed(struct db *db, str entity)
{
    struct claim *rows;
    struct arena *a = db_arena(db);
    size_t n = claim_read(db, &members_events_kind, CLAIM_ALL, CLAIM_NOW, &rows);
    struct claim *own = arena_new(a, struct claim, n + 1);
    n = of_entity(rows, n, entity, own);
    for (size_t i = 0; n > 0 && i < lang_count(); i++) {
        struct search_doc doc = document_of(a, lang_at(i), entity, own, n);
        search_change(db, lang_at(i), doc.part, doc.path, &doc);
    }
}
