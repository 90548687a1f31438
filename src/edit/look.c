/* What its writer should look at before others do: links that lead nowhere, headings out of order, pictures without words. */
#include "edit/inside.h"

#include "base/limits.h"
#include "search/search.h"

#define WARNINGS_MAX 30

static void warn(struct edit_look *look, int line, struct phrase what, str about)
{
    if (look->warnings_n == WARNINGS_MAX) return;
    look->warnings[look->warnings_n++] = (struct edit_warning){ line, what,
                                                                str_cut_text(about, 120) };
}

/* Kinds of pages that search knows all of: what is not among them is not there. */
static bool is_known_section(str path)
{
    static const char *const all[] = { "/countries/", "/news/",  "/law/",     "/members/",
                                       "/who/",       "/pages/", "/calendar/" };
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (str_starts(path, str_of(all[i]))) return true;
    return false;
}

static bool leads_nowhere(struct req *rq, str address)
{
    bool is_named = false;
    str rest = address, path = str_split(&rest, '#');
    path = str_split(&path, '?');
    if (!site_serves(rq, path, &is_named)) return true;
    str deeper = str_from(path, 1);
    (void)str_split(&deeper, '/');
    bool is_one_name = deeper.p && str_find(deeper, '/') < 0;
    return is_named && is_one_name && is_known_section(path) &&
           search_title(rq->db, rq->lang, path).n == 0;
}

/* "/en/news" pins a reader to one language; the program puts their own before "/news". */
static bool names_language(str address)
{
    str rest = str_from(address, 1), first = str_split(&rest, '/');
    return lang_find(first) != NULL;
}

static void look_at_link(struct req *rq, struct edit_look *look, const struct text_thing *t)
{
    str address = t->address;
    bool is_here = str_starts(address, S("/")) && !str_starts(address, S("//"));
    if (address.n == 0)
        warn(look, t->line, PHRASE("A link leads nowhere: it has no address."), t->words);
    else if (is_here && names_language(address))
        warn(look, t->line,
             PHRASE("Leave the language out of this address: each reader is led to their own."),
             address);
    else if (is_here && !str_starts(address, S("/data/")) && leads_nowhere(rq, address))
        warn(look, t->line, PHRASE("No page of this site is at this address."), address);
    else if (str_starts(address, S("http://")))
        warn(look, t->line, PHRASE("This address is not protected on its way (http)."), address);
    if (t->words.n == 0 && address.n)
        warn(look, t->line, PHRASE("This link has no words to press."), address);
}

static int look_at_heading(struct edit_look *look, const struct text_thing *t, int before)
{
    if (t->level == 1)
        warn(look, t->line,
             PHRASE("The title is the page's first heading. Begin with ## in the text."), t->words);
    else if (t->level > before + 1)
        warn(look, t->line,
             PHRASE("This heading skips a level: those who listen to the page lose their way."),
             t->words);
    if (t->words.n == 0) warn(look, t->line, PHRASE("This heading has no words."), S(""));
    return t->level;
}

struct edit_look edit_look_at(struct req *rq, str body, const struct lang *l)
{
    struct text_thing *things;
    struct lang_token *words;
    struct edit_look look = { .warnings = arena_new(rq->arena, struct edit_warning, WARNINGS_MAX) };
    str text = str_cut_text(body, TEXT_FILE_MAX);
    size_t n = text_things(rq->arena, text, &things);
    int level = 1;
    look.words = lang_words(rq->arena, l, text_plain(rq->arena, text), &words);
    for (size_t i = 0; i < n; i++) {
        const struct text_thing *t = &things[i];
        switch (t->part) {
        case TEXT_LINK: look_at_link(rq, &look, t); break;
        case TEXT_HEADING: level = look_at_heading(&look, t, level); break;
        case TEXT_PICTURE:
            warn(
                &look, t->line,
                t->words.n
                    ? PHRASE(
                          "Pictures of other sites are not shown; readers get these words instead.")
                    : PHRASE("This picture has no words for those who cannot see it."),
                t->words.n ? t->words : t->address);
            break;
        case TEXT_RAW_HTML:
            warn(&look, t->line, PHRASE("HTML is not taken. Write Markdown instead."), S(""));
            break;
        }
    }
    return look;
}
