/* Restore: everything is read and judged beside the old data before the first byte of them is replaced. */
#include "store/backup_inside.h"

#include "base/breakage.h"
#include "store/lock.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

struct restore {
    struct arena *arena;
    const char *path;
    const struct backup_home *homes; /* as this program is set up */
    size_t n;
    struct manifest *manifest;
    size_t of[BACKUP_HOMES_MAX]; /* for each home of the backup: which of ours */
    const char *fresh[BACKUP_HOMES_MAX],
        *file[BACKUP_HOMES_MAX]; /* SQLite: extracted beside, and its place */
    struct pg_home *pg[BACKUP_HOMES_MAX];
    enum restore_answer answer;
    str why;
};

static void close_fd(void *fd)
{
    close((int)(intptr_t)fd);
}

static bool refuse(struct restore *r, enum restore_answer answer, str why)
{
    r->answer = answer;
    r->why = why;
    return false;
}

static bool damaged(struct restore *r, const char *why)
{
    return refuse(r, RESTORE_DAMAGED, arena_format(r->arena, "%s: not restored: %s", r->path, why));
}

static str read_small(struct restore *r, struct tar_in *tar)
{
    struct sink out;
    char piece[4096];
    ptrdiff_t n;
    sink_open(&out, r->arena, MANIFEST_MAX);
    while ((n = tar_read(tar, piece, sizeof piece)) > 0) put(&out, (str){ piece, (size_t)n });
    return n < 0 ? (str){ NULL, 0 } : sink_str(&out);
}

static bool read_manifest(struct restore *r, struct tar_in *tar)
{
    if (tar_next(tar) != TAR_MEMBER) return damaged(r, tar->why ? tar->why : "it is empty");
    if (strcmp(tar->member.name, "MANIFEST") != 0 || tar->left > MANIFEST_MAX)
        return damaged(r, "it does not begin with a manifest");
    str text = read_small(r, tar);
    if (!text.p) return damaged(r, tar->why);
    const char *why = manifest_read(r->arena, r->manifest, arena_str(r->arena, text));
    return why ? damaged(r, why) : true;
}

static bool is_known_step(const struct step *const *rooms, const struct manifest_step *m)
{
    for (; *rooms; rooms++)
        for (const struct step *s = *rooms; s->room; s++)
            if (s->number == m->number && str_eq(str_of(s->room), m->room))
                return str_eq(str_of(s->name), m->name);
    return false;
}

static bool match_home(struct restore *r, size_t home)
{
    const struct manifest *m = r->manifest;
    size_t i = 0;
    while (i < r->n && !str_eq(str_of(r->homes[i].name), m->home[home].name)) i++;
    if (i == r->n)
        return refuse(r, RESTORE_OTHER,
                      arena_format(r->arena,
                                   "%s: holds data of \"" STR_FMT "\", which is not set up here",
                                   r->path, STR_ARG(m->home[home].name)));
    if (m->home[home].is_sqlite != (db_sqlite_file(r->homes[i].url).n > 0))
        return refuse(
            r, RESTORE_OTHER,
            arena_format(
                r->arena, "%s: \"%s\" was %s when it was backed up; give that kind of address",
                r->path, r->homes[i].name, m->home[home].is_sqlite ? "SQLite" : "PostgreSQL"));
    r->of[home] = i;
    return true;
}

static bool match(struct restore *r)
{
    const struct manifest *m = r->manifest;
    for (size_t i = 0; i < m->homes; i++)
        for (size_t k = 0; k < i; k++)
            if (str_eq(m->home[i].name, m->home[k].name))
                return damaged(r, "a data home is in it twice");
    for (size_t i = 0; i < m->homes; i++)
        if (!match_home(r, i)) return false;
    for (size_t i = 0; i < m->steps; i++)
        if (!is_known_step(r->homes[r->of[m->step[i].home]].rooms, &m->step[i]))
            return refuse(r, RESTORE_NEWER,
                          arena_format(r->arena,
                                       "%s: made by a newer program (%s, step " STR_FMT "); "
                                       "restore it with that one",
                                       r->path, arena_z(r->arena, m->program),
                                       STR_ARG(m->step[i].name)));
    return true;
}

typedef void member_fn(struct restore *r, size_t file,
                       struct tar_in *tar); /* reads it to its end, or not at all */

/* Walks the members in the order of the manifest, and compares name, size and hash of each. */
static bool walk(struct restore *r, struct tar_in *tar, member_fn *use)
{
    char piece[1 << 16];
    for (size_t i = 0; i < r->manifest->files; i++) {
        const struct tar_member *expected = &r->manifest->file[i].member;
        if (tar_next(tar) != TAR_MEMBER)
            return damaged(r, tar->why ? tar->why : "it ends too early");
        if (strcmp(tar->member.name, expected->name) != 0 || tar->member.bytes != expected->bytes)
            return damaged(r, "its members are not those of its manifest");
        if (use) use(r, i, tar);
        ptrdiff_t n;
        while ((n = tar_read(tar, piece, sizeof piece)) > 0) {}
        if (n < 0) return damaged(r, tar->why);
        if (strcmp(tar->member.hash, expected->hash) != 0)
            return damaged(r, arena_format(r->arena, "%s in it is damaged", expected->name).p);
    }
    return tar_next(tar) == TAR_END ||
           damaged(r, tar->why ? tar->why : "something follows its last member");
}

static bool verify(struct restore *r, struct tar_in *tar)
{
    int fd = open(r->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) broken("%s: cannot be read: %s", r->path, strerror(errno));
    arena_at_end(r->arena, close_fd, (void *)(intptr_t)fd);
    tar_open(tar, fd);
    return read_manifest(r, tar) && match(r) && walk(r, tar, NULL);
}

static void extract_file(struct restore *r, size_t home, struct tar_in *tar)
{
    const char *path = r->fresh[home];
    unlink(path); /* of a restore that was killed; we hold the lock */
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) broken("%s: cannot be made: %s", path, strerror(errno));
    arena_at_end(r->arena, close_fd, (void *)(intptr_t)fd);
    file_remove_at_end(r->arena, path);
    char piece[1 << 16];
    ptrdiff_t n;
    while ((n = tar_read(tar, piece, sizeof piece)) > 0)
        for (ptrdiff_t at = 0; at < n;) {
            ssize_t done = write(fd, piece + at, (size_t)(n - at));
            if (done < 0 && errno != EINTR)
                broken("%s: cannot be written: %s; nothing was replaced", path, strerror(errno));
            if (done > 0) at += done;
        }
    if (fsync(fd) != 0)
        broken("%s: cannot be written: %s; nothing was replaced", path, strerror(errno));
}

static void extract(struct restore *r, size_t file, struct tar_in *tar)
{
    const struct manifest_file *f = &r->manifest->file[file];
    if (r->pg[f->home]) pg_home_copy_in(r->arena, r->pg[f->home], f, tar);
    else extract_file(r, f->home, tar);
}

/* Takes the lock, or opens the transaction. */
static bool begin_home(struct restore *r, size_t home)
{
    const struct backup_home *h = &r->homes[r->of[home]];
    str why;
    if (!store_lock(r->arena, h->url, true, &why)) return refuse(r, RESTORE_BUSY, why);
    if (r->manifest->home[home].is_sqlite) {
        r->file[home] = store_real_path(r->arena, db_sqlite_file(h->url)).p;
        r->fresh[home] = arena_format(r->arena, "%s.restore", r->file[home]).p;
        return true;
    }
    r->pg[home] = pg_home_open(r->arena, h->url, h->name);
    enum restore_answer answer = pg_home_begin_restore(r->arena, r->pg[home], r->manifest, home,
                                                       h->rooms, &why);
    return answer == RESTORE_YES || refuse(r, answer, why);
}

static bool judge_home(struct restore *r, size_t home)
{
    if (r->pg[home]) {
        pg_home_end_restore(r->pg[home]);
        return true;
    }
    if (access(r->fresh[home], F_OK) != 0) return damaged(r, "its data file is missing");
    const char *why = sqlite_home_judge(r->arena, r->fresh[home], r->manifest, home,
                                        r->homes[r->of[home]].rooms);
    if (why) return damaged(r, why);
    str busy;
    return sqlite_home_keep_old(r->arena, r->file[home], &busy) || refuse(r, RESTORE_BUSY, busy);
}

/* From here on only renames and commits, with a mark that keeps servers away until the last is done. */
static void replace(struct restore *r)
{
    size_t homes = r->manifest->homes;
    for (size_t i = 0; i < homes; i++)
        if (homes > 1) store_mark_restoring(r->arena, r->homes[r->of[i]].url, true);
    for (size_t i = 0; i < homes; i++) {
        if (r->pg[i]) {
            pg_home_commit(r->pg[i]);
            continue;
        }
        if (rename(r->fresh[i], r->file[i]) != 0)
            broken("%s: cannot be replaced: %s", r->file[i], strerror(errno));
        store_sync_folder(r->arena, str_of(r->file[i]));
    }
    for (size_t i = 0; i < homes; i++)
        store_mark_restoring(r->arena, r->homes[r->of[i]].url, false);
}

static bool restore(struct restore *r, struct tar_in *tar)
{
    size_t homes = r->manifest->homes;
    for (size_t i = 0; i < homes; i++)
        if (!begin_home(r, i)) return false;

    struct tar_in again;
    tar_open(&again, tar->fd);
    struct manifest *first = r->manifest;
    r->manifest = arena_new(r->arena, struct manifest, 1);
    if (!read_manifest(r, &again)) return false;
    if (!str_eq(manifest_text(r->arena, r->manifest), manifest_text(r->arena, first)))
        return damaged(r, "it changed while it was read");
    if (!walk(r, &again, extract)) return false;
    for (size_t i = 0; i < homes; i++)
        if (!judge_home(r, i)) return false;
    replace(r);
    return true;
}

static enum restore_answer run(struct arena *a, const char *path, const struct backup_home *homes,
                               size_t n, str *why, bool is_for_good)
{
    struct arena *work = arena_new(a, struct arena, 1);
    arena_open(work, BACKUP_ARENA_MAX);
    struct restore *r = arena_new(a, struct restore, 1);
    *r = (struct restore){ .arena = work,
                           .path = path,
                           .homes = homes,
                           .n = n,
                           .answer = RESTORE_YES,
                           .why = S(""),
                           .manifest = arena_new(work, struct manifest, 1) };
    struct landing l;
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) {
        struct tar_in tar;
        bool is_right = verify(r, &tar) && (!is_for_good || restore(r, &tar));
        assert(is_right == (r->answer == RESTORE_YES));
    }
    landing_leave(&l);
    *why = arena_str(a, r->why);
    enum restore_answer answer = r->answer;
    arena_close(work); /* rolls back, lets the lock go, removes what was extracted */
    if (jump == JUMP_BROKEN) broken("%s", l.why);
    if (jump == JUMP_AGAIN) broken("the data were busy; nothing was replaced; try again");
    return answer;
}

enum restore_answer backup_verify(struct arena *a, const char *file,
                                  const struct backup_home *homes, size_t n, str *why)
{
    return run(a, file, homes, n, why, false);
}

enum restore_answer backup_restore(struct arena *a, const char *file,
                                   const struct backup_home *homes, size_t n, str *why)
{
    return run(a, file, homes, n, why, true);
}
