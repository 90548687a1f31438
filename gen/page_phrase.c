/* {{_ "Phrase"}}: messages inside templates, and which fields fill their {places}. */
#include "page_body.h"

const struct field *body_field(struct body *b, const struct scope *in, str name, size_t at,
                               const char **var)
{
    for (const struct scope *s = in; s; s = s->outer) {
        if (!s->record) continue;
        for (size_t i = 0; i < s->record->n; i++) {
            if (!str_eq(s->record->field[i].name, name)) continue;
            *var = s->var;
            return &s->record->field[i];
        }
    }
    if (!is_name(name))
        text_fail(&b->page->source, at,
                  "\"" STR_FMT "\" is not a field's name; values are always escaped, so {{{...}}} "
                  "and {{&...}} do not exist",
                  STR_ARG(name));
    text_fail(&b->page->source, at,
              "there is no field \"" STR_FMT "\" here; declare it at the top of the file",
              STR_ARG(name));
}

const struct field *body_value(struct body *b, const struct scope *in, str name, size_t at,
                               const char **var)
{
    const struct field *f = body_field(b, in, name, at, var);
    if (!f->is_optional) return f;
    for (const struct scope *s = in; s; s = s->outer)
        if (s->present == f && strcmp(s->var, *var) == 0) return f;
    text_fail(&b->page->source, at,
              "\"" STR_FMT "\" may be absent; show it inside {{#" STR_FMT "}}...{{/}}",
              STR_ARG(name), STR_ARG(name));
}

static str quoted(struct body *b, str *words, size_t at)
{
    struct sink out;
    sink_open(&out, b->all->arena, (size_t)1 << 20);
    for (size_t i = 1; i < words->n; i++) {
        char c = words->p[i];
        if (c == '"') {
            *words = str_trim(str_from(*words, i + 1));
            str text = sink_str(&out);
            if (!text.n) text_fail(&b->page->source, at, "a phrase without words");
            return text;
        }
        if (c == '\\' && i + 1 < words->n) {
            c = words->p[++i];
            if (c == 'n') c = '\n';
            else if (c != '"' && c != '\\')
                text_fail(&b->page->source, at,
                          "only \\\", \\\\ and \\n mean something in a phrase");
        }
        put_char(&out, c);
    }
    text_fail(&b->page->source, at, "this phrase has no closing quote");
}

static struct argument *find_argument(struct node *n, str name)
{
    for (size_t i = 0; i < n->args_n; i++)
        if (str_eq(n->args[i].name, name)) return &n->args[i];
    return NULL;
}

static bool names_place(str phrase, str name)
{
    for (size_t i = 0; i + name.n + 1 < phrase.n; i++)
        if (phrase.p[i] == '{' && phrase.p[i + name.n + 1] == '}' &&
            str_eq((str){ phrase.p + i + 1, name.n }, name))
            return true;
    return false;
}

static void check_places(struct body *b, struct node *n, str phrase, size_t at)
{
    for (size_t i = 0; i < phrase.n; i++) {
        if (phrase.p[i] != '{') continue;
        ptrdiff_t end = str_find(str_from(phrase, i), '}');
        str name = end > 0 ? (str){ phrase.p + i + 1, (size_t)end - 1 } : S("");
        if (!is_name(name))
            text_fail(&b->page->source, at, "a \"{\" that names no place; write {name}");
        if (!find_argument(n, name))
            text_fail(&b->page->source, at,
                      "{" STR_FMT "} is not given; write " STR_FMT "=FIELD after the phrase",
                      STR_ARG(name), STR_ARG(name));
    }
}

static void read_arguments(struct body *b, const struct scope *in, struct node *n, str words,
                           size_t at)
{
    while (words.n) {
        size_t len = 0;
        while (len < words.n && !strchr(" \n\r\t", words.p[len])) len++;
        str one = str_cut(words, len);
        words = str_trim(str_from(words, len));
        ptrdiff_t equals = str_find(one, '=');
        str name = equals > 0 ? str_cut(one, (size_t)equals) : S("");
        if (!is_name(name))
            text_fail(&b->page->source, at, "\"" STR_FMT "\" after a phrase; write name=FIELD",
                      STR_ARG(one));
        if (find_argument(n, name))
            text_fail(&b->page->source, at, STR_FMT "= is given twice", STR_ARG(name));
        if (!names_place(n->text, name) && !names_place(n->many, name))
            text_fail(&b->page->source, at, "the phrase has no {" STR_FMT "}", STR_ARG(name));

        struct argument *more = arena_new(b->all->arena, struct argument, n->args_n + 1);
        if (n->args_n) memcpy(more, n->args, n->args_n * sizeof *more);
        n->args = more;
        struct argument *arg = &more[n->args_n++];
        arg->name = name;
        arg->field = body_value(b, in, str_from(one, (size_t)equals + 1), at, &arg->var);
        enum kind k = arg->field->kind;
        if (k == FLAG || k == MARKUP || k == GROUP || k == ONE)
            text_fail(&b->page->source, at,
                      "\"" STR_FMT
                      "\" cannot stand in a phrase; give it text, a number, a day, a word "
                      "or a list (its length)",
                      STR_ARG(arg->field->name));
    }
}

void body_phrase(struct body *b, const struct scope *in, struct node *n, str words, size_t at)
{
    const struct source *s = &b->page->source;
    words = str_trim(words);
    if (!str_starts(words, S("\""))) text_fail(s, at, "a phrase is written {{_ \"Words\"}}");
    n->text = quoted(b, &words, at);
    if (str_starts(words, S("\""))) n->many = quoted(b, &words, at);
    read_arguments(b, in, n, words, at);
    check_places(b, n, n->text, at);
    check_places(b, n, n->many, at);

    bool has_number = false;
    for (size_t i = 0; i < n->args_n; i++)
        has_number |= n->args[i].field->kind == INT || kind_is_list(n->args[i].field->kind);
    if (n->many.p && !has_number)
        text_fail(s, at, "two forms need a number to choose by: n=FIELD, an int or a list");

    for (size_t i = 0; i < b->all->messages.n; i++) {
        const struct message *m = &b->all->messages.at[i];
        if (str_eq(m->one, n->text) && m->many.p && n->many.p && !str_eq(m->many, n->many))
            text_fail(s, at, "the same phrase has another plural at " STR_FMT,
                      STR_ARG(m->places[0]));
    }
    message_add(&b->all->messages, n->text, n->many,
                arena_format(b->all->arena, "%s:%d", s->path, text_line(s, at)), b->note);
    b->note = S("");
}
