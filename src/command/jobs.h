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

/* Of the files named so, if there are more than `most`, the older ones go, down to three quarters of that. */
void jobs_make_room(struct arena *a, str folder, str named, size_t most);

/* Packs a kit as a file unless it is there; gives its path. ask: the name of what comes with it. */
str jobs_kit(struct jobs *jobs, struct arena *a, str ask);

/* Draws a picture as a file unless it is there; gives its path. */
str jobs_picture(struct jobs *jobs, struct arena *a, str ask);

/* Draws material to wear or to print, in memory: the file goes where the asker said. "made", "full", "letters ...". */
str jobs_wear(struct arena *a, str ask);
/* Draws the certificate whose words came with the job; the file goes back beside the answer. */
str jobs_certificate(struct arena *a);

#endif
