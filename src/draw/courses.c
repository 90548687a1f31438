/* Several courses over the same years, one strip each, its name above it. */
#include "draw/parts.h"

#define COURSES_BYTES KIB(128)
#define EACH          48 /* a name, a strip, some air */
#define STRIP         20

static void put_block(struct sink *out, const struct draw_step *s, int x, int y, int width,
                      const str *words)
{
    bool is_known = s->line >= 0;
    part_block(out, is_known ? s->class : "unknown", x, y, width, STRIP, 0);
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
    int tall = EACH * (int)n + 24, each = years ? CHART_WIDTH / (int)years : CHART_WIDTH;
    part_begin(&out, a, COURSES_BYTES, CHART_WIDTH, tall, label);
    for (size_t i = 0; i < n; i++) {
        int y = EACH * (int)i + 20;
        put_format(&out, "<text class=\"most\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">",
                   lang_is_rtl(l) ? CHART_WIDTH : 0, y - 6, lang_is_rtl(l) ? "end" : "start");
        html_text(&out, courses[i].name);
        put_lit(&out, "</text>");
        for (size_t k = 0; k < years; k++)
            put_block(&out, &courses[i].step[k], each * (int)k, y, each - 2, words);
    }
    for (size_t k = 0; n && k < years; k += 4) {
        int middle = each * (int)k + each / 2;
        part_year(&out, l, middle > 18 ? middle : 18, tall - 4, courses[0].step[k].year);
    }
    return part_end(&out);
}
