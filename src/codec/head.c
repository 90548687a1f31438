/* What a file says about itself, read without any library: kind, size, which way is up, whether it moves. */
#include "codec/inside.h"

static uint32_t big(str s, size_t at, int n)
{
    uint32_t v = 0;
    for (int i = 0; i < n; i++) v = v << 8 | (unsigned char)s.p[at + (size_t)i];
    return v;
}

static uint32_t little(str s, size_t at, int n)
{
    uint32_t v = 0;
    for (int i = n - 1; i >= 0; i--) v = v << 8 | (unsigned char)s.p[at + (size_t)i];
    return v;
}

static bool has_at(str s, size_t at, str expected)
{
    return at <= s.n && str_starts(str_from(s, at), expected);
}

/* ---- Exif ---- */

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT      3

int exif_turn(str t)
{
    if (str_starts(t, S("Exif\0\0"))) t = str_from(t, 6);
    if (t.n < 8) return 1;
    bool is_big = str_starts(t, S("MM\0*"));
    if (!is_big && !str_starts(t, S("II*\0"))) return 1;
    uint32_t (*number)(str, size_t, int) = is_big ? big : little;
    size_t at = number(t, 4, 4);
    if (at > t.n || t.n - at < 2) return 1;
    uint32_t entries = number(t, at, 2);
    for (at += 2; entries > 0 && at <= t.n && t.n - at >= 12; entries--, at += 12) {
        if (number(t, at, 2) != TAG_ORIENTATION) continue;
        uint32_t turn = number(t, at + 8, 2);
        bool is_one = number(t, at + 2, 2) == TYPE_SHORT && number(t, at + 4, 4) == 1;
        return is_one && turn >= 1 && turn <= 8 ? (int)turn : 1;
    }
    return 1;
}

/* ---- size ---- */

static enum codec_answer judge(struct codec_head *h, uint32_t wide, uint32_t high)
{
    if (wide == 0 || high == 0) return CODEC_DAMAGED;
    if (wide > PHOTO_SIDE_MAX || high > PHOTO_SIDE_MAX || (uint64_t)wide * high > PHOTO_PIXELS_MAX)
        return CODEC_TOO_LARGE;
    if (wide < PHOTO_SIDE_LEAST || high < PHOTO_SIDE_LEAST) return CODEC_TOO_SMALL;
    h->wide = (int)wide;
    h->high = (int)high;
    return CODEC_YES;
}

/* ---- JPEG ---- */

static enum codec_answer frame(str part, int marker, struct codec_head *h)
{
    if (marker > 0xc2)
        return CODEC_NOT_A_PICTURE; /* lossless, layered or arithmetic: shown by no browser */
    if (part.n < 6) return CODEC_DAMAGED;
    unsigned inks = (unsigned char)part.p[5];
    if (part.p[0] != 8 || inks == 2 || inks > 4 || inks == 0) return CODEC_NOT_A_PICTURE;
    if (inks == 4) return CODEC_INKS;
    return judge(h, big(part, 3, 2), big(part, 1, 2));
}

static bool is_frame(int marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static enum codec_answer look_jpeg(str s, struct codec_head *h)
{
    bool is_framed = false;
    enum codec_answer answer = CODEC_DAMAGED;
    for (size_t at = 2; at + 4 <= s.n;) {
        if ((unsigned char)s.p[at] != 0xff) return CODEC_DAMAGED;
        int marker = (unsigned char)s.p[at + 1];
        if (marker == 0xff) { /* filling */
            at++;
            continue;
        }
        if (marker == 0xda) return is_framed ? answer : CODEC_DAMAGED;
        if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd9)) return CODEC_DAMAGED;
        size_t n = big(s, at + 2, 2);
        if (n < 2 || s.n - at - 2 < n) return CODEC_DAMAGED;
        str part = str_cut(str_from(s, at + 4), n - 2);
        if (is_frame(marker)) {
            if (is_framed) return CODEC_DAMAGED;
            is_framed = true;
            answer = frame(part, marker, h);
            if (answer != CODEC_YES) return answer;
        }
        if (marker == 0xe1 && h->turn == 1 && str_starts(part, S("Exif\0\0")))
            h->turn = exif_turn(part);
        at += 2 + n;
    }
    return CODEC_DAMAGED;
}

/* ---- PNG ---- */

#define PNG_MARK S("\x89PNG\r\n\x1a\n")

static enum codec_answer look_png(str s, struct codec_head *h)
{
    if (s.n < 33 || !has_at(s, 8, S("\0\0\0\x0dIHDR"))) return CODEC_DAMAGED;
    enum codec_answer answer = judge(h, big(s, 16, 4), big(s, 20, 4));
    if (answer != CODEC_YES) return answer;
    for (size_t at = 33; s.n - at >= 12;) {
        size_t n = big(s, at, 4);
        if (n > s.n - at - 12) return CODEC_DAMAGED;
        str name = str_cut(str_from(s, at + 4), 4);
        if (str_eq(name, S("acTL"))) return CODEC_ANIMATED;
        if (str_eq(name, S("eXIf"))) h->turn = exif_turn(str_cut(str_from(s, at + 8), n));
        if (str_eq(name, S("IDAT"))) return CODEC_YES;
        at += 12 + n;
    }
    return CODEC_DAMAGED;
}

/* ---- WebP ---- */

#define FLAG_ANIMATED 0x02

struct webp {
    uint32_t canvas_wide, canvas_high, wide, high; /* 0: not said yet */
    bool is_animated, is_bad;
};

static void webp_chunk(struct webp *w, struct codec_head *h, str name, str part)
{
    if (str_eq(name, S("VP8X"))) {
        w->is_bad |= part.n < 10 || w->canvas_wide || w->wide;
        if (w->is_bad) return;
        w->is_animated |= (part.p[0] & FLAG_ANIMATED) != 0;
        w->canvas_wide = little(part, 4, 3) + 1;
        w->canvas_high = little(part, 7, 3) + 1;
    } else if (str_eq(name, S("VP8 "))) {
        w->is_bad |= part.n < 10 || w->wide || !has_at(part, 3, S("\x9d\x01\x2a")) ||
                     (part.p[0] & 1);
        if (w->is_bad) return;
        w->wide = little(part, 6, 2) & 0x3fff;
        w->high = little(part, 8, 2) & 0x3fff;
    } else if (str_eq(name, S("VP8L"))) {
        w->is_bad |= part.n < 5 || w->wide || part.p[0] != 0x2f;
        if (w->is_bad) return;
        uint32_t bits = little(part, 1, 4);
        w->wide = (bits & 0x3fff) + 1;
        w->high = (bits >> 14 & 0x3fff) + 1;
    } else if (str_eq(name, S("ANIM")) || str_eq(name, S("ANMF"))) {
        w->is_animated = true;
    } else if (str_eq(name, S("EXIF"))) {
        h->turn = exif_turn(part);
    } else if (str_eq(name, S("ICCP"))) {
        h->profile = part;
    }
}

static enum codec_answer look_webp(str s, struct codec_head *h)
{
    struct webp w = { 0 };
    size_t end = (size_t)little(s, 4, 4) + 8;
    if (end > s.n) return CODEC_DAMAGED;
    s = str_cut(s, end);
    for (size_t at = 12; s.n - at >= 8 && !w.is_bad;) {
        size_t n = little(s, at + 4, 4);
        if (n > s.n - at - 8) return CODEC_DAMAGED;
        webp_chunk(&w, h, str_cut(str_from(s, at), 4), str_cut(str_from(s, at + 8), n));
        at += 8 + n + (n & 1);
        if (at > s.n) break;
    }
    if (w.is_bad) return CODEC_DAMAGED;
    if (w.is_animated) return CODEC_ANIMATED;
    bool is_lying = w.canvas_wide && (w.canvas_wide != w.wide || w.canvas_high != w.high);
    if (w.wide == 0 || is_lying) return CODEC_DAMAGED;
    return judge(h, w.wide, w.high);
}

enum codec_answer codec_look(str s, struct codec_head *out)
{
    *out = (struct codec_head){ .turn = 1, .profile = S("") };
    if (str_starts(s, S("\xff\xd8\xff"))) {
        out->kind = CODEC_JPEG;
        return look_jpeg(s, out);
    }
    if (str_starts(s, PNG_MARK)) {
        out->kind = CODEC_PNG;
        return look_png(s, out);
    }
    if (s.n >= 20 && str_starts(s, S("RIFF")) && has_at(s, 8, S("WEBP"))) {
        out->kind = CODEC_WEBP;
        return look_webp(s, out);
    }
    return CODEC_NOT_A_PICTURE;
}

const char *codec_ending(enum codec_kind kind)
{
    static const char *const endings[] = { "jpg", "png", "webp" };
    return endings[kind];
}

const char *codec_type(enum codec_kind kind)
{
    static const char *const types[] = { "image/jpeg", "image/png", "image/webp" };
    return types[kind];
}
