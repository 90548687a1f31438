/* Finds PHRASE("..."), PHRASE_CONST("...") and PHRASES("...", "...") in C, outside comments and #define. */
#include "lang.h"

struct cursor {
    struct arena *arena;
    const struct source *s;
    size_t at;
};

static char look(const struct cursor *c, size_t ahead)
{
    return c->at + ahead < c->s->text.n ? c->s->text.p[c->at + ahead] : 0;
}

/* Over spaces and comments; false if there was neither. */
static bool skip_space(struct cursor *c)
{
    size_t from = c->at;
    for (;;) {
        while (look(c, 0) && strchr(" \t\r\n", look(c, 0))) c->at++;
        if (look(c, 0) == '\\' && look(c, 1) == '\n') {
            c->at += 2;
        } else if (look(c, 0) == '/' && look(c, 1) == '/') {
            while (look(c, 0) && look(c, 0) != '\n') c->at++;
        } else if (look(c, 0) == '/' && look(c, 1) == '*') {
            c->at += 2;
            while (look(c, 0) && !(look(c, 0) == '*' && look(c, 1) == '/')) c->at++;
            if (look(c, 0)) c->at += 2;
        } else {
            return c->at > from;
        }
    }
}

static void skip_directive(struct cursor *c)
{
    while (look(c, 0) && look(c, 0) != '\n') c->at += look(c, 0) == '\\' && look(c, 1) ? 2 : 1;
}

static void skip_quoted(struct cursor *c)
{
    char quote = look(c, 0);
    c->at++;
    while (look(c, 0) && look(c, 0) != quote && look(c, 0) != '\n')
        c->at += look(c, 0) == '\\' && look(c, 1) ? 2 : 1;
    if (look(c, 0)) c->at++;
}

static char escape(struct cursor *c)
{
    char e = look(c, 0);
    c->at++;
    switch (e) {
    case 'n': return '\n';
    case 't': return '\t';
    case '"':
    case '\'':
    case '?':
    case '\\': return e;
    default:
        text_fail(c->s, c->at - 1,
                  "write the character itself in a phrase; only \\n \\t \\\" \\\\ are escaped");
    }
}

/* One or more literals side by side. */
static str read_literals(struct cursor *c, const char *macro)
{
    skip_space(c);
    if (look(c, 0) != '"')
        text_fail(c->s, c->at,
                  "%s takes words in quotes; the build collects them for the translators", macro);
    struct sink out;
    sink_open(&out, c->arena, (size_t)1 << 20);
    while (look(c, 0) == '"') {
        c->at++;
        while (look(c, 0) != '"') {
            if (!look(c, 0) || look(c, 0) == '\n')
                text_fail(c->s, c->at, "this literal has no closing quote");
            char got = look(c, 0);
            c->at++;
            put_char(&out, got == '\\' ? escape(c) : got);
        }
        c->at++;
        skip_space(c);
    }
    return sink_str(&out);
}

static void read_phrase(struct cursor *c, str macro, size_t at, struct messages *all)
{
    skip_space(c);
    if (look(c, 0) != '(') return;
    c->at++;
    str one = read_literals(c, arena_z(c->arena, macro)), many = { 0 };
    if (str_eq(macro, S("PHRASES"))) {
        if (look(c, 0) != ',')
            text_fail(c->s, c->at,
                      "PHRASES takes two forms: PHRASES(\"{n} state\", \"{n} states\")");
        c->at++;
        many = read_literals(c, "PHRASES");
    }
    if (look(c, 0) != ')')
        text_fail(c->s, c->at, STR_FMT " takes nothing but words in quotes", STR_ARG(macro));
    if (one.n) /* PHRASE("") says nothing in any language */
        message_add(all, one, many,
                    arena_format(c->arena, "%s:%d", c->s->path, text_line(c->s, at)), S(""));
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

void lang_c_collect(struct arena *a, const struct source *s, struct messages *all)
{
    struct cursor c = { .arena = a, .s = s };
    bool begins_line = true;
    while (c.at < s->text.n) {
        size_t from = c.at;
        if (skip_space(&c)) {
            begins_line |= memchr(s->text.p + from, '\n', c.at - from) != NULL;
            continue;
        }
        if (look(&c, 0) == '#' && begins_line) skip_directive(&c);
        else if (look(&c, 0) == '"' || look(&c, 0) == '\'') skip_quoted(&c);
        else if (is_word(look(&c, 0))) {
            while (is_word(look(&c, 0))) c.at++;
            str word = { s->text.p + from, c.at - from };
            if (str_eq(word, S("PHRASE")) || str_eq(word, S("PHRASE_CONST")) ||
                str_eq(word, S("PHRASES")))
                read_phrase(&c, word, from, all);
        } else {
            c.at++;
        }
        begins_line = false;
    }
}
