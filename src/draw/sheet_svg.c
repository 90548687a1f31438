/* SVG written by us: each shape and each piece of words one path, so that it looks the same everywhere, needs no font,
 * and holds no script and no reference. */
#include "base/limits.h"
#include "draw/sheet_inside.h"

#include <math.h>

/* Hundredths of a unit, without what says nothing. */
static void put_length(struct sink *out, double x)
{
    long n = lround(x * 100);
    if (n < 0) put_char(out, '-');
    n = labs(n);
    put_int(out, n / 100);
    if (n % 100 == 0) return;
    put_format(out, n % 10 ? ".%02ld" : ".%ld", n % 10 ? n % 100 : n % 100 / 10);
}

static void put_points(struct sink *out, char letter, const cairo_path_data_t *at, int n)
{
    put_char(out, letter);
    for (int i = 1; i <= n; i++) {
        if (i > 1) put_char(out, ' ');
        put_length(out, at[i].point.x);
        put_char(out, ' ');
        put_length(out, at[i].point.y);
    }
}

static void put_path(struct sink *out, const cairo_path_t *path)
{
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t *at = &path->data[i];
        switch (at->header.type) {
        case CAIRO_PATH_MOVE_TO: /* one that leads nowhere is left out */
            if (i + at->header.length < path->num_data &&
                path->data[i + at->header.length].header.type != CAIRO_PATH_MOVE_TO)
                put_points(out, 'M', at, 1);
            break;
        case CAIRO_PATH_LINE_TO: put_points(out, 'L', at, 1); break;
        case CAIRO_PATH_CURVE_TO: put_points(out, 'C', at, 3); break;
        case CAIRO_PATH_CLOSE_PATH: put_char(out, 'Z'); break;
        }
    }
}

void sheet_svg_path(struct sheet *s, double line_wide)
{
    struct sink *out = &s->svg;
    cairo_path_t *path = s->d->cairo_copy_path(s->cr);
    if (path->num_data > 0) {
        put_lit(out, "<path ");
        if (line_wide > 0) {
            put_format(out, "fill=\"none\" stroke=\"#%06x\" stroke-width=\"", s->colour);
            put_length(out, line_wide);
            put_lit(out, "\" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        } else {
            put_format(out, "fill=\"#%06x\" fill-rule=\"evenodd\"", s->colour);
        }
        if (s->cover < 1) put_format(out, " opacity=\"%.2f\"", s->cover);
        put_lit(out, " d=\"");
        put_path(out, path);
        put_lit(out, "\"/>\n");
    }
    s->d->cairo_path_destroy(path);
    s->d->cairo_new_path(s->cr);
}

void sheet_svg_open(struct sheet *s)
{
    const struct sheet_paper *p = &s->paper;
    struct sink *out = &s->svg;
    double wide = p->wide + 2 * s->edge, high = p->high + 2 * s->edge;
    sink_open(out, s->a, SHEET_BYTES_MAX);
    put_lit(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
    put_length(out, wide * p->scale);
    put_lit(out, "\" height=\"");
    put_length(out, high * p->scale);
    put_lit(out, "\" viewBox=\"");
    put_length(out, -s->edge);
    put_char(out, ' ');
    put_length(out, -s->edge);
    put_char(out, ' ');
    put_length(out, wide);
    put_char(out, ' ');
    put_length(out, high);
    put_lit(out, "\" role=\"img\" xml:lang=\"");
    html_text(out, p->lang);
    put_lit(out, "\"><title>");
    html_text(out, p->title);
    put_lit(out, "</title><desc>");
    html_text(out, p->about);
    if (p->maker.n) put_char(out, ' ');
    html_text(out, p->maker);
    put_lit(out, "</desc>\n");
    if (p->is_round) {
        put_lit(out, "<clipPath id=\"cut\"><circle cx=\"");
        put_length(out, p->wide / 2);
        put_lit(out, "\" cy=\"");
        put_length(out, p->high / 2);
        put_lit(out, "\" r=\"");
        put_length(out, p->wide / 2 + p->bleed);
        put_lit(out, "\"/></clipPath><g clip-path=\"url(#cut)\">\n");
    }
}

str sheet_svg_close(struct sheet *s)
{
    if (s->paper.is_round) put_lit(&s->svg, "</g>");
    put_lit(&s->svg, "</svg>\n");
    return sink_str(&s->svg);
}
