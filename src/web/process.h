/* web/process.h - the keeper and the kinds of process it keeps.
 *
 * The keeper makes the sockets, starts every process of one table, replaces the crashed ones (more slowly if
 * it happens often), passes SIGTERM and SIGHUP on, and does nothing else. What a kind may touch is declared
 * here and enforced after its fork: Landlock for files and TCP ports, seccomp for system calls, not dumpable.
 * On SIGTERM or SIGINT those who serve people end first, then those who serve jobs.
 * Needs: base, door, wall.    Never: open a database, read a request, hold a key. */
#ifndef WEB_PROCESS_H
#define WEB_PROCESS_H

#include "web/door.h"
#include "web/wall.h"

struct process; /* what a started process knows of itself */

struct process_kind {
    const char *name;        /* "front", "job", "vault" */
    unsigned count;          /* at most WORKERS_MAX; 0: not started */
    const char *listen;      /* "127.0.0.1:8080", one SO_REUSEPORT socket per process; NULL: none */
    const char *serves_jobs; /* the name under which this kind answers jobs; NULL: it does not */
    const char *asks_jobs;   /* the name of the jobs it may ask for; NULL: none */
    const char *asks_apart;  /* the same, of those done where nothing is open */
    const char
        *may_read[PROCESS_PATHS_MAX]; /* files and folders, NULL-ended; everything else is closed */
    const char
        *may_write[PROCESS_PATHS_MAX]; /* folders; includes making and removing files there */
    uint16_t may_connect[4];           /* TCP ports (PostgreSQL, mail); 0: none */
    void (*run)(struct process *self);
};

struct process {
    const struct process_kind *kind;
    unsigned number;          /* 0 .. count-1 */
    struct door_setting door; /* filled: sockets, pipe, counts, limits */
    int jobs_fd
        [WORKERS_MAX]; /* where this process receives jobs, one connection for each who may ask */
    unsigned jobs_n;
    void *self; /* as given to keeper_run */
};

/* Starts everything and returns the exit status when all have ended: 0 after SIGTERM, 1 if a socket could not
 * be had (it then said why on standard error) or somebody did not end well. `ready` runs once when all listen.
 * Sockets given by the service manager (LISTEN_FDS) are used first, one for each kind that listens.
 * Descriptors that were open before stay open in the children; the keeper's own are closed there. A child has
 * SIGTERM, SIGINT and SIGHUP blocked: door_run, process_serve_jobs and process_pause are what notices them. */
int keeper_run(const struct process_kind *kinds, size_t n, void *self, void (*ready)(void *self));

/* Closes this process in: called by the keeper in each child; also by `check walls`. False if the kernel cannot
 * (it then logs one line saying what is open). Cannot be undone. */
bool process_wall(const struct process_kind *kind);

/* For a kind without a door: waits, and is false when it is time to end (SIGTERM, or the keeper is gone). */
MUST_USE bool process_pause(struct process *p, int wait_ms);

/* The job process's loop: one job after another, each answer at most BODY_MAX; longer ones and breakages
 * become the empty answer, which the page reads as "failed". Ends with the keeper. */
typedef str job_fn(void *self, struct arena *a, str ask);
void process_serve_jobs(struct process *p, job_fn *work, void *self);

/* The bytes that came with the job under way, and where bytes for its answer go; each -1 if there are none. Both are
 * closed when the job is done. */
struct job_files {
    int read_fd, write_fd;
};
struct job_files process_job_files(void);

#endif
