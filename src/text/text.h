/* text/text.h - the campaign's own long texts: pages and articles, in Markdown, in as many languages as somebody wrote.
 *
 * A text is a claim of kind `texts`: an older wording stays readable, an editor's is not lost by an import, and
 * one dated in the future waits. What a language lacks is shown in English and says so. The files are
 * content/LANG/SLUG.md, lessons content/LANG/courses/NAME.md; each begins with a head between two lines of three hyphens.
 * Needs: claim, lang, web.    Never: let markup of a text through unchecked; speak for a room. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "claim/claim.h"
#include "web/text.html.h"
#include "web/web.h"

extern const struct claim_kind text_kind;
extern const struct room text_room;

struct text {
    str claim; /* its statement's id */
    str slug, lang;
    str kind; /* "page", "news", "member", "kit" or "course" (text/lesson.h) */
    str title, summary;
    str body;   /* Markdown */
    str theme;  /* "", "law", "help" ... */
    str states; /* codes separated by spaces */
    str published, reviewed_by, reviewed_on;
    bool is_by_editor; /* entered at the desk; such a wording goes before a file's */
    bool is_foreign;   /* not in the language asked for */
};

/* The newest wording in this language, else in English. What is dated later than `now` waits, whatever day is asked for. */
MUST_USE bool text_get(struct db *db, const struct lang *l, str slug, struct claim_when when,
                       ms now, struct text *out);
/* Every text of a kind ("" for all), each once, in this language where it is there; newest first. */
size_t text_list(struct db *db, const struct lang *l, const char *kind, struct claim_when when,
                 ms now, struct text **out);

/* Where its page is, beneath the language. A member's own page stands on the member's; its news has the member's name for
 * a theme. */
str text_path(struct arena *a, str kind, str slug);
/* A text was published, changed or withdrawn: its words are found as they are now. In the caller's write transaction. */
void text_changed(struct db *db, str kind, str slug, ms now);

/* Ready for {{>text}}. */
struct web_text text_shown(struct req *rq, const struct text *t);

/* Markdown made HTML. Raw HTML is dropped, addresses that begin with / get `base` before them ("/ar") and
 * `when` behind; a heading may
 * end in {#name}. */
html text_html(struct arena *a, str markdown, str base, str when);

/* A picture or a film of the campaign's own stands in a text as ![what it shows](picture:NAME "caption"), or film:NAME.
 * Whoever is lent here writes a figure for it, or nothing if it is not to be seen; then the text reads as if it were
 * not there. It becomes a block of its own behind its paragraph. Every other picture is left out but for its words. */
struct text_place {
    struct db *db;
    struct arena *arena;
    const struct lang *reader;
    ms now;
    str text_lang; /* in which the text is written */
    str origin;    /* "" on a page; "https://host" in a feed, which is read elsewhere */
};
typedef void text_figure_fn(const struct text_place *at, str address, str alt, str caption,
                            struct sink *out);
void text_figures_are(text_figure_fn *figure); /* before anything is shown; NULL: there are none */
html text_html_at(const struct text_place *at, str markdown, str base, str when);

/* The same without any markup, for search and feeds. */
str text_plain(struct arena *a, str markdown);

/* What stands in a text that its writer may want to look at, in its order. */
enum text_part { TEXT_LINK, TEXT_PICTURE, TEXT_HEADING, TEXT_RAW_HTML };
struct text_thing {
    enum text_part part;
    int line, level;    /* level of a heading */
    str address, words; /* of a picture: its alternative text */
};
size_t text_things(struct arena *a, str markdown, struct text_thing **out);

/* Every text, as search finds it. */
void text_documents(struct db *db, const struct lang *l, ms now, struct search_index *into);

/* The files of a folder as one CSV of the kind. What is wrong is said in `complaints`, one line each with file and line. */
str text_files(struct arena *a, const char *folder, struct sink *complaints);

#endif
