#include "draw/certificate.h"

#include "base/sink.h"
#include "draw/sheet.h"

#define LINE_MAX 1200

/* One line a field; a line end inside would be another field. */
static void put_line(struct sink *out, str s)
{
    s = str_cut_text(s, LINE_MAX);
    for (size_t i = 0; i < s.n; i++) put_char(out, (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i]);
    put_char(out, '\n');
}

str certificate_ask(struct arena *a, const struct certificate_paper *p)
{
    const str all[] = { p->lang, p->is_rtl ? S("rtl") : S("ltr"),
                        p->site, p->heading,
                        p->name, p->course,
                        p->week, p->proves,
                        p->look, p->address };
    struct sink out;
    sink_open(&out, a, (size_t)64 << 10);
    for (size_t i = 0; i < COUNT_OF(all); i++) put_line(&out, all[i]);
    return sink_str(&out);
}

bool certificate_read(str ask, struct certificate_paper *out)
{
    *out = (struct certificate_paper){ .lang = str_split(&ask, '\n') };
    out->is_rtl = str_eq(str_split(&ask, '\n'), S("rtl"));
    str *const fields[] = { &out->site, &out->heading, &out->name, &out->course,
                            &out->week, &out->proves,  &out->look, &out->address };
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (!ask.p) return false;
        *fields[i] = str_split(&ask, '\n');
    }
    return out->heading.n > 0 && out->course.n > 0 && out->address.n > 0;
}

/* Millimetres of A4, upright. */
enum { WIDE = 210, HIGH = 297, SIDE = 26 };
#define DEEP  0x0b3a66
#define LINES 0xd7e6f4
#define BLUE  0x1f6fb2
#define INK   0x16222e
#define SOFT  0x50606e
#define WHITE 0xffffff

static bool words(struct sheet *s, str text, enum sheet_face face, double size, double y,
                  double high, uint32_t colour)
{
    if (text.n == 0) return true;
    struct sheet_words w = { .text = text,
                             .face = face,
                             .most = size,
                             .least = size * 0.45,
                             .side = SHEET_MIDDLE,
                             .down = SHEET_START };
    sheet_ink(s, colour);
    return sheet_words(s, (struct sheet_box){ SIDE, y, WIDE - 2 * SIDE, high }, &w);
}

static void ground(struct sheet *s)
{
    sheet_ink(s, WHITE);
    sheet_ground(s);
    sheet_ink(s, LINES);
    for (int i = 0; i < 9; i++) {
        sheet_heart(s, WIDE / 2.0, 150, 168 * (1 - i * 0.105));
        sheet_stroke(s, 0.7);
    }
    sheet_ink(s, BLUE);
    sheet_heart(s, WIDE / 2.0, 38, 22);
    sheet_fill(s);
}

str draw_certificate(struct arena *a, const struct certificate_paper *p)
{
    struct sheet_paper paper = { .as = SHEET_PDF,
                                 .wide = WIDE,
                                 .high = HIGH,
                                 .scale = 72 / 25.4,
                                 .lang = p->lang,
                                 .is_rtl = p->is_rtl,
                                 .title = p->heading,
                                 .about = p->course,
                                 .maker = p->site };
    struct sheet *s = sheet_open(a, &paper);
    if (!s) return S("");
    ground(s);
    double y = p->name.n ? 78 : 90;
    bool fits = words(s, p->site, SHEET_BOLD, 6, 55, 9, SOFT) &&
                words(s, p->heading, SHEET_SERIF, 15, y, 22, DEEP);
    if (p->name.n) fits = fits && words(s, p->name, SHEET_BOLD, 10, 106, 18, INK);
    fits = fits && words(s, p->course, SHEET_SERIF, 10, 132, 26, DEEP) &&
           words(s, p->week, SHEET_PLAIN, 5.2, 164, 18, INK) &&
           words(s, p->proves, SHEET_PLAIN, 4, 188, 16, SOFT) &&
           sheet_code(s, (struct sheet_box){ WIDE / 2.0 - 19, 212, 38, 38 }, p->address, DEEP,
                      WHITE) &&
           words(s, p->look, SHEET_PLAIN, 3.8, 254, 10, SOFT) &&
           words(s, p->address, SHEET_PLAIN, 3.6, 266, 14, INK);
    if (!fits || sheet_found(s)->unknown_n) return S("");
    return sheet_close(s);
}
