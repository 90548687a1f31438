/* From a file to pictures in their sizes. */
#include "codec/inside.h"

static const int widths[] = { 320, 640, 1280, 2560 };

void decoding_profile(struct decoding *d, str profile, bool is_grey)
{
    switch (colour_of(profile, is_grey, &d->colour)) {
    case PROFILE_FOLLOWED: d->notes |= CODEC_CONVERTED; break;
    case PROFILE_IS_SRGB: break;
    case PROFILE_TOO_ODD: d->notes |= CODEC_DROPPED; break;
    }
}

static int share(int side, int of, int whole) /* side * of / whole, rounded, at least 1 */
{
    int made = (int)(((int64_t)side * of + whole / 2) / whole);
    return made < 1 ? 1 : made;
}

/* The size of the largest picture, upright: as it came, unless that is wider or higher than any is kept. */
static void size_of(int wide, int high, int *out_wide, int *out_high)
{
    *out_wide = wide;
    *out_high = high;
    if (*out_wide > PHOTO_WIDE_MAX) {
        *out_high = share(high, PHOTO_WIDE_MAX, wide);
        *out_wide = PHOTO_WIDE_MAX;
    }
    if (*out_high > PHOTO_HIGH_MAX) {
        *out_wide = share(wide, PHOTO_HIGH_MAX, high);
        *out_high = PHOTO_HIGH_MAX;
    }
}

static enum codec_answer decode(struct decoding *d)
{
    switch (d->head.kind) {
    case CODEC_JPEG: return jpeg_decode(d);
    case CODEC_PNG: return png_decode(d);
    case CODEC_WEBP: return webp_decode(d);
    }
    return CODEC_NOT_A_PICTURE;
}

static bool keep(struct codec_made *out, enum codec_kind kind, const struct canvas *c, str bytes,
                 size_t *left)
{
    if (bytes.n == 0 || bytes.n > *left) return false;
    *left -= bytes.n;
    out->picture[out->n++] = (struct codec_picture){ kind, c->wide, c->high, bytes };
    return true;
}

/* With cover a browser that knows no WebP gets PNG, up to a width at which that is no burden. */
static bool encode(struct arena *a, const struct canvas *c, bool is_opaque, struct codec_made *out,
                   size_t *left)
{
    bool has_png = !is_opaque && (c->wide <= PHOTO_PNG_WIDE_MAX || out->n == 0);
    if (is_opaque && !keep(out, CODEC_JPEG, c, jpeg_encode(a, c), left)) return false;
    if (has_png && !keep(out, CODEC_PNG, c, png_encode(a, c), left)) return false;
    return keep(out, CODEC_WEBP, c, webp_encode(a, c, is_opaque), left);
}

/* Each of the usual widths that is clearly less than the largest, then the largest itself. */
static bool encode_sizes(struct arena *a, const struct canvas *largest, struct codec_made *out)
{
    bool is_opaque = canvas_is_opaque(largest);
    size_t left = JOB_FILE_MAX;
    for (size_t i = 0; i < COUNT_OF(widths); i++) {
        if (widths[i] * 8 > largest->wide * 7) break;
        struct canvas c = canvas_smaller(a, largest, widths[i],
                                         share(out->high, widths[i], out->wide));
        if (!encode(a, &c, is_opaque, out, &left)) return false;
    }
    return encode(a, largest, is_opaque, out, &left);
}

enum codec_answer codec_make(struct arena *a, str bytes, struct codec_made *out)
{
    struct decoding d = { .arena = a, .bytes = bytes };
    *out = (struct codec_made){ 0 };
    enum codec_answer answer = codec_look(bytes, &d.head);
    if (answer != CODEC_YES) return answer;
    bool is_sideways = d.head.turn >= 5;
    out->wide = is_sideways ? d.head.high : d.head.wide;
    out->high = is_sideways ? d.head.wide : d.head.high;
    int wide, high;
    size_of(out->wide, out->high, &wide, &high);
    d.canvas = canvas_new(a, is_sideways ? high : wide, is_sideways ? wide : high);
    colour_srgb(&d.colour);
    answer = decode(&d);
    if (answer != CODEC_YES) return answer;
    struct canvas upright = d.head.turn == 1 ? d.canvas : canvas_turned(a, &d.canvas, d.head.turn);
    out->notes = d.notes | (d.head.turn == 1 ? 0 : CODEC_TURNED);
    return encode_sizes(a, &upright, out) ? CODEC_YES : CODEC_TOO_LARGE;
}
