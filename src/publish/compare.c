#include "publish/compare.h"

#include "publish/dictionary.h"

#include <math.h>
#include <stdlib.h>

struct sums {
    uint64_t real, enough, rare, shown, common, missing_enough, rare_shown;
    double count, error, relative;
};

static int by_number(const void *a, const void *b)
{
    return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

static void add(struct sums *s, uint64_t real, uint64_t shown, bool is_shown, uint32_t k)
{
    if (is_shown) s->shown++;
    if (real == 0) return;
    double error = fabs((double)real - (double)shown);
    s->real++;
    s->count += (double)real;
    if (is_shown) {
        s->common++;
        s->error += error;
    }
    if (real >= k) {
        s->enough++;
        s->missing_enough += !is_shown;
        s->relative += is_shown ? error / (double)real : 1;
    } else {
        s->rare++;
        s->rare_shown += is_shown;
    }
}

static double ratio(double of, uint64_t all)
{
    return all ? of / (double)all : 0;
}

static struct comparison summed(const struct sums *s)
{
    return (struct comparison){
        .real = s->real,
        .shown = s->shown,
        .common = s->common,
        .real_common_enough = s->enough,
        .mean_count = ratio(s->count, s->real),
        .mean_error = ratio(s->error, s->common),
        .missing = ratio((double)(s->real - s->common), s->real),
        .missing_enough = ratio((double)s->missing_enough, s->enough),
        .fabricated = ratio((double)(s->shown - s->common), s->shown),
        .rare_shown = ratio((double)s->rare_shown, s->rare),
        .relative_error = ratio(s->relative, s->enough),
    };
}

void compare_aggregates(struct arena *a, const struct aggregates *exact,
                        const struct aggregates *shown, size_t length, uint32_t k,
                        struct comparison out[PUBLISH_LENGTH_MAX + 1])
{
    struct sums sums[PUBLISH_LENGTH_MAX + 1] = { 0 };
    struct dictionary texts;
    dictionary_open(&texts, a);
    for (size_t i = 0; i < exact->attributes.n; i++)
        (void)dictionary_add(&texts, exact->attributes.text[i]);
    struct combo_index x;
    combo_index_make(&x, a, &exact->combos);
    bool *is_met = arena_new(a, bool, exact->combos.n + 1);
    for (size_t i = 0; i < shown->combos.n; i++) {
        const struct combo *c = combos_at(&shown->combos, i);
        if (c->length > length) continue;
        uint16_t at[PUBLISH_LENGTH_MAX];
        bool is_known = true;
        for (size_t j = 0; j < c->length; j++) {
            size_t n = dictionary_find(&texts, shown->attributes.text[c->at[j]]);
            is_known &= n != DICTIONARY_NONE;
            at[j] = (uint16_t)n;
        }
        qsort(at, c->length, sizeof *at, by_number);
        size_t real = is_known ? combo_index_find(&x, at, c->length) : COMBO_NONE;
        if (real != COMBO_NONE) is_met[real] = true;
        uint64_t count = real == COMBO_NONE ? 0 : combos_at(&exact->combos, real)->count;
        add(&sums[c->length], count, c->count, true, k);
        add(&sums[0], count, c->count, true, k);
    }
    for (size_t i = 0; i < exact->combos.n; i++) {
        const struct combo *c = combos_at(&exact->combos, i);
        if (is_met[i] || c->length > length) continue;
        add(&sums[c->length], c->count, 0, false, k);
        add(&sums[0], c->count, 0, false, k);
    }
    for (size_t i = 0; i <= PUBLISH_LENGTH_MAX; i++) out[i] = summed(&sums[i]);
}
