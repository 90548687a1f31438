/* publish/noise.h - noise that protects people, drawn exactly.
 *
 * The discrete Laplace and the discrete Gaussian distribution on the whole numbers, sampled with whole numbers only
 * (Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy", 2020, algorithms 1 to 3): no
 * floating point, whose gaps would tell what was added to what. Random bytes come from libsodium; a test may give its
 * own.
 * Needs: libsodium.    Never: base/draws.h, whose numbers follow from a seed. */
#ifndef PUBLISH_NOISE_H
#define PUBLISH_NOISE_H

#include "base/str.h"

typedef unsigned __int128 wide;

struct coins {
    void (*fill)(void *context, void *bytes, size_t n);
    void *context;
    uint8_t bytes[4096];
    size_t left;
};

void coins_open(struct coins *c); /* libsodium's generator */
void coins_open_with(struct coins *c, void (*fill)(void *context, void *bytes, size_t n),
                     void *context);
void coins_wipe(struct coins *c);

uint64_t coins_below(struct coins *c, uint64_t n); /* 0 .. n - 1, each as likely; n > 0 */
wide coins_below_wide(struct coins *c, wide n);
bool coins_chance(struct coins *c, wide numerator, wide denominator); /* of n / d <= 1 */
/* With chance exp(-n / d). The denominator is below 2^120. */
bool coins_exp(struct coins *c, wide numerator, wide denominator);

/* Chance of x proportional to exp(-|x| / scale); scale a whole number from 1 to NOISE_SCALE_MAX. */
int64_t noise_laplace(struct coins *c, uint64_t scale);
/* Chance of x proportional to exp(-x^2 / (2 v)), v = variance / NOISE_PARTS. 1 <= variance <= NOISE_VARIANCE_MAX. */
int64_t noise_gauss(struct coins *c, uint64_t variance);

#define NOISE_PARTS        256 /* a variance is written in parts of this */
#define NOISE_SCALE_MAX    ((uint64_t)1 << 20)
#define NOISE_VARIANCE_MAX ((uint64_t)NOISE_PARTS << 38)

#endif
