/* serve: the table of process kinds, and what each kind does once it stands alone. */
#include "base/breakage.h"
#include "base/clock.h"
#include "base/log.h"
#include "claim/claim.h"
#include "command/command.h"
#include "draw/draw.h"
#include "store/lock.h"
#include "web/asset.h"
#include "web/process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What every child inherits: made before the first fork, const afterwards. */
struct serving {
    const struct options *o;
    struct site site;
};

static void run_front(struct process *p)
{
    struct serving *s = p->self;
    struct arena life;
    arena_open(&life, LIFE_ARENA_MAX);
    struct site site = s->site;
    site.counts = p->door.counts;
    struct server *server = serve_open(&life, &site);
    door_run(&p->door, serve_answer, server, NULL);
    serve_close(server);
    arena_close(&life);
}

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

/* Removes the files of older generations of a table. */
static void forget_older(struct arena *a, str folder, const char *kind, str newest)
{
    DIR *dir = opendir(arena_z(a, folder));
    if (!dir) return;
    str head = arena_format(a, "%s-", kind);
    for (struct dirent *e; (e = readdir(dir)) != NULL;) {
        str name = str_of(e->d_name);
        bool is_table = str_starts(name, head) && name.n == head.n + 20 && str_ends(name, S(".csv"));
        if (is_table && !str_ends(newest, name)) unlink(arena_format(a, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name)).p);
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
        str part = arena_format(a, STR_FMT ".part", STR_ARG(path));
        bool is_made = write_whole(part.p, sink_str(&out)) && rename(part.p, path.p) == 0;
        if (!is_made) broken("the folder of tables cannot be written: %s", strerror(errno));
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

static void run_jobs(struct process *p)
{
    struct serving *s = p->self;
    struct arena life;
    arena_open(&life, IMPORT_ARENA_MAX);
    struct jobs jobs = { .db = db_open(&life, s->site.db_url, DB_SERVE), .folder = s->site.tables_folder };
    process_serve_jobs(p, do_job, &jobs);
    arena_close(&life);
}

static void say_ready(void *self)
{
    struct serving *s = self;
    log_line(LOG_NOTE, "serving http://%s/", s->o->listen);
    if (isatty(STDOUT_FILENO)) {
        printf("Blue Heart is at http://%s/\n", s->o->listen);
        fflush(stdout);
    }
}

static str absolute(struct arena *life, str path)
{
    if (str_starts(path, S("/"))) return path;
    char here[4096];
    if (!getcwd(here, sizeof here)) broken("the current folder cannot be found");
    return arena_format(life, "%s/" STR_FMT, here, STR_ARG(path));
}

static str folder_of(struct arena *life, str file)
{
    size_t n = file.n;
    while (n && file.p[n - 1] != '/') n--;
    return arena_str(life, str_cut(file, n > 1 ? n - 1 : n));
}

/* TCP port of a postgresql:// address, for the wall; 5432 where none is written. */
static uint16_t pg_port(str url)
{
    ptrdiff_t at = str_find(str_from(url, 13), '@');
    str host = str_from(url, 13 + (size_t)(at + 1));
    host = str_split(&host, '/');
    int64_t port;
    ptrdiff_t colon = str_find(host, ':');
    return colon >= 0 && str_to_int(str_from(host, (size_t)colon + 1), &port) && port > 0 && port < 65536 ? (uint16_t)port : 5432;
}

/* What front and job may touch: the data's folder and the tables; with PostgreSQL its address. */
static void open_wall(struct arena *life, struct serving *s, struct process_kind *kind)
{
    str file = db_sqlite_file(s->site.db_url);
    kind->may_write[0] = arena_z(life, s->site.tables_folder);
    if (file.n) {
        kind->may_write[1] = arena_z(life, folder_of(life, file));
        return;
    }
    kind->may_read[0] = "/etc";
    kind->may_connect[0] = pg_port(s->site.db_url);
}

static void prepare(struct arena *life, struct serving *s, const struct options *o)
{
    str file = db_sqlite_file(o->db);
    s->o = o;
    s->site.rooms = rooms;
    s->site.db_url = file.n ? arena_format(life, "sqlite:" STR_FMT, STR_ARG(absolute(life, file))) : o->db;
    s->site.tables_folder = arena_format(life, STR_FMT "/tables", STR_ARG(absolute(life, str_of(o->var))));
    s->site.metrics_token = o->token ? str_of(o->token) : S("");
    s->site.is_demonstration = true; /* until the desk can say who operates this */
    command_folder(s->site.tables_folder.p);

    struct arena look;
    arena_open(&look, LIFE_ARENA_MAX);
    struct options absolute_options = *o;
    absolute_options.db = s->site.db_url;
    command_db(&look, &absolute_options); /* says in words what is wrong, before anything starts */
    arena_close(&look);                   /* and is closed again: no connection crosses a fork */

    lang_open(life);
    asset_open(life);
    struct arena file_arena;
    arena_open(&file_arena, IMPORT_FILE_MAX);
    draw_open(life, command_read_file(&file_arena, arena_format(life, "%s/world.csv", o->data).p));
    arena_close(&file_arena);
}

int command_serve(struct arena *life, const struct options *o)
{
    static struct serving s;
    str why;
    if (!store_lock(life, o->db, false, &why)) {
        fprintf(stderr, "blueheart: " STR_FMT "\n", STR_ARG(why));
        return 1;
    }
    prepare(life, &s, o);
    struct process_kind kinds[] = {
        { .name = "front", .count = o->workers, .listen = o->listen, .asks_jobs = "job", .run = run_front },
        { .name = "job", .count = 1, .serves_jobs = "job", .run = run_jobs },
    };
    open_wall(life, &s, &kinds[0]);
    open_wall(life, &s, &kinds[1]);
    return keeper_run(kinds, COUNT_OF(kinds), &s, say_ready);
}
