/* study/measurer.h - the process that makes the runs of studies, one after another.
 *
 * It takes the oldest that waits, tells how far it is, stops when nobody wants it any more, and puts it back when the
 * machine is told to end; one that a dead process left is taken up again. The engine works in several threads, at the
 * lowest priority: pages come first.
 * Needs: estimate, store, seal, web (process).    Never: listen; publish. */
#ifndef STUDY_MEASURER_H
#define STUDY_MEASURER_H

#include "web/process.h"

/* Told by main before the keeper starts; must live on. */
struct measurer_setting {
    str db_url, keys_folder;
    int64_t node; /* random, of this start of the server */
};
void measurer_place(const struct measurer_setting *setting);

/* A `run` of process.h. */
void measurer_run(struct process *self);

#endif
