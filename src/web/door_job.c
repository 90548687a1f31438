#include "web/door_inside.h"

#include "base/log.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>

/* One packet is a number of eight bytes and the ask or the answer. A number is never used twice, not even by
 * another worker that inherits this socket, so an answer that comes too late is recognised and dropped. The
 * number 0 comes from the keeper: the job process has died, and whatever it was doing with it. */

#define NUMBER_BYTES sizeof(uint64_t)

bool job_ask(struct door *d, struct door_call *call, str ask, bool is_aside)
{
    if (is_aside && d->asides_waiting >= JOBS_ASIDE_MAX) return false;
    if (d->job_fd < 0 || d->jobs_waiting >= JOBS_WAITING_MAX || ask.n > JOB_BYTES_MAX) return false;
    struct door_job *job = malloc(sizeof *job + NUMBER_BYTES + ask.n);
    if (!job) return false;

    *job = (struct door_job){ .number = ++d->job_number,
                              .call = call,
                              .since_ms = d->now_ms,
                              .n = NUMBER_BYTES + ask.n,
                              .is_aside = is_aside };
    memcpy(job->bytes, &job->number, NUMBER_BYTES);
    if (ask.n) memcpy(job->bytes + NUMBER_BYTES, ask.p, ask.n);

    *d->jobs_end = job;
    d->jobs_end = &job->next;
    d->jobs_waiting++;
    d->asides_waiting += is_aside;
    d->has_asks =
        true; /* sent by the loop: a failure must not resume a call that is not suspended yet */
    call->job = job;
    return true;
}

/* Takes the job at this link out of the list and gives its call, if somebody still waits for it. */
static struct door_call *job_take(struct door *d, struct door_job **link)
{
    struct door_job *job = *link;
    struct door_call *call = job->call;
    *link = job->next;
    if (!*link) d->jobs_end = link;
    d->jobs_waiting--;
    d->asides_waiting -= job->is_aside;
    explicit_bzero(job->bytes, job->n);
    free(job);
    if (call) call->job = NULL;
    return call;
}

static void call_resume(struct door *d, struct door_call *call, str result)
{
    if (!call) return;
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
    call_resume(d, call, S(""));
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
        (void)job_take(d, link);
    }
}

void jobs_fail(struct door *d)
{
    while (d->jobs) call_resume(d, job_take(d, &d->jobs), S(""));
}

void jobs_expire(struct door *d)
{
    unsigned late = 0;
    for (; d->jobs && d->now_ms - d->jobs->since_ms >= (int64_t)d->set->job_seconds * 1000; late++)
        call_resume(d, job_take(d, &d->jobs), S(""));
    if (late)
        log_line(LOG_NOTE, "jobs that took longer than %d seconds: %u", d->set->job_seconds, late);
}

static void job_process_lost(struct door *d)
{
    log_line(LOG_BAD, "there is no job process any more");
    epoll_ctl(d->epoll_fd, EPOLL_CTL_DEL, d->job_fd, NULL);
    d->job_fd = -1;
    jobs_fail(d);
}

static void want_room(struct door *d, bool is_full)
{
    if (d->is_job_full == is_full || d->job_fd < 0) return;
    struct epoll_event event = { .events = EPOLLIN | (is_full ? EPOLLOUT : 0),
                                 .data.fd = d->job_fd };
    epoll_ctl(d->epoll_fd, EPOLL_CTL_MOD, d->job_fd, &event);
    d->is_job_full = is_full;
}

void jobs_send(struct door *d)
{
    d->has_asks = false;
    for (struct door_job *job = d->jobs; job && d->job_fd >= 0; job = job->next) {
        if (job->is_sent) continue;
        if (send(d->job_fd, job->bytes, job->n, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) {
            if (errno == EAGAIN || errno == EINTR || errno == ENOBUFS) want_room(d, true);
            else job_process_lost(d);
            return;
        }
        job->is_sent = true;
    }
    want_room(d, false);
}

static void job_answered(struct door *d, const char *packet, size_t n)
{
    uint64_t number;
    if (n < NUMBER_BYTES) return;
    memcpy(&number, packet, NUMBER_BYTES);
    if (number == 0) {
        jobs_fail(d);
        return;
    }
    struct door_job **link = &d->jobs;
    while (*link && (*link)->number != number) link = &(*link)->next;
    if (*link) call_resume(d, job_take(d, link), (str){ packet + NUMBER_BYTES, n - NUMBER_BYTES });
}

void jobs_receive(struct door *d)
{
    static char packet[NUMBER_BYTES + BODY_MAX];
    for (int i = 0; i < JOBS_WAITING_MAX && d->job_fd >= 0; i++) {
        ssize_t n = recv(d->job_fd, packet, sizeof packet, MSG_DONTWAIT);
        if (n < 0 && (errno == EAGAIN || errno == EINTR)) break;
        if (n <= 0) {
            job_process_lost(d);
            break;
        }
        job_answered(d, packet, (size_t)n);
        explicit_bzero(packet, (size_t)n);
    }
    jobs_send(d);
}
