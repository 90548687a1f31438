/* Writes the JSON writer, the schema and the struct view. */
#include "page.h"

static bool is_in_json(const struct field *f)
{
    return f->kind != MARKUP && f->kind != PHRASED;
}

static void write_record(struct code *c, struct arena *a, const struct record *rec, const char *var,
                         int depth);

static void write_plain(struct code *c, struct arena *a, const struct field *f, const char *var)
{
    str x = arena_format(a, "%s->" STR_FMT, var, STR_ARG(f->name));
    const char *boxed = f->is_optional ? ".v" : "", *is_there = ".p";
    if (f->kind == INT || f->kind == YEAR || f->kind == REAL) is_there = ".is";
    if (f->kind == WORD) is_there = ".code.p";
    if (f->is_optional) code_line(c, 0, "if (" STR_FMT "%s) {", STR_ARG(x), is_there);
    switch (f->kind) {
    case TEXT:
    case DAY:
    case URL: code_line(c, 0, "json_text(out, " STR_FMT ");", STR_ARG(x)); break;
    case INT:
    case YEAR: code_line(c, 0, "put_int(out, " STR_FMT "%s);", STR_ARG(x), boxed); break;
    case REAL:
        code_line(c, 0, "show_real(out, " STR_FMT "%s, %d);", STR_ARG(x), boxed, f->decimals);
        break;
    case WORD: code_line(c, 0, "json_text(out, " STR_FMT ".code);", STR_ARG(x)); break;
    case FLAG:
        code_line(c, 0, "put(out, " STR_FMT " ? S(\"true\") : S(\"false\"));", STR_ARG(x));
        break;
    default: break;
    }
    if (!f->is_optional) return;
    code_line(c, 0, "} else {");
    code_literal(c, 0, S("null"));
    code_line(c, 0, "}");
}

static void write_inner(struct code *c, struct arena *a, const struct field *f, const char *var,
                        int depth)
{
    if (f->shared) code_line(c, 0, STR_FMT "_json(out, %s);", STR_ARG(f->shared->c_name), var);
    else write_record(c, a, f->record, var, depth);
}

static void write_list(struct code *c, struct arena *a, const struct field *f, const char *var,
                       int depth)
{
    code_literal(c, 0, S("["));
    code_line(c, 0, "for (size_t i%d = 0; i%d < %s->" STR_FMT "_n; i%d++) {", depth, depth, var,
              STR_ARG(f->name), depth);
    code_line(c, 0, "const struct " STR_FMT " *v%d = &%s->" STR_FMT "[i%d];",
              STR_ARG(f->record->c_name), depth, var, STR_ARG(f->name), depth);
    code_line(c, 0, "if (i%d) put_char(out, ',');", depth);
    write_inner(c, a, f, arena_z(a, arena_format(a, "v%d", depth)), depth);
    code_line(c, 0, "}");
    code_literal(c, 0, S("]"));
}

static void write_one(struct code *c, struct arena *a, const struct field *f, const char *var,
                      int depth)
{
    str x = arena_format(a, "%s->" STR_FMT, var, STR_ARG(f->name));
    if (f->is_optional) code_line(c, 0, "if (" STR_FMT ") {", STR_ARG(x));
    else code_line(c, 0, "{");
    code_line(c, 0, "const struct " STR_FMT " *v%d = %s" STR_FMT ";", STR_ARG(f->record->c_name),
              depth, f->is_optional ? "" : "&", STR_ARG(x));
    if (!f->shared)
        code_line(c, 0, "(void)v%d;", depth); /* perhaps no field of it is for machines */
    write_inner(c, a, f, arena_z(a, arena_format(a, "v%d", depth)), depth);
    if (f->is_optional) {
        code_line(c, 0, "} else {");
        code_literal(c, 0, S("null"));
    }
    code_line(c, 0, "}");
}

static void write_record(struct code *c, struct arena *a, const struct record *rec, const char *var,
                         int depth)
{
    bool is_first = true;
    code_literal(c, 0, S("{"));
    for (size_t i = 0; i < rec->n; i++) {
        const struct field *f = &rec->field[i];
        if (!is_in_json(f)) continue;
        code_literal(c, 0,
                     arena_format(a, "%s\"" STR_FMT "\":", is_first ? "" : ",", STR_ARG(f->name)));
        is_first = false;
        if (kind_is_list(f->kind)) write_list(c, a, f, var, depth + 1);
        else if (f->record) write_one(c, a, f, var, depth + 1);
        else write_plain(c, a, f, var);
    }
    code_literal(c, 0, S("}"));
    code_end(c);
}

static const char *json_type(enum kind k)
{
    switch (k) {
    case INT:
    case YEAR: return "integer";
    case REAL: return "number";
    case FLAG: return "boolean";
    default: return "string";
    }
}

static void put_about(struct sink *out, str comment, const char *kind)
{
    if (!comment.n && !*kind) return;
    struct sink s;
    sink_open(&s, out->arena, (size_t)1 << 20);
    put(&s, comment);
    if (comment.n && *kind) put_lit(&s, "; ");
    put(&s, str_of(kind));
    put_lit(out, "\"description\":");
    json_text(out, sink_str(&s));
    put_char(out, ',');
}

static void record_schema(struct sink *out, const struct record *rec, str comment,
                          bool is_optional);

static void field_schema(struct sink *out, const struct field *f)
{
    put_char(out, '{');
    if (kind_is_list(f->kind)) {
        put_about(out, f->comment, "");
        put_lit(out, "\"type\":\"array\",\"items\":");
        if (f->shared)
            put_format(out, "{\"$ref\":\"#/components/schemas/" STR_FMT "\"}",
                       STR_ARG(f->shared->c_name));
        else record_schema(out, f->record, S(""), false);
    } else if (f->shared) {
        put_about(out, f->comment, "");
        put_format(out,
                   f->is_optional ? "\"anyOf\":[{\"$ref\":\"#/components/schemas/" STR_FMT
                                    "\"},{\"type\":"
                                    "\"null\"}]"
                                  : "\"$ref\":\"#/components/schemas/" STR_FMT "\"",
                   STR_ARG(f->shared->c_name));
    } else {
        put_about(out, f->comment,
                  f->kind == DAY
                      ? "a day as far as it is known: YYYY-MM-DD, YYYY-MM, YYYY or --MM-DD"
                  : f->kind == URL ? "an address, relative to this site or whole"
                                   : "");
        put_format(out, f->is_optional ? "\"type\":[\"%s\",\"null\"]" : "\"type\":\"%s\"",
                   json_type(f->kind));
    }
    put_char(out, '}');
}

static void record_schema(struct sink *out, const struct record *rec, str comment, bool is_optional)
{
    put_char(out, '{');
    put_about(out, comment, "");
    put(out, is_optional ? S("\"type\":[\"object\",\"null\"],\"required\":[")
                         : S("\"type\":\"object\",\"required\":["));
    bool is_first = true;
    for (size_t i = 0; i < rec->n; i++) {
        if (!is_in_json(&rec->field[i])) continue;
        if (!is_first) put_char(out, ',');
        is_first = false;
        json_text(out, rec->field[i].name);
    }
    put_lit(out, "],\"properties\":{");
    is_first = true;
    for (size_t i = 0; i < rec->n; i++) {
        const struct field *f = &rec->field[i];
        if (!is_in_json(f)) continue;
        put(out, is_first ? S("\n") : S(",\n"));
        is_first = false;
        json_text(out, f->name);
        put_char(out, ':');
        if (f->kind == GROUP) record_schema(out, f->record, f->comment, f->is_optional);
        else field_schema(out, f);
    }
    put_lit(out, "}}");
}

str page_schema(struct pages *all, const struct page *p)
{
    struct sink s;
    sink_open(&s, all->arena, (size_t)1 << 24);
    record_schema(&s, &p->record, p->comment, false);
    return sink_str(&s);
}

static void write_view(struct sink *out, struct pages *all, const struct page *p)
{
    str n = p->c_name;
    put_format(out,
               "\nstatic void any_html(struct sink *out, const struct show *show, const void "
               "*v)\n{\n    " STR_FMT "_html(out, show, v);\n}\n",
               STR_ARG(n));
    put_format(out,
               "\nstatic void any_json(struct sink *out, const void *v)\n{\n    " STR_FMT
               "_json(out, "
               "v);\n}\n\n",
               STR_ARG(n));
    put_lit(out, "static const struct view *const uses[] = { ");
    for (size_t i = 0; i < p->uses_n; i++)
        put_format(out, "&" STR_FMT "_view, ", STR_ARG(p->uses[i]->c_name));
    put_format(out,
               "NULL };\n\nconst struct view " STR_FMT "_view = {\n    .name = \"" STR_FMT "\",\n",
               STR_ARG(n), STR_ARG(n));
    put_lit(out, "    .html = any_html,\n    .json = any_json,\n    .schema =\n        ");
    c_literal(out, page_schema(all, p), "        ");
    put_format(out, ",\n    .uses = uses,\n    .file = \"" STR_FMT "/" STR_FMT ".html\",\n};\n",
               STR_ARG(p->room), STR_ARG(p->name));
}

void page_json_write(struct sink *out, struct pages *all, const struct page *p)
{
    struct code c;
    put_format(out,
               "\nvoid " STR_FMT "_json(struct sink *out, const struct " STR_FMT
               " *v)\n{\n    (void)v;\n",
               STR_ARG(p->c_name), STR_ARG(p->c_name));
    code_open(&c, out, all->arena, NULL);
    write_record(&c, all->arena, &p->record, "v", 0);
    put_lit(out, "}\n");
    write_view(out, all, p);
}
