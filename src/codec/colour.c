/* Stored bytes to light: sRGB's own curve, or an ICC profile that is three curves and a matrix. */
#include "codec/inside.h"

#include <math.h>

static float srgb_light(float v)
{
    return v <= 0.04045f ? v / 12.92f : powf((v + 0.055f) / 1.055f, 2.4f);
}

void colour_srgb(struct colour *c)
{
    *c = (struct colour){ 0 };
    for (int i = 0; i < 256; i++)
        c->curve[0][i] = c->curve[1][i] = c->curve[2][i] = srgb_light((float)i / 255);
}

/* ---- reading an ICC profile (ICC.1:2010) ---- */

#define TAGS_MAX 128

static uint32_t u32(str s, size_t at)
{
    uint32_t v = 0;
    for (size_t i = 0; i < 4; i++) v = v << 8 | (unsigned char)s.p[at + i];
    return v;
}

static unsigned u16(str s, size_t at)
{
    return (unsigned)(unsigned char)s.p[at] << 8 | (unsigned char)s.p[at + 1];
}

static float fixed(str s, size_t at) /* s15Fixed16 */
{
    return (float)(int32_t)u32(s, at) / 65536;
}

/* The data of a tag; empty if it is not there or not within the profile. */
static str tag(str profile, str name)
{
    uint32_t n = u32(profile, 128);
    if (n > TAGS_MAX || profile.n - 132 < (size_t)n * 12) return S("");
    for (size_t i = 0; i < n; i++) {
        str entry = str_from(profile, 132 + i * 12);
        if (!str_starts(entry, name)) continue;
        size_t at = u32(entry, 4), size = u32(entry, 8);
        bool is_inside = at <= profile.n && size <= profile.n - at;
        return is_inside ? str_cut(str_from(profile, at), size) : S("");
    }
    return S("");
}

static bool read_table(str s, uint32_t n, float out[256])
{
    if (n > 65536 || s.n - 12 < (size_t)n * 2) return false;
    for (int i = 0; i < 256; i++) {
        float at = (float)i / 255 * (float)(n - 1);
        size_t below = (size_t)at, above = below + 1 < n ? below + 1 : below;
        float rest = at - (float)below;
        float low = (float)u16(s, 12 + below * 2), high = (float)u16(s, 12 + above * 2);
        out[i] = (low + (high - low) * rest) / 65535;
    }
    return true;
}

static float parametric(unsigned kind, const float p[7], float x)
{
    float g = p[0], a = p[1], b = p[2], c = p[3], d = p[4], e = p[5], f = p[6];
    switch (kind) {
    case 0: return powf(x, g);
    case 1: return x >= -b / a ? powf(a * x + b, g) : 0;
    case 2: return x >= -b / a ? powf(a * x + b, g) + c : c;
    case 3: return x >= d ? powf(a * x + b, g) : c * x;
    default: return x >= d ? powf(a * x + b, g) + e : c * x + f;
    }
}

static bool read_parametric(str s, float out[256])
{
    static const size_t counts[] = { 1, 3, 4, 5, 7 };
    unsigned kind = u16(s, 8);
    if (kind > 4 || s.n < 12 + counts[kind] * 4) return false;
    float p[7] = { 1, 1, 0, 0, 0, 0, 0 };
    for (size_t i = 0; i < counts[kind]; i++) p[i] = fixed(s, 12 + i * 4);
    for (int i = 0; i < 256; i++) out[i] = parametric(kind, p, (float)i / 255);
    return true;
}

static bool read_curve(str s, float out[256])
{
    bool is_read = false;
    if (s.n >= 12 && str_starts(s, S("para"))) is_read = read_parametric(s, out);
    if (s.n >= 12 && str_starts(s, S("curv"))) {
        uint32_t n = u32(s, 8);
        float gamma = n == 1 && s.n >= 14 ? (float)u16(s, 12) / 256 : 1;
        for (int i = 0; i < 256 && n <= 1; i++) out[i] = powf((float)i / 255, gamma);
        is_read = n == 0 || (n == 1 && s.n >= 14) || (n > 1 && read_table(s, n, out));
    }
    for (int i = 0; i < 256 && is_read; i++) {
        if (!(out[i] > -0.01f && out[i] < 1.01f)) return false; /* no number, or no light */
        out[i] = out[i] < 0 ? 0 : out[i] > 1 ? 1 : out[i];
    }
    return is_read && out[255] > 0.9f && out[0] < 0.1f;
}

/* XYZ as profiles have it (D50) to sRGB's light. */
static const float to_srgb[9] = { 3.1338561f, -1.6168667f, -0.4906146f, -0.9787684f, 1.9161415f,
                                  0.0334540f, 0.0719453f,  -0.2289914f, 1.4052427f };

static bool read_matrix(str profile, float out[9])
{
    static const str names[] = { S_CONST("rXYZ"), S_CONST("gXYZ"), S_CONST("bXYZ") };
    float xyz[9];
    for (int column = 0; column < 3; column++) {
        str t = tag(profile, names[column]);
        if (t.n < 20 || !str_starts(t, S("XYZ "))) return false;
        for (int row = 0; row < 3; row++) xyz[row * 3 + column] = fixed(t, 8 + (size_t)row * 4);
    }
    static const float white[] = { 0.9642f, 1, 0.8249f };
    for (int row = 0; row < 3; row++)
        if (!(fabsf(xyz[row * 3] + xyz[row * 3 + 1] + xyz[row * 3 + 2] - white[row]) < 0.05f))
            return false;
    for (int row = 0; row < 3; row++)
        for (int column = 0; column < 3; column++) {
            out[row * 3 + column] = 0;
            for (int k = 0; k < 3; k++)
                out[row * 3 + column] += to_srgb[row * 3 + k] * xyz[k * 3 + column];
        }
    return true;
}

/* Whether following the profile would change nothing one could see. */
static bool is_srgb(const struct colour *c)
{
    struct colour plain;
    colour_srgb(&plain);
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < 256; i++)
            if (fabsf(c->curve[k][i] - plain.curve[k][i]) > 0.004f) return false;
    for (int i = 0; i < 9 && c->has_matrix; i++)
        if (fabsf(c->matrix[i] - (i % 4 == 0)) > 0.01f) return false;
    return true;
}

enum profile colour_of(str p, bool is_grey, struct colour *c)
{
    struct colour read = { .has_matrix = !is_grey };
    bool is_simple = p.n >= 132 && str_starts(str_from(p, 36), S("acsp")) &&
                     str_starts(str_from(p, 16), is_grey ? S("GRAY") : S("RGB ")) &&
                     str_starts(str_from(p, 20), S("XYZ "));
    if (!is_simple) return PROFILE_TOO_ODD;
    if (is_grey) {
        if (!read_curve(tag(p, S("kTRC")), read.curve[0])) return PROFILE_TOO_ODD;
        memcpy(read.curve[1], read.curve[0], sizeof read.curve[0]);
        memcpy(read.curve[2], read.curve[0], sizeof read.curve[0]);
    } else if (!read_matrix(p, read.matrix) || !read_curve(tag(p, S("rTRC")), read.curve[0]) ||
               !read_curve(tag(p, S("gTRC")), read.curve[1]) ||
               !read_curve(tag(p, S("bTRC")), read.curve[2])) {
        return PROFILE_TOO_ODD;
    }
    if (is_srgb(&read)) return PROFILE_IS_SRGB;
    *c = read;
    return PROFILE_FOLLOWED;
}
