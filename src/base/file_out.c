#include "base/file_out.h"

#include "base/breakage.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define BYTES     ((size_t)64 * 1024)
#define LINKS_MAX 40 /* symbolic links that are followed, as the kernel does */
#define TRIES     100

static void drop(void *self)
{
    struct file_out *f = self;
    if (f->fd > STDOUT_FILENO) close(f->fd);
    if (f->temporary) unlink(f->temporary);
    f->temporary = NULL;
    f->fd = -1;
}

static _Noreturn void cannot(const struct file_out *f)
{
    broken("%s: cannot be written: %s", f->path, strerror(errno));
}

/* The folder a name stands in, with the slash: "" is here. */
static const char *folder_of(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_z(a, (str){ path, (size_t)(slash - path) + 1 }) : "";
}

/* A name in a folder of /proc that stands for an open file: our own is doubled, so that its place in the file is kept. */
static int open_descriptor(const char *folder, const char *name)
{
    char own[64];
    int64_t n;
    snprintf(own, sizeof own, "/proc/%d/fd", (int)getpid());
    if (strcmp(folder, own) == 0 && str_to_int(str_of(name), &n) && n >= 0 && n <= INT32_MAX)
        return fcntl((int)n, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    errno = EACCES; /* of another process: nobody means that */
    return -1;
}

/* Where the file is to be in the end; NULL if f->fd is open on something that is written to as it is. */
static const char *find_place(struct arena *a, struct file_out *f)
{
    const char *path = f->path;
    struct stat about;
    for (int i = 0; i < LINKS_MAX; i++) {
        if (lstat(path, &about) != 0 || S_ISREG(about.st_mode)) return path;
        const char *folder = folder_of(a, path);
        if (!S_ISLNK(about.st_mode)) {
            f->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
            if (f->fd < 0) cannot(f);
            return NULL;
        }
        char real[PATH_MAX], target[PATH_MAX];
        if (!realpath(*folder ? folder : ".", real)) cannot(f);
        if (str_starts(str_of(real), S("/proc/"))) {
            f->fd = open_descriptor(real, path + strlen(folder));
            if (f->fd < 0) cannot(f);
            return NULL;
        }
        ssize_t n = readlink(path, target, sizeof target - 1);
        if (n < 0) cannot(f);
        target[n] = 0;
        path = arena_z(a, arena_format(a, "%s%s", *target == '/' ? "" : folder, target));
    }
    errno = ELOOP;
    cannot(f);
}

struct file_out *file_out_open(struct arena *a, const char *path)
{
    struct file_out *f = arena_new(a, struct file_out, 1);
    *f = (struct file_out){
        .fd = STDOUT_FILENO, .arena = a, .path = path, .bytes = arena_take(a, BYTES)
    };
    if (strcmp(path, "-") == 0) return f;
    f->place = find_place(a, f);
    arena_at_end(a, drop, f);
    if (!f->place) return f;
    const char *folder = folder_of(a, f->place);
    /* Without /proc it could not be named in the end. */
    if (access("/proc/self/fd", X_OK) == 0) {
        f->fd = open(*folder ? folder : ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
        if (f->fd >= 0) return f;
    }
    str name = arena_format(a, "%s.XXXXXX", f->place);
    char *temporary = arena_take(a, name.n + 1);
    memcpy(temporary, name.p, name.n);
    f->fd = mkostemp(temporary, O_CLOEXEC);
    if (f->fd < 0) cannot(f);
    f->temporary = temporary;
    return f;
}

static void write_all(struct file_out *f, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t wrote = write(f->fd, p, n);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) cannot(f);
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

/* Only what has a name can take another's place at once. */
static void name_it(struct file_out *f)
{
    struct arena *a = f->arena;
    const char *from = arena_z(a, arena_format(a, "/proc/self/fd/%d", f->fd));
    for (int i = 0; i < TRIES; i++) {
        uint32_t chance;
        randombytes_buf(&chance, sizeof chance);
        const char *name = arena_z(a, arena_format(a, "%s.%06x", f->place, chance & 0xffffff));
        if (linkat(AT_FDCWD, from, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0) {
            f->temporary = name;
            return;
        }
        if (errno != EEXIST) cannot(f);
    }
    cannot(f);
}

void file_out_done(struct file_out *f)
{
    flush(f);
    if (!f->place) return;
    if (fsync(f->fd) != 0) cannot(f);
    if (!f->temporary) name_it(f);
    if (rename(f->temporary, f->place) != 0) cannot(f);
    f->temporary = NULL;
    close(f->fd);
    f->fd = -1;
    sync_folder(f->place);
    f->place = NULL;
}
