/* Looking for two tables that differ in a target; and leaving out more where there are none. */
#include "publish/window.h"

/* Whether a cell can hold anybody: absence only where the column has it. */
static bool cell_is(const struct window *w, const uint16_t *category)
{
    for (size_t c = 0; c < w->columns; c++)
        if (category[c] == 0 && !w->has_absent[c]) return false;
    return true;
}

/* The codes whose sum counts a cell: for every column its category or "any". */
static size_t codes_over(const struct window *w, size_t cell, size_t *codes)
{
    uint16_t category[WINDOW_COLUMNS_MAX], now[WINDOW_COLUMNS_MAX];
    window_cell_category(w, cell, category);
    size_t n = 0;
    for (size_t set = 0; set < (size_t)1 << w->columns; set++) {
        if ((size_t)__builtin_popcountll(set) > w->length) continue;
        for (size_t c = 0; c < w->columns; c++)
            now[c] = set >> c & 1 ? category[c] : (uint16_t)(w->values[c] + 1);
        codes[n++] = window_code(w, now);
    }
    return n;
}

struct look {
    const struct window *w;
    struct simplex p;
    size_t *code_of;       /* by row */
    size_t *cell_of;       /* by variable */
    uint32_t *variable_of; /* by cell: its variable + 1; 0: nobody can be in it */
    uint32_t *marked;
    size_t marked_n;
    double *low, *high; /* by code: the smallest and largest seen in a table that fits */
    double *truth, *sums;
    size_t *over, *changed;
    bool *is_changed;
};

static void make_rows(struct look *l, struct arena *a, uint16_t *row_of)
{
    const struct window *w = l->w;
    size_t n = 0;
    for (size_t i = 0; i < w->codes; i++) n += w->published[i] >= 0;
    double *low = arena_new(a, double, n + 1), *high = arena_new(a, double, n + 1);
    l->code_of = arena_new(a, size_t, n + 1);
    for (size_t i = 0; i < w->codes; i++) {
        if (w->published[i] < 0) continue;
        size_t row = l->p.rows++;
        low[row] = (double)w->published[i];
        high[row] = (double)w->published[i] + w->rounding - 1;
        l->code_of[row] = i;
        row_of[i] = (uint16_t)(row + 1);
    }
    l->p.low = low;
    l->p.high = high;
}

static void make_cells(struct look *l, struct arena *a, const uint16_t *row_of)
{
    const struct window *w = l->w;
    size_t over = (size_t)1 << w->columns, n = 0;
    size_t *codes = arena_new(a, size_t, over);
    uint32_t *start = arena_new(a, uint32_t, w->cells + 1);
    uint16_t *row = arena_new(a, uint16_t, w->cells * over + 1);
    double *known = arena_new(a, double, w->cells + 1);
    l->cell_of = arena_new(a, size_t, w->cells + 1);
    uint16_t category[WINDOW_COLUMNS_MAX];
    for (size_t cell = 0; cell < w->cells; cell++) {
        window_cell_category(w, cell, category);
        if (!cell_is(w, category)) continue;
        size_t v = l->p.cells++;
        l->cell_of[v] = cell;
        l->variable_of[cell] = (uint32_t)v + 1;
        known[v] = w->count[cell];
        start[v] = (uint32_t)n;
        size_t m = codes_over(w, cell, codes);
        for (size_t i = 0; i < m; i++)
            if (row_of[codes[i]]) row[n++] = (uint16_t)(row_of[codes[i]] - 1);
        start[v + 1] = (uint32_t)n;
    }
    l->p.start = start;
    l->p.row = row;
    l->p.known = known;
}

/* A table that fits: every target's range grows by it. Only cells that differ from the truth are looked at. */
static void learn(struct look *l)
{
    const struct window *w = l->w;
    size_t n = 0;
    for (size_t i = 0; i < l->p.touched_n; i++) {
        uint32_t v = l->p.touched[i];
        double by = l->p.x[v] - l->p.known[v];
        if (by == 0) continue;
        size_t m = codes_over(w, l->cell_of[v], l->over);
        for (size_t k = 0; k < m; k++) {
            l->sums[l->over[k]] += by;
            if (l->is_changed[l->over[k]]) continue;
            l->is_changed[l->over[k]] = true;
            l->changed[n++] = l->over[k];
        }
    }
    for (size_t i = 0; i < n; i++) {
        size_t code = l->changed[i];
        double sum = l->truth[code] + l->sums[code];
        if (sum < l->low[code]) l->low[code] = sum;
        if (sum > l->high[code]) l->high[code] = sum;
    }
    for (size_t i = 0; i < n; i++) {
        l->sums[l->changed[i]] = 0;
        l->is_changed[l->changed[i]] = false;
    }
}

/* Lists the variables a target adds up. */
static void mark(struct look *l, size_t code)
{
    const struct window *w = l->w;
    uint16_t want[WINDOW_COLUMNS_MAX], now[WINDOW_COLUMNS_MAX];
    window_category(w, code, want);
    for (size_t c = 0; c < w->columns; c++) now[c] = want[c] > w->values[c] ? 0 : want[c];
    l->marked_n = 0;
    for (;;) {
        uint32_t v = l->variable_of[window_cell(w, now)];
        if (v) l->marked[l->marked_n++] = v - 1;
        size_t c = 0;
        for (; c < w->columns; c++) {
            if (want[c] <= w->values[c]) continue;
            if (++now[c] <= w->values[c]) break;
            now[c] = 0;
        }
        if (c == w->columns) return;
    }
}

static enum simplex_end push(struct look *l, double sign, double goal)
{
    double reached;
    return simplex_push(&l->p, l->marked, l->marked_n, sign, goal, &reached);
}

/* The published sum that holds a target most: a long one first, a small one first. */
static size_t holder(const struct look *l, size_t before)
{
    size_t best = before, best_length = 0;
    for (size_t i = 0; i < l->p.rows; i++) {
        double by = l->p.multiplier[i];
        if (by < 1e-7 && by > -1e-7) continue;
        size_t absent, length = window_length(l->w, l->code_of[i], &absent);
        if (length == 0) continue;
        bool is_better = best == (size_t)-1 || length > best_length ||
                         (length == best_length &&
                          l->w->published[l->code_of[i]] < l->w->published[best]);
        if (!is_better) continue;
        best = l->code_of[i];
        best_length = length;
    }
    return best;
}

/* Without multipliers to go by: the smallest and longest sum that is published. */
static size_t any_holder(const struct window *w)
{
    size_t best = (size_t)-1, best_length = 0;
    for (size_t i = 0; i < w->codes; i++) {
        if (w->published[i] < 0) continue;
        size_t absent, length = window_length(w, i, &absent);
        if (best != (size_t)-1 && (length < best_length || (length == best_length &&
                                                            w->published[i] >= w->published[best])))
            continue;
        best = i;
        best_length = length;
    }
    return best;
}

static bool is_safe(struct look *l, size_t code, double width, size_t *held)
{
    width -= 1e-6;
    if (l->high[code] - l->low[code] >= width) return true;
    mark(l, code);
    *held = (size_t)-1;
    if (push(l, 1, l->low[code] + width) != SIMPLEX_LOST) {
        learn(l);
        if (l->high[code] - l->low[code] >= width) return true;
        *held = holder(l, *held);
    }
    if (push(l, -1, width - l->high[code]) != SIMPLEX_LOST) {
        learn(l);
        if (l->high[code] - l->low[code] >= width) return true;
        *held = holder(l, *held);
    }
    if (*held == (size_t)-1) *held = any_holder(l->w);
    return false;
}

/* The program of what is published now. What was seen before still fits: less is known than before. */
static void prepare(struct look *l, struct arena *a)
{
    const struct window *w = l->w;
    size_t steps = l->p.steps;
    l->p = (struct simplex){ .steps = steps };
    uint16_t *row_of = arena_new(a, uint16_t, w->codes + 1);
    memset(l->variable_of, 0, w->cells * sizeof *l->variable_of);
    make_rows(l, a, row_of);
    make_cells(l, a, row_of);
    simplex_open(&l->p, a);
}

static void begin(struct look *l, const struct window *w, struct arena *a)
{
    *l = (struct look){ .w = w };
    l->variable_of = arena_new(a, uint32_t, w->cells + 1);
    l->marked = arena_new(a, uint32_t, w->cells + 1);
    l->sums = arena_new(a, double, w->codes + 1);
    l->truth = arena_new(a, double, w->codes + 1);
    l->over = arena_new(a, size_t, (size_t)1 << w->columns);
    l->changed = arena_new(a, size_t, w->codes + 1);
    l->is_changed = arena_new(a, bool, w->codes + 1);
    l->low = arena_new(a, double, w->codes + 1);
    l->high = arena_new(a, double, w->codes + 1);
    double *cells = arena_new(a, double, w->cells + 1);
    for (size_t i = 0; i < w->cells; i++) cells[i] = w->count[i];
    window_sums(w, cells, l->truth);
    memcpy(l->low, l->truth, w->codes * sizeof *l->low);
    memcpy(l->high, l->truth, w->codes * sizeof *l->high);
}

static void close_work(void *work)
{
    arena_close(work);
}

size_t window_protect(struct window *w, struct arena *a, struct window_drop *how)
{
    struct look l;
    begin(&l, w, a);
    struct arena *work = arena_new(a, struct arena, 1);
    arena_open(work, PUBLISH_ARENA_MAX);
    arena_at_end(a, close_work, work);
    prepare(&l, work);
    size_t drops = 0;
    for (bool is_again = true; is_again;) {
        is_again = false;
        for (size_t code = 0; code < w->codes; code++) {
            double width;
            size_t held = 0;
            while (window_is_target(w, code, &width) && !is_safe(&l, code, width, &held)) {
                how->drop(how->context, held);
                drops++;
                is_again = true;
                arena_empty(work);
                prepare(&l, work);
            }
        }
    }
    how->steps += l.p.steps;
    return drops;
}

void window_bounds(const struct window *w, struct arena *a, size_t code, double *low, double *high)
{
    struct look l;
    begin(&l, w, a);
    prepare(&l, a);
    mark(&l, code);
    for (int sign = -1; sign <= 1; sign += 2)
        if (push(&l, sign, 1e300) != SIMPLEX_LOST) learn(&l);
    *low = l.low[code];
    *high = l.high[code];
}
