/* Writes a room's statements as C: one struct per out:, one function per statement. */
#include "gen/sql.h"

#include <stdio.h>

static const char *c_type(str type)
{
    if (str_eq(type, S("bool"))) return "bool ";
    if (str_eq(type, S("id"))) return "id ";
    if (str_eq(type, S("ms"))) return "ms ";
    if (str_eq(type, S("int"))) return "int64_t ";
    if (str_eq(type, S("personal"))) return "personal ";
    if (str_eq(type, S("sealed"))) return "struct sealed ";
    return "str ";
}

static bool is_text(str type)
{
    return !(str_eq(type, S("int")) || str_eq(type, S("id")) || str_eq(type, S("ms")) ||
             str_eq(type, S("bool")));
}

/* Where the str stands in a value of this type. */
static const char *member(str type)
{
    return str_eq(type, S("sealed")) ? ".box" : str_eq(type, S("personal")) ? ".words" : "";
}

static char letter(const struct field *f)
{
    bool is_bytes = str_eq(f->type, S("bytes")) || str_eq(f->type, S("sealed"));
    char c = is_bytes                     ? 'y'
             : is_text(f->type)           ? 't'
             : str_eq(f->type, S("bool")) ? 'b'
             : str_eq(f->type, S("id"))   ? 'u'
                                          : 'i';
    return (char)(f->is_optional ? c - 'a' + 'A' : c);
}

static const struct statement *by_name(const struct room_sql *room, const struct statement *q,
                                       str name)
{
    for (int i = 0; i < room->n; i++)
        if (str_eq(room->all[i].name, name)) return &room->all[i];
    complain(room->file, q->line, 1, "together: no statement \"" STR_FMT "\"", STR_ARG(name));
}

static void write_struct(struct sink *out, const struct room_sql *room, int at)
{
    const struct statement *q = &room->all[at];
    if (!q->out_n) return;
    for (int i = 0; i < at; i++)
        if (str_eq(room->all[i].out_struct, q->out_struct))
            return; /* two statements may share one */
    put_format(out, "struct " STR_FMT " {\n", STR_ARG(q->out_struct));
    for (int i = 0; i < q->out_n; i++)
        put_format(out, "    %s" STR_FMT ";%s\n", c_type(q->out[i].type), STR_ARG(q->out[i].name),
                   q->out[i].is_optional ? " /* p is NULL when absent */" : "");
    put_lit(out, "};\n");
}

static void write_in(struct sink *out, const struct statement *q)
{
    for (int i = 0; i < q->in_n; i++)
        put_format(out, ", %s" STR_FMT, c_type(q->in[i].type), STR_ARG(q->in[i].name));
}

static void write_signature(struct sink *out, const struct statement *q)
{
    static const char *const kinds[] = { "int64_t ", "void ", "bool ", "size_t " };
    put_format(out, "%s" STR_FMT "(struct db *db", kinds[q->gives], STR_ARG(q->name));
    write_in(out, q);
    if (q->gives == GIVES_MANY)
        put_format(out, ", struct " STR_FMT " **out", STR_ARG(q->out_struct));
    else if (q->gives != GIVES_COUNT)
        put_format(out, ", struct " STR_FMT " *out", STR_ARG(q->out_struct));
    put_lit(out, ")");
}

/* The places of all statements of a together, each name once. */
static struct statement together_in(const struct room_sql *room, const struct statement *q)
{
    struct statement all = *q;
    for (int i = 0; i < q->together_n; i++) {
        const struct statement *one = by_name(room, q, q->together[i]);
        for (int k = 0; k < one->in_n; k++) {
            bool is_known = false;
            for (int m = 0; m < all.in_n; m++)
                is_known = is_known || str_eq(all.in[m].name, one->in[k].name);
            if (is_known) continue;
            if (all.in_n == FIELDS_MAX)
                complain(room->file, q->line, 1, "together: more than %d values", FIELDS_MAX);
            all.in[all.in_n++] = one->in[k];
        }
    }
    return all;
}

static void write_together_head(struct sink *out, const struct room_sql *room,
                                const struct statement *q, bool is_header)
{
    struct statement all = together_in(room, q);
    if (is_header) {
        put_format(out, "struct " STR_FMT " {\n", STR_ARG(q->name));
        for (int i = 0; i < q->together_n; i++) {
            const struct statement *one = by_name(room, q, q->together[i]);
            put_format(out, "    struct " STR_FMT " *" STR_FMT ";\n    size_t " STR_FMT "_n;\n",
                       STR_ARG(one->out_struct), STR_ARG(one->name), STR_ARG(one->name));
        }
        put_lit(out, "};\n");
    }
    put_format(out, "void " STR_FMT "(struct db *db", STR_ARG(q->name));
    write_in(out, &all);
    put_format(out, ", struct " STR_FMT " *out)", STR_ARG(q->name));
}

void sql_write_header(struct sink *out, const struct room_sql *room)
{
    put_format(out, "/* Made from %s. */\n#pragma once\n#include \"seal/keep.h\"\n\n", room->file);
    for (int i = 0; i < room->n; i++) {
        const struct statement *q = &room->all[i];
        if (q->together_n) {
            write_together_head(out, room, q, true);
            put_lit(out, ";\n\n");
            continue;
        }
        write_struct(out, room, i);
        put_format(out, "/* " STR_FMT " */\n", STR_ARG(q->purpose));
        write_signature(out, q);
        put_lit(out, ";\n\n");
    }
    put_format(out, "extern struct query *const " STR_FMT "_queries[]; /* NULL-ended */\n",
               STR_ARG(room->room));
    keeps_write_header(out, room);
}

static void write_c_string(struct sink *out, str s)
{
    put_lit(out, "\"");
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\n') {
            put_lit(out, "\\n\"\n        \"");
            continue;
        }
        if (s.p[i] == '"' || s.p[i] == '\\') put_char(out, '\\');
        put_char(out, s.p[i]);
    }
    put_lit(out, "\"");
}

static void write_query(struct sink *out, const struct room_sql *room, const struct statement *q)
{
    put_format(out,
               "\n#line %d \"%s\"\nstatic struct query q_" STR_FMT " = {\n    .name = \"" STR_FMT
               "\", ",
               q->line, room->file, STR_ARG(q->name), STR_ARG(q->name));
    put_format(out,
               ".room = \"" STR_FMT "\", .where = \"%s:%d\",\n    .sqlite = ", STR_ARG(room->topic),
               room->file, q->line);
    write_c_string(out, q->sqlite);
    put_lit(out, ",\n    .pg = ");
    write_c_string(out, q->pg);
    put_lit(out, ",\n    .in_types = \"");
    for (int i = 0; i < q->in_n; i++) put_char(out, letter(&q->in[i]));
    put_lit(out, "\", .out_types = \"");
    for (int i = 0; i < q->out_n; i++) put_char(out, letter(&q->out[i]));
    put_lit(out, "\", .out_names = \"");
    for (int i = 0; i < q->out_n; i++)
        put_format(out, "%s" STR_FMT, i ? " " : "", STR_ARG(q->out[i].name));
    put_format(out, "\", .is_write = %s,\n};\n", q->is_write ? "true" : "false");
}

static void write_value_list(struct sink *out, const struct statement *q)
{
    for (int i = 0; i < q->in_n; i++) {
        const struct field *f = &q->in[i];
        if (is_text(f->type))
            put_format(out, " { .text = " STR_FMT "%s },", STR_ARG(f->name), member(f->type));
        else put_format(out, " { .number = (int64_t)" STR_FMT " },", STR_ARG(f->name));
    }
}

static void write_values(struct sink *out, const struct statement *q)
{
    put_lit(out, "    struct value in[] = {");
    write_value_list(out, q);
    put(out, str_of(q->in_n ? " };\n" : " { 0 } };\n"));
}

static void write_row(struct sink *out, const struct statement *q)
{
    for (int i = 0; i < q->out_n; i++) {
        const char *cast = str_eq(q->out[i].type, S("bool")) ? "0 != "
                           : str_eq(q->out[i].type, S("id")) ? "(id)"
                                                             : "";
        put_format(out, "    row->" STR_FMT "%s = %squery_%s(c, %d);\n", STR_ARG(q->out[i].name),
                   member(q->out[i].type), cast, is_text(q->out[i].type) ? "text" : "int", i);
    }
}

static void write_row_reader(struct sink *out, const struct statement *q)
{
    put_format(out, "static void row_" STR_FMT "(struct cursor *c, struct " STR_FMT " *row)\n{\n",
               STR_ARG(q->name), STR_ARG(q->out_struct));
    write_row(out, q);
    put_lit(out, "}\n\n");
}

/* Reads all rows of cursor `c` into an array that doubles. */
static void write_many(struct sink *out, const struct statement *q, const char *indent)
{
    put_format(out,
               "%ssize_t n = 0, room = 16;\n%sstruct " STR_FMT
               " *rows = arena_new(db_arena(db), struct " STR_FMT ", room);\n",
               indent, indent, STR_ARG(q->out_struct), STR_ARG(q->out_struct));
    put_format(out, "%swhile (query_step(c)) {\n%s    if (n == room) {\n", indent, indent);
    put_format(out,
               "%s        struct " STR_FMT " *more = arena_new(db_arena(db), struct " STR_FMT
               ", room * 2);\n",
               indent, STR_ARG(q->out_struct), STR_ARG(q->out_struct));
    put_format(out,
               "%s        memcpy(more, rows, n * sizeof *rows);\n%s        rows = more;\n%s        "
               "room *= 2;\n%s    }\n",
               indent, indent, indent, indent);
    put_format(out, "%s    row_" STR_FMT "(c, &rows[n++]);\n%s}\n%squery_end(c);\n", indent,
               STR_ARG(q->name), indent, indent);
}

static void write_function(struct sink *out, const struct statement *q)
{
    if (q->out_n) write_row_reader(out, q);
    write_signature(out, q);
    put_lit(out, "\n{\n");
    write_values(out, q);
    put_format(out, "    struct cursor run = query_run(db, &q_" STR_FMT ", in), *c = &run;\n",
               STR_ARG(q->name));
    switch (q->gives) {
    case GIVES_COUNT:
        put_lit(out, "    while (query_step(c)) { }\n    return query_end(c);\n");
        break;
    case GIVES_ONE:
    case GIVES_MAYBE_ONE:
        put_format(out,
                   "    bool is_there = query_step(c);\n    if (is_there) row_" STR_FMT
                   "(c, out);\n    query_end(c);\n",
                   STR_ARG(q->name));
        put(out,
            str_of(q->gives == GIVES_ONE ? "    assert(is_there);\n" : "    return is_there;\n"));
        break;
    case GIVES_MANY:
        write_many(out, q, "    ");
        put_lit(out, "    *out = rows;\n    return n;\n");
        break;
    }
    put_lit(out, "}\n");
}

static void write_together(struct sink *out, const struct room_sql *room, const struct statement *q)
{
    put_format(out, "\n#line %d \"%s\"\n", q->line, room->file);
    write_together_head(out, room, q, false);
    put_lit(out, "\n{\n");
    for (int i = 0; i < q->together_n; i++) {
        const struct statement *one = by_name(room, q, q->together[i]);
        if (!one->out_n)
            complain(room->file, q->line, 1, "together: \"" STR_FMT "\" gives no rows",
                     STR_ARG(one->name));
        put_format(out, "    struct value in_%d[] = {", i);
        write_value_list(out, one);
        put(out, str_of(one->in_n ? " };\n" : " { 0 } };\n"));
    }
    put_lit(out, "    struct call calls[] = {\n");
    for (int i = 0; i < q->together_n; i++)
        put_format(out, "        { .q = &q_" STR_FMT ", .in = in_%d },\n", STR_ARG(q->together[i]),
                   i);
    put_format(out, "    };\n    query_run_together(db, calls, %d);\n", q->together_n);
    for (int i = 0; i < q->together_n; i++) {
        const struct statement *one = by_name(room, q, q->together[i]);
        put_format(out, "    {\n        struct cursor *c = &calls[%d].cursor;\n", i);
        write_many(out, one, "        ");
        put_format(out,
                   "        out->" STR_FMT " = rows;\n        out->" STR_FMT "_n = n;\n    }\n",
                   STR_ARG(one->name), STR_ARG(one->name));
    }
    put_lit(out, "}\n");
}

void sql_write_code(struct sink *out, const struct room_sql *room, const char *header)
{
    put_format(out, "/* Made from %s. */\n#include \"%s\"\n\n#include <assert.h>\n", room->file,
               header);
    for (int i = 0; i < room->n; i++) {
        const struct statement *q = &room->all[i];
        if (q->together_n) continue;
        write_query(out, room, q);
        write_function(out, q);
    }
    for (int i = 0; i < room->n; i++)
        if (room->all[i].together_n) write_together(out, room, &room->all[i]);
    keeps_write_code(out, room);
    put_format(out, "\nstruct query *const " STR_FMT "_queries[] = {\n", STR_ARG(room->room));
    for (int i = 0; i < room->n; i++)
        if (!room->all[i].together_n)
            put_format(out, "    &q_" STR_FMT ",\n", STR_ARG(room->all[i].name));
    keeps_write_names(out, room);
    put_lit(out, "    NULL,\n};\n");
}

static str replace_word(struct arena *a, str sql, str from, str to)
{
    struct sink out;
    sink_open(&out, a, 1 << 20);
    for (size_t i = 0; i < sql.n;) {
        str rest = str_from(sql, i);
        if (str_starts(rest, from)) {
            put(&out, to);
            i += from.n;
        } else {
            put_char(&out, sql.p[i++]);
        }
    }
    return sink_str(&out);
}

str step_for_sqlite(struct arena *a, str sql)
{
    str blobs = replace_word(a, sql, S(" BYTEA"), S(" BLOB"));
    /* Only this spelling makes the key the row's own place in the file. */
    return replace_word(a, blobs, S(" BIGINT NOT NULL PRIMARY KEY"),
                        S(" INTEGER NOT NULL PRIMARY KEY"));
}

str step_for_pg(struct arena *a, str sql)
{
    return replace_word(a, sql, S(" TEXT"), S(" TEXT COLLATE \"C\""));
}

void steps_write(struct sink *out, struct arena *a, str room, const char *const *files, int n)
{
    put_format(out, "\nconst struct step " STR_FMT "_steps[] = {\n", STR_ARG(room));
    for (int i = 0; i < n; i++) {
        str path = str_of(files[i]), name = path;
        while (str_find(name, '/') >= 0) name = str_from(name, (size_t)str_find(name, '/') + 1);
        int64_t number = 0;
        if (!str_to_int(str_cut(name, 4), &number))
            complain(files[i], 1, 1, "a step is named 0001_what.sql");
        put_format(out,
                   "    { .room = \"" STR_FMT "\", .number = %d, .name = \"" STR_FMT
                   "\",\n      .sqlite = ",
                   STR_ARG(room), (int)number, STR_ARG(str_cut(name, name.n - 4)));
        write_c_string(out, step_for_sqlite(a, read_file(a, files[i])));
        put_lit(out, ",\n      .pg = ");
        write_c_string(out, step_for_pg(a, read_file(a, files[i])));
        put_lit(out, " },\n");
    }
    put_lit(out, "    { 0 },\n};\n");
}
