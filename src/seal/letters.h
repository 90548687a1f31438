/* seal/letters.h - bytes as letters: base64url, base32, and Crockford's letters.
 *
 * Reading is strict: one spelling for each value, no padding, no other letters, no bits left over.
 * Needs: base.    Never: repair what was mistyped; recovery.h does that for people. */
#ifndef SEAL_LETTERS_H
#define SEAL_LETTERS_H

#include "base/arena.h"

str base64url_text(struct arena *a, str bytes);
/* False if it is not exactly what base64url_text writes, or more than `most` bytes. */
MUST_USE bool base64url_read(struct arena *a, str text, size_t most, str *bytes);

str base32_text(struct arena *a, str bytes); /* RFC 4648, capitals, without "=" */
MUST_USE bool base32_read(struct arena *a, str text, size_t most, str *bytes);

extern const char crockford_letters[32 + 1]; /* 0-9 a-z without i l o u */
int crockford_value(char c);                 /* 0..31; -1: not one of them */

#endif
