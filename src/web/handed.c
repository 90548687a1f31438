#include "web/handed.h"

#include "base/breakage.h"
#include "base/limits.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool handed_write(int fd, str bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n <= 0) return false;
        bytes = str_from(bytes, (size_t)n);
    }
    return true;
}

int handed_make(str bytes)
{
    int fd = bytes.n <= JOB_FILE_MAX ? memfd_create("bytes", MFD_CLOEXEC | MFD_ALLOW_SEALING) : -1;
    int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    if (fd >= 0 && handed_write(fd, bytes) && lseek(fd, 0, SEEK_SET) == 0 &&
        fcntl(fd, F_ADD_SEALS, seals) == 0)
        return fd;
    if (fd >= 0) close(fd);
    broken("%zu bytes could not be handed to a job", bytes.n);
}

/* Copied out, not mapped: what was read once cannot become something else. */
str handed_read(struct arena *a, int fd)
{
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0 || about.st_size < 0 ||
        (size_t)about.st_size > JOB_FILE_MAX)
        return (str){ NULL, 0 };
    size_t n = (size_t)about.st_size;
    char *bytes = arena_take(a, n + 1);
    for (size_t at = 0; at < n;) {
        ssize_t got = pread(fd, bytes + at, n - at, (off_t)at);
        if (got <= 0) return (str){ NULL, 0 };
        at += (size_t)got;
    }
    return (str){ bytes, n };
}
