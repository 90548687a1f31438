/* seal/keys.h - the folder of keys.
 *
 * Needs: seal.    Never: included outside src/seal. */
#ifndef SEAL_KEYS_H
#define SEAL_KEYS_H

#include "base/limits.h"
#include "seal/seal.h"

#include <sys/stat.h>

#define KEY_BYTES     32
#define KEY_ID_BYTES  8
#define KEY_CLASS_MAX 24

struct seal_key {
    char class[KEY_CLASS_MAX + 1];
    seal_period period;
    struct stat
        file; /* a key whose file is gone or another is used no more, though it is still in memory */
    unsigned char id[KEY_ID_BYTES];
    unsigned char *bytes; /* in locked memory */
};

struct seal_keys {
    struct arena *life;
    const char *path; /* of the folder, for messages */
    int folder;
    struct seal_key key[SEAL_KEYS_OPEN];
    unsigned char *memory;
    struct seal_secret *secrets; /* read so far */
    unsigned next;               /* whose place the next key takes */
};

/* NULL if there is none. With `make`, there is one afterwards, whoever made it. */
const struct seal_key *key_find(struct seal_keys *keys, const char *class, seal_period p,
                                bool make);
/* A file of KEY_BYTES, by its name in the folder. False: there is none; damaged or open to others is broken. */
MUST_USE bool key_file_read(struct seal_keys *keys, const char *name,
                            unsigned char bytes[KEY_BYTES], struct stat *what);
/* Makes it with random bytes, safe on the disk, unless somebody was quicker. */
void key_file_make(struct seal_keys *keys, const char *name);
void key_file_name(char out[64], const char *class, seal_period p);
bool key_file_read_name(const char *name, char class[KEY_CLASS_MAX + 1], seal_period *p);
void key_finish_destroying(struct seal_keys *keys, struct arena *a); /* what a killed sweep began */
int keys_list(struct seal_keys *keys, struct arena *a,
              void (*each)(void *self, const char *class, seal_period p), void *self);

#endif
