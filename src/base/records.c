#include "base/records.h"

#include "base/breakage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void close_records(void *self)
{
    struct records *r = self;
    if (r->fd != STDIN_FILENO) close(r->fd);
    arena_close(&r->row);
}

struct records *records_open(struct arena *a, const char *path, size_t columns_max)
{
    struct records *r = arena_new(a, struct records, 1);
    r->room = RECORDS_BUFFER;
    r->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (r->fd < 0) broken("%s: cannot be read: %s", path, strerror(errno));
    arena_open(&r->row, RECORD_MAX * 2);
    arena_at_end(a, close_records, r);
    struct stat about;
    if (fstat(r->fd, &about) != 0 || S_ISDIR(about.st_mode)) broken("%s: is not a file", path);
    if (S_ISREG(about.st_mode)) r->size = (uint64_t)about.st_size;
    r->bytes = arena_take(a, r->room);
    csv_open_wide(&r->csv, a, S(""), columns_max);
    r->csv.arena = &r->row;
    r->csv.rest = (str){ r->bytes, 0 };
    return r;
}

/* Moves what is not read yet to the front and reads on. */
static void refill(struct records *r, str rest)
{
    memmove(r->bytes, rest.p, rest.n);
    size_t n = rest.n;
    while (n < r->room && !r->is_at_end) {
        ssize_t got = read(r->fd, r->bytes + n, r->room - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) broken("the file cannot be read to its end: %s", strerror(errno));
        if (got == 0) r->is_at_end = true;
        n += (size_t)got;
        r->read += (size_t)got;
    }
    size_t mark = r->read == n && n >= 3 && memcmp(r->bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    r->csv.rest = (str){ r->bytes + mark, n - mark };
}

static enum csv_next bad(struct records *r, const char *why, int column)
{
    r->csv.why = why;
    r->csv.bad_column = column;
    return CSV_BAD;
}

static enum csv_next checked(struct records *r)
{
    for (int i = 0; i < r->csv.n; i++) {
        if (!str_is_utf8(r->csv.cell[i])) return bad(r, "this is not UTF-8", r->csv.column[i]);
        if (str_has_control(r->csv.cell[i]))
            return bad(r, "a control character stands here", r->csv.column[i]);
    }
    return CSV_ROW;
}

enum csv_next records_next(struct records *r)
{
    for (bool is_second = false;; is_second = true) {
        str before = r->csv.rest;
        int line = r->csv.next_line;
        arena_empty(&r->row);
        enum csv_next is = csv_next(&r->csv);
        if (r->is_at_end || (r->csv.rest.n > 0 && is == CSV_ROW))
            return is == CSV_ROW ? checked(r) : is;
        /* A complaint about something in the middle stands; the row may also have been cut by our buffer. */
        bool was_cut = is != CSV_BAD || r->csv.is_cut;
        if (!was_cut) return is;
        if (is_second) return bad(r, "the row is too long", 1);
        r->csv.next_line = line;
        refill(r, before);
    }
}

struct complaint records_complaint(const struct records *r)
{
    return (struct complaint){ r->csv.line, r->csv.bad_column, str_of(r->csv.why) };
}

struct complaint records_at(const struct records *r, size_t cell, str what)
{
    int column = cell < (size_t)r->csv.n ? r->csv.column[cell] : 1;
    return (struct complaint){ r->csv.line, column, what };
}

void complaint_tell(const char *file, const struct complaint *c)
{
    fprintf(stderr, "blueheart: %s", file);
    if (c->line) fprintf(stderr, ":%d", c->line);
    if (c->column) fprintf(stderr, ":%d", c->column);
    fprintf(stderr, ": " STR_FMT "\n", STR_ARG(c->what));
}
