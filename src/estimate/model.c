#include "estimate/model.h"

#include <stdlib.h>

int mse_set_count(const struct mse_set *s)
{
    int n = 0;
    for (int i = 0; i < MSE_SET_WORDS; i++) n += __builtin_popcountll(s->word[i]);
    return n;
}

int mse_set_cmp(const struct mse_set *a, const struct mse_set *b)
{
    /* The set whose first difference is the smaller history comes first. */
    for (int i = 0; i < MSE_SET_WORDS; i++) {
        uint64_t d = a->word[i] ^ b->word[i];
        if (d) return a->word[i] & (d & -d) ? -1 : 1;
    }
    return 0;
}

uint64_t mse_set_hash(const struct mse_set *s)
{
    uint64_t h = UINT64_C(0x9e3779b97f4a7c15);
    for (int i = 0; i < MSE_SET_WORDS; i++) {
        h = (h ^ s->word[i]) * UINT64_C(0xff51afd7ed558ccd);
        h ^= h >> 32;
    }
    return h;
}

int mse_set_members(const struct mse_set *s, uint8_t out[CELLS_MAX])
{
    int n = 0;
    for (int i = 0; i < MSE_SET_WORDS; i++)
        for (uint64_t w = s->word[i]; w; w &= w - 1)
            out[n++] = (uint8_t)(i * 64 + __builtin_ctzll(w));
    return n;
}

/* The histories without list i, for i below 6: they stand in one word at these places. */
static const uint64_t without[6] = { 0x5555555555555555, 0x3333333333333333, 0x0f0f0f0f0f0f0f0f,
                                     0x00ff00ff00ff00ff, 0x0000ffff0000ffff, 0x00000000ffffffff };

struct mse_set mse_set_below(struct mse_set s, int lists)
{
    for (int i = 0; i < lists && i < 6; i++)
        for (int w = 0; w < MSE_SET_WORDS; w++) s.word[w] |= s.word[w] >> (1 << i) & without[i];
    if (lists > 6) s.word[0] |= s.word[1], s.word[2] |= s.word[3];
    if (lists > 7) s.word[0] |= s.word[2], s.word[1] |= s.word[3];
    return s;
}

struct mse_set mse_set_above(struct mse_set s, int lists)
{
    for (int i = 0; i < lists && i < 6; i++)
        for (int w = 0; w < MSE_SET_WORDS; w++) s.word[w] |= (s.word[w] & without[i]) << (1 << i);
    if (lists > 6) s.word[1] |= s.word[0], s.word[3] |= s.word[2];
    if (lists > 7) s.word[2] |= s.word[0], s.word[3] |= s.word[1];
    return s;
}

struct mse_set mse_model_main(int lists)
{
    struct mse_set m = { 0 };
    mse_set_add(&m, 0);
    for (int i = 0; i < lists; i++) mse_set_add(&m, 1u << i);
    return m;
}

int mse_pairs(int lists, uint8_t out[PAIRS_MAX])
{
    int n = 0;
    for (int i = 0; i < lists; i++)
        for (int j = i + 1; j < lists; j++) out[n++] = (uint8_t)(1u << i | 1u << j);
    return n;
}

/* Longest first; of the same length the one with the smaller first list. */
static int generator_cmp(const void *left, const void *right)
{
    unsigned a = *(const uint8_t *)left, b = *(const uint8_t *)right;
    int by_length = __builtin_popcount(b) - __builtin_popcount(a);
    if (by_length || a == b) return by_length;
    unsigned d = a ^ b;
    return a & (d & -d) ? -1 : 1;
}

void mse_model_put(struct sink *out, const struct mse_set *m, int lists, const uint8_t *column)
{
    uint8_t term[CELLS_MAX], generator[CELLS_MAX];
    int terms = mse_set_members(m, term), n = 0;
    for (int i = 0; i < terms; i++) {
        bool is_largest = term[i] != 0;
        for (int l = 0; l < lists && is_largest; l++)
            is_largest = term[i] >> l & 1 || !mse_set_has(m, term[i] | 1u << l);
        if (is_largest) generator[n++] = term[i];
    }
    qsort(generator, (size_t)n, 1, generator_cmp);
    put_char(out, '[');
    for (int i = 0; i < n; i++) {
        if (i) put_char(out, ',');
        for (int l = 0; l < lists; l++)
            if (generator[i] >> l & 1) put_int(out, column[l]);
    }
    put_char(out, ']');
}

/* "123": bits of the lists that are left. */
static enum mse_model_read read_term(str part, int whole, int lists, const uint8_t *column,
                                     unsigned *term)
{
    unsigned named = 0;
    *term = 0;
    if (!part.n || part.n > LISTS_MAX) return MSE_MODEL_MISWRITTEN;
    for (size_t i = 0; i < part.n; i++) {
        int number = part.p[i] - '0';
        if (number < 0 || number > 9) return MSE_MODEL_MISWRITTEN;
        if (number < 1 || number > whole) return MSE_MODEL_NO_SUCH_LIST;
        if (named >> number & 1) return MSE_MODEL_MISWRITTEN;
        named |= 1u << number;
        for (int l = 0; l < lists; l++)
            if (column[l] == number) *term |= 1u << l;
    }
    return MSE_MODEL_READ;
}

enum mse_model_read mse_model_read(str text, int whole, int lists, const uint8_t *column,
                                   struct mse_set *out)
{
    *out = (struct mse_set){ 0 };
    text = str_trim(text);
    if (text.n < 3 || text.p[0] != '[' || text.p[text.n - 1] != ']') return MSE_MODEL_MISWRITTEN;
    str rest = { text.p + 1, text.n - 2 };
    mse_set_add(out, 0);
    while (rest.p) {
        unsigned term;
        str part = str_trim(str_split(&rest, ','));
        enum mse_model_read is = read_term(part, whole, lists, column, &term);
        if (is != MSE_MODEL_READ) return is;
        mse_set_add(out, term);
    }
    *out = mse_set_below(*out, lists);
    for (int l = 0; l < lists; l++)
        if (!mse_set_has(out, 1u << l)) return MSE_MODEL_LACKS_LIST;
    return MSE_MODEL_READ;
}

/* What the walk over all models carries along. `choice` are the terms that may be left out, smaller ones
 * first, so that every subset of a term was decided before it. */
struct walk {
    struct mse_set *found;
    size_t n, most;
    uint8_t choice[CELLS_MAX];
    int choices, lists;
    bool is_too_much;
};

static void walk_from(struct walk *w, struct mse_set m, int at)
{
    if (w->is_too_much) return;
    if (at == w->choices) {
        w->is_too_much = w->n == w->most;
        if (!w->is_too_much) w->found[w->n++] = m;
        return;
    }
    walk_from(w, m, at + 1);
    unsigned term = w->choice[at];
    for (int l = 0; l < w->lists; l++)
        if (term >> l & 1 && !mse_set_has(&m, term & ~(1u << l))) return;
    mse_set_add(&m, term);
    walk_from(w, m, at + 1);
}

static int model_cmp(const void *left, const void *right)
{
    const struct mse_set *a = left, *b = right;
    int by_size = mse_set_count(a) - mse_set_count(b);
    return by_size ? by_size : mse_set_cmp(a, b);
}

struct mse_set *mse_models_all(struct arena *a, int lists, int order, size_t most, size_t *n)
{
    struct walk w = { .found = arena_new(a, struct mse_set, most), .most = most, .lists = lists };
    for (int size = 2; size <= order; size++)
        for (unsigned h = 0; h < 1u << lists; h++)
            if (__builtin_popcount(h) == size) w.choice[w.choices++] = (uint8_t)h;
    walk_from(&w, mse_model_main(lists), 0);
    *n = w.n;
    if (w.is_too_much) return NULL;
    qsort(w.found, w.n, sizeof w.found[0], model_cmp);
    return w.found;
}
