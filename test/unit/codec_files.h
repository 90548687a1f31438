/* test/unit/codec_files.h - pictures made for tests, honest ones and others. All of it goes with the arena. */
#ifndef TEST_UNIT_CODEC_FILES_H
#define TEST_UNIT_CODEC_FILES_H

#include "base/arena.h"
#include "base/limits.h"
#include "base/sink.h"

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>

/* Four quarters: red, green, blue, white, from the top left as one reads; and something in them to compress. */
static inline void quarters(int x, int y, int wide, int high, uint8_t out[4])
{
    bool is_right = x * 2 >= wide, is_low = y * 2 >= high;
    uint8_t soft = (uint8_t)((x * 7 + y * 3) % 16);
    out[0] = !is_right || (is_right && is_low) ? (is_low && !is_right ? soft : 240 + soft / 2) : soft;
    out[1] = is_right ? 240 + soft / 2 : soft;
    out[2] = is_low ? 240 + soft / 2 : soft;
    if (is_right && !is_low) out[2] = soft;
    out[3] = 255;
}

struct jpeg_wish {
    int wide, high, inks; /* 1, 3 or 4 */
    bool is_progressive;
    str exif, comment, profile; /* p NULL: none */
};

static inline str jpeg_file(struct arena *a, struct jpeg_wish w)
{
    struct jpeg_compress_struct j;
    struct jpeg_error_mgr e;
    unsigned char *bytes = NULL;
    unsigned long n = 0;
    j.err = jpeg_std_error(&e);
    jpeg_create_compress(&j);
    jpeg_mem_dest(&j, &bytes, &n);
    j.image_width = (JDIMENSION)w.wide;
    j.image_height = (JDIMENSION)w.high;
    j.input_components = w.inks;
    j.in_color_space = w.inks == 1 ? JCS_GRAYSCALE : w.inks == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&j);
    jpeg_set_quality(&j, 90, TRUE);
    if (w.is_progressive) jpeg_simple_progression(&j);
    jpeg_start_compress(&j, TRUE);
    if (w.exif.n) jpeg_write_marker(&j, JPEG_APP0 + 1, (const JOCTET *)w.exif.p, (unsigned)w.exif.n);
    if (w.comment.n) jpeg_write_marker(&j, JPEG_COM, (const JOCTET *)w.comment.p, (unsigned)w.comment.n);
    if (w.profile.n) jpeg_write_icc_profile(&j, (const JOCTET *)w.profile.p, (unsigned)w.profile.n);
    JSAMPROW row = arena_take(a, (size_t)w.wide * 4);
    for (int y = 0; y < w.high; y++) {
        for (int x = 0; x < w.wide; x++) {
            uint8_t p[4];
            quarters(x, y, w.wide, w.high, p);
            memcpy(row + (size_t)x * (size_t)w.inks, p, (size_t)w.inks);
        }
        jpeg_write_scanlines(&j, &row, 1);
    }
    jpeg_finish_compress(&j);
    jpeg_destroy_compress(&j);
    arena_at_end(a, free, bytes);
    return (str){ (const char *)bytes, n };
}

/* Exif with an orientation and, further on, words that must not survive. */
static inline str exif_block(struct arena *a, int turn, str secret)
{
    char head[] = "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x01\0\0\0\0\0\0";
    head[6 + 8 + 2 + 9] = (char)turn;
    return ARENA_JOIN(a, (str){ head, sizeof head - 1 }, secret);
}

struct png_wish {
    int wide, high, type, bits;
    bool is_interlaced, has_holes; /* a round hole in the middle, if the type can have it */
    str profile;
};

static inline void png_keep(png_structp png, png_bytep bytes, size_t n)
{
    put(png_get_io_ptr(png), (str){ (const char *)bytes, n });
}

static inline void png_flushed(png_structp png)
{
    (void)png;
}

static inline uint8_t *png_row(struct arena *a, const struct png_wish *w, int y)
{
    uint8_t *row = arena_take(a, (size_t)w->wide * 8 + 8), *out = row;
    for (int x = 0; x < w->wide; x++) {
        uint8_t p[4];
        quarters(x, y, w->wide, w->high, p);
        int dx = x - w->wide / 2, dy = y - w->high / 2;
        if (w->has_holes && dx * dx + dy * dy < w->wide * w->wide / 16) p[3] = 0;
        if (w->type == PNG_COLOR_TYPE_PALETTE) {
            *out++ = (uint8_t)((x * 2 >= w->wide) + 2 * (y * 2 >= w->high));
            continue;
        }
        bool is_grey = !(w->type & PNG_COLOR_MASK_COLOR), has_cover = w->type & PNG_COLOR_MASK_ALPHA;
        for (int k = 0; k < 4; k++) {
            if ((is_grey && (k == 1 || k == 2)) || (k == 3 && !has_cover)) continue;
            *out++ = p[k];
            if (w->bits == 16) *out++ = p[k];
        }
    }
    return row;
}

static inline str png_file(struct arena *a, struct png_wish w)
{
    struct sink *out = arena_new(a, struct sink, 1);
    sink_open(out, a, MIB(64));
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, out, png_keep, png_flushed);
    png_set_IHDR(png, info, (png_uint_32)w.wide, (png_uint_32)w.high, w.bits, w.type,
                 w.is_interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_color four[4] = { { 250, 5, 5 }, { 5, 250, 5 }, { 5, 5, 250 }, { 250, 250, 250 } };
    png_byte cover[4] = { 255, 255, 255, 0 };
    if (w.type == PNG_COLOR_TYPE_PALETTE) {
        png_set_PLTE(png, info, four, 4);
        if (w.has_holes) png_set_tRNS(png, info, cover, 4, NULL);
    }
    if (w.profile.n) png_set_iCCP(png, info, "test", 0, (png_const_bytep)w.profile.p, (png_uint_32)w.profile.n);
    png_write_info(png, info);
    png_bytepp rows = arena_new(a, png_bytep, (size_t)w.high);
    for (int y = 0; y < w.high; y++) rows[y] = png_row(a, &w, y);
    png_write_image(png, rows);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return sink_str(out);
}

static inline str webp_file(struct arena *a, int wide, int high, bool is_lossless, bool has_holes)
{
    uint8_t *all = arena_take_many(a, (size_t)wide * 4, (size_t)high), *bytes = NULL;
    for (int y = 0; y < high; y++)
        for (int x = 0; x < wide; x++) {
            uint8_t *p = all + ((size_t)y * (size_t)wide + (size_t)x) * 4;
            quarters(x, y, wide, high, p);
            if (has_holes && x * 4 < wide) p[3] = 0;
        }
    size_t n = is_lossless ? WebPEncodeLosslessRGBA(all, wide, high, wide * 4, &bytes)
                           : WebPEncodeRGBA(all, wide, high, wide * 4, 80, &bytes);
    arena_at_end(a, WebPFree, bytes);
    return (str){ (const char *)bytes, n };
}

/* ---- by hand ---- */

static inline void put_big(struct sink *out, uint32_t v)
{
    for (int k = 24; k >= 0; k -= 8) put_char(out, (char)(v >> k));
}

static inline void put_little(struct sink *out, uint32_t v, int bytes)
{
    for (int k = 0; k < bytes; k++) put_char(out, (char)(v >> (8 * k)));
}

static inline void put_chunk(struct sink *out, str name, str data) /* of a PNG */
{
    struct sink both;
    sink_open(&both, out->arena, MIB(8));
    put(&both, name);
    put(&both, data);
    put_big(out, (uint32_t)data.n);
    put(out, sink_str(&both));
    uint32_t crc = 0xffffffff;
    for (size_t i = 0; i < both.n; i++) {
        crc ^= (uint8_t)both.p[i];
        for (int k = 0; k < 8; k++) crc = crc >> 1 ^ (0xedb88320 & -(crc & 1));
    }
    put_big(out, ~crc);
}

/* A PNG whose head says one size, with the data of another. */
static inline str png_of_said_size(struct arena *a, uint32_t wide, uint32_t high, str data)
{
    struct sink out, head;
    sink_open(&out, a, MIB(8));
    sink_open(&head, a, KIB(1));
    put_big(&head, wide);
    put_big(&head, high);
    put(&head, S("\x08\x00\x00\x00\x00"));
    put(&out, S("\x89PNG\r\n\x1a\n"));
    put_chunk(&out, S("IHDR"), sink_str(&head));
    put_chunk(&out, S("IDAT"), data);
    put_chunk(&out, S("IEND"), S(""));
    return sink_str(&out);
}

static inline str riff(struct arena *a, str chunks)
{
    struct sink out;
    sink_open(&out, a, MIB(8));
    put_lit(&out, "RIFF");
    put_little(&out, (uint32_t)chunks.n + 4, 4);
    put_lit(&out, "WEBP");
    put(&out, chunks);
    return sink_str(&out);
}

/* What stands in front of the picture when a WebP says more about itself. */
static inline str webp_more(struct arena *a, int flags, uint32_t wide, uint32_t high)
{
    struct sink out;
    sink_open(&out, a, KIB(1));
    put_lit(&out, "VP8X");
    put_little(&out, 10, 4);
    put_little(&out, (uint32_t)flags, 4);
    put_little(&out, wide - 1, 3);
    put_little(&out, high - 1, 3);
    return sink_str(&out);
}

/* A profile of three curves (one gamma) and a matrix; or of a kind that is too odd to be followed. */
static inline str icc_profile(struct arena *a, const double xyz[9], double gamma, bool is_odd)
{
    static const char *const names[] = { "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC" };
    struct sink out;
    sink_open(&out, a, KIB(4));
    enum { TAGS = 6, DATA = 128 + 4 + TAGS * 12 };
    put_big(&out, DATA + 3 * 20 + 3 * 16);
    while (out.n < 8) put_char(&out, 0);
    put(&out, S("\x02\x10\0\0mntr"));
    put(&out, S("RGB "));
    put(&out, is_odd ? S("Lab ") : S("XYZ "));
    while (out.n < 36) put_char(&out, 0);
    put_lit(&out, "acsp");
    while (out.n < 68) put_char(&out, 0);
    put(&out, S("\0\0\xf6\xd6\0\1\0\0\0\0\xd3\x2d"));
    while (out.n < 128) put_char(&out, 0);
    put_big(&out, TAGS);
    for (int i = 0; i < TAGS; i++) {
        put(&out, str_of(names[i]));
        put_big(&out, (uint32_t)(i < 3 ? DATA + i * 20 : DATA + 60 + (i - 3) * 16));
        put_big(&out, i < 3 ? 20 : 14);
    }
    for (int i = 0; i < 3; i++) {
        put(&out, S("XYZ \0\0\0\0"));
        for (int k = 0; k < 3; k++) put_big(&out, (uint32_t)(int32_t)(xyz[k * 3 + i] * 65536));
    }
    for (int i = 0; i < 3; i++) {
        put(&out, S("curv\0\0\0\0\0\0\0\1"));
        put_char(&out, (char)(int)gamma);
        put_char(&out, (char)(int)((gamma - (int)gamma) * 256));
        put(&out, S("\0\0"));
    }
    return sink_str(&out);
}

#endif
