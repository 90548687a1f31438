/* publish/release.h - counts of combinations under differential privacy.
 *
 * Neighbours differ in one person with all their rows. Everything is rho-zCDP (account.h): discrete Gaussian noise on
 * the number of rows, on every declared attribute, on every pair of them, and, where the data are large enough for it to
 * help, on every three; how many attributes of a row are counted is chosen by the exponential mechanism (a choice that
 * is e-private costs e^2/8: Cesar and Rogers 2021). A row with more keeps a random part of them. Whatever is not
 * measured is inferred from what is: three attributes from the noisy pairs by maximum entropy, more from threes. Counts
 * are then drawn towards what their parts lead one to expect, as far as their noise makes them doubtful; made whole;
 * none is larger than a part of it; and shown from `least` on. All that is afterwards costs nothing.
 * Needs: schema, noise, account.    Never: a domain, a bound or a threshold taken from the data. */
#ifndef PUBLISH_RELEASE_H
#define PUBLISH_RELEASE_H

#include "publish/noise.h"
#include "publish/protect.h"
#include "publish/schema.h"

struct release {
    double epsilon, delta;
    size_t length;
    uint32_t least; /* estimates below are not shown */
    struct coins *coins;
};

struct release_report {
    double rho;
    double
        sigma[PUBLISH_LENGTH_MAX + 1]; /* noise by length; [0] is the number of rows; 0: inferred */
    int64_t attributes_per_row;
    size_t measured; /* the longest combinations that were measured */
};

/* False: *why says what does not fit. Nothing was learned from the data then. */
MUST_USE bool release_check(struct arena *a, const struct schema *schema, const struct release *r,
                            struct complaint *why);
/* After release_check. */
void release_make(struct arena *a, const struct schema *schema, const struct sample *s,
                  const struct release *r, struct aggregates *out, struct release_report *report);

#endif
