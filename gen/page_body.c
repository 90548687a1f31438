/* The body of a template: literals, values, sections, parts. Everything unsafe is refused here. */
#include "page_body.h"

#include <stdlib.h>

#define DEPTH_MAX 30

static struct node *read_nodes(struct body *b, const struct scope *in);

struct tag {
    size_t at, after; /* of "{{"; after "}}" */
    char sign;        /* # ^ / > _ ! or 0 */
    str words;
    bool is_alone; /* on its line: the line leaves no trace */
};

static struct node *new_node(struct body *b, enum node_kind kind, size_t at)
{
    struct node *n = arena_new(b->all->arena, struct node, 1);
    n->kind = kind;
    n->line = text_line(&b->page->source, at);
    return n;
}

/* Where "}}" of the tag at b->at stands; quotes of a phrase may hold braces. */
static size_t tag_end(const struct body *b, bool is_phrase)
{
    const char *p = b->page->source.text.p;
    bool is_quoted = false;
    for (size_t i = b->at + 2; i + 1 < b->end; i++) {
        if (is_quoted && p[i] == '\\') i++;
        else if (is_phrase && p[i] == '"') is_quoted = !is_quoted;
        else if (!is_quoted && p[i] == '}' && p[i + 1] == '}') return i;
    }
    text_fail(&b->page->source, b->at, "this tag has no }}");
}

static bool is_alone(const struct body *b, const struct tag *t, size_t *line_end)
{
    const char *p = b->page->source.text.p;
    size_t from = t->at, to = t->after;
    while (from > b->page->body_at && p[from - 1] == ' ') from--;
    while (to < b->end && (p[to] == ' ' || p[to] == '\r')) to++;
    *line_end = to < b->end ? to + 1 : to;
    return (from == b->page->body_at || p[from - 1] == '\n') && (to == b->end || p[to] == '\n');
}

static struct tag read_tag(struct body *b)
{
    const char *p = b->page->source.text.p;
    char sign = b->at + 2 < b->end ? p[b->at + 2] : 0;
    struct tag t = { .at = b->at, .sign = sign && strchr("#^/>_!", sign) ? sign : 0 };
    size_t end = tag_end(b, t.sign == '_'), from = b->at + 2 + (t.sign != 0);
    t.words = str_trim((str){ p + from, end - from });
    t.after = end + 2;
    size_t line_end;
    t.is_alone = t.sign && t.sign != '_' && b->html.at == AT_TEXT && !b->html.pre &&
                 is_alone(b, &t, &line_end);
    if (t.is_alone) t.after = line_end;
    return t;
}

/* The literal up to the next tag, without the indentation of a tag alone on its line. */
static struct node *read_literal(struct body *b)
{
    const struct source *s = &b->page->source;
    const char *found = memmem(s->text.p + b->at, b->end - b->at, "{{", 2);
    size_t end = found ? (size_t)(found - s->text.p) : b->end, keep = end;
    while (keep > b->at && s->text.p[keep - 1] == ' ') keep--;

    struct node *n = new_node(b, LITERAL, b->at);
    struct sink out;
    sink_open(&out, b->all->arena, (size_t)1 << 28);
    html_feed(&b->html, &out, s, b->at, (str){ s->text.p + b->at, keep - b->at });
    b->at = end;
    struct tag next = { 0 };
    if (found && keep < end) next = read_tag(b);
    if (!next.is_alone) html_feed(&b->html, &out, s, keep, (str){ s->text.p + keep, end - keep });
    html_flush(&b->html, &out);
    n->text = sink_str(&out);
    return n;
}

static void check_value(struct body *b, const struct field *f, enum place place, size_t at)
{
    const struct source *s = &b->page->source;
    if (kind_has_record(f->kind))
        text_fail(s, at, "\"" STR_FMT "\" is a %s; open it with {{#" STR_FMT "}}...{{/}}",
                  STR_ARG(f->name), kind_is_list(f->kind) ? "list" : "group", STR_ARG(f->name));
    if (f->kind == FLAG)
        text_fail(s, at, "\"" STR_FMT "\" is a flag; ask it with {{#" STR_FMT "}}...{{/}}",
                  STR_ARG(f->name), STR_ARG(f->name));
    if (f->kind == MARKUP && place != IN_TEXT)
        text_fail(s, at, "\"" STR_FMT "\" is ready markup; it can stand in text only",
                  STR_ARG(f->name));
    if (place == BEGINS_URL && f->kind != URL)
        text_fail(s, at, "\"" STR_FMT "\" begins an address, so it must be declared a url",
                  STR_ARG(f->name));
}

static struct node *read_value(struct body *b, const struct scope *in, const struct tag *t)
{
    const struct source *s = &b->page->source;
    struct node *n = new_node(b, VALUE, t->at);
    n->place = html_place(&b->html, s, t->at);
    if (str_eq(t->words, S("lang"))) n->kind = LANG;
    else if (str_eq(t->words, S("dir"))) n->kind = DIR;
    else if (str_eq(t->words, S("when"))) n->kind = WHEN;
    else {
        n->field = body_value(b, in, t->words, t->at, &n->var);
        check_value(b, n->field, n->place, t->at);
    }
    if (n->kind != VALUE && n->place == BEGINS_URL)
        text_fail(s, t->at, "{{" STR_FMT "}} cannot begin an address; begin it with / or a url",
                  STR_ARG(t->words));
    html_after_value(&b->html);
    return n;
}

static struct node *read_part(struct body *b, const struct scope *in, const struct tag *t)
{
    const struct source *s = &b->page->source;
    struct node *n = new_node(b, PART, t->at);
    if (html_place(&b->html, s, t->at) != IN_TEXT)
        text_fail(s, t->at, "a part can stand in text only");
    for (const struct scope *at = in; at; at = at->outer) {
        if (!at->outer || !at->record || !at->record->page) continue;
        const struct page *p = at->record->page;
        str full = arena_format(b->all->arena, STR_FMT "/" STR_FMT, STR_ARG(p->room),
                                STR_ARG(p->name));
        if (!str_eq(p->name, t->words) && !str_eq(full, t->words)) continue;
        n->part = at->record->page;
        n->inner_var = at->var;
        html_after_value(&b->html);
        return n;
    }
    text_fail(s, t->at,
              "{{>" STR_FMT "}} stands inside a section over that view: {{#FIELD}}{{>" STR_FMT
              "}}{{/}} with "
              "FIELD a \"list of " STR_FMT "\" or \"one " STR_FMT "\"",
              STR_ARG(t->words), STR_ARG(t->words), STR_ARG(t->words), STR_ARG(t->words));
}

static struct node *read_phrase(struct body *b, const struct scope *in, const struct tag *t)
{
    struct node *n = new_node(b, PHRASE_NODE, t->at);
    n->place = html_place(&b->html, &b->page->source, t->at);
    if (n->place == BEGINS_URL)
        text_fail(&b->page->source, t->at, "a phrase cannot begin an address");
    body_phrase(b, in, n, t->words, t->at);
    html_after_value(&b->html);
    return n;
}

/* Reads up to the section's {{/}} and checks that it ends in the place it began. */
static struct node *read_branch(struct body *b, const struct scope *in, const struct at_html *start,
                                bool is_list, struct at_html *end)
{
    const struct source *s = &b->page->source;
    b->html = *start;
    if (is_list) b->html.eats_space = false;
    if (is_list && html_is_in_tag(start)) b->html.at = AT_EDGE;
    struct node *nodes = read_nodes(b, in);
    if (b->at >= b->end)
        text_fail(s, in->opened_at, "this section is never closed; write {{/}} where it ends");

    struct tag t = read_tag(b);
    if (t.words.n && !str_eq(t.words, in->name))
        text_fail(s, t.at, "{{/" STR_FMT "}} closes {{#" STR_FMT "}}; write {{/}} or its name",
                  STR_ARG(t.words), STR_ARG(in->name));
    html_mark(&b->html);
    struct at_html joined;
    if (!html_join(start, &b->html, &joined)) {
        const char *began = html_words(start);
        text_fail(s, t.at,
                  "the section that began at line %d %s ends %s; end it in the place it began",
                  text_line(s, in->opened_at), began, html_words(&b->html));
    }
    if (is_list && start->at == AT_VALUE && start->url != b->html.url)
        text_fail(s, t.at, "a list cannot begin an address");
    *end = b->html;
    b->at = t.after;
    return nodes;
}

static bool follows_otherwise(struct body *b, str name, struct tag *out)
{
    size_t keep = b->at;
    const char *p = b->page->source.text.p;
    while (b->html.at == AT_TEXT && b->at < b->end && p[b->at] == ' ') b->at++;
    if (b->at != keep && keep > 0 && p[keep - 1] != '\n') b->at = keep;
    if (b->at + 3 < b->end && memcmp(p + b->at, "{{^", 3) == 0) {
        *out = read_tag(b);
        if (str_eq(out->words, name)) return true;
    }
    b->at = keep;
    return false;
}

static struct node *read_section(struct body *b, const struct scope *in, struct tag t)
{
    const struct source *s = &b->page->source;
    if (b->html.at == AT_RAW || b->html.at == AT_COMMENT || b->html.at == AT_DECLARATION ||
        b->html.at == AT_EQUALS || b->html.at == AT_UNQUOTED)
        html_place(&b->html, s, t.at);
    if (++b->depth > DEPTH_MAX)
        text_fail(s, t.at, "more than %d sections inside each other", DEPTH_MAX);

    struct node *n = new_node(b, SECTION, t.at);
    const struct field *f = n->field = body_field(b, in, t.words, t.at, &n->var);
    if (!f->is_optional && !kind_has_record(f->kind) && f->kind != FLAG)
        text_fail(s, t.at,
                  "\"" STR_FMT
                  "\" is always there; declare it with ? if it may be absent, or use a flag",
                  STR_ARG(f->name));
    html_mark(&b->html);
    struct at_html start = b->html, end;
    bool is_list = kind_is_list(f->kind);
    struct scope scope = { .outer = in, .var = n->var, .opened_at = t.at, .name = t.words };
    struct scope inverted = scope;
    b->at = t.after;

    if (t.sign == '^') {
        n->otherwise = read_branch(b, &inverted, &start, false, &end);
        html_join(&start, &end, &b->html);
        b->depth--;
        return n;
    }
    if (f->record) {
        n->inner_var = scope.var = arena_z(b->all->arena,
                                           arena_format(b->all->arena, "v%d", ++b->vars));
        scope.record = f->record;
    } else {
        scope.present = f;
    }
    n->inner = read_branch(b, &scope, &start, is_list, &end);
    struct tag other;
    b->html = end;
    if (follows_otherwise(b, t.words, &other)) {
        b->at = other.after;
        inverted.opened_at = other.at;
        struct at_html first = end;
        n->otherwise = read_branch(b, &inverted, &start, false, &end);
        html_join(&first, &end, &b->html);
    } else {
        html_join(&start, &end, &b->html);
    }
    b->depth--;
    return n;
}

static void read_comment(struct body *b, str words)
{
    if (str_starts(words, S("translators:"))) b->note = str_trim(str_from(words, 12));
}

static struct node *read_nodes(struct body *b, const struct scope *in)
{
    struct node *first = NULL, **last = &first;
    while (b->at < b->end) {
        struct node *n = NULL;
        if (!str_starts((str){ b->page->source.text.p + b->at, b->end - b->at }, S("{{"))) {
            n = read_literal(b);
        } else {
            struct tag t = read_tag(b);
            if (t.sign == '/') {
                if (in->outer) return first;
                text_fail(&b->page->source, t.at, "this closes nothing; no section is open");
            }
            switch (t.sign) {
            case '!': read_comment(b, t.words); break;
            case '#':
            case '^': n = read_section(b, in, t); break;
            case '>': n = read_part(b, in, &t); break;
            case '_': n = read_phrase(b, in, &t); break;
            default: n = read_value(b, in, &t); break;
            }
            if (t.sign != '#' && t.sign != '^') b->at = t.after;
        }
        if (!n) continue;
        *last = n;
        last = &n->next;
    }
    return first;
}

void page_body_read(struct pages *all, struct page *p)
{
    const struct source *s = &p->source;
    while (p->body_at < s->text.n && strchr(" \r\n", s->text.p[p->body_at])) p->body_at++;
    size_t end = s->text.n;
    while (end > p->body_at && strchr(" \r\n", s->text.p[end - 1])) end--;

    struct body b = { .all = all, .page = p, .at = p->body_at, .end = end };
    b.html.eats_space = true;
    struct scope outermost = { .record = &p->record, .var = "v" };
    p->body = read_nodes(&b, &outermost);
    if (b.html.at != AT_TEXT)
        text_fail(s, end, "the template ends %s; is a \">\", a quote or an end tag missing?",
                  html_words(&b.html));
}
