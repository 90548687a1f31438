/* Markdown by its own authors' library, in safe mode; we only give headings names and addresses a language. */
#include "base/breakage.h"
#include "base/limits.h"
#include "text/text.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdlib.h>

/* What the library holds is not the arena's: it is given back after a breakage too. */
struct reading {
    struct arena *a;
    const struct text_place *at; /* NULL: no figures */
    str base, when;
    str markdown;
    cmark_node *paragraph, *last_figure; /* behind which the next figure stands */
    int figures;
    cmark_node *root;
    cmark_iter *walk;
    char *made;
    html shown;
    struct sink plain;
};

/* Whether tables in it cannot grow beyond what a page and the library can bear. */
static bool may_have_tables(str markdown)
{
    size_t lines = 0, widest = 0;
    while (markdown.p) {
        str line = str_split(&markdown, '\n');
        size_t bars = 0;
        for (size_t i = 0; i < line.n; i++) bars += line.p[i] == '|';
        if (bars > widest) widest = bars;
        lines++;
    }
    return widest <= TABLE_WIDE_MAX && widest * lines <= TABLE_CELLS_MAX;
}

static cmark_node *parse(str markdown)
{
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_VALIDATE_UTF8);
    if (!parser) broken("no memory for a text");
    cmark_syntax_extension *tables = cmark_find_syntax_extension("table");
    if (tables && may_have_tables(markdown)) cmark_parser_attach_syntax_extension(parser, tables);
    cmark_parser_feed(parser, markdown.p, markdown.n);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    if (!root) broken("a text could not be read");
    return root;
}

/* Takes "{#name}" off the end of a heading's last words; "" if there is none. */
static str take_name(struct arena *a, cmark_node *heading)
{
    cmark_node *last = cmark_node_last_child(heading);
    if (!last || cmark_node_get_type(last) != CMARK_NODE_TEXT) return S("");
    str words = str_of(cmark_node_get_literal(last));
    ptrdiff_t at = str_find(words, '{');
    if (at < 0 || !str_ends(words, S("}")) || !str_starts(str_from(words, (size_t)at), S("{#")))
        return S("");
    str name = str_cut(str_from(words, (size_t)at + 2), words.n - (size_t)at - 3);
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return S("");
    }
    name = arena_str(a, name);
    cmark_node_set_literal(last, arena_z(a, str_trim(str_cut(words, (size_t)at))));
    return name;
}

/* An empty inline before the words carries the name: the heading itself stays the library's. */
static void name_heading(const struct reading *r, cmark_node *heading)
{
    str name = take_name(r->a, heading);
    if (name.n == 0) return;
    cmark_node *anchor = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
    if (!anchor) broken("no memory for a text");
    cmark_node_set_on_enter(
        anchor, arena_format(r->a, "<span id=\"" STR_FMT "\"></span>", STR_ARG(name)).p);
    cmark_node_prepend_child(heading, anchor);
}

/* "/help" becomes "/ar/help?on=..." */
static void lead_home(const struct reading *r, cmark_node *link)
{
    str url = str_of(cmark_node_get_url(link));
    if (url.n > TEXT_URL_MAX) cmark_node_set_url(link, "");
    if (str_of(cmark_node_get_title(link)).n > TEXT_URL_MAX) cmark_node_set_title(link, "");
    url = str_of(cmark_node_get_url(link));
    if (!str_starts(url, S("/")) || str_starts(url, S("//"))) return;
    if (str_starts(url, S("/data/")) || str_starts(url, S("/openapi"))) return;
    ptrdiff_t hash = str_find(url, '#');
    str path = hash < 0 ? url : str_cut(url, (size_t)hash);
    str rest = hash < 0 ? S("") : str_from(url, (size_t)hash);
    bool has_query = str_find(path, '?') >= 0;
    cmark_node_set_url(link, ARENA_JOIN(r->a, r->base, path, has_query ? S("") : r->when, rest).p);
}

/* Does its work on the tree of a text, and leaves nothing of it behind. */
static void with_tree(struct reading *r, void (*work)(struct reading *r))
{
    struct landing l;
    r->root = parse(r->markdown);
    r->walk = cmark_iter_new(r->root);
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) work(r);
    landing_leave(&l);
    cmark_iter_free(r->walk);
    cmark_node_free(r->root);
    free(r->made);
    if (jump == JUMP_BROKEN) broken("%s", l.why);
    if (jump == JUMP_AGAIN) again();
}

static text_figure_fn *show_figure;

void text_figures_are(text_figure_fn *figure)
{
    show_figure = figure;
}

static bool is_own_figure(const char *url)
{
    return str_starts(str_of(url), S("picture:")) || str_starts(str_of(url), S("film:"));
}

/* The words between the brackets. */
static str words_in(struct arena *a, cmark_node *image)
{
    struct sink out;
    sink_open(&out, a, KIB(64));
    cmark_iter *walk = cmark_iter_new(image);
    for (cmark_event_type e; (e = cmark_iter_next(walk)) != CMARK_EVENT_DONE && out.n < KIB(2);) {
        const char *words = cmark_node_get_literal(cmark_iter_get_node(walk));
        if (e == CMARK_EVENT_ENTER && words) put(&out, str_cut_text(str_of(words), KIB(2)));
    }
    cmark_iter_free(walk);
    return sink_str(&out);
}

static cmark_node *paragraph_of(cmark_node *node)
{
    while (node && (cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK) != CMARK_NODE_TYPE_BLOCK)
        node = cmark_node_parent(node);
    return node && cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH ? node : NULL;
}

/* A figure is a block: it stands behind the paragraph in which it was written. */
static void put_figure(struct reading *r, cmark_node *image)
{
    struct sink out;
    cmark_node *paragraph = paragraph_of(image);
    if (!r->at || !show_figure || !paragraph || r->figures++ >= TEXT_FIGURES_MAX) return;
    sink_open(&out, r->a, KIB(64));
    str caption = str_of(cmark_node_get_title(image));
    show_figure(r->at, str_of(cmark_node_get_url(image)), words_in(r->a, image), caption, &out);
    if (out.n == 0) return;
    cmark_node *block = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
    if (!block) broken("no memory for a text");
    cmark_node_set_on_enter(block, arena_z(r->a, sink_str(&out)));
    if (r->paragraph != paragraph) r->last_figure = r->paragraph = paragraph;
    if (!cmark_node_insert_after(r->last_figure, block)) {
        cmark_node_free(block);
        return;
    }
    r->last_figure = block;
}

static void take_away(cmark_node *node)
{
    cmark_node_unlink(node);
    cmark_node_free(node);
}

/* Pictures of others are not loaded: what they show stays, in words. */
static void replace_image(struct reading *r, cmark_node *image)
{
    if (is_own_figure(cmark_node_get_url(image))) {
        put_figure(r, image);
    } else {
        for (cmark_node *child; (child = cmark_node_first_child(image)) != NULL;)
            if (!cmark_node_insert_before(image, child)) break;
    }
    take_away(image);
}

/* Nothing is left in it but the ends of lines. */
static bool is_blank(cmark_node *node)
{
    for (cmark_node *child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
        cmark_node_type type = cmark_node_get_type(child);
        bool is_text = type == CMARK_NODE_TEXT;
        if (is_text && str_trim(str_of(cmark_node_get_literal(child))).n) return false;
        if (!is_text && type != CMARK_NODE_SOFTBREAK && type != CMARK_NODE_LINEBREAK) return false;
    }
    return true;
}

/* Only what the walk has just left is changed, as the library asks. */
static void arrange(struct reading *r)
{
    for (cmark_event_type e; (e = cmark_iter_next(r->walk)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(r->walk);
        if (e != CMARK_EVENT_EXIT) continue;
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_HEADING) name_heading(r, node);
        if (type == CMARK_NODE_IMAGE) replace_image(r, node);
        else if (type == CMARK_NODE_LINK && is_blank(node)) take_away(node);
        else if (type == CMARK_NODE_PARAGRAPH && is_blank(node)) take_away(node);
        else if (type == CMARK_NODE_LINK) lead_home(r, node);
    }
}

/* A few bytes of Markdown can be made many: such a text is shown as it was written. */
static html as_written(struct arena *a, str markdown)
{
    struct sink out;
    sink_open(&out, a, PAGE_BYTES_MAX);
    put_lit(&out, "<pre>");
    html_text(&out, markdown);
    put_lit(&out, "</pre>\n");
    return (html){ sink_str(&out) };
}

static void make_html(struct reading *r)
{
    arrange(r);
    cmark_syntax_extension *tables = cmark_find_syntax_extension("table");
    cmark_llist list = { NULL, tables };
    r->made = cmark_render_html(r->root, CMARK_OPT_DEFAULT, tables ? &list : NULL);
    if (!r->made) broken("a text could not be written");
    str all = str_of(r->made);
    r->shown = all.n > TEXT_SHOWN_MAX ? as_written(r->a, r->markdown)
                                      : (html){ arena_str(r->a, all) };
}

html text_html(struct arena *a, str markdown, str base, str when)
{
    struct reading r = { .a = a, .base = base, .when = when, .markdown = markdown };
    with_tree(&r, make_html);
    return r.shown;
}

html text_html_at(const struct text_place *at, str markdown, str base, str when)
{
    struct reading r = {
        .a = at->arena, .at = at, .base = base, .when = when, .markdown = markdown
    };
    with_tree(&r, make_html);
    return r.shown;
}

static void make_plain(struct reading *r)
{
    struct sink *out = &r->plain;
    bool within_figure = false;
    for (cmark_event_type e; (e = cmark_iter_next(r->walk)) != CMARK_EVENT_DONE;) {
        if (out->n > TEXT_FILE_MAX) break; /* a table may be far longer than what was written */
        cmark_node *node = cmark_iter_get_node(r->walk);
        cmark_node_type type = cmark_node_get_type(node);
        bool is_figure = type == CMARK_NODE_IMAGE && is_own_figure(cmark_node_get_url(node));
        if (is_figure) within_figure = e == CMARK_EVENT_ENTER;
        if (within_figure) continue; /* it may be withdrawn: its words are not the text's */
        if (e == CMARK_EVENT_EXIT && (type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK &&
            out->n)
            put_lit(out, "\n");
        if (e == CMARK_EVENT_EXIT && type == CMARK_NODE_HEADING) continue;
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) put_char(out, ' ');
        if (type != CMARK_NODE_TEXT && type != CMARK_NODE_CODE) continue;
        str words = str_of(cmark_node_get_literal(node));
        ptrdiff_t name = str_find(words, '{');
        bool is_named = name >= 0 && str_starts(str_from(words, (size_t)name), S("{#"));
        put(out, is_named ? str_cut(words, (size_t)name) : words);
    }
}

str text_plain(struct arena *a, str markdown)
{
    struct reading r = { .a = a, .markdown = markdown };
    sink_open(&r.plain, a, MIB(1));
    with_tree(&r, make_plain);
    return sink_str(&r.plain);
}
