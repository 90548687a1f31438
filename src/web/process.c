#include "web/process_inside.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"

#include <assert.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define KILL_AFTER_MS ((DRAIN_SECONDS + 2) * 1000)

static int64_t now_ms(void)
{
    return clock_ticks_us() / 1000;
}

/* ---- the table ---- */

static struct door_counts *counts_make(void)
{
    struct door_counts *counts = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE,
                                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    uint64_t salt = 0;
    if (counts == MAP_FAILED || getrandom(&salt, sizeof salt, 0) != (ssize_t)sizeof salt)
        return NULL;
    counts->salt = salt;
    return counts;
}

static bool places_make(struct keeper *k, struct arena *a)
{
    for (size_t i = 0; i < k->kinds_n; i++) k->places_n += k->kinds[i].count;
    k->places = arena_new(a, struct place, k->places_n);
    struct place *next = k->places;
    for (size_t i = 0; i < k->kinds_n; i++) {
        assert(k->kinds[i].count <= WORKERS_MAX);
        if (k->kinds[i].count == 0) continue;
        struct door_counts *counts = counts_make();
        if (!counts) return false;
        for (unsigned number = 0; number < k->kinds[i].count; number++)
            *next++ = (struct place){ .kind = &k->kinds[i],
                                      .number = number,
                                      .listen_fd = -1,
                                      .lines = { { -1, -1, NULL }, { -1, -1, NULL } },
                                      .counts = counts };
    }
    return true;
}

static struct place *server_for(struct keeper *k, const struct place *asker, const char *jobs)
{
    for (size_t i = 0; i < k->places_n; i++) {
        const struct process_kind *kind = k->places[i].kind;
        if (kind->serves_jobs && str_eq(str_of(kind->serves_jobs), str_of(jobs)))
            return &k->places[i + asker->number % kind->count];
    }
    return NULL;
}

static bool connect_line(struct keeper *k, const struct place *asker, const char *jobs,
                         struct line *line)
{
    int ends[2];
    if (!jobs) return true;
    line->server = server_for(k, asker, jobs);
    if (!line->server || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    line->ask_fd = ends[0];
    line->serve_fd = ends[1];
    return true;
}

/* Both ends stay open here, so that they outlive either process and go to its replacement. */
static bool connections_make(struct keeper *k)
{
    for (size_t i = 0; i < k->places_n; i++) {
        struct place *p = &k->places[i];
        if (!connect_line(k, p, p->kind->asks_jobs, &p->lines[LINE_USUAL]) ||
            !connect_line(k, p, p->kind->asks_apart, &p->lines[LINE_APART]))
            return false;
    }
    return true;
}

/* ---- starting and replacing ---- */

static void place_start(struct keeper *k, struct place *p)
{
    p->started_ms = now_ms();
    fflush(NULL); /* or the child would print it once more */
    pid_t pid = fork();
    if (pid == 0) child_run(k, p);
    if (pid < 0) {
        log_line(LOG_BAD, "no new process can be started now");
        p->start_due_ms = p->started_ms + WAIT_MOST_MS;
        return;
    }
    p->pid = pid;
}

/* What a dead job process left: the asks nobody will answer are taken back, and whoever waits is told, by the
 * number 0, not to wait longer. A job that kills its process is therefore not tried again. */
static void asks_take_back(struct keeper *k, const struct place *server)
{
    static char thrown_away[256 * 1024];
    const uint64_t nobody = 0;
    for (size_t i = 0; i < k->places_n * JOB_LINES; i++) {
        const struct line *line = &k->places[i / JOB_LINES].lines[i % JOB_LINES];
        if (line->server != server) continue;
        /* descriptors that came along are closed by the kernel, as no room is given for them */
        while (recv(line->serve_fd, thrown_away, sizeof thrown_away, MSG_DONTWAIT) > 0) {}
        send(line->serve_fd, &nobody, sizeof nobody, MSG_DONTWAIT | MSG_NOSIGNAL);
    }
    explicit_bzero(thrown_away, sizeof thrown_away);
}

/* What it had counted is not counted any more; as nobody knows which addresses were its own, all begin anew. */
static void counts_repair(struct place *p)
{
    p->counts->restarts++;
    p->counts->open[p->number] = 0;
    for (size_t i = 0; i < COUNT_OF(p->counts->per_address); i++) p->counts->per_address[i] = 0;
}

static void say_why_it_ended(const struct place *p, int status)
{
    char name[24];
    place_name(p, name);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        log_line(LOG_BAD, "%s was stuck in a page for %d seconds and was ended", name,
                 PAGE_SECONDS);
    else if (WIFSIGNALED(status))
        log_line(LOG_BAD, "%s was ended by signal %d", name, WTERMSIG(status));
    else log_line(LOG_BAD, "%s ended by itself with %d", name, WEXITSTATUS(status));
}

static void place_ended(struct keeper *k, struct place *p, int status)
{
    p->pid = 0;
    if (p->kind->serves_jobs) asks_take_back(k, p);
    if (k->is_ending && status == 0) return;

    say_why_it_ended(p, status);
    if (k->is_ending) {
        k->has_bad_end = true;
        return;
    }
    counts_repair(p);
    bool has_lived = now_ms() - p->started_ms >= LIVED_MS;
    p->wait_ms = has_lived || p->wait_ms == 0 ? WAIT_LEAST_MS : p->wait_ms * 2;
    if (p->wait_ms > WAIT_MOST_MS) p->wait_ms = WAIT_MOST_MS;
    p->start_due_ms = now_ms() + p->wait_ms;
}

static void children_gather(struct keeper *k)
{
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        for (size_t i = 0; i < k->places_n; i++)
            if (k->places[i].pid == pid) place_ended(k, &k->places[i], status);
}

/* ---- ending ---- */

/* To all, or to those who serve jobs, or to those who do not. */
enum whom { TO_ALL, TO_SERVERS, TO_ASKERS };

static size_t signal_send(struct keeper *k, enum whom whom, int signal)
{
    size_t running = 0;
    for (size_t i = 0; i < k->places_n; i++) {
        const struct place *p = &k->places[i];
        bool is_server = p->kind->serves_jobs != NULL;
        if (!p->pid || (whom == TO_SERVERS && !is_server) || (whom == TO_ASKERS && is_server))
            continue;
        running++;
        if (signal) kill(p->pid, signal);
    }
    return running;
}

static void ending_begin(struct keeper *k)
{
    if (k->is_ending) return;
    k->is_ending = true;
    k->ending_since_ms = now_ms();
    for (size_t i = 0; i < k->places_n; i++) {
        if (k->places[i].listen_fd >= 0)
            close(k->places[i].listen_fd); /* else newcomers would queue up for us */
        k->places[i].listen_fd = -1;
    }
    signal_send(k, TO_ASKERS, SIGTERM);
}

/* True when all are gone. Whoever serves jobs is needed until the last page is answered. */
static bool ending_step(struct keeper *k)
{
    bool is_late = now_ms() - k->ending_since_ms >= KILL_AFTER_MS;
    if (is_late && !k->is_killing) {
        k->is_killing = true;
        if (signal_send(k, TO_ALL, SIGKILL) > 0)
            log_line(LOG_BAD, "some did not end in time and were killed");
    }
    if (signal_send(k, TO_ASKERS, 0) > 0) return false;
    return signal_send(k, TO_SERVERS, SIGTERM) == 0;
}

/* ---- the loop ---- */

static void signals_take(struct keeper *k)
{
    struct signalfd_siginfo info;
    while (read(k->signal_fd, &info, sizeof info) == (ssize_t)sizeof info) {
        switch (info.ssi_signo) {
        case SIGTERM:
        case SIGINT: ending_begin(k); break;
        case SIGHUP:
            log_reopen();
            signal_send(k, TO_ALL, SIGHUP);
            break;
        default: break; /* SIGCHLD: gathered in any case */
        }
    }
}

static int start_due(
    struct keeper *k) /* starts whoever is due; ms until the next one is, -1 if nobody waits */
{
    int64_t least = -1;
    for (size_t i = 0; i < k->places_n; i++) {
        struct place *p = &k->places[i];
        if (p->pid) continue;
        int64_t left = p->start_due_ms - now_ms();
        if (left <= 0) {
            place_start(k, p);
            left = p->start_due_ms - now_ms();
        }
        if (!p->pid && (least < 0 || left < least)) least = left < 1 ? 1 : left;
    }
    return (int)least;
}

static void keep(struct keeper *k, void (*ready)(void *self))
{
    struct pollfd signals = { .fd = k->signal_fd, .events = POLLIN };
    for (bool is_first = true;; is_first = false) {
        int wait_ms = k->is_ending ? 100 : start_due(k);
        if (is_first && ready) ready(k->self);
        poll(&signals, 1, wait_ms);
        signals_take(k);
        children_gather(k);
        if (k->is_ending && ending_step(k)) return;
    }
}

static void signals_hold(struct keeper *k)
{
    sigset_t ours;
    sigemptyset(&ours);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGHUP);
    sigaddset(&ours, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ours, NULL);
    k->signal_fd = signalfd(-1, &ours, SFD_NONBLOCK | SFD_CLOEXEC);
}

static void close_all(struct keeper *k)
{
    for (size_t i = 0; i < k->places_n; i++) {
        const struct place *p = &k->places[i];
        if (p->listen_fd >= 0) close(p->listen_fd);
        for (int line = 0; line < JOB_LINES; line++) {
            if (p->lines[line].ask_fd >= 0) close(p->lines[line].ask_fd);
            if (p->lines[line].serve_fd >= 0) close(p->lines[line].serve_fd);
        }
        if (p->number == 0) munmap(p->counts, sizeof *p->counts);
    }
    close(k->life[0]);
    close(k->life[1]);
    close(k->signal_fd);
}

int keeper_run(const struct process_kind *kinds, size_t n, void *self, void (*ready)(void *self))
{
    struct keeper k = { .pid = getpid(), .kinds = kinds, .kinds_n = n, .self = self };
    struct arena life;
    arena_open(&life, MIB(1));

    str why = S("the machine gives no memory, sockets or random numbers");
    bool is_made = places_make(&k, &life) && sockets_make(&k, &why, &life) &&
                   connections_make(&k) && pipe2(k.life, O_CLOEXEC) == 0;
    if (!is_made) {
        fprintf(stderr, "blueheart: " STR_FMT "\n", STR_ARG(why));
        arena_close(&life);
        return 1;
    }
    signals_hold(&k);
    keep(&k, ready);
    close_all(&k);
    arena_close(&life);
    return k.has_bad_end ? 1 : 0;
}
