#include "publish/noise.h"

#include <assert.h>
#include <sodium.h>

static void fill_sodium(void *context, void *bytes, size_t n)
{
    (void)context;
    randombytes_buf(bytes, n);
}

void coins_open(struct coins *c)
{
    coins_open_with(c, fill_sodium, NULL);
}

void coins_open_with(struct coins *c, void (*fill)(void *context, void *bytes, size_t n),
                     void *context)
{
    *c = (struct coins){ .fill = fill, .context = context };
}

void coins_wipe(struct coins *c)
{
    sodium_memzero(c->bytes, sizeof c->bytes);
    c->left = 0;
}

static uint8_t next_byte(struct coins *c)
{
    if (c->left == 0) {
        c->fill(c->context, c->bytes, sizeof c->bytes);
        c->left = sizeof c->bytes;
    }
    return c->bytes[--c->left];
}

static unsigned bits_of(wide n)
{
    uint64_t high = (uint64_t)(n >> 64), low = (uint64_t)n;
    return high  ? 128 - (unsigned)__builtin_clzll(high)
           : low ? 64 - (unsigned)__builtin_clzll(low)
                 : 0;
}

/* As many bits as n - 1 has; what is not below n is thrown away, so each number stays as likely as the others. */
wide coins_below_wide(struct coins *c, wide n)
{
    assert(n > 0);
    unsigned bits = bits_of(n - 1);
    wide mask = bits == 0 ? 0 : ~(wide)0 >> (128 - bits);
    for (;;) {
        wide x = 0;
        for (unsigned i = 0; i < bits; i += 8) x = x << 8 | next_byte(c);
        x &= mask;
        if (x < n) return x;
    }
}

uint64_t coins_below(struct coins *c, uint64_t n)
{
    return (uint64_t)coins_below_wide(c, n);
}

bool coins_chance(struct coins *c, wide numerator, wide denominator)
{
    return coins_below_wide(c, denominator) < numerator;
}

/* exp(-g) for g <= 1: the first failure among chances g/1, g/2, g/3 ... comes at an odd place with this chance. */
static bool exp_small(struct coins *c, wide numerator, wide denominator)
{
    wide k = 1;
    while (coins_chance(c, numerator, denominator * k)) k++;
    return k % 2 == 1;
}

bool coins_exp(struct coins *c, wide numerator, wide denominator)
{
    assert(denominator > 0 && bits_of(denominator) <= 120);
    for (; numerator > denominator; numerator -= denominator)
        if (!exp_small(c, 1, 1)) return false;
    return exp_small(c, numerator, denominator);
}

int64_t noise_laplace(struct coins *c, uint64_t scale)
{
    assert(scale >= 1 && scale <= NOISE_SCALE_MAX);
    for (;;) {
        uint64_t part = coins_below(c, scale);
        if (!coins_exp(c, part, scale)) continue;
        uint64_t whole = 0;
        while (exp_small(c, 1, 1)) whole++;
        uint64_t size = part + scale * whole;
        bool is_minus = coins_below(c, 2) == 1;
        if (is_minus && size == 0) continue; /* or nought would be met twice as often */
        return is_minus ? -(int64_t)size : (int64_t)size;
    }
}

static uint64_t root_floor(uint64_t n)
{
    uint64_t root = 0;
    for (uint64_t bit = (uint64_t)1 << 31; bit; bit >>= 1)
        if ((root | bit) * (root | bit) <= n) root |= bit;
    return root;
}

/* A Laplace number of scale t is kept with chance exp(-(|y| - v/t)^2 / (2 v)); with v = p/q that is
 * (|y| q t - p)^2 / (2 p q t^2). */
int64_t noise_gauss(struct coins *c, uint64_t variance)
{
    assert(variance >= 1 && variance <= NOISE_VARIANCE_MAX);
    uint64_t t = root_floor(variance / NOISE_PARTS) + 1;
    wide p = variance, q = NOISE_PARTS;
    for (;;) {
        int64_t y = noise_laplace(c, t);
        uint64_t size = (uint64_t)(y < 0 ? -y : y);
        if (size > (uint64_t)64 * t)
            continue; /* met once in e^64 draws; keeps the square within 128 bits */
        wide far = (wide)size * q * t;
        far = far > p ? far - p : p - far;
        if (coins_exp(c, far * far, 2 * p * q * t * t)) return y;
    }
}
