/* Small tables of a page: a cross table of two columns in which nobody is without a value. */
#include "publish/complement.h"

static void forget(void *context, size_t code)
{
    struct window *w = context;
    w->published[code] = -1;
}

static size_t code_of_place(const struct window *w, size_t row, size_t column)
{
    uint16_t category[2] = { (uint16_t)(row + 1), (uint16_t)(column + 1) };
    return window_code(w, category);
}

bool complement_table(struct arena *a, struct shown_table *t, uint32_t k, uint32_t rounding)
{
    struct window w = { .columns = 2,
                        .length = 2,
                        .values = { t->rows, t->columns },
                        .rounding = rounding,
                        .width = k };
    size_t places = (t->rows + 1) * (t->columns + 1);
    memset(t->is_shown, 0, places * sizeof *t->is_shown);
    if (window_open(&w, a) != WINDOW_FITS || w.codes > WINDOW_ROWS_MAX) return false;
    double *cells = arena_new(a, double, w.cells), *sums = arena_new(a, double, w.codes);
    for (size_t r = 0; r < t->rows; r++)
        for (size_t c = 0; c < t->columns; c++) {
            uint16_t category[2] = { (uint16_t)(r + 1), (uint16_t)(c + 1) };
            size_t cell = window_cell(&w, category);
            w.count[cell] = t->count[r * t->columns + c];
            cells[cell] = w.count[cell];
        }
    window_sums(&w, cells, sums);
    for (size_t r = 0; r <= t->rows; r++)
        for (size_t c = 0; c <= t->columns; c++) {
            size_t code = code_of_place(&w, r, c);
            int64_t sum = (int64_t)sums[code];
            if (sum >= k) w.published[code] = sum / rounding * rounding;
        }
    /* Without everybody's number nothing bounds the table, and the table says nothing either. */
    if (w.published[code_of_place(&w, t->rows, t->columns)] < 0) return true;
    struct window_drop how = { forget, &w, 0 };
    (void)window_protect(&w, a, &how);
    for (size_t r = 0; r <= t->rows; r++)
        for (size_t c = 0; c <= t->columns; c++)
            t->is_shown[r * (t->columns + 1) + c] = w.published[code_of_place(&w, r, c)] >= 0;
    return true;
}
