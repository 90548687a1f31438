/* web/door_inside.h - what the door's own files tell each other; nobody else includes it.
 *
 * A *visit* is one connection and its deadlines. A *call* is one request on it, from its first line to the last
 * byte of its answer. Both belong to one worker, which has one loop and no threads.
 * Needs: base, libmicrohttpd.    Never: included outside web/door*.c. */
#ifndef WEB_DOOR_INSIDE_H
#define WEB_DOOR_INSIDE_H

#include "base/limits.h"
#include "web/door.h"

#include <microhttpd.h>

/* A body somewhat too large is read and thrown away, so that the client sees the 413 and not a reset. */

/* Why a request is refused: an HTTP status, or this, which is a 503 in words of its own. */
#define TOO_MANY_UPLOADS 10503

enum visit_phase {
    VISIT_FRESH,  /* connected, its first header not yet complete */
    VISIT_IDLE,   /* between two requests */
    VISIT_HEADER, /* the request line of a later request is here */
    VISIT_BODY,   /* the header is complete, the body is not */
    VISIT_JOB,    /* suspended until the job process answers */
    VISIT_ANSWER, /* the answer travels */
};

struct door_visit {
    struct door_visit *next, *prev;
    struct MHD_Connection *connection;
    struct door_call *call; /* the one under way, NULL between two */
    int fd;
    enum visit_phase phase;
    int64_t since_ms;   /* when the phase began; while answering, when the client last read */
    uint64_t read_then; /* bytes the client had read at since_ms */
    uint32_t bucket;    /* of its address */
    bool is_counted, is_one_too_many, is_local, is_cut;
};

struct door_job {
    struct door_job *next;
    uint64_t number;        /* stands before the bytes, there and back */
    struct door_call *call; /* NULL when the client has gone */
    int64_t since_ms;
    bool is_sent, is_aside, is_apart;
    int give_fd; /* goes along; -1: none, or it is gone */
    int take_fd; /* what the job writes; -1: none */
    size_t n;
    char bytes[]; /* the number, then the ask */
};

struct door_call {
    struct door_visit *visit;
    struct door_request rq;
    bool is_checked, is_job_done;
    int status;         /* of a refusal that waits for the end of the body; 0: none */
    uint64_t body_said; /* by Content-Length */
    uint64_t body_seen;
    size_t body_most;
    bool is_large; /* counted in door.uploads */
    char *body;
    size_t body_room;
    struct door_job *job; /* asked and not yet answered */
    char *job_result;
    size_t job_result_n;
    const char *target_place; /* where the library read it: only compared, never followed */
    size_t target_n;
    char target[]; /* path and query as sent, NUL-ended */
};

struct door {
    const struct door_setting *set;
    door_answer_fn *answer;
    void *self;
    struct MHD_Daemon *mhd;
    int epoll_fd, signal_fd, job_fd;
    int64_t now_ms, tick_due_ms, reap_due_ms, alarm_set_ms;
    struct door_visit visits; /* a ring; only its links are used */
    unsigned visits_open;
    struct door_job *jobs, **jobs_end;
    unsigned jobs_waiting, asides_waiting, uploads;
    uint64_t job_number, request_number;
    int apart_fd;
    bool is_job_full, is_apart_full; /* the socket took no more; waiting for room */
    bool has_asks;                   /* some are not sent yet */
    bool is_library_lenient;         /* 0.9.x: it hides what door_request.c then looks for */
    bool has_resumed;                /* the library must run before we sleep */
    bool is_draining, is_quiet;
    int64_t drain_since_ms;
    struct door_package *refusals[8];
};

/* door_request.c: 0, or the status of the refusal. Fills call->rq except for the body. */
MUST_USE int request_check(struct door *d, struct door_call *call, struct MHD_Connection *c,
                           const char *method, const char *version);

/* door_call.c */
void *call_begin(void *door, const char *target, struct MHD_Connection *c);
enum MHD_Result call_continue(void *door, struct MHD_Connection *c, const char *url,
                              const char *method, const char *version, const char *data, size_t *n,
                              void **call);
void call_end(void *door, struct MHD_Connection *c, void **call,
              enum MHD_RequestTerminationCode why);
void refusals_make(struct door *d);
void refusals_drop(struct door *d);

/* door_package.c */
MUST_USE enum MHD_Result package_send(struct MHD_Connection *c, struct door_package *p,
                                      bool is_last);

/* door_slow.c */
void visit_notify(void *door, struct MHD_Connection *c, void **visit,
                  enum MHD_ConnectionNotificationCode what);
void visit_turn(struct door *d, struct door_visit *v, enum visit_phase phase);
void visits_reap(struct door *d); /* cuts everyone whose time is over */

/* door_address.c */
bool address_is_local(const struct sockaddr *a);
uint32_t address_bucket(const struct sockaddr *a, uint64_t salt);

/* door_job.c */
MUST_USE bool job_ask(struct door *d, struct door_call *call,
                      const struct door_turn *turn);     /* false: no room. Takes over the file */
void job_forget(struct door *d, struct door_call *call); /* nobody waits for it any more */
void job_abandon(struct door *d,
                 struct door_call *call); /* the same, and the call goes on without a result */
void jobs_send(struct door *d);           /* what is not sent yet, as far as the socket takes it */
void jobs_receive(struct door *d, bool is_apart); /* its socket is ready */
void jobs_expire(struct door *d);
void jobs_drop(struct door *d); /* at the end: nobody waits any more */

#endif
