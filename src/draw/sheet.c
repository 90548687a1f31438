#include "base/breakage.h"
#include "base/limits.h"
#include "draw/sheet_inside.h"

#include <assert.h>
#include <math.h>

#define TURN 6.283185307179586

/* What the libraries hold goes when the sheet is closed; the arena sees to it if it never is. */
static void end(void *thing)
{
    struct sheet *s = thing;
    if (s->context) s->d->g_object_unref(s->context);
    if (s->cr) s->d->cairo_destroy(s->cr);
    if (s->surface) s->d->cairo_surface_destroy(s->surface);
    s->context = NULL;
    s->cr = NULL;
    s->surface = NULL;
}

/* The library calls this: it never jumps. */
static cairo_status_t keep(void *self, const unsigned char *bytes, unsigned n)
{
    struct sheet *s = self;
    if (n > SHEET_BYTES_MAX - s->pdf.n) return CAIRO_STATUS_WRITE_ERROR;
    memcpy(s->pdf.p + s->pdf.n, bytes, n);
    s->pdf.n += n;
    return CAIRO_STATUS_SUCCESS;
}

static double whole_wide(const struct sheet *s)
{
    return s->paper.wide + 2 * s->edge;
}

static double whole_high(const struct sheet *s)
{
    return s->paper.high + 2 * s->edge;
}

static void open_surface(struct sheet *s)
{
    bool is_clear = s->paper.as == SHEET_PNG_CLEAR;
    switch (s->paper.as) {
    case SHEET_PNG:
    case SHEET_PNG_CLEAR:
        s->wide = (int)lround(whole_wide(s) * s->paper.scale);
        s->high = (int)lround(whole_high(s) * s->paper.scale);
        s->pixels = arena_take(s->a, (size_t)s->wide * (size_t)s->high * sizeof(uint32_t));
        s->surface = s->d->cairo_image_surface_create_for_data(
            (unsigned char *)s->pixels, is_clear ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24,
            s->wide, s->high, s->wide * (int)sizeof(uint32_t));
        return;
    case SHEET_SVG: /* only its paths are asked for */
        s->surface = s->d->cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1);
        sheet_svg_open(s);
        return;
    case SHEET_PDF:
        s->pdf.p = arena_take(s->a, SHEET_BYTES_MAX);
        s->surface = s->d->cairo_pdf_surface_create_for_stream(
            keep, s, whole_wide(s) * s->paper.scale, whole_high(s) * s->paper.scale);
        return;
    }
}

static void open_words(struct sheet *s, const struct pen *pen)
{
    const struct drawn *d = s->d;
    s->context = d->pango_font_map_create_context(pen->map);
    d->pango_context_set_language(s->context,
                                  d->pango_language_from_string(arena_z(s->a, s->paper.lang)));
    d->pango_context_set_base_dir(s->context,
                                  s->paper.is_rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    cairo_font_options_t *options = d->cairo_font_options_create();
    d->cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    d->cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    d->cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    d->pango_cairo_context_set_font_options(s->context, options);
    d->cairo_font_options_destroy(options);
}

/* Units from here on; nothing is drawn beyond the bleed. */
static void open_units(struct sheet *s)
{
    const struct drawn *d = s->d;
    const struct sheet_paper *p = &s->paper;
    if (p->as != SHEET_SVG) d->cairo_scale(s->cr, p->scale, p->scale);
    d->cairo_translate(s->cr, s->edge, s->edge);
    d->cairo_set_line_join(s->cr, CAIRO_LINE_JOIN_ROUND);
    d->cairo_set_line_cap(s->cr, CAIRO_LINE_CAP_ROUND);
    d->cairo_set_fill_rule(s->cr, CAIRO_FILL_RULE_EVEN_ODD);
    if (p->as == SHEET_SVG) return;
    d->cairo_save(s->cr);
    if (p->is_round) {
        d->cairo_arc(s->cr, p->wide / 2, p->high / 2, p->wide / 2 + p->bleed, 0, TURN);
        d->cairo_clip(s->cr);
    } else if (s->edge > 0) {
        d->cairo_rectangle(s->cr, -p->bleed, -p->bleed, p->wide + 2 * p->bleed,
                           p->high + 2 * p->bleed);
        d->cairo_clip(s->cr);
    }
}

struct sheet *sheet_open(struct arena *a, const struct sheet_paper *paper)
{
    const struct pen *pen = pen_open();
    if (!pen) return NULL;
    struct sheet *s = arena_new(a, struct sheet, 1);
    s->a = a;
    s->paper = *paper;
    s->d = pen->d;
    s->cover = 1;
    s->edge = paper->bleed;
    if (paper->has_marks) s->edge += SHEET_MARKS_MM * 72 / 25.4 / paper->scale;
    assert(!paper->has_marks || paper->as == SHEET_PDF);
    arena_at_end(a, end, s);
    open_surface(s);
    s->cr = s->d->cairo_create(s->surface);
    open_words(s, pen);
    open_units(s);
    return s;
}

void sheet_veil(struct sheet *s, uint32_t colour, double cover)
{
    s->colour = colour;
    s->cover = cover;
    s->d->cairo_set_source_rgba(s->cr, (colour >> 16) / 255.0, (colour >> 8 & 255) / 255.0,
                                (colour & 255) / 255.0, cover);
}

void sheet_ink(struct sheet *s, uint32_t colour)
{
    sheet_veil(s, colour, 1);
}

void sheet_ground(struct sheet *s)
{
    const struct sheet_paper *p = &s->paper;
    sheet_rect(s, -p->bleed, -p->bleed, p->wide + 2 * p->bleed, p->high + 2 * p->bleed);
    sheet_fill(s);
}

void sheet_move(struct sheet *s, double x, double y)
{
    s->d->cairo_move_to(s->cr, x, y);
}

void sheet_line(struct sheet *s, double x, double y)
{
    s->d->cairo_line_to(s->cr, x, y);
}

void sheet_curve(struct sheet *s, double x1, double y1, double x2, double y2, double x, double y)
{
    s->d->cairo_curve_to(s->cr, x1, y1, x2, y2, x, y);
}

void sheet_rect(struct sheet *s, double x, double y, double wide, double high)
{
    s->d->cairo_rectangle(s->cr, x, y, wide, high);
}

void sheet_disc(struct sheet *s, double x, double y, double radius)
{
    s->d->cairo_new_sub_path(s->cr);
    s->d->cairo_arc(s->cr, x, y, radius, 0, TURN);
    s->d->cairo_close_path(s->cr);
}

/* Half a heart and its mirror image, in a box of 100 by 93: six curves, from the point at the foot. */
static const double heart[6][6] = {
    { 22, 68, 3, 52, 3, 29 }, { 3, 13, 14, 3, 27, 3 },   { 37, 3, 45, 8, 50, 18 },
    { 55, 8, 63, 3, 73, 3 },  { 86, 3, 97, 13, 97, 29 }, { 97, 52, 78, 68, 50, 90 },
};
#define HEART_WIDE   94.0
#define HEART_MIDDLE 46.5

void sheet_heart(struct sheet *s, double x, double y, double wide)
{
    double k = wide / HEART_WIDE;
    sheet_move(s, x, y + (90 - HEART_MIDDLE) * k);
    for (size_t i = 0; i < COUNT_OF(heart); i++) {
        double at[6];
        for (int j = 0; j < 6; j += 2) {
            at[j] = x + (heart[i][j] - 50) * k;
            at[j + 1] = y + (heart[i][j + 1] - HEART_MIDDLE) * k;
        }
        sheet_curve(s, at[0], at[1], at[2], at[3], at[4], at[5]);
    }
    s->d->cairo_close_path(s->cr);
}

/* Crossings of the outline to the right of the point, its curves taken as short lines. */
bool sheet_heart_has(double x, double y)
{
    double px = x * HEART_WIDE + 50, py = y * HEART_WIDE + HEART_MIDDLE;
    double fx = 50, fy = 90, x0 = fx, y0 = fy;
    bool is_in = false;
    for (size_t i = 0; i < COUNT_OF(heart); i++) {
        const double *c = heart[i];
        for (int step = 1; step <= 12; step++) {
            double t = step / 12.0, u = 1 - t;
            double b0 = u * u * u, b1 = 3 * u * u * t, b2 = 3 * u * t * t, b3 = t * t * t;
            double x1 = b0 * fx + b1 * c[0] + b2 * c[2] + b3 * c[4];
            double y1 = b0 * fy + b1 * c[1] + b2 * c[3] + b3 * c[5];
            if ((y0 > py) != (y1 > py) && px < (x1 - x0) * (py - y0) / (y1 - y0) + x0)
                is_in = !is_in;
            x0 = x1;
            y0 = y1;
        }
        fx = c[4];
        fy = c[5];
    }
    return is_in;
}

void sheet_fill(struct sheet *s)
{
    if (s->paper.as == SHEET_SVG) sheet_svg_path(s, 0);
    else s->d->cairo_fill(s->cr);
}

void sheet_stroke(struct sheet *s, double wide)
{
    s->d->cairo_set_line_width(s->cr, wide);
    if (s->paper.as == SHEET_SVG) sheet_svg_path(s, wide);
    else s->d->cairo_stroke(s->cr);
}

void sheet_note(struct sheet *s, struct sheet_box box, struct sheet_box ink)
{
    struct sheet_found *f = &s->found;
    if (f->n == s->found_room) {
        size_t room = s->found_room ? s->found_room * 2 : 16;
        struct sheet_box *boxes = arena_new(s->a, struct sheet_box, room);
        struct sheet_box *inks = arena_new(s->a, struct sheet_box, room);
        if (f->n) {
            memcpy(boxes, f->box, f->n * sizeof *boxes);
            memcpy(inks, f->ink, f->n * sizeof *inks);
        }
        f->box = boxes;
        f->ink = inks;
        s->found_room = room;
    }
    f->box[f->n] = box;
    f->ink[f->n++] = ink;
}

const struct sheet_found *sheet_found(const struct sheet *s)
{
    return &s->found;
}

/* Two short lines at each corner, beyond the bleed, a hair wide. */
static void draw_marks(struct sheet *s)
{
    const struct sheet_paper *p = &s->paper;
    double from = p->bleed + (s->edge - p->bleed) * 0.25, to = s->edge * 0.95;
    for (int corner = 0; corner < 4; corner++) {
        double x = corner & 1 ? p->wide : 0, y = corner & 2 ? p->high : 0;
        double dx = corner & 1 ? 1 : -1, dy = corner & 2 ? 1 : -1;
        sheet_move(s, x + dx * from, y);
        sheet_line(s, x + dx * to, y);
        sheet_move(s, x, y + dy * from);
        sheet_line(s, x, y + dy * to);
    }
    sheet_ink(s, 0);
    sheet_stroke(s, 0.25 / p->scale);
}

const uint32_t *sheet_pixels(struct sheet *s, int *wide, int *high)
{
    if (!s->pixels) return NULL;
    s->d->cairo_surface_flush(s->surface);
    *wide = s->wide;
    *high = s->high;
    return s->pixels;
}

str sheet_close(struct sheet *s)
{
    if (s->paper.as == SHEET_SVG) {
        end(s);
        return sheet_svg_close(s);
    }
    s->d->cairo_restore(s->cr);
    if (s->paper.has_marks) draw_marks(s);
    bool is_good = s->d->cairo_status(s->cr) == CAIRO_STATUS_SUCCESS;
    s->d->cairo_surface_finish(s->surface);
    is_good = is_good && s->d->cairo_surface_status(s->surface) == CAIRO_STATUS_SUCCESS;
    end(s);
    if (!is_good && s->paper.as != SHEET_PDF) broken("a sheet could not be drawn");
    if (!is_good) return S("");
    switch (s->paper.as) {
    case SHEET_PNG: return draw_png(s->a, s->pixels, s->wide, s->high);
    case SHEET_PNG_CLEAR: return draw_png_clear(s->a, s->pixels, s->wide, s->high);
    case SHEET_PDF: return sheet_pdf_finish(s->a, (str){ s->pdf.p, s->pdf.n }, &s->paper);
    case SHEET_SVG: break;
    }
    return S("");
}
