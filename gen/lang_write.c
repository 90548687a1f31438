/* Writes phrases.c: the English texts with a hash over them, and each language's texts in the same order. */
#include "lang.h"

static void put_text(struct sink *out, str s)
{
    if (!s.n) {
        put_lit(out, "    { NULL, 0 },\n");
        return;
    }
    put_lit(out, "    S_CONST(");
    c_literal(out, s, "            ");
    put_lit(out, "),\n");
}

static void put_c_name(struct sink *out, str code)
{
    for (size_t i = 0; i < code.n; i++) put_char(out, code.p[i] == '-' ? '_' : code.p[i]);
}

static const struct po_entry *usable(const struct po *po, const struct message *m)
{
    const struct po_entry *e = po_find(po, m->one);
    if (!e || e->is_fuzzy) return NULL;
    for (size_t f = 0; f < e->forms; f++)
        if (!e->form[f].n) return NULL;
    return e;
}

static void write_keys(struct sink *out, struct arena *a, const struct messages *all)
{
    put_lit(out, "const struct lang_key lang_keys[] = {\n");
    size_t plurals = 0;
    for (size_t i = 0; i < all->n; i++) {
        put_lit(out, "    { S_CONST(");
        c_literal(out, all->at[i].one, "              ");
        put_format(out, "), %zu },\n", all->at[i].many.p ? ++plurals : 0);
    }
    put_lit(out, "    { S_CONST(\"\"), 0 },\n};\n\n");

    size_t slots = 4;
    while (slots < all->n * 2) slots *= 2;
    unsigned *slot = arena_new(a, unsigned, slots);
    for (size_t i = 0; i < all->n; i++) {
        size_t at = str_hash(all->at[i].one) & (slots - 1);
        while (slot[at]) at = (at + 1) & (slots - 1);
        slot[at] = (unsigned)i + 1;
    }
    put_format(
        out,
        "const size_t lang_slots_n = %zu; /* a power of two */\nconst uint16_t lang_slots[] = {",
        slots);
    for (size_t i = 0; i < slots; i++) put_format(out, "%s%u,", i % 16 ? " " : "\n    ", slot[i]);
    put_lit(out, "\n};\n\n");
}

static void write_texts(struct sink *out, const struct po *po, const struct messages *all)
{
    put_lit(out, "static const str ");
    put_c_name(out, po->code);
    put_lit(out, "_texts[] = {\n");
    for (size_t i = 0; i < all->n; i++) {
        const struct po_entry *e = usable(po, &all->at[i]);
        put_text(out, e ? e->form[0] : S(""));
    }
    put_lit(out, "    { NULL, 0 },\n};\n\nstatic const str ");
    put_c_name(out, po->code);
    put_lit(out, "_plurals[] = {\n");
    for (size_t i = 0; i < all->n; i++) {
        if (!all->at[i].many.p) continue;
        const struct po_entry *e = usable(po, &all->at[i]);
        for (size_t f = 0; f < po->forms; f++)
            put_text(out, e && f < e->forms ? e->form[f] : S(""));
    }
    put_lit(out, "    { NULL, 0 },\n};\n\n");
}

void lang_write(struct sink *out, struct arena *a, const struct po *po, size_t n,
                const struct messages *all)
{
    put_lit(out,
            "/* Made by gen/lang from lang/ and every phrase of the program; change those. */\n"
            "#include \"lang/table.h\"\n\n");
    write_keys(out, a, all);
    for (size_t i = 0; i < n; i++) write_texts(out, &po[i], all);

    put_format(out,
               "const size_t lang_tables_n = %zu;\nconst struct lang_table lang_tables[] = {\n"
               "    { .code = \"en\", .reviewed = \"\" },\n",
               n + 1);
    for (size_t i = 0; i < n; i++) {
        put_lit(out, "    { .code = ");
        c_literal(out, po[i].code, "");
        put_lit(out, ", .reviewed = ");
        c_literal(out, po[i].reviewed, "");
        put_format(out, ", .is_partial = %s, .forms = %zu, .form_of = { ",
                   po[i].is_partial ? "true" : "false", po[i].forms);
        for (size_t c = 0; c < FORMS_MAX; c++) put_format(out, "%u, ", po[i].form_of[c]);
        put_lit(out, "},\n      .texts = ");
        put_c_name(out, po[i].code);
        put_lit(out, "_texts, .plurals = ");
        put_c_name(out, po[i].code);
        put_lit(out, "_plurals },\n");
    }
    put_lit(out, "};\n");
}
