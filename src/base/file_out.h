/* base/file_out.h - a file that is whole or not there.
 *
 * Written beside its place under another name, brought to the disk, then renamed. What is not done is removed with
 * the arena. "-" is standard output; pipes and devices are written to as they are.
 * Needs: breakage.    Never: a file half-written under its name. */
#ifndef BASE_FILE_OUT_H
#define BASE_FILE_OUT_H

#include "base/arena.h"

struct file_out {
    int fd;
    const char *path, *temporary; /* temporary NULL: standard output, or done */
    char *bytes;
    size_t n;
};

struct file_out *file_out_open(struct arena *a, const char *path); /* mode 0600 */
void file_out_put(struct file_out *f, str s);
void file_out_done(struct file_out *f);

#endif
