/* Writes the header: the struct and the promises. */
#include "page.h"

static const char *c_type(const struct field *f)
{
    switch (f->kind) {
    case TEXT:
    case DAY:
    case URL: return "str ";
    case INT:
    case YEAR: return f->is_optional ? "struct maybe_int " : "int64_t ";
    case REAL: return f->is_optional ? "struct maybe_real " : "double ";
    case FLAG: return "bool ";
    case WORD: return "struct word ";
    case PHRASED: return "struct phrase ";
    case MARKUP: return "html ";
    case LIST:
    case LIST_OF:
    case GROUP:
    case ONE: break;
    }
    return "";
}

static const char *kind_words(enum kind k)
{
    switch (k) {
    case DAY: return "day";
    case URL: return "url";
    case YEAR: return "year";
    default: return "";
    }
}

static void write_comment(struct sink *out, const struct field *f)
{
    const char *words = kind_words(f->kind);
    if (!*words && !f->is_optional && !f->comment.n) return;
    put_lit(out, " /* ");
    put(out, str_of(words));
    if (f->is_optional) put(out, *words ? S(", may be absent") : S("may be absent"));
    if (f->comment.n) {
        if (*words || f->is_optional) put_lit(out, ": ");
        for (size_t i = 0; i < f->comment.n; i++) {
            put_char(out, f->comment.p[i]);
            if (f->comment.p[i] == '*') put_char(out, ' '); /* never ends this comment */
        }
    }
    put_lit(out, " */");
}

static void write_record(struct sink *out, const struct record *rec)
{
    for (size_t i = 0; i < rec->n; i++)
        if (rec->field[i].kind == LIST || rec->field[i].kind == GROUP)
            write_record(out, rec->field[i].record);

    put_format(out, "struct " STR_FMT " {\n", STR_ARG(rec->c_name));
    if (rec->n == 0) put_lit(out, "    char nothing; /* the view has no fields */\n");
    for (size_t i = 0; i < rec->n; i++) {
        const struct field *f = &rec->field[i];
        put_lit(out, "    ");
        if (kind_is_list(f->kind)) {
            put_format(out, "const struct " STR_FMT " *" STR_FMT ";", STR_ARG(f->record->c_name),
                       STR_ARG(f->name));
            write_comment(out, f);
            put_format(out, "\n    size_t " STR_FMT "_n;\n", STR_ARG(f->name));
            continue;
        }
        if (f->record)
            put_format(out, "%sstruct " STR_FMT " %s", f->is_optional ? "const " : "",
                       STR_ARG(f->record->c_name), f->is_optional ? "*" : "");
        put(out, str_of(c_type(f)));
        put(out, f->name);
        put_char(out, ';');
        write_comment(out, f);
        put_char(out, '\n');
    }
    put_lit(out, "};\n\n");
}

static void write_guard(struct sink *out, const struct page *p)
{
    put_lit(out, "GEN_");
    for (size_t i = 0; i < p->c_name.n; i++) {
        char c = p->c_name.p[i];
        put_char(out, c >= 'a' && c <= 'z' ? (char)(c - 32) : c);
    }
    put_lit(out, "_HTML_H");
}

void page_head_write(struct sink *out, const struct page *p)
{
    put_format(out, "/* Made by gen/page from " STR_FMT "/" STR_FMT ".html; change that.\n",
               STR_ARG(p->room), STR_ARG(p->name));
    put_lit(
        out,
        " *\n * Absent (only fields declared with ?): text, day, url with .p NULL; int, year, real "
        "with .is false;\n"
        " * a word with .code.p NULL; a phrase with .english NULL; html with .markup.p NULL; a "
        "group or a view\n"
        " * that is a NULL pointer. So { 0 } is absent everywhere. A list is a pointer and its "
        "number, NAME_n. */\n");
    put_lit(out, "#ifndef ");
    write_guard(out, p);
    put_lit(out, "\n#define ");
    write_guard(out, p);
    put_lit(out, "\n\n#include \"web/show.h\"\n\n");
    for (size_t i = 0; i < p->uses_n; i++)
        put_format(out, "struct " STR_FMT ";\n", STR_ARG(p->uses[i]->c_name));
    for (size_t i = 0; i < p->uses_n; i++)
        if (p->uses[i] != p)
            put_format(out, "#include \"" STR_FMT "/" STR_FMT ".html.h\"\n",
                       STR_ARG(p->uses[i]->room), STR_ARG(p->uses[i]->name));
    if (p->uses_n) put_char(out, '\n');
    write_record(out, &p->record);
    put_format(out,
               "void " STR_FMT
               "_html(struct sink *out, const struct show *show, const struct " STR_FMT " *v)"
               ";\n",
               STR_ARG(p->c_name), STR_ARG(p->c_name));
    put_format(out, "void " STR_FMT "_json(struct sink *out, const struct " STR_FMT " *v);\n",
               STR_ARG(p->c_name), STR_ARG(p->c_name));
    put_format(out, "extern const struct view " STR_FMT "_view;\n\n#endif\n", STR_ARG(p->c_name));
}
