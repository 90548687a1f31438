/* blueheart link: the list of its deeds and what they share. What is done is the room's. */
#include "command/link.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "command/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct deed deeds[] = {
    { "secret", "makes a secret for the agencies, and for them alone", link_secret_deed },
    { "schema", "makes the recommended schema, with a salt of its own", link_schema_deed },
    { "lint", "says what a schema gives away or loses", link_lint_deed },
    { "encode", "a list of people becomes a list of encodings", link_encode_deed },
    { "match", "lists of encodings become groups of records of one person", link_match_deed },
    { "overlap", "groups become the table that estimate reads", link_overlap_deed },
    { "evaluate", "groups beside the truth: precision, recall, by group of people",
      link_evaluate_deed },
};

int command_link(int argc, char **argv)
{
    return choices_deed("link", deeds, COUNT_OF(deeds), argc, argv);
}

int link_run(int (*work)(struct arena *a, void *choices), void *choices)
{
    static struct arena a;
    arena_open(&a, LINK_MEMORY_MAX);
    struct landing l;
    volatile int code = 1;
    if (LAND(&l) == JUMP_NONE) code = work(&a, choices);
    else fprintf(stderr, "blueheart: %s\n", l.why);
    landing_leave(&l);
    arena_close(&a);
    return code;
}

static void close_it(void *self)
{
    close(*(int *)self);
}

str link_file(struct arena *a, const char *path, size_t most)
{
    int *fd = arena_new(a, int, 1);
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (*fd < 0) broken("%s: cannot be read: %s", path, strerror(errno));
    arena_at_end(a, close_it, fd);
    struct stat about;
    if (fstat(*fd, &about) != 0 || S_ISDIR(about.st_mode)) broken("%s: is not a file", path);
    char *p = arena_take(a, most + 1);
    size_t n = 0;
    while (n <= most) {
        ssize_t got = read(*fd, p + n, most + 1 - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) broken("%s: cannot be read to its end: %s", path, strerror(errno));
        if (got == 0) return (str){ p, n };
        n += (size_t)got;
    }
    broken("%s: is larger than %zu bytes", path, most);
}

bool link_schema_of(struct arena *a, const char *path, struct link_schema *out)
{
    struct complaint c;
    if (link_schema_read(a, link_file(a, path, LINK_SCHEMA_MAX), out, &c)) return true;
    complaint_tell(path, &c);
    return false;
}

void link_notice(void *context, str notice)
{
    (void)context;
    fprintf(stderr, "blueheart: notice: " STR_FMT "\n", STR_ARG(notice));
}

struct link_progress link_progress_open(bool is_quiet)
{
    return (struct link_progress){ !is_quiet && isatty(STDERR_FILENO), clock_ticks_us() };
}

bool link_progress_due(struct link_progress *p)
{
    if (!p->is_shown || clock_ticks_us() - p->said_us < 500000) return false;
    p->said_us = clock_ticks_us();
    return true;
}

void link_progress_end(struct link_progress *p)
{
    if (p->is_shown) fprintf(stderr, "\r\033[K");
}
