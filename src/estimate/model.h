/* estimate/model.h - log-linear models of capture histories: sets of terms, their names, all of them.
 *
 * A history is a set of lists, written as bits: bit i is list i. A model is the set of its terms, which are
 * histories too; the empty one is the intercept. Every model here is hierarchical (with a term come all its
 * subsets) and holds every list's own term.
 * Needs: base.    Never: a count. */
#ifndef ESTIMATE_MODEL_H
#define ESTIMATE_MODEL_H

#include "base/sink.h"
#include "estimate/table.h"

#define MSE_SET_WORDS (CELLS_MAX / 64)

/* A set of histories. */
struct mse_set {
    uint64_t word[MSE_SET_WORDS];
};

static inline bool mse_set_has(const struct mse_set *s, unsigned history)
{
    return s->word[history >> 6] >> (history & 63) & 1;
}
static inline void mse_set_add(struct mse_set *s, unsigned history)
{
    s->word[history >> 6] |= UINT64_C(1) << (history & 63);
}
static inline void mse_set_drop(struct mse_set *s, unsigned history)
{
    s->word[history >> 6] &= ~(UINT64_C(1) << (history & 63));
}
static inline bool mse_set_eq(const struct mse_set *a, const struct mse_set *b)
{
    uint64_t d = 0;
    for (int i = 0; i < MSE_SET_WORDS; i++) d |= a->word[i] ^ b->word[i];
    return d == 0;
}
int mse_set_count(const struct mse_set *s);
int mse_set_cmp(const struct mse_set *a, const struct mse_set *b);
uint64_t mse_set_hash(const struct mse_set *s);
/* Every member written to `out`, rising; returns how many. */
int mse_set_members(const struct mse_set *s, uint8_t out[CELLS_MAX]);
/* With every subset (superset) of its members among the first `lists` lists. */
struct mse_set mse_set_below(struct mse_set s, int lists);
struct mse_set mse_set_above(struct mse_set s, int lists);

/* The model of independent lists. */
struct mse_set mse_model_main(int lists);
/* The two-list terms (1,2), (1,3) .. (1,t), (2,3) .. in that order; returns how many. */
int mse_pairs(int lists, uint8_t out[PAIRS_MAX]);

/* "[123,14]": the generators, longest first, then by number; list i is written as column[i]. */
void mse_model_put(struct sink *out, const struct mse_set *m, int lists, const uint8_t *column);
enum mse_model_read {
    MSE_MODEL_READ,
    MSE_MODEL_MISWRITTEN,   /* not of the form [12,3] */
    MSE_MODEL_NO_SUCH_LIST, /* a number that is no list of the table */
    MSE_MODEL_LACKS_LIST,   /* a list without its own term */
};
/* `whole` lists stand in the table; those that are not in `column` were set aside and are left out of the model. */
MUST_USE enum mse_model_read mse_model_read(str text, int whole, int lists, const uint8_t *column,
                                            struct mse_set *out);

/* All hierarchical models with terms of at most `order` lists, fewest terms first and then in the order of
 * their terms; NULL if there are more than `most`. Two to five lists: 1, 8, 113, 6893 models at order lists-1. */
struct mse_set *mse_models_all(struct arena *a, int lists, int order, size_t most, size_t *n);

#endif
