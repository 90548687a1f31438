#include "estimate/boot.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#define GROW 1024 /* rows taken room for at once, at first */

static bool refuse(struct arena *a, const struct records *in, int cell, struct complaint *why,
                   const char *format, ...) __attribute__((format(printf, 5, 6)));
static bool refuse(struct arena *a, const struct records *in, int cell, struct complaint *why,
                   const char *format, ...)
{
    char words[300];
    va_list list;
    va_start(list, format);
    vsnprintf(words, sizeof words, format, list);
    va_end(list);
    *why = records_at(in, (size_t)cell, arena_str(a, str_of(words)));
    return false;
}

/* "h0110" for four lists; -1 for what is no history's name, -2 for one of another number of lists. */
static int history_named(str name, int lists)
{
    unsigned history = 0;
    if (name.n < 3 || name.p[0] != 'h') return -1;
    for (size_t i = 1; i < name.n; i++) {
        if (name.p[i] != '0' && name.p[i] != '1') return -1;
        if (i <= LISTS_MAX) history |= (unsigned)(name.p[i] - '0') << (i - 1);
    }
    return name.n == (size_t)lists + 1 ? (int)history : -2;
}

/* Which cell of a row is which column of the resamples. */
struct layout {
    int cell[CELLS_MAX], cells;
    struct mse_set seen;
};

static bool take_header(struct arena *a, const struct records *in, const struct mse_table *t,
                        struct mse_resamples *out, struct layout *l, struct complaint *why)
{
    l->cells = in->csv.n;
    for (int i = 0; i < in->csv.n; i++) {
        int history = history_named(str_trim(in->csv.cell[i]), t->lists);
        if (history == -1) continue;
        if (history < 0)
            return refuse(a, in, i, why, "this history is not one of %d lists", t->lists);
        if (history == 0) return refuse(a, in, i, why, "people on no list are in no resample");
        if (mse_set_has(&l->seen, (unsigned)history))
            return refuse(a, in, i, why, "this history has two columns");
        mse_set_add(&l->seen, (unsigned)history);
        l->cell[out->columns] = i;
        out->history[out->columns++] = (uint8_t)history;
    }
    if (out->columns) return true;
    return refuse(a, in, 0, why, "no column is called after a history, such as h%.*s", t->lists,
                  "10000000");
}

static bool take_row(struct arena *a, const struct records *in, const struct mse_table *t,
                     const struct mse_resamples *out, const struct layout *l, int32_t *row,
                     struct complaint *why)
{
    double people = 0;
    if (in->csv.n != l->cells)
        return refuse(a, in, 0, why, "this row has %d cells, the first line has %d", in->csv.n,
                      l->cells);
    for (int k = 0; k < out->columns; k++) {
        double count;
        str cell = str_trim(in->csv.cell[l->cell[k]]);
        if (!mse_count_read(cell, &count) || count != floor(count))
            return refuse(a, in, l->cell[k], why,
                          "a resample's counts are whole numbers from 0 on");
        if (count > 0 && !(t->count[out->history[k]] > 0))
            return refuse(a, in, l->cell[k], why, "the table holds nobody with this history");
        row[k] = (int32_t)count;
        people += count;
    }
    if (people == t->n) return true;
    return refuse(a, in, 0, why, "this resample holds %.0f people, the table %.0f", people, t->n);
}

bool mse_resamples_read(struct arena *a, const char *path, const struct mse_table *whole,
                        struct mse_resamples *out, struct complaint *why)
{
    *out = (struct mse_resamples){ 0 };
    *why = (struct complaint){ 0 };
    struct records *in = records_open(a, path, RESAMPLE_COLUMNS_MAX);
    struct layout layout = { 0 };
    size_t room = 0;
    for (enum csv_next next; (next = records_next(in)) != CSV_END;) {
        if (next == CSV_BAD) {
            *why = records_complaint(in);
            return false;
        }
        if (!layout.cells) {
            if (!take_header(a, in, whole, out, &layout, why)) return false;
            continue;
        }
        if (in->csv.n == 1 && layout.cells > 1 && !str_trim(in->csv.cell[0]).n) continue;
        if (out->n == RESAMPLES_MAX)
            return refuse(a, in, 0, why, "at most %d resamples are taken", RESAMPLES_MAX);
        size_t width = (size_t)out->columns;
        if (out->n == room) {
            room = room ? room * 2 : GROW;
            int32_t *more = arena_new(a, int32_t, room * width);
            if (out->n) memcpy(more, out->count, sizeof(int32_t) * out->n * width);
            out->count = more;
        }
        if (!take_row(a, in, whole, out, &layout, out->count + out->n * width, why)) return false;
        out->n++;
    }
    if (out->n >= 2) return true;
    return refuse(a, in, 0, why, "a bootstrap needs at least two resamples");
}
