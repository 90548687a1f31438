#include "publish/complement.h"

#include <stdlib.h>

struct work {
    struct arena *arena;
    const struct sample *s;
    struct aggregates *g;
    struct complement_report *report;
    struct combo_index index;
    bool *is_dropped;       /* by combination */
    uint16_t *first, *many; /* by column: its first attribute and how many it has */
    bool *has_absent;
    size_t dropped;
    bool *is_dirty; /* by cross table */
    uint16_t (*tables)[WINDOW_COLUMNS_MAX];
    size_t tables_n, width;
    struct window *now; /* the cross table that is looked at, and its columns */
    const uint16_t *now_columns;
};

static bool contains(const struct combo *whole, const struct combo *part)
{
    size_t found = 0;
    for (size_t i = 0; i < whole->length && found < part->length; i++)
        found += whole->at[i] == part->at[found];
    return found == part->length;
}

static bool is_within(const struct work *w, const struct combo *c, const uint16_t *columns,
                      size_t n)
{
    for (size_t i = 0; i < c->length; i++) {
        bool is_in = false;
        for (size_t j = 0; j < n; j++) is_in |= w->g->attributes.column[c->at[i]] == columns[j];
        if (!is_in) return false;
    }
    return true;
}

static size_t code_of(const struct work *w, const struct window *in, const uint16_t *columns,
                      const struct combo *c)
{
    uint16_t category[WINDOW_COLUMNS_MAX];
    for (size_t j = 0; j < in->columns; j++) category[j] = (uint16_t)(in->values[j] + 1);
    for (size_t i = 0; i < c->length; i++)
        for (size_t j = 0; j < in->columns; j++)
            if (w->g->attributes.column[c->at[i]] == columns[j])
                category[j] = (uint16_t)(c->at[i] - w->first[columns[j]] + 1);
    return window_code(in, category);
}

/* Leaves out a combination and all that contain it; cross tables that show one of them are looked at again. */
static void drop(struct work *w, const struct combo *out)
{
    for (size_t i = 0; i < w->g->combos.n; i++) {
        const struct combo *c = combos_at(&w->g->combos, i);
        if (w->is_dropped[i] || !contains(c, out)) continue;
        w->is_dropped[i] = true;
        w->dropped++;
        for (size_t t = 0; t < w->tables_n; t++)
            w->is_dirty[t] |= is_within(w, c, w->tables[t], w->width);
        if (w->now && is_within(w, c, w->now_columns, w->now->columns))
            w->now->published[code_of(w, w->now, w->now_columns, c)] = -1;
    }
}

static struct combo combo_of_code(const struct work *w, const struct window *in,
                                  const uint16_t *columns, size_t code)
{
    uint16_t category[WINDOW_COLUMNS_MAX];
    window_category(in, code, category);
    struct combo c = { 0 };
    for (size_t j = 0; j < in->columns; j++)
        if (category[j] >= 1 && category[j] <= in->values[j])
            c.at[c.length++] = (uint16_t)(w->first[columns[j]] + category[j] - 1);
    for (size_t i = 1; i < c.length; i++) /* sorted: there are few */
        for (size_t j = i; j > 0 && c.at[j - 1] > c.at[j]; j--) {
            uint16_t t = c.at[j];
            c.at[j] = c.at[j - 1];
            c.at[j - 1] = t;
        }
    return c;
}

static void drop_code(void *context, size_t code)
{
    struct work *w = context;
    struct combo c = combo_of_code(w, w->now, w->now_columns, code);
    drop(w, &c);
    w->now->published[code] = -1; /* also where it is everybody's sum, and nothing else was left */
}

/* One line of the rule: the children of one parent in one column. */
struct child {
    size_t parent, combo;
    uint16_t column;
    uint32_t count;
};

static int by_family(const void *left, const void *right)
{
    const struct child *a = left, *b = right;
    if (a->parent != b->parent) return a->parent < b->parent ? -1 : 1;
    if (a->column != b->column) return a->column < b->column ? -1 : 1;
    if (a->count != b->count) return a->count < b->count ? -1 : 1;
    return a->combo > b->combo ? -1 : 1;
}

static size_t list_children(const struct work *w, struct child *all)
{
    size_t n = 0;
    for (size_t i = 0; i < w->g->combos.n; i++) {
        const struct combo *c = combos_at(&w->g->combos, i);
        if (w->is_dropped[i]) continue;
        for (size_t out = 0; out < c->length; out++) {
            uint16_t rest[PUBLISH_LENGTH_MAX];
            size_t m = 0;
            for (size_t j = 0; j < c->length; j++)
                if (j != out) rest[m++] = c->at[j];
            size_t parent = m ? combo_index_find(&w->index, rest, m) + 1 : 0;
            all[n++] = (struct child){ parent, i, w->g->attributes.column[c->at[out]], c->count };
        }
    }
    return n;
}

/* What is left of a parent for its children that are not shown could be less than k: then the smallest child goes too. */
static void drop_by_rule(struct work *w)
{
    size_t most = w->g->combos.n * PUBLISH_LENGTH_MAX + 1;
    struct child *all = arena_new(w->arena, struct child, most);
    size_t n = list_children(w, all);
    qsort(all, n, sizeof *all, by_family);
    for (size_t i = 0, next; i < n; i = next) {
        uint64_t sum = 0;
        size_t shown = 0, least = n;
        for (next = i;
             next < n && all[next].parent == all[i].parent && all[next].column == all[i].column;
             next++) {
            if (w->is_dropped[all[next].combo]) continue;
            if (least == n) least = next;
            sum += all[next].count;
            shown++;
        }
        size_t parent = all[i].parent;
        if (shown == 0 || (parent && w->is_dropped[parent - 1])) continue;
        uint64_t whole = parent ? combos_at(&w->g->combos, parent - 1)->count : w->g->records;
        if (shown == w->many[all[i].column] || sum < whole) continue;
        drop(w, combos_at(&w->g->combos, all[least].combo));
    }
}

static void fill(const struct work *w, struct window *in, const uint16_t *columns)
{
    for (size_t r = 0; r < w->s->rows; r++) {
        size_t cell = 0;
        for (size_t j = in->columns; j-- > 0;) {
            uint16_t code = sample_code(w->s, columns[j], r);
            cell = cell * (in->values[j] + 1) + (code ? code - 1u - w->first[columns[j]] + 1u : 0);
        }
        in->count[cell]++;
    }
    struct combo nobody = { 0 };
    in->published[code_of(w, in, columns, &nobody)] = (int64_t)w->g->records;
    for (size_t i = 0; i < w->g->combos.n; i++) {
        const struct combo *c = combos_at(&w->g->combos, i);
        if (!w->is_dropped[i] && is_within(w, c, columns, in->columns))
            in->published[code_of(w, in, columns, c)] = c->count;
    }
}

static void drop_all_of(struct work *w, const uint16_t *columns, size_t n)
{
    for (size_t i = 0; i < w->g->combos.n; i++) {
        const struct combo *c = combos_at(&w->g->combos, i);
        if (!w->is_dropped[i] && c->length == n && is_within(w, c, columns, n)) drop(w, c);
    }
}

static void look_at(struct work *w, const uint16_t *columns, size_t n, struct arena *scratch)
{
    struct window *in = arena_new(scratch, struct window, 1);
    *in = (struct window){
        .columns = n, .length = w->g->length, .rounding = w->g->k, .width = w->g->k
    };
    for (size_t j = 0; j < n; j++) {
        in->values[j] = w->many[columns[j]];
        in->has_absent[j] = w->has_absent[columns[j]];
    }
    bool does_fit = window_open(in, scratch) == WINDOW_FITS;
    if (does_fit) fill(w, in, columns);
    if (!does_fit || window_rows(in) > WINDOW_ROWS_MAX) {
        w->report->too_large++;
        drop_all_of(w, columns, n);
        uint16_t fewer[WINDOW_COLUMNS_MAX];
        for (size_t out = 0; out < n && n > 1; out++) {
            size_t m = 0;
            for (size_t j = 0; j < n; j++)
                if (j != out) fewer[m++] = columns[j];
            look_at(w, fewer, m, scratch);
        }
        return;
    }
    w->now = in;
    w->now_columns = columns;
    struct window_drop how = { drop_code, w, 0 };
    (void)window_protect(in, scratch, &how);
    w->report->steps += how.steps;
    w->now = NULL;
}

/* All choices of `width` columns. */
static void list_tables(struct work *w)
{
    size_t columns = w->g->attributes.columns, n = 1;
    for (size_t i = 0; i < w->width; i++) n = n * (columns - i) / (i + 1);
    w->tables = arena_take_many(w->arena, sizeof *w->tables, n);
    w->is_dirty = arena_new(w->arena, bool, n);
    uint16_t now[WINDOW_COLUMNS_MAX];
    for (size_t i = 0; i < w->width; i++) now[i] = (uint16_t)i;
    for (;;) {
        memcpy(w->tables[w->tables_n], now, sizeof now);
        w->is_dirty[w->tables_n++] = true;
        size_t i = w->width;
        while (i > 0 && now[i - 1] == columns - w->width + i - 1) i--;
        if (i == 0) break;
        now[i - 1]++;
        for (; i < w->width; i++) now[i] = (uint16_t)(now[i - 1] + 1);
    }
}

static bool whole_is_small(const struct work *w)
{
    size_t cells = 1, columns = w->g->attributes.columns;
    if (columns > WINDOW_COLUMNS_MAX) return false;
    for (size_t c = 0; c < columns; c++) {
        cells *= w->many[c] + 1u;
        if (cells > CROSS_CELLS_MAX) return false;
    }
    return w->g->combos.n < CROSS_ROWS_MAX;
}

static void describe_columns(struct work *w)
{
    const struct attributes *all = &w->g->attributes;
    w->first = arena_new(w->arena, uint16_t, all->columns + 1);
    w->many = arena_new(w->arena, uint16_t, all->columns + 1);
    w->has_absent = arena_new(w->arena, bool, all->columns + 1);
    for (size_t i = all->n; i-- > 0;) {
        w->first[all->column[i]] = (uint16_t)i;
        w->many[all->column[i]]++;
    }
    for (size_t c = 0; c < all->columns; c++)
        for (size_t r = 0; r < w->s->rows; r++)
            if (sample_code(w->s, c, r) == 0) w->has_absent[c] = true;
}

void complement_protect(struct arena *a, const struct sample *s, struct aggregates *g,
                        struct complement_report *report)
{
    *report = (struct complement_report){ .tell = report->tell };
    struct work w = { .arena = a, .s = s, .g = g, .report = report };
    combo_index_make(&w.index, a, &g->combos);
    w.is_dropped = arena_new(a, bool, g->combos.n + 1);
    describe_columns(&w);
    drop_by_rule(&w);
    report->by_rule = w.dropped;
    report->is_whole = whole_is_small(&w);
    size_t columns = g->attributes.columns;
    w.width = report->is_whole || columns < g->length ? columns : g->length;
    list_tables(&w);
    report->tables = w.tables_n;
    struct arena scratch;
    arena_open(&scratch, PUBLISH_ARENA_MAX);
    for (bool is_again = true; is_again;) {
        is_again = false;
        for (size_t t = 0; t < w.tables_n; t++) {
            if (!w.is_dirty[t]) continue;
            is_again = true;
            look_at(&w, w.tables[t], w.width, &scratch);
            w.is_dirty[t] = false;
            if (report->tell) report->tell(t + 1, w.tables_n);
            arena_empty(&scratch);
        }
    }
    arena_close(&scratch);
    report->by_bounds = w.dropped - report->by_rule;
    size_t kept = 0;
    for (size_t i = 0; i < g->combos.n; i++)
        if (!w.is_dropped[i]) *combos_at(&g->combos, kept++) = *combos_at(&g->combos, i);
    combos_keep(&g->combos, kept);
}
