/* codec/inside.h - what the codec's own files tell each other; nobody else includes it. */
#ifndef CODEC_INSIDE_H
#define CODEC_INSIDE_H

#include "base/limits.h"
#include "codec/codec.h"

/* Light: linear, 0 to 65535, red, green, blue and cover, the first three already multiplied by the last. */
struct canvas {
    int wide, high;
    uint16_t *light; /* four a pixel */
};

/* How stored bytes become light. */
struct colour {
    float curve[3][256]; /* 0 to 1 */
    float matrix[9];     /* then, to sRGB's own primaries */
    bool has_matrix;
};
void colour_srgb(struct colour *c);
enum profile { PROFILE_FOLLOWED, PROFILE_IS_SRGB, PROFILE_TOO_ODD };
/* An ICC profile made of three curves and a matrix, or of one curve for grey; others are too odd. */
enum profile colour_of(str profile, bool is_grey, struct colour *c);

/* Takes rows from the top, makes a canvas of the wanted size by averaging light over areas. */
struct scaler {
    const struct colour *colour; /* NULL: rows of a canvas */
    struct canvas *to;
    int in_wide, in_high, channels, at, out_at;
    int *first;    /* of each column: the output column it begins in */
    float *weight; /* how much of it falls there; the rest falls into the next */
    float *row, *across, *sum;
    double filled; /* of the output row under way */
};
void scaler_open(struct scaler *s, struct arena *a, const struct colour *colour, int in_wide,
                 int in_high, int channels, struct canvas *to);
void scaler_take(struct scaler *s,
                 const uint8_t *row); /* channels bytes a pixel: grey, RGB or RGBA */

struct canvas canvas_new(struct arena *a, int wide, int high);
struct canvas canvas_smaller(struct arena *a, const struct canvas *from, int wide, int high);
struct canvas canvas_turned(struct arena *a, const struct canvas *from, int turn);
bool canvas_is_opaque(const struct canvas *c);
/* One row as sRGB bytes, three or four a pixel. */
void canvas_row(const struct canvas *c, int y, bool with_cover, uint8_t *out);

/* Decoding. Each finds the colours first, opens the scaler, and gives it every row. */
struct decoding {
    struct arena *arena;
    str bytes;
    struct codec_head head;
    struct colour colour;
    struct canvas canvas; /* of the wanted size */
    struct scaler scaler;
    unsigned notes;
};
void decoding_profile(struct decoding *d, str profile, bool is_grey);
enum codec_answer jpeg_decode(struct decoding *d);
enum codec_answer png_decode(struct decoding *d);
enum codec_answer webp_decode(struct decoding *d);

/* Encoding; empty if it cannot be done. */
str jpeg_encode(struct arena *a, const struct canvas *c);
str png_encode(struct arena *a, const struct canvas *c);
str webp_encode(struct arena *a, const struct canvas *c, bool is_opaque);

/* Exif's orientation in a TIFF block; 1 if it says none. */
int exif_turn(str tiff);

#endif
