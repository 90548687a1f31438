#include "publish/sample.h"

#include "publish/dictionary.h"

#include <sodium.h>
#include <stdlib.h>

#define PIECE_ROWS ((size_t)1 << 15)

struct reading {
    struct arena *arena;
    struct records *in;
    struct complaint *why;
    size_t columns, person; /* person: the cell, or DICTIONARY_NONE */
    size_t *cell;           /* by column: its place in the row */
    bool *has_zeros;
    str *name;
    struct dictionary *values; /* by column */
    size_t attributes, rows;
    uint16_t **piece; /* rows by rows, PIECE_ROWS each */
    uint64_t *seen;   /* keyed hashes of persons */
    size_t seen_room;
    unsigned char key[crypto_shorthash_KEYBYTES];
};

static bool wrong_at(struct reading *r, size_t cell, str what)
{
    *r->why = records_at(r->in, cell, what);
    return false;
}

static bool wrong(struct reading *r, str what)
{
    *r->why = (struct complaint){ .what = what };
    return false;
}

static bool is_listed(const char *list, str name)
{
    str rest = str_of(list);
    while (rest.p)
        if (str_eq(str_split(&rest, ','), name)) return true;
    return false;
}

/* Every name in a list of columns is a column, or a mistyped one would be published. */
static bool list_is_known(struct reading *r, const char *list, const char *option)
{
    if (!list) return true;
    str rest = str_of(list);
    while (rest.p) {
        str name = str_split(&rest, ',');
        bool is_known = false;
        for (int i = 0; i < r->in->csv.n; i++) is_known |= str_eq(r->in->csv.cell[i], name);
        if (!is_known)
            return wrong(r, arena_format(r->arena, "%s names \"" STR_FMT "\", which is no column",
                                         option, STR_ARG(name)));
    }
    return true;
}

static bool take_header(struct reading *r, const struct sample_choice *choice)
{
    const struct csv *csv = &r->in->csv;
    size_t n = (size_t)csv->n;
    r->cell = arena_new(r->arena, size_t, n);
    r->name = arena_new(r->arena, str, n);
    r->has_zeros = arena_new(r->arena, bool, n);
    r->person = DICTIONARY_NONE;
    for (size_t i = 0; i < n; i++) {
        str name = csv->cell[i];
        const char *why = attribute_name_wrong(name);
        if (why) return wrong_at(r, i, str_of(why));
        for (size_t j = 0; j < i; j++)
            if (str_eq(csv->cell[j], name))
                return wrong_at(r, i, S("a column of this name stands here twice"));
        if (choice->person && str_eq(str_of(choice->person), name)) {
            r->person = i;
            continue;
        }
        if (choice->columns && !is_listed(choice->columns, name)) continue;
        if (choice->leave && is_listed(choice->leave, name)) continue;
        r->cell[r->columns] = i;
        r->has_zeros[r->columns] = choice->zeros && is_listed(choice->zeros, name);
        r->name[r->columns++] = arena_str(r->arena, name);
    }
    if (choice->person && r->person == DICTIONARY_NONE)
        return wrong(r, S("the column of the person is not in the file"));
    if (r->columns == 0) return wrong(r, S("no column is left to count"));
    return list_is_known(r, choice->columns, "--columns") &&
           list_is_known(r, choice->leave, "--leave-out") &&
           list_is_known(r, choice->zeros, "--zeros");
}

/* Remembers a person; false if they were here before. Hashes are keyed anew each time, so nobody can aim at one. */
static bool person_is_new(struct reading *r, str person)
{
    if (r->rows * 2 >= r->seen_room) {
        uint64_t *old = r->seen;
        size_t old_room = r->seen_room;
        r->seen_room = old_room ? old_room * 2 : 1024;
        r->seen = arena_new(r->arena, uint64_t, r->seen_room);
        for (size_t i = 0; i < old_room; i++) {
            if (!old[i]) continue;
            size_t at = old[i] & (r->seen_room - 1);
            while (r->seen[at]) at = (at + 1) & (r->seen_room - 1);
            r->seen[at] = old[i];
        }
    }
    uint64_t h;
    crypto_shorthash((unsigned char *)&h, (const unsigned char *)person.p, person.n, r->key);
    h += h == 0;
    size_t at = h & (r->seen_room - 1);
    while (r->seen[at] && r->seen[at] != h) at = (at + 1) & (r->seen_room - 1);
    if (r->seen[at] == h) return false;
    r->seen[at] = h;
    return true;
}

static bool take_row(struct reading *r)
{
    if (r->rows == PUBLISH_ROWS_MAX || (r->rows + 1) * r->columns > PUBLISH_CELLS_MAX)
        return wrong_at(r, 0,
                        arena_format(r->arena,
                                     "the file is too large: at most %d rows and %d cells",
                                     PUBLISH_ROWS_MAX, PUBLISH_CELLS_MAX));
    if (r->person != DICTIONARY_NONE) {
        str person = r->in->csv.cell[r->person];
        if (person.n == 0) return wrong_at(r, r->person, S("nobody is named here"));
        if (!person_is_new(r, person))
            return wrong_at(r, r->person,
                            S("this person has a row already; each must have one row only"));
    }
    size_t p = r->rows / PIECE_ROWS;
    if (!r->piece[p]) r->piece[p] = arena_new(r->arena, uint16_t, PIECE_ROWS * r->columns);
    uint16_t *row = r->piece[p] + r->rows % PIECE_ROWS * r->columns;
    for (size_t c = 0; c < r->columns; c++) {
        str value = r->in->csv.cell[r->cell[c]];
        row[c] = 0;
        if (value.n == 0 || (!r->has_zeros[c] && str_eq(value, S("0")))) continue;
        size_t before = r->values[c].n;
        const char *why = attribute_value_wrong(value);
        if (why) return wrong_at(r, r->cell[c], str_of(why));
        row[c] = (uint16_t)(dictionary_add(&r->values[c], value) + 1);
        if (r->values[c].n > before && ++r->attributes > PUBLISH_ATTRIBUTES_MAX)
            return wrong_at(
                r, r->cell[c],
                arena_format(r->arena,
                             "more than %d different values by here; columns with sentences, "
                             "names or numbers must be left out or made into bands",
                             PUBLISH_ATTRIBUTES_MAX));
    }
    r->rows++;
    return true;
}

struct named {
    str text;
    uint16_t column, value;
};

static int by_text(const void *a, const void *b)
{
    return str_cmp(((const struct named *)a)->text, ((const struct named *)b)->text);
}

/* Numbers the attributes in the order of their texts; returns by column and value the number + 1. */
static uint16_t **number_attributes(struct arena *a, struct dictionary *values, size_t columns,
                                    str *name, struct attributes *out)
{
    size_t n = 0;
    for (size_t c = 0; c < columns; c++) n += values[c].n;
    struct named *all = arena_new(a, struct named, n + 1);
    uint16_t **number = arena_new(a, uint16_t *, columns);
    size_t at = 0;
    for (size_t c = 0; c < columns; c++) {
        number[c] = arena_new(a, uint16_t, values[c].n + 1);
        for (size_t v = 0; v < values[c].n; v++)
            all[at++] = (struct named){ ARENA_JOIN(a, name[c], S(":"), values[c].text[v]),
                                        (uint16_t)c, (uint16_t)v };
    }
    qsort(all, n, sizeof *all, by_text);
    *out = (struct attributes){ n, columns, arena_new(a, str, n + 1), arena_new(a, uint16_t, n + 1),
                                name };
    for (size_t i = 0; i < n; i++) {
        out->text[i] = all[i].text;
        out->column[i] = all[i].column;
        number[all[i].column][all[i].value + 1] = (uint16_t)(i + 1);
    }
    return number;
}

static void turn(struct reading *r, struct sample *out)
{
    uint16_t **number = number_attributes(r->arena, r->values, r->columns, r->name,
                                          &out->attributes);
    out->rows = r->rows;
    out->code = arena_new(r->arena, uint16_t, r->rows * r->columns + 1);
    for (size_t row = 0; row < r->rows; row++) {
        const uint16_t *from = r->piece[row / PIECE_ROWS] + row % PIECE_ROWS * r->columns;
        for (size_t c = 0; c < r->columns; c++) out->code[c * r->rows + row] = number[c][from[c]];
    }
}

bool sample_read(struct arena *a, const char *path, const struct sample_choice *choice,
                 struct sample *out, struct complaint *why)
{
    struct reading r = { .arena = a, .why = why };
    crypto_shorthash_keygen(r.key);
    r.in = records_open(a, path, PUBLISH_COLUMNS_MAX);
    enum csv_next is = records_next(r.in);
    if (is == CSV_END) return wrong(&r, S("the file is empty; its first row names the columns"));
    if (is == CSV_ROW && !take_header(&r, choice)) return false;
    int width = r.in->csv.n;
    r.piece = arena_new(a, uint16_t *, PUBLISH_ROWS_MAX / PIECE_ROWS + 1);
    r.values = arena_new(a, struct dictionary, r.columns + 1);
    for (size_t c = 0; c < r.columns; c++) dictionary_open(&r.values[c], a);
    while (is == CSV_ROW && (is = records_next(r.in)) == CSV_ROW) {
        if (r.in->csv.n != width)
            return wrong_at(
                &r, (size_t)r.in->csv.n - 1,
                arena_format(a, "this row has %d cells and the first row %d", r.in->csv.n, width));
        if (!take_row(&r)) return false;
    }
    if (is == CSV_BAD) {
        *why = records_complaint(r.in);
        return false;
    }
    turn(&r, out);
    return true;
}

static void add_values(struct dictionary *values, const struct sample *s, const size_t *place)
{
    for (size_t i = 0; i < s->attributes.n; i++) {
        size_t c = s->attributes.column[i];
        str value = str_from(s->attributes.text[i], s->attributes.name[c].n + 1);
        (void)dictionary_add(&values[place[c]], value);
    }
}

static void code_anew(struct arena *a, struct sample *s, const size_t *place, uint16_t **number,
                      struct dictionary *values, const struct attributes *all)
{
    uint16_t *code = arena_new(a, uint16_t, s->rows * all->columns + 1);
    uint16_t *to = arena_new(a, uint16_t, s->attributes.n + 1);
    for (size_t i = 0; i < s->attributes.n; i++) {
        size_t c = s->attributes.column[i];
        str value = str_from(s->attributes.text[i], s->attributes.name[c].n + 1);
        to[i + 1] = number[place[c]][dictionary_find(&values[place[c]], value) + 1];
    }
    for (size_t c = 0; c < all->columns; c++)
        for (size_t row = 0; row < s->rows; row++)
            code[place[c] * s->rows + row] = to[s->code[c * s->rows + row]];
    s->code = code;
    s->attributes = *all;
}

bool sample_align(struct arena *arena, struct sample *a, struct sample *b, struct complaint *why)
{
    size_t columns = a->attributes.columns;
    size_t *same = arena_new(arena, size_t, columns + 1);
    size_t *place = arena_new(arena, size_t, b->attributes.columns + 1);
    bool is_equal = columns == b->attributes.columns;
    for (size_t i = 0; i < b->attributes.columns; i++) {
        place[i] = DICTIONARY_NONE;
        for (size_t j = 0; j < columns; j++)
            if (str_eq(b->attributes.name[i], a->attributes.name[j])) place[i] = j;
        is_equal &= place[i] != DICTIONARY_NONE;
    }
    if (!is_equal) {
        *why = (struct complaint){ .what = S("the two files do not have the same columns") };
        return false;
    }
    struct dictionary *values = arena_new(arena, struct dictionary, columns + 1);
    for (size_t c = 0; c < columns; c++) {
        dictionary_open(&values[c], arena);
        same[c] = c;
    }
    add_values(values, a, same);
    add_values(values, b, place);
    struct attributes all;
    uint16_t **number = number_attributes(arena, values, columns, a->attributes.name, &all);
    if (all.n > PUBLISH_ATTRIBUTES_MAX) {
        *why = (struct complaint){ .what = S("the two files have too many values together") };
        return false;
    }
    code_anew(arena, a, same, number, values, &all);
    code_anew(arena, b, place, number, values, &all);
    return true;
}
