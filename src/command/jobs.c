/* The job process: what takes longer than a page may, one after another. */
#include "base/breakage.h"
#include "base/day.h"
#include "base/log.h"
#include "command/jobs.h"
#include "command/kinds.h"
#include "seal/password.h"
#include "wear/wear.h"
#include "web/coding.h"
#include "web/handed.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

bool jobs_write(const char *path, str text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    bool is_whole = handed_write(fd, text);
    if (is_whole && fdatasync(fd) != 0) is_whole = false;
    if (close(fd) != 0) is_whole = false;
    if (!is_whole) unlink(path);
    return is_whole;
}

/* What a table's name says: KIND-GENERATION.csv, or KIND-GENERATION-ON-KNOWN.csv for a past day; maybe .gz. */
static bool is_of(str name, str kind, str *generation, bool *is_asked)
{
    if (str_ends(name, S(".gz"))) name = str_cut(name, name.n - 3);
    if (!str_starts(name, kind) || !str_ends(name, S(".csv"))) return false;
    name = str_from(str_cut(name, name.n - 4), kind.n);
    if (name.n < 17 || name.p[0] != '-') return false;
    *generation = str_cut(str_from(name, 1), 16);
    *is_asked = name.n > 17;
    return name.n == 17 || name.p[17] == '-';
}

struct asked {
    uint64_t bytes; /* of past days' files */
};

static uint64_t size_of(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 ? (uint64_t)about.st_size : 0;
}

/* Calls what for each file of a table in the folder. */
static void each_table(struct arena *a, str folder,
                       void (*what)(struct arena *a, const char *path, str kind, str generation,
                                    bool is_asked, void *self),
                       void *self)
{
    DIR *dir = opendir(arena_z(a, folder));
    if (!dir) return;
    for (struct dirent *e; (e = readdir(dir)) != NULL;) {
        const char *path = arena_format(a, STR_FMT "/%s", STR_ARG(folder), e->d_name).p;
        for (size_t i = 0; claim_kind_at(i); i++) {
            str generation, kind = str_of(claim_kind_at(i)->name);
            bool is_asked;
            if (is_of(str_of(e->d_name), kind, &generation, &is_asked))
                what(a, path, kind, generation, is_asked, self);
        }
    }
    closedir(dir);
}

struct newest {
    str kind, generation;
};

static void forget_if_older(struct arena *a, const char *path, str kind, str generation,
                            bool is_asked, void *self)
{
    (void)a;
    (void)is_asked;
    struct newest *n = self;
    if (str_eq(kind, n->kind) && !str_eq(generation, n->generation)) unlink(path);
}

static void add_asked(struct arena *a, const char *path, str kind, str generation, bool is_asked,
                      void *self)
{
    (void)a;
    (void)kind;
    (void)generation;
    if (is_asked) ((struct asked *)self)->bytes += size_of(path);
}

static void forget_asked(struct arena *a, const char *path, str kind, str generation, bool is_asked,
                         void *self)
{
    (void)a;
    (void)kind;
    (void)generation;
    (void)self;
    if (is_asked) unlink(path);
}

/* Makes room: older generations of this table go, and all of past days when they have grown too many. */
static void make_room(struct arena *a, str folder, const char *kind, str generation)
{
    struct newest newest = { str_of(kind), generation };
    struct asked asked = { 0 };
    each_table(a, folder, forget_if_older, &newest);
    each_table(a, folder, add_asked, &asked);
    if (asked.bytes > TABLES_ASKED_BYTES) each_table(a, folder, forget_asked, NULL);
}

static bool try_table(struct arena *a, str path, str text)
{
    str part = arena_format(a, STR_FMT ".part", STR_ARG(path));
    return jobs_write(part.p, text) && rename(part.p, path.p) == 0;
}

/* On a full disk the files of past days make way for what is asked now. */
static void write_table(struct arena *a, str folder, str path, str text)
{
    if (try_table(a, path, text)) return;
    each_table(a, folder, forget_asked, NULL);
    if (!try_table(a, path, text))
        broken("the folder of tables cannot be written: %s", strerror(errno));
}

/* The words of a job: kind, day ("-" for none), moment. */
static bool read_ask(str ask, const struct claim_kind **kind, struct claim_when *when)
{
    *kind = claim_kind_named(str_split(&ask, ' '));
    if (!*kind || !ask.p) return false;
    str on = str_split(&ask, ' ');
    when->on = str_eq(on, S("-")) ? S("") : on;
    return (when->on.n == 0 || day_is_full(when->on)) && str_to_int(ask, &when->known);
}

/* "protocol - 9007199254740990": writes the table as a file unless it is there, and gives its path. */
static str make_table(struct jobs *jobs, struct arena *a, str ask)
{
    const struct claim_kind *kind;
    struct claim_when when;
    if (!read_ask(ask, &kind, &when)) return S("");
    db_begin_read(jobs->db);
    str generation = arena_format(
        a, "%016llx", (unsigned long long)db_generation(jobs->db, db_topic(kind->room)));
    str path = arena_format(a, STR_FMT "/%s-" STR_FMT, STR_ARG(jobs->folder), kind->name,
                            STR_ARG(generation));
    bool is_of_now = when.on.n == 0 && when.known == CLAIM_NOW.known;
    if (!is_of_now) when = claim_earliest(jobs->db, kind, when);
    path = is_of_now ? arena_format(a, STR_FMT ".csv", STR_ARG(path))
                     : arena_format(a, STR_FMT "-" STR_FMT "-%lld.csv", STR_ARG(path),
                                    STR_ARG(when.on), (long long)when.known);
    if (access(path.p, R_OK) != 0) {
        struct sink out;
        sink_open(&out, a, IMPORT_FILE_MAX);
        claim_export(jobs->db, kind, when, &out);
        make_room(a, jobs->folder, kind->name, generation);
        /* The plain file comes last: where it stands, its gzip stands too. */
        write_table(a, jobs->folder, arena_format(a, STR_FMT ".gz", STR_ARG(path)),
                    coding_gzip(a, sink_str(&out)));
        write_table(a, jobs->folder, path, sink_str(&out));
    }
    db_commit(jobs->db);
    return path;
}

static str work(struct jobs *jobs, struct arena *a, str ask)
{
    db_use_arena(jobs->db, a);
    if (str_starts(ask, S("table "))) return make_table(jobs, a, str_from(ask, 6));
    if (str_starts(ask, S("picture\n"))) return jobs_picture(jobs, a, ask);
    if (str_starts(ask, S("kit "))) return jobs_kit(jobs, a, str_from(ask, 4));
    if (wear_is_ask(ask)) return jobs_wear(a, ask);
    if (str_eq(ask, S("certificate"))) return jobs_certificate(a);
    if (password_is_ask(ask)) return password_work(a, ask);
    return S("");
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
    struct jobs jobs = { .db = db_open(&life, s->site.db_url, DB_SERVE),
                         .folder = s->site.tables_folder };
    process_serve_jobs(p, do_job, &jobs);
    arena_close(&life);
}
