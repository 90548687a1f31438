#include "seal/secret.h"

#include "base/breakage.h"
#include "seal/keys.h"
#include "seal/letters.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>

struct seal_secret {
    struct seal_secret *next;
    char file[64];
    unsigned char *bytes; /* in locked memory */
};

static void forget(void *self)
{
    sodium_free(((struct seal_secret *)self)->bytes); /* wipes it */
}

static void name_file(char out[64], const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz");
    assert(n > 0 && n <= KEY_CLASS_MAX && name[n] == '\0');
    snprintf(out, 64, "%s.secret", name);
}

const struct seal_secret *seal_secret_if_there(struct seal_keys *keys, const char *name)
{
    char file[64];
    struct stat what;
    unsigned char read[SEAL_SECRET_BYTES];
    name_file(file, name);
    for (const struct seal_secret *s = keys->secrets; s; s = s->next)
        if (strcmp(s->file, file) == 0) return s;
    if (!key_file_read(keys, file, read, &what)) return NULL;
    struct seal_secret *secret = arena_new(keys->life, struct seal_secret, 1);
    secret->bytes = sodium_malloc(SEAL_SECRET_BYTES);
    if (secret->bytes) memcpy(secret->bytes, read, sizeof read);
    sodium_memzero(read, sizeof read);
    if (!secret->bytes) broken("keys in %s: no memory for %s", keys->path, file);
    arena_at_end(keys->life, forget, secret);
    memcpy(secret->file, file, sizeof file);
    secret->next = keys->secrets;
    keys->secrets = secret;
    return secret;
}

const struct seal_secret *seal_secret(struct seal_keys *keys, const char *name)
{
    char file[64];
    name_file(file, name);
    const struct seal_secret *found = seal_secret_if_there(keys, name);
    if (found) return found;
    key_file_make(keys, file);
    found = seal_secret_if_there(keys, name);
    if (!found) broken("keys in %s: %s went as it came; nothing was stored", keys->path, file);
    return found;
}

/* The context goes first with its length, so no context and words can be taken for another context and other words. */
void seal_hash(const struct seal_secret *secret, const char *context, str what,
               unsigned char out[SEAL_HASH_BYTES])
{
    crypto_generichash_state state;
    size_t n = strlen(context);
    unsigned char length = (unsigned char)n;
    assert(n > 0 && n <= UINT8_MAX);
    crypto_generichash_init(&state, secret->bytes, SEAL_SECRET_BYTES, SEAL_HASH_BYTES);
    crypto_generichash_update(&state, &length, 1);
    crypto_generichash_update(&state, (const unsigned char *)context, n);
    if (what.n) crypto_generichash_update(&state, (const unsigned char *)what.p, what.n);
    crypto_generichash_final(&state, out, SEAL_HASH_BYTES);
    sodium_memzero(&state, sizeof state);
}

bool seal_equal(const void *a, const void *b, size_t n)
{
    return n == 0 || sodium_memcmp(a, b, n) == 0;
}

bool seal_equal_words(str a, str b)
{
    return a.n == b.n && seal_equal(a.p, b.p, a.n);
}

void seal_random(void *out, size_t n)
{
    randombytes_buf(out, n);
}

void seal_random_text(char out[SEAL_RANDOM_TEXT])
{
    unsigned char bytes[SEAL_RANDOM_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(out, SEAL_RANDOM_TEXT, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
}

/* Ten rounds of a balanced Feistel network over the two halves of an id; the round function is SipHash-2-4 of the round
 * and one half. Four would do against somebody who only sees addresses; more cost nothing here. */
#define ROUNDS 10

struct permutation {
    unsigned char key[crypto_shorthash_KEYBYTES];
};

static void permutation_of(const struct seal_secret *secret, struct permutation *p)
{
    unsigned char whole[SEAL_HASH_BYTES];
    seal_hash(secret, "ids in addresses", S(""), whole);
    memcpy(p->key, whole, sizeof p->key);
    sodium_memzero(whole, sizeof whole);
}

static uint32_t mix(const struct permutation *p, int round, uint32_t half)
{
    const unsigned char in[5] = { (unsigned char)round, (unsigned char)(half >> 24),
                                  (unsigned char)(half >> 16), (unsigned char)(half >> 8),
                                  (unsigned char)half };
    unsigned char out[crypto_shorthash_BYTES];
    crypto_shorthash(out, in, sizeof in, p->key);
    return (uint32_t)out[0] << 24 | (uint32_t)out[1] << 16 | (uint32_t)out[2] << 8 | out[3];
}

void id_shown(const struct seal_secret *secret, id which, char out[ID_SHOWN_TEXT])
{
    struct permutation p;
    permutation_of(secret, &p);
    uint32_t left = (uint32_t)(which >> 32), right = (uint32_t)which;
    for (int i = 0; i < ROUNDS; i++) {
        uint32_t before = right;
        right = left ^ mix(&p, i, right);
        left = before;
    }
    sodium_memzero(&p, sizeof p);
    uint64_t mixed = (uint64_t)left << 32 | right;
    for (int i = ID_SHOWN_TEXT - 2; i >= 0; i--, mixed >>= 5)
        out[i] = crockford_letters[mixed & 31];
    out[ID_SHOWN_TEXT - 1] = '\0';
}

bool id_read(const struct seal_secret *secret, str shown, id *which)
{
    uint64_t mixed = 0;
    *which = 0;
    if (shown.n != ID_SHOWN_TEXT - 1) return false;
    for (size_t i = 0; i < shown.n; i++) {
        int value = crockford_value(shown.p[i]);
        bool is_over = i == 0 && value > 15; /* 13 letters hold 65 bits, an id 64 */
        if (value < 0 || is_over) return false;
        mixed = mixed << 5 | (uint64_t)value;
    }
    struct permutation p;
    permutation_of(secret, &p);
    uint32_t left = (uint32_t)(mixed >> 32), right = (uint32_t)mixed;
    for (int i = ROUNDS - 1; i >= 0; i--) {
        uint32_t before = left;
        left = right ^ mix(&p, i, left);
        right = before;
    }
    sodium_memzero(&p, sizeof p);
    *which = (id)left << 32 | right;
    return true;
}
