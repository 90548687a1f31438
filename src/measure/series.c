#include "measure/series.h"

#include <stdlib.h>

#define KEPT_BACK_MOST 4 /* "<5": at least one, at most four */

bool measure_is_part(str category)
{
    return str_starts(category, S("form: ")) || str_starts(category, S("citizenship: ")) ||
           str_starts(category, S("repatriated from/to: "));
}

struct measure_key measure_key_of(const struct measure_tables *t, const struct measure_choice *c)
{
    str sex = str_of(c->sex), age = str_of(c->age), form = str_of(c->form);
    return (struct measure_key){
        .metric = table_word(t, str_of(c->about->code)),
        .sex = table_word(t, sex),
        .age = table_word(t, age),
        .form = table_word(t, form),
        .is_whole = str_eq(sex, S("Total")) && str_eq(age, S("Total")) && form.n == 0,
    };
}

/* Is this row an answer to what is chosen, wherever it lies? Without a form, a category that only says how it was
 * counted ("registered victims") is one too. */
static bool fits(const struct measure_tables *t, const struct measure_key *k,
                 const struct measure_row *r)
{
    if (r->metric != k->metric || r->sex != k->sex || r->age != k->age || r->year == 0 ||
        table_text(t, r->years).n != 4)
        return false;
    return r->category == k->form || (k->form == 0 && !measure_is_part(table_text(t, r->category)));
}

static bool is_in_place(const struct measure_tables *t, const struct measure_choice *c,
                        uint32_t place, const struct measure_row *r)
{
    switch (c->kind) {
    case PLACE_STATE: return r->state == place;
    case PLACE_AREA: return r->state == 0 && r->area == place;
    case PLACE_WORLD:
    case PLACE_REGION: break;
    }
    str level = table_text(t, r->level);
    return r->state != 0 && (str_eq(level, S("country")) || str_eq(level, S("territory")));
}

static struct measure_said said_of(const struct measure_row *r)
{
    struct measure_said s = { .row = r, .low = r->value, .high = r->value };
    if (r->is_suppressed) {
        s.is_kept_back = true;
        s.low = 1;
        s.high = KEPT_BACK_MOST;
    }
    return s;
}

/* The same figure in both tables is one answer. */
static void add_said(struct measure_year *y, const struct measure_row *r)
{
    struct measure_said s = said_of(r);
    for (int i = 0; i < y->said_n; i++)
        if (y->said[i].low == s.low && y->said[i].high == s.high &&
            y->said[i].row->source == r->source)
            return;
    if (y->said_n == SAID_MAX) return;
    int at = y->said_n++;
    for (; at > 0 && y->said[at - 1].low > s.low; at--) y->said[at] = y->said[at - 1];
    y->said[at] = s;
}

/* One cell of a sum: what this state and year add to it. A cell that is kept back adds nothing to four. */
struct part {
    uint32_t state;
    int16_t year;
    double low, high;
    bool is_kept_back;
};

static int by_part(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    if (x->year != y->year) return x->year < y->year ? -1 : 1;
    return (x->state > y->state) - (x->state < y->state);
}

static void add_parts(struct measure_span *out, int first, struct part *all, size_t n)
{
    if (n) qsort(all, n, sizeof *all, by_part);
    for (size_t i = 0, next; i < n; i = next) {
        double low = all[i].low, high = all[i].high;
        bool is_kept_back = all[i].is_kept_back, differs = false;
        for (next = i + 1; next < n && by_part(&all[i], &all[next]) == 0; next++) {
            differs = differs || all[next].low != all[i].low || all[next].high != all[i].high;
            if (all[next].low < low) low = all[next].low;
            if (all[next].high > high) high = all[next].high;
            is_kept_back = is_kept_back || all[next].is_kept_back;
        }
        struct measure_year *y = &out->year[all[i].year - first];
        y->low += low;
        y->high += high;
        y->states++;
        y->kept_back += is_kept_back;
        y->differing += differs;
    }
}

static void trim(struct measure_span *s)
{
    int from = 0, to = s->n;
    while (from < to && s->year[from].states == 0) from++;
    while (to > from && s->year[to - 1].states == 0) to--;
    memmove(s->year, s->year + from, (size_t)(to - from) * sizeof *s->year);
    s->n = to - from;
}

struct reading {
    const struct measure_tables *t;
    const struct measure_choice *c;
    struct claim_when when;
    struct measure_key key;
    uint32_t place;
    bool is_sum;
    uint8_t *inside; /* by word: whether the state lies in the region */
    struct part *part;
    size_t parts, room;
    struct arena *a;
    struct measure_span *out;
};

static void take_part(struct reading *in, const struct measure_row *r)
{
    if (r->category != in->key.form) return; /* one way of counting only */
    if (in->inside && !in->inside[r->state]) return;
    if (in->parts == in->room) {
        in->room = in->room ? in->room * 2 : 4096;
        struct part *wider = arena_new(in->a, struct part, in->room);
        if (in->parts) memcpy(wider, in->part, in->parts * sizeof *wider);
        in->part = wider;
    }
    in->part[in->parts++] = (struct part){ r->state, r->year, r->is_suppressed ? 0 : r->value,
                                           r->is_suppressed ? KEPT_BACK_MOST : r->value,
                                           r->is_suppressed };
}

static void read_one(struct reading *in, const struct measure_table *table)
{
    for (size_t i = 0; i < table->n; i++) {
        const struct measure_row *r = &table->row[i];
        if (!fits(in->t, &in->key, r) || (!r->has_value && !r->is_suppressed) ||
            !is_in_place(in->t, in->c, in->place, r) || !table_holds(in->t, r, in->when) ||
            r->year < MEASURE_FIRST_YEAR || r->year >= MEASURE_FIRST_YEAR + MEASURE_YEARS_MAX)
            continue;
        if (in->is_sum) {
            take_part(in, r);
        } else {
            struct measure_year *y = &in->out->year[r->year - MEASURE_FIRST_YEAR];
            add_said(y, r);
            y->states = 1;
        }
    }
}

/* Which words are states of the region. */
static uint8_t *states_inside(struct arena *a, const struct measure_tables *t, str region)
{
    uint8_t *inside = arena_new(a, uint8_t, t->words_n);
    for (size_t i = 0; i < t->words_n; i++)
        inside[i] = t->word[i].n == 3 && (str_eq(lang_region_of(t->word[i], false), region) ||
                                          str_eq(lang_region_of(t->word[i], true), region));
    return inside;
}

static void close_year(struct measure_year *y)
{
    if (y->said_n == 0) return;
    y->low = y->said[0].low;
    y->high = y->said[0].high;
    for (int i = 0; i < y->said_n; i++) {
        if (y->said[i].high > y->high) y->high = y->said[i].high;
        y->kept_back = y->kept_back || y->said[i].is_kept_back;
    }
    y->differing = y->said_n > 1;
}

void measure_read(struct arena *a, const struct measure_tables *t, const struct measure_choice *c,
                  struct claim_when when, struct measure_span *out)
{
    struct reading in = { .t = t,
                          .c = c,
                          .when = when,
                          .key = measure_key_of(t, c),
                          .is_sum = c->kind == PLACE_WORLD || c->kind == PLACE_REGION,
                          .place = table_word(t, c->place),
                          .a = a,
                          .out = out };
    *out = (struct measure_span){ .n = MEASURE_YEARS_MAX };
    for (int i = 0; i < out->n; i++) out->year[i].year = MEASURE_FIRST_YEAR + i;
    if (c->kind == PLACE_REGION) in.inside = states_inside(a, t, c->place);
    read_one(&in, &t->totals);
    if (!in.key.is_whole) read_one(&in, &t->detail);
    if (in.is_sum) add_parts(out, MEASURE_FIRST_YEAR, in.part, in.parts);
    for (int i = 0; i < out->n; i++) close_year(&out->year[i]);
    trim(out);
}
