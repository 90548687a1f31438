/* Which texts there are: what is worked on here, and what came with the program and was not touched yet. */
#include "edit/inside.h"

#include "base/clock.h"
#include "base/id.h"

#include <stdlib.h>

#define FROM_FILE S("file")

static str cell(const struct claim *c, const char *column)
{
    return claim_cell(c, column);
}

/* Whether b goes before a: what was entered here, then what is dated later. */
static bool goes_before(const struct claim *a, const struct claim *b)
{
    if (a->is_by_editor != b->is_by_editor) return b->is_by_editor;
    return str_cmp(cell(b, "published"), cell(a, "published")) > 0;
}

static const struct claim *best_in(const struct claim *rows, size_t n, str lang)
{
    const struct claim *best = NULL;
    for (size_t i = 0; i < n; i++)
        if (str_eq(cell(&rows[i], "lang"), lang) && (!best || goes_before(best, &rows[i])))
            best = &rows[i];
    return best;
}

bool edit_claim(const struct edit *e, str slug, str lang, struct claim *out)
{
    struct claim *rows;
    size_t n = claim_read(e->db, &text_kind, slug, CLAIM_NOW, &rows);
    const struct claim *best = best_in(rows, n, lang);
    if (best) *out = *best;
    return best != NULL;
}

/* What the files say of a text nobody touched: English is its original where it is there. */
static struct edit_text text_of_claims(const struct claim *rows, size_t n)
{
    bool has_english = best_in(rows, n, S("en")) != NULL;
    return (struct edit_text){ .slug = cell(rows, "slug"),
                               .kind = cell(rows, "kind"),
                               .original = has_english ? S("en") : cell(rows, "lang") };
}

static struct edit_version version_of_claim(const struct claim *c)
{
    return (struct edit_version){ .slug = cell(c, "slug"),
                                  .lang = cell(c, "lang"),
                                  .head = 1,
                                  .shown = 1,
                                  .worded = 1,
                                  .follows = 1,
                                  .state = S("shown"),
                                  .changed_at = c->recorded_at,
                                  .title = cell(c, "title"),
                                  .published = cell(c, "published"),
                                  .claim = c->id,
                                  .remark = S("") };
}

bool edit_find(const struct edit *e, str slug, str lang, struct edit_piece *out)
{
    struct claim *rows = NULL;
    size_t n = claim_read(e->db, &text_kind, slug, CLAIM_NOW, &rows);
    *out = (struct edit_piece){ 0 };
    if (!lang_find(lang)) return false;
    bool is_known = edit_text_get(e->db, slug, &out->text);
    if (!is_known && n == 0) return false;
    if (!is_known) out->text = text_of_claims(rows, n);
    out->is_original = str_eq(out->text.original, lang);
    out->is_kept = edit_version_get(e->db, slug, lang, &out->version);
    const struct claim *claim = best_in(rows, n, lang);
    if (!out->is_kept && claim) out->version = version_of_claim(claim);
    if (!out->is_kept && !claim)
        out->version = (struct edit_version){ .slug = slug,
                                              .lang = lang,
                                              .state = S("none"),
                                              .title = S(""),
                                              .published = S(""),
                                              .claim = S(""),
                                              .remark = S("") };
    return true;
}

static struct edit_revision revision_of_claim(const struct claim *c)
{
    return (struct edit_revision){ .number = 1,
                                   .at = c->recorded_at,
                                   .how = FROM_FILE,
                                   .follows = 1,
                                   .title = cell(c, "title"),
                                   .summary = cell(c, "summary"),
                                   .body = cell(c, "body"),
                                   .theme = cell(c, "theme"),
                                   .states = cell(c, "states"),
                                   .published = cell(c, "published") };
}

bool edit_revision(const struct edit *e, const struct edit_piece *p, int64_t number,
                   struct edit_revision *out)
{
    struct claim c;
    *out = (struct edit_revision){ .title = S(""),
                                   .summary = S(""),
                                   .body = S(""),
                                   .theme = S(""),
                                   .states = S(""),
                                   .published = S(""),
                                   .how = S("") };
    if (number == 0) return false;
    if (p->is_kept) return edit_revision_get(e->db, p->text.slug, p->version.lang, number, out);
    if (number != 1 || !edit_claim(e, p->text.slug, p->version.lang, &c)) return false;
    *out = revision_of_claim(&c);
    return true;
}

struct edit_words edit_words_of(const struct edit_revision *r)
{
    return (struct edit_words){ r->title, r->summary, r->body, r->theme, r->states, r->published };
}

bool edit_same_words(const struct edit_words *x, const struct edit_words *y)
{
    return str_eq(x->title, y->title) && str_eq(x->summary, y->summary) && str_eq(x->body, y->body);
}

int64_t edit_original_now(const struct edit_piece *original)
{
    return original->version.shown ? original->version.shown : original->version.head;
}

bool edit_is_behind(const struct edit_piece *p, const struct edit_piece *original)
{
    return !p->is_original && p->version.head > 0 && p->version.follows < original->version.worded;
}

bool edit_is_scheduled(const struct edit *e, const struct edit_piece *p)
{
    char today[DAY_TEXT];
    day_text(e->now, today);
    return p->version.shown > 0 && str_eq(p->version.state, S("shown")) &&
           str_cmp(p->version.published, str_of(today)) > 0;
}

/* ---- all of them ---- */

static void add(struct edit_piece *all, size_t *n, struct edit_text text,
                struct edit_version version, bool is_kept)
{
    all[(*n)++] = (struct edit_piece){ text, version, is_kept,
                                       str_eq(text.original, version.lang) };
}

static bool has_piece(const struct edit_piece *all, size_t n, str slug, str lang)
{
    for (size_t i = n; i > 0; i--) { /* those of one text stand at the end */
        if (!str_eq(all[i - 1].text.slug, slug)) return false;
        if (str_eq(all[i - 1].version.lang, lang)) return true;
    }
    return false;
}

static int by_slug(const void *a, const void *b)
{
    const struct edit_piece *x = a, *y = b;
    int order = str_cmp(x->text.slug, y->text.slug);
    if (order) return order;
    if (x->is_original != y->is_original) return y->is_original - x->is_original;
    return str_cmp(x->version.lang, y->version.lang);
}

size_t edit_all(const struct edit *e, struct edit_piece **out)
{
    struct claim *rows;
    struct edit_text *texts;
    struct edit_version *versions;
    size_t n = claim_read(e->db, &text_kind, CLAIM_ALL, CLAIM_NOW, &rows), count = 0, kept = 0;
    size_t texts_n = edit_texts_all(e->db, &texts),
           versions_n = edit_versions_all(e->db, &versions);
    struct edit_piece *all = arena_new(e->arena, struct edit_piece, n + versions_n + 1);
    size_t t = 0, v = 0, r = 0;
    while (t < texts_n || r < n) { /* both come by slug */
        size_t same = r < n ? claim_about_same(&rows[r], n - r) : 0;
        int order = t == texts_n ? 1 : r == n ? -1 : str_cmp(texts[t].slug, cell(&rows[r], "slug"));
        struct edit_text text = order <= 0 ? texts[t] : text_of_claims(&rows[r], same);
        for (; order <= 0 && v < versions_n && str_cmp(versions[v].slug, text.slug) <= 0; v++)
            if (str_eq(versions[v].slug, text.slug)) add(all, &count, text, versions[v], true);
        for (size_t i = 0; order >= 0 && i < same; i++) {
            str lang = cell(&rows[r + i], "lang");
            if (!has_piece(all, count, text.slug, lang))
                add(all, &count, text, version_of_claim(best_in(&rows[r], same, lang)), false);
        }
        if (order <= 0) t++;
        if (order >= 0) r += same;
    }
    for (size_t i = 0; i < count; i++)
        if (edit_may_see(e, &all[i])) all[kept++] = all[i];
    qsort(all, kept, sizeof *all, by_slug);
    *out = all;
    return kept;
}

/* ---- keeping what was known from its file alone ---- */

void edit_put(const struct edit *e, const struct edit_version *v)
{
    edit_version_put(e->db, v->slug, v->lang, v->head, v->shown, v->worded, v->follows, v->state,
                     v->author, v->changed_at, v->title, v->published, v->claim, v->asked_by,
                     v->asked_at, v->remark, v->remark_by, v->take_by);
}

static void settle_version(const struct edit *e, struct edit_piece *p)
{
    struct edit_revision r;
    if (!edit_revision(e, p, 1, &r)) return; /* nobody wrote it in this language */
    const struct edit_version *v = &p->version;
    edit_revision_add(e->db, v->slug, v->lang, 1, r.at, 0, FROM_FILE, 0, 1, r.title, r.summary,
                      r.body, r.theme, r.states, r.published);
    edit_put(e, v);
    p->is_kept = true;
}

void edit_settle(const struct edit *e, struct edit_piece *p)
{
    if (p->is_kept) return;
    if (!p->text.id) {
        p->text.id = id_new();
        p->text.made_at = e->now;
        edit_text_add(e->db, p->text.slug, p->text.id, p->text.kind, p->text.organisation,
                      p->text.original, e->now);
    }
    settle_version(e, p);
    struct edit_piece original;
    bool is_more = !p->is_original && edit_find(e, p->text.slug, p->text.original, &original);
    if (is_more && !original.is_kept && original.version.head) settle_version(e, &original);
}
