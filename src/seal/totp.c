#include "seal/totp.h"

#include "base/sink.h"
#include "seal/letters.h"
#include "seal/secret.h"
#include "seal/signature.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <assert.h>
#include <qrencode.h>
#include <sodium.h>
#include <stdio.h>

#define DIGITS  6
#define MILLION 1000000u
#define QUIET   4 /* empty squares around the picture, as the standard asks */

void totp_secret_make(unsigned char out[TOTP_SECRET_BYTES])
{
    seal_random(out, TOTP_SECRET_BYTES);
}

void totp_secret_text(const unsigned char secret[TOTP_SECRET_BYTES], char out[TOTP_SECRET_TEXT])
{
    struct arena a;
    arena_open(&a, KIB(64));
    str text = base32_text(&a, (str){ (const char *)secret, TOTP_SECRET_BYTES });
    assert(text.n == TOTP_SECRET_TEXT - 1);
    memcpy(out, text.p, text.n);
    out[text.n] = '\0';
    arena_wipe(&a);
    arena_close(&a);
}

bool totp_secret_read(str text, unsigned char out[TOTP_SECRET_BYTES])
{
    struct arena a;
    str bytes;
    arena_open(&a, KIB(64));
    bool is_good = base32_read(&a, text, TOTP_SECRET_BYTES, &bytes) && bytes.n == TOTP_SECRET_BYTES;
    if (is_good) memcpy(out, bytes.p, TOTP_SECRET_BYTES);
    arena_wipe(&a);
    arena_close(&a);
    return is_good;
}

uint32_t totp_number(str secret, int64_t step)
{
    unsigned char counter[8], mac[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    signature_begin();
    for (int i = 0; i < 8; i++) counter[i] = (unsigned char)((uint64_t)step >> (8 * (7 - i)));
    const void *made = HMAC(EVP_sha1(), secret.p, (int)secret.n, counter, sizeof counter, mac, &n);
    assert(made && n == 20);
    const unsigned char *at = mac + (mac[n - 1] & 15);
    uint32_t number = (uint32_t)(at[0] & 0x7f) << 24 | (uint32_t)at[1] << 16 |
                      (uint32_t)at[2] << 8 | at[3];
    sodium_memzero(mac, sizeof mac);
    return number;
}

/* The digit that a character begins here, of Latin, Arabic or Persian script; -1: none. *n: its bytes. */
static int digit_at(str s, size_t *n)
{
    unsigned char c = (unsigned char)s.p[0], d = s.n > 1 ? (unsigned char)s.p[1] : 0;
    *n = c < 0x80 ? 1 : 2;
    if (c >= '0' && c <= '9') return c - '0';
    if (c == 0xd9 && d >= 0xa0 && d <= 0xa9) return d - 0xa0; /* U+0660 */
    if (c == 0xdb && d >= 0xb0 && d <= 0xb9) return d - 0xb0; /* U+06F0 */
    return -1;
}

static bool read_code(str code, char out[DIGITS])
{
    int digits = 0;
    while (code.n) {
        size_t n;
        int digit = digit_at(code, &n);
        bool is_space = code.p[0] == ' ';
        if ((digit < 0 && !is_space) || (digit >= 0 && digits == DIGITS)) return false;
        if (digit >= 0) out[digits++] = (char)('0' + digit);
        code = str_from(code, n);
    }
    return digits == DIGITS;
}

enum totp_answer totp_check(const unsigned char secret[TOTP_SECRET_BYTES], str code, ms now,
                            int64_t last, int64_t *step)
{
    char typed[DIGITS];
    bool is_used = false;
    *step = last;
    if (now < 0 || !read_code(code, typed)) return TOTP_WRONG;
    int64_t today = now / TOTP_STEP_MS, found = -1;
    for (int64_t s = today - 1; s <= today + 1; s++) {
        char right[16];
        if (s < 0) continue;
        snprintf(right, sizeof right, "%06u",
                 totp_number((str){ (const char *)secret, TOTP_SECRET_BYTES }, s) % MILLION);
        bool is_it = seal_equal(right, typed, DIGITS);
        sodium_memzero(right, sizeof right);
        if (is_it && s <= last) is_used = true;
        else if (is_it && found < 0) found = s;
    }
    if (found < 0) return is_used ? TOTP_USED : TOTP_WRONG;
    *step = found;
    return TOTP_RIGHT;
}

personal totp_address(struct arena *a, str operator_name, personal account,
                      const unsigned char secret[TOTP_SECRET_BYTES])
{
    struct sink out;
    char text[TOTP_SECRET_TEXT];
    totp_secret_text(secret, text);
    sink_open(&out, a, KIB(8));
    put_lit(&out, "otpauth://totp/");
    url_part(&out, operator_name);
    put_lit(&out, ":");
    url_part(&out, account.words);
    put_lit(&out, "?secret=");
    put(&out, str_of(text));
    put_lit(&out, "&issuer=");
    url_part(&out, operator_name);
    sodium_memzero(text, sizeof text);
    return (personal){ sink_str(&out) };
}

static void free_code(void *code)
{
    QRcode *c = code;
    sodium_memzero(c->data, (size_t)c->width * (size_t)c->width); /* it holds the secret */
    QRcode_free(c);
}

/* Dark squares, each row's neighbours as one bar. */
static void put_squares(struct sink *out, const QRcode *code)
{
    for (int y = 0; y < code->width; y++) {
        const unsigned char *row = code->data + y * code->width;
        for (int x = 0; x < code->width;) {
            int from = x;
            while (x < code->width && (row[x] & 1)) x++;
            if (x > from)
                put_format(out, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from, x - from);
            else x++;
        }
    }
}

html totp_picture(struct arena *a, personal address, str title)
{
    const char *words = arena_z(a, address.words);
    QRcode *code = QRcode_encodeString8bit(words, 0, QR_ECLEVEL_M);
    if (!code)
        return (html){ S("") }; /* longer than a picture can hold: the words stand beside it */
    arena_at_end(a, free_code, code);
    struct sink out;
    sink_open(&out, a, MIB(1));
    int wide = code->width + 2 * QUIET;
    put_format(&out, "<svg class=\"code\" viewBox=\"0 0 %d %d\" role=\"img\"><title>", wide, wide);
    html_text(&out, title);
    put_format(&out, "</title><path fill=\"#fff\" d=\"M0 0h%dv%dh-%dz\"/><path fill=\"#000\" d=\"",
               wide, wide, wide);
    put_squares(&out, code);
    put_lit(&out, "\"/></svg>");
    return (html){ sink_str(&out) };
}
