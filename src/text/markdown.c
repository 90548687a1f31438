/* Markdown by its own authors' library, in safe mode; we only give headings names and addresses a language. */
#include "base/breakage.h"
#include "text/text.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdlib.h>

struct reading {
    struct arena *a;
    str base, when;
};

static cmark_node *parse(str markdown)
{
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_VALIDATE_UTF8);
    if (!parser) broken("no memory for a text");
    cmark_syntax_extension *tables = cmark_find_syntax_extension("table");
    if (tables) cmark_parser_attach_syntax_extension(parser, tables);
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
    if (!str_starts(url, S("/")) || str_starts(url, S("//"))) return;
    if (str_starts(url, S("/data/")) || str_starts(url, S("/openapi"))) return;
    ptrdiff_t hash = str_find(url, '#');
    str path = hash < 0 ? url : str_cut(url, (size_t)hash);
    str rest = hash < 0 ? S("") : str_from(url, (size_t)hash);
    bool has_query = str_find(path, '?') >= 0;
    cmark_node_set_url(link, ARENA_JOIN(r->a, r->base, path, has_query ? S("") : r->when, rest).p);
}

static void arrange(const struct reading *r, cmark_node *root)
{
    cmark_iter *walk = cmark_iter_new(root);
    for (cmark_event_type e; (e = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(walk);
        if (e != CMARK_EVENT_EXIT) continue;
        if (cmark_node_get_type(node) == CMARK_NODE_HEADING) name_heading(r, node);
        if (cmark_node_get_type(node) == CMARK_NODE_LINK) lead_home(r, node);
        if (cmark_node_get_type(node) == CMARK_NODE_IMAGE)
            cmark_node_set_url(node, ""); /* pictures of others are not loaded */
    }
    cmark_iter_free(walk);
}

html text_html(struct arena *a, str markdown, str base, str when)
{
    struct reading r = { a, base, when };
    cmark_node *root = parse(markdown);
    arrange(&r, root);
    cmark_syntax_extension *tables = cmark_find_syntax_extension("table");
    cmark_llist list = { NULL, tables };
    char *made = cmark_render_html(root, CMARK_OPT_DEFAULT, tables ? &list : NULL);
    cmark_node_free(root);
    if (!made) broken("a text could not be written");
    str out = arena_str(a, str_of(made));
    free(made);
    return (html){ out };
}

str text_plain(struct arena *a, str markdown)
{
    struct sink out;
    sink_open(&out, a, MIB(1));
    cmark_node *root = parse(markdown);
    cmark_iter *walk = cmark_iter_new(root);
    for (cmark_event_type e; (e = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(node);
        if (e == CMARK_EVENT_EXIT && (type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK &&
            out.n)
            put_lit(&out, "\n");
        if (e == CMARK_EVENT_EXIT && type == CMARK_NODE_HEADING) continue;
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) put_char(&out, ' ');
        if (type != CMARK_NODE_TEXT && type != CMARK_NODE_CODE) continue;
        str words = str_of(cmark_node_get_literal(node));
        ptrdiff_t name = str_find(words, '{');
        bool is_named = name >= 0 && str_starts(str_from(words, (size_t)name), S("{#"));
        put(&out, is_named ? str_cut(words, (size_t)name) : words);
    }
    cmark_iter_free(walk);
    cmark_node_free(root);
    return sink_str(&out);
}
