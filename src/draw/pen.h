/* draw/pen.h - fonts: which file holds which letters, opened when a text needs them and not before.
 *
 * No configuration of the machine is read: the few files of Noto are named here, three faces for each script.
 * Needs: drawn.    Never: a font folder other than those of picture_fonts; included outside src/draw. */
#ifndef DRAW_PEN_H
#define DRAW_PEN_H

#include "base/arena.h"
#include "draw/drawn.h"
#include "draw/sheet.h"

struct pen {
    const struct drawn *d;
    FcConfig *fonts;
    PangoFontMap *map;
};

/* NULL if this machine has not got the libraries. */
const struct pen *pen_open(void);
/* The files that hold these letters in this face are ready from here on. */
void pen_fonts_for(struct arena *a, str text, enum sheet_face face);
const char *pen_families(enum sheet_face face);
PangoWeight pen_weight(enum sheet_face face);

/* The letter at a place of well-formed text; the place moves behind it. */
uint32_t pen_letter(str s, size_t *at);

#endif
