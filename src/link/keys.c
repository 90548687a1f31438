#include "link/keys.h"

#include "base/breakage.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHECK_LABEL "blueheart link: key check 1"

static void let_go(void *self)
{
    sodium_free(self);
}

static unsigned char *locked(struct arena *a, size_t n)
{
    unsigned char *p = sodium_malloc(n ? n : 1);
    if (!p) broken("no memory that can be locked for the secret");
    arena_at_end(a, let_go, p);
    return p;
}

/* An upper bound of what guessing takes, in bits: as if every letter were drawn from the kinds of letters there are. */
static double most_bits(const unsigned char *p, size_t n, unsigned *different)
{
    bool seen[256] = { false }, digit = false, lower = false, upper = false, other = false;
    *different = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = p[i];
        if (!seen[c]) ++*different;
        seen[c] = true;
        if (c >= '0' && c <= '9') digit = true;
        else if (c >= 'a' && c <= 'z') lower = true;
        else if (c >= 'A' && c <= 'Z') upper = true;
        else other = true;
    }
    int kinds = digit * 10 + lower * 26 + upper * 26 + other * 33;
    return kinds ? (double)n * log2(kinds) : 0;
}

static enum link_secret_answer judged(const struct link_secret *s)
{
    unsigned different;
    double bits = most_bits(s->bytes, s->n, &different);
    if (s->n < LINK_SECRET_LEAST) return LINK_SECRET_SHORT;
    return different < 8 || bits < 64 ? LINK_SECRET_WEAK : LINK_SECRET_GOOD;
}

enum link_secret_answer link_secret_take(struct arena *a, str bytes, struct link_secret *out)
{
    *out = (struct link_secret){ locked(a, bytes.n), bytes.n, false };
    memcpy(out->bytes, bytes.p, bytes.n);
    return judged(out);
}

static void close_it(void *self)
{
    close(*(int *)self);
}

enum link_secret_answer link_secret_read(struct arena *a, const char *path, struct link_secret *out)
{
    int *fd = arena_new(a, int, 1);
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (*fd < 0) broken("%s: the secret cannot be read: %s", path, strerror(errno));
    arena_at_end(a, close_it, fd);
    struct stat about;
    if (fstat(*fd, &about) != 0 || !S_ISREG(about.st_mode))
        broken("%s: the secret must be a file", path);
    *out = (struct link_secret){ locked(a, LINK_SECRET_MAX + 1), 0, (about.st_mode & 077) != 0 };
    while (out->n <= LINK_SECRET_MAX) {
        ssize_t got = read(*fd, out->bytes + out->n, LINK_SECRET_MAX + 1 - out->n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) broken("%s: the secret cannot be read: %s", path, strerror(errno));
        if (got == 0) break;
        out->n += (size_t)got;
    }
    if (out->n > LINK_SECRET_MAX) return LINK_SECRET_LONG;
    if (out->n && out->bytes[out->n - 1] == '\n') out->n--;
    if (out->n && out->bytes[out->n - 1] == '\r') out->n--;
    return judged(out);
}

/* HKDF, RFC 5869 section 2: extract, then expand. An absent salt is as many zero bytes as the hash has. */
static void hkdf(const EVP_MD *hash, const struct link_secret *secret, str salt, str info,
                 unsigned char *out, size_t n)
{
    unsigned char zeros[EVP_MAX_MD_SIZE] = { 0 }, key[EVP_MAX_MD_SIZE], block[EVP_MAX_MD_SIZE];
    unsigned char text[EVP_MAX_MD_SIZE + KIB(2) + 1];
    unsigned hash_n = (unsigned)EVP_MD_get_size(hash), block_n = 0;
    assert(info.n <= KIB(2));
    if (!salt.n) salt = (str){ (char *)zeros, hash_n };
    bool is_done = HMAC(hash, salt.p, (int)salt.n, secret->bytes, secret->n, key, &hash_n) != NULL;
    for (unsigned i = 1; is_done && n > 0; i++) {
        assert(i <= 255);
        memcpy(text, block, block_n);
        if (info.n) memcpy(text + block_n, info.p, info.n);
        text[block_n + info.n] = (unsigned char)i;
        size_t text_n = block_n + info.n + 1;
        is_done = HMAC(hash, key, (int)hash_n, text, text_n, block, &block_n) != NULL;
        size_t part = n < block_n ? n : block_n;
        memcpy(out, block, part);
        out += part;
        n -= part;
    }
    sodium_memzero(key, sizeof key);
    sodium_memzero(block, sizeof block);
    sodium_memzero(text, sizeof text);
    if (!is_done) broken("the keys could not be derived");
}

const unsigned char *link_keys(struct arena *a, const struct link_schema *s,
                               const struct link_secret *secret)
{
    size_t n = 2 * s->features * s->key_size;
    unsigned char *keys = locked(a, n);
    hkdf(s->is_sha512 ? EVP_sha512() : EVP_sha256(), secret, s->salt, s->info, keys, n);
    return keys;
}

void link_key_check(const struct link_schema *s, const struct link_secret *secret,
                    unsigned char out[LINK_CHECK_BYTES])
{
    str salt = { (const char *)s->fingerprint, sizeof s->fingerprint };
    hkdf(EVP_sha256(), secret, salt, S(CHECK_LABEL), out, LINK_CHECK_BYTES);
}
