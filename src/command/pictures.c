/* The process that looks into what strangers send. It opens no data and no file; each picture is decoded by a child of
 * its own, which can read the file, write the answer, and nothing else, and is ended when it takes too long. */
#include "base/breakage.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "codec/codec.h"
#include "command/kinds.h"
#include "web/handed.h"
#include "web/wall.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORDS_MAX KIB(4)

enum { FILE_IN, FILE_OUT, WORDS_OUT, CHILD_FILES };

static void limit(int what, rlim_t most)
{
    struct rlimit both = { most, most };
    setrlimit(what, &both);
}

/* Three descriptors, little of everything, and the lowest place in the queue for the processor. */
static bool shut_in(struct job_files files, int words)
{
    int kept[CHILD_FILES] = { fcntl(files.read_fd, F_DUPFD, 10), fcntl(files.write_fd, F_DUPFD, 10),
                              fcntl(words, F_DUPFD, 10) };
    for (int i = 0; i < CHILD_FILES; i++)
        if (kept[i] < 0 || dup2(kept[i], i) < 0) return false;
    if (close_range(CHILD_FILES, ~0U, 0) != 0) return false;
    if (!wall_is_watched()) limit(RLIMIT_AS, PHOTO_MEMORY_MAX);
    limit(RLIMIT_CPU, PHOTO_CPU_SECONDS);
    limit(RLIMIT_FSIZE, JOB_FILE_MAX);
    limit(RLIMIT_NOFILE, CHILD_FILES);
    limit(RLIMIT_CORE, 0);
    setpriority(PRIO_PROCESS, 0, 19);
    return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && wall_strict();
}

/* The file arrived as memory without a name; it is read, not mapped, because a mapping needs a call more. */
static str read_all(struct arena *a)
{
    off_t n = lseek(FILE_IN, 0, SEEK_END);
    if (n < 0 || (uint64_t)n > JOB_FILE_MAX || lseek(FILE_IN, 0, SEEK_SET) != 0) return S("");
    char *bytes = arena_take(a, (size_t)n + 1);
    for (size_t at = 0; at < (size_t)n;) {
        ssize_t got = read(FILE_IN, bytes + at, (size_t)n - at);
        if (got <= 0) return S("");
        at += (size_t)got;
    }
    return (str){ bytes, (size_t)n };
}

static bool make(struct arena *a)
{
    struct codec_made made;
    enum codec_answer answer = codec_make(a, read_all(a), &made);
    for (size_t i = 0; i < made.n && answer == CODEC_YES; i++)
        if (!handed_write(FILE_OUT, made.picture[i].bytes)) return false;
    return handed_write(WORDS_OUT, codec_words(a, answer, &made));
}

static _Noreturn void child(struct job_files files, int words)
{
    if (!shut_in(files, words)) _Exit(2);
    struct arena a;
    struct landing l;
    arena_open(&a, PHOTO_MEMORY_MAX);
    bool is_made = LAND(&l) == JUMP_NONE && make(&a);
    _Exit(
        is_made
            ? 0
            : 1); /* not _exit: sanitizers look for leaks there, with calls that are not allowed */
}

/* What the child says, until it ends or its time does. */
static str hear(struct arena *a, int from, int64_t until_us)
{
    char *words = arena_take(a, WORDS_MAX);
    size_t n = 0;
    struct pollfd pipe = { .fd = from, .events = POLLIN };
    for (;;) {
        int64_t left_ms = (until_us - clock_ticks_us()) / 1000;
        if (left_ms <= 0 || poll(&pipe, 1, (int)left_ms) <= 0) return S("");
        ssize_t got = n < WORDS_MAX ? read(from, words + n, WORDS_MAX - n) : -1;
        if (got == 0) return (str){ words, n };
        if (got < 0) return S("");
        n += (size_t)got;
    }
}

/* A child that was ended, or that ended itself, made nothing that counts. */
static bool ended_well(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return false;
    if (WIFSIGNALED(status))
        log_line(LOG_NOTE, "a picture ended its process with signal %d", WTERMSIG(status));
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static str gave_up(struct arena *a)
{
    struct codec_made nothing = { 0 };
    return codec_words(a, CODEC_GAVE_UP, &nothing);
}

static str picture(void *self, struct arena *a, str ask)
{
    (void)self;
    (void)ask;
    struct job_files files = process_job_files();
    int words[2];
    if (files.read_fd < 0 || pipe2(words, O_CLOEXEC) != 0) return S("");
    int64_t until_us = clock_ticks_us() + (int64_t)PHOTO_SECONDS * 1000000;
    pid_t pid = fork();
    if (pid == 0) child(files, words[1]);
    close(words[1]);
    str said = pid > 0 ? hear(a, words[0], until_us) : S("");
    close(words[0]);
    if (pid < 0) return S("");
    if (said.n == 0) kill(pid, SIGKILL);
    return ended_well(pid) && said.n ? said : gave_up(a);
}

void pictures_run(struct process *p)
{
    process_serve_jobs(p, picture, NULL);
}
