#include "web/door_inside.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

/* The library's own timeout is about inactivity; these deadlines are absolute. A connection whose time is over
 * is shut down at its socket, which wakes the library, which then forgets it. */

static void count_in(struct door *d, struct door_visit *v, const struct sockaddr *a)
{
    struct door_counts *counts = d->set->counts;
    counts->connections++;
    counts->open[d->set->worker] = ++d->visits_open;
    v->is_local = address_is_local(a);
    if (v->is_local) return;

    v->bucket = address_bucket(a, counts->salt);
    v->is_counted = true;
    uint32_t others = counts->per_address[v->bucket]++;
    v->is_one_too_many = others >= d->set->per_address_max;
    v->is_cut = others >= 2 * d->set->per_address_max; /* past that not even a 503 */
}

/* Never below zero: the keeper empties the table when a worker crashes. */
static void count_out(struct door *d, struct door_visit *v)
{
    d->set->counts->open[d->set->worker] = --d->visits_open;
    if (!v->is_counted) return;
    _Atomic uint32_t *place = &d->set->counts->per_address[v->bucket];
    uint32_t n = *place;
    while (n > 0 && !atomic_compare_exchange_weak(place, &n, n - 1)) {}
}

static void cut(struct door_visit *v)
{
    v->is_cut = true;
    shutdown(v->fd, SHUT_RDWR);
}

/* Drops what is still in the kernel's buffer too: the client does not read it. */
static void cut_hard(struct door_visit *v)
{
    struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
    setsockopt(v->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    cut(v);
}

static void visit_begin(struct door *d, struct MHD_Connection *c, void **context)
{
    const union MHD_ConnectionInfo *fd = MHD_get_connection_info(c,
                                                                 MHD_CONNECTION_INFO_CONNECTION_FD);
    int socket = fd->connect_fd;
    const union MHD_ConnectionInfo *from = MHD_get_connection_info(
        c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct door_visit *v = calloc(1, sizeof *v);
    *context = v;
    if (!v) {
        shutdown(socket, SHUT_RDWR);
        return;
    }
    v->connection = c;
    v->fd = socket;
    v->since_ms = d->now_ms;
    v->next = &d->visits;
    v->prev = d->visits.prev;
    v->prev->next = v->next->prev = v;
    count_in(d, v, from->client_addr);
    if (v->is_cut) cut_hard(v);
}

static void visit_end(struct door *d, struct door_visit *v)
{
    if (!v) return;
    v->prev->next = v->next;
    v->next->prev = v->prev;
    count_out(d, v);
    free(v);
}

void visit_notify(void *door, struct MHD_Connection *c, void **context,
                  enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_STARTED) visit_begin(door, c, context);
    else visit_end(door, *context);
}

/* Bytes the other side has acknowledged since the connection began. */
static uint64_t bytes_read_by_client(int fd)
{
    struct {
        unsigned char
            head[120]; /* of struct tcp_info up to tcpi_bytes_acked, which the headers may lack */
        uint64_t bytes_acked;
    } info = { 0 };
    socklen_t n = sizeof info;
    return getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &n) == 0 ? info.bytes_acked : 0;
}

void visit_turn(struct door *d, struct door_visit *v, enum visit_phase phase)
{
    v->phase = phase;
    v->since_ms = d->now_ms;
    v->read_then = 0;
}

/* True if the client has read a fair piece since we last looked; then its time begins anew. */
static bool is_reading(struct door *d, struct door_visit *v)
{
    uint64_t read_now = bytes_read_by_client(v->fd);
    if (v->read_then == 0) {
        v->read_then = read_now +
                       1; /* 0 is "not looked yet"; the first look is a moment after the start */
        return true;
    }
    if (read_now + 1 < v->read_then + WRITE_BYTES_LEAST) return false;
    v->read_then = read_now + 1;
    v->since_ms = d->now_ms;
    return true;
}

static bool is_over(const struct door *d, const struct door_visit *v, int seconds)
{
    return d->now_ms - v->since_ms >= (int64_t)seconds * 1000;
}

static bool nothing_came(const struct door_visit *v)
{
    int waiting = 0;
    return ioctl(v->fd, FIONREAD, &waiting) == 0 && waiting == 0;
}

/* The library does not look at those who wait for a job, so nobody else notices that they left. */
static bool is_gone(const struct door_visit *v)
{
    struct pollfd state = { .fd = v->fd };
    return poll(&state, 1, 0) > 0 && (state.revents & (POLLERR | POLLHUP));
}

static bool may_leave(const struct door *d, const struct door_visit *v) /* while we drain */
{
    if (!d->is_quiet || !nothing_came(v)) return false;
    return v->phase == VISIT_IDLE || d->now_ms - d->drain_since_ms >= FRESH_DRAIN_MS;
}

static void visit_reap(struct door *d, struct door_visit *v)
{
    const struct door_setting *set = d->set;
    bool is_slow = false;
    switch (v->phase) {
    case VISIT_FRESH:
    case VISIT_HEADER: is_slow = is_over(d, v, set->header_seconds); break;
    case VISIT_BODY:
        is_slow = is_over(d, v,
                          v->call && v->call->is_large ? set->upload_seconds : set->body_seconds);
        break;
    case VISIT_JOB: /* the job has a deadline of its own */
        if (is_gone(v)) job_abandon(d, v->call);
        break;
    case VISIT_IDLE:
        if (is_over(d, v, set->idle_seconds)) cut(v);
        break;
    case VISIT_ANSWER:
        if (!is_reading(d, v) && is_over(d, v, set->write_seconds)) {
            d->set->counts->slow_closed++;
            cut_hard(v);
        }
        break;
    }
    if (is_slow) {
        d->set->counts->slow_closed++;
        cut(v);
    } else if (d->is_draining && !v->is_cut &&
               (v->phase == VISIT_IDLE || v->phase == VISIT_FRESH)) {
        if (may_leave(d, v)) cut(v);
    }
}

void visits_reap(struct door *d)
{
    for (struct door_visit *v = d->visits.next; v != &d->visits; v = v->next)
        if (!v->is_cut) visit_reap(d, v);
}
