/* A PNG of few colours: one byte a pixel, which is smaller and quicker than three; or one through which is seen. */
#include "base/breakage.h"
#include "base/limits.h"
#include "base/sink.h"
#include "draw/sheet_inside.h"

#include <zlib.h>

#define COLOURS 256
#define PNG_MAX MIB(4)

struct palette {
    uint32_t colour[COLOURS]; /* the first pixel seen of each kind */
    int n;
    uint32_t mask; /* pixels equal under it are of one kind */
    struct {
        uint32_t kind;
        bool is_taken;
        uint8_t at;
    } slot[4096];
};

/* The place of a pixel's kind; -1 when there are too many kinds. */
static int place_of(struct palette *p, uint32_t pixel)
{
    uint32_t kind = pixel & p->mask;
    uint32_t at = kind * 2654435761u >> 20;
    while (p->slot[at].is_taken && p->slot[at].kind != kind) at = (at + 1) & 4095;
    if (p->slot[at].is_taken) return p->slot[at].at;
    if (p->n == COLOURS) return -1;
    p->slot[at].kind = kind;
    p->slot[at].is_taken = true;
    p->slot[at].at = (uint8_t)p->n;
    p->colour[p->n] = pixel & 0xffffff;
    return p->n++;
}

/* Rows of PNG, each with a zero before it (no filter); false when there are too many kinds of pixel. */
static bool count_colours(struct palette *p, const uint32_t *pixels, int wide, int high,
                          unsigned char *rows)
{
    uint32_t last = ~pixels[0];
    int place = 0;
    for (int y = 0; y < high; y++) {
        *rows++ = 0;
        for (int x = 0; x < wide; x++, pixels++) {
            if (*pixels != last) place = place_of(p, last = *pixels);
            if (place < 0) return false;
            *rows++ = (unsigned char)place;
        }
    }
    return true;
}

static void put_number(struct sink *out, uint32_t n)
{
    for (int shift = 24; shift >= 0; shift -= 8) put_char(out, (char)(n >> shift & 255));
}

static void put_chunk(struct sink *out, const char *kind, str data)
{
    uLong check = crc32(crc32(0, (const Bytef *)kind, 4), (const Bytef *)data.p, (uInt)data.n);
    put_number(out, (uint32_t)data.n);
    put(out, (str){ kind, 4 });
    put(out, data);
    put_number(out, (uint32_t)check);
}

static str packed(struct arena *a, const unsigned char *rows, size_t n)
{
    uLongf room = compressBound(n);
    unsigned char *out = arena_take(a, room);
    if (compress2(out, &room, rows, n, 6) != Z_OK) broken("zlib could not pack a picture");
    return (str){ (char *)out, room };
}

static void put_head(struct sink *out, struct arena *a, int wide, int high, str kind)
{
    struct sink head;
    sink_open(&head, a, KIB(1));
    put_number(&head, (uint32_t)wide);
    put_number(&head, (uint32_t)high);
    put(&head, kind);
    put(out, (str){ "\x89PNG\r\n\x1a\n", 8 });
    put_chunk(out, "IHDR", sink_str(&head));
}

str draw_png(struct arena *a, const uint32_t *pixels, int wide, int high)
{
    static const uint32_t masks[] = { 0xffffff, 0xfefefe, 0xfcfcfc, 0xf8f8f8, 0xf0f0f0, 0xe0e0e0 };
    struct palette *p = arena_new(a, struct palette, 1);
    size_t rows_n = (size_t)high * ((size_t)wide + 1);
    unsigned char *rows = arena_take(a, rows_n);
    for (size_t i = 0; i < COUNT_OF(masks); i++) {
        memset(p, 0, sizeof *p);
        p->mask = masks[i];
        if (count_colours(p, pixels, wide, high, rows)) break;
        if (i + 1 == COUNT_OF(masks)) broken("a picture has too many colours");
    }

    struct sink colours, out;
    sink_open(&colours, a, KIB(4));
    for (int i = 0; i < p->n; i++)
        for (int shift = 16; shift >= 0; shift -= 8)
            put_char(&colours, (char)(p->colour[i] >> shift & 255));

    str data = packed(a, rows, rows_n);
    sink_open(&out, a, PNG_MAX);
    put_head(&out, a, wide, high, (str){ "\x08\x03\x00\x00\x00", 5 }); /* of a palette */
    put_chunk(&out, "PLTE", sink_str(&colours));
    put_chunk(&out, "IDAT", data);
    put_chunk(&out, "IEND", S(""));
    return sink_str(&out);
}

/* cairo keeps colours already lessened by what covers; PNG does not. Each row is told by its difference to the one
 * above, which is nothing most of the time. */
str draw_png_clear(struct arena *a, const uint32_t *pixels, int wide, int high)
{
    size_t row = (size_t)wide * 4 + 1, n = row * (size_t)high;
    unsigned char *rows = arena_take(a, n), *above = arena_take(a, row), *now = arena_take(a, row);
    for (int y = 0; y < high; y++) {
        for (int x = 0; x < wide; x++) {
            uint32_t p = pixels[(size_t)y * (size_t)wide + (size_t)x], cover = p >> 24;
            for (int c = 0; c < 3 && cover; c++)
                now[x * 4 + c] = (unsigned char)(((p >> (16 - 8 * c) & 255) * 255 + cover / 2) /
                                                 cover);
            if (!cover) memset(&now[x * 4], 0, 3);
            now[x * 4 + 3] = (unsigned char)cover;
        }
        unsigned char *out = rows + row * (size_t)y;
        *out++ = 2; /* up */
        for (size_t i = 0; i < row - 1; i++) out[i] = (unsigned char)(now[i] - above[i]);
        memcpy(above, now, row);
    }
    struct sink out;
    str data = packed(a, rows, n);
    sink_open(&out, a, PNG_MAX);
    put_head(&out, a, wide, high, (str){ "\x08\x06\x00\x00\x00", 5 });
    put_chunk(&out, "IDAT", data);
    put_chunk(&out, "IEND", S(""));
    return sink_str(&out);
}
