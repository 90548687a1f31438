/* Shares as bars under one another, each with its words before it and its number behind it. */
#include "draw/parts.h"

#include <math.h>

#define BARS_MAX     KIB(64)
#define BARS_LEFT    250 /* where bars begin: their words stand before */
#define BARS_WIDTH   400 /* of a bar that is everything */
#define BARS_TALL    24
#define BARS_HEADING 34

static void put_words(struct sink *out, const char *class, int x, int y, const char *anchor, str s)
{
    put_format(out, "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">", class, x, y,
               anchor);
    html_text(out, s);
    put_lit(out, "</text>");
}

static void put_bar(struct sink *out, const struct draw_bar *b, int y)
{
    double share = fmin(fmax(b->share, 0), 1);
    put_words(out, "bar-name", BARS_LEFT - 12, y + 16, "end", b->name);
    int width = (int)(share * BARS_WIDTH + 0.5);
    part_block(out, "bar-ground", BARS_LEFT, y + 4, BARS_WIDTH, 16, 2);
    if (share > 0) part_block(out, "bar", BARS_LEFT, y + 4, width > 2 ? width : 2, 16, 2);
    put_words(out, "most", BARS_LEFT + BARS_WIDTH + 10, y + 16, "start", b->said);
}

html draw_bars(struct arena *a, const struct draw_bar *bars, size_t n, str label)
{
    struct sink out;
    int y = 0, height = 8;
    for (size_t i = 0; i < n; i++) height += isnan(bars[i].share) ? BARS_HEADING : BARS_TALL;
    part_begin(&out, a, BARS_MAX, CHART_WIDTH, height, label);
    for (size_t i = 0; i < n; i++) {
        if (isnan(bars[i].share)) {
            put_words(&out, "range-name", BARS_LEFT, y + 24, "start", bars[i].name);
            y += BARS_HEADING;
            continue;
        }
        put_bar(&out, &bars[i], y);
        y += BARS_TALL;
    }
    return part_end(&out);
}
