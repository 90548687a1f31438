#include "publish/ledger.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "base/file_out.h"
#include "base/limits.h"
#include "publish/ledger_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static void close_file(void *fd)
{
    close((int)(intptr_t)fd);
}

static void unlock(void *held)
{
    int *fd = held;
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

/* Waits until no other program works on this ledger. The lock ends with `unlock`, with the arena if something broke,
 * or with the process, however it ends. */
static int *lock(struct arena *a, const char *path)
{
    const char *beside = arena_format(a, "%s.lock", path).p;
    int *fd = arena_new(a, int, 1);
    *fd = open(beside, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (*fd < 0) broken("%s: cannot be opened: %s", beside, strerror(errno));
    arena_at_end(a, unlock, fd);
    while (flock(*fd, LOCK_EX) != 0)
        if (errno != EINTR) broken("%s: cannot be locked: %s", beside, strerror(errno));
    return fd;
}

/* A release is written into a new file that takes the ledger's place. Through a link it would take the link's place, and
 * the ledger itself would never hear of it: every link could spend the whole total. */
static const str a_link = S_CONST("this is a link, or the file has several names: name the ledger "
                                  "itself, or each name would have the whole budget");

static enum ledger_answer read_file(struct arena *a, const char *path, struct ledger *out, str *why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT) {
        *why = S("there is no such file; `blueheart publish ledger init` begins one");
        return LEDGER_NOT_THERE;
    }
    if (fd < 0 && errno == ELOOP) {
        *why = a_link;
        return LEDGER_DAMAGED;
    }
    if (fd < 0) broken("%s: cannot be read: %s", path, strerror(errno));
    arena_at_end(a, close_file, (void *)(intptr_t)fd);
    struct stat about;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) ||
        (size_t)about.st_size > LEDGER_FILE_MAX) {
        *why = S("this is no ledger");
        return LEDGER_DAMAGED;
    }
    if (about.st_nlink > 1) {
        *why = a_link;
        return LEDGER_DAMAGED;
    }
    char *bytes = arena_take(a, (size_t)about.st_size + 1);
    size_t n = 0;
    for (ssize_t got; (got = read(fd, bytes + n, (size_t)about.st_size - n)) > 0;) n += (size_t)got;
    return ledger_parse(a, (str){ bytes, n }, out, why);
}

static void write_file(struct arena *a, const char *path, struct ledger *l)
{
    struct sink text;
    sink_open(&text, a, LEDGER_FILE_MAX * 2);
    ledger_write(a, l, &text);
    struct file_out *to = file_out_open(a, path);
    file_out_put(to, sink_str(&text));
    file_out_done(to);
}

static bool words_fit(str words)
{
    return words.n > 0 && words.n <= LEDGER_WORDS_MAX && str_is_utf8(words) &&
           !str_has_control(words) && str_find(words, '\t') < 0 && str_find(words, '\n') < 0 &&
           str_find(words, '\r') < 0;
}

static str moment(struct arena *a, ms now)
{
    char text[MOMENT_TEXT];
    moment_text(now, text);
    return arena_str(a, str_of(text));
}

enum ledger_answer ledger_begin(struct arena *a, const char *path, str data, str by, nano epsilon,
                                femto delta, ms now, str *why)
{
    if (!words_fit(data) || !words_fit(by) || epsilon <= 0 || delta < 0) {
        *why = S("a ledger needs the name of its data, who begins it (one line each), and an "
                 "epsilon above 0");
        return LEDGER_UNFIT;
    }
    int *held = lock(a, path);
    struct stat there;
    if (lstat(path, &there) == 0) {
        unlock(held);
        *why = S("there is a ledger already; what was declared is not declared anew");
        return LEDGER_THERE_ALREADY;
    }
    struct ledger l = {
        .data = data, .by = by, .at = moment(a, now), .epsilon = epsilon, .delta = delta
    };
    write_file(a, path, &l);
    unlock(held);
    return LEDGER_YES;
}

enum ledger_answer ledger_read(struct arena *a, const char *path, struct ledger *out, str *why)
{
    return read_file(a, path, out, why); /* renamed into place: always one whole version */
}

static enum ledger_answer exceeds(struct arena *a, const struct ledger *l, nano epsilon,
                                  femto delta, str *why)
{
    if (epsilon <= l->epsilon - l->epsilon_spent && delta <= l->delta - l->delta_spent)
        return LEDGER_YES;
    struct sink words;
    sink_open(&words, a, KIB(1));
    put_lit(&words, "the budget does not allow it: epsilon ");
    ledger_put_number(&words, l->epsilon - l->epsilon_spent, EPSILON_DIGITS);
    put_lit(&words, " of ");
    ledger_put_number(&words, l->epsilon, EPSILON_DIGITS);
    put_lit(&words, " and delta ");
    ledger_put_number(&words, l->delta - l->delta_spent, DELTA_DIGITS);
    put_lit(&words, " of ");
    ledger_put_number(&words, l->delta, DELTA_DIGITS);
    put_lit(&words, " are left");
    *why = sink_str(&words);
    return LEDGER_SPENT;
}

enum ledger_answer ledger_enter(struct arena *a, const char *path, str who, str why_for,
                                nano epsilon, femto delta, ms now, struct ledger_entry *out,
                                str *why)
{
    if (!words_fit(who) || !words_fit(why_for) || epsilon <= 0 || delta < 0) {
        *why = S("a release needs who makes it and what it is for (one line each), and an epsilon "
                 "above 0");
        return LEDGER_UNFIT;
    }
    if (access(path, F_OK) != 0 && errno == ENOENT) {
        *why = S("there is no such file; `blueheart publish ledger init` begins one");
        return LEDGER_NOT_THERE;
    }
    int *held = lock(a, path);
    struct ledger l;
    enum ledger_answer answer = read_file(a, path, &l, why);
    if (answer == LEDGER_YES) answer = exceeds(a, &l, epsilon, delta, why);
    if (answer != LEDGER_YES) {
        unlock(held);
        return answer;
    }
    l.entry[l.n] = (struct ledger_entry){ .number = (int64_t)l.n + 1,
                                          .at = moment(a, now),
                                          .who = who,
                                          .why = why_for,
                                          .epsilon = epsilon,
                                          .delta = delta };
    l.n++;
    write_file(a, path, &l);
    *out = l.entry[l.n - 1];
    unlock(held);
    return LEDGER_YES;
}
