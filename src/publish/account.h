/* publish/account.h - what noise costs: zero-concentrated differential privacy and what it means in epsilon and delta.
 *
 * A release is rho-zCDP; costs of parts add up (Bun and Steinke 2016). It is then (epsilon, delta)-private for every
 * epsilon, with delta at most, for any a > 1, exp((a - 1)(a rho - epsilon)) / (a - 1) * (1 - 1/a)^a (Canonne, Kamath
 * and Steinke 2020, corollary 13); any a gives a valid bound, so a search need not be exact to be right.
 * Needs: nothing.    Never: a rho that was rounded up. */
#ifndef PUBLISH_ACCOUNT_H
#define PUBLISH_ACCOUNT_H

#include "base/str.h"

double account_delta(double rho, double epsilon); /* the least delta found for this rho */
double account_rho(double epsilon, double delta); /* the largest rho that keeps both; delta > 0 */
/* Variance of discrete Gaussian noise, in parts of NOISE_PARTS, rounded up, for numbers of which one person changes the
 * squared sum by `squared`; 0: the noise would be too large to be drawn. */
uint64_t account_variance(double squared, double rho);

#endif
