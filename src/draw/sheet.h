/* draw/sheet.h - a sheet to draw on, and the file it becomes: PNG, SVG or PDF.
 *
 * Everything is said in units of the sheet, whatever file it becomes; what stands at the start of a line stands left or
 * right as the sheet's language runs. Words stay inside the box they are given: as large as fits, balanced over their
 * lines; what does not fit at the smallest size is not drawn but told, as are letters that no font here has.
 * Equal sheets give equal bytes: no file holds a moment.
 * Needs: base; cairo and pango, opened when the first sheet is.    Never: words cut off without being told. */
#ifndef DRAW_SHEET_H
#define DRAW_SHEET_H

#include "base/arena.h"

enum sheet_as {
    SHEET_PNG,
    SHEET_PNG_CLEAR,
    SHEET_SVG,
    SHEET_PDF
}; /* clear: nothing is behind it */
enum sheet_face { SHEET_SERIF, SHEET_BOLD, SHEET_PLAIN, SHEET_FACES };

struct sheet_paper {
    enum sheet_as as;
    double wide, high; /* as it is cut, in units */
    double scale;      /* pixels or points of one unit; SVG: 1 */
    double bleed;      /* units drawn beyond the cut on each side */
    bool has_marks;    /* where to cut, beyond the bleed */
    bool is_round;     /* it is cut as a disc */
    str lang;
    bool is_rtl;
    str title, about, maker; /* what the file says of itself */
};

struct sheet;
/* NULL if this machine cannot draw. It lives as long as the arena. */
struct sheet *sheet_open(struct arena *a, const struct sheet_paper *paper);
/* The file. Empty if it would be larger than SHEET_BYTES_MAX. */
str sheet_close(struct sheet *s);

/* Ink for what follows: 0xRRGGBB, and how much of what is beneath it covers (1: all). */
void sheet_ink(struct sheet *s, uint32_t colour);
void sheet_veil(struct sheet *s, uint32_t colour, double cover);
void sheet_ground(struct sheet *s); /* all of it, with the bleed */

/* Shapes add up until they are filled (where they overlap in pairs, nothing) or drawn as lines. */
void sheet_move(struct sheet *s, double x, double y);
void sheet_line(struct sheet *s, double x, double y);
void sheet_curve(struct sheet *s, double x1, double y1, double x2, double y2, double x, double y);
void sheet_rect(struct sheet *s, double x, double y, double wide, double high);
void sheet_disc(struct sheet *s, double x, double y, double radius);
void sheet_heart(struct sheet *s, double x, double y, double wide); /* around its middle */
void sheet_fill(struct sheet *s);
void sheet_stroke(struct sheet *s, double wide);
#define SHEET_HEART_HIGH 0.87 /* of its width */
/* Whether a point, with the heart's middle at 0, 0 and its width 1, is inside of it. */
bool sheet_heart_has(double x, double y);

struct sheet_box {
    double x, y, wide, high;
};
enum sheet_side { SHEET_START, SHEET_MIDDLE, SHEET_END };
struct sheet_words {
    str text;
    enum sheet_face face;
    double most, least; /* size of the letters */
    enum sheet_side side, down;
    int lines;     /* at most; 0: as many as there is room for */
    double spread; /* of the lines; 0: usual */
    bool may_end;  /* what is too long ends in an ellipsis: never for somebody's own words */
};
/* False if they did not fit; then nothing was drawn. */
bool sheet_words(struct sheet *s, struct sheet_box box, const struct sheet_words *w);
/* An address as a QR code in the middle of a square, on a light ground of its own. */
bool sheet_code(struct sheet *s, struct sheet_box box, str address, uint32_t dark, uint32_t light);

/* What was found while drawing. */
struct sheet_found {
    str unknown; /* letters no font has, each once, with blanks between */
    int unknown_n;
    bool is_full;                /* words did not fit */
    struct sheet_box *box, *ink; /* of each piece of words and each code */
    size_t n;
};
const struct sheet_found *sheet_found(const struct sheet *s);
/* Pixels as cairo has them, of a PNG; NULL otherwise. */
const uint32_t *sheet_pixels(struct sheet *s, int *wide, int *high);

/* Folders of fonts, NULL-ended, for the walls. */
extern const char *const picture_fonts[];

#endif
