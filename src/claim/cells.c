#include "claim/cells.h"

int cells_columns(const struct claim_kind *kind)
{
    int n = 0;
    while (kind->columns[n].name) n++;
    return n;
}

int cells_split(str packed, const struct claim_kind *kind, str *cell)
{
    int n = cells_columns(kind);
    for (int i = 0; i < n; i++) {
        cell[i] = packed.p ? str_split(&packed, CELLS_BETWEEN) : S("");
    }
    return n;
}

str cells_pack(struct arena *a, const str *cell, int n)
{
    size_t bytes = 0;
    for (int i = 0; i < n; i++) bytes += cell[i].n + 1;
    char *p = arena_take(a, bytes), *at = p;
    for (int i = 0; i < n; i++) {
        if (cell[i].n) memcpy(at, cell[i].p, cell[i].n);
        at += cell[i].n;
        *at++ = CELLS_BETWEEN;
    }
    return (str){ p, bytes - 1 };
}

int cells_compare(str a, str b)
{
    while (a.p && b.p) {
        int order = str_cmp(str_split(&a, CELLS_BETWEEN), str_split(&b, CELLS_BETWEEN));
        if (order) return order;
    }
    return (a.p != NULL) - (b.p != NULL);
}

void cells_write(struct sink *out, str packed)
{
    for (bool is_first = true; packed.p; is_first = false) {
        if (!is_first) put_char(out, ',');
        csv_cell(out, str_split(&packed, CELLS_BETWEEN));
    }
    put_char(out, '\n');
}
