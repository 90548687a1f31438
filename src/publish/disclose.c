#include "publish/evaluate.h"

#include <stdlib.h>

/* Records by rows, at most DISCLOSE_ROWS_MAX of them, evenly taken. */
struct rows {
    size_t n, columns;
    uint16_t *at;
};

static struct rows take_rows(struct arena *a, const struct sample *s, size_t from, size_t step)
{
    size_t all = s->rows > from ? (s->rows - from + step - 1) / step : 0;
    struct rows r = { all < DISCLOSE_ROWS_MAX ? all : DISCLOSE_ROWS_MAX, s->attributes.columns,
                      NULL };
    r.at = arena_new(a, uint16_t, r.n * r.columns + 1);
    for (size_t i = 0; i < r.n; i++) {
        size_t row = from + (size_t)((unsigned __int128)i * all / r.n) * step;
        for (size_t c = 0; c < r.columns; c++) r.at[i * r.columns + c] = sample_code(s, c, row);
    }
    return r;
}

static uint32_t differing(const uint16_t *a, const uint16_t *b, size_t n)
{
    uint32_t d = 0;
    for (size_t i = 0; i < n; i++) d += a[i] != b[i];
    return d;
}

static int by_size(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static struct nearness nearest(struct arena *a, const struct rows *of, const struct rows *to)
{
    struct nearness n = { .looked = of->n };
    if (of->n == 0 || to->n == 0) return n;
    uint32_t *far = arena_new(a, uint32_t, of->n);
    for (size_t i = 0; i < of->n; i++) {
        far[i] = UINT32_MAX;
        for (size_t j = 0; j < to->n && far[i] > 0; j++) {
            uint32_t d = differing(of->at + i * of->columns, to->at + j * to->columns, of->columns);
            if (d < far[i]) far[i] = d;
        }
        n.exact += far[i] == 0;
        n.mean += far[i];
    }
    n.exact /= (double)of->n;
    n.mean /= (double)of->n;
    qsort(far, of->n, sizeof *far, by_size);
    n.p5 = far[of->n / 20];
    n.median = far[of->n / 2];
    n.p95 = far[of->n - 1 - of->n / 20];
    return n;
}

/* What the nearest records say about each column of one person: the commonest value among those that differ least in
 * the other columns. Guessed right adds one to right[column]. */
static void guess_columns(const uint16_t *person, const struct rows *from, uint32_t *near,
                          uint32_t *votes, uint32_t *right)
{
    size_t columns = from->columns;
    for (size_t j = 0; j < from->n; j++)
        near[j] = differing(person, from->at + j * columns, columns);
    for (size_t c = 0; c < columns; c++) {
        uint32_t least = UINT32_MAX;
        for (size_t j = 0; j < from->n; j++) {
            uint32_t d = near[j] - (from->at[j * columns + c] != person[c]);
            if (d < least) least = d;
        }
        uint32_t best = 0;
        uint16_t guess = 0;
        for (size_t j = 0; j < from->n; j++) {
            uint16_t value = from->at[j * columns + c];
            if (near[j] - (value != person[c]) != least) continue;
            if (++votes[value] > best || (votes[value] == best && value < guess)) {
                best = votes[value];
                guess = value;
            }
        }
        for (size_t j = 0; j < from->n; j++) votes[from->at[j * columns + c]] = 0;
        right[c] += guess == person[c];
    }
}

static void guess_all(struct arena *a, const struct attributes *all, const struct rows *people,
                      const struct rows *from, size_t looked, uint32_t *right)
{
    uint32_t *near = arena_new(a, uint32_t, from->n + 1);
    uint32_t *votes = arena_new(a, uint32_t, all->n + 1);
    for (size_t i = 0; i < looked && from->n; i++) {
        size_t row = i * people->n / looked;
        guess_columns(people->at + row * people->columns, from, near, votes, right);
    }
}

static double commonest(struct arena *a, const struct attributes *all, const struct rows *people,
                        size_t column)
{
    uint32_t *n = arena_new(a, uint32_t, all->n + 1), best = 0;
    for (size_t i = 0; i < people->n; i++)
        if (++n[people->at[i * people->columns + column]] > best)
            best = n[people->at[i * people->columns + column]];
    return people->n ? (double)best / (double)people->n : 0;
}

void disclose(struct arena *a, const struct sample *real, const struct sample *shown,
              const struct sample *holdout, struct evaluation *out)
{
    out->has_records = true;
    out->has_holdout = holdout != NULL;
    /* Without a holdout one half of the people is looked at and the other half stands for others like them. */
    struct rows people = take_rows(a, real, 0, holdout ? 1 : 2);
    struct rows others = holdout ? take_rows(a, holdout, 0, 1) : take_rows(a, real, 1, 2);
    struct rows records = take_rows(a, shown, 0, 1);
    out->shown_to_real = nearest(a, &records, &people);
    out->others_to_real = nearest(a, &others, &people);
    size_t columns = real->attributes.columns;
    size_t looked = people.n < DISCLOSE_LOOKED_MAX ? people.n : DISCLOSE_LOOKED_MAX;
    uint32_t *right = arena_new(a, uint32_t, columns + 1);
    uint32_t *right_others = arena_new(a, uint32_t, columns + 1);
    guess_all(a, &real->attributes, &people, &records, looked, right);
    guess_all(a, &real->attributes, &people, &others, looked, right_others);
    out->by_column = arena_new(a, struct guesses, columns + 1);
    for (size_t c = 0; c < columns; c++)
        out->by_column[c] = (struct guesses){ looked, looked ? right[c] / (double)looked : 0,
                                              looked ? right_others[c] / (double)looked : 0,
                                              commonest(a, &real->attributes, &people, c) };
}
