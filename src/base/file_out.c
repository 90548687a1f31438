#include "base/file_out.h"

#include "base/breakage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define BYTES ((size_t)64 * 1024)

static void drop(void *self)
{
    struct file_out *f = self;
    if (f->fd > STDOUT_FILENO) close(f->fd);
    if (f->temporary) unlink(f->temporary);
    f->temporary = NULL;
    f->fd = -1;
}

struct file_out *file_out_open(struct arena *a, const char *path)
{
    struct file_out *f = arena_new(a, struct file_out, 1);
    *f = (struct file_out){ .fd = STDOUT_FILENO, .path = path, .bytes = arena_take(a, BYTES) };
    if (strcmp(path, "-") == 0) return f;
    /* A pipe or a device is written to; renaming would put a file in its place. */
    struct stat about;
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode)) {
        f->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (f->fd < 0) broken("%s: cannot be written: %s", path, strerror(errno));
        arena_at_end(a, drop, f);
        return f;
    }
    str name = arena_format(a, "%s.XXXXXX", path);
    char *temporary = arena_take(a, name.n + 1);
    memcpy(temporary, name.p, name.n);
    f->fd = mkostemp(temporary, O_CLOEXEC);
    if (f->fd < 0) broken("%s: cannot be written: %s", path, strerror(errno));
    f->temporary = temporary;
    arena_at_end(a, drop, f);
    return f;
}

static void write_all(struct file_out *f, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t wrote = write(f->fd, p, n);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) broken("%s: cannot be written: %s", f->path, strerror(errno));
        p += wrote;
        n -= (size_t)wrote;
    }
}

static void flush(struct file_out *f)
{
    write_all(f, f->bytes, f->n);
    f->n = 0;
}

void file_out_put(struct file_out *f, str s)
{
    if (f->n + s.n > BYTES) flush(f);
    if (s.n > BYTES) {
        write_all(f, s.p, s.n);
        return;
    }
    if (s.n) memcpy(f->bytes + f->n, s.p, s.n);
    f->n += s.n;
}

/* The name reaches the disk with the folder. */
static void sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char folder[4096] = ".";
    if (slash) snprintf(folder, sizeof folder, "%.*s", (int)(slash - path) + 1, path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    (void)!fsync(fd);
    close(fd);
}

void file_out_done(struct file_out *f)
{
    flush(f);
    if (!f->temporary) return;
    if (fsync(f->fd) != 0) broken("%s: cannot be written: %s", f->path, strerror(errno));
    if (rename(f->temporary, f->path) != 0)
        broken("%s: cannot be written: %s", f->path, strerror(errno));
    close(f->fd);
    f->fd = -1;
    f->temporary = NULL;
    sync_folder(f->path);
}
