/* What is drawn from the data, each with its noise. Nothing else in this folder that is private reads a record. */
#include "publish/release_parts.h"

#include "publish/account.h"

#include <math.h>

struct domain domain_of(struct arena *a, const struct attributes *attributes)
{
    struct domain d = { attributes->columns, attributes,
                        arena_new(a, uint16_t, attributes->columns + 1),
                        arena_new(a, uint16_t, attributes->columns + 1) };
    for (size_t i = attributes->n; i-- > 0;) {
        d.first[attributes->column[i]] = (uint16_t)i;
        d.many[attributes->column[i]]++;
    }
    return d;
}

size_t domain_pairs(const struct domain *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->columns; i++)
        for (size_t j = i + 1; j < d->columns; j++) n += (size_t)d->many[i] * d->many[j];
    return n;
}

size_t domain_threes(const struct domain *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->columns; i++)
        for (size_t j = i + 1; j < d->columns; j++)
            for (size_t k = j + 1; k < d->columns; k++)
                n += (size_t)d->many[i] * d->many[j] * d->many[k];
    return n;
}

static double choose(double n, size_t k)
{
    double c = 1;
    for (size_t i = 0; i < k; i++) c = c * (n - (double)i) / (double)(i + 1);
    return c;
}

/* Shares of the whole cost, in thousandths. */
enum { SHARE_ROWS = 10, SHARE_CAP = 10, SHARE_ONE = 80, SHARE_REST = 900, SHARE_ALL = 1000 };
#define THREES_OF_REST 0.5 /* where they are measured */
/* Threes help once a row in so many is more than their noise; judged by the noisy number of rows. */
#define THREES_ROWS    2000

static double share(double rho, int of)
{
    return rho * of / SHARE_ALL;
}

static double add_noise(struct coins *c, double count, uint64_t variance)
{
    return count + (double)noise_gauss(c, variance);
}

/* How many attributes of a row are counted: near the 99th percentile of what rows have. The range is that of the
 * schema; a candidate's score is how many rows separate it from that percentile, which one row changes by at most one,
 * and it is taken with chance proportional to exp(e score / 2), e = sqrt(8 rho): drawn at random, kept with that
 * chance. The exponent is a fraction of whole numbers, so this too is exact. */
static int64_t choose_cap(struct coins *c, const struct sample *s, int64_t rows_per_person,
                          double rows, double rho)
{
    size_t most = s->attributes.columns;
    int64_t at_most[PUBLISH_COLUMNS_MAX + 1] = { 0 };
    for (size_t r = 0; r < s->rows; r++) {
        size_t n = 0;
        for (size_t col = 0; col < s->attributes.columns; col++) n += sample_code(s, col, r) != 0;
        at_most[n]++;
    }
    for (size_t n = 1; n <= most; n++) at_most[n] += at_most[n - 1];
    int64_t goal = (int64_t)floor(0.99 * (rows < 0 ? 0 : rows)), best = INT64_MAX;
    int64_t far[PUBLISH_COLUMNS_MAX + 1];
    for (size_t n = 1; n <= most; n++) {
        far[n] = at_most[n] > goal ? at_most[n] - goal : goal - at_most[n];
        if (far[n] < best) best = far[n];
    }
    wide parts = (wide)floor(sqrt(8 * rho) / (2 * (double)rows_per_person) * (1 << 20));
    for (;;) {
        size_t n = 1 + (size_t)coins_below(c, most);
        if (coins_exp(c, parts * (wide)(far[n] - best), (wide)1 << 20)) return (int64_t)n;
    }
}

/* The attributes of a row, at most `cap` of them, which ones by chance; rising. */
static size_t row_attributes(struct coins *c, const struct sample *s, size_t row, size_t cap,
                             uint16_t *out)
{
    size_t n = 0;
    for (size_t col = 0; col < s->attributes.columns; col++) {
        uint16_t code = sample_code(s, col, row);
        if (code) out[n++] = (uint16_t)(code - 1);
    }
    for (; n > cap; n--) {
        size_t away = (size_t)coins_below(c, n);
        memmove(out + away, out + away + 1, (n - away - 1) * sizeof *out);
    }
    return n;
}

static size_t three_number(const struct domain *d, size_t i, size_t j, size_t k)
{
    size_t n = 0, c = d->columns;
    for (size_t x = 0; x < i; x++) n += (c - x - 1) * (c - x - 2) / 2;
    for (size_t x = i + 1; x < j; x++) n += c - x - 1;
    return n + (k - j - 1);
}

static void count_row(const struct domain *d, struct measured *m, const uint16_t *at, size_t n,
                      const size_t *three_base)
{
    const uint16_t *column = d->attributes->column;
    for (size_t x = 0; x < n; x++) {
        size_t i = column[at[x]], a = at[x] - d->first[i];
        m->one[at[x]]++;
        for (size_t y = x + 1; m->two && y < n; y++) {
            size_t j = column[at[y]], b = at[y] - d->first[j];
            m->two[pair_number(d, i, j)][a * d->many[j] + b]++;
            for (size_t z = y + 1; m->three && z < n; z++) {
                size_t k = column[at[z]], e = at[z] - d->first[k];
                m->three[three_base[i * d->columns + j] + k]
                        [(a * d->many[j] + b) * d->many[k] + e]++;
            }
        }
    }
}

static double **new_blocks(struct arena *a, const struct domain *d, bool is_three)
{
    size_t c = d->columns, n = 0;
    double **block = arena_new(a, double *, is_three ? c *c *c / 6 + 1 : c *c / 2 + 1);
    for (size_t i = 0; i < c; i++)
        for (size_t j = i + 1; j < c; j++) {
            size_t cells = (size_t)d->many[i] * d->many[j];
            if (!is_three) block[n++] = arena_new(a, double, cells + 1);
            for (size_t k = j + 1; is_three && k < c; k++)
                block[n++] = arena_new(a, double, cells * d->many[k] + 1);
        }
    return block;
}

static void add_noise_to_all(struct coins *c, const struct domain *d, struct measured *m,
                             const uint64_t *variance)
{
    for (size_t i = 0; i < d->attributes->n; i++) m->one[i] = add_noise(c, m->one[i], variance[1]);
    size_t two = 0, three = 0;
    for (size_t i = 0; i < d->columns; i++)
        for (size_t j = i + 1; m->two && j < d->columns; j++, two++) {
            size_t cells = (size_t)d->many[i] * d->many[j];
            for (size_t x = 0; x < cells; x++)
                m->two[two][x] = add_noise(c, m->two[two][x], variance[2]);
            for (size_t k = j + 1; m->three && k < d->columns; k++, three++)
                for (size_t x = 0; x < cells * d->many[k]; x++)
                    m->three[three][x] = add_noise(c, m->three[three][x], variance[3]);
        }
}

void release_measure(struct arena *a, const struct domain *d, const struct schema *schema,
                     const struct sample *s, const struct release *r, double rho,
                     struct measured *m)
{
    *m = (struct measured){ .attributes_per_row = schema->attributes_per_row };
    double per = (double)schema->rows_per_person;
    uint64_t variance[4] = { account_variance(per * per, share(rho, SHARE_ROWS)) };
    m->rows = add_noise(r->coins, (double)s->rows, variance[0]);
    if (m->attributes_per_row == 0)
        m->attributes_per_row = choose_cap(r->coins, s, schema->rows_per_person, m->rows,
                                           share(rho, SHARE_CAP));
    double cap = (double)m->attributes_per_row, rest = share(rho, SHARE_REST);
    bool has_threes = r->length >= 3 && d->columns >= 3 &&
                      m->rows > THREES_ROWS * sqrt(per * per * choose(cap, 3) /
                                                   (2 * rest * THREES_OF_REST)) &&
                      domain_threes(d) <= RELEASE_CELLS_MAX;
    double ones = r->length >= 2 ? share(rho, SHARE_ONE) : rest;
    variance[1] = account_variance(per * per * cap, ones);
    variance[2] = account_variance(per * per * choose(cap < 2 ? 2 : cap, 2),
                                   has_threes ? rest * (1 - THREES_OF_REST) : rest);
    variance[3] = account_variance(per * per * choose(cap < 3 ? 3 : cap, 3), rest * THREES_OF_REST);

    m->one = arena_new(a, double, d->attributes->n + 1);
    if (r->length >= 2) m->two = new_blocks(a, d, false);
    if (has_threes) m->three = new_blocks(a, d, true);
    size_t *three_base = arena_new(a, size_t, d->columns * d->columns + 1);
    for (size_t i = 0; i < d->columns; i++)
        for (size_t j = i + 1; j + 1 < d->columns; j++)
            three_base[i * d->columns + j] = three_number(d, i, j, j + 1) - (j + 1);
    uint16_t *at = arena_new(a, uint16_t, d->columns + 1);
    for (size_t row = 0; row < s->rows; row++) {
        size_t n = row_attributes(r->coins, s, row, (size_t)m->attributes_per_row, at);
        count_row(d, m, at, n, three_base);
    }
    add_noise_to_all(r->coins, d, m, variance);
    for (size_t i = 0; i <= (has_threes ? 3 : r->length >= 2 ? 2 : 1); i++)
        m->sigma[i] = sqrt((double)variance[i] / NOISE_PARTS);
}
