/* What a sign-in costs: password-bench FOLDER. Prints: passwords checked a second, a passkey's signature and six digits in
 * microseconds. */
#include "base/breakage.h"
#include "base/clock.h"
#include "base/limits.h"
#include "seal/password.h"
#include "seal/signature.h"
#include "seal/totp.h"

#include <sodium.h>
#include <stdio.h>

#define CHECKS     50
#define SIGNATURES 2000

int main(int argc, char **argv)
{
    struct arena life;
    if (argc != 2) return 2;
    arena_open(&life, MIB(64));
    const struct seal_secret *secret = seal_secret(seal_keys_open(&life, str_of(argv[1])), "bench");
    personal typed = { S("a lamp beside the window") };
    str hash;
    if (!password_made(password_work(&life, password_make_ask(&life, secret, typed)), &hash)) return 1;
    int64_t from = clock_ticks_us();
    for (int i = 0; i < CHECKS; i++)
        if (password_checked(password_work(&life, password_check_ask(&life, secret, typed, hash))) != PASSWORD_RIGHT) return 1;
    int64_t passwords_us = clock_ticks_us() - from;

    /* A well-formed signature of somebody else's costs as much as a right one. */
    unsigned char key[77], signature[70] = { 0x30, 0x44, 0x02, 0x20, 1, [35] = 1, [36] = 0x02, 0x20, 1, [69] = 1 };
    size_t n;
    sodium_hex2bin(key, sizeof key, "a5010203262001215820afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61"
                                    "225820930a56b87a2fca66334b03458abf879717c12cc68ed73290af2e2664796b9220", 154, NULL, &n, NULL);
    from = clock_ticks_us();
    for (int i = 0; i < SIGNATURES; i++)
        if (cose_verify((str){ (const char *)key, n }, S("words"), (str){ (const char *)signature, sizeof signature }) != COSE_WRONG) return 1;
    int64_t signatures_us = clock_ticks_us() - from;

    int64_t step;
    from = clock_ticks_us();
    for (int i = 0; i < SIGNATURES; i++) (void)!totp_check(key, S("000000"), 1795000000000, 0, &step);
    int64_t digits_us = clock_ticks_us() - from;
    printf("%.1f %.1f %.1f\n", CHECKS * 1e6 / (double)passwords_us, (double)signatures_us / SIGNATURES, (double)digits_us / SIGNATURES);
    arena_close(&life);
    return 0;
}
