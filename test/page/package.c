/* Packages without a socket: what the page tests look at instead of bytes on a wire. */
#include "test/page/package.h"

#include <stdlib.h>
#include <unistd.h>

struct door_package {
    int references;
    struct shown_package shown;
};

static char *copy(str s)
{
    char *p = malloc(s.n + 1);
    if (s.n) memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return p;
}

struct door_package *door_package(int status, const struct door_header *headers, size_t n, str body)
{
    struct door_package *p = calloc(1, sizeof *p);
    p->references = 1;
    p->shown.status = status;
    p->shown.body = (str){ copy(body), body.n };
    for (size_t i = 0; i < n && i < COUNT_OF(p->shown.header); i++) {
        p->shown.header[i] = (struct door_header){ { copy(headers[i].name), headers[i].name.n }, { copy(headers[i].value), headers[i].value.n } };
        p->shown.headers_n++;
    }
    return p;
}

struct door_package *door_package_unchanged(const struct door_package *of, const struct door_header *headers, size_t n)
{
    (void)of;
    return door_package(304, headers, n, S(""));
}

struct door_package *door_package_file(int status, const struct door_header *headers, size_t n, int fd, uint64_t size)
{
    char *text = malloc(size + 1);
    ssize_t got = pread(fd, text, size, 0);
    close(fd);
    struct door_package *p = door_package(status, headers, n, (str){ text, got > 0 ? (size_t)got : 0 });
    free(text);
    return p;
}

struct door_package *door_keep(struct door_package *p)
{
    p->references++;
    return p;
}

void door_drop(struct door_package *p)
{
    if (--p->references) return;
    for (size_t i = 0; i < p->shown.headers_n; i++) {
        free((char *)(uintptr_t)p->shown.header[i].name.p);
        free((char *)(uintptr_t)p->shown.header[i].value.p);
    }
    free((char *)(uintptr_t)p->shown.body.p);
    free(p);
}

size_t door_package_bytes(const struct door_package *p)
{
    return sizeof *p + p->shown.body.n;
}

const struct shown_package *package_shown(const struct door_package *p)
{
    return &p->shown;
}
