#include "web/door_inside.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* One packet is a number of eight bytes and the ask or the answer. A number is never used twice, not even by
 * another worker that inherits this socket, so an answer that comes too late is recognised and dropped. The
 * number 0 comes from the keeper: the job process has died, and whatever it was doing with it.
 *
 * There are two such processes, each at its own socket. Where bytes go along, two descriptors travel with the
 * packet: one to read them from, one to write the answer's bytes to. Both are memory, neither has a name. */

#define NUMBER_BYTES sizeof(uint64_t)

static int *socket_of(struct door *d, bool is_apart)
{
    return is_apart ? &d->apart_fd : &d->job_fd;
}

static bool has_room(struct door *d, const struct door_turn *turn)
{
    if (turn->is_aside && d->asides_waiting >= JOBS_ASIDE_MAX) return false;
    return *socket_of(d, turn->is_apart) >= 0 && d->jobs_waiting < JOBS_WAITING_MAX &&
           turn->job.n <= JOB_BYTES_MAX;
}

static void close_one(int *fd)
{
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

bool job_ask(struct door *d, struct door_call *call, const struct door_turn *turn)
{
    str ask = turn->job;
    int give_fd = turn->has_file ? turn->job_file : -1;
    int take_fd = turn->has_file ? memfd_create("answer", MFD_CLOEXEC | MFD_ALLOW_SEALING) : -1;
    bool has_files = !turn->has_file || (give_fd >= 0 && take_fd >= 0);
    struct door_job *job = has_files && has_room(d, turn)
                               ? malloc(sizeof *job + NUMBER_BYTES + ask.n)
                               : NULL;
    if (!job) {
        close_one(&give_fd);
        close_one(&take_fd);
        return false;
    }
    *job = (struct door_job){ .number = ++d->job_number,
                              .call = call,
                              .since_ms = d->now_ms,
                              .n = NUMBER_BYTES + ask.n,
                              .give_fd = give_fd,
                              .take_fd = take_fd,
                              .is_apart = turn->is_apart,
                              .is_aside = turn->is_aside };
    memcpy(job->bytes, &job->number, NUMBER_BYTES);
    if (ask.n) memcpy(job->bytes + NUMBER_BYTES, ask.p, ask.n);

    *d->jobs_end = job;
    d->jobs_end = &job->next;
    d->jobs_waiting++;
    d->asides_waiting += job->is_aside;
    d->has_asks =
        true; /* sent by the loop: a failure must not resume a call that is not suspended yet */
    call->job = job;
    return true;
}

/* Takes the job at this link out of the list and gives its call, if somebody still waits for it; *file is what was
 * written for it, now the caller's. */
static struct door_call *job_take(struct door *d, struct door_job **link, int *file)
{
    struct door_job *job = *link;
    struct door_call *call = job->call;
    *file = job->take_fd;
    close_one(&job->give_fd);
    *link = job->next;
    if (!*link) d->jobs_end = link;
    d->jobs_waiting--;
    d->asides_waiting -= job->is_aside;
    explicit_bzero(job->bytes, job->n);
    free(job);
    if (call) call->job = NULL;
    return call;
}

/* Nothing more can be written to it, whoever still holds it. */
static bool file_close_to_writers(int fd)
{
    return fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0;
}

static void call_resume(struct door *d, struct door_call *call, str result, int file)
{
    if (!call) {
        close_one(&file);
        return;
    }
    if (file >= 0 && !file_close_to_writers(file)) result = S("");
    call->rq.job_file = file;
    char *copy = result.n ? malloc(result.n) : NULL;
    if (copy) memcpy(copy, result.p, result.n);
    call->job_result = copy;
    call->job_result_n = copy ? result.n : 0;
    call->rq.job_result = copy ? (str){ copy, result.n } : S("");
    call->is_job_done = true;
    visit_turn(d, call->visit, VISIT_ANSWER);
    MHD_resume_connection(call->visit->connection);
    d->has_resumed = true;
}

void job_abandon(struct door *d, struct door_call *call)
{
    job_forget(d, call);
    call_resume(d, call, S(""), -1);
}

void job_forget(struct door *d, struct door_call *call)
{
    if (!call->job) return;
    struct door_job **link = &d->jobs;
    while (*link != call->job) link = &(*link)->next;
    if (call->job->is_sent) {
        call->job->call = NULL; /* stays in the list: the job process is still busy with it */
        call->job = NULL;
    } else {
        int file;
        (void)job_take(d, link, &file);
        close_one(&file);
    }
}

/* Whoever waits is told that it failed. */
static void job_fail(struct door *d, struct door_job **link)
{
    int file;
    struct door_call *call = job_take(d, link, &file);
    call_resume(d, call, S(""), file);
}

static void jobs_fail(struct door *d, bool is_apart) /* all of one process */
{
    for (struct door_job **link = &d->jobs; *link;) {
        if ((*link)->is_apart == is_apart) job_fail(d, link);
        else link = &(*link)->next;
    }
}

void jobs_drop(struct door *d)
{
    jobs_fail(d, false);
    jobs_fail(d, true);
}

void jobs_expire(struct door *d)
{
    unsigned late = 0;
    for (; d->jobs && d->now_ms - d->jobs->since_ms >= (int64_t)d->set->job_seconds * 1000; late++)
        job_fail(d, &d->jobs);
    if (late)
        log_line(LOG_NOTE, "jobs that took longer than %d seconds: %u", d->set->job_seconds, late);
}

static void job_process_lost(struct door *d, bool is_apart)
{
    int *fd = socket_of(d, is_apart);
    log_line(LOG_BAD, "there is no job process any more");
    epoll_ctl(d->epoll_fd, EPOLL_CTL_DEL, *fd, NULL);
    *fd = -1;
    jobs_fail(d, is_apart);
}

static void want_room(struct door *d, bool is_apart, bool is_full)
{
    int fd = *socket_of(d, is_apart);
    bool *was_full = is_apart ? &d->is_apart_full : &d->is_job_full;
    if (*was_full == is_full || fd < 0) return;
    struct epoll_event event = { .events = EPOLLIN | (is_full ? EPOLLOUT : 0), .data.fd = fd };
    epoll_ctl(d->epoll_fd, EPOLL_CTL_MOD, fd, &event);
    *was_full = is_full;
}

static ssize_t job_send(int socket, struct door_job *job)
{
    struct iovec bytes = { job->bytes, job->n };
    struct msghdr packet = { .msg_iov = &bytes, .msg_iovlen = 1 };
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(2 * sizeof(int))];
    } beside = { 0 };
    if (job->give_fd >= 0) {
        int both[2] = { job->give_fd, job->take_fd };
        packet.msg_control = &beside;
        packet.msg_controllen = sizeof beside.room;
        beside.head = (struct cmsghdr){ .cmsg_level = SOL_SOCKET,
                                        .cmsg_type = SCM_RIGHTS,
                                        .cmsg_len = CMSG_LEN(sizeof both) };
        memcpy(CMSG_DATA(&beside.head), both, sizeof both);
    }
    ssize_t n = sendmsg(socket, &packet, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n >= 0) close_one(&job->give_fd); /* it travels by itself now */
    return n;
}

static void jobs_send_to(struct door *d, bool is_apart)
{
    int *fd = socket_of(d, is_apart);
    for (struct door_job *job = d->jobs; job && *fd >= 0; job = job->next) {
        if (job->is_sent || job->is_apart != is_apart) continue;
        if (job_send(*fd, job) < 0) {
            if (errno == EAGAIN || errno == EINTR || errno == ENOBUFS || errno == ETOOMANYREFS)
                want_room(d, is_apart, true);
            else job_process_lost(d, is_apart);
            return;
        }
        job->is_sent = true;
    }
    want_room(d, is_apart, false);
}

void jobs_send(struct door *d)
{
    d->has_asks = false;
    jobs_send_to(d, false);
    jobs_send_to(d, true);
}

static void job_answered(struct door *d, bool is_apart, const char *packet, size_t n)
{
    uint64_t number;
    if (n < NUMBER_BYTES) return;
    memcpy(&number, packet, NUMBER_BYTES);
    if (number == 0) {
        jobs_fail(d, is_apart);
        return;
    }
    struct door_job **link = &d->jobs;
    while (*link && ((*link)->number != number || (*link)->is_apart != is_apart))
        link = &(*link)->next;
    if (!*link) return;
    int file;
    struct door_call *call = job_take(d, link, &file);
    call_resume(d, call, (str){ packet + NUMBER_BYTES, n - NUMBER_BYTES }, file);
}

void jobs_receive(struct door *d, bool is_apart)
{
    int *fd = socket_of(d, is_apart);
    static char packet[NUMBER_BYTES + BODY_MAX];
    for (int i = 0; i < JOBS_WAITING_MAX && *fd >= 0; i++) {
        ssize_t n = recv(*fd, packet, sizeof packet, MSG_DONTWAIT);
        if (n < 0 && (errno == EAGAIN || errno == EINTR)) break;
        if (n <= 0) {
            job_process_lost(d, is_apart);
            break;
        }
        job_answered(d, is_apart, packet, (size_t)n);
        explicit_bzero(packet, (size_t)n);
    }
    jobs_send(d);
}
