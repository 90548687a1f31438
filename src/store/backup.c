#include "store/backup.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "store/backup_inside.h"
#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct backup {
    struct arena *arena;
    const char *file, *part;
    int fd;
    const struct backup_home *homes;
    size_t n;
    struct pg_home *pg[BACKUP_HOMES_MAX];
    const char *snapshot[BACKUP_HOMES_MAX]; /* of a SQLite home */
    struct manifest *manifest;
    bool is_done;
};

static void close_fd(void *fd)
{
    close((int)(intptr_t)fd);
}

/* Once it has its name, another backup may already be writing a new FILE.part. */
static void remove_part(void *self)
{
    const struct backup *b = self;
    if (!b->is_done) unlink(b->part);
}

/* FILE.part, ours alone: what an earlier, killed backup left there is overwritten, one that runs is not. */
static void open_part(struct backup *b)
{
    struct stat of_fd, of_path;
    b->fd = open(b->part, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (b->fd < 0) broken("%s: cannot be made: %s", b->part, strerror(errno));
    arena_at_end(b->arena, close_fd, (void *)(intptr_t)b->fd);
    bool is_ours = flock(b->fd, LOCK_EX | LOCK_NB) == 0 && fstat(b->fd, &of_fd) == 0 &&
                   stat(b->part, &of_path) == 0 && of_fd.st_ino == of_path.st_ino;
    if (!is_ours) broken("%s: another backup is being written there", b->part);
    arena_at_end(b->arena, remove_part, b);
    if (fchmod(b->fd, 0600) != 0 || ftruncate(b->fd, 0) != 0)
        broken("%s: cannot be written: %s", b->part, strerror(errno));
}

/* The moment of each home: a copy of a SQLite file, an open snapshot of PostgreSQL. */
static void take_snapshot(struct backup *b, size_t home)
{
    struct arena *a = b->arena;
    struct manifest *m = b->manifest;
    const struct backup_home *h = &b->homes[home];
    m->home[home].name = str_of(h->name);
    m->home[home].is_sqlite = db_sqlite_file(h->url).n > 0;
    m->homes++;
    if (!m->home[home].is_sqlite) {
        b->pg[home] = pg_home_open(a, h->url, h->name);
        pg_home_snapshot(a, b->pg[home], m, home);
        return;
    }
    b->snapshot[home] = sqlite_home_snapshot(a, h->url,
                                             arena_format(a, "%s-%s", b->part, h->name).p);
    struct db *copy = db_open(a, arena_format(a, "sqlite:%s", b->snapshot[home]), DB_LOOK);
    manifest_take_steps(m, home, copy);
    db_close(copy);
    manifest_add_file(m, home, arena_format(a, "%s/" SQLITE_MEMBER, h->name), S("-"));
}

static void copy_file(struct arena *a, struct tar_out *tar, const char *path)
{
    char piece[1 << 16];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) broken("%s: cannot be read: %s", path, strerror(errno));
    arena_at_end(a, close_fd, (void *)(intptr_t)fd);
    ssize_t n;
    while ((n = read(fd, piece, sizeof piece)) > 0) tar_put(tar, (str){ piece, (size_t)n });
    if (n < 0) broken("%s: cannot be read", path);
}

static void write_members(struct backup *b)
{
    struct tar_out tar;
    struct manifest *m = b->manifest;
    tar_create(&tar, b->fd, b->file);
    tar_begin(&tar, S("MANIFEST"));
    tar_put(&tar, manifest_text(b->arena, m)); /* its hashes follow */
    tar_end(&tar);
    for (size_t i = 0; i < m->files; i++) {
        struct manifest_file *f = &m->file[i];
        tar_begin(&tar, str_of(f->member.name));
        if (b->snapshot[f->home]) copy_file(b->arena, &tar, b->snapshot[f->home]);
        else pg_home_copy_out(b->pg[f->home], f, &tar);
        f->member = tar_end(&tar);
    }
    tar_first_again(&tar, manifest_text(b->arena, m));
    tar_finish(&tar);
}

static void write_backup(struct backup *b)
{
    open_part(b);
    for (size_t i = 0; i < b->n; i++) take_snapshot(b, i);
    write_members(b);
    if (rename(b->part, b->file) != 0)
        broken("%s: cannot be given its name: %s", b->file, strerror(errno));
    b->is_done = true;
    store_sync_folder(b->arena, str_of(b->file));
}

void backup_write(struct arena *a, const char *file, const struct backup_home *homes, size_t n,
                  str program, ms now)
{
    char made[MOMENT_TEXT];
    if (n > BACKUP_HOMES_MAX) broken("a backup holds at most %d data homes", BACKUP_HOMES_MAX);
    moment_text(now, made);
    struct arena *work = arena_new(a, struct arena, 1);
    arena_open(work, BACKUP_ARENA_MAX);
    struct backup *b = arena_new(a, struct backup, 1);
    *b = (struct backup){ .arena = work,
                          .file = file,
                          .part = arena_format(a, "%s.part", file).p,
                          .homes = homes,
                          .n = n,
                          .manifest = arena_new(a, struct manifest, 1) };
    b->manifest->program = program;
    b->manifest->made = arena_str(a, str_of(made));

    struct landing l;
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) write_backup(b);
    landing_leave(&l);
    arena_close(work); /* closes and removes what was half done */
    if (jump == JUMP_BROKEN) broken("%s", l.why);
    if (jump == JUMP_AGAIN) broken("%s: the data were busy; try again", file);
}
