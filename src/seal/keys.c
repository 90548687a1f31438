/* Key files: made whole or not at all, destroyed in three steps each of which can be the last. */
#include "seal/keys.h"

#include "base/breakage.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#define DYING ".dying"

static _Noreturn void no_key(const struct seal_keys *keys, const char *what)
{
    broken("keys in %s: %s: %s; nothing was stored", keys->path, what, strerror(errno));
}

void key_file_name(char out[64], const char *class, seal_period p)
{
    snprintf(out, 64, "%s-%04d-%02d.key", class, p / 12, p % 12 + 1);
}

bool key_file_read_name(const char *name, char class[KEY_CLASS_MAX + 1], seal_period *p)
{
    int year, month, used = 0;
    if (sscanf(name, "%24[a-z]-%4d-%2d%n", class, &year, &month, &used) != 3 ||
        strcmp(name + used, ".key") != 0)
        return false;
    if (year < 1970 || month < 1 || month > 12) return false;
    *p = (seal_period)(year * 12 + month - 1);
    char same[64];
    key_file_name(same, class, *p);
    return strcmp(same, name) == 0;
}

static void close_keys(void *self)
{
    struct seal_keys *keys = self;
    sodium_free(keys->memory); /* wipes it */
    close(keys->folder);
}

struct seal_keys *seal_keys_open(struct arena *life, str folder)
{
    if (sodium_init() < 0) broken("libsodium cannot start");
    struct seal_keys *keys = arena_new(life, struct seal_keys, 1);
    keys->life = life;
    keys->path = arena_z(life, folder);
    if (mkdir(keys->path, 0700) != 0 && errno != EEXIST) no_key(keys, "the folder cannot be made");
    keys->folder = open(keys->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (keys->folder < 0) no_key(keys, "the folder cannot be opened");
    keys->memory = sodium_malloc(SEAL_KEYS_OPEN *
                                 KEY_BYTES); /* locked and kept out of core files where allowed */
    if (!keys->memory) no_key(keys, "no memory for keys");
    arena_at_end(life, close_keys, keys);
    for (int i = 0; i < SEAL_KEYS_OPEN; i++) keys->key[i].bytes = keys->memory + i * KEY_BYTES;

    struct stat what;
    if (fstat(keys->folder, &what) != 0) no_key(keys, "the folder cannot be read");
    if (what.st_mode & 077)
        broken("keys in %s: the folder is open to others; chmod 700 it. Nothing was stored",
               keys->path);
    if (what.st_uid != geteuid())
        broken("keys in %s: the folder belongs to somebody else. Nothing was stored", keys->path);
    return keys;
}

static void make_id(struct seal_key *k)
{
    static const char words[] = "blueheart key id";
    unsigned char whole[crypto_generichash_BYTES_MIN];
    crypto_generichash(whole, sizeof whole, (const unsigned char *)words, sizeof words - 1,
                       k->bytes, KEY_BYTES);
    memcpy(k->id, whole, KEY_ID_BYTES);
}

static bool is_still(struct seal_keys *keys, const char *name, const struct stat *file)
{
    struct stat what;
    return fstatat(keys->folder, name, &what, AT_SYMLINK_NOFOLLOW) == 0 &&
           what.st_ino == file->st_ino &&
           memcmp(&what.st_mtim, &file->st_mtim, sizeof what.st_mtim) == 0;
}

bool key_file_read(struct seal_keys *keys, const char *name, unsigned char bytes[KEY_BYTES],
                   struct stat *what)
{
    int fd = openat(keys->folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) return false;
    if (fd < 0) no_key(keys, "a key cannot be opened");
    bool is_read = fstat(fd, what) == 0 && what->st_size == KEY_BYTES &&
                   read(fd, bytes, KEY_BYTES) == KEY_BYTES;
    close(fd);
    if (!is_read)
        broken("keys in %s: %s is damaged; put back a copy of it. Nothing was stored", keys->path,
               name);
    if (what->st_mode & 077)
        broken("keys in %s: %s is open to others; chmod 600 it. Nothing was stored", keys->path,
               name);
    return true;
}

/* Reads a key into the next place in memory. NULL: there is none. */
static struct seal_key *load(struct seal_keys *keys, const char *class, seal_period p,
                             const char *name)
{
    struct seal_key *k = &keys->key[keys->next];
    struct stat what;
    k->class[0] = '\0';
    if (!key_file_read(keys, name, k->bytes, &what)) return NULL;
    keys->next = (keys->next + 1) % SEAL_KEYS_OPEN;
    if (!is_still(keys, name, &what)) { /* being destroyed just now: what was read may be its end */
        sodium_memzero(k->bytes, KEY_BYTES);
        return NULL;
    }
    snprintf(k->class, sizeof k->class, "%s", class);
    k->period = p;
    k->file = what;
    make_id(k);
    return k;
}

/* Under a name of its own first, then linked to the real one: whoever is first wins, and nobody sees half a key. */
void key_file_make(struct seal_keys *keys, const char *name)
{
    char temporary[64];
    unsigned char fresh[KEY_BYTES];
    snprintf(temporary, sizeof temporary, ".new-%ld-%08x", (long)getpid(), randombytes_random());
    randombytes_buf(fresh, sizeof fresh);
    int fd = openat(keys->folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) no_key(keys, "a key cannot be made");
    bool is_safe = write(fd, fresh, KEY_BYTES) == KEY_BYTES && fsync(fd) == 0;
    sodium_memzero(fresh, sizeof fresh);
    close(fd);
    bool is_linked = is_safe && (linkat(keys->folder, temporary, keys->folder, name, 0) == 0 ||
                                 errno == EEXIST);
    int why = errno;
    unlinkat(keys->folder, temporary, 0);
    errno = why;
    if (!is_linked || fsync(keys->folder) != 0) no_key(keys, "a key cannot be made");
}

const struct seal_key *key_find(struct seal_keys *keys, const char *class, seal_period p,
                                bool may_make)
{
    char name[64];
    key_file_name(name, class, p);
    for (int i = 0; i < SEAL_KEYS_OPEN; i++) {
        struct seal_key *k = &keys->key[i];
        if (k->period != p || strcmp(k->class, class) != 0) continue;
        if (is_still(keys, name, &k->file)) return k;
        sodium_memzero(k->bytes, KEY_BYTES); /* destroyed, perhaps by another process */
        k->class[0] = '\0';
    }
    const struct seal_key *found = load(keys, class, p, name);
    if (found || !may_make) return found;
    key_file_make(keys, name);
    found = load(keys, class, p, name);
    if (!found) no_key(keys, "a key went as it came");
    return found;
}

/* Its name is already one that opens nothing. */
static void end_key(struct seal_keys *keys, const char *dying)
{
    unsigned char noise[KEY_BYTES];
    randombytes_buf(noise, sizeof noise);
    int fd = openat(keys->folder, dying, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    bool is_over = fd >= 0 && pwrite(fd, noise, sizeof noise, 0) == (ssize_t)sizeof noise &&
                   fsync(fd) == 0;
    int why = errno;
    if (fd >= 0) close(fd);
    if (fd < 0 && why == ENOENT) return; /* another process was quicker */
    if (is_over) is_over = unlinkat(keys->folder, dying, 0) == 0 || errno == ENOENT;
    if (!is_over || fsync(keys->folder) != 0)
        broken("keys in %s: a key cannot be destroyed: %s", keys->path, strerror(errno));
}

void seal_destroy(struct seal_keys *keys, const char *class, seal_period p)
{
    char name[64], dying[80];
    key_file_name(name, class, p);
    snprintf(dying, sizeof dying, "%s" DYING, name);
    if (renameat(keys->folder, name, keys->folder, dying) != 0 && errno != ENOENT)
        broken("keys in %s: a key cannot be destroyed: %s", keys->path, strerror(errno));
    if (fsync(keys->folder) != 0)
        broken("keys in %s: a key cannot be destroyed: %s", keys->path, strerror(errno));
    end_key(keys, dying);
}

struct found {
    char name[80];
};

/* Names first, then work: the folder changes under the reader. */
static int list_names(struct seal_keys *keys, struct arena *a, struct found **out)
{
    int again = openat(keys->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = again >= 0 ? fdopendir(again) : NULL;
    if (!dir) no_key(keys, "the folder cannot be read");
    *out = arena_new(a, struct found, SEAL_KEYS_MAX);
    int n = 0;
    for (struct dirent *e; n < SEAL_KEYS_MAX && (e = readdir(dir)) != NULL;)
        if (strlen(e->d_name) < sizeof(*out)->name)
            memcpy((*out)[n++].name, e->d_name, strlen(e->d_name) + 1);
    closedir(dir);
    return n;
}

void key_finish_destroying(struct seal_keys *keys, struct arena *a)
{
    struct found *all;
    int n = list_names(keys, a, &all);
    for (int i = 0; i < n; i++)
        if (str_ends(str_of(all[i].name), S(DYING))) end_key(keys, all[i].name);
}

int keys_list(struct seal_keys *keys, struct arena *a,
              void (*each)(void *self, const char *class, seal_period p), void *self)
{
    struct found *all;
    int n = list_names(keys, a, &all), found = 0;
    for (int i = 0; i < n; i++) {
        char class[KEY_CLASS_MAX + 1];
        seal_period p;
        if (!key_file_read_name(all[i].name, class, &p)) continue;
        each(self, class, p);
        found++;
    }
    return found;
}
