/* web/door.h - HTTP as requests in and packages out; the only place that knows the HTTP library.
 *
 * The door reads whole requests within base/limits.h, refuses what is malformed, closes who is slow, and asks
 * one function for the answer. Answers are packages: made once, sent as often as wanted, counted by
 * reference, so that a cached page costs no copying.
 * Needs: base.    Never: decide what a page says; keep an address anywhere but in memory. */
#ifndef WEB_DOOR_H
#define WEB_DOOR_H

#include "base/arena.h"
#include "base/limits.h"

struct door_header {
    str name, value;
};

/* One request, checked: no control bytes, one Host, a length that is true. Valid during the call only. */
struct door_request {
    str method;      /* "GET", "HEAD", "POST", ... as sent */
    str path, query; /* as sent, still percent-encoded, without the "?" */
    str accept, accept_encoding, accept_language;
    str if_none_match, content_type, cookie, authorization; /* each empty when absent */
    str origin, sec_fetch_site;                             /* where a form was sent from */
    str body;         /* whole, at most BODY_MAX, or what body_max granted */
    bool is_loopback; /* the peer is this machine itself and no proxy spoke for another */
    uint64_t number;  /* of this request in this worker, for the log */
    void *source;     /* where door_headers looks */
    str job_result; /* p is NULL unless this is the second call, after a job; empty: the job failed */
    int job_file; /* then: what the job wrote, of a job that was given bytes; -1 without. The door closes it */
};

/* Every header of a request as it came, in its order: for signatures, which cover what they like. At most `most`; how
 * many. Valid as long as the request. */
size_t door_headers(const struct door_request *rq, struct door_header *out, size_t most);

struct door_package; /* status, headers and body, ready to be sent */

/* The body is copied. Adds Content-Length and Date; the caller gives every other header. A header that cannot
 * be sent (a line end in its value, no name) is a breakage. */
struct door_package *door_package(int status, const struct door_header *headers, size_t n,
                                  str body);
/* Takes over the open descriptor, whatever happens, and sends `size` bytes of it. */
struct door_package *door_package_file(int status, const struct door_header *headers, size_t n,
                                       int fd, uint64_t size);
/* "Not modified" for a client that has `of`: no body travels, but its true length is said, as it must be. */
struct door_package *door_package_unchanged(const struct door_package *of,
                                            const struct door_header *headers, size_t n);
struct door_package *door_keep(struct door_package *p); /* one more reference */
void door_drop(struct door_package *p);
size_t door_package_bytes(const struct door_package *p);

/* What the answering function says. It must not jump out of itself: its landing is its own. A package may be
 * answered many times; a job only on the first call for a request. */
struct door_turn {
    struct door_package *answer; /* one reference is given to the door */
    str job; /* instead: first give the job process these bytes, then call again */
    bool
        is_aside; /* of a job: it can be done without, so few of its kind wait at a time and more fail at once */
    bool is_apart; /* of a job: for the process that has nothing open */
    bool has_file; /* of a job: job_file goes along with it, and something is written in return */
    int job_file;  /* sealed; taken over by the door */
};

typedef struct door_turn door_answer_fn(void *self, const struct door_request *rq);

struct door_counts { /* for /metrics and the per-address limit; no addresses, only keyed hashes */
    _Atomic uint64_t requests, refused, slow_closed, connections,
        restarts;                       /* all since the start; they only grow */
    _Atomic uint64_t salt;              /* made at start of the keeper */
    _Atomic uint32_t open[WORKERS_MAX]; /* connections open now, by worker */
    _Atomic uint32_t
        per_address[65536]; /* connections open now, by keyed hash; emptied when a worker crashes */
};

struct door_setting {
    int listen_fd; /* a bound socket that listens; the keeper made it. door_run closes it */
    int job_fd;    /* a SOCK_SEQPACKET connection to the job process; -1 when there is none */
    int apart_fd;  /* the same to the process that works on strangers' bytes and has nothing open */
    int life_fd;   /* the keeper's pipe: its end means the keeper is gone; -1 when there is none */
    unsigned worker; /* below WORKERS_MAX: whose place in counts->open */
    unsigned connections_max, per_address_max;
    int header_seconds, body_seconds, upload_seconds, idle_seconds,
        write_seconds; /* from limits.h; tests set shorter ones */
    int job_seconds, drain_seconds;
    struct door_counts *counts; /* shared memory of all workers of this kind */
    /* How large this request's body may be, asked once its head is complete and only if it says that it is larger
     * than BODY_MAX. It must not jump out of itself. NULL: BODY_MAX for everyone. */
    size_t (*body_max)(void *self, const struct door_request *head);
};

/* Runs until SIGTERM (drains, then returns) or the keeper's end. `tick` runs about every 100 ms. Reopens the
 * log on SIGHUP. Needs SIGTERM and SIGHUP blocked before, as the keeper leaves them; SIGALRM is its own: a page
 * that takes longer than PAGE_SECONDS ends the process. */
void door_run(const struct door_setting *set, door_answer_fn *answer, void *self,
              void (*tick)(void *self));

#endif
