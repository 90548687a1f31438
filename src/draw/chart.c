/* Charts of steps and of counts, small enough to stand several on a page. */
#include "draw/parts.h"

#define CHART_MAX KIB(256)

#define STEP_LEFT 56

html draw_steps(struct arena *a, const struct lang *l, const struct draw_step *steps, size_t n,
                const str *lines, size_t lines_n, str label)
{
    struct sink out;
    int bottom = 8 + 30 * (int)lines_n;
    part_begin(&out, a, CHART_MAX, CHART_WIDTH, bottom + 26, label);
    for (size_t i = 0; i < lines_n; i++) {
        int y = 18 + 30 * (int)i;
        put_format(&out, "<text x=\"0\" y=\"%d\">", y + 4);
        html_text(&out, lines[i]);
        put_format(&out, "</text><path class=\"rule\" d=\"M%d %dH%d\"/>", STEP_LEFT - 8, y,
                   CHART_WIDTH);
    }
    for (size_t i = 0; i < n; i++) {
        int x = STEP_LEFT + (CHART_WIDTH - STEP_LEFT) * (int)i / (int)n;
        int width = (CHART_WIDTH - STEP_LEFT) / (int)n - 4;
        if (steps[i].line >= 0)
            part_block(&out, steps[i].class, x, 9 + 30 * steps[i].line, width, 18, 3);
        else part_block(&out, "unknown", x, 4, width, bottom - 6, 0);
        if (i % 4 == 0) part_year(&out, l, x + width / 2, bottom + 20, steps[i].year);
    }
    return part_end(&out);
}

#define COUNT_WIDTH 340
#define COUNT_TOP   20
#define COUNT_TALL  100

static int64_t largest(const struct draw_count *counts, size_t n)
{
    int64_t most = 0;
    for (size_t i = 0; i < n; i++)
        if (counts[i].is == DRAW_VALUE && counts[i].value > most) most = counts[i].value;
    return most;
}

static void put_bar(struct sink *out, const struct draw_count *c, int x, int width, int64_t most)
{
    static const char *const classes[] = { "bar", "small-count", "unknown" };
    int64_t tall = c->is == DRAW_SMALL     ? 6
                   : c->is == DRAW_UNKNOWN ? 14
                   : most                  ? (int64_t)((double)c->value * COUNT_TALL / (double)most)
                                           : 0;
    if (c->is == DRAW_VALUE && c->value > 0 && tall < 2)
        tall = 2; /* a small number is not nothing */
    part_block(out, classes[c->is], x, (int)(COUNT_TOP + COUNT_TALL - tall), width, (int)tall, 0);
}

html draw_counts_on(struct arena *a, const struct lang *l, const struct draw_count *counts,
                    size_t n, int64_t most, str label)
{
    struct sink out;
    part_begin(&out, a, CHART_MAX, COUNT_WIDTH, 148, label);
    put_format(&out, "<path class=\"rule\" d=\"M0 %dH%d\"/>", COUNT_TOP + COUNT_TALL, COUNT_WIDTH);
    int64_t own = largest(counts, n);
    if (most < own) most = own;
    int each = (int)(COUNT_WIDTH / (n ? n : 1));
    if (each > 40) each = 40;
    bool is_named = false;
    for (size_t i = 0; i < n; i++) {
        int x = each * (int)i + 2, width = each > 8 ? each - 4 : each - 1, middle = x + width / 2;
        put_bar(&out, &counts[i], x, width, most);
        if (!is_named && counts[i].is == DRAW_VALUE && counts[i].value == own) {
            int edge = middle < 24 ? 24 : middle > COUNT_WIDTH - 24 ? COUNT_WIDTH - 24 : middle;
            put_format(&out, "<text class=\"most\" x=\"%d\" y=\"14\" text-anchor=\"middle\">",
                       edge);
            lang_number(&out, l, own);
            put_lit(&out, "</text>");
            is_named = true;
        }
        bool is_end = i == 0 || i == n - 1, is_middle = i == n / 2 && n > 8;
        int label_x = middle < 18 ? 18 : middle > COUNT_WIDTH - 18 ? COUNT_WIDTH - 18 : middle;
        if (is_end || is_middle) part_year(&out, l, label_x, 142, counts[i].year);
    }
    return part_end(&out);
}

html draw_counts(struct arena *a, const struct lang *l, const struct draw_count *counts, size_t n,
                 str label)
{
    return draw_counts_on(a, l, counts, n, 0, label);
}
