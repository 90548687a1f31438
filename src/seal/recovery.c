#include "seal/recovery.h"

#include "seal/letters.h"

#include <assert.h>
#include <sodium.h>

#define LETTERS 20
#define GROUP   5

/* The account goes before the letters, so a code is good for nobody else. */
static void hash_letters(const struct seal_secret *secret, id account, const char letters[LETTERS],
                         unsigned char hash[SEAL_HASH_BYTES])
{
    char whole[8 + LETTERS];
    for (int i = 0; i < 8; i++) whole[i] = (char)(account >> (8 * (7 - i)));
    memcpy(whole + 8, letters, LETTERS);
    seal_hash(secret, "recovery code", (str){ whole, sizeof whole }, hash);
    sodium_memzero(whole, sizeof whole);
}

void recovery_make(const struct seal_secret *secret, id account,
                   struct recovery_code out[RECOVERY_CODES])
{
    for (int i = 0; i < RECOVERY_CODES; i++) {
        unsigned char bytes[LETTERS];
        char letters[LETTERS], *at = out[i].text;
        seal_random(bytes, sizeof bytes);
        for (int k = 0; k < LETTERS; k++) {
            letters[k] = crockford_letters[bytes[k] & 31];
            if (k && k % GROUP == 0) *at++ = '-';
            *at++ = letters[k];
        }
        *at = '\0';
        assert(at - out[i].text == RECOVERY_TEXT - 1);
        hash_letters(secret, account, letters, out[i].hash);
        sodium_memzero(bytes, sizeof bytes);
        sodium_memzero(letters, sizeof letters);
    }
}

/* As people write it; 0: no letter of a code. */
static char meant(char c)
{
    if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
    if (c == 'o') return '0';
    if (c == 'i' || c == 'l') return '1';
    return crockford_value(c) >= 0 ? c : '\0';
}

bool recovery_hash(const struct seal_secret *secret, id account, personal typed,
                   unsigned char hash[SEAL_HASH_BYTES])
{
    char letters[LETTERS];
    size_t n = 0;
    memset(hash, 0, SEAL_HASH_BYTES);
    for (size_t i = 0; i < typed.words.n; i++) {
        char c = typed.words.p[i];
        if (c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n') continue;
        char letter = meant(c);
        if (!letter || n == LETTERS) return false;
        letters[n++] = letter;
    }
    if (n != LETTERS) return false;
    hash_letters(secret, account, letters, hash);
    sodium_memzero(letters, sizeof letters);
    return true;
}
