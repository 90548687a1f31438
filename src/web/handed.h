/* web/handed.h - bytes that go from one process to another as memory without a name.
 *
 * Needs: base.    Never: a file on a disk; more than JOB_FILE_MAX. */
#ifndef WEB_HANDED_H
#define WEB_HANDED_H

#include "base/arena.h"

/* The bytes as a descriptor that nobody can write to any more. Broken if there is no memory. */
int handed_make(str bytes);
/* All of the bytes into a descriptor; false if they do not fit. */
bool handed_write(int fd, str bytes);
/* All bytes of a descriptor; p is NULL if there are more than JOB_FILE_MAX or they cannot be read. */
str handed_read(struct arena *a, int fd);

#endif
