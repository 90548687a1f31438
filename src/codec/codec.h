/* codec/codec.h - a stranger's file becomes pictures of ours: looked at, decoded, made smaller, written anew.
 *
 * What comes out is made from pixels alone. Whatever else the file held (where and when a photograph was taken, by
 * which camera, previews, comments, another file behind it) is not in any of the pictures. A photograph is turned
 * upright first, and its colours are taken over to sRGB where its profile is a simple one.
 * Decoding is done by libraries of others: codec_make runs only in a process that holds nothing and may do nothing.
 * Needs: base, libjpeg, libpng, libwebp.    Never: a file, a database, a word of what the file says about itself. */
#ifndef CODEC_CODEC_H
#define CODEC_CODEC_H

#include "base/arena.h"

enum codec_kind { CODEC_JPEG, CODEC_PNG, CODEC_WEBP };

enum codec_answer {
    CODEC_YES,
    CODEC_NOT_A_PICTURE, /* neither JPEG nor PNG nor WebP, or a kind of them that browsers do not show */
    CODEC_TOO_LARGE, /* more pixels than are taken, or more bytes than could be kept */
    CODEC_TOO_SMALL,
    CODEC_DAMAGED,  /* ends too early, or says of itself what is not so */
    CODEC_ANIMATED, /* more than one picture in a row */
    CODEC_INKS,     /* made of printing inks (CMYK) */
    CODEC_GAVE_UP,  /* took too long or too much memory */
    CODEC_ANSWERS
};

/* What the head of a file says; nothing is decoded. Sizes are within limits if the answer is CODEC_YES. */
struct codec_head {
    enum codec_kind kind;
    int wide, high; /* as stored, before it is turned */
    int turn;       /* Exif's orientation, 1 to 8 */
    str profile;    /* of a WebP only: the libraries read that of the others */
};
MUST_USE enum codec_answer codec_look(str bytes, struct codec_head *out);

/* What was done to it besides. */
enum {
    CODEC_TURNED = 1,
    CODEC_CONVERTED = 2, /* its colours were taken over to sRGB */
    CODEC_DROPPED = 4,   /* its profile was too odd to be followed; colours may look different */
};

enum { CODEC_SIZES_MAX = 5 }; /* widths */

struct codec_picture {
    enum codec_kind kind;
    int wide, high;
    str bytes;
};

struct codec_made {
    int wide, high; /* upright, before it was made smaller */
    unsigned notes;
    struct codec_picture picture[CODEC_SIZES_MAX * 2]; /* by width, the smallest first */
    size_t n;
};
MUST_USE enum codec_answer codec_make(struct arena *a, str bytes, struct codec_made *out);

/* The same as words and bytes, between processes. codec_read believes nothing: false unless the words are well-formed
 * and each picture is what it says by its own head. */
str codec_words(struct arena *a, enum codec_answer answer, const struct codec_made *made);
MUST_USE bool codec_read(str words, str bytes, enum codec_answer *answer, struct codec_made *out);

const char *codec_ending(enum codec_kind kind); /* "jpg", "png", "webp" */
const char *codec_type(enum codec_kind kind);   /* "image/jpeg", ... */

#endif
