/* Charts as SVG. Time runs from left to right in every script, as axes do in print; digits are the reader's. */
#include "draw/draw.h"

#include "base/limits.h"

#define CHART_MAX KIB(256)

static void begin(struct sink *out, int width, int height, str label)
{
    put_format(out, "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", width,
               height);
    html_text(out, label);
    put_lit(out, "\">");
}

/* Leaves the tag open: the caller closes it. */
static void put_rect(struct sink *out, const char *class, int x, int y, int width, int height)
{
    put_lit(out, "<rect class=\"");
    put(out, str_of(class));
    put_lit(out, "\" x=\"");
    put_int(out, x);
    put_lit(out, "\" y=\"");
    put_int(out, y);
    put_lit(out, "\" width=\"");
    put_int(out, width);
    put_lit(out, "\" height=\"");
    put_int(out, height);
    put_char(out, '"');
}

static void put_year(struct sink *out, const struct lang *l, int x, int y, int64_t year)
{
    put_format(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">", x, y);
    lang_year(out, l, year);
    put_lit(out, "</text>");
}

#define STEP_WIDTH 740
#define STEP_LEFT  56

html draw_steps(struct arena *a, const struct lang *l, const struct draw_step *steps, size_t n,
                const str *lines, size_t lines_n, str label)
{
    struct sink out;
    sink_open(&out, a, CHART_MAX);
    int bottom = 8 + 30 * (int)lines_n;
    begin(&out, STEP_WIDTH, bottom + 26, label);
    for (size_t i = 0; i < lines_n; i++) {
        int y = 18 + 30 * (int)i;
        put_format(&out, "<text x=\"0\" y=\"%d\">", y + 4);
        html_text(&out, lines[i]);
        put_format(&out, "</text><path class=\"rule\" d=\"M%d %dH%d\"/>", STEP_LEFT - 8, y,
                   STEP_WIDTH);
    }
    for (size_t i = 0; i < n; i++) {
        int x = STEP_LEFT + (STEP_WIDTH - STEP_LEFT) * (int)i / (int)n;
        int width = (STEP_WIDTH - STEP_LEFT) / (int)n - 4;
        bool is_known = steps[i].line >= 0;
        if (is_known) put_rect(&out, steps[i].class, x, 9 + 30 * steps[i].line, width, 18);
        else put_rect(&out, "unknown", x, 4, width, bottom - 6);
        put(&out, is_known ? S(" rx=\"3\"/>") : S("/>"));
        if (i % 4 == 0) put_year(&out, l, x + width / 2, bottom + 20, steps[i].year);
    }
    put_lit(&out, "</svg>");
    return (html){ sink_str(&out) };
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
    put_rect(out, classes[c->is], x, (int)(COUNT_TOP + COUNT_TALL - tall), width, (int)tall);
    put_lit(out, "/>");
}

html draw_counts_on(struct arena *a, const struct lang *l, const struct draw_count *counts,
                    size_t n, int64_t most, str label)
{
    struct sink out;
    sink_open(&out, a, CHART_MAX);
    begin(&out, COUNT_WIDTH, 148, label);
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
        if (is_end || is_middle) put_year(&out, l, label_x, 142, counts[i].year);
    }
    put_lit(&out, "</svg>");
    return (html){ sink_str(&out) };
}

html draw_counts(struct arena *a, const struct lang *l, const struct draw_count *counts, size_t n,
                 str label)
{
    return draw_counts_on(a, l, counts, n, 0, label);
}
