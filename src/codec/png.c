/* PNG by its own library. */
#include "codec/inside.h"

#include <setjmp.h>
#include <stdlib.h>

#include <png.h>

struct source {
    str rest;
    bool is_out_of_memory;
};

static _Noreturn void fail(png_structp png, png_const_charp why)
{
    (void)why;
    png_longjmp(png, 1);
}

/* What the library only warns of may stay; what is missing is an error to it. */
static void warned(png_structp png, png_const_charp why)
{
    (void)png;
    (void)why;
}

static void give(png_structp png, png_bytep out, size_t n)
{
    struct source *s = png_get_io_ptr(png);
    if (n > s->rest.n) png_error(png, "ends too early");
    memcpy(out, s->rest.p, n);
    s->rest = str_from(s->rest, n);
}

static png_voidp take_memory(png_structp png, size_t n)
{
    void *p = malloc(n);
    struct source *s = png_get_mem_ptr(png);
    if (!p && s) s->is_out_of_memory = true;
    return p;
}

static void give_memory(png_structp png, png_voidp p)
{
    (void)png;
    free(p);
}

/* Everything as eight bits a colour; with cover if there may be any. */
static int arrange(png_structp png, png_infop info)
{
    int type = png_get_color_type(png, info);
    bool has_cover = (type & PNG_COLOR_MASK_ALPHA) || png_get_valid(png, info, PNG_INFO_tRNS);
    if (png_get_bit_depth(png, info) == 16) png_set_scale_16(png);
    png_set_expand(png);
    if (!(type & PNG_COLOR_MASK_COLOR)) png_set_gray_to_rgb(png);
    png_read_update_info(png, info);
    return has_cover ? 4 : 3;
}

static void read_profile(struct decoding *d, png_structp png, png_infop info)
{
    png_charp name;
    png_bytep bytes;
    png_uint_32 n = 0;
    int how;
    if (!png_get_iCCP(png, info, &name, &how, &bytes, &n)) return;
    bool is_grey = !(png_get_color_type(png, info) & PNG_COLOR_MASK_COLOR);
    decoding_profile(d, (str){ (const char *)bytes, n }, is_grey);
}

/* An interlaced picture comes seven times, each time with more of it: all of it has to be held. */
static void take_rows(struct decoding *d, png_structp png, int passes, size_t row_bytes)
{
    size_t high = (size_t)d->head.high, held = passes > 1 ? high : 1;
    png_bytep all = arena_take_many(d->arena, row_bytes, held);
    for (int pass = 0; pass < passes; pass++)
        for (size_t y = 0; y < high; y++) {
            png_bytep row = all + (passes > 1 ? y * row_bytes : 0);
            png_read_row(png, row, NULL);
            if (pass == passes - 1) scaler_take(&d->scaler, row);
        }
}

static enum codec_answer decode_all(struct decoding *d, png_structp png, png_infop info)
{
    png_set_user_limits(png, PHOTO_SIDE_MAX, PHOTO_SIDE_MAX);
    png_set_chunk_cache_max(png, 64);
    png_set_chunk_malloc_max(png, MIB(4));
    png_read_info(png, info);
    if ((int)png_get_image_width(png, info) != d->head.wide ||
        (int)png_get_image_height(png, info) != d->head.high)
        return CODEC_DAMAGED;
    read_profile(d, png, info);
    int passes = png_set_interlace_handling(png);
    int channels = arrange(png, info);
    size_t row_bytes = png_get_rowbytes(png, info);
    if (row_bytes != (size_t)d->head.wide * (size_t)channels) return CODEC_NOT_A_PICTURE;
    scaler_open(&d->scaler, d->arena, &d->colour, d->head.wide, d->head.high, channels, &d->canvas);
    take_rows(d, png, passes, row_bytes);
    png_read_end(png, NULL);
    return CODEC_YES;
}

enum codec_answer png_decode(struct decoding *d)
{
    struct source source = { .rest = d->bytes };
    png_structp png = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, NULL, fail, warned, &source,
                                               take_memory, give_memory);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    volatile enum codec_answer answer = CODEC_GAVE_UP;
    if (info && setjmp(png_jmpbuf(png)) == 0) {
        png_set_read_fn(png, &source, give);
        answer = CODEC_DAMAGED;
        answer = decode_all(d, png, info);
    } else if (info) {
        answer = source.is_out_of_memory ? CODEC_GAVE_UP : CODEC_DAMAGED;
    }
    png_destroy_read_struct(&png, info ? &info : NULL, NULL);
    return answer;
}

/* ---- writing ---- */

struct written {
    char *p;
    size_t n, room;
};

static void keep(png_structp png, png_bytep bytes, size_t n)
{
    struct written *w = png_get_io_ptr(png);
    if (w->n + n > w->room) {
        size_t room = w->room ? w->room * 2 : KIB(64);
        while (room < w->n + n) room *= 2;
        char *wider = room <= JOB_FILE_MAX * 2 ? realloc(w->p, room) : NULL;
        if (!wider) png_error(png, "no room");
        w->p = wider;
        w->room = room;
    }
    memcpy(w->p + w->n, bytes, n);
    w->n += n;
}

static void nothing_to_flush(png_structp png)
{
    (void)png;
}

static void encode_all(png_structp png, png_infop info, const struct canvas *c, uint8_t *row)
{
    png_set_IHDR(png, info, (png_uint_32)c->wide, (png_uint_32)c->high, 8, PNG_COLOR_TYPE_RGBA,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, 6);
    png_write_info(png, info);
    for (int y = 0; y < c->high; y++) {
        canvas_row(c, y, true, row);
        png_write_row(png, row);
    }
    png_write_end(png, NULL);
}

str png_encode(struct arena *a, const struct canvas *c)
{
    struct written *w = arena_new(a, struct written, 1);
    uint8_t *row = arena_take_many(a, 4, (size_t)c->wide);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, fail, warned);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    volatile bool is_whole = false;
    if (info && setjmp(png_jmpbuf(png)) == 0) {
        png_set_write_fn(png, w, keep, nothing_to_flush);
        encode_all(png, info, c, row);
        is_whole = true;
    }
    png_destroy_write_struct(&png, info ? &info : NULL);
    if (w->p) arena_at_end(a, free, w->p);
    return is_whole ? (str){ w->p, w->n } : S("");
}
