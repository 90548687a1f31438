/* JPEG by its own library. */
#include "codec/inside.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include <jerror.h>

#define QUALITY   82
#define SCANS_MAX 100 /* of a progressive file; cameras write about ten */

struct guard {
    struct jpeg_error_mgr errors; /* first: the library knows only this */
    struct jpeg_progress_mgr progress;
    jmp_buf out;
    bool is_out_of_memory;
};

static void give_up(j_common_ptr c)
{
    struct guard *g = (struct guard *)(void *)c->err;
    g->is_out_of_memory = c->err->msg_code == JERR_OUT_OF_MEMORY;
    longjmp(g->out, 1);
}

/* A warning about the picture's data means that some of it is missing or wrong. Odd bytes between two markers are
 * what many cameras write. */
static void warned(j_common_ptr c, int level)
{
    if (level >= 0) return;
    c->err->num_warnings++;
    switch (c->err->msg_code) {
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_ADOBE_XFORM:
    case JWRN_JFIF_MAJOR: return;
    default: give_up(c);
    }
}

static void say_nothing(j_common_ptr c)
{
    (void)c;
}

static void progressed(j_common_ptr c)
{
    if (c->is_decompressor && ((j_decompress_ptr)c)->input_scan_number > SCANS_MAX) give_up(c);
}

static void guard_open(struct guard *g)
{
    jpeg_std_error(&g->errors);
    g->errors.error_exit = give_up;
    g->errors.emit_message = warned;
    g->errors.output_message = say_nothing;
    g->progress = (struct jpeg_progress_mgr){ .progress_monitor = progressed };
}

static void read_profile(struct decoding *d, struct jpeg_decompress_struct *j, bool is_grey)
{
    JOCTET *bytes = NULL;
    unsigned n = 0;
    if (!jpeg_read_icc_profile(j, &bytes, &n)) return;
    decoding_profile(d, (str){ (const char *)bytes, n }, is_grey);
    free(bytes);
}

static enum codec_answer decode_all(struct decoding *d, struct jpeg_decompress_struct *j)
{
    jpeg_mem_src(j, (const unsigned char *)d->bytes.p, d->bytes.n);
    jpeg_save_markers(j, JPEG_APP0 + 2, 0xffff);
    if (jpeg_read_header(j, TRUE) != JPEG_HEADER_OK) return CODEC_DAMAGED;
    if ((int)j->image_width != d->head.wide || (int)j->image_height != d->head.high)
        return CODEC_DAMAGED;
    if (j->num_components == 4) return CODEC_INKS;
    bool is_grey = j->num_components == 1;
    j->out_color_space = is_grey ? JCS_GRAYSCALE : JCS_RGB;
    j->dct_method = JDCT_ISLOW;
    read_profile(d, j, is_grey);
    jpeg_start_decompress(j);
    scaler_open(&d->scaler, d->arena, &d->colour, d->head.wide, d->head.high, is_grey ? 1 : 3,
                &d->canvas);
    JSAMPROW row = arena_take_many(d->arena, 3, (size_t)d->head.wide);
    while (j->output_scanline < j->output_height) {
        jpeg_read_scanlines(j, &row, 1);
        scaler_take(&d->scaler, row);
    }
    jpeg_finish_decompress(j);
    return CODEC_YES;
}

enum codec_answer jpeg_decode(struct decoding *d)
{
    struct guard guard;
    struct jpeg_decompress_struct j = { 0 };
    volatile enum codec_answer answer = CODEC_DAMAGED;
    guard_open(&guard);
    j.err = &guard.errors;
    if (setjmp(guard.out) == 0) {
        jpeg_create_decompress(&j);
        j.progress = &guard.progress;
        answer = decode_all(d, &j);
    } else if (guard.is_out_of_memory) {
        answer = CODEC_GAVE_UP;
    }
    jpeg_destroy_decompress(&j);
    return answer;
}

static void encode_all(struct jpeg_compress_struct *j, const struct canvas *c,
                       unsigned char **bytes, unsigned long *n, uint8_t *row)
{
    jpeg_mem_dest(j, bytes, n);
    j->image_width = (JDIMENSION)c->wide;
    j->image_height = (JDIMENSION)c->high;
    j->input_components = 3;
    j->in_color_space = JCS_RGB;
    jpeg_set_defaults(j);
    jpeg_set_quality(j, QUALITY, TRUE);
    jpeg_simple_progression(j);
    j->optimize_coding = TRUE;
    jpeg_start_compress(j, TRUE);
    for (int y = 0; y < c->high; y++) {
        canvas_row(c, y, false, row);
        jpeg_write_scanlines(j, &row, 1);
    }
    jpeg_finish_compress(j);
}

str jpeg_encode(struct arena *a, const struct canvas *c)
{
    struct guard guard;
    struct jpeg_compress_struct j = { 0 };
    unsigned char *bytes = NULL;
    unsigned long n = 0;
    unsigned char *volatile made = NULL;
    uint8_t *row = arena_take_many(a, 3, (size_t)c->wide);
    guard_open(&guard);
    j.err = &guard.errors;
    if (setjmp(guard.out) == 0) {
        jpeg_create_compress(&j);
        encode_all(&j, c, &bytes, &n, row);
        made = bytes;
    }
    jpeg_destroy_compress(&j);
    if (!made) {
        free(bytes);
        return S("");
    }
    arena_at_end(a, free, made);
    return (str){ (const char *)made, n };
}
