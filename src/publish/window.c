#include "publish/window.h"

static size_t categories(const struct window *w, size_t column)
{
    return w->values[column] + 1; /* 0 is absence, whether there is such a row or not */
}

enum window_size window_open(struct window *w, struct arena *a)
{
    w->cells = w->codes = 1;
    for (size_t c = 0; c < w->columns; c++) {
        w->cells *= categories(w, c);
        w->codes *= categories(w, c) + 1;
        if (w->codes > WINDOW_CODES_MAX || w->cells > WINDOW_CELLS_MAX) return WINDOW_TOO_LARGE;
    }
    w->count = arena_new(a, uint32_t, w->cells);
    w->published = arena_new(a, int64_t, w->codes);
    for (size_t i = 0; i < w->codes; i++) w->published[i] = -1;
    return WINDOW_FITS;
}

size_t window_cell(const struct window *w, const uint16_t *category)
{
    size_t cell = 0;
    for (size_t c = w->columns; c-- > 0;) cell = cell * categories(w, c) + category[c];
    return cell;
}

size_t window_code(const struct window *w, const uint16_t *category)
{
    size_t code = 0;
    for (size_t c = w->columns; c-- > 0;) code = code * (categories(w, c) + 1) + category[c];
    return code;
}

void window_category(const struct window *w, size_t code, uint16_t *category)
{
    for (size_t c = 0; c < w->columns; c++) {
        category[c] = (uint16_t)(code % (categories(w, c) + 1));
        code /= categories(w, c) + 1;
    }
}

size_t window_length(const struct window *w, size_t code, size_t *absent)
{
    uint16_t category[WINDOW_COLUMNS_MAX];
    window_category(w, code, category);
    size_t named = 0;
    *absent = 0;
    for (size_t c = 0; c < w->columns; c++) {
        named += category[c] <= w->values[c];
        *absent += category[c] == 0;
    }
    return named;
}

void window_cell_category(const struct window *w, size_t cell, uint16_t *category)
{
    for (size_t c = 0; c < w->columns; c++) {
        category[c] = (uint16_t)(cell % categories(w, c));
        cell /= categories(w, c);
    }
}

void window_sums(const struct window *w, const double *cells, double *sums)
{
    uint16_t category[WINDOW_COLUMNS_MAX];
    memset(sums, 0, w->codes * sizeof *sums);
    for (size_t i = 0; i < w->cells; i++) {
        if (cells[i] == 0) continue;
        window_cell_category(w, i, category);
        sums[window_code(w, category)] = cells[i];
    }
    size_t stride = 1;
    for (size_t c = 0; c < w->columns; c++) {
        size_t base = categories(w, c) + 1;
        for (size_t code = 0; code < w->codes; code++) {
            if (code / stride % base != base - 1) continue;
            double sum = 0;
            for (size_t i = 1; i < base; i++) sum += sums[code - i * stride];
            sums[code] = sum;
        }
        stride *= base;
    }
}

size_t window_rows(const struct window *w)
{
    size_t n = 0;
    for (size_t i = 0; i < w->codes; i++) n += w->published[i] >= 0;
    return n;
}

bool window_is_target(const struct window *w, size_t code, double *width)
{
    if (w->published[code] >= 0) return false;
    uint16_t category[WINDOW_COLUMNS_MAX];
    window_category(w, code, category);
    size_t absent, length = window_length(w, code, &absent);
    for (size_t c = 0; c < w->columns; c++)
        if (category[c] == 0 && !w->has_absent[c]) return false;
    *width = w->width - (absent ? 1 : 0);
    return length > 0 && length <= w->length;
}
