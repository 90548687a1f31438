/* Numbers with their ranges, on one logarithmic scale: what several ways of estimating say of the same thing. */
#include "draw/parts.h"

#include <math.h>

#define RANGES_MAX  KIB(64)
#define RANGE_LEFT  12
#define RANGE_RIGHT 28
#define RANGE_TOP   34
#define RANGE_TALL  46 /* of one: its words, then its line */

struct scale {
    double first, last; /* log10 */
    int bottom;
};

static int x_of(const struct scale *s, double number)
{
    double share = (log10(number) - s->first) / (s->last - s->first);
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    return RANGE_LEFT + (int)(share * (CHART_WIDTH - RANGE_LEFT - RANGE_RIGHT) + 0.5);
}

static void widen(struct scale *s, double number)
{
    if (!isfinite(number) || number < 1) return;
    s->first = fmin(s->first, log10(number));
    s->last = fmax(s->last, log10(number));
}

static struct scale scale_of(const struct draw_range *r, size_t n, double seen)
{
    struct scale s = { .first = log10(fmax(seen, 1)), .bottom = RANGE_TOP + RANGE_TALL * (int)n };
    s.last = s.first + 0.1;
    for (size_t i = 0; i < n; i++) {
        widen(&s, r[i].number);
        widen(&s, r[i].low);
        widen(&s, r[i].high);
        widen(&s, r[i].least);
        widen(&s, r[i].most);
    }
    s.first -= 0.02;
    s.last += 0.02;
    return s;
}

/* 1, 2 and 5 times the powers of ten, or finer where there are few of them. */
static void put_ticks(struct sink *out, const struct lang *l, const struct scale *s)
{
    static const int some[] = { 1, 2, 5 }, many[] = { 10, 12, 15, 20, 25, 30, 40, 50, 60, 80 };
    bool is_narrow = s->last - s->first < 0.7;
    int last_x = -100;
    for (int power = (int)floor(s->first) - 1; power <= (int)ceil(s->last); power++)
        for (size_t i = 0; i < (is_narrow ? COUNT_OF(many) : COUNT_OF(some)); i++) {
            double at = pow(10, power) * (is_narrow ? many[i] / 10.0 : some[i]);
            int x = x_of(s, at);
            if (log10(at) < s->first || log10(at) > s->last || x - last_x < 58) continue;
            last_x = x;
            put_format(out,
                       "<path class=\"rule\" d=\"M%d %dV%d\"/><text x=\"%d\" y=\"%d\" "
                       "text-anchor=\"middle\">",
                       x, RANGE_TOP, s->bottom, x, s->bottom + 16);
            lang_number(out, l, llround(at));
            put_lit(out, "</text>");
        }
}

static void put_arrow(struct sink *out, int x, int y)
{
    put_format(out, "<path class=\"range-end\" d=\"M%d %dl9 6l-9 6z\"/>", x, y - 6);
}

static void put_line(struct sink *out, const struct scale *s, const char *class, double low,
                     double high, int y)
{
    if (isnan(low) || isnan(high)) return;
    int from = x_of(s, fmax(low, 1)),
        to = isfinite(high) ? x_of(s, high) : CHART_WIDTH - RANGE_RIGHT;
    put_format(out, "<path class=\"%s\" d=\"M%d %dH%d\"/>", class, from, y,
               to > from ? to : from + 1);
    if (!isfinite(high)) put_arrow(out, to, y);
}

/* Words of any script, kept from running into what stands beside them (U+2068, U+2069). */
static void put_apart(struct sink *out, str words)
{
    put_lit(out, "\u2068");
    html_text(out, words);
    put_lit(out, "\u2069");
}

static void put_range(struct sink *out, const struct scale *s, const struct draw_range *r, int top)
{
    int y = top + 34;
    put_format(out, "<text class=\"range-name\" x=\"%d\" y=\"%d\">", RANGE_LEFT, top + 16);
    put_apart(out, r->name);
    put_lit(out, "<tspan class=\"range-said\" dx=\"10\">");
    put_apart(out, r->said);
    put_lit(out, "</tspan></text>");
    if (isnan(r->number)) {
        part_block(out, "unknown", RANGE_LEFT, y - 6, CHART_WIDTH - RANGE_LEFT - RANGE_RIGHT, 12,
                   2);
        return;
    }
    put_line(out, s, "range-outer", r->least, r->most, y);
    put_line(out, s, "range-inner", r->low, r->high, y);
    int x = x_of(s, r->number);
    put_format(out, "<circle class=\"range-point\" cx=\"%d\" cy=\"%d\" r=\"6\"/>", x, y);
    if (r->is_bound) put_arrow(out, x + 9, y);
}

html draw_ranges(struct arena *a, const struct lang *l, const struct draw_range *ranges, size_t n,
                 double seen, str seen_said, str label)
{
    struct scale s = scale_of(ranges, n, seen);
    struct sink out;
    part_begin(&out, a, RANGES_MAX, CHART_WIDTH, s.bottom + 26, label);
    put_ticks(&out, l, &s);
    put_format(
        &out, "<path class=\"range-seen\" d=\"M%d 22V%d\"/><text class=\"most\" x=\"%d\" y=\"14\">",
        x_of(&s, seen), s.bottom, RANGE_LEFT);
    html_text(&out, seen_said);
    put_lit(&out, "</text>");
    for (size_t i = 0; i < n; i++) put_range(&out, &s, &ranges[i], RANGE_TOP + RANGE_TALL * (int)i);
    return part_end(&out);
}
