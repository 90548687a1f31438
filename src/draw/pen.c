#include "draw/pen.h"

#include "base/breakage.h"

#include <unistd.h>

const char *const picture_fonts[] = { "/usr/share/fonts", "/usr/local/share/fonts", NULL };

/* Which files hold the letters of a range, one for each face. The first row is always there; others are added when a
 * text needs them. Han letters are bold in both faces without serifs: each face more costs a print file 30 ms. */
#define NOTO "truetype/noto/Noto"
#define CJK  "opentype/noto/Noto"
static const struct script {
    uint32_t first, last;
    const char *file[SHEET_FACES]; /* serif bold, bold, plain */
} scripts[] = {
    { 0x0000, 0x058f, { NOTO "Serif-Bold.ttf", NOTO "Sans-Bold.ttf", NOTO "Sans-Regular.ttf" } },
    { 0x0590,
      0x05ff,
      { NOTO "SerifHebrew-Bold.ttf", NOTO "SansHebrew-Bold.ttf", NOTO "SansHebrew-Regular.ttf" } },
    { 0x0600,
      0x08ff,
      { NOTO "NaskhArabic-Bold.ttf", NOTO "SansArabic-Bold.ttf", NOTO "SansArabic-Regular.ttf" } },
    { 0x0900,
      0x097f,
      { NOTO "SerifDevanagari-Bold.ttf", NOTO "SansDevanagari-Bold.ttf",
        NOTO "SansDevanagari-Regular.ttf" } },
    { 0x0980,
      0x09ff,
      { NOTO "SerifBengali-Bold.ttf", NOTO "SansBengali-Bold.ttf",
        NOTO "SansBengali-Regular.ttf" } },
    { 0x0e00,
      0x0e7f,
      { NOTO "SerifThai-Bold.ttf", NOTO "SansThai-Bold.ttf", NOTO "SansThai-Regular.ttf" } },
    { 0x1200,
      0x139f,
      { NOTO "SerifEthiopic-Bold.ttf", NOTO "SansEthiopic-Bold.ttf",
        NOTO "SansEthiopic-Regular.ttf" } },
    { 0x1780,
      0x17ff,
      { NOTO "SerifKhmer-Bold.ttf", NOTO "SansKhmer-Bold.ttf", NOTO "SansKhmer-Regular.ttf" } },
    { 0x2e80, 0x9fff, { CJK "SerifCJK-Bold.ttc", CJK "SansCJK-Bold.ttc", CJK "SansCJK-Bold.ttc" } },
    { 0xac00, 0xfaff, { CJK "SerifCJK-Bold.ttc", CJK "SansCJK-Bold.ttc", CJK "SansCJK-Bold.ttc" } },
    { 0xfb50,
      0xfeff,
      { NOTO "NaskhArabic-Bold.ttf", NOTO "SansArabic-Bold.ttf", NOTO "SansArabic-Regular.ttf" } },
    { 0xff00, 0xffef, { CJK "SerifCJK-Bold.ttc", CJK "SansCJK-Bold.ttc", CJK "SansCJK-Bold.ttc" } },
};

#define SANS_FAMILIES                                                                    \
    "Noto Sans,Noto Sans Arabic,Noto Sans CJK SC,Noto Sans Hebrew,Noto Sans Devanagari," \
    "Noto Sans Bengali,Noto Sans Thai,Noto Sans Ethiopic,Noto Sans Khmer"
#define SERIF_FAMILIES                                                             \
    "Noto Serif,Noto Naskh Arabic,Noto Serif CJK SC,Noto Serif Hebrew,Noto Serif " \
    "Devanagari,Noto Serif Bengali,Noto Serif Thai,Noto Serif Ethiopic,Noto Serif Khmer"

static struct pen pen;
static bool is_added[COUNT_OF(scripts)][SHEET_FACES];

/* Letters once drawn are remembered by the libraries, without end: from time to time they begin anew. Not while a thread
 * of theirs, which looks for fonts ahead, still holds the map: what is begun anew must be nobody's, or they abort. */
#define SHEETS_REMEMBERED 100

static void renew(void)
{
    static unsigned drawn;
    if (!pen.map || ++drawn < SHEETS_REMEMBERED) return;
    if (((GObject *)pen.map)->ref_count > 1) return;
    drawn = 0;
    pen.d->g_object_unref(pen.map);
    pen.d->cairo_debug_reset_static_data();
    pen.map = NULL;
}

const struct pen *pen_open(void)
{
    renew();
    if (pen.map) return &pen;
    if (!pen.d) {
        pen.d = drawn_open();
        if (!pen.d) return NULL;
        pen.fonts = pen.d->FcConfigCreate();
        if (!pen.fonts) broken("no memory left");
        pen.d->FcConfigSetCurrent(pen.fonts); /* or the libraries would look for one of their own */
    }
    pen.map = pen.d->pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!pen.map) broken("no memory left");
    return &pen;
}

static void add_file(struct arena *a, const char *file)
{
    for (const char *const *folder = picture_fonts; *folder; folder++) {
        const char *path = arena_format(a, "%s/%s", *folder, file).p;
        if (access(path, R_OK) != 0) continue;
        pen.d->FcConfigAppFontAddFile(pen.fonts, (const FcChar8 *)path);
        pen.d->pango_fc_font_map_config_changed((PangoFcFontMap *)pen.map);
        return;
    }
}

static void add(struct arena *a, size_t script, enum sheet_face face)
{
    if (is_added[script][face]) return;
    const char *file = scripts[script].file[face];
    add_file(a, file);
    for (size_t i = 0; i < COUNT_OF(scripts); i++)
        if (strcmp(scripts[i].file[face], file) == 0) is_added[i][face] = true;
}

uint32_t pen_letter(str s, size_t *at)
{
    unsigned char c = (unsigned char)s.p[(*at)++];
    int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
    uint32_t letter = more == 3 ? c & 7u : more == 2 ? c & 15u : more == 1 ? c & 31u : c;
    for (; more && *at < s.n; more--) letter = letter << 6 | ((unsigned char)s.p[(*at)++] & 63u);
    return letter;
}

void pen_fonts_for(struct arena *a, str text, enum sheet_face face)
{
    add(a, 0, face);
    for (size_t at = 0; at < text.n;) {
        uint32_t letter = pen_letter(text, &at);
        for (size_t i = 1; i < COUNT_OF(scripts) && letter >= scripts[1].first; i++)
            if (letter >= scripts[i].first && letter <= scripts[i].last) add(a, i, face);
    }
}

const char *pen_families(enum sheet_face face)
{
    return face == SHEET_SERIF ? SERIF_FAMILIES : SANS_FAMILIES;
}

PangoWeight pen_weight(enum sheet_face face)
{
    return face == SHEET_PLAIN ? PANGO_WEIGHT_NORMAL : PANGO_WEIGHT_BOLD;
}
