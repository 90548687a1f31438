/* Kits as files: packed once, kept, the oldest removed when there are too many. */
#include "base/breakage.h"
#include "base/id.h"
#include "base/limits.h"
#include "command/jobs.h"
#include "kit/kit.h"
#include "web/handed.h"
#include "web/process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* The whole file or none. */
static enum kit_packed try_kit(struct arena *a, str path, str bundle)
{
    str part = arena_format(a, STR_FMT ".part", STR_ARG(path));
    int fd = open(part.p, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return KIT_NO_ROOM;
    enum kit_packed packed = kit_pack(bundle, fd);
    if (packed == KIT_PACKED && fdatasync(fd) != 0) packed = KIT_NO_ROOM;
    if (close(fd) != 0 && packed == KIT_PACKED) packed = KIT_NO_ROOM;
    if (packed == KIT_PACKED && rename(part.p, path.p) != 0) packed = KIT_NO_ROOM;
    if (packed != KIT_PACKED) unlink(part.p);
    return packed;
}

str jobs_kit(struct jobs *jobs, struct arena *a, str ask)
{
    char key[CONTENT_ID_LENGTH + 1];
    struct job_files files = process_job_files();
    str bundle = files.read_fd >= 0 ? handed_read(a, files.read_fd) : S("");
    content_id(bundle, key);
    if (bundle.n == 0 || !str_eq(ask, str_of(key))) return S("");
    str path = arena_format(a, STR_FMT "/kit-%s.zip", STR_ARG(jobs->folder), key);
    if (access(path.p, R_OK) == 0) return path;
    jobs_make_room(a, jobs->folder, S("kit-"), KITS_KEPT_MAX - 1);
    enum kit_packed packed = try_kit(a, path, bundle);
    if (packed == KIT_NO_ROOM) {
        jobs_make_room(a, jobs->folder, S("kit-"), 0); /* other kits make way */
        packed = try_kit(a, path, bundle);
    }
    switch (packed) {
    case KIT_PACKED: return path;
    case KIT_NO_ROOM: broken("the folder of kits cannot be written: %s", strerror(errno));
    case KIT_NOT_DRAWN:
        broken("a picture of a kit could not be drawn: is libpangocairo-1.0-0 installed?");
    case KIT_NOT_OURS: break;
    }
    return S("");
}
