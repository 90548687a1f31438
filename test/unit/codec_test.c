/* Files that strangers send: what becomes of them, and that nothing else does. */
#include "test/unit/help.h"

#include "base/limits.h"
#include "codec/codec.h"
#include "codec/inside.h"
#include "test/unit/codec_files.h"

#include <webp/decode.h>
#include <zlib.h>

static struct arena work; /* of one making: emptied often */

static enum codec_answer make(str file, struct codec_made *made)
{
    arena_empty(&work);
    return codec_make(&work, file, made);
}

static enum codec_answer answer_to(str file)
{
    struct codec_made made;
    return make(file, &made);
}

/* The largest WebP of what was made, decoded: RGBA. */
static uint8_t *seen(const struct codec_made *m, int *wide, int *high)
{
    const struct codec_picture *p = &m->picture[m->n - 1];
    assert_int_equal(p->kind, CODEC_WEBP);
    uint8_t *all = WebPDecodeRGBA((const uint8_t *)p->bytes.p, p->bytes.n, wide, high);
    assert_non_null(all);
    arena_at_end(&work, WebPFree, all);
    return all;
}

/* 'r', 'g', 'b', 'w' in the four corners, as one reads. */
static const char *corners(const struct codec_made *m)
{
    static char out[5];
    int wide, high;
    uint8_t *all = seen(m, &wide, &high);
    for (int i = 0; i < 4; i++) {
        int x = i % 2 ? wide * 7 / 8 : wide / 8, y = i / 2 ? high * 7 / 8 : high / 8;
        const uint8_t *p = all + ((size_t)y * (size_t)wide + (size_t)x) * 4;
        bool r = p[0] > 128, g = p[1] > 128, b = p[2] > 128;
        out[i] = r && g && b ? 'w' : r && !g && !b ? 'r' : g && !r && !b ? 'g' : b && !r && !g ? 'b' : '?';
    }
    return out;
}

static bool is_among(const struct codec_made *m, enum codec_kind kind, int wide, int high)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct codec_picture *p = &m->picture[i];
        struct codec_head head;
        if (p->kind != kind || p->wide != wide || p->high != high) continue;
        return codec_look(p->bytes, &head) == CODEC_YES && head.kind == kind && head.wide == wide && head.high == high;
    }
    return false;
}

static void a_photograph_comes_in_its_sizes(void **state)
{
    (void)state;
    struct codec_made m;
    assert_int_equal(make(jpeg_file(&scratch, (struct jpeg_wish){ .wide = 3000, .high = 2000, .inks = 3 }), &m), CODEC_YES);
    assert_int_equal(m.n, 8);
    assert_int_equal(m.wide, 3000);
    assert_true(is_among(&m, CODEC_JPEG, 320, 213) && is_among(&m, CODEC_WEBP, 320, 213));
    assert_true(is_among(&m, CODEC_JPEG, 640, 427) && is_among(&m, CODEC_WEBP, 640, 427));
    assert_true(is_among(&m, CODEC_JPEG, 1280, 853) && is_among(&m, CODEC_WEBP, 1280, 853));
    assert_true(is_among(&m, CODEC_JPEG, 2560, 1707) && is_among(&m, CODEC_WEBP, 2560, 1707));
    assert_string_equal(corners(&m), "rgbw");
    assert_int_equal(m.notes, 0);
}

static void nothing_is_enlarged(void **state)
{
    (void)state;
    struct codec_made m;
    assert_int_equal(make(jpeg_file(&scratch, (struct jpeg_wish){ .wide = 200, .high = 100, .inks = 3 }), &m), CODEC_YES);
    assert_int_equal(m.n, 2);
    assert_true(is_among(&m, CODEC_JPEG, 200, 100));
    assert_int_equal(make(jpeg_file(&scratch, (struct jpeg_wish){ .wide = 700, .high = 700, .inks = 1 }), &m), CODEC_YES);
    assert_int_equal(m.n, 4); /* 320 and 700: 640 would be almost the same */
    assert_true(is_among(&m, CODEC_WEBP, 700, 700));
    assert_int_equal(make(jpeg_file(&scratch, (struct jpeg_wish){ .wide = 100, .high = 12000, .inks = 1 }), &m), CODEC_YES);
    assert_true(is_among(&m, CODEC_JPEG, 43, 5120) || m.picture[0].high == 5120);
}

static void every_kind_that_browsers_show_is_taken(void **state)
{
    (void)state;
    struct codec_made m;
    static const struct png_wish pngs[] = {
        { .type = PNG_COLOR_TYPE_RGB, .bits = 8 }, { .type = PNG_COLOR_TYPE_RGB, .bits = 16 },
        { .type = PNG_COLOR_TYPE_RGB, .bits = 8, .is_interlaced = true }, { .type = PNG_COLOR_TYPE_PALETTE, .bits = 8 },
        { .type = PNG_COLOR_TYPE_RGBA, .bits = 8 }, { .type = PNG_COLOR_TYPE_RGBA, .bits = 16, .is_interlaced = true },
    };
    for (size_t i = 0; i < COUNT_OF(pngs); i++) {
        struct png_wish w = pngs[i];
        w.wide = 400, w.high = 300;
        assert_int_equal(make(png_file(&scratch, w), &m), CODEC_YES);
        assert_string_equal(corners(&m), "rgbw");
        assert_int_equal(m.picture[0].kind, CODEC_JPEG); /* cover that covers everything is none */
    }
    assert_int_equal(answer_to(png_file(&scratch, (struct png_wish){ 400, 300, PNG_COLOR_TYPE_GRAY, 8, false, false, S("") })), CODEC_YES);
    assert_int_equal(answer_to(png_file(&scratch, (struct png_wish){ 400, 300, PNG_COLOR_TYPE_GA, 16, false, true, S("") })), CODEC_YES);
    assert_int_equal(make(jpeg_file(&scratch, (struct jpeg_wish){ .wide = 400, .high = 300, .inks = 3, .is_progressive = true }), &m), CODEC_YES);
    assert_string_equal(corners(&m), "rgbw");
    assert_int_equal(make(webp_file(&scratch, 400, 300, false, false), &m), CODEC_YES);
    assert_string_equal(corners(&m), "rgbw");
    assert_int_equal(make(webp_file(&scratch, 400, 300, true, false), &m), CODEC_YES);
    assert_string_equal(corners(&m), "rgbw");
}

static void what_can_be_seen_through_stays_so(void **state)
{
    (void)state;
    struct codec_made m;
    int wide, high;
    assert_int_equal(make(png_file(&scratch, (struct png_wish){ 800, 600, PNG_COLOR_TYPE_RGBA, 8, false, true, S("") }), &m), CODEC_YES);
    assert_true(is_among(&m, CODEC_PNG, 320, 240) && is_among(&m, CODEC_WEBP, 320, 240) && is_among(&m, CODEC_PNG, 800, 600));
    uint8_t *all = seen(&m, &wide, &high);
    assert_int_equal(all[((size_t)300 * 800 + 400) * 4 + 3], 0);
    assert_int_equal(all[3], 255);
    assert_string_equal(corners(&m), "rgbw");
    assert_int_equal(make(png_file(&scratch, (struct png_wish){ 800, 600, PNG_COLOR_TYPE_PALETTE, 8, false, true, S("") }), &m), CODEC_YES);
    assert_int_equal(m.picture[0].kind, CODEC_PNG);
    assert_int_equal(make(webp_file(&scratch, 400, 300, false, true), &m), CODEC_YES);
    assert_int_equal(m.picture[0].kind, CODEC_PNG);
}

static void photographs_stand_upright(void **state)
{
    (void)state;
    static const char *const upright[] = { "rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb" };
    for (int turn = 1; turn <= 8; turn++) {
        struct codec_made m;
        str exif = exif_block(&scratch, turn, S(""));
        assert_int_equal(make(jpeg_file(&scratch, (struct jpeg_wish){ .wide = 400, .high = 200, .inks = 3, .exif = exif }), &m), CODEC_YES);
        assert_string_equal(corners(&m), upright[turn - 1]);
        assert_int_equal(m.wide, turn >= 5 ? 200 : 400);
        assert_int_equal(m.notes, turn == 1 ? 0 : CODEC_TURNED);
    }
    struct codec_made m;
    str wide = jpeg_file(&scratch, (struct jpeg_wish){ .wide = 3000, .high = 4000, .inks = 3, .exif = exif_block(&scratch, 6, S("")) });
    assert_int_equal(make(wide, &m), CODEC_YES);
    assert_true(is_among(&m, CODEC_WEBP, 2560, 1920)); /* the width is that of the upright picture */
}

static const str secrets[] = {
    S_CONST("GPS-48.2082N-16.3738E"), S_CONST("<script>alert(1)</script>"), S_CONST("PK\x03\x04"), S_CONST("Exif"),
    S_CONST("CanonSerial0042"), S_CONST("ICC_PROFILE"), S_CONST("xpacket"), S_CONST("%PDF-1.4"), S_CONST("tEXt"), S_CONST("eXIf"), S_CONST("GIF89a"),
};

static void lives_on_in_nothing(str file)
{
    struct codec_made m;
    assert_int_equal(make(file, &m), CODEC_YES);
    for (size_t i = 0; i < m.n; i++)
        for (size_t k = 0; k < COUNT_OF(secrets); k++)
            if (memmem(m.picture[i].bytes.p, m.picture[i].bytes.n, secrets[k].p, secrets[k].n))
                fail_msg("\"%s\" is in picture %zu", secrets[k].p, i);
}

static void nothing_but_the_pixels_survives(void **state)
{
    (void)state;
    struct arena *a = &scratch;
    static const double p3[9] = { 0.5151, 0.2920, 0.1571, 0.2412, 0.6922, 0.0666, -0.0011, 0.0419, 0.7841 };
    str all = S("");
    for (size_t k = 0; k < COUNT_OF(secrets); k++) all = ARENA_JOIN(a, all, secrets[k], S(" "));
    str jpeg = jpeg_file(a, (struct jpeg_wish){ .wide = 700, .high = 500, .inks = 3, .exif = exif_block(a, 1, all), .comment = all,
                                                .profile = icc_profile(a, p3, 2.2, false) });
    lives_on_in_nothing(jpeg);
    lives_on_in_nothing(ARENA_JOIN(a, jpeg, all)); /* another file behind it */
    str png = png_file(a, (struct png_wish){ 700, 500, PNG_COLOR_TYPE_RGBA, 8, false, true, S("") });
    struct sink out;
    sink_open(&out, a, MIB(8));
    put(&out, str_cut(png, 33));
    put_chunk(&out, S("tEXt"), ARENA_JOIN(a, S("Comment\0"), all));
    put_chunk(&out, S("eXIf"), exif_block(a, 1, all));
    put(&out, str_from(png, 33));
    put(&out, all);
    lives_on_in_nothing(sink_str(&out));
    str webp = webp_file(a, 700, 500, false, false);
    struct sink more;
    sink_open(&more, a, MIB(8));
    put(&more, webp_more(a, 0x0c, 700, 500));
    put(&more, str_from(webp, 12));
    put_lit(&more, "EXIF");
    put_little(&more, (uint32_t)all.n & ~1u, 4);
    put(&more, str_cut(all, all.n & ~(size_t)1));
    lives_on_in_nothing(ARENA_JOIN(a, riff(a, sink_str(&more)), all));
}

static size_t samples(struct arena *a, str out[8])
{
    out[0] = jpeg_file(a, (struct jpeg_wish){ .wide = 300, .high = 200, .inks = 3, .exif = exif_block(a, 6, S("")) });
    out[1] = jpeg_file(a, (struct jpeg_wish){ .wide = 300, .high = 200, .inks = 3, .is_progressive = true });
    out[2] = png_file(a, (struct png_wish){ 300, 200, PNG_COLOR_TYPE_RGB, 8, false, false, S("") });
    out[3] = png_file(a, (struct png_wish){ 300, 200, PNG_COLOR_TYPE_RGBA, 16, true, true, S("") });
    out[4] = png_file(a, (struct png_wish){ 300, 200, PNG_COLOR_TYPE_PALETTE, 8, false, true, S("") });
    out[5] = webp_file(a, 300, 200, false, false);
    out[6] = webp_file(a, 300, 200, true, true);
    return 7;
}

static void what_ends_too_early_is_refused(void **state)
{
    (void)state;
    str files[8];
    size_t n = samples(&scratch, files);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(answer_to(files[i]), CODEC_YES);
        for (size_t part = 0; part < 20; part++) {
            str less = str_cut(files[i], files[i].n * part / 20);
            char *exactly = malloc(less.n + 1); /* so that a read past its end is seen */
            memcpy(exactly, less.p, less.n);
            enum codec_answer answer = answer_to((str){ exactly, less.n });
            if (answer != CODEC_DAMAGED && answer != CODEC_NOT_A_PICTURE) fail_msg("file %zu at %zu/20: %d", i, part, (int)answer);
            free(exactly);
        }
    }
}

static void damaged_bytes_do_no_harm(void **state)
{
    (void)state;
    str files[8];
    size_t n = samples(&scratch, files);
    draw_seed(7);
    for (size_t i = 0; i < n; i++)
        for (int round = 0; round < 60; round++) {
            char *bytes = malloc(files[i].n);
            memcpy(bytes, files[i].p, files[i].n);
            for (int k = 0; k < 1 + round % 4; k++) bytes[draw((uint32_t)files[i].n)] ^= (char)(1 << draw(8));
            struct codec_made m;
            if (make((str){ bytes, files[i].n }, &m) == CODEC_YES) assert_true(m.n >= 2 && m.picture[m.n - 1].wide <= PHOTO_WIDE_MAX);
            free(bytes);
        }
}

/* Zeros, packed: a few KB that would be gigabytes. */
static str packed_zeros(struct arena *a, size_t n)
{
    uLongf room = compressBound(n);
    Bytef *zeros = calloc(1, n), *out = arena_take(a, room);
    assert_int_equal(compress2(out, &room, zeros, n, 9), Z_OK);
    free(zeros);
    return (str){ (const char *)out, room };
}

static void bombs_are_refused_by_their_heads(void **state)
{
    (void)state;
    struct arena *a = &scratch;
    str zeros = packed_zeros(a, MIB(16));
    assert_int_equal(answer_to(png_of_said_size(a, 50000, 50000, zeros)), CODEC_TOO_LARGE);
    assert_int_equal(answer_to(png_of_said_size(a, 2147483647, 1, zeros)), CODEC_TOO_LARGE);
    assert_int_equal(answer_to(png_of_said_size(a, 7746, 7746, zeros)), CODEC_TOO_LARGE); /* 60,000,516 */
    assert_int_equal(answer_to(png_of_said_size(a, 0, 100, zeros)), CODEC_DAMAGED);
    assert_int_equal(answer_to(png_of_said_size(a, 63, 64, zeros)), CODEC_TOO_SMALL);
    assert_int_equal(answer_to(png_of_said_size(a, 4100, 4100, zeros)), CODEC_DAMAGED); /* the last rows are missing */
    assert_int_equal(answer_to(png_of_said_size(a, 1000, 1000, packed_zeros(a, 1001 * 1000))), CODEC_YES);
    str jpeg = jpeg_file(a, (struct jpeg_wish){ .wide = 300, .high = 200, .inks = 3 });
    char *bytes = memcpy(arena_take(a, jpeg.n), jpeg.p, jpeg.n);
    char *frame = memmem(bytes, jpeg.n, "\xff\xc0", 2);
    assert_non_null(frame);
    memcpy(frame + 5, "\xff\xdc\xff\xdc", 4); /* 65500 by 65500 */
    assert_int_equal(answer_to((str){ bytes, jpeg.n }), CODEC_TOO_LARGE);
    memcpy(frame + 5, "\x07\xd0\x07\xd0", 4); /* 2000 by 2000: the data are of 300 by 200 */
    assert_int_equal(answer_to((str){ bytes, jpeg.n }), CODEC_DAMAGED);
}

static void heads_that_lie_are_refused(void **state)
{
    (void)state;
    struct arena *a = &scratch;
    str webp = webp_file(a, 300, 200, false, false);
    str picture = str_from(webp, 12);
    assert_int_equal(answer_to(riff(a, ARENA_JOIN(a, webp_more(a, 0, 300, 200), picture))), CODEC_YES);
    assert_int_equal(answer_to(riff(a, ARENA_JOIN(a, webp_more(a, 0, 3000, 2000), picture))), CODEC_DAMAGED);
    assert_int_equal(answer_to(riff(a, ARENA_JOIN(a, webp_more(a, 2, 300, 200), picture))), CODEC_ANIMATED);
    assert_int_equal(answer_to(riff(a, ARENA_JOIN(a, picture, picture))), CODEC_DAMAGED);
    str png = png_file(a, (struct png_wish){ 300, 200, PNG_COLOR_TYPE_RGB, 8, false, false, S("") });
    struct sink out;
    sink_open(&out, a, MIB(8));
    put(&out, str_cut(png, 33));
    put_chunk(&out, S("acTL"), S("\0\0\0\2\0\0\0\0"));
    put(&out, str_from(png, 33));
    assert_int_equal(answer_to(sink_str(&out)), CODEC_ANIMATED);
}

static void everything_else_is_refused(void **state)
{
    (void)state;
    assert_int_equal(answer_to(S("")), CODEC_NOT_A_PICTURE);
    assert_int_equal(answer_to(S("GIF89a\x01\0\x01\0\0\0\0;")), CODEC_NOT_A_PICTURE);
    assert_int_equal(answer_to(S("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>")), CODEC_NOT_A_PICTURE);
    assert_int_equal(answer_to(S("<?xml version=\"1.0\"?><svg/>")), CODEC_NOT_A_PICTURE);
    assert_int_equal(answer_to(S("%PDF-1.4\n")), CODEC_NOT_A_PICTURE);
    assert_int_equal(answer_to(S("\0\0\0\x18" "ftypheic\0\0\0\0mif1heic")), CODEC_NOT_A_PICTURE);
    assert_int_equal(answer_to(S("BM\x36\0\0\0\0\0\0\0")), CODEC_NOT_A_PICTURE);
    assert_int_equal(answer_to(S("\xff\xd8\xff")), CODEC_DAMAGED);
    assert_int_equal(answer_to(S("\x89PNG\r\n\x1a\n")), CODEC_DAMAGED);
    assert_int_equal(answer_to(S("RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0")), CODEC_DAMAGED);
    assert_int_equal(answer_to(jpeg_file(&scratch, (struct jpeg_wish){ .wide = 300, .high = 200, .inks = 4 })), CODEC_INKS);
    assert_int_equal(answer_to(jpeg_file(&scratch, (struct jpeg_wish){ .wide = 63, .high = 200, .inks = 3 })), CODEC_TOO_SMALL);
}

static void simple_profiles_are_followed_and_odd_ones_dropped(void **state)
{
    (void)state;
    struct arena *a = &scratch;
    struct codec_made m;
    int wide, high;
    static const double p3[9] = { 0.5151, 0.2920, 0.1571, 0.2412, 0.6922, 0.0666, -0.0011, 0.0419, 0.7841 };
    static const double srgb[9] = { 0.4360, 0.3851, 0.1431, 0.2225, 0.7169, 0.0606, 0.0139, 0.0971, 0.7141 };
    static const double dark[9] = { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 };
    struct jpeg_wish w = { .wide = 300, .high = 200, .inks = 3 };
    assert_int_equal(make(jpeg_file(a, w), &m), CODEC_YES);
    uint8_t plain = seen(&m, &wide, &high)[(20 * 300 + 200) * 4]; /* red within the green quarter */
    w.profile = icc_profile(a, p3, 2.2, false);
    assert_int_equal(make(jpeg_file(a, w), &m), CODEC_YES);
    assert_int_equal(m.notes, CODEC_CONVERTED);
    assert_string_equal(corners(&m), "rgbw");
    assert_true(seen(&m, &wide, &high)[(20 * 300 + 200) * 4] <= plain); /* a green outside sRGB has no red left */
    w.profile = icc_profile(a, srgb, 2.2, false);
    assert_int_equal(make(jpeg_file(a, w), &m), CODEC_YES);
    assert_int_equal(m.notes & CODEC_DROPPED, 0);
    w.profile = icc_profile(a, p3, 2.2, true);
    assert_int_equal(make(jpeg_file(a, w), &m), CODEC_YES);
    assert_int_equal(m.notes, CODEC_DROPPED);
    w.profile = icc_profile(a, dark, 2.2, false);
    assert_int_equal(make(jpeg_file(a, w), &m), CODEC_YES);
    assert_int_equal(m.notes, CODEC_DROPPED);
    str whole = icc_profile(a, p3, 2.2, false);
    struct colour c;
    for (size_t n = 0; n < whole.n; n++) assert_true(colour_of(str_cut(whole, n), false, &c) != PROFILE_FOLLOWED || n > whole.n - 4);
    struct png_wish p = { 300, 200, PNG_COLOR_TYPE_RGB, 8, false, false, whole };
    assert_int_equal(make(png_file(a, p), &m), CODEC_YES);
}

/* Black and white lines a pixel wide, made smaller: an even grey, as light mixes and not as numbers do. */
static void fine_patterns_become_even(void **state)
{
    (void)state;
    struct sink rows;
    struct codec_made m;
    enum { SIDE = 2000 };
    sink_open(&rows, &scratch, MIB(8));
    for (int y = 0; y < SIDE; y++) {
        put_char(&rows, 0);
        for (int x = 0; x < SIDE; x++) put_char(&rows, (x + y) % 2 ? 0 : (char)255);
    }
    uLongf n = compressBound(rows.n);
    Bytef *packed = arena_take(&scratch, n);
    compress2(packed, &n, (const Bytef *)rows.p, rows.n, 1);
    assert_int_equal(make(png_of_said_size(&scratch, SIDE, SIDE, (str){ (const char *)packed, n }), &m), CODEC_YES);
    const struct codec_picture *p = &m.picture[1];
    assert_int_equal(p->wide, 320);
    int wide, high, least = 255, most = 0;
    uint8_t *all = WebPDecodeRGB((const uint8_t *)p->bytes.p, p->bytes.n, &wide, &high);
    arena_at_end(&work, WebPFree, all);
    for (int i = 0; i < wide * high; i++) {
        int v = all[i * 3];
        least = v < least ? v : least;
        most = v > most ? v : most;
    }
    assert_true(least >= 178 && most <= 198); /* half the light is 188 of 255 */
}

static void what_was_made_is_believed_only_if_it_is_so(void **state)
{
    (void)state;
    struct arena *a = &scratch;
    struct codec_made m, back;
    enum codec_answer answer;
    assert_int_equal(make(jpeg_file(a, (struct jpeg_wish){ .wide = 700, .high = 500, .inks = 3, .exif = exif_block(a, 6, S("")) }), &m), CODEC_YES);
    str words = codec_words(a, CODEC_YES, &m), bytes = S("");
    for (size_t i = 0; i < m.n; i++) bytes = ARENA_JOIN(a, bytes, m.picture[i].bytes);
    assert_true(codec_read(words, bytes, &answer, &back));
    assert_int_equal(answer, CODEC_YES);
    assert_int_equal(back.n, m.n);
    assert_int_equal(back.wide, 500);
    assert_int_equal(back.notes, CODEC_TURNED);
    assert_true(str_eq(back.picture[2].bytes, m.picture[2].bytes));
    assert_false(codec_read(words, str_from(bytes, 1), &answer, &back));
    assert_false(codec_read(words, ARENA_JOIN(a, bytes, S("x")), &answer, &back));
    assert_false(codec_read(str_cut(words, words.n - 2), bytes, &answer, &back));
    assert_false(codec_read(S(""), S(""), &answer, &back));
    assert_false(codec_read(S("0 700 500 0\n"), S(""), &answer, &back));
    assert_false(codec_read(S("0 700 500 0\n0 320 200 20\n"), S("<html>not a picture"), &answer, &back));
    assert_false(codec_read(S("99 0 0 0\n"), S(""), &answer, &back));
    assert_false(codec_read(S("1 0 0 0 0\n"), S(""), &answer, &back));
    m.picture[0].wide = 400; /* it is 320 wide */
    assert_false(codec_read(codec_words(a, CODEC_YES, &m), bytes, &answer, &back));
    assert_true(codec_read(codec_words(a, CODEC_INKS, &m), S(""), &answer, &back));
    assert_int_equal(answer, CODEC_INKS);
}

static int open_all(void **state)
{
    (void)state;
    arena_open(&scratch, MIB(512));
    arena_open(&work, MIB(1024));
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    arena_close(&scratch);
    arena_close(&work);
    return 0;
}

static int forget(void **state)
{
    (void)state;
    arena_empty(&scratch);
    arena_empty(&work);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_photograph_comes_in_its_sizes, forget),
        cmocka_unit_test_teardown(nothing_is_enlarged, forget),
        cmocka_unit_test_teardown(every_kind_that_browsers_show_is_taken, forget),
        cmocka_unit_test_teardown(what_can_be_seen_through_stays_so, forget),
        cmocka_unit_test_teardown(photographs_stand_upright, forget),
        cmocka_unit_test_teardown(nothing_but_the_pixels_survives, forget),
        cmocka_unit_test_teardown(what_ends_too_early_is_refused, forget),
        cmocka_unit_test_teardown(damaged_bytes_do_no_harm, forget),
        cmocka_unit_test_teardown(bombs_are_refused_by_their_heads, forget),
        cmocka_unit_test_teardown(heads_that_lie_are_refused, forget),
        cmocka_unit_test_teardown(everything_else_is_refused, forget),
        cmocka_unit_test_teardown(simple_profiles_are_followed_and_odd_ones_dropped, forget),
        cmocka_unit_test_teardown(fine_patterns_become_even, forget),
        cmocka_unit_test_teardown(what_was_made_is_believed_only_if_it_is_so, forget),
    };
    return cmocka_run_group_tests_name("pictures of others", tests, open_all, close_all);
}
