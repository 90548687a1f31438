/* What page and file show alike. */
#include "kit/inside.h"

#include "base/limits.h"

str kit_post(struct req *rq, const struct kit *k, str words)
{
    return ARENA_JOIN(rq->arena, words, S("\n"), site_origin(rq), S("/"), k->text.lang, S("/help"));
}

/* Marks of Markdown that a reader of a plain file does not miss: a heading's, and where a link leads. */
static str without_name(str heading)
{
    ptrdiff_t at = str_find(heading, '{');
    return at > 0 && str_ends(heading, S("}")) ? str_trim(str_cut(heading, (size_t)at)) : heading;
}

str kit_readable(struct arena *a, str markdown)
{
    struct sink out;
    sink_open(&out, a, TEXT_SHOWN_MAX);
    for (str rest = markdown; rest.p;) {
        str line = str_split(&rest, '\n'), bare = str_trim(line);
        size_t marks = 0;
        while (marks < bare.n && bare.p[marks] == '#') marks++;
        bool is_point = str_starts(bare, S("- ")) || str_starts(bare, S("* "));
        if (is_point) put_lit(&out, "- ");
        str words = marks ? without_name(str_trim(str_from(bare, marks)))
                          : str_from(bare, is_point ? 2 : 0);
        if (words.n) put(&out, str_trim(text_plain(a, words)));
        put_char(&out, '\n');
    }
    return str_trim(sink_str(&out));
}

struct wear_wish kit_wear(const struct kit *k, const struct lang *l, const struct kit_picture *p)
{
    bool is_one_day = k->first.n && str_eq(k->first, k->last);
    return (struct wear_wish){
        .kind = p->kind,
        .design = p->design,
        .lang = l,
        .phrase = p->phrase,
        .words = S(""),
        .city = S(""),
        .day = is_one_day ? k->first : S(""),
        .who = S(""),
        .code = wear_kind_named(p->kind)->is_print ? S("help") : S(""),
    };
}
