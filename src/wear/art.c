/* Hearts of our own: four ways to draw one, and the frames around a photograph. */
#include "wear/inside.h"

#define DEEP  0x0b3a66
#define BLUE  0x1263a3
#define UN    0x009edb
#define SKY   0x9fd0f2
#define PALE  0xcfe6f5
#define MIST  0xf2f7fb
#define WHITE 0xffffff
#define INK   0x0c2237
#define SOFT  0x3c556b

enum { LINES, FOLD, MANY, THREAD };

/* In the order of wear_designs. */
const struct wear_look wear_looks[] = {
    { DEEP, WHITE, SKY, SKY },
    { WHITE, DEEP, SOFT, BLUE },
    { MIST, INK, SOFT, BLUE },
    { BLUE, WHITE, PALE, WHITE },
};

size_t wear_look_of(str design)
{
    for (size_t i = 0; wear_designs[i].code.n; i++)
        if (str_eq(wear_designs[i].code, design)) return i;
    return LINES;
}

static uint32_t between(uint32_t a, uint32_t b, double t)
{
    uint32_t out = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        double x = (a >> shift & 255) * (1 - t) + (b >> shift & 255) * t;
        out |= (uint32_t)(x + 0.5) << shift;
    }
    return out;
}

/* One heart in another, each fainter: those who were found, and those nobody has found. */
static void draw_lines(struct sheet *s, double x, double y, double wide)
{
    for (int i = 10; i >= 0; i--) {
        double t = i / 10.0;
        sheet_ink(s, between(SKY, 0x17548a, t));
        sheet_heart(s, x, y + wide * 0.012 * i, wide * (1 - 0.088 * i));
        sheet_stroke(s, wide * (0.0125 - 0.004 * t));
    }
}

/* A sheet of paper folded once: two halves, the light on one of them. */
static void draw_fold(struct sheet *s, double x, double y, double wide, bool is_rtl)
{
    double k = wide / 94, side = is_rtl ? -1 : 1;
    sheet_ink(s, BLUE);
    sheet_heart(s, x, y, wide);
    sheet_fill(s);
    sheet_ink(s, DEEP);
    sheet_move(s, x, y + 43.5 * k);
    sheet_curve(s, x + side * 28 * k, y + 21.5 * k, x + side * 47 * k, y + 5.5 * k,
                x + side * 47 * k, y - 17.5 * k);
    sheet_curve(s, x + side * 47 * k, y - 33.5 * k, x + side * 36 * k, y - 43.5 * k,
                x + side * 23 * k, y - 43.5 * k);
    sheet_curve(s, x + side * 13 * k, y - 43.5 * k, x + side * 5 * k, y - 38.5 * k, x,
                y - 28.5 * k);
    sheet_line(s, x, y + 43.5 * k);
    sheet_fill(s);
}

/* A heart of many hearts, most of them pale. Which ones are not follows from where they stand. */
static void draw_some(struct sheet *s, double x, double y, double wide, int which)
{
    double step = wide / 15.5, up = step * 0.9;
    for (int row = -8; row <= 8; row++)
        for (int at = -9; at <= 9; at++) {
            double cx = (at + (row & 1 ? 0.5 : 0)) * step, cy = row * up;
            if (!sheet_heart_has(cx / wide, cy / wide)) continue;
            unsigned mix = (unsigned)((at + 40) * 7919 + (row + 40) * 104729);
            mix = (mix ^ mix >> 7) * 2654435761u >> 24;
            int kind = mix < 34 ? 2 : mix < 80 ? 1 : 0;
            if (kind == which) sheet_heart(s, x + cx, y + cy, step * 0.8);
        }
    sheet_fill(s);
}

static void draw_many(struct sheet *s, double x, double y, double wide)
{
    static const uint32_t inks[] = { 0xbcdcf0, 0x5aa9db, DEEP };
    for (int i = 0; i < 3; i++) {
        sheet_ink(s, inks[i]);
        draw_some(s, x, y, wide, i);
    }
}

/* One line that comes, makes a heart and goes on: from side to side, or hung from above where words stand beside it. */
static void draw_thread(struct sheet *s, double x, double y, double wide,
                        const struct sheet_paper *p, bool is_hung)
{
    double k = wide / 94, tip = y + 43.5 * k, far = p->wide / 2 + p->bleed + wide;
    double top = -p->bleed - wide * 0.1, low = tip + 6 * k;
    sheet_ink(s, WHITE);
    if (is_hung) {
        sheet_move(s, x - 52 * k, top);
        sheet_curve(s, x - 66 * k, y + 6 * k, x - 40 * k, tip + 30 * k, x, tip);
    } else {
        sheet_move(s, x - far, low);
        sheet_line(s, x - 90 * k, low);
        sheet_curve(s, x - 52 * k, low, x - 24 * k, tip + 19 * k, x, tip);
    }
    static const double half[3][6] = { { 28, 21.5, 47, 5.5, 47, -17.5 },
                                       { 47, -33.5, 36, -43.5, 23, -43.5 },
                                       { 13, -43.5, 5, -38.5, 0, -28.5 } };
    for (int i = 0; i < 3; i++)
        sheet_curve(s, x + half[i][0] * k, y + half[i][1] * k, x + half[i][2] * k,
                    y + half[i][3] * k, x + half[i][4] * k, y + half[i][5] * k);
    sheet_curve(s, x - 5 * k, y - 38.5 * k, x - 13 * k, y - 43.5 * k, x - 23 * k, y - 43.5 * k);
    sheet_curve(s, x - 36 * k, y - 43.5 * k, x - 47 * k, y - 33.5 * k, x - 47 * k, y - 17.5 * k);
    sheet_curve(s, x - 47 * k, y + 5.5 * k, x - 28 * k, y + 21.5 * k, x, tip);
    if (is_hung) {
        sheet_curve(s, x + 40 * k, tip + 30 * k, x + 66 * k, y + 6 * k, x + 52 * k, top);
    } else {
        sheet_curve(s, x + 24 * k, tip + 19 * k, x + 52 * k, low, x + 90 * k, low);
        sheet_line(s, x + far, low);
    }
    sheet_stroke(s, 2.1 * k);
}

void wear_art(struct sheet *s, size_t look, const struct sheet_paper *paper,
              const struct wear_places *at)
{
    sheet_ink(s, wear_looks[look].ground);
    sheet_ground(s);
    switch (look) {
    case LINES: draw_lines(s, at->art_x, at->art_y, at->art_wide); return;
    case FOLD: draw_fold(s, at->art_x, at->art_y, at->art_wide, paper->is_rtl); return;
    case MANY: draw_many(s, at->art_x, at->art_y, at->art_wide); return;
    case THREAD:
        draw_thread(s, at->art_x, at->art_y, at->art_wide * 0.92, paper, at->is_wide);
        return;
    }
}

#define PHOTO 1024.0

/* A heart that keeps its distance from what is behind it. */
static void apart(struct sheet *s, double x, double y, double wide, double line)
{
    sheet_ink(s, WHITE);
    sheet_heart(s, x, y, wide);
    sheet_stroke(s, line * 2);
    sheet_ink(s, BLUE);
    sheet_heart(s, x, y, wide);
    sheet_fill(s);
}

static void frame_ring(struct sheet *s)
{
    double middle = PHOTO / 2;
    sheet_ink(s, WHITE);
    sheet_rect(s, 0, 0, PHOTO, PHOTO);
    sheet_disc(s, middle, middle, 432);
    sheet_fill(s);
    sheet_ink(s, BLUE);
    sheet_rect(s, 0, 0, PHOTO, PHOTO);
    sheet_disc(s, middle, middle, 444);
    sheet_fill(s);
    apart(s, middle, 926, 176, 12);
}

/* Words stand in the part of the circle that networks show. */
static void frame_band(struct sheet *s, str words)
{
    sheet_ink(s, WHITE);
    sheet_rect(s, 0, 706, PHOTO, 12);
    sheet_fill(s);
    sheet_ink(s, BLUE);
    sheet_rect(s, 0, 718, PHOTO, PHOTO - 718);
    sheet_fill(s);
    sheet_ink(s, WHITE);
    sheet_heart(s, PHOTO / 2, 934, 104);
    sheet_fill(s);
    struct sheet_words w = { .text = words,
                             .face = SHEET_BOLD,
                             .most = 84,
                             .least = 34,
                             .side = SHEET_MIDDLE,
                             .down = SHEET_MIDDLE,
                             .lines = 2 };
    sheet_words(s, (struct sheet_box){ 172, 744, 680, 124 }, &w);
}

bool wear_frame(struct sheet *s, str frame, str words)
{
    if (str_eq(frame, S("ring"))) frame_ring(s);
    else if (str_eq(frame, S("corner"))) apart(s, 826, 826, 270, 16);
    else if (str_eq(frame, S("band"))) frame_band(s, words);
    else if (str_eq(frame, S("tint"))) {
        sheet_veil(s, DEEP, 0.42);
        sheet_rect(s, 0, 0, PHOTO, PHOTO);
        sheet_fill(s);
        sheet_ink(s, WHITE);
        sheet_heart(s, PHOTO / 2, 850, 170);
        sheet_fill(s);
    } else {
        return false;
    }
    return true;
}
