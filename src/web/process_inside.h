/* web/process_inside.h - what the keeper's own files tell each other; nobody else includes it. */
#ifndef WEB_PROCESS_INSIDE_H
#define WEB_PROCESS_INSIDE_H

#include "web/process.h"

#include <sys/types.h>

enum { LINE_USUAL, LINE_APART, JOB_LINES };

/* One process of the table, living or about to be started again. */
struct place {
    const struct process_kind *kind;
    unsigned number;
    pid_t pid;     /* 0: not running */
    int listen_fd; /* -1: none */
    struct line {
        int ask_fd, serve_fd; /* both ends of its connection to a job process; -1: none */
        struct place *server; /* that job process */
    } lines[JOB_LINES];       /* to the usual one, and to the one apart */
    struct door_counts *counts;
    int64_t started_ms, start_due_ms;
    int wait_ms; /* before the next start; doubles */
};

struct keeper {
    pid_t pid;
    const struct process_kind *kinds;
    size_t kinds_n;
    void *self;
    struct place *places;
    size_t places_n;
    int life[2]; /* children read, and see its end when the keeper dies */
    int signal_fd;
    bool is_ending, is_killing, has_bad_end;
    int64_t ending_since_ms;
};

/* process_socket.c */
int sockets_inherited(void); /* how many the service manager gave; they begin at 3 */
MUST_USE bool sockets_make(struct keeper *k, str *why,
                           struct arena *a); /* for every place that listens */

/* process_child.c */
_Noreturn void child_run(struct keeper *k, struct place *mine); /* in the new process */
void place_name(const struct place *p, char out[24]);

#endif
