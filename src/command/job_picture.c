/* Pictures of pages: drawn once, kept as files, the oldest removed when there are too many. */
#include "base/breakage.h"
#include "base/limits.h"
#include "base/log.h"
#include "command/jobs.h"
#include "draw/picture.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOOK_EVERY 64 /* pictures made between two looks at how many there are */

struct kept {
    const char *path;
    ms made;
};

struct pictures {
    struct kept *at;
    size_t n, room;
};

static void note(struct arena *a, struct pictures *all, const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0) return;
    if (all->n == all->room) {
        size_t room = all->room ? all->room * 2 : 1024;
        struct kept *wider = arena_new(a, struct kept, room);
        if (all->n) memcpy(wider, all->at, all->n * sizeof *wider);
        all->at = wider;
        all->room = room;
    }
    all->at[all->n++] = (struct kept){ path, (ms)about.st_mtim.tv_sec * 1000 +
                                                 about.st_mtim.tv_nsec / 1000000 };
}

static struct pictures pictures_in(struct arena *a, str folder, str named)
{
    struct pictures all = { 0 };
    DIR *dir = opendir(arena_z(a, folder));
    if (!dir) return all;
    for (struct dirent *e; (e = readdir(dir)) != NULL;)
        if (str_starts(str_of(e->d_name), named))
            note(a, &all, arena_format(a, STR_FMT "/%s", STR_ARG(folder), e->d_name).p);
    closedir(dir);
    return all;
}

static int by_age(const void *a, const void *b)
{
    const struct kept *x = a, *y = b;
    return (x->made > y->made) - (x->made < y->made);
}

void jobs_make_room(struct arena *a, str folder, str named, size_t most)
{
    struct pictures all = pictures_in(a, folder, named);
    if (all.n <= most) return;
    qsort(all.at, all.n, sizeof *all.at, by_age);
    size_t fewer = all.n - most + most / 4;
    for (size_t i = 0; i < fewer && i < all.n; i++) unlink(all.at[i].path);
}

static bool keep(struct arena *a, str path, str png)
{
    str part = arena_format(a, STR_FMT ".part", STR_ARG(path));
    return jobs_write(part.p, png) && rename(part.p, path.p) == 0;
}

str jobs_picture(struct jobs *jobs, struct arena *a, str ask)
{
    static unsigned made;
    struct picture p;
    int unknown;
    if (!picture_read(ask, &p)) return S("");
    str path = arena_format(a, STR_FMT "/" STR_FMT, STR_ARG(jobs->folder),
                            STR_ARG(picture_file(a, ask)));
    if (access(path.p, R_OK) == 0) return path;
    if (made++ % LOOK_EVERY == 0)
        jobs_make_room(a, jobs->folder, S("picture-"), PICTURES_KEPT_MAX - LOOK_EVERY);

    str png = draw_picture(a, &p, &unknown);
    if (png.n == 0) broken("pictures cannot be drawn here: libpangocairo-1.0-0 is not installed");
    if (png.n > PICTURE_BYTES_MAX) broken("a picture has %zu bytes, more than is kept", png.n);
    if (unknown)
        log_line(LOG_NOTE, "a picture has no words: the fonts lack %d letters of " STR_FMT, unknown,
                 STR_ARG(p.lang));
    if (keep(a, path, png)) return path;
    jobs_make_room(a, jobs->folder, S("picture-"),
                   0); /* on a full disk they make way for others, too */
    if (!keep(a, path, png))
        broken("the folder of pictures cannot be written: %s", strerror(errno));
    return path;
}
