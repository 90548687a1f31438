/* The declaration at the top of a template: {{!view NAME, a field a line, lists indented, }}. */
#include "page.h"

static const struct type {
    const char *name;
    enum kind kind;
    bool may_be_absent;
} types[] = {
    { "text", TEXT, true },   { "day", DAY, true },    { "url", URL, true },
    { "int", INT, true },     { "year", YEAR, true },  { "real", REAL, true },
    { "flag", FLAG, false },  { "word", WORD, true },  { "phrase", PHRASED, true },
    { "html", MARKUP, true }, { "list", LIST, false }, { "group", GROUP, true },
    { "one", ONE, true },
};

static const char *const taken[] = {
    /* by C, or by the template language */
    "auto",   "bool",   "break",    "case",   "char",     "const",    "continue", "default",
    "do",     "double", "else",     "enum",   "extern",   "false",    "float",    "for",
    "goto",   "if",     "inline",   "int",    "long",     "register", "restrict", "return",
    "short",  "signed", "sizeof",   "static", "struct",   "switch",   "true",     "typedef",
    "typeof", "union",  "unsigned", "void",   "volatile", "while",    "asm",      "lang",
    "dir",    "when",   "view",     "linux",  "unix",
};

bool kind_has_record(enum kind k)
{
    return k == LIST || k == GROUP || k == LIST_OF || k == ONE;
}

bool kind_is_list(enum kind k)
{
    return k == LIST || k == LIST_OF;
}

struct reader {
    struct arena *arena;
    const struct source *source;
    size_t at, end; /* the next line; where the declaration's }} stands */
};

struct line {
    size_t at; /* of its first word */
    size_t indent;
    str words, comment;
};

static bool peek_line(struct reader *r, struct line *out, size_t *next)
{
    while (r->at < r->end) {
        str rest = { r->source->text.p + r->at, r->end - r->at };
        ptrdiff_t n = str_find(rest, '\n');
        str all = n < 0 ? rest : str_cut(rest, (size_t)n);
        *next = r->at + all.n + (n >= 0);
        size_t indent = 0;
        while (indent < all.n && all.p[indent] == ' ') indent++;
        if (indent < all.n && all.p[indent] == '\t')
            text_fail(r->source, r->at + indent, "a tab; indent declarations with spaces");
        str words = str_trim(all), comment = { 0 };
        ptrdiff_t hash = str_find(words, '#');
        if (hash >= 0) {
            comment = str_trim(str_from(words, (size_t)hash + 1));
            words = str_trim(str_cut(words, (size_t)hash));
        }
        *out = (struct line){
            .at = r->at + indent, .indent = indent, .words = words, .comment = comment
        };
        if (words.n || comment.n) return true;
        r->at = *next;
    }
    return false;
}

static str next_word(str *words)
{
    *words = str_trim(*words);
    size_t n = 0;
    while (n < words->n && words->p[n] != ' ') n++;
    str word = str_cut(*words, n);
    *words = str_trim(str_from(*words, n));
    return word;
}

static void add_comment(struct arena *a, str *to, str more)
{
    if (!more.n) return;
    *to = to->n ? arena_format(a, STR_FMT " " STR_FMT, STR_ARG(*to), STR_ARG(more)) : more;
}

static size_t place_of(const struct reader *r, str word)
{
    return (size_t)(word.p - r->source->text.p);
}

static void read_name(struct reader *r, const struct record *rec, struct field *f, str name)
{
    if (!is_name(name))
        text_fail(r->source, f->at,
                  "\"" STR_FMT "\" is not a name; use small letters, digits and _", STR_ARG(name));
    for (size_t i = 0; i < COUNT_OF(taken); i++)
        if (str_eq(name, str_of(taken[i])))
            text_fail(r->source, f->at, "\"%s\" has a meaning of its own; choose another name",
                      taken[i]);
    for (size_t i = 0; i < rec->n; i++)
        if (str_eq(name, rec->field[i].name))
            text_fail(r->source, f->at, "\"" STR_FMT "\" is declared twice; take one away",
                      STR_ARG(name));
    f->name = name;
}

static void read_type(struct reader *r, struct field *f, str words)
{
    str word = next_word(&words);
    size_t at = word.n ? place_of(r, word) : f->at;
    bool is_last_optional = false;
    if (str_ends(word, S("?"))) {
        f->is_optional = true;
        word.n--;
    }
    if (str_eq(word, S("personal")))
        text_fail(r->source, at,
                  "words about a person do not go into a template; show_personal writes them");

    const struct type *t = NULL;
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (str_eq(word, str_of(types[i].name))) t = &types[i];
    if (!t)
        text_fail(r->source, at,
                  "there is no type \"" STR_FMT
                  "\"; there are text, day, url, int, year, real N, flag, "
                  "word, phrase, html, list, list of VIEW, one VIEW, group",
                  STR_ARG(word));
    f->kind = t->kind;

    str more = next_word(&words);
    if (f->kind == LIST && str_eq(more, S("of"))) {
        f->kind = LIST_OF;
        more = next_word(&words);
        f->shared_name = more;
    } else if (f->kind == ONE) {
        f->shared_name = more;
    } else if (f->kind == REAL && !f->is_optional && str_ends(more, S("?"))) {
        f->is_optional = is_last_optional = true;
    }
    if (f->kind == ONE && str_ends(more, S("?"))) {
        f->is_optional = true;
        f->shared_name.n--;
    }
    if (f->kind == REAL) {
        int64_t n;
        if (!str_to_int(str_cut(more, more.n - is_last_optional), &n) || n < 0 || n > 9)
            text_fail(r->source, at, "real needs its decimals, 0 to 9: \"real 1\"");
        f->decimals = (int)n;
    } else if (f->kind == ONE || f->kind == LIST_OF) {
        if (!f->shared_name.n)
            text_fail(r->source, at, "name the shared view: \"" STR_FMT " ... source\"",
                      STR_ARG(word));
    } else if (more.n) {
        words = more;
    }
    if (f->is_optional && (!t->may_be_absent || kind_is_list(f->kind)))
        text_fail(r->source, at, "a " STR_FMT " cannot be absent; %s", STR_ARG(word),
                  f->kind == FLAG ? "use a word for three answers" : "an empty list says the same");
    if (words.n)
        text_fail(r->source, place_of(r, words),
                  "\"" STR_FMT "\" follows the type; a comment begins with #", STR_ARG(words));
}

static void read_fields(struct reader *r, struct record *rec, size_t indent)
{
    size_t room = 0, next;
    struct line line;
    while (peek_line(r, &line, &next)) {
        if (!line.words.n) { /* a comment alone continues the one above */
            if (rec->n) add_comment(r->arena, &rec->field[rec->n - 1].comment, line.comment);
            else if (rec->page) add_comment(r->arena, &rec->page->comment, line.comment);
            r->at = next;
            continue;
        }
        if (line.indent < indent) return;
        if (line.indent > indent)
            text_fail(
                r->source, line.at,
                "is indented deeper than its neighbours; only a list or a group holds fields");
        r->at = next;
        if (rec->n == room) {
            struct field *more = arena_new(r->arena, struct field, room = room ? room * 2 : 8);
            if (rec->n) memcpy(more, rec->field, rec->n * sizeof *more);
            rec->field = more;
        }
        struct field f = { .at = line.at, .comment = line.comment };
        str words = line.words;
        read_name(r, rec, &f, next_word(&words));
        read_type(r, &f, words);
        if (f.kind == LIST || f.kind == GROUP) {
            f.record = arena_new(r->arena, struct record, 1);
            f.record->c_name = arena_format(r->arena, STR_FMT "_" STR_FMT, STR_ARG(rec->c_name),
                                            STR_ARG(f.name));
            struct line inner;
            while (peek_line(r, &inner, &next) && !inner.words.n) {
                add_comment(r->arena, &f.comment, inner.comment);
                r->at = next;
            }
            if (r->at < r->end && peek_line(r, &inner, &next) && inner.indent > indent)
                read_fields(r, f.record, inner.indent);
            if (f.record->n == 0)
                text_fail(r->source, f.at, "\"" STR_FMT "\" has no fields; indent them below it",
                          STR_ARG(f.name));
        }
        rec->field[rec->n++] = f;
    }
}

/* Skips comments before the declaration and gives the offset after "{{!view". */
static size_t find_declaration(const struct source *s)
{
    size_t at = 0;
    for (;;) {
        while (at < s->text.n &&
               (s->text.p[at] == '\n' || s->text.p[at] == ' ' || s->text.p[at] == '\r'))
            at++;
        str rest = str_from(s->text, at);
        if (str_starts(rest, S("{{!view "))) return at + 8;
        if (!str_starts(rest, S("{{!")))
            text_fail(s, at, "a template begins with {{!view NAME and the fields it shows");
        const char *end = memmem(rest.p, rest.n, "}}", 2);
        if (!end) text_fail(s, at, "this comment has no }}");
        at = (size_t)(end - s->text.p) + 2;
    }
}

void page_view_read(struct pages *all, struct page *p)
{
    const struct source *s = &p->source;
    size_t at = find_declaration(s);
    str rest = str_from(s->text, at);
    const char *end = rest.n ? memmem(rest.p, rest.n, "}}", 2) : NULL;
    if (!end) text_fail(s, at, "the declaration has no }}");

    struct reader r = {
        .arena = all->arena, .source = s, .at = at, .end = (size_t)(end - s->text.p)
    };
    ptrdiff_t n = str_find((str){ rest.p, r.end - at }, '\n');
    str first = { rest.p, n < 0 ? r.end - at : (size_t)n };
    r.at = n < 0 ? r.end : at + (size_t)n + 1;
    ptrdiff_t hash = str_find(first, '#');
    if (hash >= 0) {
        p->comment = str_trim(str_from(first, (size_t)hash + 1));
        first = str_cut(first, (size_t)hash);
    }
    if (!str_eq(str_trim(first), p->name))
        text_fail(s, at, "the view is called as its file: {{!view " STR_FMT, STR_ARG(p->name));

    p->record = (struct record){ .c_name = p->c_name, .page = p };
    struct line line;
    size_t next;
    size_t keep = r.at;
    while (peek_line(&r, &line, &next) && !line.words.n) r.at = next;
    size_t indent = line.words.n && r.at < r.end ? line.indent : 0;
    r.at = keep;
    read_fields(&r, &p->record, indent);
    if (peek_line(&r, &line, &next))
        text_fail(
            s, line.at,
            "is indented less than the fields above it; give the view's fields one indentation");
    p->body_at = r.end + 2;
}
