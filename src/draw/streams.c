/* A picture of flows: streams from the left into the middle and out of it to the right, on one scale. */
#include "draw/parts.h"

#define STREAMS_BYTES KIB(64)
#define EDGE_LEFT     214 /* where streams from the left begin; names stand before it */
#define EDGE_RIGHT    526
#define MIDDLE_LEFT   358
#define MIDDLE_RIGHT  382
#define TOP           30
#define THICK_ALL     150 /* of the thicker side, streams together */
#define LINE          20  /* a name needs that much */
#define NAME_MAX      96  /* bytes; the table has it whole */

static double sum_of(const struct draw_stream *all, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += all[i].size > 0 ? all[i].size : 0;
    return sum;
}

static double thick_of(const struct draw_stream *s, double scale)
{
    double thick = s->size * scale;
    return thick < 1.5 ? 1.5 : thick;
}

static double tall_of(const struct draw_stream *all, size_t n, double scale, double least)
{
    double tall = 0;
    for (size_t i = 0; i < n; i++) {
        double thick = thick_of(&all[i], scale);
        tall += thick < least ? least : thick;
    }
    return tall;
}

/* One stream as a filled band between two columns. */
static void put_band(struct sink *out, const char *class, int x1, double y1, int x2, double y2,
                     double thick)
{
    int half = (x1 + x2) / 2;
    put_format(out,
               "<path class=\"stream %s\" d=\"M%d %.1fC%d %.1f %d %.1f %d %.1fV%.1fC%d %.1f %d "
               "%.1f %d %.1fZ\"/>",
               class, x1, y1, half, y1, half, y2, x2, y2, y2 + thick, half, y2 + thick, half,
               y1 + thick, x1, y1 + thick);
}

static void put_name(struct sink *out, int x, double y, const char *anchor,
                     const struct draw_stream *s)
{
    put_format(out, "<text x=\"%d\" y=\"%.0f\" text-anchor=\"%s\">", x, y, anchor);
    str name = str_cut_text(s->name, NAME_MAX);
    html_text(out, name);
    if (name.n < s->name.n) put_lit(out, "…");
    put_lit(out, " <tspan class=\"most\">");
    html_text(out, s->said);
    put_lit(out, "</tspan></text>");
}

static void put_side(struct sink *out, const struct draw_stream *all, size_t n, double scale,
                     double middle_top, double tall, bool is_left)
{
    double at = TOP + (tall - tall_of(all, n, scale, LINE)) / 2, inner = middle_top;
    for (size_t i = 0; i < n; i++) {
        double thick = thick_of(&all[i], scale), room = thick < LINE ? LINE : thick;
        double y = at + (room - thick) / 2;
        if (is_left) put_band(out, all[i].class, EDGE_LEFT, y, MIDDLE_LEFT, inner, thick);
        else put_band(out, all[i].class, MIDDLE_RIGHT, inner, EDGE_RIGHT, y, thick);
        put_name(out, is_left ? EDGE_LEFT - 8 : EDGE_RIGHT + 8, at + room / 2 + 4,
                 is_left ? "end" : "start", &all[i]);
        at += room;
        inner += thick;
    }
}

html draw_streams(struct arena *a, const struct draw_stream *from, size_t from_n, str middle,
                  const struct draw_stream *to, size_t to_n, str label)
{
    double in = sum_of(from, from_n), out_sum = sum_of(to, to_n),
           most = in > out_sum ? in : out_sum;
    double scale = most > 0 ? THICK_ALL / most : 0;
    double left = tall_of(from, from_n, scale, LINE), right = tall_of(to, to_n, scale, LINE);
    double tall = left > right ? left : right;
    double in_tall = tall_of(from, from_n, scale, 0), out_tall = tall_of(to, to_n, scale, 0);
    double middle_tall = in_tall > out_tall ? in_tall : out_tall;
    double middle_top = TOP + (tall - middle_tall) / 2;
    struct sink out;
    part_begin(&out, a, STREAMS_BYTES, CHART_WIDTH, (int)(TOP + tall + 14.5), label);
    put_side(&out, from, from_n, scale, TOP + (tall - in_tall) / 2, tall, true);
    put_side(&out, to, to_n, scale, TOP + (tall - out_tall) / 2, tall, false);
    put_format(&out, "<rect class=\"middle\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>",
               MIDDLE_LEFT, middle_top, MIDDLE_RIGHT - MIDDLE_LEFT, middle_tall);
    put_format(&out, "<text class=\"most\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">",
               (MIDDLE_LEFT + MIDDLE_RIGHT) / 2, 18);
    html_text(&out, middle);
    put_lit(&out, "</text>");
    return part_end(&out);
}
