/* Small pictures that stand inside a page, so that choosing asks for no file. */
#include "wear/inside.h"

/* clang-format off */
#define OPEN  "<svg class=\"wear-glyph\" viewBox=\"0 0 64 64\" aria-hidden=\"true\">"
#define ALL   "<rect width=\"64\" height=\"64\" fill=\""
#define HEART "M0 24C-15 12-25 4-25-8c0-8 6-14 13-14 5 0 9 3 12 8 3-5 7-8 12-8 7 0 13 6 13 14 0 12-10 20-25 32z"
#define AT(x, y, k) "<path transform=\"translate(" #x " " #y ") scale(" #k ")\" d=\"" HEART "\"/>"
#define SMALL(x, y) AT(x, y, .16)
#define PHOTO ALL "#cfe6f5\"/><circle cx=\"32\" cy=\"27\" r=\"9\" fill=\"#9fb9cc\"/>" \
    "<path d=\"M14 56c3-12 10-17 18-17s15 5 18 17z\" fill=\"#9fb9cc\"/>"

static const struct {
    const char *code, *markup;
} glyphs[] = {
    { "lines", OPEN ALL "#0b3a66\"/><g fill=\"none\" stroke=\"#9fd0f2\" stroke-width=\"2\">"
        AT(32, 32, .96) "<g opacity=\".75\">" AT(32, 32, .74) "</g><g opacity=\".55\">" AT(32, 32, .52)
        "</g><g opacity=\".4\">" AT(32, 32, .3) "</g></g></svg>" },
    { "fold", OPEN ALL "#fff\"/><g fill=\"#1263a3\">" AT(32, 32, .96) "</g><path fill=\"#0b3a66\" "
        "transform=\"translate(32 32) scale(.96)\" d=\"M0 24v-38c3-5 7-8 12-8 7 0 13 6 13 14 0 12-10 20-25 32z\"/></svg>" },
    { "many", OPEN ALL "#f2f7fb\"/><g fill=\"#bcdcf0\">" SMALL(20, 20) SMALL(44, 20) SMALL(14, 29) SMALL(38, 29)
        SMALL(50, 29) SMALL(20, 38) SMALL(32, 38) SMALL(38, 47) "</g><g fill=\"#0b3a66\">" SMALL(26, 29) SMALL(44, 38)
        SMALL(32, 56) "</g><g fill=\"#5aa9db\">" SMALL(26, 47) SMALL(32, 20) "</g></svg>" },
    { "thread", OPEN ALL "#1263a3\"/><path fill=\"none\" stroke=\"#fff\" stroke-width=\"2\" d=\"M0 54h10c10 0 16 3 22-3 "
        "13-10 21-17 21-28 0-7-5-12-11-12-4 0-8 2-10 7-2-5-6-7-10-7-6 0-11 5-11 12 0 11 8 18 21 28 6 6 12 3 22 3h10\"/></svg>" },
    { "ring", OPEN PHOTO "<path fill=\"#1263a3\" fill-rule=\"evenodd\" d=\"M0 0h64v64H0zM32 4.500a27.500 27.500 0 1 0 .01 "
        "0z\"/><g fill=\"#1263a3\" stroke=\"#fff\" stroke-width=\"5\">" AT(32, 57, .22) "</g></svg>" },
    { "corner", OPEN PHOTO "<g fill=\"#1263a3\" stroke=\"#fff\" stroke-width=\"5\">" AT(51, 51, .34) "</g></svg>" },
    { "band", OPEN PHOTO "<path fill=\"#1263a3\" d=\"M0 45h64v19H0z\"/><path stroke=\"#fff\" stroke-width=\"2.500\" "
        "d=\"M14 51h36\"/><g fill=\"#fff\">" AT(32, 58.5, .13) "</g></svg>" },
    { "tint", OPEN PHOTO ALL "#0b3a66\" opacity=\".42\"/><g fill=\"#fff\">" AT(32, 53, .21) "</g></svg>" },
    { "three", "<svg class=\"wear-three\" viewBox=\"0 0 192 64\" aria-hidden=\"true\"><g fill=\"#1263a3\">" AT(32, 33, .9)
        "</g><rect x=\"64\" width=\"64\" height=\"64\" rx=\"6\" fill=\"#0b3a66\"/><g fill=\"#fff\">" AT(96, 33, .9)
        "</g><g fill=\"none\" stroke=\"#1263a3\" stroke-width=\"3\">" AT(160, 33, .88) "</g></svg>" },
};
/* clang-format on */

html wear_glyph(str code)
{
    for (size_t i = 0; i < COUNT_OF(glyphs); i++)
        if (str_eq(code, str_of(glyphs[i].code))) return (html){ str_of(glyphs[i].markup) };
    return (html){ S("") };
}
