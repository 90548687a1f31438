/* base/records.h - the rows of a CSV file, read as a stream in bounded memory.
 *
 * Any quoting RFC 4180 knows, lines ended by CR LF, LF or CR, a byte order mark; each row is checked to be UTF-8
 * without control characters. Cells are valid until the next row. "-" is standard input.
 * Needs: csv.    Never: a second reader of CSV; the rules are csv.c's. */
#ifndef BASE_RECORDS_H
#define BASE_RECORDS_H

#include "base/csv.h"

/* What is wrong with a file somebody brought, and where. Line and column count from 1; 0: not known. */
struct complaint {
    int line, column;
    str what;
};

struct records {
    struct csv
        csv; /* .cell, .n, .line, .column of the row last read; .why and .bad_column after CSV_BAD */
    struct arena row; /* cells with doubled quotes */
    int fd;
    bool is_at_end;
    char *bytes;
    size_t room;
    uint64_t read, size; /* bytes so far, and of the whole file; size 0: not known */
};

/* Breaks in words if the file cannot be read. Closed with the arena. */
struct records *records_open(struct arena *a, const char *path, size_t columns_max);
MUST_USE enum csv_next records_next(struct records *r);
/* After CSV_BAD. */
struct complaint records_complaint(const struct records *r);
/* The place of a cell of the row last read. */
struct complaint records_at(const struct records *r, size_t cell, str what);

/* "FILE:LINE:COLUMN: what" on standard error. */
void complaint_tell(const char *file, const struct complaint *c);

#endif
