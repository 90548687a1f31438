/* seal/totp.h - six digits from a telephone (RFC 6238: SHA-1, 30 seconds).
 *
 * Accepted are the digits of now and of one step before and after, and no step twice: whoever looked over a shoulder
 * cannot use them again. The caller keeps the last step accepted, and keeps the secret sealed.
 * Needs: seal, libcrypto, libqrencode.    Never: a step at or before the last one. */
#ifndef SEAL_TOTP_H
#define SEAL_TOTP_H

#include "base/arena.h"

#define TOTP_SECRET_BYTES 20
#define TOTP_SECRET_TEXT  (32 + 1) /* in base32, and NUL */
#define TOTP_STEP_MS      ((ms)30000)

void totp_secret_make(unsigned char out[TOTP_SECRET_BYTES]);
void totp_secret_text(const unsigned char secret[TOTP_SECRET_BYTES], char out[TOTP_SECRET_TEXT]);
MUST_USE bool totp_secret_read(str text, unsigned char out[TOTP_SECRET_BYTES]);

/* "otpauth://totp/Operator:ana%40example.org?secret=...": what the program on the telephone reads. Holds the secret. */
personal totp_address(struct arena *a, str operator_name, personal account,
                      const unsigned char secret[TOTP_SECRET_BYTES]);
/* The same as a picture to photograph: an SVG with role="img" and this title, class "code". No script, no style. */
html totp_picture(struct arena *a, personal address, str title);

enum totp_answer {
    TOTP_RIGHT,
    TOTP_WRONG,
    TOTP_USED, /* right, but it or a later one was used before: wait for the next */
};

/* code: six digits, of any script, spaces do not matter. last: the last step accepted, 0 at first. On TOTP_RIGHT
 * *step is what is to be kept. */
MUST_USE enum totp_answer totp_check(const unsigned char secret[TOTP_SECRET_BYTES], str code,
                                     ms now, int64_t last, int64_t *step);

/* The number for one step; what a telephone would show is its last six digits. For tests. */
uint32_t totp_number(str secret, int64_t step);

#endif
