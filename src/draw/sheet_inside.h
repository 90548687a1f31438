/* draw/sheet_inside.h - what a sheet's own files tell each other.
 *
 * Needs: pen.    Never: included outside src/draw. */
#ifndef DRAW_SHEET_INSIDE_H
#define DRAW_SHEET_INSIDE_H

#include "base/sink.h"
#include "draw/pen.h"

struct sheet {
    struct arena *a;
    struct sheet_paper paper;
    const struct drawn *d;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoContext *context;
    uint32_t *pixels;
    int wide, high; /* pixels */
    double edge;    /* from the file's corner to the cut's, in units */
    uint32_t colour;
    double cover;
    struct sink svg;
    struct sheet_bytes {
        char *p;
        size_t n;
    } pdf;
    struct sheet_found found;
    size_t found_room;
    uint32_t unknown[16];
};

/* The path that stands, or a layout at a place, into the file in the ink that is set. */
void sheet_svg_path(struct sheet *s, double line_wide);
void sheet_svg_open(struct sheet *s);
str sheet_svg_close(struct sheet *s);

/* cairo's PDF with what it cannot say: where to cut, its language, and no moment. Empty if it is not as expected. */
str sheet_pdf_finish(struct arena *a, str pdf, const struct sheet_paper *paper);
#define SHEET_MARKS_MM 7.0 /* room for marks beyond the bleed */

void sheet_note(struct sheet *s, struct sheet_box box, struct sheet_box ink);

/* draw/png.c: pixels as cairo has them (0x00RRGGBB), at most 256 colours kept; and with what covers (0xAARRGGBB). */
str draw_png(struct arena *a, const uint32_t *pixels, int wide, int high);
str draw_png_clear(struct arena *a, const uint32_t *pixels, int wide, int high);

#endif
