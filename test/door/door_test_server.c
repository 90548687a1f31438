/* test/door/door_test_server.c - a server with invented answers, so that the door can be pushed from outside.
 *
 *   door_test_server LISTEN [workers] [short]
 *
 * "short" makes every deadline a second or two. It prints "ready" when it listens. */
#include "base/log.h"
#include "web/handed.h"
#include "web/process.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGE_BYTES 12288
#define BIG_BYTES  (5 * 1024 * 1024)

struct fake {
    bool is_short;
    struct door_package *page, *big;
    struct arena arena;
};

static const struct door_header html_headers[] = {
    { S_CONST("Content-Type"), S_CONST("text/html; charset=utf-8") },
    { S_CONST("Last-Modified"), S_CONST("Sat, 22 Nov 2025 10:00:00 GMT") },
    { S_CONST("ETag"), S_CONST("\"abc-123\"") },
    { S_CONST("X-Content-Type-Options"), S_CONST("nosniff") },
};

static struct door_package *plain(int status, str body)
{
    const struct door_header h[] = { { S("Content-Type"), S("text/plain; charset=utf-8") } };
    return door_package(status, h, 1, body);
}

static struct door_package *filled(size_t n, char with)
{
    char *bytes = malloc(n);
    memset(bytes, with, n);
    struct door_package *p = door_package(200, html_headers, COUNT_OF(html_headers), (str){ bytes, n });
    free(bytes);
    return p;
}

static struct door_package *file_package(void)
{
    int fd = memfd_create("file", MFD_CLOEXEC);
    if (ftruncate(fd, BIG_BYTES) != 0) abort();
    return door_package_file(200, html_headers, 1, fd, BIG_BYTES);
}

static struct door_package *what_was_seen(struct fake *f, const struct door_request *rq)
{
    str all = arena_format(&f->arena,
                           "method=" STR_FMT "\npath=" STR_FMT "\nquery=" STR_FMT "\ncookie=" STR_FMT
                           "\nbody=%zu\nloopback=%d\npid=%d\n",
                           STR_ARG(rq->method), STR_ARG(rq->path), STR_ARG(rq->query), STR_ARG(rq->cookie),
                           rq->body.n, rq->is_loopback, (int)getpid());
    struct door_package *p = plain(200, all);
    arena_empty(&f->arena);
    return p;
}

static struct door_turn with_job(const struct door_request *rq, str job)
{
    if (!rq->job_result.p) return (struct door_turn){ .job = job };
    if (rq->job_result.n == 0) return (struct door_turn){ .answer = plain(503, S("the job failed\n")) };
    return (struct door_turn){ .answer = plain(200, rq->job_result) };
}

static uint64_t sum_of(str s)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < s.n; i++) sum = sum * 31 + (unsigned char)s.p[i];
    return sum;
}

static struct door_package *what_came(struct fake *f, const struct door_request *rq)
{
    struct door_package *p = plain(200, arena_format(&f->arena, "%zu bytes, sum %llu\n", rq->body.n,
                                                     (unsigned long long)sum_of(rq->body)));
    arena_empty(&f->arena);
    return p;
}

/* The body goes along in a file and comes back in one, each byte one higher; the words say by whom. */
static struct door_turn with_file(struct fake *f, const struct door_request *rq, bool is_apart)
{
    if (!rq->job_result.p)
        return (struct door_turn){ .job = S("raise"), .is_apart = is_apart, .has_file = true, .job_file = handed_make(rq->body) };
    if (rq->job_result.n == 0) return (struct door_turn){ .answer = plain(503, S("the job failed\n")) };
    struct arena whole;
    arena_open(&whole, MIB(64));
    str back = handed_read(&whole, rq->job_file);
    bool is_right = back.p && back.n == rq->body.n;
    for (size_t i = 0; i < back.n && is_right; i++) is_right = (char)(rq->body.p[i] + 1) == back.p[i];
    bool is_shut = write(rq->job_file, "x", 1) < 0;
    str words = arena_format(&f->arena, "%zu bytes %s, %s, by " STR_FMT "\n", back.n, is_right ? "raised" : "WRONG",
                             is_shut ? "shut" : "OPEN", STR_ARG(rq->job_result));
    arena_close(&whole);
    struct door_turn turn = { .answer = plain(200, words) };
    arena_empty(&f->arena);
    return turn;
}

/* Large bodies for who has the cookie, on one path. */
static size_t body_max(void *self, const struct door_request *head)
{
    if (head->cookie.n && str_has(head->path, S("/desk/"))) return BODY_DESK_MAX; /* as web grants a long text */
    (void)self;
    bool is_member = str_eq(head->cookie, S("c=member"));
    bool takes = str_eq(head->path, S("/upload")) || str_eq(head->path, S("/filejob")) || str_eq(head->path, S("/apart"));
    return is_member && takes ? UPLOAD_MAX : BODY_MAX;
}

static struct door_turn answer(void *self, const struct door_request *rq)
{
    struct fake *f = self;
    str path = rq->path;
    if (str_eq(path, S("/"))) return (struct door_turn){ .answer = door_keep(f->page) };
    if (str_eq(path, S("/big"))) return (struct door_turn){ .answer = door_keep(f->big) };
    if (str_eq(path, S("/file"))) return (struct door_turn){ .answer = file_package() };
    if (str_eq(path, S("/echo"))) return (struct door_turn){ .answer = plain(200, rq->body) };
    if (str_eq(path, S("/seen"))) return (struct door_turn){ .answer = what_was_seen(f, rq) };
    if (str_eq(path, S("/same")))
        return (struct door_turn){ .answer = door_package_unchanged(f->page, html_headers + 1, 2) };
    if (str_eq(path, S("/job"))) return with_job(rq, rq->body.n ? rq->body : S("reverse"));
    if (str_eq(path, S("/slowjob"))) return with_job(rq, S("sleep"));
    if (str_eq(path, S("/bigjob"))) return with_job(rq, S("large"));
    if (str_eq(path, S("/badjob"))) return with_job(rq, S("die"));
    if (str_eq(path, S("/upload"))) return (struct door_turn){ .answer = what_came(f, rq) };
    if (str_eq(path, S("/filejob"))) return with_file(f, rq, false);
    if (str_eq(path, S("/apart"))) return with_file(f, rq, true);
    if (str_eq(path, S("/badapart")))
        return rq->job_result.p ? (struct door_turn){ .answer = plain(503, S("the job failed\n")) }
                                : (struct door_turn){ .job = S("die"), .is_apart = true };
    if (str_eq(path, S("/none"))) return (struct door_turn){ 0 };
    if (str_eq(path, S("/stuck"))) for (;;) pause();
    return (struct door_turn){ .answer = plain(404, S("not here\n")) };
}

static void front(struct process *p)
{
    struct fake *f = p->self;
    arena_open(&f->arena, MIB(1));
    p->door.body_max = body_max;
    f->page = filled(PAGE_BYTES, 'p');
    f->big = filled(BIG_BYTES, 'b');
    if (f->is_short) {
        p->door.header_seconds = 1;
        p->door.body_seconds = p->door.idle_seconds = p->door.write_seconds = p->door.job_seconds = 2;
        p->door.upload_seconds = 4;
    }
    door_run(&p->door, answer, f, NULL);
    door_drop(f->page);
    door_drop(f->big);
    arena_close(&f->arena);
}

static str raise_all(str by, struct arena *a)
{
    struct job_files files = process_job_files();
    str bytes = handed_read(a, files.read_fd);
    if (!bytes.p) return S("");
    char *raised = arena_take(a, bytes.n + 1);
    for (size_t i = 0; i < bytes.n; i++) raised[i] = (char)(bytes.p[i] + 1);
    bool can_change_what_came = write(files.read_fd, "x", 1) > 0;
    for (size_t at = 0; at < bytes.n;) at += (size_t)write(files.write_fd, raised + at, bytes.n - at);
    return can_change_what_came ? S("") : by;
}

static str work(void *self, struct arena *a, str ask)
{
    if (str_eq(ask, S("raise"))) return raise_all(str_of(self), a);
    if (str_eq(ask, S("die"))) raise(SIGKILL);
    if (str_eq(ask, S("sleep"))) sleep(1);
    if (str_eq(ask, S("large"))) return (str){ arena_take(a, BODY_MAX), BODY_MAX };
    char *turned = arena_take(a, ask.n + 1);
    for (size_t i = 0; i < ask.n; i++) turned[i] = ask.p[ask.n - 1 - i];
    return (str){ turned, ask.n };
}

static void job(struct process *p)
{
    process_serve_jobs(p, work, (char[]){ "job" });
}

static void apart(struct process *p)
{
    process_serve_jobs(p, work, (char[]){ "apart" });
}

/* A kind that only waits, to see that it ends. */
static void idler(struct process *p)
{
    while (process_pause(p, 500)) { }
}

static void ready(void *self)
{
    (void)self;
    printf("ready\n");
    fflush(stdout);
}

int main(int argc, char **argv)
{
    struct fake f = { .is_short = argc > 3 && strcmp(argv[3], "short") == 0 };
    const struct process_kind kinds[] = {
        { .name = "front", .count = argc > 2 ? (unsigned)atoi(argv[2]) : 1, .listen = argc > 1 ? argv[1] : "",
          .asks_jobs = "job", .asks_apart = "apart", .run = front },
        { .name = "job", .count = 1, .serves_jobs = "job", .run = job },
        { .name = "apart", .count = 1, .serves_jobs = "apart", .run = apart },
        { .name = "idler", .count = 1, .run = idler },
    };
    return keeper_run(kinds, COUNT_OF(kinds), &f, ready);
}
