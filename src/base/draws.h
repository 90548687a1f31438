/* base/draws.h - random numbers that follow from a seed and a stream, the same on every machine.
 *
 * Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011): a counter is encrypted, so stream 17 can be drawn without the
 * sixteen before it. Give each replicate a stream of its own and the result does not depend on how many threads work.
 * Needs: str.    Never: for secrets, or for noise that protects people; those take libsodium's generator. */
#ifndef BASE_DRAWS_H
#define BASE_DRAWS_H

#include "base/str.h"

struct draws {
    uint32_t key[2];
    uint32_t counter[4]; /* the upper two are the stream */
    uint32_t out[4];
    int left;
};

void draws_open(struct draws *d, uint64_t seed, uint64_t stream);
uint32_t draws_32(struct draws *d);
uint64_t draws_64(struct draws *d);
double draws_unit(struct draws *d);                    /* 0 < u < 1, 53 bits */
uint32_t draws_below(struct draws *d, uint32_t below); /* 0 .. below - 1, each as likely */
double draws_normal(struct draws *d);
double draws_gamma(struct draws *d, double shape); /* shape > 0, scale 1 */
/* ln of the same: a small shape draws numbers far below what a double can hold. */
double draws_log_gamma(struct draws *d, double shape);
double draws_beta(struct draws *d, double a, double b);
/* How many of n trials succeed; exact for every p (BTRS of Hörmann 1993 for large n p). */
int64_t draws_binomial(struct draws *d, int64_t n, double p);
int64_t draws_poisson(struct draws *d, double mean); /* mean up to 1e15 */
/* n trials over k outcomes with weights >= 0, not all 0: how many fell on each. */
void draws_multinomial(struct draws *d, int64_t n, const double *weights, size_t k, int64_t *out);

#endif
