#include "publish/synthesize.h"

#include "base/draws.h"

#include <assert.h>
#include <math.h>

#define ROWS_AT_ONCE ((uint64_t)100000) /* more records are these, repeated */
#define SWEEPS       24
#define FIRST        1.0 /* that the first record with a combination takes off the sum */
#define HOT          1.0 /* temperature of the first sweep, in the unit of the sum */

struct making {
    const struct aggregates *table;
    struct combo_index index;
    struct draws draws;
    size_t rows, columns;
    uint16_t *first, *many; /* by column */
    uint16_t *at;           /* [row * columns + column]: attribute + 1 */
    double *wanted;         /* by combination */
    uint32_t *made;
    double heat;
    double *cost; /* by value of a column, while one is chosen */
};

/* A combination of `have` extended by one attribute; both rising. */
static size_t find_with(const struct making *m, const uint16_t *have, size_t n, uint16_t with)
{
    uint16_t at[PUBLISH_LENGTH_MAX];
    size_t i = 0;
    for (; i < n && have[i] < with; i++) at[i] = have[i];
    at[i] = with;
    for (; i < n; i++) at[i + 1] = have[i];
    return combo_index_find(&m->index, at, n + 1);
}

/* Visits every combination that a record would have with one more attribute and not without it. Its parts beside that
 * attribute are walked as a stack of places. False: one of them is not in the table. */
static bool visit(struct making *m, const uint16_t *have, size_t n, uint16_t with,
                  void (*see)(struct making *m, size_t combo, void *into), void *into)
{
    uint16_t part[PUBLISH_LENGTH_MAX] = { 0 };
    size_t place[PUBLISH_LENGTH_MAX], depth = 0, next = 0;
    size_t c = find_with(m, part, 0, with);
    if (c == COMBO_NONE) return false;
    if (see) see(m, c, into);
    for (;;) {
        if (depth + 1 < m->table->length && next < n) {
            place[depth] = next;
            part[depth++] = have[next++];
            c = find_with(m, part, depth, with);
            if (c == COMBO_NONE) return false;
            if (see) see(m, c, into);
        } else if (depth == 0) return true;
        else next = place[--depth] + 1;
    }
}

static double weight(const struct making *m, size_t combo)
{
    return 1 / m->wanted[combo];
}

/* What the sum grows by with one more of this combination; the first of its kind is worth more, or rare ones would be
 * lost to common ones. */
static void see_cost(struct making *m, size_t combo, void *into)
{
    double over = (double)m->made[combo] - m->wanted[combo];
    *(double *)into += weight(m, combo) * (1 + 2 * over) - (m->made[combo] == 0 ? FIRST : 0);
}

static void see_added(struct making *m, size_t combo, void *into)
{
    (void)into;
    m->made[combo]++;
}

static void see_taken(struct making *m, size_t combo, void *into)
{
    (void)into;
    assert(m->made[combo] > 0);
    m->made[combo]--;
}

/* The attributes of a row but that of one column; rising, since columns of a table stand in the order of their names. */
static size_t others(const struct making *m, size_t row, size_t column, uint16_t *out)
{
    size_t n = 0;
    for (size_t c = 0; c < m->columns; c++) {
        uint16_t code = m->at[row * m->columns + c];
        if (c == column || !code) continue;
        size_t i = n++;
        for (; i > 0 && out[i - 1] > code - 1; i--) out[i] = out[i - 1];
        out[i] = (uint16_t)(code - 1);
    }
    return n;
}

/* Chooses a value anew, absence among them, colder sweeps more surely the best. */
static void change(struct making *m, size_t row, size_t column)
{
    uint16_t have[PUBLISH_COLUMNS_MAX], *code = &m->at[row * m->columns + column];
    size_t n = others(m, row, column, have);
    if (*code) (void)visit(m, have, n, (uint16_t)(*code - 1), see_taken, NULL);
    double best = 0;
    for (size_t v = 0; v < m->many[column]; v++) {
        m->cost[v] = 0;
        uint16_t attribute = (uint16_t)(m->first[column] + v);
        if (!visit(m, have, n, attribute, see_cost, &m->cost[v])) m->cost[v] = INFINITY;
        if (m->cost[v] < best) best = m->cost[v];
    }
    double sum = exp((best - 0) / m->heat);
    for (size_t v = 0; v < m->many[column]; v++) {
        m->cost[v] = exp((best - m->cost[v]) / m->heat);
        sum += m->cost[v];
    }
    double left = draws_unit(&m->draws) * sum;
    *code = 0;
    for (size_t v = 0; v < m->many[column] && *code == 0; v++) {
        left -= m->cost[v];
        if (m->cost[v] > 0 && left <= 0) *code = (uint16_t)(m->first[column] + v + 1);
    }
    if (*code) (void)visit(m, have, n, (uint16_t)(*code - 1), see_added, NULL);
}

static void sweep(struct making *m)
{
    uint16_t order[PUBLISH_COLUMNS_MAX];
    for (size_t c = 0; c < m->columns; c++) order[c] = (uint16_t)c;
    for (size_t row = 0; row < m->rows; row++) {
        for (size_t c = m->columns; c > 1; c--) {
            size_t other = draws_below(&m->draws, (uint32_t)c);
            uint16_t t = order[c - 1];
            order[c - 1] = order[other];
            order[other] = t;
        }
        for (size_t c = 0; c < m->columns; c++) change(m, row, order[c]);
    }
}

static void begin(struct making *m, struct arena *a, const struct aggregates *table, uint64_t rows,
                  uint64_t base, uint64_t seed)
{
    const struct attributes *all = &table->attributes;
    *m = (struct making){ .table = table, .rows = base, .columns = all->columns };
    combo_index_make(&m->index, a, &table->combos);
    draws_open(&m->draws, seed, 0);
    m->first = arena_new(a, uint16_t, all->columns + 1);
    m->many = arena_new(a, uint16_t, all->columns + 1);
    for (size_t i = all->n; i-- > 0;) {
        m->first[all->column[i]] = (uint16_t)i;
        m->many[all->column[i]]++;
    }
    m->at = arena_new(a, uint16_t, m->rows * m->columns + 1);
    m->made = arena_new(a, uint32_t, table->combos.n + 1);
    m->wanted = arena_new(a, double, table->combos.n + 1);
    m->cost = arena_new(a, double, all->n + 1);
    /* A count that was rounded down was larger by a bit less than half of k, as small counts are commoner. */
    double more = table->is_private ? 0 : 0.4 * (table->k - 1);
    for (size_t i = 0; i < table->combos.n; i++)
        m->wanted[i] = ((double)combos_at(&table->combos, i)->count + more) * (double)base /
                       (double)rows;
}

void synthesize(struct arena *a, const struct aggregates *table, const struct synthesis *how,
                struct sample *out)
{
    uint64_t times = (how->rows + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE;
    uint64_t base = times ? (how->rows + times - 1) / times : 0;
    struct making m;
    begin(&m, a, table, how->rows ? how->rows : 1, base, how->seed);
    size_t sweeps = how->sweeps ? how->sweeps : SWEEPS;
    for (size_t i = 0; i < sweeps; i++) {
        m.heat = HOT * pow(0.001, (double)i / (double)sweeps);
        sweep(&m);
    }
    *out = (struct sample){ .attributes = table->attributes, .rows = how->rows };
    out->code = arena_new(a, uint16_t, how->rows * m.columns + 1);
    for (size_t c = 0; c < m.columns; c++)
        for (size_t r = 0; r < how->rows; r++)
            out->code[c * out->rows + r] = m.at[r % base * m.columns + c];
}

void synthesis_write(struct file_out *to, struct arena *a, const struct sample *s)
{
    struct sink line;
    sink_open(&line, a, MIB(1));
    const struct attributes *all = &s->attributes;
    for (size_t c = 0; c < all->columns; c++) {
        if (c) put_char(&line, ',');
        csv_cell(&line, all->name[c]);
    }
    put_char(&line, '\n');
    for (size_t r = 0; r < s->rows; r++) {
        file_out_put(to, sink_str(&line));
        line.n = 0;
        for (size_t c = 0; c < all->columns; c++) {
            uint16_t code = sample_code(s, c, r);
            if (c) put_char(&line, ',');
            if (code) csv_cell(&line, str_from(all->text[code - 1], all->name[c].n + 1));
        }
        put_char(&line, '\n');
    }
    file_out_put(to, sink_str(&line));
}
