/* base/file_out.h - a file that is whole or not there.
 *
 * Written without a name in its folder, brought to the disk, then named: whoever is killed leaves nothing. Where the file
 * system knows no nameless files it is written beside its place as NAME.XXXXXX, and a kill leaves that.
 * "-" is standard output. Pipes and devices are written to as they are, and so is what /dev/stdout and /dev/fd/N stand for;
 * a symbolic link stays one, and what it points to is replaced.
 * Needs: breakage.    Never: a file half-written under its name; a file in the place of a device. */
#ifndef BASE_FILE_OUT_H
#define BASE_FILE_OUT_H

#include "base/arena.h"

struct file_out {
    struct arena *arena;
    int fd;
    const char *path;      /* as it was given, for messages */
    const char *place;     /* where links lead; NULL: nothing is named in the end */
    const char *temporary; /* its name until then; NULL: it has none */
    char *bytes;
    size_t n;
};

struct file_out *file_out_open(struct arena *a, const char *path); /* mode 0600 */
void file_out_put(struct file_out *f, str s);
void file_out_done(struct file_out *f);

#endif
