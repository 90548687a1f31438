#include "web/door_inside.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "base/log.h"

#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define TICK_MS 100
#define REAP_MS 250 /* how late a deadline may be */

static void watch(struct door *d, int fd)
{
    struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };
    if (fd >= 0 && epoll_ctl(d->epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0)
        broken("the loop takes no descriptor");
}

static void allow_descriptors(unsigned connections)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    rlim_t need = (rlim_t)connections + 256;
    if (files.rlim_cur >= need) return;
    files.rlim_cur = need < files.rlim_max ? need : files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < need)
        log_line(LOG_NOTE, "the limit of open files allows fewer connections than asked for");
}

static struct MHD_Daemon *library_start(struct door *d)
{
    unsigned flags = MHD_USE_EPOLL | MHD_USE_TURBO | MHD_ALLOW_SUSPEND_RESUME;
#if MHD_VERSION >= 0x00097707
    flags |= MHD_USE_NO_THREAD_SAFETY;
#endif
    return MHD_start_daemon(
        flags, 0, NULL, NULL, call_continue, d, MHD_OPTION_LISTEN_SOCKET, d->set->listen_fd,
        MHD_OPTION_CONNECTION_LIMIT, d->set->connections_max, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        HEADER_POOL_BYTES, MHD_OPTION_CONNECTION_TIMEOUT, 0U, /* deadlines are ours */
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_URI_LOG_CALLBACK, call_begin, d, MHD_OPTION_NOTIFY_COMPLETED, call_end, d,
        MHD_OPTION_NOTIFY_CONNECTION, visit_notify, d, MHD_OPTION_END);
}

static int signals_open(void)
{
    sigset_t ours;
    sigemptyset(&ours);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGHUP);
    sigprocmask(SIG_BLOCK, &ours, NULL);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &ours, SFD_NONBLOCK | SFD_CLOEXEC);
}

static void door_open(struct door *d)
{
    d->visits.next = d->visits.prev = &d->visits;
    d->jobs_end = &d->jobs;
    d->job_fd = d->set->job_fd;
    d->apart_fd = d->set->apart_fd;
    d->now_ms = clock_ticks_us() / 1000;
    if (getrandom(&d->job_number, sizeof d->job_number, 0) < 0) broken("no random numbers");
    d->is_library_lenient = str_starts(str_of(MHD_get_version()), S("0.9."));

    allow_descriptors(d->set->connections_max);
    refusals_make(d);
    d->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    d->signal_fd = signals_open();
    d->mhd = library_start(d);
    if (d->epoll_fd < 0 || d->signal_fd < 0 || !d->mhd) broken("the web server does not start");

    watch(d, MHD_get_daemon_info(d->mhd, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd);
    watch(d, d->signal_fd);
    watch(d, d->job_fd);
    watch(d, d->apart_fd);
    watch(d, d->set->life_fd);
}

/* From here on whoever asked before is still answered, and nobody stays. */
static void drain(struct door *d)
{
    if (d->is_draining) return;
    d->is_draining = true;
    d->drain_since_ms = d->now_ms;
    d->reap_due_ms = d->now_ms;
}

static bool somebody_waits_outside(const struct door *d)
{
    struct pollfd queue = { .fd = d->set->listen_fd, .events = POLLIN };
    return d->visits_open < d->set->connections_max && poll(&queue, 1, 0) > 0;
}

/* Once all who had connected are in, the socket is let go; others of its kind get the newcomers. */
static void drain_step(struct door *d)
{
    if (d->is_quiet || somebody_waits_outside(d)) return;
    MHD_quiesce_daemon(d->mhd);
    close(d->set->listen_fd);
    d->is_quiet = true;
    d->has_resumed = true; /* one more round before the first is sent away */
}

static bool is_done(const struct door *d)
{
    if (!d->is_draining) return false;
    if (d->is_quiet && d->visits_open == 0) return true;
    return d->now_ms - d->drain_since_ms >= (int64_t)d->set->drain_seconds * 1000;
}

static void signal_take(struct door *d)
{
    struct signalfd_siginfo info;
    while (read(d->signal_fd, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGHUP) log_reopen();
        else drain(d);
    }
}

static void life_ended(struct door *d)
{
    log_line(LOG_BAD, "the keeper is gone");
    epoll_ctl(d->epoll_fd, EPOLL_CTL_DEL, d->set->life_fd, NULL);
    drain(d);
}

static int sleep_ms(struct door *d)
{
    MHD_UNSIGNED_LONG_LONG library_ms;
    int64_t left = d->tick_due_ms - d->now_ms;
    if (d->has_resumed || d->has_asks || left < 0) return 0;
    if (MHD_get_timeout(d->mhd, &library_ms) == MHD_YES && library_ms < (unsigned)left)
        return (int)library_ms;
    return (int)left;
}

static void take_events(struct door *d)
{
    struct epoll_event events[4];
    int n = epoll_wait(d->epoll_fd, events, COUNT_OF(events), sleep_ms(d));
    d->now_ms = clock_ticks_us() / 1000;
    for (int i = 0; i < n; i++) {
        int fd = events[i].data.fd;
        if (fd == d->signal_fd) signal_take(d);
        else if (fd == d->set->life_fd) life_ended(d);
        else if (fd == d->job_fd) jobs_receive(d, false);
        else if (fd == d->apart_fd) jobs_receive(d, true);
    }
}

static void keep_time(struct door *d, void (*tick)(void *self))
{
    if (d->now_ms >= d->reap_due_ms) {
        d->reap_due_ms = d->now_ms + (d->is_draining ? TICK_MS / 4 : REAP_MS);
        jobs_expire(d);
        visits_reap(d);
    }
    if (d->now_ms < d->tick_due_ms) return;
    d->tick_due_ms = d->now_ms + (d->is_draining ? TICK_MS / 4 : TICK_MS);
    alarm(PAGE_SECONDS + 1);
    d->alarm_set_ms = d->now_ms;
    if (tick) tick(d->self);
}

static void door_close(struct door *d)
{
    if (!d->is_quiet) {
        MHD_quiesce_daemon(d->mhd);
        close(d->set->listen_fd);
    }
    d->job_fd = d->apart_fd =
        -1; /* no new job: the library may not stop while somebody is suspended */
    jobs_drop(d);
    MHD_run(d->mhd);
    MHD_stop_daemon(d->mhd);
    refusals_drop(d);
    close(d->signal_fd);
    close(d->epoll_fd);
    alarm(0);
}

void door_run(const struct door_setting *set, door_answer_fn *answer, void *self,
              void (*tick)(void *self))
{
    struct door d = { .set = set, .answer = answer, .self = self };
    door_open(&d);
    while (!is_done(&d)) {
        take_events(&d);
        d.has_resumed = false;
        MHD_run(d.mhd);
        if (d.has_asks) jobs_send(&d);
        if (d.is_draining) drain_step(&d);
        keep_time(&d, tick);
    }
    door_close(&d);
}
