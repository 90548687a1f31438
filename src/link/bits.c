#include "link/bits.h"

#include "base/breakage.h"
#include "link/encode.h"

#include <assert.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>

#define AT_ONCE 32 /* positions that one BLAKE2b digest gives */

struct slot {
    uint64_t hash;
    const char *piece;
    uint32_t piece_n, position;
    uint32_t feature, have;
    uint16_t *bits; /* NULL: the slot is empty */
};

struct link_bits_cache {
    const struct link_schema *schema;
    const unsigned char *keys;
    struct arena memory; /* pieces and their bits; wiped when full */
    struct slot *slot;
    size_t used;
};

/* Positions first .. first + 31: BLAKE2b-512 keyed with the feature's first key, the block's number as its salt, cut
 * into 16-bit numbers, the lower byte first. */
static void blake_block(const unsigned char *key, size_t key_size, unsigned hashed, str token,
                        unsigned block, uint16_t out[AT_ONCE])
{
    unsigned char digest[64], salt[16] = { 0 }, personal[16] = { 0 };
    snprintf((char *)salt, sizeof salt, "%u", block);
    int wrong = crypto_generichash_blake2b_salt_personal(digest, sizeof digest,
                                                         (const unsigned char *)token.p, token.n,
                                                         key, key_size, salt, personal);
    assert(wrong == 0);
    for (int i = 0; i < AT_ONCE; i++)
        out[i] = (uint16_t)((digest[2 * i] | digest[2 * i + 1] << 8) & (int)(hashed - 1));
}

static unsigned rest_of(const unsigned char *digest, size_t n, unsigned modulus)
{
    uint64_t rest = 0;
    for (size_t i = 0; i < n; i++) rest = (rest << 8 | digest[i]) % modulus;
    return (unsigned)rest;
}

static unsigned keyed_rest(const EVP_MD *hash, const unsigned char *key, size_t key_size,
                           const char *p, size_t n, unsigned modulus)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned digest_n = 0;
    if (!HMAC(hash, key, (int)key_size, (const unsigned char *)p, n, digest, &digest_n))
        broken("libcrypto refuses a hash that double hashing needs");
    return rest_of(digest, digest_n, modulus);
}

/* The second hash again, of the token with a counted character behind it, until it is not 0. */
static unsigned not_singular(const unsigned char *key, size_t key_size, str token, unsigned modulus)
{
    char small[4 * LINK_VALUE_MAX + 64]; /* in UTF-32, with the counted character */
    assert(token.n + 2 <= sizeof small);
    memcpy(small, token.p, token.n);
    for (unsigned i = 0; i < 0x800; i++) {
        size_t n = token.n;
        if (i < 0x80) small[n++] = (char)i;
        else {
            small[n++] = (char)(0xc0 | i >> 6);
            small[n++] = (char)(0x80 | (i & 0x3f));
        }
        unsigned rest = keyed_rest(EVP_md5(), key, key_size, small, n, modulus);
        if (rest) return rest;
    }
    return 1;
}

/* Schnell, Bachteler & Reiher 2011: h1 + i h2. */
static void double_bits(const struct link_feature *f, const unsigned char *keys, size_t key_size,
                        unsigned hashed, str token, unsigned n, uint16_t *out)
{
    unsigned one = keyed_rest(EVP_sha1(), keys, key_size, token.p, token.n, hashed);
    unsigned two = keyed_rest(EVP_md5(), keys + key_size, key_size, token.p, token.n, hashed);
    if (two == 0 && f->is_not_singular)
        two = not_singular(keys + key_size, key_size, token, hashed);
    for (unsigned i = 0; i < n; i++) out[i] = (uint16_t)((one + (uint64_t)i * two) % hashed);
}

void link_token_bits(const struct link_feature *f, const unsigned char *keys, size_t key_size,
                     unsigned hashed, str token, unsigned n, uint16_t *out)
{
    if (f->hash == LINK_DOUBLE) {
        double_bits(f, keys, key_size, hashed, token, n, out);
        return;
    }
    uint16_t block[AT_ONCE];
    for (unsigned i = 0; i < n; i += AT_ONCE) {
        blake_block(keys, key_size, hashed, token, i / AT_ONCE, block);
        unsigned part = n - i < AT_ONCE ? n - i : AT_ONCE;
        memcpy(out + i, block, part * sizeof *out);
    }
}

static void wipe(void *self)
{
    struct link_bits_cache *c = self;
    arena_wipe(&c->memory);
    arena_close(&c->memory);
}

struct link_bits_cache *link_bits_open(struct arena *a, const struct link_schema *s,
                                       const unsigned char *keys)
{
    struct link_bits_cache *c = arena_new(a, struct link_bits_cache, 1);
    *c = (struct link_bits_cache){ .schema = s, .keys = keys };
    c->slot = arena_new(a, struct slot, LINK_CACHE_SLOTS);
    arena_open(&c->memory, LINK_CACHE_BYTES * 2);
    arena_at_end(a, wipe, c);
    return c;
}

static void forget_all(struct link_bits_cache *c)
{
    arena_wipe(&c->memory);
    memset(c->slot, 0, sizeof *c->slot * LINK_CACHE_SLOTS);
    c->used = 0;
}

static uint64_t hash_of(size_t feature, uint32_t position, str piece)
{
    uint64_t h = (feature + 1) * 0x9e3779b97f4a7c15u ^ position * 0xc2b2ae3d27d4eb4fu ^ piece.n;
    size_t i = 0;
    for (; i + 8 <= piece.n; i += 8) {
        uint64_t eight;
        memcpy(&eight, piece.p + i, 8);
        h = (h ^ eight) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    uint64_t last = 0;
    memcpy(&last, piece.p + i, piece.n - i);
    h = (h ^ last) * 0xff51afd7ed558ccdu;
    return h ^ h >> 29;
}

static struct slot *find(struct link_bits_cache *c, uint64_t hash, size_t feature,
                         uint32_t position, str piece)
{
    for (size_t i = hash % LINK_CACHE_SLOTS;; i = (i + 1) % LINK_CACHE_SLOTS) {
        struct slot *s = &c->slot[i];
        if (!s->bits) return s;
        if (s->hash == hash && s->position == position && s->feature == feature &&
            s->piece_n == piece.n && memcmp(s->piece, piece.p, piece.n) == 0)
            return s;
    }
}

/* A token's bytes as its feature's encoding has them: UTF-8 as it is, the others with their byte order mark. */
static str encoded(struct arena *a, const struct link_feature *f, str token)
{
    if (f->format != LINK_STRING || f->encoding == LINK_UTF8 || f->encoding == LINK_ASCII)
        return token;
    bool is_wide = f->encoding == LINK_UTF32;
    unsigned char *out = arena_take(a, 4 * token.n + 4);
    size_t n = 0;
    uint32_t c = 0xfeff;
    for (size_t i = 0;;) {
        uint32_t unit[2] = { c, 0 };
        size_t units = 1;
        if (!is_wide && c >= 0x10000) {
            unit[0] = 0xd800 + ((c - 0x10000) >> 10);
            unit[1] = 0xdc00 + ((c - 0x10000) & 0x3ff);
            units = 2;
        }
        for (size_t u = 0; u < units; u++)
            for (int k = 0; k < (is_wide ? 4 : 2); k++)
                out[n++] = (unsigned char)(unit[u] >> (8 * k));
        if (i >= token.n) break;
        unsigned char b = (unsigned char)token.p[i];
        size_t more = b < 0x80 ? 0 : b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
        c = more == 0 ? b : b & (0x3fu >> more);
        for (size_t k = 1; k <= more && i + k < token.n; k++)
            c = c << 6 | ((unsigned char)token.p[i + k] & 0x3fu);
        i += more + 1;
    }
    return (str){ (char *)out, n };
}

const uint16_t *link_bits(struct link_bits_cache *c, size_t i, uint32_t position, str piece,
                          unsigned n)
{
    uint64_t hash = hash_of(i, position, piece);
    struct slot *s = find(c, hash, i, position, piece);
    if (s->bits && s->have >= n) return s->bits;

    unsigned have = (n + AT_ONCE - 1) / AT_ONCE * AT_ONCE;
    size_t needed = have * sizeof *s->bits + piece.n * 6 + KIB(1);
    if (c->used * 4 >= LINK_CACHE_SLOTS * 3 || c->memory.used + needed > LINK_CACHE_BYTES) {
        forget_all(c);
        s = find(c, hash, i, position, piece);
    }
    const struct link_feature *f = &c->schema->feature[i];
    str token = position ? arena_format(&c->memory, "%u " STR_FMT, position, STR_ARG(piece))
                         : piece;
    token = encoded(&c->memory, f, token);
    uint16_t *bits = arena_new(&c->memory, uint16_t, have);
    size_t key_size = c->schema->key_size;
    link_token_bits(f, c->keys + 2 * i * key_size, key_size, c->schema->hashed, token, have, bits);
    c->used += s->bits == NULL;
    *s = (struct slot){
        hash, arena_str(&c->memory, piece).p, (uint32_t)piece.n, position, (uint32_t)i, have, bits
    };
    return bits;
}
