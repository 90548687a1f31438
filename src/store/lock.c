#include "store/lock.h"

#include "base/breakage.h"
#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

static str folder_of(struct arena *a, str path)
{
    size_t n = path.n;
    while (n && path.p[n - 1] != '/') n--;
    return n ? arena_str(a, str_cut(path, n)) : S("./");
}

str store_real_path(struct arena *a, str file)
{
    char real[PATH_MAX];
    if (realpath(arena_z(a, file), real)) return arena_str(a, str_of(real));
    str folder = folder_of(a, file);
    if (!realpath(arena_z(a, folder), real))
        broken(STR_FMT ": its folder cannot be reached: %s", STR_ARG(file), strerror(errno));
    str name = str_from(file, folder.p[0] == '.' && str_find(file, '/') < 0 ? 0 : folder.n);
    return arena_format(a, "%s/" STR_FMT, strcmp(real, "/") == 0 ? "" : real, STR_ARG(name));
}

void store_sync_folder(struct arena *a, str path)
{
    str folder = folder_of(a, path);
    int fd = open(arena_z(a, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_safe = fd >= 0 && fsync(fd) == 0;
    int why = errno;
    if (fd >= 0) close(fd);
    if (!is_safe)
        broken(STR_FMT ": its folder cannot be made safe on the disk: %s", STR_ARG(path),
               strerror(why));
}

static const char *mark_path(struct arena *a, str db_url)
{
    return arena_format(a, STR_FMT ".restoring",
                        STR_ARG(store_real_path(a, db_sqlite_file(db_url))))
        .p;
}

void store_mark_restoring(struct arena *a, str db_url, bool is_on)
{
    if (!db_sqlite_file(db_url).n) return;
    const char *mark = mark_path(a, db_url);
    if (is_on) {
        int fd = open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        if (fd < 0) broken("%s: cannot be made: %s", mark, strerror(errno));
        close(fd);
    } else if (unlink(mark) != 0 && errno != ENOENT) {
        broken("%s: cannot be removed: %s", mark, strerror(errno));
    }
    store_sync_folder(a, str_of(mark));
}

static void let_go(void *fd)
{
    close((int)(intptr_t)fd);
}

/* For the message only: who has the lock. */
static void note_holder(int fd)
{
    char line[24];
    int n = snprintf(line, sizeof line, "%ld\n", (long)getpid());
    if (ftruncate(fd, 0) == 0 && pwrite(fd, line, (size_t)n, 0) != n)
        return; /* a full disk does not matter here */
}

static long read_holder(int fd)
{
    char line[24] = "";
    ssize_t n = pread(fd, line, sizeof line - 1, 0);
    return n > 0 ? strtol(line, NULL, 10) : 0;
}

bool store_lock(struct arena *life, str db_url, bool is_restore, str *why)
{
    str file = db_sqlite_file(db_url);
    *why = S("");
    if (!file.n) return true;
    file = store_real_path(life, file);
    const char *path = arena_format(life, STR_FMT ".lock", STR_ARG(file)).p;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) broken("%s: the lock cannot be made: %s", path, strerror(errno));
    arena_at_end(life, let_go, (void *)(intptr_t)fd);

    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) broken("%s: cannot be locked: %s", path, strerror(errno));
        *why = arena_format(
            life, STR_FMT ": a server or a restore is using these data (process %ld); end it first",
            STR_ARG(file), read_holder(fd));
        return false;
    }
    if (!is_restore && access(mark_path(life, db_url), F_OK) == 0) {
        *why = arena_format(life,
                            STR_FMT ": a restore was interrupted; run `blueheart restore` again",
                            STR_ARG(file));
        return false;
    }
    note_holder(fd);
    return true;
}
