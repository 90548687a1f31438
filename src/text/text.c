/* Which wording of a text a reader gets. */
#include "text/text.h"

#include "claim/pages.h"
#include "search/search.h"
#include "text/lesson.h"

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
        .is_by_editor = c->is_by_editor,
    };
}

/* Whether b is the better wording of one slug: in the language before English before any other, then what somebody
 * entered here before what came with the program, then newer. */
static bool is_better(const struct lang *l, const struct text *a, const struct text *b)
{
    int worth_a = str_eq(a->lang, lang_code(l)) ? 2 : str_eq(a->lang, S("en"));
    int worth_b = str_eq(b->lang, lang_code(l)) ? 2 : str_eq(b->lang, S("en"));
    if (worth_a != worth_b) return worth_b > worth_a;
    if (a->is_by_editor != b->is_by_editor) return b->is_by_editor;
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
        .is_reviewed = t->reviewed_on.n > 0, /* who did may wish to stay unnamed */
        .claim = claim_address(rq, t->claim),
    };
    if (t->reviewed_by.n) v.reviewed_by = t->reviewed_by;
    if (t->reviewed_on.n) v.reviewed_on = t->reviewed_on;
    return v;
}

/* Pages that have an address of their own; all others stand beneath /pages. */
static bool has_own_address(str slug)
{
    static const char *const own[] = { "about", "learn", "the-crime" };
    for (size_t i = 0; i < COUNT_OF(own); i++)
        if (str_eq(slug, str_of(own[i]))) return true;
    return false;
}

static str course_path(struct arena *a, str slug)
{
    str lesson = lesson_name_of(slug);
    return ARENA_JOIN(a, S("/learn/courses/"), lesson_course_of(slug), lesson.n ? S("/") : S(""),
                      lesson);
}

str text_path(struct arena *a, str kind, str slug)
{
    if (str_eq(kind, S("course"))) return course_path(a, slug);
    if (str_eq(kind, S("news"))) return ARENA_JOIN(a, S("/news/"), slug);
    if (str_eq(kind, S("member"))) return ARENA_JOIN(a, S("/members/"), slug);
    if (str_eq(kind, S("kit"))) return ARENA_JOIN(a, S("/kits/"), slug);
    return ARENA_JOIN(a, has_own_address(slug) ? S("/") : S("/pages/"), slug);
}

/* A member's page is a document already; its own words are one more. */
static struct search_doc place_of(struct arena *a, str kind, str slug)
{
    str path = text_path(a, kind, slug);
    if (str_eq(kind, S("news"))) return (struct search_doc){ .part = SEARCH_NEWS, .path = path };
    if (str_eq(kind, S("course"))) return (struct search_doc){ .part = SEARCH_LEARN, .path = path };
    if (str_eq(kind, S("member")))
        return (struct search_doc){ .part = SEARCH_TAKING_PART,
                                    .path = ARENA_JOIN(a, path, S("#own")) };
    if (str_eq(kind, S("kit")))
        return (struct search_doc){ .part = SEARCH_TAKING_PART, .path = path };
    return (struct search_doc){ .part = SEARCH_TEXTS, .path = path };
}

static struct search_doc document_of(struct arena *a, const struct text *t)
{
    struct search_doc doc = place_of(a, t->kind, t->slug);
    doc.title = t->title;
    str body = str_eq(t->kind, S("course")) ? lesson_text_of(t->body) : t->body;
    doc.body = ARENA_JOIN(a, t->summary, S("\n"), text_plain(a, body));
    doc.written_in = lang_find(t->lang);
    return doc;
}

void text_documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    struct text *all;
    size_t n = text_list(db, l, "", CLAIM_NOW, now, &all);
    for (size_t i = 0; i < n; i++) search_add(into, document_of(db_arena(db), &all[i]));
}

void text_changed(struct db *db, str kind, str slug, ms now)
{
    struct arena *a = db_arena(db);
    struct search_doc place = place_of(a, kind, slug);
    for (size_t i = 0; i < lang_count(); i++) {
        struct text t;
        struct search_doc doc;
        bool is_there = text_get(db, lang_at(i), slug, CLAIM_NOW, now, &t);
        if (is_there) doc = document_of(a, &t);
        search_change(db, lang_at(i), place.part, place.path, is_there ? &doc : NULL);
    }
}
