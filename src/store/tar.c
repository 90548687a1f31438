#include "store/tar.h"

#include "base/breakage.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

bool tar_name_is(str name)
{
    if (name.n == 0 || name.n > TAR_NAME_MAX) return false;
    while (name.p) {
        str part = str_split(&name, '/');
        if (part.n == 0 || part.p[0] == '.' || part.p[0] == '-') return false;
        for (size_t i = 0; i < part.n; i++) {
            char c = part.p[i];
            bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (c >= '0' && c <= '9');
            if (!is_plain && c != '_' && c != '-' && c != '.') return false;
        }
    }
    return true;
}

/* The only header this program writes or takes. */
static void make_header(char block[TAR_BLOCK], const char *name, uint64_t bytes)
{
    memset(block, 0, TAR_BLOCK);
    snprintf(block, 100, "%s", name);
    snprintf(block + 100, 8, "%07o", 0600u);
    snprintf(block + 108, 8, "%07o", 0u);
    snprintf(block + 116, 8, "%07o", 0u);
    snprintf(block + 124, 12, "%011llo", (unsigned long long)bytes);
    snprintf(block + 136, 12, "%011o", 0u);
    memset(block + 148, ' ', 8);
    block[156] = '0';
    memcpy(block + 257,
           "ustar\0"
           "00",
           8);
    unsigned sum = 0;
    for (int i = 0; i < TAR_BLOCK; i++) sum += (unsigned char)block[i];
    snprintf(block + 148, 8, "%06o", sum);
    block[155] = ' ';
}

static void hash_text(crypto_generichash_state *hash, char out[TAR_HASH_TEXT])
{
    unsigned char raw[crypto_generichash_BYTES];
    crypto_generichash_final(hash, raw, sizeof raw);
    sodium_bin2hex(out, TAR_HASH_TEXT, raw, sizeof raw);
}

static _Noreturn void disk_refused(const struct tar_out *t)
{
    bool is_full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    if (is_full) broken("%s: the disk is full; nothing was kept of it", t->path);
    broken("%s: cannot be written: %s", t->path, strerror(errno));
}

static void write_at(struct tar_out *t, const char *p, size_t n, uint64_t at)
{
    while (n) {
        ssize_t done = pwrite(t->fd, p, n, (off_t)at);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) disk_refused(t);
        p += done;
        n -= (size_t)done;
        at += (uint64_t)done;
    }
}

static void flush(struct tar_out *t)
{
    write_at(t, t->hold, t->held, t->at);
    t->at += t->held;
    t->held = 0;
}

static void write_on(struct tar_out *t, const char *p, size_t n)
{
    while (n) {
        size_t piece = sizeof t->hold - t->held;
        if (piece > n) piece = n;
        memcpy(t->hold + t->held, p, piece);
        t->held += piece;
        p += piece;
        n -= piece;
        if (t->held == sizeof t->hold) flush(t);
    }
}

static size_t gap_after(uint64_t bytes)
{
    return (size_t)((TAR_BLOCK - bytes % TAR_BLOCK) % TAR_BLOCK);
}

static const char zeros[2 * TAR_BLOCK];

void tar_create(struct tar_out *t, int fd, const char *path)
{
    t->fd = fd;
    t->path = path;
    t->at = t->member_at = 0;
    t->held = 0;
}

void tar_begin(struct tar_out *t, str name)
{
    assert(tar_name_is(name));
    flush(t);
    t->member_at = t->at;
    t->member = (struct tar_member){ .bytes = 0 };
    memcpy(t->member.name, name.p, name.n);
    crypto_generichash_init(&t->hash, NULL, 0, crypto_generichash_BYTES);
    write_on(t, zeros, TAR_BLOCK); /* its header follows when its size is known */
}

void tar_put(struct tar_out *t, str bytes)
{
    if (bytes.n > TAR_MEMBER_MAX - t->member.bytes)
        broken("%s: %s is longer than the 8 GiB this format can hold", t->path, t->member.name);
    crypto_generichash_update(&t->hash, (const unsigned char *)bytes.p, bytes.n);
    t->member.bytes += bytes.n;
    write_on(t, bytes.p, bytes.n);
}

struct tar_member tar_end(struct tar_out *t)
{
    char header[TAR_BLOCK];
    write_on(t, zeros, gap_after(t->member.bytes));
    flush(t);
    make_header(header, t->member.name, t->member.bytes);
    write_at(t, header, sizeof header, t->member_at);
    hash_text(&t->hash, t->member.hash);
    return t->member;
}

void tar_first_again(struct tar_out *t, str bytes)
{
    write_at(t, bytes.p, bytes.n, TAR_BLOCK);
}

void tar_finish(struct tar_out *t)
{
    write_on(t, zeros, sizeof zeros);
    flush(t);
    if (fsync(t->fd) != 0) disk_refused(t);
}

void tar_open(struct tar_in *t, int fd)
{
    *t = (struct tar_in){ .fd = fd };
    if (lseek(fd, 0, SEEK_SET) != 0) broken("the backup cannot be read: %s", strerror(errno));
}

static size_t read_full(int fd, char *into, size_t n)
{
    size_t done = 0;
    while (done < n) {
        ssize_t got = read(fd, into + done, n - done);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) broken("the backup cannot be read: %s", strerror(errno));
        if (got == 0) break;
        done += (size_t)got;
    }
    return done;
}

static enum tar_next bad(struct tar_in *t, const char *why)
{
    t->why = why;
    return TAR_BAD;
}

static bool read_octal(const char *p, size_t digits, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < digits; i++) {
        if (p[i] < '0' || p[i] > '7') return false;
        *out = *out * 8 + (uint64_t)(p[i] - '0');
    }
    return true;
}

static enum tar_next read_end(struct tar_in *t)
{
    char block[TAR_BLOCK], more;
    if (read_full(t->fd, block, sizeof block) != sizeof block ||
        memcmp(block, zeros, sizeof block) != 0)
        return bad(t, "its end is missing");
    if (read_full(t->fd, &more, 1) != 0) return bad(t, "something follows its end");
    return TAR_END;
}

enum tar_next tar_next(struct tar_in *t)
{
    assert(t->left == 0);
    char block[TAR_BLOCK], expected[TAR_BLOCK];
    if (read_full(t->fd, block, sizeof block) != sizeof block) return bad(t, "it is cut short");
    if (memcmp(block, zeros, sizeof block) == 0) return read_end(t);

    str name = { block, strnlen(block, TAR_NAME_MAX + 1) };
    if (!tar_name_is(name)) return bad(t, "a name in it leads elsewhere");
    t->member = (struct tar_member){ .bytes = 0 };
    memcpy(t->member.name, name.p, name.n);
    if (!read_octal(block + 124, 11, &t->member.bytes))
        return bad(t, "a size in it is not a number");
    make_header(expected, t->member.name, t->member.bytes);
    if (memcmp(block, expected, sizeof block) != 0) return bad(t, "a header in it was changed");
    t->left = t->member.bytes;
    t->is_over = false;
    crypto_generichash_init(&t->hash, NULL, 0, crypto_generichash_BYTES);
    return TAR_MEMBER;
}

static ptrdiff_t member_is_over(struct tar_in *t)
{
    if (t->is_over) return 0; /* whoever read it to its end may ask once more */
    char gap[TAR_BLOCK];
    size_t n = gap_after(t->member.bytes);
    if (read_full(t->fd, gap, n) != n || memcmp(gap, zeros, n) != 0) {
        bad(t, "a gap in it is not empty");
        return -1;
    }
    hash_text(&t->hash, t->member.hash);
    t->is_over = true;
    return 0;
}

ptrdiff_t tar_read(struct tar_in *t, char *into, size_t n)
{
    if (t->left == 0) return member_is_over(t);
    if (n > t->left) n = (size_t)t->left;
    if (read_full(t->fd, into, n) != n) {
        bad(t, "it is cut short");
        return -1;
    }
    crypto_generichash_update(&t->hash, (const unsigned char *)into, n);
    t->left -= n;
    return (ptrdiff_t)n;
}
