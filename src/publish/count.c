#include "publish/count.h"

/* A set of records that all have the combination so far. */
struct set {
    const uint64_t *bits; /* or NULL */
    const uint32_t *row;  /* then these */
    size_t n;
};

struct walk {
    const struct sample *s;
    const struct counting *how;
    size_t (*shared)(const uint64_t *a, const uint64_t *b, size_t words);
    size_t words;
    uint64_t **bits; /* by attribute */
    uint32_t *tally; /* by attribute, all zero between uses */
    struct {
        uint64_t *bits;
        uint32_t *row;
        uint16_t *next; /* attributes that may come next */
        uint32_t *next_n;
    } level[PUBLISH_LENGTH_MAX + 1];
    struct combo now;
    struct combos *out;
};

static bool emit(struct walk *w, uint16_t attribute, size_t n)
{
    w->now.at[w->now.length] = attribute;
    struct combo c = w->now;
    c.length++;
    c.count = (uint32_t)n;
    for (size_t i = c.length; i < PUBLISH_LENGTH_MAX; i++) c.at[i] = 0;
    return combos_add(w->out, &c);
}

/* Looking at rows costs a load for each column; looking at bits a word for each attribute and 64 rows. */
static bool is_small(const struct walk *w, size_t rows, size_t candidates)
{
    return rows * 12 < w->words * candidates / w->s->attributes.columns + 64;
}

static void list_rows(struct walk *w, size_t level, const struct set *of)
{
    size_t n = 0;
    for (size_t i = 0; i < w->words; i++)
        for (uint64_t left = of->bits[i]; left; left &= left - 1)
            w->level[level].row[n++] = (uint32_t)(i * 64 + (size_t)__builtin_ctzll(left));
}

static void tally_rows(struct walk *w, const struct set *of, const uint16_t *from, size_t n)
{
    const struct attributes *all = &w->s->attributes;
    for (size_t i = 0; i < n; i++) {
        uint16_t column = all->column[from[i]];
        if (i && all->column[from[i - 1]] == column) continue;
        const uint16_t *code = w->s->code + (size_t)column * w->s->rows;
        for (size_t r = 0; r < of->n; r++) w->tally[code[of->row[r]]]++;
        w->tally[0] = 0;
    }
}

static void forget_rows(struct walk *w, const struct set *of, const uint16_t *from, size_t n)
{
    const struct attributes *all = &w->s->attributes;
    for (size_t i = 0; i < n; i++) {
        uint16_t column = all->column[from[i]];
        if (i && all->column[from[i - 1]] == column) continue;
        const uint16_t *code = w->s->code + (size_t)column * w->s->rows;
        for (size_t r = 0; r < of->n; r++) w->tally[code[of->row[r]]] = 0;
    }
}

/* Those of `of` that have the attribute too, kept at `level`. */
static struct set narrow(struct walk *w, const struct set *of, uint16_t attribute, size_t n,
                         size_t level)
{
    struct set to = { .n = n };
    if (of->bits) {
        uint64_t *bits = w->level[level].bits;
        const uint64_t *with = w->bits[attribute];
        for (size_t i = 0; i < w->words; i++) bits[i] = of->bits[i] & with[i];
        to.bits = bits;
        return to;
    }
    const uint16_t *code = w->s->code + (size_t)w->s->attributes.column[attribute] * w->s->rows;
    uint32_t *row = w->level[level].row;
    size_t m = 0;
    for (size_t r = 0; r < of->n; r++)
        if (code[of->row[r]] == attribute + 1) row[m++] = of->row[r];
    to.row = row;
    return to;
}

/* Extends the combination so far by each of `from`; those that are common enough are extended in turn. */
static bool extend(struct walk *w, struct set of, const uint16_t *from, size_t n, size_t level)
{
    if (of.bits && is_small(w, of.n, n)) {
        list_rows(w, level, &of);
        of = (struct set){ .row = w->level[level].row, .n = of.n };
    }
    uint16_t *next = w->level[level].next;
    uint32_t *next_n = w->level[level].next_n;
    size_t kept = 0;
    if (!of.bits) tally_rows(w, &of, from, n);
    for (size_t i = 0; i < n; i++) {
        size_t count = of.bits ? w->shared(of.bits, w->bits[from[i]], w->words)
                               : w->tally[from[i] + 1];
        if (count < w->how->least) continue;
        if (!emit(w, from[i], count)) return false;
        next[kept] = from[i];
        next_n[kept++] = (uint32_t)count;
    }
    if (!of.bits) forget_rows(w, &of, from, n);
    if (level + 1 == w->how->length) return true;

    const uint16_t *column = w->s->attributes.column;
    for (size_t i = 0, first = 0; i < kept; i++) {
        if (first <= i) first = i + 1;
        while (first < kept && column[next[first]] == column[next[i]]) first++;
        if (first == kept) break;
        struct set inner = narrow(w, &of, next[i], next_n[i], level + 1);
        w->now.at[level] = next[i];
        w->now.length = (uint16_t)(level + 1);
        bool is_done = extend(w, inner, next + first, kept - first, level + 1);
        w->now.length = (uint16_t)level;
        if (!is_done) return false;
    }
    return true;
}

static void make_bits(struct arena *a, struct walk *w, uint64_t *everyone)
{
    const struct sample *s = w->s;
    w->bits = arena_new(a, uint64_t *, s->attributes.n + 1);
    for (size_t i = 0; i < s->attributes.n; i++) w->bits[i] = bits_new(a, w->words);
    for (size_t c = 0; c < s->attributes.columns; c++)
        for (size_t r = 0; r < s->rows; r++) {
            uint16_t code = sample_code(s, c, r);
            if (code) bits_set(w->bits[code - 1], r);
        }
    for (size_t r = 0; r < s->rows; r++) bits_set(everyone, r);
}

bool count_combos(struct arena *a, const struct sample *s, const struct counting *how,
                  struct combos *out, struct complaint *why)
{
    struct walk w = { .s = s, .how = how, .words = bits_words(s->rows), .out = out };
    w.shared = (how->kernel ? how->kernel : bits_best())->shared;
    combos_open(out, a);
    if (s->rows == 0 || s->attributes.n == 0) return true;
    if ((s->attributes.n + PUBLISH_LENGTH_MAX) * w.words * 8 > PUBLISH_BITMAPS_MAX) {
        *why = (struct complaint){ .what = arena_format(
                                       a,
                                       "%zu rows with %zu different values are more than fit in "
                                       "%zu MB; leave out columns",
                                       s->rows, s->attributes.n, PUBLISH_BITMAPS_MAX >> 20) };
        return false;
    }
    uint64_t *everyone = bits_new(a, w.words);
    make_bits(a, &w, everyone);
    w.tally = arena_new(a, uint32_t, s->attributes.n + 1);
    uint16_t *all = arena_new(a, uint16_t, s->attributes.n);
    for (size_t i = 0; i < s->attributes.n; i++) all[i] = (uint16_t)i;
    for (size_t i = 0; i < how->length; i++) {
        w.level[i].bits = bits_new(a, w.words);
        w.level[i].row = arena_new(a, uint32_t, s->rows);
        w.level[i].next = arena_new(a, uint16_t, s->attributes.n);
        w.level[i].next_n = arena_new(a, uint32_t, s->attributes.n);
    }
    if (extend(&w, (struct set){ .bits = everyone, .n = s->rows }, all, s->attributes.n, 0))
        return true;
    *why = (struct complaint){
        .what = arena_format(
            a,
            "more than %d combinations; choose a smaller --length, a larger --k or fewer columns",
            PUBLISH_COMBOS_MAX)
    };
    return false;
}
