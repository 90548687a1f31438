/* cairo's PDF, written anew: the same objects, but the page says where it is cut, the file says its language and title,
 * and nothing says when it was made, so that equal sheets give equal bytes. */
#include "base/limits.h"
#include "draw/sheet_inside.h"

#include <stdlib.h>

#define OBJECTS_MAX 512

struct object {
    size_t at, n; /* its bytes, from "1 0 obj" on */
};

struct pdf {
    str bytes;
    struct object object[OBJECTS_MAX]; /* by number; at 0: none */
    int64_t count;
    int64_t root, info;
};

static bool number_after(str text, const char *word, int64_t *out)
{
    const char *found = memmem(text.p, text.n, word, strlen(word));
    if (!found) return false;
    str rest = str_from(text, (size_t)(found - text.p) + strlen(word));
    while (rest.n && *rest.p == ' ') rest = str_from(rest, 1);
    size_t n = 0;
    while (n < rest.n && rest.p[n] >= '0' && rest.p[n] <= '9') n++;
    return str_to_int(str_cut(rest, n), out);
}

/* The table at the end: "xref\n0 12\n0000000000 65535 f \n0000000567 00000 n \n...". */
static bool read_table(struct pdf *p)
{
    str tail = str_from(p->bytes, p->bytes.n > 64 ? p->bytes.n - 64 : 0);
    int64_t table;
    if (!number_after(tail, "startxref\n", &table) || (uint64_t)table >= p->bytes.n) return false;
    str rest = str_from(p->bytes, (size_t)table);
    if (!str_eq(str_split(&rest, '\n'), S("xref"))) return false;
    str head = str_split(&rest, '\n');
    if (!str_starts(head, S("0 ")) || !str_to_int(str_from(head, 2), &p->count)) return false;
    if (p->count < 2 || p->count > OBJECTS_MAX) return false;
    for (int64_t i = 0; i < p->count; i++) {
        int64_t at;
        str line = str_split(&rest, '\n');
        str digits = str_cut(line, 10);
        while (digits.n > 1 && *digits.p == '0') digits = str_from(digits, 1);
        if (!str_to_int(digits, &at) || (uint64_t)at > p->bytes.n) return false;
        if (i > 0 && str_has(line, S(" n"))) p->object[i].at = (size_t)at;
    }
    /* Each reaches to the next, in the order of the file. */
    for (int64_t i = 1; i < p->count; i++) {
        size_t end = (size_t)table;
        for (int64_t j = 1; j < p->count; j++)
            if (p->object[j].at > p->object[i].at && p->object[j].at < end) end = p->object[j].at;
        if (p->object[i].at) p->object[i].n = end - p->object[i].at;
    }
    return rest.p && number_after(rest, "/Root", &p->root) && number_after(rest, "/Info", &p->info);
}

static str object_of(const struct pdf *p, int64_t i)
{
    return (str){ p->bytes.p + p->object[i].at, p->object[i].n };
}

static void put_rect(struct sink *out, const char *name, double edge, double wide, double high,
                     double beyond)
{
    put_format(out, "   /%s [ %.3f %.3f %.3f %.3f ]\n", name, edge - beyond, edge - beyond,
               edge + wide + beyond, edge + high + beyond);
}

/* A text as PDF has it: UTF-16 with its mark, in hexadecimal. */
static void put_text(struct sink *out, str text)
{
    put_lit(out, "<FEFF");
    for (size_t at = 0; at < text.n;) {
        uint32_t c = pen_letter(text, &at);
        if (c >= 0x10000) {
            put_format(out, "%04X", 0xd800 + ((c - 0x10000) >> 10));
            c = 0xdc00 + ((c - 0x10000) & 0x3ff);
        }
        put_format(out, "%04X", c);
    }
    put_lit(out, ">");
}

/* An object's dictionary with lines of ours at its end. */
static bool put_widened(struct sink *out, str object, str lines)
{
    const char *end = memmem(object.p, object.n, "\n>>\nendobj", 10);
    if (!end) return false;
    size_t n = (size_t)(end - object.p) + 1;
    put(out, str_cut(object, n));
    put(out, lines);
    put(out, str_from(object, n));
    return true;
}

static str page_lines(struct arena *a, const struct sheet_paper *p)
{
    struct sink out;
    double k = p->scale, edge = p->bleed * k + (p->has_marks ? SHEET_MARKS_MM * 72 / 25.4 : 0);
    sink_open(&out, a, KIB(1));
    put_rect(&out, "TrimBox", edge, p->wide * k, p->high * k, 0);
    put_rect(&out, "BleedBox", edge, p->wide * k, p->high * k, p->bleed * k);
    return sink_str(&out);
}

static str info(struct arena *a, const struct sheet_paper *p, int64_t number)
{
    struct sink out;
    sink_open(&out, a, KIB(16));
    put_int(&out, number);
    put_lit(&out, " 0 obj\n<< /Title ");
    put_text(&out, p->title);
    put_lit(&out, "\n   /Subject ");
    put_text(&out, p->about);
    if (p->maker.n) {
        put_lit(&out, "\n   /Author ");
        put_text(&out, p->maker);
    }
    put_lit(&out, "\n   /Producer (cairo)\n>>\nendobj\n");
    return sink_str(&out);
}

static str catalogue_lines(struct arena *a, const struct sheet_paper *p)
{
    return ARENA_JOIN(a, S("   /Lang ("), p->lang,
                      S(")\n   /ViewerPreferences << /DisplayDocTitle true "),
                      p->is_rtl ? S("/Direction /R2L ") : S(""), S(">>\n"));
}

static bool is_page(str object)
{
    return str_has(object, S("/Type /Page\n")) || str_has(object, S("/Type /Page "));
}

static bool put_object(struct sink *out, struct arena *a, const struct pdf *p, int64_t i,
                       const struct sheet_paper *paper)
{
    str object = object_of(p, i);
    if (i == p->info) put(out, info(a, paper, i));
    else if (i == p->root) return put_widened(out, object, catalogue_lines(a, paper));
    else if (is_page(str_cut(object, 200))) return put_widened(out, object, page_lines(a, paper));
    else put(out, object);
    return true;
}

str sheet_pdf_finish(struct arena *a, str pdf, const struct sheet_paper *paper)
{
    struct pdf *p = arena_new(a, struct pdf, 1);
    p->bytes = pdf;
    if (!read_table(p)) return S("");
    struct sink out;
    size_t *at = arena_new(a, size_t, (size_t)p->count);
    sink_open(&out, a, SHEET_BYTES_MAX + KIB(64));
    put_lit(&out, "%PDF-1.5\n%\xb5\xed\xae\xfb\n");
    for (int64_t i = 1; i < p->count; i++) {
        at[i] = sink_str(&out).n;
        if (p->object[i].n && !put_object(&out, a, p, i, paper)) return S("");
    }
    size_t table = sink_str(&out).n;
    put_format(&out, "xref\n0 %lld\n0000000000 65535 f \n", (long long)p->count);
    for (int64_t i = 1; i < p->count; i++)
        put_format(&out, "%010zu 00000 %c \n", at[i], p->object[i].n ? 'n' : 'f');
    put_format(&out,
               "trailer\n<< /Size %lld\n   /Root %lld 0 R\n   /Info %lld 0 R\n>>\n"
               "startxref\n%zu\n%%%%EOF\n",
               (long long)p->count, (long long)p->root, (long long)p->info, table);
    str whole = sink_str(&out);
    return whole.n <= SHEET_BYTES_MAX ? whole : S("");
}
