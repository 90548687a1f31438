#include "link/evaluate.h"

#include "base/limits.h"

#include <math.h>

double link_precision(const struct link_rates *r)
{
    return r->found ? (double)r->both / (double)r->found : (double)NAN;
}

double link_recall(const struct link_rates *r)
{
    return r->true_pairs ? (double)r->both / (double)r->true_pairs : (double)NAN;
}

double link_f1(const struct link_rates *r)
{
    uint64_t sum = r->found + r->true_pairs;
    return sum ? 2.0 * (double)r->both / (double)sum : (double)NAN;
}

/* A number for each record of a file, found by list and row. */
struct table {
    uint64_t *key; /* list and row; 0: empty (rows count from 1) */
    uint32_t *number;
    size_t mask, used;
};

static uint64_t key_of(uint32_t list, uint32_t row)
{
    return (uint64_t)list << 32 | row;
}

static size_t slot_of(const struct table *t, uint64_t key)
{
    size_t i = (size_t)(key * 0x9e3779b97f4a7c15u >> 20) & t->mask;
    while (t->key[i] && t->key[i] != key) i = (i + 1) & t->mask;
    return i;
}

static void table_open(struct arena *a, struct table *t, size_t n)
{
    size_t room = 64;
    while (room < 2 * n) room *= 2;
    *t = (struct table){ arena_new(a, uint64_t, room), arena_new(a, uint32_t, room), room - 1, 0 };
}

/* False: the record has a number already. */
static bool table_put(struct arena *a, struct table *t, uint64_t key, uint32_t number)
{
    if (2 * t->used > t->mask) {
        struct table wider;
        table_open(a, &wider, 2 * (t->mask + 1));
        for (size_t i = 0; i <= t->mask; i++)
            if (t->key[i]) (void)!table_put(a, &wider, t->key[i], t->number[i]);
        *t = wider;
    }
    size_t i = slot_of(t, key);
    if (t->key[i]) return false;
    t->key[i] = key;
    t->number[i] = number;
    t->used++;
    return true;
}

static uint32_t table_get(const struct table *t, uint64_t key)
{
    size_t i = slot_of(t, key);
    return t->key[i] ? t->number[i] : 0;
}

struct link_marks {
    struct table of;
    str *value; /* by number, from 1 */
    uint32_t values;
};

struct marking {
    struct arena *arena;
    struct records *records;
    struct link_members *names;
    struct link_marks *marks;
    int file, row, mark; /* columns */
    struct complaint *complaint;
};

static bool wrong_at(struct marking *m, int cell, const char *what)
{
    *m->complaint = records_at(m->records, (size_t)cell, str_of(what));
    return false;
}

static bool read_header(struct marking *m, str *column)
{
    m->file = m->row = m->mark = -1;
    for (int k = 0; k < m->records->csv.n; k++) {
        str name = str_trim(m->records->csv.cell[k]);
        int *which = str_eq(name, S("file"))  ? &m->file
                     : str_eq(name, S("row")) ? &m->row
                                              : &m->mark;
        if (*which >= 0) return wrong_at(m, k, "columns file, row and one more were expected");
        *which = k;
        if (which == &m->mark) *column = arena_str(m->arena, name);
    }
    if (m->file >= 0 && m->row >= 0 && m->mark >= 0) return true;
    return wrong_at(m, 0, "columns file, row and one more were expected");
}

static uint32_t value_number(struct marking *m, str value)
{
    struct link_marks *k = m->marks;
    for (uint32_t i = 1; i <= k->values; i++)
        if (str_eq(k->value[i], value)) return i;
    if (k->values == LINK_MARKS_MAX) return 0;
    k->value[++k->values] = arena_str(m->arena, value);
    return k->values;
}

static bool read_mark(struct marking *m)
{
    const struct csv *csv = &m->records->csv;
    if (csv->n != 3) return wrong_at(m, 0, "three cells were expected");
    str file = str_trim(csv->cell[m->file]);
    uint32_t list = 0;
    while (list < m->names->lists && !str_eq(m->names->names[list], file)) list++;
    if (list == m->names->lists) {
        if (list == LINK_FILES_MAX) return wrong_at(m, m->file, "more lists than can be linked");
        m->names->names[m->names->lists++] = arena_str(m->arena, file);
    }
    int64_t row;
    if (!str_to_int(str_trim(csv->cell[m->row]), &row) || row < 1 || row > LINK_ROWS_MAX)
        return wrong_at(m, m->row, "a row is a whole number from 1 on");
    uint32_t number = value_number(m, str_trim(csv->cell[m->mark]));
    if (!number) return wrong_at(m, m->mark, "more different marks than can be told apart");
    if (!table_put(m->arena, &m->marks->of, key_of(list, (uint32_t)row), number))
        return wrong_at(m, m->row, "this record has a mark already");
    return true;
}

struct link_marks *link_marks_read(struct arena *a, const char *path, struct link_members *names,
                                   str *column, struct complaint *complaint)
{
    struct marking m = { .arena = a, .names = names, .complaint = complaint };
    m.records = records_open(a, path, LINK_COLUMNS_MAX);
    m.marks = arena_new(a, struct link_marks, 1);
    m.marks->value = arena_new(a, str, LINK_MARKS_MAX + 1);
    table_open(a, &m.marks->of, 1024);
    bool has_header = false;
    enum csv_next next;
    while ((next = records_next(m.records)) == CSV_ROW) {
        if (!(has_header ? read_mark(&m) : read_header(&m, column))) return NULL;
        has_header = true;
    }
    if (next == CSV_END && has_header) return m.marks;
    *complaint = next == CSV_BAD ? records_complaint(m.records)
                                 : (struct complaint){ 1, 1, S("the file is empty") };
    return NULL;
}

struct evaluating {
    const struct link_members *found, *truth;
    const struct link_marks *marks;
    struct table true_group; /* of each record; 0: in none */
    struct link_evaluation *out;
};

enum which { FOUND, TRUE, BOTH };

static void add(struct link_rates *r, enum which which)
{
    switch (which) {
    case FOUND: r->found++; return;
    case TRUE: r->true_pairs++; return;
    case BOTH: r->both++; return;
    }
}

static void add_pair(struct evaluating *e, const struct link_member *x, const struct link_member *y,
                     enum which which)
{
    add(&e->out->all, which);
    if (!e->marks) return;
    uint32_t one = table_get(&e->marks->of, key_of(x->list, x->row));
    uint32_t other = table_get(&e->marks->of, key_of(y->list, y->row));
    if (one) add(&e->out->by[one - 1].rates, which);
    if (other && other != one) add(&e->out->by[other - 1].rates, which);
}

static bool is_true(const struct evaluating *e, const struct link_member *x,
                    const struct link_member *y)
{
    uint32_t one = table_get(&e->true_group, key_of(x->list, x->row));
    return one && one == table_get(&e->true_group, key_of(y->list, y->row));
}

static bool add_groups(struct evaluating *e, const struct link_members *m, bool is_truth)
{
    for (size_t i = 0, end; i < m->n; i = end) {
        for (end = i; end < m->n && m->member[end].group == m->member[i].group; end++)
            if (end - i >= LINK_GROUP_MAX) return false;
        for (size_t x = i; x < end; x++)
            for (size_t y = x + 1; y < end; y++) {
                add_pair(e, &m->member[x], &m->member[y], is_truth ? TRUE : FOUND);
                if (!is_truth && is_true(e, &m->member[x], &m->member[y]))
                    add_pair(e, &m->member[x], &m->member[y], BOTH);
            }
    }
    return true;
}

bool link_evaluate(struct arena *a, const struct link_members *found,
                   const struct link_members *truth, const struct link_marks *marks,
                   struct link_evaluation *out)
{
    *out = (struct link_evaluation){ .by_n = marks ? marks->values : 0 };
    struct evaluating e = { .found = found, .truth = truth, .marks = marks, .out = out };
    out->by = arena_new(a, struct link_by, out->by_n + 1);
    for (size_t i = 0; i < out->by_n; i++) out->by[i].value = marks->value[i + 1];
    table_open(a, &e.true_group, truth->n);
    for (size_t i = 0; i < truth->n; i++) {
        const struct link_member *m = &truth->member[i];
        (void)!table_put(a, &e.true_group, key_of(m->list, m->row), m->group);
    }
    return add_groups(&e, truth, true) && add_groups(&e, found, false);
}
