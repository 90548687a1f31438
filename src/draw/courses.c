/* Several courses over the same years, one strip each, its name above it. */
#include "draw/draw.h"

#include "base/limits.h"

#define COURSES_BYTES KIB(128)
#define WIDE          740
#define EACH          48 /* a name, a strip, some air */
#define STRIP         20

static void put_block(struct sink *out, const struct draw_step *s, int x, int y, int width,
                      const str *words)
{
    bool is_known = s->line >= 0;
    put_format(out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
               is_known ? s->class : "unknown", x, y, width, STRIP);
    if (!is_known) return;
    put_format(out, "<text class=\"in-block\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">",
               x + width / 2, y + 15);
    html_text(out, words[s->line]);
    put_lit(out, "</text>");
}

html draw_courses(struct arena *a, const struct lang *l, const struct draw_course *courses,
                  size_t n, size_t years, const str *words, str label)
{
    struct sink out;
    sink_open(&out, a, COURSES_BYTES);
    int tall = EACH * (int)n + 24, each = years ? WIDE / (int)years : WIDE;
    put_format(&out, "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDE,
               tall);
    html_text(&out, label);
    put_lit(&out, "\">");
    for (size_t i = 0; i < n; i++) {
        int y = EACH * (int)i + 20;
        put_format(&out, "<text class=\"most\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">",
                   lang_is_rtl(l) ? WIDE : 0, y - 6, lang_is_rtl(l) ? "end" : "start");
        html_text(&out, courses[i].name);
        put_lit(&out, "</text>");
        for (size_t k = 0; k < years; k++)
            put_block(&out, &courses[i].step[k], each * (int)k, y, each - 2, words);
    }
    for (size_t k = 0; n && k < years; k += 4) {
        put_format(&out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">",
                   each * (int)k + each / 2 > 18 ? each * (int)k + each / 2 : 18, tall - 4);
        lang_year(&out, l, courses[0].step[k].year);
        put_lit(&out, "</text>");
    }
    put_lit(&out, "</svg>");
    return (html){ sink_str(&out) };
}
