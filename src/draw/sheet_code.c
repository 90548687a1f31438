/* An address as a QR code. */
#include "base/limits.h"
#include "draw/sheet_inside.h"

#include <qrencode.h>

#define QUIET 4 /* modules of light around it, as ISO/IEC 18004 asks */

static void end_code(void *thing)
{
    QRcode_free(thing);
}

bool sheet_code(struct sheet *s, struct sheet_box box, str address, uint32_t dark, uint32_t light)
{
    QRcode *code = QRcode_encodeString8bit(arena_z(s->a, address), 0, QR_ECLEVEL_M);
    if (!code) return false;
    arena_at_end(s->a, end_code, code);
    double side = box.wide < box.high ? box.wide : box.high;
    double module = side / (code->width + 2 * QUIET);
    double x0 = box.x + (box.wide - side) / 2, y0 = box.y + (box.high - side) / 2;
    sheet_ink(s, light);
    sheet_rect(s, x0, y0, side, side);
    sheet_fill(s);
    /* Modules side by side are one piece, so that no hair of light stands between them. */
    for (int y = 0; y < code->width; y++)
        for (int x = 0, from; x < code->width; x++) {
            for (from = x; x < code->width && code->data[y * code->width + x] & 1; x++) {}
            if (x > from)
                sheet_rect(s, x0 + (from + QUIET) * module, y0 + (y + QUIET) * module,
                           (x - from) * module, module);
        }
    sheet_ink(s, dark);
    sheet_fill(s);
    struct sheet_box whole = { x0, y0, side, side };
    sheet_note(s, box, whole);
    return true;
}
