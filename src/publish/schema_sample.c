/* Records of a file, in terms of a schema. */
#include "publish/dictionary.h"
#include "publish/schema.h"

#define PIECE_ROWS ((size_t)1 << 15)

struct reading {
    struct arena *arena;
    const struct schema *schema;
    struct records *in;
    struct complaint *why;
    struct dictionary *values; /* by column */
    uint16_t **number;         /* by column and value: attribute + 1 */
    size_t *cell;              /* by column */
    size_t person, rows;
    struct dictionary persons;
    uint16_t *taken; /* rows taken, by person */
    size_t taken_room;
    uint16_t **piece;
    bool drops_unknown;
};

static bool take_header(struct reading *r)
{
    const struct attributes *all = &r->schema->attributes;
    const struct csv *csv = &r->in->csv;
    r->cell = arena_new(r->arena, size_t, all->columns);
    r->person = DICTIONARY_NONE;
    for (size_t c = 0; c < all->columns; c++) r->cell[c] = DICTIONARY_NONE;
    for (size_t i = 0; i < (size_t)csv->n; i++) {
        size_t *place = str_eq(csv->cell[i], r->schema->person) ? &r->person : NULL;
        for (size_t c = 0; c < all->columns; c++)
            if (str_eq(csv->cell[i], all->name[c])) place = &r->cell[c];
        if (!place) continue;
        if (*place != DICTIONARY_NONE) {
            *r->why = records_at(r->in, i, S("a column of this name stands here twice"));
            return false;
        }
        *place = i;
    }
    str missing = r->schema->person.n && r->person == DICTIONARY_NONE ? r->schema->person : S("");
    for (size_t c = 0; c < all->columns; c++)
        if (r->cell[c] == DICTIONARY_NONE) missing = all->name[c];
    if (missing.n == 0) return true;
    *r->why = (struct complaint){ .what = arena_format(
                                      r->arena, "the declared column \"" STR_FMT "\" is not there",
                                      STR_ARG(missing)) };
    return false;
}

/* Whether this person may have one more row. */
static bool may_have_more(struct reading *r, str person)
{
    size_t p = dictionary_add(&r->persons, person);
    if (p >= r->taken_room) {
        uint16_t *old = r->taken;
        size_t room = r->taken_room ? r->taken_room * 2 : 1024;
        r->taken = arena_new(r->arena, uint16_t, room);
        if (old) memcpy(r->taken, old, r->taken_room * sizeof *old);
        r->taken_room = room;
    }
    if (r->taken[p] >= r->schema->rows_per_person) return false;
    r->taken[p]++;
    return true;
}

static bool take_row(struct reading *r)
{
    size_t columns = r->schema->attributes.columns;
    if (r->rows == PUBLISH_ROWS_MAX || (r->rows + 1) * columns > PUBLISH_CELLS_MAX) {
        *r->why = records_at(r->in, 0, S("the file is too large"));
        return false;
    }
    size_t p = r->rows / PIECE_ROWS;
    if (!r->piece[p]) r->piece[p] = arena_new(r->arena, uint16_t, PIECE_ROWS * columns);
    uint16_t *row = r->piece[p] + r->rows % PIECE_ROWS * columns;
    for (size_t c = 0; c < columns; c++) {
        str value = r->in->csv.cell[r->cell[c]];
        row[c] = 0;
        if (value.n == 0) continue;
        size_t v = dictionary_find(&r->values[c], value);
        if (v != DICTIONARY_NONE) row[c] = r->number[c][v];
        else if (!str_eq(value, S("0")) && !r->drops_unknown) {
            *r->why = records_at(r->in, r->cell[c], S("this value is not declared in the schema"));
            return false;
        }
    }
    if (r->person != DICTIONARY_NONE) {
        str person = r->in->csv.cell[r->person];
        if (person.n == 0) {
            *r->why = records_at(r->in, r->person, S("nobody is named here"));
            return false;
        }
        if (!may_have_more(r, person)) return true;
    }
    r->rows++;
    return true;
}

static void turn(struct reading *r, struct sample *out)
{
    size_t columns = r->schema->attributes.columns;
    *out = (struct sample){ .attributes = r->schema->attributes, .rows = r->rows };
    out->code = arena_new(r->arena, uint16_t, r->rows * columns + 1);
    for (size_t row = 0; row < r->rows; row++)
        for (size_t c = 0; c < columns; c++)
            out->code[c * r->rows + row] =
                r->piece[row / PIECE_ROWS][row % PIECE_ROWS * columns + c];
}

static void list_values(struct reading *r)
{
    const struct attributes *all = &r->schema->attributes;
    r->values = arena_new(r->arena, struct dictionary, all->columns);
    r->number = arena_new(r->arena, uint16_t *, all->columns);
    for (size_t c = 0; c < all->columns; c++) {
        dictionary_open(&r->values[c], r->arena);
        r->number[c] = arena_new(r->arena, uint16_t, all->n + 1);
    }
    for (size_t i = 0; i < all->n; i++) {
        size_t c = all->column[i];
        size_t v = dictionary_add(&r->values[c], str_from(all->text[i], all->name[c].n + 1));
        r->number[c][v] = (uint16_t)(i + 1);
    }
}

bool schema_sample(struct arena *a, const struct schema *schema, const char *path,
                   bool drops_unknown, struct sample *out, struct complaint *why)
{
    struct reading r = { .arena = a, .schema = schema, .why = why, .drops_unknown = drops_unknown };
    r.in = records_open(a, path, PUBLISH_COLUMNS_MAX);
    r.piece = arena_new(a, uint16_t *, PUBLISH_ROWS_MAX / PIECE_ROWS + 1);
    dictionary_open(&r.persons, a);
    list_values(&r);
    enum csv_next is = records_next(r.in);
    if (is == CSV_END) {
        *why = (struct complaint){ .what = S("the file is empty") };
        return false;
    }
    if (is == CSV_ROW && !take_header(&r)) return false;
    int width = r.in->csv.n;
    while (is == CSV_ROW && (is = records_next(r.in)) == CSV_ROW) {
        if (r.in->csv.n != width) {
            *why = records_at(
                r.in, (size_t)r.in->csv.n - 1,
                arena_format(a, "this row has %d cells and the first row %d", r.in->csv.n, width));
            return false;
        }
        if (!take_row(&r)) return false;
    }
    if (is == CSV_BAD) {
        *why = records_complaint(r.in);
        return false;
    }
    turn(&r, out);
    return true;
}
