/* Writes the C function that writes the page. */
#include "page.h"

#include <stdio.h>

/* The C expression of a field's value. */
static str value_of(struct arena *a, const struct field *f, const char *var)
{
    bool is_boxed = f->is_optional && (f->kind == INT || f->kind == YEAR || f->kind == REAL);
    return arena_format(a, "%s->" STR_FMT "%s", var, STR_ARG(f->name), is_boxed ? ".v" : "");
}

/* The C condition under which a field is there. */
static str presence_of(struct arena *a, const struct field *f, const char *var)
{
    const char *how = "";
    switch (f->kind) {
    case TEXT:
    case DAY:
    case URL: how = ".p"; break;
    case INT:
    case YEAR:
    case REAL: how = ".is"; break;
    case WORD: how = ".code.p"; break;
    case PHRASED: how = ".english"; break;
    case MARKUP: how = ".markup.p"; break;
    case LIST:
    case LIST_OF: how = "_n"; break;
    case FLAG:
    case GROUP:
    case ONE: break;
    }
    return arena_format(a, "%s->" STR_FMT "%s", var, STR_ARG(f->name), how);
}

static const char *text_writer(enum place place)
{
    switch (place) {
    case BEGINS_URL: return "show_url";
    case WITHIN_URL: return "url_part";
    case IN_TEXT:
    case IN_RCDATA:
    case IN_ATTRIBUTE: break;
    }
    return "html_text";
}

static void write_value(struct code *c, struct arena *a, const struct node *n)
{
    const struct field *f = n->field;
    const char *x = arena_z(a, value_of(a, f, n->var)), *write = text_writer(n->place);
    bool is_for_people = n->place == IN_TEXT || n->place == IN_RCDATA;
    switch (f->kind) {
    case TEXT:
    case URL: code_line(c, n->line, "%s(out, %s);", write, x); break;
    case DAY:
        if (is_for_people)
            code_line(c, n->line, "html_text(out, lang_day_text(out->arena, show->lang, %s));", x);
        else code_line(c, n->line, "%s(out, %s);", write, x);
        break;
    case INT:
        if (is_for_people) code_line(c, n->line, "lang_number(out, show->lang, %s);", x);
        else code_line(c, n->line, "put_int(out, %s);", x);
        break;
    case YEAR:
        if (is_for_people) code_line(c, n->line, "lang_year(out, show->lang, %s);", x);
        else code_line(c, n->line, "put_int(out, %s);", x);
        break;
    case REAL:
        if (is_for_people)
            code_line(c, n->line, "lang_real(out, show->lang, %s, %d);", x, f->decimals);
        else code_line(c, n->line, "show_real(out, %s, %d);", x, f->decimals);
        break;
    case WORD:
        if (is_for_people)
            code_line(c, n->line, "html_text(out, lang_text(show->lang, %s.phrase));", x);
        else code_line(c, n->line, "%s(out, %s.code);", write, x);
        break;
    case PHRASED: code_line(c, n->line, "%s(out, lang_text(show->lang, %s));", write, x); break;
    case MARKUP: code_line(c, n->line, "html_ready(out, %s);", x); break;
    case FLAG:
    case LIST:
    case LIST_OF:
    case GROUP:
    case ONE: break; /* refused by page_body */
    }
}

static void put_argument(struct sink *out, struct arena *a, const struct argument *arg)
{
    const struct field *f = arg->field;
    str x = value_of(a, f, arg->var);
    put_format(out, "{ .name = \"" STR_FMT "\", ", STR_ARG(arg->name));
    switch (f->kind) {
    case INT: put_format(out, ".kind = ARG_NUMBER, .number = " STR_FMT " }", STR_ARG(x)); break;
    case LIST:
    case LIST_OF:
        put_format(out, ".kind = ARG_NUMBER, .number = (int64_t)" STR_FMT "_n }", STR_ARG(x));
        break;
    case YEAR: put_format(out, ".kind = ARG_YEAR, .number = " STR_FMT " }", STR_ARG(x)); break;
    case REAL:
        put_format(out, ".kind = ARG_REAL, .real = " STR_FMT ", .decimals = %d }", STR_ARG(x),
                   f->decimals);
        break;
    case DAY: put_format(out, ".kind = ARG_DAY, .text = " STR_FMT " }", STR_ARG(x)); break;
    case WORD:
        put_format(out, ".kind = ARG_TEXT, .text = lang_text(show->lang, " STR_FMT ".phrase) }",
                   STR_ARG(x));
        break;
    case PHRASED:
        put_format(out, ".kind = ARG_TEXT, .text = lang_text(show->lang, " STR_FMT ") }",
                   STR_ARG(x));
        break;
    default: put_format(out, ".kind = ARG_TEXT, .text = " STR_FMT " }", STR_ARG(x)); break;
    }
}

static void write_phrase(struct code *c, struct arena *a, const struct node *n)
{
    struct sink s;
    sink_open(&s, a, (size_t)1 << 20);
    const char *write = text_writer(n->place);
    if (n->args_n == 0) {
        put_format(&s, "%s(out, lang_text(show->lang, PHRASE(", write);
        c_literal(&s, n->text, "");
        put_lit(&s, ")));");
        code_line(c, n->line, STR_FMT, STR_ARG(sink_str(&s)));
        return;
    }
    put_lit(&s, "lang_message(out, show->lang, PHRASE(");
    c_literal(&s, n->text, "");
    put_lit(&s, "), ");
    if (n->many.p) {
        put_lit(&s, "PHRASE(");
        c_literal(&s, n->many, "");
        put_lit(&s, ")");
    } else {
        put_lit(&s, "(struct phrase){ NULL }");
    }
    put_lit(&s, ",\n(const struct lang_arg[]){ ");
    for (size_t i = 0; i < n->args_n; i++) {
        if (i) put_lit(&s, ",\n");
        put_argument(&s, a, &n->args[i]);
    }
    put_format(&s, " }, %zu, %s);", n->args_n, write);
    code_line(c, n->line, STR_FMT, STR_ARG(sink_str(&s)));
}

static void write_nodes(struct code *c, struct arena *a, const struct node *n);

static bool uses(const struct node *n, const char *var)
{
    for (; n; n = n->next) {
        if ((n->var && strcmp(n->var, var) == 0) ||
            (n->kind == PART && strcmp(n->inner_var, var) == 0))
            return true;
        for (size_t i = 0; i < n->args_n; i++)
            if (strcmp(n->args[i].var, var) == 0) return true;
        if (uses(n->inner, var) || uses(n->otherwise, var)) return true;
    }
    return false;
}

static void open_record(struct code *c, const struct node *n, str x, const char *before,
                        const char *after)
{
    code_line(c, n->line, "const struct " STR_FMT " *%s = %s" STR_FMT "%s;",
              STR_ARG(n->field->record->c_name), n->inner_var, before, STR_ARG(x), after);
    if (!uses(n->inner, n->inner_var)) code_line(c, n->line, "(void)%s;", n->inner_var);
}

static void write_section(struct code *c, struct arena *a, const struct node *n)
{
    const struct field *f = n->field;
    str there = presence_of(a, f, n->var), x = value_of(a, f, n->var);
    if (!n->inner && !n->otherwise) return;
    bool is_list = kind_is_list(f->kind), is_sure = f->record && !f->is_optional && !is_list;
    if (n->inner && is_list) {
        const char *i = arena_z(a, arena_format(a, "[i%s]", n->inner_var + 1));
        code_line(c, n->line, "for (size_t i%s = 0; i%s < " STR_FMT "; i%s++) {", n->inner_var + 1,
                  n->inner_var + 1, STR_ARG(there), n->inner_var + 1);
        open_record(c, n, x, "&", i);
    } else if (n->inner) {
        if (is_sure) code_line(c, n->line, "{");
        else code_line(c, n->line, "if (" STR_FMT ") {", STR_ARG(there));
        if (f->record) open_record(c, n, x, f->is_optional ? "" : "&", "");
    }
    write_nodes(c, a, n->inner);
    bool has_otherwise = n->otherwise && !is_sure; /* what is always there has no otherwise */
    if (n->inner && has_otherwise && !is_list) {
        code_line(c, c->line, "} else {");
    } else {
        if (n->inner) code_line(c, c->line, "}");
        if (has_otherwise) code_line(c, n->otherwise->line, "if (!" STR_FMT ") {", STR_ARG(there));
    }
    if (!has_otherwise) return;
    write_nodes(c, a, n->otherwise);
    code_line(c, c->line, "}");
}

static void write_nodes(struct code *c, struct arena *a, const struct node *n)
{
    for (; n; n = n->next) {
        const char *write = text_writer(n->place);
        switch (n->kind) {
        case LITERAL: code_literal(c, n->line, n->text); break;
        case VALUE: write_value(c, a, n); break;
        case PHRASE_NODE: write_phrase(c, a, n); break;
        case SECTION: write_section(c, a, n); break;
        case PART:
            code_line(c, n->line, STR_FMT "_html(out, show, %s);", STR_ARG(n->part->c_name),
                      n->inner_var);
            break;
        case LANG: code_line(c, n->line, "%s(out, lang_code(show->lang));", write); break;
        case DIR:
            code_line(c, n->line, "put(out, lang_is_rtl(show->lang) ? S(\"rtl\") : S(\"ltr\"));");
            break;
        case WHEN: code_line(c, n->line, "html_text(out, show->when);"); break;
        }
    }
    code_end(c);
}

void page_html_write(struct sink *out, struct pages *all, const struct page *p)
{
    struct code c;
    put_format(out,
               "void " STR_FMT
               "_html(struct sink *out, const struct show *show, const struct " STR_FMT " *v)"
               "\n{"
               "\n",
               STR_ARG(p->c_name), STR_ARG(p->c_name));
    put_lit(out, "    (void)out, (void)show, (void)v;\n");
    code_open(&c, out, all->arena, p->source.path);
    write_nodes(&c, all->arena, p->body);
    put_lit(out, "}\n");
}
