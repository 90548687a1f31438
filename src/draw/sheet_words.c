/* Words in a box: as large as fits, balanced, and nothing of their ink outside. */
#include "base/limits.h"
#include "draw/sheet_inside.h"

#define SIZES 28 /* tried between the largest and the smallest */

#define SHORTENED_LINES 6 /* of what ends in an ellipsis */

struct set {
    PangoLayout *layout;
    PangoRectangle ink, logical; /* in pango's units */
    int lines;
};

static double units(int n)
{
    return (double)n / PANGO_SCALE;
}

/* By the first letter that has a direction; without one, as the sheet. */
static bool runs_from_right(str text, bool otherwise)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t c = pen_letter(text, &at);
        if ((c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfefc)) return true;
        if (c >= 0xc0 || ((c | 32) >= 'a' && (c | 32) <= 'z')) return false;
    }
    return otherwise;
}

/* The library turns the side round for a line that runs against the sheet, such as an English title among Arabic:
 * turned round twice it stays. */
static PangoAlignment side_for(const struct sheet *s, const struct sheet_words *w)
{
    if (w->side == SHEET_MIDDLE) return PANGO_ALIGN_CENTER;
    bool is_right = runs_from_right(w->text, s->paper.is_rtl) == (w->side == SHEET_START);
    return is_right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

static void measure(struct sheet *s, struct set *t)
{
    s->d->pango_layout_get_extents(t->layout, &t->ink, &t->logical);
    t->lines = s->d->pango_layout_get_line_count(t->layout);
}

static void set_size(struct sheet *s, struct set *t, const struct sheet_words *w, double size)
{
    const struct drawn *d = s->d;
    PangoFontDescription *font = d->pango_font_description_new();
    d->pango_font_description_set_family(font, pen_families(w->face));
    d->pango_font_description_set_weight(font, pen_weight(w->face));
    d->pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    d->pango_layout_set_font_description(t->layout, font);
    d->pango_font_description_free(font);
    measure(s, t);
}

/* What is drawn must not leave the box. What a script leaves empty above and below may. */
static struct sheet_box reach(const struct set *t)
{
    const PangoRectangle *r = t->ink.height ? &t->ink : &t->logical;
    return (struct sheet_box){ units(r->x), units(r->y), units(r->width), units(r->height) };
}

static bool fits(const struct set *t, struct sheet_box box, const struct sheet_words *w)
{
    struct sheet_box r = reach(t);
    return r.wide <= box.wide && r.high <= box.high && units(t->logical.width) <= box.wide &&
           (w->lines == 0 || t->lines <= w->lines);
}

static double size_at(const struct sheet_words *w, int i)
{
    return w->most - (w->most - w->least) * i / (SIZES - 1);
}

/* The largest that fits, each word whole; false if none does. */
static bool find_size(struct sheet *s, struct set *t, struct sheet_box box,
                      const struct sheet_words *w)
{
    int from = 0, to = SIZES; /* the first that fits is in [from, to]; SIZES: none */
    while (from < to) {
        int between = (from + to) / 2;
        set_size(s, t, w, size_at(w, between));
        if (fits(t, box, w)) to = between;
        else from = between + 1;
    }
    if (to == SIZES) return false;
    set_size(s, t, w, size_at(w, to));
    return fits(t, box, w);
}

static bool find_any_size(struct sheet *s, struct set *t, struct sheet_box box,
                          const struct sheet_words *w)
{
    if (find_size(s, t, box, w)) return true;
    s->d->pango_layout_set_wrap(t->layout, PANGO_WRAP_WORD_CHAR); /* one word without an end */
    if (find_size(s, t, box, w)) return true;
    if (!w->may_end) return false;
    s->d->pango_layout_set_ellipsize(t->layout, PANGO_ELLIPSIZE_END);
    for (int lines = w->lines ? w->lines : SHORTENED_LINES; lines > 0; lines--) {
        s->d->pango_layout_set_height(t->layout, -lines);
        set_size(s, t, w, w->least);
        if (fits(t, box, w)) return true;
    }
    return false;
}

/* The narrowest width that needs no further line, so that no word is left alone on the last. */
static double balance(struct sheet *s, struct set *t, struct sheet_box box)
{
    struct set best = *t;
    double from = box.wide / 3, to = box.wide, step = box.wide / 90;
    if (t->lines < 2) from = to;
    while (to - from > step) {
        double between = (from + to) / 2;
        s->d->pango_layout_set_width(t->layout, (int)(between * PANGO_SCALE));
        measure(s, t);
        bool is_as_good = t->lines <= best.lines && units(t->logical.width) <= between &&
                          reach(t).high <= reach(&best).high && reach(t).wide <= between;
        if (is_as_good) to = between;
        else from = between;
    }
    s->d->pango_layout_set_width(t->layout, (int)(to * PANGO_SCALE));
    measure(s, t);
    return to;
}

static double along(enum sheet_side side, double room, double used)
{
    return side == SHEET_START ? 0 : side == SHEET_MIDDLE ? (room - used) / 2 : room - used;
}

/* Moved in if an overhanging letter would stand out. */
static double kept_in(double at, double from, double room, double begin, double long_)
{
    if (at + begin < from) return from - begin;
    if (at + begin + long_ > from + room) return from + room - begin - long_;
    return at;
}

static void put_layout(struct sheet *s, struct set *t, struct sheet_box box,
                       const struct sheet_words *w, double used)
{
    bool is_mirrored = s->paper.is_rtl && w->side != SHEET_MIDDLE;
    enum sheet_side side = !is_mirrored             ? w->side
                           : w->side == SHEET_START ? SHEET_END
                                                    : SHEET_START;
    struct sheet_box r = reach(t);
    double x = box.x + along(side, box.wide, used);
    double y = box.y + along(w->down, box.high, r.high) - r.y;
    x = kept_in(x, box.x, box.wide, r.x, r.wide);
    sheet_note(s, box,
               (struct sheet_box){ x + units(t->ink.x), y + units(t->ink.y), units(t->ink.width),
                                   units(t->ink.height) });
    sheet_move(s, x, y);
    if (s->paper.as == SHEET_SVG) {
        s->d->pango_cairo_layout_path(s->cr, t->layout);
        sheet_svg_path(s, 0);
    } else {
        s->d->pango_cairo_show_layout(s->cr, t->layout);
        s->d->cairo_new_path(s->cr);
    }
}

/* Letters without an ink of their own, which no font need have. */
static bool is_silent(uint32_t c)
{
    return c < 0x21 || (c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x2060 && c <= 0x2064) || (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff;
}

static bool is_noted(const struct sheet *s, uint32_t c)
{
    for (int i = 0; i < s->found.unknown_n && i < (int)COUNT_OF(s->unknown); i++)
        if (s->unknown[i] == c) return true;
    return false;
}

/* Which letters no font has: each tried alone. */
static void note_unknown(struct sheet *s, struct set *t, str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = pen_letter(text, &at);
        if (is_silent(c) || is_noted(s, c)) continue;
        s->d->pango_layout_set_text(t->layout, text.p + from, (int)(at - from));
        if (s->d->pango_layout_get_unknown_glyphs_count(t->layout) == 0) continue;
        if (s->found.unknown_n < (int)COUNT_OF(s->unknown)) {
            s->unknown[s->found.unknown_n] = c;
            str letter = { text.p + from, at - from };
            s->found.unknown = s->found.unknown.n
                                   ? ARENA_JOIN(s->a, s->found.unknown, S(" "), letter)
                                   : arena_str(s->a, letter);
        }
        s->found.unknown_n++;
    }
    if (s->found.unknown_n == 0) s->found.unknown_n = 1; /* only together are they unknown */
}

bool sheet_words(struct sheet *s, struct sheet_box box, const struct sheet_words *w)
{
    const struct drawn *d = s->d;
    if (w->text.n == 0) return true;
    pen_fonts_for(s->a, w->text, w->face);
    struct set t = { .layout = d->pango_layout_new(s->context) };
    d->pango_layout_set_text(t.layout, w->text.p, (int)w->text.n);
    d->pango_layout_set_width(t.layout, (int)(box.wide * PANGO_SCALE));
    d->pango_layout_set_alignment(t.layout, side_for(s, w));
    d->pango_layout_set_wrap(t.layout, PANGO_WRAP_WORD);
    d->pango_layout_set_line_spacing(t.layout, (float)(w->spread > 0 ? w->spread : 1.08));

    bool is_in = find_any_size(s, &t, box, w);
    if (is_in) {
        double used = balance(s, &t, box);
        put_layout(s, &t, box, w, used);
    } else {
        s->found.is_full = true;
    }
    if (d->pango_layout_get_unknown_glyphs_count(t.layout)) note_unknown(s, &t, w->text);
    d->g_object_unref(t.layout);
    return is_in;
}
