/* command/jobs.h - what the job process's own files tell each other.
 *
 * Needs: store, draw.    Never: included outside src/command. */
#ifndef COMMAND_JOBS_H
#define COMMAND_JOBS_H

#include "store/db.h"

struct jobs {
    struct db *db;
    str folder; /* of files made once and sent often */
};

/* The whole text, on the disk, or no file. */
MUST_USE bool jobs_write(const char *path, str text);

/* Draws a picture as a file unless it is there; gives its path. */
str jobs_picture(struct jobs *jobs, struct arena *a, str ask);

/* Draws material to wear or to print, in memory: the file goes where the asker said. "made", "full", "letters ...". */
str jobs_wear(struct arena *a, str ask);

#endif
