#include "base/log.h"

#include "base/clock.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

static int file = STDERR_FILENO;
static const char *file_path;
static enum log_level most_shown = LOG_NOTE;
static char process_name[24] = "blueheart";

void log_to(const char *path)
{
    file_path = path;
    log_reopen();
}

void log_reopen(void)
{
    if (!file_path) return;
    int fresh = open(file_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    if (fresh < 0) {
        log_line(LOG_BAD, "log: cannot open the log file, the old one stays in use");
        return;
    }
    if (file != STDERR_FILENO) close(file);
    file = fresh;
}

void log_quieter(enum log_level most)
{
    most_shown = most;
}

void log_name(const char *process)
{
    snprintf(process_name, sizeof process_name, "%s", process);
}

void log_line(enum log_level level, const char *format, ...)
{
    if (level > most_shown) return;

    static const char *const words[] = { "BAD", "note", "fine" };
    char line[1024];
    char moment[MOMENT_TEXT];
    moment_text(clock_now(), moment);
    int n = snprintf(line, sizeof line, "%s %s [%s] ", moment, words[level], process_name);

    va_list args;
    va_start(args, format);
    int more = vsnprintf(line + n, sizeof line - (size_t)n - 1, format, args);
    va_end(args);

    size_t length = (size_t)n + (more > 0 ? (size_t)more : 0);
    if (length > sizeof line - 2) length = sizeof line - 2;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)line[i] < 0x20) line[i] = ' '; /* one event is one line */
    line[length] = '\n';
    ssize_t ignored = write(file, line, length + 1); /* a full disk must not stop a page */
    (void)ignored;
}
