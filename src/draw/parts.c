#include "draw/parts.h"

void part_begin(struct sink *out, struct arena *a, size_t most_bytes, int width, int height,
                str label)
{
    sink_open(out, a, most_bytes);
    put_format(out, "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", width,
               height);
    html_text(out, label);
    put_lit(out, "\">");
}

html part_end(struct sink *out)
{
    put_lit(out, "</svg>");
    return (html){ sink_str(out) };
}

void part_block(struct sink *out, const char *class, int x, int y, int width, int height, int round)
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
    if (round) {
        put_lit(out, "\" rx=\"");
        put_int(out, round);
    }
    put_lit(out, "\"/>");
}

void part_year(struct sink *out, const struct lang *l, int x, int y, int64_t year)
{
    put_format(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">", x, y);
    lang_year(out, l, year);
    put_lit(out, "</text>");
}

void part_scale(struct sink *out, const struct lang *l, int left, int right, int y, int64_t number)
{
    put_format(out, "<path class=\"rule\" d=\"M%d %dH%d\"/>", left, y, right);
    put_format(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", left - 6, y + 4);
    lang_number(out, l, number);
    put_lit(out, "</text>");
}
