#include "web/process.h"

#include "base/arena.h"
#include "base/breakage.h"
#include "base/log.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

/* A packet is eight bytes of number, then the ask; the answer goes back under the same number. Nothing here
 * depends on what was asked before: the arena is wiped after each job. */
#define NUMBER_BYTES  sizeof(uint64_t)
#define ASK_MAX       (NUMBER_BYTES + BODY_MAX + KIB(8))
#define SLOW_ASKER_MS 2000 /* for its answers before this one to be read */

struct workshop {
    struct arena arena;
    job_fn *work;
    void *self;
    char packet[ASK_MAX];
    char reply[NUMBER_BYTES + BODY_MAX];
};

static struct job_files under_way = { -1, -1 };

struct job_files process_job_files(void)
{
    return under_way;
}

static void files_close(void)
{
    if (under_way.read_fd >= 0) close(under_way.read_fd);
    if (under_way.write_fd >= 0) close(under_way.write_fd);
    under_way = (struct job_files){ -1, -1 };
}

/* One packet, and the two descriptors that may come with it. */
static ssize_t packet_take(struct workshop *w, int fd)
{
    struct iovec bytes = { w->packet, sizeof w->packet };
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(2 * sizeof(int))];
    } beside = { 0 };
    struct msghdr packet = { .msg_iov = &bytes,
                             .msg_iovlen = 1,
                             .msg_control = &beside,
                             .msg_controllen = sizeof beside.room };
    ssize_t n = recvmsg(fd, &packet, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    const struct cmsghdr *with = n > 0 ? CMSG_FIRSTHDR(&packet) : NULL;
    if (with && with->cmsg_type == SCM_RIGHTS && with->cmsg_len == CMSG_LEN(2 * sizeof(int))) {
        int both[2];
        memcpy(both, CMSG_DATA(with), sizeof both);
        under_way = (struct job_files){ both[0], both[1] };
    }
    return n;
}

/* The answer, or an empty one if the machine failed on the way. */
static str work_once(struct workshop *w, str ask)
{
    struct landing landing;
    volatile str made = S("");
    switch (LAND(&landing)) {
    case JUMP_NONE: {
        str answer = w->work(w->self, &w->arena, ask);
        made.p = answer.p;
        made.n = answer.n;
        break;
    }
    case JUMP_BROKEN: log_line(LOG_BAD, "a job failed: %s", landing.why); break;
    case JUMP_AGAIN: log_line(LOG_BAD, "a job met another transaction"); break;
    }
    landing_leave(&landing);
    return (str){ made.p, made.n };
}

static void job_once(struct workshop *w, int fd)
{
    ssize_t n = packet_take(w, fd);
    if (n < (ssize_t)NUMBER_BYTES) { /* taken back by the keeper, or nothing there */
        files_close();
        return;
    }

    str answer = work_once(w, (str){ w->packet + NUMBER_BYTES, (size_t)n - NUMBER_BYTES });
    files_close(); /* before it is answered: the asker closes the file to writers */
    if (answer.n > BODY_MAX) {
        log_line(LOG_BAD, "a job made %zu bytes, more than can be sent", answer.n);
        answer.n = 0;
    }
    memcpy(w->reply, w->packet, NUMBER_BYTES);
    if (answer.n) memcpy(w->reply + NUMBER_BYTES, answer.p, answer.n);
    size_t reply_n = NUMBER_BYTES + answer.n;
    struct pollfd room = { .fd = fd, .events = POLLOUT };
    poll(&room, 1, SLOW_ASKER_MS);
    if (send(fd, w->reply, reply_n, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
        log_line(LOG_NOTE, "nobody took the answer of a job");

    explicit_bzero(w->packet, (size_t)n);
    explicit_bzero(w->reply, reply_n);
    arena_wipe(&w->arena);
}

static bool is_ending(int signals)
{
    struct signalfd_siginfo info;
    bool ends = false;
    while (read(signals, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGHUP) log_reopen();
        else ends = true;
    }
    return ends;
}

static int signals_open(void)
{
    sigset_t ours;
    sigemptyset(&ours);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGHUP);
    sigprocmask(SIG_BLOCK, &ours, NULL);
    return signalfd(-1, &ours, SFD_NONBLOCK | SFD_CLOEXEC);
}

void process_serve_jobs(struct process *p, job_fn *work, void *self)
{
    static struct workshop w;
    w.work = work;
    w.self = self;
    arena_open(&w.arena, REQUEST_ARENA_MAX);

    struct pollfd watched[WORKERS_MAX + 2] = { { .fd = p->door.life_fd },
                                               { .fd = signals_open(), .events = POLLIN } };
    for (unsigned i = 0; i < p->jobs_n; i++)
        watched[i + 2] = (struct pollfd){ .fd = p->jobs_fd[i], .events = POLLIN };

    for (;;) {
        if (poll(watched, p->jobs_n + 2, -1) < 0 && errno != EINTR)
            broken("a job process cannot wait");
        if (watched[0].revents || is_ending(watched[1].fd)) break;
        for (unsigned i = 2; i < p->jobs_n + 2;
             i++) /* one each, so that nobody is kept waiting by one asker */
            if (watched[i].revents) job_once(&w, watched[i].fd);
    }
    close(watched[1].fd);
    arena_close(&w.arena);
}
