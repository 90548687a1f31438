/* WebP by its own library. */
#include "codec/inside.h"

#include <stdlib.h>

#include <webp/decode.h>
#include <webp/encode.h>

#define QUALITY       80
#define QUALITY_COVER 90 /* what has cover is mostly drawn: edges are seen */
#define EFFORT        4

enum codec_answer webp_decode(struct decoding *d)
{
    WebPBitstreamFeatures says;
    const uint8_t *bytes = (const uint8_t *)d->bytes.p;
    if (WebPGetFeatures(bytes, d->bytes.n, &says) != VP8_STATUS_OK) return CODEC_DAMAGED;
    if (says.has_animation) return CODEC_ANIMATED;
    if (says.width != d->head.wide || says.height != d->head.high) return CODEC_DAMAGED;
    int wide, high, channels = says.has_alpha ? 4 : 3;
    uint8_t *all = says.has_alpha ? WebPDecodeRGBA(bytes, d->bytes.n, &wide, &high)
                                  : WebPDecodeRGB(bytes, d->bytes.n, &wide, &high);
    if (!all) return CODEC_DAMAGED;
    arena_at_end(d->arena, WebPFree, all);
    if (wide != d->head.wide || high != d->head.high) return CODEC_DAMAGED;
    if (d->head.profile.n) decoding_profile(d, d->head.profile, false);
    scaler_open(&d->scaler, d->arena, &d->colour, wide, high, channels, &d->canvas);
    for (size_t y = 0; y < (size_t)high; y++)
        scaler_take(&d->scaler, all + y * (size_t)wide * (size_t)channels);
    return CODEC_YES;
}

static bool import(WebPPicture *p, struct arena *a, const struct canvas *c, bool is_opaque)
{
    size_t channels = is_opaque ? 3 : 4, row = (size_t)c->wide * channels;
    uint8_t *all = arena_take_many(a, row, (size_t)c->high);
    for (int y = 0; y < c->high; y++) canvas_row(c, y, !is_opaque, all + (size_t)y * row);
    return is_opaque ? WebPPictureImportRGB(p, all, (int)row)
                     : WebPPictureImportRGBA(p, all, (int)row);
}

str webp_encode(struct arena *a, const struct canvas *c, bool is_opaque)
{
    WebPConfig how;
    WebPPicture picture;
    WebPMemoryWriter *made = arena_new(a, WebPMemoryWriter, 1);
    if (!WebPConfigInit(&how) || !WebPPictureInit(&picture)) return S("");
    how.quality = is_opaque ? QUALITY : QUALITY_COVER;
    how.method = EFFORT;
    picture.width = c->wide;
    picture.height = c->high;
    WebPMemoryWriterInit(made);
    picture.writer = WebPMemoryWrite;
    picture.custom_ptr = made;
    bool is_made = import(&picture, a, c, is_opaque) && WebPEncode(&how, &picture);
    WebPPictureFree(&picture);
    if (made->mem) arena_at_end(a, WebPFree, made->mem);
    return is_made ? (str){ (const char *)made->mem, made->size } : S("");
}
