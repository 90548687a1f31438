/* A chart over years with a scale. */
#include "draw/parts.h"

#define YEARS_MAX_BYTES KIB(128)
#define LEFT            64 /* room for the scale: "12,345" in any digits */
#define TOP             22
#define TALL            210
#define GROUND          (TOP + TALL)
#define LINES_MAX       6

/* 1, 2 or 5 times a power of ten, so that at most five lines are drawn. */
static double step_of(double most)
{
    double step = 1;
    for (double power = 1;; power *= 10) {
        static const double times[] = { 1, 2, 5 };
        for (size_t i = 0; i < COUNT_OF(times); i++) {
            step = times[i] * power;
            if (most <= step * (LINES_MAX - 1) || power > 1e15) return step;
        }
    }
}

static int height_of(double value, double top)
{
    int tall = top > 0 ? (int)(value * TALL / top + 0.5) : 0;
    return value > 0 && tall < 2 ? 2 : tall; /* a small number is not nothing */
}

static void put_scale(struct sink *out, const struct lang *l, double step, double top)
{
    for (double at = 0; at <= top; at += step) {
        int y = GROUND - (int)(at * TALL / top + 0.5);
        part_scale(out, l, LEFT - 4, CHART_WIDTH, y, (int64_t)at);
    }
}

static void put_part(struct sink *out, const struct draw_year *year, int i, int x, int width,
                     double top)
{
    double low = year->part[i].low, high = year->part[i].high;
    if (high <= 0) {
        put_format(out, "<path class=\"zero\" d=\"M%d %dh%d\"/>", x, GROUND - 1, width);
        return;
    }
    int from = height_of(low, top), to = height_of(high, top);
    if (year->part[i].is_kept_back) {
        if (to - from < 7) to = from + 7; /* it must be seen on any scale */
        part_block(out, "small-count kept-back", x, GROUND - to, width, to - from, 0);
        return;
    }
    if (low > 0) part_block(out, "bar", x, GROUND - from, width, from, 0);
    if (high > low)
        part_block(out, "small-count", x, GROUND - (to > from ? to : from + 2), width,
                   to > from ? to - from : 2, 0);
}

html draw_years(struct arena *a, const struct lang *l, const struct draw_year *years, size_t n,
                str label)
{
    double most = 5; /* a scale ends no lower: a bar of one must not look like many */
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < years[i].parts; k++)
            if (years[i].part[k].high > most) most = years[i].part[k].high;
    double step = step_of(most), top = step;
    while (top < most) top += step;
    struct sink out;
    part_begin(&out, a, YEARS_MAX_BYTES, CHART_WIDTH, GROUND + 28, label);
    put_scale(&out, l, step, top);
    int each = n ? (CHART_WIDTH - LEFT) / (int)n : 0;
    if (each > 64) each = 64;
    int every = each >= 40 ? 1 : each >= 20 ? 2 : 4;
    for (size_t i = 0; i < n; i++) {
        int x = LEFT + each * (int)i + 3, width = each > 9 ? each - 6 : each - 1;
        if (years[i].parts == 0) part_block(&out, "unknown", x, TOP, width, TALL, 0);
        for (int k = 0; k < years[i].parts; k++) {
            int one = width / years[i].parts;
            put_part(&out, &years[i], k, x + one * k, years[i].parts > 1 ? one - 1 : one, top);
        }
        if ((int)i % every) continue;
        part_year(&out, l, x + width / 2, GROUND + 20, years[i].year);
    }
    return part_end(&out);
}
