/* draw/picture.h - a page's title as a picture of 1200 by 630, for those who pass its address on.
 *
 * Drawn with cairo and pango, which are opened when the first picture is wanted and not before: only the process
 * that draws carries them, and without them everything else works. Of fonts it reads the few files it names.
 * Needs: base.    Never: a word that the site does not hold; a file outside the font folders. */
#ifndef DRAW_PICTURE_H
#define DRAW_PICTURE_H

#include "base/arena.h"

#define PICTURE_WIDE 1200
#define PICTURE_HIGH 630
#define PICTURE_LOOK \
    "1" /* another number whenever the drawing changes: kept pictures are then drawn anew */

struct picture {
    str lang;
    bool is_rtl;
    str above, title, name, below, note; /* name: of the site; each may be empty but the title */
};

/* A PNG. Without words where the fonts lack a letter: better none than boxes. Empty if this machine cannot draw.
 * unknown: how many letters were lacking. */
str draw_picture(struct arena *a, const struct picture *p, int *unknown);

/* The same picture as words for a job, and back; false if they are not such words. */
str picture_ask(struct arena *a, const struct picture *p);
MUST_USE bool picture_read(str ask, struct picture *out);
/* The file's name: it follows from the words, so that a changed title is another file. */
str picture_file(struct arena *a, str ask);

/* Folders of fonts, NULL-ended, for the walls. */
extern const char *const picture_fonts[];

/* draw/png.c: pixels as cairo has them (0x00RRGGBB), at most 256 colours kept. */
str draw_png(struct arena *a, const uint32_t *pixels, int wide, int high);

#endif
