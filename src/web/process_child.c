#include "web/process_inside.h"

#include "base/clock.h"
#include "base/log.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

void place_name(const struct place *p, char out[24])
{
    if (p->kind->count == 1) snprintf(out, 24, "%s", p->kind->name);
    else snprintf(out, 24, "%s %u", p->kind->name, p->number + 1);
}

static void close_one(int fd)
{
    if (fd >= 0) close(fd);
}

/* Of the keeper's descriptors only those stay that are this process's own. */
static void close_others(struct keeper *k, const struct place *mine)
{
    close(k->life[1]);
    close(k->signal_fd);
    for (size_t i = 0; i < k->places_n; i++) {
        const struct place *p = &k->places[i];
        if (p != mine) close_one(p->listen_fd);
        for (int line = 0; line < JOB_LINES; line++) {
            if (p != mine) close_one(p->lines[line].ask_fd);
            if (p->lines[line].server != mine) close_one(p->lines[line].serve_fd);
        }
    }
}

/* The pipe is what counts; this is the belt to it, for a process too busy to look at the pipe. */
static void die_with(pid_t keeper)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != keeper) exit(0); /* it died before we asked */
}

static struct door_setting setting_of(const struct keeper *k, const struct place *mine)
{
    return (struct door_setting){
        .listen_fd = mine->listen_fd,
        .job_fd = mine->lines[LINE_USUAL].ask_fd,
        .apart_fd = mine->lines[LINE_APART].ask_fd,
        .life_fd = k->life[0],
        .worker = mine->number,
        .connections_max = CONNECTIONS_MAX,
        .per_address_max = CONNECTIONS_PER_ADDRESS,
        .header_seconds = HEADER_SECONDS,
        .body_seconds = BODY_SECONDS,
        .upload_seconds = UPLOAD_SECONDS,
        .idle_seconds = IDLE_SECONDS,
        .write_seconds = WRITE_SECONDS,
        .job_seconds = JOB_SECONDS,
        .drain_seconds = DRAIN_SECONDS,
        .counts = mine->counts,
    };
}

void child_run(struct keeper *k, struct place *mine)
{
    struct process process = { .kind = mine->kind, .number = mine->number, .self = k->self };
    char name[24];
    die_with(k->pid);
    place_name(mine, name);
    log_name(name);
    close_others(k, mine);
    for (size_t i = 0; i < k->places_n * JOB_LINES; i++) {
        const struct line *line = &k->places[i / JOB_LINES].lines[i % JOB_LINES];
        if (line->server == mine && process.jobs_n < WORKERS_MAX)
            process.jobs_fd[process.jobs_n++] = line->serve_fd;
    }
    process.door = setting_of(k, mine);

    process_wall(mine->kind);
    mine->kind->run(&process);
    exit(0); /* not _exit: leaks are to be seen */
}

static sigset_t ending_signals(void)
{
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    return ending;
}

/* SIGHUP is dealt with here; true when it was time to end. */
static bool ends_now(const struct pollfd *life)
{
    const struct timespec at_once = { 0, 0 };
    sigset_t ending = ending_signals();
    bool is_ending = life->revents != 0;
    int signal;
    while ((signal = sigtimedwait(&ending, NULL, &at_once)) > 0) {
        if (signal == SIGHUP) log_reopen();
        else is_ending = true;
    }
    return is_ending;
}

bool process_pause(struct process *p, int wait_ms)
{
    sigset_t ending = ending_signals();
    sigprocmask(SIG_BLOCK, &ending, NULL);
    int signals = signalfd(-1, &ending, SFD_NONBLOCK | SFD_CLOEXEC);
    struct pollfd both[2] = { { .fd = p->door.life_fd }, { .fd = signals, .events = POLLIN } };
    int64_t until_us = clock_ticks_us() + (int64_t)wait_ms * 1000;
    bool is_ending = false;
    for (;;) {
        int64_t left_us = until_us - clock_ticks_us();
        poll(both, 2, left_us > 0 ? (int)((left_us + 999) / 1000) : 0);
        is_ending = ends_now(&both[0]);
        if (is_ending || clock_ticks_us() >= until_us) break;
    }
    close_one(signals);
    return !is_ending;
}
