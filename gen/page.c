/* gen-page OUTDIR src/ROOM/NAME.html ... - compiles templates to C.
 *
 * Writes OUTDIR/ROOM/NAME.html.h and .c for each, and OUTDIR/messages.pot. All templates are given at once, for
 * they name each other's views. Ends with 1 and FILE:LINE:COL at the first mistake.
 *
 *   {{x}}                      a value, escaped for its place. In text a number, day or word is written for people, in
 *                              an attribute for machines. At the beginning of an href, src or action it must be a url.
 *   {{#x}}...{{/}}             for each of a list, or if a flag is set or an optional is there, or inside a group
 *   {{#x}}...{{/}}{{^x}}...{{/}}   otherwise
 *   {{>source}}                a shared view's own template, inside a section over it
 *   {{_ "Phrase"}}             a message; {{_ "{n} state" "{n} states" n=count}} with a number that chooses its form
 *                              (an int, or a list: its length) and other fields in its {places}
 *   {{lang}} {{dir}} {{when}}  the language's code, its direction, "?on=..." of the page
 *   {{! comment}}              {{! translators: ...}} is shown to translators with the next phrase
 *
 * A section or comment alone on its line leaves no trace. HTML comments go; space that is not seen goes. */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>

static void split_path(struct pages *all, struct page *p, const char *path)
{
    str rest = str_of(path), room = S(""), file = S("");
    while (rest.p) {
        room = file;
        file = str_split(&rest, '/');
    }
    p->source = text_read(all->arena, path);
    p->room = room;
    p->name = str_cut(file, file.n >= 5 ? file.n - 5 : 0);
    if (!str_ends(file, S(".html")) || !is_name(p->name) || !is_name(room))
        text_fail(&p->source, 0,
                  "a template is called src/ROOM/NAME.html, with small letters, digits and _");
    p->c_name = arena_format(all->arena, STR_FMT "_" STR_FMT, STR_ARG(room), STR_ARG(p->name));
    for (struct page *other = all->at; other < p; other++)
        if (str_eq(other->c_name, p->c_name))
            text_fail(&p->source, 0, "%s makes the same C name " STR_FMT, other->source.path,
                      STR_ARG(p->c_name));
}

static void write_page(struct pages *all, str outdir, const struct page *p)
{
    struct sink head, body;
    sink_open(&head, all->arena, (size_t)1 << 26);
    sink_open(&body, all->arena, (size_t)1 << 26);
    str base = arena_format(all->arena, STR_FMT "/" STR_FMT "/" STR_FMT ".html", STR_ARG(outdir),
                            STR_ARG(p->room), STR_ARG(p->name));
    str c_file = arena_format(all->arena, STR_FMT ".c", STR_ARG(base));

    page_head_write(&head, p);
    put_format(&body,
               "/* Made by gen/page from " STR_FMT "/" STR_FMT
               ".html; change that. */\n#include \"" STR_FMT "/" STR_FMT ".html.h\"\n\n",
               STR_ARG(p->room), STR_ARG(p->name), STR_ARG(p->room), STR_ARG(p->name));
    page_html_write(&body, all, p);
    int line = text_line(&(struct source){ .text = sink_str(&body) }, body.n) + 1;
    put_format(&body, "#line %d ", line); /* back to this file */
    c_literal(&body, c_file, "");
    put_char(&body, '\n');
    page_json_write(&body, all, p);
    text_write(all->arena, arena_format(all->arena, STR_FMT ".h", STR_ARG(base)), sink_str(&head));
    text_write(all->arena, c_file, sink_str(&body));
}

int main(int n, char **args)
{
    if (n < 2) {
        fprintf(stderr, "usage: gen-page OUTDIR src/ROOM/NAME.html ...\n");
        return 2;
    }
    struct arena arena;
    arena_open(&arena, (size_t)1 << 30);
    struct pages all = { .arena = &arena, .messages = { .arena = &arena } };
    all.at = arena_new(&arena, struct page, (size_t)n - 1);
    str outdir = str_of(args[1]);

    for (int i = 2; i < n; i++) {
        split_path(&all, &all.at[all.n], args[i]);
        all.n++;
    }
    for (size_t i = 0; i < all.n; i++) page_view_read(&all, &all.at[i]);
    for (size_t i = 0; i < all.n; i++) page_view_link(&all, &all.at[i]);
    for (size_t i = 0; i < all.n; i++) page_body_read(&all, &all.at[i]);
    for (size_t i = 0; i < all.n; i++) write_page(&all, outdir, &all.at[i]);

    struct sink pot;
    sink_open(&pot, &arena, (size_t)1 << 26);
    message_pot(&pot, &all.messages);
    text_write(&arena, arena_format(&arena, STR_FMT "/messages.pot", STR_ARG(outdir)),
               sink_str(&pot));
    arena_close(&arena);
    return 0;
}
