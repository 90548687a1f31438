/* wear/inside.h - what this room's own files tell each other.
 *
 * Needs: wear.    Never: included outside src/wear. */
#ifndef WEAR_INSIDE_H
#define WEAR_INSIDE_H

#include "wear/make.html.h"
#include "wear/wear.h"

/* What is drawn, all of it said: its words come to the process that draws and nothing else does. */
struct wear_sheet {
    str kind, design, as, lang;
    bool is_rtl, has_marks;
    str words, place, who;   /* the sentence; city and day; organisation */
    str name, host, note;    /* of the site, and what it says of itself in small */
    str code, code_words;    /* an address, and what is there */
    str title, about, maker; /* in the file */
};
str wear_put(struct arena *a, const struct wear_sheet *w);
MUST_USE bool wear_read(str ask, struct wear_sheet *out);

/* Where things stand on a sheet; a box of no width stands nowhere. */
struct wear_places {
    double art_x, art_y, art_wide; /* the heart's middle */
    struct sheet_box words, place, who, heart, name, host, note, code, code_words;
    double words_most, words_least, place_most, name_most, note_most;
    enum sheet_side side;
    bool is_wide; /* the art stands beside the words */
};
void wear_places(const struct wear_kind *k, const struct wear_sheet *w, struct wear_places *out);

/* A design: its inks and its heart. */
struct wear_look {
    uint32_t ground, ink, soft, heart; /* soft: small words */
};
extern const struct wear_look wear_looks[];
size_t wear_look_of(str design);
bool wear_is_design(str code);
void wear_art(struct sheet *s, size_t look, const struct sheet_paper *paper,
              const struct wear_places *at);
page_fn wear_make_page, wear_made_file, wear_frame_file;
/* The frame of a photograph. False if none is called so. */
bool wear_frame(struct sheet *s, str frame, str words);

#endif
