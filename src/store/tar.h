/* store/tar.h - one file that holds several: POSIX ustar, written in one way only.
 *
 * The writer makes every header from name and size alone (mode 0600, no owner, no date), so the reader can demand
 * exactly the bytes the writer would have made: a header, a gap or an end that differs in one bit is refused.
 * Any tar program can list and unpack the result.
 * Needs: base, libsodium for the hashes.    Never: follow a path out of the file, hold a member in memory. */
#ifndef STORE_TAR_H
#define STORE_TAR_H

#include "base/str.h"

#include <sodium.h>

#define TAR_BLOCK      512
#define TAR_NAME_MAX   99
#define TAR_MEMBER_MAX 077777777777ull /* what eleven octal digits can say: 8 GiB less one byte */
#define TAR_HASH_TEXT  (2 * crypto_generichash_BYTES + 1)

struct tar_member {
    char name[TAR_NAME_MAX + 1];
    uint64_t bytes;
    char hash[TAR_HASH_TEXT]; /* BLAKE2b-256, hexadecimal */
};

struct tar_out {
    int fd;
    const char *path; /* for messages */
    uint64_t at, member_at;
    struct tar_member member;
    crypto_generichash_state hash;
    size_t held;
    char hold[1 << 16];
};

/* Writes into an open, empty file. What the disk refuses is a breakage in words. */
void tar_create(struct tar_out *t, int fd, const char *path);
void tar_begin(struct tar_out *t, str name);
void tar_put(struct tar_out *t, str bytes);
struct tar_member tar_end(struct tar_out *t);
void tar_first_again(struct tar_out *t,
                     str bytes);    /* the first member anew, as long as it was before */
void tar_finish(struct tar_out *t); /* the end marks, and all of it safely on the disk */

enum tar_next { TAR_MEMBER, TAR_END, TAR_BAD };

struct tar_in {
    int fd;
    struct tar_member member;
    uint64_t left; /* bytes of the member not yet read */
    bool is_over;  /* its gap was read and its hash is known */
    crypto_generichash_state hash;
    const char *why; /* after TAR_BAD, in words */
};

void tar_open(struct tar_in *t, int fd); /* from the file's beginning */
/* Only after the member before was read to its end. */
MUST_USE enum tar_next tar_next(struct tar_in *t);
/* At most n bytes of the member; 0 at its end, when member.hash is filled and the gap was found clean; -1: bad. */
MUST_USE ptrdiff_t tar_read(struct tar_in *t, char *into, size_t n);

/* a relative path of plain parts: letters, digits, "_", "-", "." inside a part, "/" */
bool tar_name_is(str name);

#endif
