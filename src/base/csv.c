#include "base/csv.h"

void csv_open(struct csv *in, struct arena *a, str text)
{
    csv_open_wide(in, a, text, CSV_COLUMNS_MAX);
}

void csv_open_wide(struct csv *in, struct arena *a, str text, size_t columns_max)
{
    *in = (struct csv){ .arena = a,
                        .rest = text,
                        .next_line = 1,
                        .cell = arena_new(a, str, columns_max),
                        .column = arena_new(a, int, columns_max),
                        .columns_max = (int)columns_max };
    if (str_starts(text, S("\xef\xbb\xbf"))) in->rest = str_from(text, 3); /* a byte order mark */
}

static enum csv_next bad(struct csv *in, const char *why, int column)
{
    in->why = why;
    in->bad_column = column;
    in->is_cut = false;
    return CSV_BAD;
}

static bool next_is(const struct csv *in, char c)
{
    return in->rest.n && in->rest.p[0] == c;
}

/* The end of a quoted cell that begins after its quote; counts doubled quotes and lines inside. */
static bool quoted_end(str s, size_t *end, size_t *doubled, int *lines)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\n') ++*lines;
        if (s.p[i] != '"') continue;
        if (i + 1 < s.n && s.p[i + 1] == '"') {
            ++*doubled;
            i++;
            continue;
        }
        *end = i;
        return true;
    }
    return false;
}

static str without_doubles(struct arena *a, str s, size_t doubled)
{
    if (doubled == 0) return s;
    char *copy = arena_take(a, s.n - doubled + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        copy[n++] = s.p[i];
        if (s.p[i] == '"') i++;
    }
    return (str){ copy, n };
}

static size_t plain_end(str s)
{
    size_t i = 0;
    while (i < s.n && s.p[i] != ',' && s.p[i] != '\n' && s.p[i] != '\r' && s.p[i] != '"') i++;
    return i;
}

/* Reads one cell and leaves `rest` at what follows it. */
static enum csv_next read_cell(struct csv *in, int column)
{
    if (in->n == in->columns_max) return bad(in, "too many columns", column);
    size_t end = 0, doubled = 0;
    str cell;
    if (next_is(in, '"')) {
        str inside = str_from(in->rest, 1);
        if (!quoted_end(inside, &end, &doubled, &in->next_line)) {
            (void)bad(in, "a quote is opened and never closed", column);
            in->is_cut = true;
            return CSV_BAD;
        }
        cell = without_doubles(in->arena, str_cut(inside, end), doubled);
        end += 2;
    } else {
        end = plain_end(in->rest);
        cell = str_cut(in->rest, end);
    }
    if (cell.n > CSV_CELL_MAX) return bad(in, "the cell is too long", column);
    in->cell[in->n] = cell;
    in->column[in->n++] = column;
    in->rest = str_from(in->rest, end);
    return CSV_ROW;
}

enum csv_next csv_next(struct csv *in)
{
    in->line = in->next_line;
    in->n = 0;
    if (in->rest.n == 0) return CSV_END;

    const char *line_start = in->rest.p;
    for (;;) {
        int column = (int)(in->rest.p - line_start) + 1;
        if (read_cell(in, column) == CSV_BAD) return CSV_BAD;
        if (next_is(in, ',')) {
            in->rest = str_from(in->rest, 1);
            continue;
        }
        if (str_starts(in->rest, S("\r\n"))) in->rest = str_from(in->rest, 1);
        if (in->rest.n == 0) return CSV_ROW;
        column = (int)(in->rest.p - line_start) + 1;
        if (!next_is(in, '\n') && !next_is(in, '\r')) /* old spreadsheets end lines with CR alone */
            return bad(in, "expected a comma or the end of the line here", column);
        in->rest = str_from(in->rest, 1);
        in->next_line++;
        return CSV_ROW;
    }
}
