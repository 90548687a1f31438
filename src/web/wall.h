/* web/wall.h - what a process may touch, enforced by the kernel.
 *
 * Landlock closes all files but the named ones, TCP ports, signals to others and abstract sockets, as far as the
 * kernel knows how. seccomp refuses (with EPERM) the system calls none of our processes has a use for, above
 * all those that start programs or look into other processes.
 * Needs: base.    Never: widen anything; each call only takes away. */
#ifndef WEB_WALL_H
#define WEB_WALL_H

#include "base/str.h"

#define PROCESS_PATHS_MAX 12

/* Files and TCP. Lists are NULL-ended; a path that does not exist is left out. False: this kernel has no
 * Landlock, nothing is closed. `version` becomes what the kernel speaks. */
MUST_USE bool wall_files(const char *const *may_read, const char *const *may_write,
                         const uint16_t *may_connect, size_t connects, int *version);

/* System calls. Sockets of the internet can be made only if may_connect. */
MUST_USE bool wall_calls(bool may_connect);

/* For a process that only computes: of all system calls those stay that read and write what is open, take and give
 * memory that is no code, tell the time and end. Any other ends it at once. */
MUST_USE bool wall_strict(void);

/* True in builds whose leak checker must look into its own process. */
bool wall_is_watched(void);

#endif
