/* Keys of single things: files that come and go with what they open. */
#include "seal/own.h"

#include "base/breakage.h"
#include "seal/keys.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#define FOLDER      "own"
#define NAME_MAX_   80
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES   crypto_aead_xchacha20poly1305_ietf_ABYTES

static _Noreturn void no_key(const struct seal_keys *keys, const char *what)
{
    broken("keys in %s/" FOLDER ": %s: %s", keys->path, what, strerror(errno));
}

static int folder_open(struct seal_keys *keys)
{
    struct stat what;
    if (mkdirat(keys->folder, FOLDER, 0700) != 0 && errno != EEXIST)
        no_key(keys, "the folder cannot be made");
    int folder = openat(keys->folder, FOLDER, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0 || fstat(folder, &what) != 0) no_key(keys, "the folder cannot be opened");
    if (what.st_mode & 077)
        broken("keys in %s/" FOLDER ": the folder is open to others; chmod 700 it", keys->path);
    return folder;
}

static void name_of(char out[NAME_MAX_], struct seal_own which)
{
    snprintf(out, NAME_MAX_, "%s-%016llx-%llx.key", which.class, (unsigned long long)which.row,
             (unsigned long long)which.until);
}

void seal_own_make(struct seal_keys *keys, struct seal_own which)
{
    char name[NAME_MAX_];
    unsigned char fresh[KEY_BYTES];
    int folder = folder_open(keys);
    name_of(name, which);
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) no_key(keys, "a key cannot be made; nothing was stored");
    randombytes_buf(fresh, sizeof fresh);
    bool is_safe = write(fd, fresh, KEY_BYTES) == KEY_BYTES && fsync(fd) == 0 && fsync(folder) == 0;
    sodium_memzero(fresh, sizeof fresh);
    close(fd);
    close(folder);
    if (!is_safe) no_key(keys, "a key cannot be made; nothing was stored");
}

/* False: it is gone, or was never whole. */
static bool read_key(struct seal_keys *keys, struct seal_own which, unsigned char out[KEY_BYTES])
{
    char name[NAME_MAX_];
    struct stat what;
    int folder = folder_open(keys);
    name_of(name, which);
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), why = errno;
    close(folder);
    if (fd < 0 && why != ENOENT) no_key(keys, "a key cannot be opened");
    if (fd < 0) return false;
    bool is_whole = fstat(fd, &what) == 0 && what.st_size == KEY_BYTES && !(what.st_mode & 077) &&
                    read(fd, out, KEY_BYTES) == KEY_BYTES;
    close(fd);
    return is_whole;
}

personal seal_own_close(struct seal_keys *keys, struct arena *a, struct seal_own which,
                        personal words)
{
    char name[NAME_MAX_];
    unsigned char key[KEY_BYTES];
    unsigned long long n = 0;
    unsigned char *box = arena_take(a, NONCE_BYTES + words.words.n + TAG_BYTES);
    if (!read_key(keys, which, key)) broken("a key of its own is gone; nothing was stored");
    name_of(name, which);
    randombytes_buf(box, NONCE_BYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        box + NONCE_BYTES, &n, (const unsigned char *)words.words.p, words.words.n,
        (const unsigned char *)name, strlen(name), NULL, box, key);
    sodium_memzero(key, sizeof key);
    return (personal){ { (const char *)box, NONCE_BYTES + (size_t)n } };
}

enum seal_answer seal_own_open(struct seal_keys *keys, struct arena *a, struct seal_own which,
                               personal box, personal *words)
{
    char name[NAME_MAX_];
    unsigned char key[KEY_BYTES];
    unsigned long long n = 0;
    const unsigned char *p = (const unsigned char *)box.words.p;
    *words = (personal){ S("") };
    if (box.words.n < NONCE_BYTES + TAG_BYTES) return SEAL_DAMAGED;
    if (!read_key(keys, which, key)) return SEAL_KEY_GONE;
    name_of(name, which);
    unsigned char *out = arena_take(a, box.words.n);
    int is_bad = crypto_aead_xchacha20poly1305_ietf_decrypt(
        out, &n, NULL, p + NONCE_BYTES, box.words.n - NONCE_BYTES, (const unsigned char *)name,
        strlen(name), p, key);
    sodium_memzero(key, sizeof key);
    if (is_bad) return SEAL_DAMAGED;
    *words = (personal){ { (const char *)out, (size_t)n } };
    return SEAL_OPENED;
}

static void end_key(struct seal_keys *keys, int folder, const char *name)
{
    unsigned char noise[KEY_BYTES];
    int fd = openat(folder, name, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) return;
    randombytes_buf(noise, sizeof noise);
    bool is_over = fd >= 0 && pwrite(fd, noise, sizeof noise, 0) == (ssize_t)sizeof noise &&
                   fsync(fd) == 0;
    if (fd >= 0) close(fd);
    if (is_over) is_over = unlinkat(folder, name, 0) == 0 || errno == ENOENT;
    if (!is_over || fsync(folder) != 0) no_key(keys, "a key cannot be destroyed");
}

void seal_own_destroy(struct seal_keys *keys, struct seal_own which)
{
    char name[NAME_MAX_];
    int folder = folder_open(keys);
    name_of(name, which);
    end_key(keys, folder, name);
    close(folder);
}

struct ended {
    char name[NAME_MAX_];
};

int64_t seal_own_sweep(struct seal_keys *keys, struct arena *a, ms now)
{
    int folder = folder_open(keys), again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = again >= 0 ? fdopendir(again) : NULL;
    struct ended *all = arena_new(a, struct ended, SEAL_KEYS_MAX);
    int n = 0;
    if (!dir) no_key(keys, "the folder cannot be read");
    for (struct dirent *e; n < SEAL_KEYS_MAX && (e = readdir(dir)) != NULL;) {
        unsigned long long row, until;
        bool is_key = strlen(e->d_name) < NAME_MAX_ &&
                      sscanf(e->d_name, "%*[a-z]-%16llx-%llx.key", &row, &until) == 2;
        if (is_key && (ms)until <= now) memcpy(all[n++].name, e->d_name, strlen(e->d_name) + 1);
    }
    closedir(dir);
    for (int i = 0; i < n; i++) end_key(keys, folder, all[i].name);
    close(folder);
    return n;
}
