#include "seal/letters.h"

const char crockford_letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

int crockford_value(char c)
{
    const char *at = c ? memchr(crockford_letters, c, 32) : NULL;
    return at ? (int)(at - crockford_letters) : -1;
}

/* An alphabet of 2^bits letters; what the last letter has too many is zero. */
struct alphabet {
    const char *letters;
    unsigned bits;
};
static const struct alphabet base64url = {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 6
};
static const struct alphabet base32 = { "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5 };

static str write_in(struct arena *a, const struct alphabet *in, str bytes)
{
    size_t n = (bytes.n * 8 + in->bits - 1) / in->bits, at = 0;
    char *out = arena_take(a, n + 1);
    unsigned held = 0, hold = 0;
    for (size_t i = 0; i < n; i++) {
        while (held < in->bits) {
            hold = (hold << 8 | (at < bytes.n ? (unsigned char)bytes.p[at] : 0)) & 0xffff;
            at++;
            held += 8;
        }
        held -= in->bits;
        out[i] = in->letters[hold >> held & ((1u << in->bits) - 1)];
    }
    return (str){ out, n };
}

static bool read_in(struct arena *a, const struct alphabet *in, str text, size_t most, str *bytes)
{
    size_t n = text.n * in->bits / 8;
    bool is_one_too_long = (n * 8 + in->bits - 1) / in->bits != text.n;
    *bytes = S("");
    if (n > most || text.n > most * 2 + 2 || is_one_too_long) return false;
    char *out = arena_take(a, n + 1);
    unsigned held = 0, hold = 0;
    size_t at = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char *letter = text.p[i] ? memchr(in->letters, text.p[i], (size_t)1 << in->bits)
                                       : NULL;
        if (!letter) return false;
        hold = (hold << in->bits | (unsigned)(letter - in->letters)) & 0xffff;
        held += in->bits;
        if (held < 8) continue;
        held -= 8;
        out[at++] = (char)(hold >> held);
    }
    if (hold & ((1u << held) - 1)) return false;
    *bytes = (str){ out, n };
    return true;
}

str base64url_text(struct arena *a, str bytes)
{
    return write_in(a, &base64url, bytes);
}

bool base64url_read(struct arena *a, str text, size_t most, str *bytes)
{
    return read_in(a, &base64url, text, most, bytes);
}

str base32_text(struct arena *a, str bytes)
{
    return write_in(a, &base32, bytes);
}

bool base32_read(struct arena *a, str text, size_t most, str *bytes)
{
    return read_in(a, &base32, text, most, bytes);
}
