#include "draw/picture.h"

#include "base/breakage.h"
#include "draw/drawn.h"

#include <unistd.h>

const char *const picture_fonts[] = { "/usr/share/fonts", "/usr/local/share/fonts", NULL };

/* Which file holds the letters of a range. The first is always there; others are added when a text needs them. */
static struct script {
    uint32_t first, last;
    const char *file;
    bool is_added;
} scripts[] = {
    { 0x0000, 0x058f, "truetype/noto/NotoSans-Bold.ttf", false },
    { 0x0590, 0x05ff, "truetype/noto/NotoSansHebrew-Bold.ttf", false },
    { 0x0600, 0x08ff, "truetype/noto/NotoSansArabic-Bold.ttf", false },
    { 0x0900, 0x097f, "truetype/noto/NotoSansDevanagari-Bold.ttf", false },
    { 0x0980, 0x09ff, "truetype/noto/NotoSansBengali-Bold.ttf", false },
    { 0x0e00, 0x0e7f, "truetype/noto/NotoSansThai-Bold.ttf", false },
    { 0x1200, 0x139f, "truetype/noto/NotoSansEthiopic-Bold.ttf", false },
    { 0x1780, 0x17ff, "truetype/noto/NotoSansKhmer-Bold.ttf", false },
    { 0x2e80, 0x9fff, "opentype/noto/NotoSansCJK-Bold.ttc", false },
    { 0xac00, 0xfaff, "opentype/noto/NotoSansCJK-Bold.ttc", false },
    { 0xfb50, 0xfeff, "truetype/noto/NotoSansArabic-Bold.ttf", false },
    { 0xff00, 0xffef, "opentype/noto/NotoSansCJK-Bold.ttc", false },
};

#define FAMILIES                                                                              \
    "Noto Sans,Noto Sans Arabic,Noto Sans CJK SC,Noto Sans Hebrew,Noto Sans Devanagari,Noto " \
    "Sans Bengali,Noto Sans Thai,Noto Sans Ethiopic,Noto Sans Khmer"

static struct pen {
    const struct drawn *d;
    FcConfig *fonts;
    PangoFontMap *map;
} pen;

/* Letters once drawn are remembered by the libraries, without end: from time to time they begin anew. */
#define PICTURES_REMEMBERED 100

static void pen_renew(void)
{
    static unsigned drawn;
    if (drawn++ % PICTURES_REMEMBERED || !pen.map) return;
    pen.d->g_object_unref(pen.map);
    pen.d->cairo_debug_reset_static_data();
    pen.map = NULL;
}

static bool pen_open(void)
{
    pen_renew();
    if (pen.map) return true;
    if (!pen.d) {
        pen.d = drawn_open();
        if (!pen.d) return false;
        pen.fonts = pen.d->FcConfigCreate();
        if (!pen.fonts) broken("no memory left");
        pen.d->FcConfigSetCurrent(pen.fonts); /* or the libraries would look for one of their own */
    }
    pen.map = pen.d->pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!pen.map) broken("no memory left");
    return true;
}

static void add_font(struct arena *a, struct script *s)
{
    for (const char *const *folder = picture_fonts; *folder; folder++) {
        const char *path = arena_format(a, "%s/%s", *folder, s->file).p;
        if (access(path, R_OK) != 0) continue;
        pen.d->FcConfigAppFontAddFile(pen.fonts, (const FcChar8 *)path);
        pen.d->pango_fc_font_map_config_changed((PangoFcFontMap *)pen.map);
        break;
    }
    for (size_t i = 0; i < COUNT_OF(scripts); i++)
        if (strcmp(scripts[i].file, s->file) == 0) scripts[i].is_added = true;
}

static uint32_t letter_at(str s, size_t *at)
{
    unsigned char c = (unsigned char)s.p[(*at)++];
    int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
    uint32_t letter = more == 3 ? c & 7u : more == 2 ? c & 15u : more == 1 ? c & 31u : c;
    for (; more && *at < s.n; more--) letter = letter << 6 | ((unsigned char)s.p[(*at)++] & 63u);
    return letter;
}

static void add_fonts_for(struct arena *a, str text)
{
    if (!scripts[0].is_added) add_font(a, &scripts[0]);
    for (size_t at = 0; at < text.n;) {
        uint32_t letter = letter_at(text, &at);
        for (size_t i = 1; i < COUNT_OF(scripts) && letter >= scripts[1].first; i++)
            if (!scripts[i].is_added && letter >= scripts[i].first && letter <= scripts[i].last)
                add_font(a, &scripts[i]);
    }
}

/* One picture being drawn. What the libraries hand out is given to the arena as it is made. */
struct sheet {
    struct arena *a;
    const struct picture *p;
    uint32_t *pixels;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoContext *context;
    int unknown;
};

static void end_context(void *thing)
{
    pen.d->g_object_unref(thing);
}

static void end_surface(void *thing)
{
    pen.d->cairo_surface_destroy(thing);
}

static void end_cairo(void *thing)
{
    pen.d->cairo_destroy(thing);
}

static void end_description(void *thing)
{
    pen.d->pango_font_description_free(thing);
}

static void sheet_open(struct sheet *s)
{
    s->pixels = arena_take(s->a, (size_t)PICTURE_WIDE * PICTURE_HIGH * sizeof(uint32_t));
    s->surface = pen.d->cairo_image_surface_create_for_data(
        (unsigned char *)s->pixels, CAIRO_FORMAT_RGB24, PICTURE_WIDE, PICTURE_HIGH,
        PICTURE_WIDE * (int)sizeof(uint32_t));
    arena_at_end(s->a, end_surface, s->surface);
    s->cr = pen.d->cairo_create(s->surface);
    arena_at_end(s->a, end_cairo, s->cr);

    s->context = pen.d->pango_font_map_create_context(pen.map);
    arena_at_end(s->a, end_context, s->context);
    pen.d->pango_context_set_language(s->context,
                                      pen.d->pango_language_from_string(arena_z(s->a, s->p->lang)));
    pen.d->pango_context_set_base_dir(s->context,
                                      s->p->is_rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    cairo_font_options_t *options = pen.d->cairo_font_options_create();
    pen.d->cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pen.d->cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    pen.d->cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pen.d->pango_cairo_context_set_font_options(s->context, options);
    pen.d->cairo_font_options_destroy(options);
}

static void ink(struct sheet *s, uint32_t colour)
{
    pen.d->cairo_set_source_rgb(s->cr, (colour >> 16) / 255.0, (colour >> 8 & 255) / 255.0,
                                (colour & 255) / 255.0);
}

/* Half a heart and its mirror image, in a box of 100 by 92. */
static void heart_path(struct sheet *s)
{
    const struct drawn *d = pen.d;
    d->cairo_move_to(s->cr, 50, 90);
    d->cairo_curve_to(s->cr, 22, 68, 3, 52, 3, 29);
    d->cairo_curve_to(s->cr, 3, 13, 14, 3, 27, 3);
    d->cairo_curve_to(s->cr, 37, 3, 45, 8, 50, 18);
    d->cairo_curve_to(s->cr, 55, 8, 63, 3, 73, 3);
    d->cairo_curve_to(s->cr, 86, 3, 97, 13, 97, 29);
    d->cairo_curve_to(s->cr, 97, 52, 78, 68, 50, 90);
    d->cairo_close_path(s->cr);
}

/* The mark of lines: one heart in another, each a line as thin as the last. */
static void draw_lines(struct sheet *s, double centre_x, double centre_y, double wide)
{
    const struct drawn *d = pen.d;
    for (int i = 0; i < 9; i++) {
        double scale = wide / 100 * (1 - i * 0.105);
        d->cairo_save(s->cr);
        d->cairo_translate(s->cr, centre_x, centre_y);
        d->cairo_scale(s->cr, scale, scale);
        d->cairo_translate(s->cr, -50, -44);
        heart_path(s);
        d->cairo_set_line_width(s->cr, 4 / scale);
        d->cairo_stroke(s->cr);
        d->cairo_restore(s->cr);
    }
}

static void draw_heart(struct sheet *s, double x, double y, double wide)
{
    const struct drawn *d = pen.d;
    d->cairo_save(s->cr);
    d->cairo_translate(s->cr, x, y);
    d->cairo_scale(s->cr, wide / 100, wide / 100);
    heart_path(s);
    d->cairo_fill(s->cr);
    d->cairo_restore(s->cr);
}

/* By the first letter that has a direction; without one, as the sheet. */
static bool runs_from_right(str text, bool otherwise)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t c = letter_at(text, &at);
        if ((c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfefc)) return true;
        if (c >= 0xc0 || ((c | 32) >= 'a' && (c | 32) <= 'z')) return false;
    }
    return otherwise;
}

/* Everything begins on the side where reading begins. The library turns the side round for a line that runs
 * against the sheet, such as an English title among Arabic: turned round twice it stays. */
static PangoAlignment side_for(const struct sheet *s, str text)
{
    return runs_from_right(text, s->p->is_rtl) ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

static PangoLayout *layout_of(struct sheet *s, str text, int size, int wide)
{
    const struct drawn *d = pen.d;
    PangoLayout *l = d->pango_layout_new(s->context);
    arena_at_end(s->a, end_context, l);
    PangoFontDescription *font = d->pango_font_description_new();
    arena_at_end(s->a, end_description, font);
    d->pango_font_description_set_family(font, FAMILIES);
    d->pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    d->pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    d->pango_layout_set_font_description(l, font);
    d->pango_layout_set_text(l, text.p, (int)text.n);
    d->pango_layout_set_width(l, wide * PANGO_SCALE);
    d->pango_layout_set_alignment(l, side_for(s, text));
    d->pango_layout_set_wrap(l, PANGO_WRAP_WORD);
    d->pango_layout_set_line_spacing(l, 1.08f);
    return l;
}

static void show(struct sheet *s, PangoLayout *l, double x, double y)
{
    pen.d->cairo_move_to(s->cr, x, y);
    pen.d->pango_cairo_show_layout(s->cr, l);
    s->unknown += pen.d->pango_layout_get_unknown_glyphs_count(l);
}

#define MARGIN    84
#define TEXT_WIDE (PICTURE_WIDE - 2 * MARGIN)

/* One line; what does not fit ends in an ellipsis. */
static void show_line(struct sheet *s, str text, int size, double x, double y, int wide)
{
    if (text.n == 0) return;
    PangoLayout *l = layout_of(s, text, size, wide);
    pen.d->pango_layout_set_height(l, -1);
    pen.d->pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
    show(s, l, x, y);
}

#define TITLE_TOP  138
#define TITLE_HIGH 300

/* The narrowest width that needs no further line, so that no word is left alone on the last. */
static int balanced(PangoLayout *l, int high)
{
    int from = TEXT_WIDE / 3, to = TEXT_WIDE;
    while (to - from > 16) {
        int between = (from + to) / 2, wide, now;
        pen.d->pango_layout_set_width(l, between * PANGO_SCALE);
        pen.d->pango_layout_get_pixel_size(l, &wide, &now);
        if (now <= high && wide <= between) to = between;
        else from = between;
    }
    pen.d->pango_layout_set_width(l, to * PANGO_SCALE);
    return to;
}

/* As large as fits. What is too long for the smallest letters ends in an ellipsis. */
static void show_title(struct sheet *s)
{
    static const int sizes[] = { 92, 80, 70, 62, 54, 48, 42 };
    int wide = 0, high = 0;
    PangoLayout *l = NULL;
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        l = layout_of(s, s->p->title, sizes[i], TEXT_WIDE);
        pen.d->pango_layout_get_pixel_size(l, &wide, &high);
        if (wide <= TEXT_WIDE && high <= TITLE_HIGH) break;
    }
    int used = TEXT_WIDE;
    if (wide <= TEXT_WIDE && high <= TITLE_HIGH) {
        used = balanced(l, high);
    } else {
        pen.d->pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
        pen.d->pango_layout_set_height(l, TITLE_HIGH * PANGO_SCALE);
        pen.d->pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
        pen.d->pango_layout_get_pixel_size(l, &wide, &high);
    }
    double x = s->p->is_rtl ? MARGIN + TEXT_WIDE - used : MARGIN;
    show(s, l, x, TITLE_TOP + (TITLE_HIGH - high) / 2.0);
}

#define DEEP  0x0b3a66
#define LINES 0x17548a
#define PALE  0x9fd0f2
#define WHITE 0xffffff

static void draw_ground(struct sheet *s)
{
    ink(s, DEEP);
    pen.d->cairo_paint(s->cr);
    ink(s, LINES);
    draw_lines(s, s->p->is_rtl ? 250 : PICTURE_WIDE - 250, 330, 620);
}

static void draw_words(struct sheet *s)
{
    const struct picture *p = s->p;
    int foot = PICTURE_HIGH - 150, beside = 74;
    ink(s, PALE);
    show_line(s, p->above, 34, MARGIN, 72, TEXT_WIDE);
    draw_heart(s, p->is_rtl ? PICTURE_WIDE - MARGIN - 50 : MARGIN, foot + 4, 50);
    double x = p->is_rtl ? MARGIN : MARGIN + beside;
    show_line(s, p->below, 25, x, foot + 42, TEXT_WIDE - beside);
    show_line(s, p->note, 21, x, foot + 80, TEXT_WIDE - beside);
    ink(s, WHITE);
    show_line(s, p->name, 32, x, foot - 4, TEXT_WIDE - beside);
    show_title(s);
}

str draw_picture(struct arena *a, const struct picture *p, int *unknown)
{
    *unknown = 0;
    if (!pen_open()) return S("");
    const str words[] = { p->above, p->title, p->name, p->below, p->note };
    for (size_t i = 0; i < COUNT_OF(words); i++) add_fonts_for(a, words[i]);

    struct sheet s = { .a = a, .p = p };
    sheet_open(&s);
    draw_ground(&s);
    draw_words(&s);
    if (s.unknown) {
        draw_ground(&s);
        ink(&s, PALE);
        draw_heart(&s, PICTURE_WIDE / 2.0 - 110, PICTURE_HIGH / 2.0 - 101, 220);
    }
    pen.d->cairo_surface_flush(s.surface);
    if (pen.d->cairo_status(s.cr) != CAIRO_STATUS_SUCCESS) broken("a picture could not be drawn");
    *unknown = s.unknown;
    return draw_png(a, s.pixels, PICTURE_WIDE, PICTURE_HIGH);
}
