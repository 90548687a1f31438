#include "draw/picture.h"

#define MARGIN    84
#define TEXT_WIDE (PICTURE_WIDE - 2 * MARGIN)

#define DEEP  0x0b3a66
#define LINES 0x17548a
#define PALE  0x9fd0f2
#define WHITE 0xffffff

/* The mark of lines: one heart in another, each a line as thin as the last. */
static void draw_ground(struct sheet *s, const struct picture *p)
{
    sheet_ink(s, DEEP);
    sheet_ground(s);
    sheet_ink(s, LINES);
    for (int i = 0; i < 9; i++) {
        sheet_heart(s, p->is_rtl ? 250 : PICTURE_WIDE - 250, 346 - i, 583 * (1 - i * 0.105));
        sheet_stroke(s, 4);
    }
}

/* One line; what does not fit ends in an ellipsis. */
static void show_line(struct sheet *s, str text, double size, double x, double y, double wide)
{
    struct sheet_words w = {
        .text = text, .face = SHEET_BOLD, .most = size, .least = size, .lines = 1, .may_end = true
    };
    sheet_words(s, (struct sheet_box){ x, y, wide, size * 1.7 }, &w);
}

/* As large as fits. What is too long for the smallest letters ends in an ellipsis. */
static void show_title(struct sheet *s, str title)
{
    struct sheet_words w = { .text = title,
                             .face = SHEET_BOLD,
                             .most = 92,
                             .least = 42,
                             .down = SHEET_MIDDLE,
                             .may_end = true };
    sheet_words(s, (struct sheet_box){ MARGIN, 138, TEXT_WIDE, 300 }, &w);
}

static void draw_words(struct sheet *s, const struct picture *p)
{
    double foot = PICTURE_HIGH - 150, beside = 74;
    sheet_ink(s, PALE);
    show_line(s, p->above, 34, MARGIN, 72, TEXT_WIDE);
    sheet_heart(s, p->is_rtl ? PICTURE_WIDE - MARGIN - 25 : MARGIN + 25, foot + 27, 47);
    sheet_fill(s);
    double x = p->is_rtl ? MARGIN : MARGIN + beside;
    show_line(s, p->below, 25, x, foot + 42, TEXT_WIDE - beside);
    show_line(s, p->note, 21, x, foot + 80, TEXT_WIDE - beside);
    sheet_ink(s, WHITE);
    show_line(s, p->name, 32, x, foot - 4, TEXT_WIDE - beside);
    show_title(s, p->title);
}

str draw_picture(struct arena *a, const struct picture *p, int *unknown)
{
    *unknown = 0;
    struct sheet_paper paper = { .as = SHEET_PNG,
                                 .wide = PICTURE_WIDE,
                                 .high = PICTURE_HIGH,
                                 .scale = 1,
                                 .lang = p->lang,
                                 .is_rtl = p->is_rtl };
    struct sheet *s = sheet_open(a, &paper);
    if (!s) return S("");
    draw_ground(s, p);
    draw_words(s, p);
    *unknown = sheet_found(s)->unknown_n;
    if (*unknown) {
        draw_ground(s, p);
        sheet_ink(s, PALE);
        sheet_heart(s, PICTURE_WIDE / 2.0, PICTURE_HIGH / 2.0, 210);
        sheet_fill(s);
    }
    return sheet_close(s);
}
