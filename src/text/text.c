/* Which wording of a text a reader gets. */
#include "text/text.h"

#include "claim/pages.h"
#include "search/search.h"

#include <stdlib.h>

static struct text of_claim(const struct claim *c)
{
    return (struct text){
        .claim = c->id,
        .slug = claim_cell(c, "slug"),
        .lang = claim_cell(c, "lang"),
        .kind = claim_cell(c, "kind"),
        .title = claim_cell(c, "title"),
        .summary = claim_cell(c, "summary"),
        .body = claim_cell(c, "body"),
        .theme = claim_cell(c, "theme"),
        .states = claim_cell(c, "states"),
        .published = claim_cell(c, "published"),
        .reviewed_by = claim_cell(c, "reviewed_by"),
        .reviewed_on = claim_cell(c, "reviewed_on"),
    };
}

/* Whether b is the better wording of one slug: in the language before English before any other, then newer. */
static bool is_better(const struct lang *l, const struct text *a, const struct text *b)
{
    int worth_a = str_eq(a->lang, lang_code(l)) ? 2 : str_eq(a->lang, S("en"));
    int worth_b = str_eq(b->lang, lang_code(l)) ? 2 : str_eq(b->lang, S("en"));
    if (worth_a != worth_b) return worth_b > worth_a;
    return str_cmp(b->published, a->published) > 0;
}

/* Rows come by slug; of each the best stays. */
static size_t best_of_each(const struct lang *l, const char *kind, const struct claim *rows,
                           size_t n, struct text *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct text t = of_claim(&rows[i]);
        if (*kind && !str_eq(t.kind, str_of(kind))) continue;
        t.is_foreign = !str_eq(t.lang, lang_code(l));
        bool is_same = kept && str_eq(out[kept - 1].slug, t.slug);
        if (!is_same) out[kept++] = t;
        else if (is_better(l, &out[kept - 1], &t)) out[kept - 1] = t;
    }
    return kept;
}

bool text_get(struct db *db, const struct lang *l, str slug, struct claim_when when, ms now,
              struct text *out)
{
    struct claim *rows;
    struct arena *a = db_arena(db);
    size_t n = claim_read(db, &text_kind, slug, claim_until(a, &text_kind, when, now), &rows);
    struct text *all = arena_new(a, struct text, n + 1);
    if (best_of_each(l, "", rows, n, all) == 0) return false;
    *out = all[0];
    return true;
}

static int newest_first(const void *a, const void *b)
{
    const struct text *x = a, *y = b;
    int order = str_cmp(y->published, x->published);
    return order ? order : str_cmp(x->slug, y->slug);
}

size_t text_list(struct db *db, const struct lang *l, const char *kind, struct claim_when when,
                 ms now, struct text **out)
{
    struct claim *rows;
    struct arena *a = db_arena(db);
    size_t n = claim_read(db, &text_kind, CLAIM_ALL, claim_until(a, &text_kind, when, now), &rows);
    *out = arena_new(a, struct text, n + 1);
    n = best_of_each(l, kind, rows, n, *out);
    qsort(*out, n, sizeof **out, newest_first);
    return n;
}

struct web_text text_shown(struct req *rq, const struct text *t)
{
    const struct lang *l = lang_find(t->lang);
    struct text_place at = { .db = rq->db,
                             .arena = rq->arena,
                             .reader = rq->lang,
                             .now = rq->now,
                             .text_lang = t->lang,
                             .origin = S("") };
    struct web_text v = {
        .slug = t->slug,
        .language = t->lang,
        .direction = l && lang_is_rtl(l) ? S("rtl") : S("ltr"),
        .title = t->title,
        .summary = t->summary,
        .markdown = t->body,
        .body = text_html_at(&at, t->body, ARENA_JOIN(rq->arena, S("/"), lang_code(rq->lang)),
                             rq->show.when),
        .published = t->published,
        .is_foreign = t->is_foreign,
        .is_reviewed = t->reviewed_by.n > 0 && t->reviewed_on.n > 0,
        .claim = claim_address(rq, t->claim),
    };
    if (t->reviewed_by.n) v.reviewed_by = t->reviewed_by;
    if (t->reviewed_on.n) v.reviewed_on = t->reviewed_on;
    return v;
}

void text_documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    struct text *all;
    struct arena *a = db_arena(db);
    size_t n = text_list(db, l, "", CLAIM_NOW, now, &all);
    for (size_t i = 0; i < n; i++) {
        bool is_news = str_eq(all[i].kind, S("news"));
        search_add(into,
                   (struct search_doc){
                       .part = is_news ? SEARCH_NEWS : SEARCH_TEXTS,
                       .path = ARENA_JOIN(a, is_news ? S("/news/") : S("/"), all[i].slug),
                       .title = all[i].title,
                       .body = ARENA_JOIN(a, all[i].summary, S("\n"), text_plain(a, all[i].body)),
                       .written_in = lang_find(all[i].lang),
                   });
    }
}
