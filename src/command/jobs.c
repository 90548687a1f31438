/* The job process: what takes longer than a page may, one after another. */
#include "base/breakage.h"
#include "base/log.h"
#include "command/kinds.h"
#include "web/coding.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

struct jobs {
    struct db *db;
    str folder;
};

static bool write_whole(const char *path, str text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    bool is_whole = true;
    for (size_t done = 0; done < text.n && is_whole;) {
        ssize_t n = write(fd, text.p + done, text.n - done);
        is_whole = n > 0;
        if (is_whole) done += (size_t)n;
    }
    if (close(fd) != 0) is_whole = false;
    if (!is_whole) unlink(path);
    return is_whole;
}

static void write_table(struct arena *a, str path, str text)
{
    str part = arena_format(a, STR_FMT ".part", STR_ARG(path));
    bool is_made = write_whole(part.p, text) && rename(part.p, path.p) == 0;
    if (!is_made) broken("the folder of tables cannot be written: %s", strerror(errno));
}

/* Removes the files of older generations of a table. */
static void forget_older(struct arena *a, str folder, const char *kind, str newest)
{
    DIR *dir = opendir(arena_z(a, folder));
    if (!dir) return;
    str head = arena_format(a, "%s-", kind);
    for (struct dirent *e; (e = readdir(dir)) != NULL;) {
        str name = str_of(e->d_name);
        str plain = str_ends(name, S(".gz")) ? str_cut(name, name.n - 3) : name;
        bool is_table = str_starts(plain, head) && plain.n == head.n + 20 && str_ends(plain, S(".csv"));
        if (is_table && !str_ends(newest, plain)) unlink(arena_format(a, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name)).p);
    }
    closedir(dir);
}

/* "table protocol": writes the table of this generation as a file unless it is there, and gives its path. */
static str make_table(struct jobs *jobs, struct arena *a, str name)
{
    const struct claim_kind *kind = claim_kind_named(name);
    if (!kind) return S("");
    db_begin_read(jobs->db);
    uint64_t generation = db_generation(jobs->db, db_topic(kind->room));
    str path = arena_format(a, STR_FMT "/%s-%016llx.csv", STR_ARG(jobs->folder), kind->name, (unsigned long long)generation);
    if (access(path.p, R_OK) != 0) {
        struct sink out;
        sink_open(&out, a, IMPORT_FILE_MAX);
        claim_export(jobs->db, kind, CLAIM_NOW, &out);
        /* The plain file comes last: where it stands, its gzip stands too. */
        write_table(a, arena_format(a, STR_FMT ".gz", STR_ARG(path)), coding_gzip(a, sink_str(&out)));
        write_table(a, path, sink_str(&out));
        forget_older(a, jobs->folder, kind->name, path);
    }
    db_commit(jobs->db);
    return path;
}

static str work(struct jobs *jobs, struct arena *a, str ask)
{
    db_use_arena(jobs->db, a);
    return str_starts(ask, S("table ")) ? make_table(jobs, a, str_from(ask, 6)) : S("");
}

static str do_job(void *self, struct arena *a, str ask)
{
    struct jobs *jobs = self;
    struct arena *before = db_arena(jobs->db);
    volatile str result = { "", 0 };
    struct landing l;
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) {
        result = work(jobs, a, ask);
    } else {
        db_rollback(jobs->db);
        log_line(LOG_BAD, "job: %s", jump == JUMP_AGAIN ? "the data stayed busy" : l.why);
    }
    landing_leave(&l);
    db_use_arena(jobs->db, before);
    return result;
}

void jobs_run(struct process *p)
{
    struct serving *s = p->self;
    struct arena life;
    arena_open(&life, IMPORT_ARENA_MAX);
    struct jobs jobs = { .db = db_open(&life, s->site.db_url, DB_SERVE), .folder = s->site.tables_folder };
    process_serve_jobs(p, do_job, &jobs);
    arena_close(&life);
}
