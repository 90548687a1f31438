#include "html.h"

struct reading {
    struct sink shape, links, words;
};

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static void decode(struct sink *out, str s)
{
    static const struct {
        str name;
        char c;
    } known[] = { { S_CONST("&amp;"), '&' },  { S_CONST("&lt;"), '<' },  { S_CONST("&gt;"), '>' },
                  { S_CONST("&quot;"), '"' }, { S_CONST("&#39;"), '\'' } };
    for (size_t i = 0; i < s.n;) {
        size_t k = 0;
        while (k < COUNT_OF(known) && !str_starts(str_from(s, i), known[k].name)) k++;
        put_char(out, k < COUNT_OF(known) ? known[k].c : s.p[i]);
        i += k < COUNT_OF(known) ? known[k].name.n : 1;
    }
}

static size_t read_attribute(struct reading *r, str s, size_t i)
{
    size_t from = i;
    while (i < s.n && !is_white(s.p[i]) && s.p[i] != '=' && s.p[i] != '>' && s.p[i] != '/') i++;
    str name = { s.p + from, i - from };
    put_char(&r->shape, ' ');
    put(&r->shape, name);
    if (i >= s.n || s.p[i] != '=') return i;
    i++;
    char quote = i < s.n && (s.p[i] == '"' || s.p[i] == '\'') ? s.p[i++] : 0;
    from = i;
    while (i < s.n && (quote ? s.p[i] != quote : !is_white(s.p[i]) && s.p[i] != '>')) i++;
    str value = { s.p + from, i - from };
    bool is_link = str_eq(name, S("href")) || str_eq(name, S("src")) || str_eq(name, S("action"));
    decode(is_link ? &r->links : &r->words, value);
    put_char(is_link ? &r->links : &r->words, is_link ? 0 : '\n');
    return i + (quote != 0);
}

static size_t read_tag(struct reading *r, str s, size_t i, str *raw)
{
    put_char(&r->shape, '<');
    size_t from = ++i;
    if (i < s.n && s.p[i] == '/') i++;
    while (i < s.n && !is_white(s.p[i]) && s.p[i] != '>' && !(s.p[i] == '/' && i > from)) i++;
    str name = { s.p + from, i - from };
    put(&r->shape, name);
    while (i < s.n && s.p[i] != '>') {
        if (is_white(s.p[i]) || s.p[i] == '/') i++;
        else i = read_attribute(r, s, i);
    }
    put_char(&r->shape, '>');
    *raw = S("");
    if (str_eq(name, S("title"))) *raw = S("</title");
    if (str_eq(name, S("textarea"))) *raw = S("</textarea");
    if (str_eq(name, S("script"))) *raw = S("</script");
    return i + 1;
}

static void read_page(struct arena *a, str s, struct reading *r)
{
    sink_open(&r->shape, a, 1 << 22);
    sink_open(&r->links, a, 1 << 22);
    sink_open(&r->words, a, 1 << 22);
    str raw = S("");
    for (size_t i = 0; i < s.n;) {
        char next = i + 1 < s.n ? s.p[i + 1] : 0;
        bool is_tag =
            s.p[i] == '<' && ((next | 32) >= 'a' && (next | 32) <= 'z' ? true : next == '/' || next == '!');
        if (raw.n && !str_starts(str_from(s, i), raw)) is_tag = false;
        if (is_tag) {
            i = read_tag(r, s, i, &raw);
            continue;
        }
        size_t from = i++;
        while (i < s.n && s.p[i] != '<') i++;
        decode(&r->words, (str){ s.p + from, i - from });
        put_char(&r->words, '\n');
    }
}

str html_shape(struct arena *a, str page)
{
    struct reading r;
    read_page(a, page, &r);
    return sink_str(&r.shape);
}

str html_links(struct arena *a, str page)
{
    struct reading r;
    read_page(a, page, &r);
    return sink_str(&r.links);
}

str html_words_of(struct arena *a, str page)
{
    struct reading r;
    read_page(a, page, &r);
    return sink_str(&r.words);
}
