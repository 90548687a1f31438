/* draw/picture.h - a page's title as a picture of 1200 by 630, for those who pass its address on.
 *
 * Drawn on a sheet (draw/sheet.h), by a process of its own; without the libraries everything else works.
 * Needs: sheet.    Never: a word that the site does not hold; a file outside the font folders. */
#ifndef DRAW_PICTURE_H
#define DRAW_PICTURE_H

#include "draw/sheet.h"

#define PICTURE_WIDE 1200
#define PICTURE_HIGH 630
#define PICTURE_LOOK \
    "2" /* another number whenever the drawing changes: kept pictures are then drawn anew */

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

#endif
