/* publish/release_parts.h - what measuring and estimating share.
 *
 * A block is a cross table of two or three columns: cell [a][b] or [a][b][c], places within the columns from 0; with
 * absence (pair tables of estimates) place 0 is absence and values follow.
 * Needs: release.    Never: included outside of the files of release. */
#ifndef PUBLISH_RELEASE_PARTS_H
#define PUBLISH_RELEASE_PARTS_H

#include "publish/release.h"

struct domain {
    size_t columns;
    const struct attributes *attributes;
    uint16_t *first, *many; /* by column */
};

struct domain domain_of(struct arena *a, const struct attributes *attributes);
size_t domain_pairs(const struct domain *d);  /* cells of all pair blocks */
size_t domain_threes(const struct domain *d); /* and of threes */
static inline size_t pair_number(const struct domain *d, size_t i, size_t j)
{
    return i * (2 * d->columns - i - 1) / 2 + (j - i - 1); /* i < j */
}

/* Noisy counts. */
struct measured {
    double rows, sigma[4]; /* by length; sigma[3] 0: threes were not measured */
    double *one;           /* by attribute */
    double **two;          /* by pair number: block */
    double **three;        /* by running number of i < j < k, or NULL */
    int64_t attributes_per_row;
};

void release_measure(struct arena *a, const struct domain *d, const struct schema *schema,
                     const struct sample *s, const struct release *r, double rho,
                     struct measured *out);

/* Estimates from noisy counts: out->combos, not yet whole nor consistent beyond their parts. */
void release_estimate(struct arena *a, const struct domain *d, const struct measured *m,
                      const struct release *r, struct aggregates *out);
/* Longer combinations, inferred from those with one attribute less. */
void release_extend(struct arena *a, const struct release *r, struct aggregates *out);

#endif
