#include "estimate/table.h"

#include <stdarg.h>
#include <stdio.h>

#include <errno.h>
#include <math.h>
#include <stdlib.h>

/* What stands between two rows, whoever gives them: a file read as a stream, or text. */
struct reading {
    struct arena *a;
    struct mse_table *out;
    struct complaint *why;
    const struct csv *csv;
    long rows;
};

static bool refuse(struct reading *r, int cell, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static bool refuse(struct reading *r, int cell, const char *format, ...)
{
    char words[400];
    va_list list;
    va_start(list, format);
    vsnprintf(words, sizeof words, format, list);
    va_end(list);
    int column = cell < r->csv->n ? r->csv->column[cell] : 1;
    *r->why = (struct complaint){ r->csv->line, column, arena_str(r->a, str_of(words)) };
    return false;
}

/* Cells are shown in complaints no longer than this. */
static str shown(str cell)
{
    return str_cut_text(cell, 40);
}

static bool take_header(struct reading *r)
{
    const struct csv *csv = r->csv;
    int lists = csv->n - 1;
    if (!str_eq(str_trim(csv->cell[lists]), S("count")))
        return refuse(r, lists, "the last column is called \"count\", not \"" STR_FMT "\"",
                      STR_ARG(shown(csv->cell[lists])));
    if (lists < 2)
        return refuse(r, 0, "a table has at least two lists; from %s nothing can be estimated",
                      lists ? "one" : "none");
    if (lists > LISTS_MAX)
        return refuse(r, LISTS_MAX, "a table has at most %d lists, this one has %d", LISTS_MAX,
                      lists);
    for (int i = 0; i < lists; i++) {
        str name = str_trim(csv->cell[i]);
        if (!name.n) return refuse(r, i, "this list has no name");
        if (name.n > LIST_NAME_MAX)
            return refuse(r, i, "a list's name has at most %d bytes", LIST_NAME_MAX);
        if (str_eq(name, S("count"))) return refuse(r, i, "only the last column is \"count\"");
        for (int k = 0; k < i; k++)
            if (str_eq(name, r->out->name[k]))
                return refuse(r, i, "two columns are called \"" STR_FMT "\"", STR_ARG(name));
        r->out->name[i] = arena_str(r->a, name);
    }
    r->out->lists = lists;
    return true;
}

bool mse_count_read(str cell, double *out)
{
    char text[64];
    if (!cell.n || cell.n >= sizeof text) return false;
    memcpy(text, cell.p, cell.n);
    text[cell.n] = 0;
    if (strspn(text, "0123456789.eE+-") != cell.n || text[0] < '0' || text[0] > '9') return false;
    char *end;
    errno = 0;
    *out = strtod(text, &end);
    return *end == 0 && isfinite(*out) && *out <= PEOPLE_MAX && !(errno && *out > 1);
}

static bool refuse_count(struct reading *r, int cell, str text)
{
    if (!text.n || str_eq(text, S("NA"))) return refuse(r, cell, "the count is missing");
    if (text.p[0] == '-') return refuse(r, cell, "a count is not negative");
    return refuse(r, cell, "\"" STR_FMT "\" is no count from 0 to %.0f", STR_ARG(shown(text)),
                  PEOPLE_MAX);
}

static bool take_row(struct reading *r)
{
    const struct csv *csv = r->csv;
    struct mse_table *t = r->out;
    if (t->lists == 0) return take_header(r);
    if (csv->n == 1 && str_trim(csv->cell[0]).n == 0) return true; /* an empty line */
    if (csv->n != t->lists + 1)
        return refuse(r, csv->n < t->lists + 1 ? csv->n - 1 : t->lists + 1,
                      "this row has %d cells, the first line has %d", csv->n, t->lists + 1);
    if (++r->rows > TABLE_ROWS_MAX)
        return refuse(r, 0, "a table has at most %d rows", TABLE_ROWS_MAX);
    unsigned history = 0;
    for (int i = 0; i < t->lists; i++) {
        str cell = str_trim(csv->cell[i]);
        if (cell.n != 1 || (cell.p[0] != '0' && cell.p[0] != '1'))
            return refuse(r, i, "\"" STR_FMT "\" is neither 0 nor 1", STR_ARG(shown(cell)));
        history |= (unsigned)(cell.p[0] - '0') << i;
    }
    double count;
    str cell = str_trim(csv->cell[t->lists]);
    if (!mse_count_read(cell, &count)) return refuse_count(r, t->lists, cell);
    if (history == 0) {
        if (count == 0) return true;
        return refuse(r, t->lists,
                      "people on no list cannot have been counted; this number is what is "
                      "to be estimated");
    }
    t->count[history] += count;
    t->n += count;
    if (count != floor(count)) t->is_whole = false;
    if (t->n > PEOPLE_MAX)
        return refuse(r, t->lists, "together the counts are more than %.0f", PEOPLE_MAX);
    return true;
}

/* What can only be said at the end; it is about the whole file. */
static bool is_table(const struct reading *r)
{
    const struct mse_table *t = r->out;
    str what = t->lists == 0  ? S("the file is empty")
               : r->rows == 0 ? S("there are no rows below the first line")
                              : S("every count is 0");
    if (t->n > 0) return true;
    *r->why = (struct complaint){ 1, 1, what };
    return false;
}

bool mse_table_read(struct arena *a, const char *path, struct mse_table *out, struct complaint *why)
{
    *out = (struct mse_table){ .is_whole = true };
    *why = (struct complaint){ 0 };
    struct records *in = records_open(a, path, TABLE_COLUMNS_MAX);
    struct reading r = { a, out, why, &in->csv, 0 };
    for (enum csv_next next; (next = records_next(in)) != CSV_END;) {
        if (next == CSV_BAD) {
            *why = records_complaint(in);
            return false;
        }
        if (!take_row(&r)) return false;
    }
    return is_table(&r);
}

bool mse_table_read_text(struct arena *a, str text, struct mse_table *out, struct complaint *why)
{
    *out = (struct mse_table){ .is_whole = true };
    *why = (struct complaint){ 0 };
    struct csv csv;
    csv_open_wide(&csv, a, text, TABLE_COLUMNS_MAX);
    struct reading r = { a, out, why, &csv, 0 };
    for (enum csv_next next; (next = csv_next(&csv)) != CSV_END;) {
        if (next == CSV_BAD) {
            *why = (struct complaint){ csv.line, csv.bad_column, str_of(csv.why) };
            return false;
        }
        for (int i = 0; i < csv.n; i++)
            if (!str_is_utf8(csv.cell[i]) || str_has_control(csv.cell[i]))
                return refuse(&r, i, "this is not plain UTF-8 text");
        if (!take_row(&r)) return false;
    }
    return is_table(&r);
}

double mse_overlap(const struct mse_table *t, unsigned lists)
{
    double sum = 0;
    for (unsigned w = 1; w < 1u << t->lists; w++)
        if ((w & lists) == lists) sum += t->count[w];
    return sum;
}

double mse_list_size(const struct mse_table *t, int list)
{
    return mse_overlap(t, 1u << list);
}
