/* The head file: how far the trail had come when somebody looked last. */
#include "base/breakage.h"
#include "base/limits.h"
#include "base/sink.h"
#include "trail/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define LINE_MAX_BYTES 256

/* "17 HASH MAC\n" in hexadecimal. */
static str line_of(struct arena *a, const struct trail_head *head)
{
    struct sink out;
    unsigned char mac[SEAL_HASH_BYTES];
    sink_open(&out, a, KIB(1));
    put_int(&out, head->number);
    put_char(&out, ' ');
    for (int i = 0; i < SEAL_HASH_BYTES; i++) put_format(&out, "%02x", head->hash[i]);
    trail_hash_words("trail head 1", sink_str(&out), mac);
    put_char(&out, ' ');
    for (int i = 0; i < SEAL_HASH_BYTES; i++) put_format(&out, "%02x", mac[i]);
    put_char(&out, '\n');
    return sink_str(&out);
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hash(str text, unsigned char hash[SEAL_HASH_BYTES])
{
    if (text.n != 2 * SEAL_HASH_BYTES) return false;
    for (size_t i = 0; i < SEAL_HASH_BYTES; i++) {
        int high = hex(text.p[2 * i]), low = hex(text.p[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        hash[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

static const char *path_of(struct arena *a, str folder, const char *end)
{
    return arena_format(a, STR_FMT "/trail-head%s", STR_ARG(folder), end).p;
}

enum trail_head_answer trail_head_read(struct arena *a, str folder, struct trail_head *head)
{
    char bytes[LINE_MAX_BYTES];
    *head = (struct trail_head){ 0 };
    int fd = open(path_of(a, folder, ""), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) return TRAIL_HEAD_NONE;
    if (fd < 0) broken("the trail's head file cannot be read: %s", strerror(errno));
    ssize_t n = read(fd, bytes, sizeof bytes);
    close(fd);
    str whole = { bytes, n > 0 ? (size_t)n : 0 }, rest = whole;
    str number = str_split(&rest, ' '), hash = str_split(&rest, ' ');
    bool is_good = str_to_int(number, &head->number) && head->number > 0 &&
                   read_hash(hash, head->hash) && seal_equal_words(line_of(a, head), whole);
    if (!is_good) *head = (struct trail_head){ 0 };
    return is_good ? TRAIL_HEAD_YES : TRAIL_HEAD_DAMAGED;
}

static void write_head(struct arena *a, str folder, const struct trail_head *head)
{
    str line = line_of(a, head);
    const char *path = path_of(a, folder, ""), *fresh = path_of(a, folder, ".new");
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool is_safe = fd >= 0 && write(fd, line.p, line.n) == (ssize_t)line.n && fsync(fd) == 0;
    int why = errno;
    if (fd >= 0) close(fd);
    if (is_safe && rename(fresh, path) != 0) {
        is_safe = false;
        why = errno;
    }
    if (!is_safe) broken("the trail's head file cannot be written: %s", strerror(why));
}

static bool is_there(struct db *db, const struct trail_head *head)
{
    struct trail_newest noted;
    return trail_hash_of(db, head->number, &noted) &&
           seal_equal_words(noted.hash, (str){ (const char *)head->hash, SEAL_HASH_BYTES });
}

/* The newest entry, if it is one of ours; number 0 if there is none. */
static bool newest_head(struct db *db, struct trail_head *head)
{
    struct trail_newest newest;
    struct trail_row *row;
    *head = (struct trail_head){ 0 };
    if (!trail_head_get(db, &newest)) return true;
    if (trail_rows_from(db, newest.number, &row) != 1 || !trail_is_genuine(db_arena(db), row))
        return false;
    head->number = newest.number;
    memcpy(head->hash, row->hash.p, SEAL_HASH_BYTES);
    return true;
}

bool trail_head_keep(struct db *db, str folder)
{
    struct trail_head kept, head;
    enum trail_head_answer answer = trail_head_read(db_arena(db), folder, &kept);
    if (answer == TRAIL_HEAD_DAMAGED) return false;
    db_begin_read(db);
    bool is_good = newest_head(db, &head) && (answer == TRAIL_HEAD_NONE || is_there(db, &kept));
    db_commit(db);
    if (!is_good) return false;
    if (head.number > kept.number) write_head(db_arena(db), folder, &head);
    return true;
}
