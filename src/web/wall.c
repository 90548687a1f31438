#include "web/process.h"
#include "web/wall.h"

#include "base/log.h"

#include <sys/prctl.h>
#include <sys/resource.h>

/* No core file and no debugger: either would show what people told us. */
static void close_memory(void)
{
    struct rlimit none = { 0, 0 };
    setrlimit(RLIMIT_CORE, &none);
    if (!wall_is_watched()) prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

bool process_wall(const struct process_kind *kind)
{
    close_memory();
    int version = 0;
    bool has_files = wall_files(kind->may_read, kind->may_write, kind->may_connect,
                                COUNT_OF(kind->may_connect), &version);
    bool has_ports = false;
    for (size_t i = 0; i < COUNT_OF(kind->may_connect); i++)
        has_ports = has_ports || kind->may_connect[i];
    bool has_calls = wall_calls(has_ports);
    if (!has_files)
        log_line(LOG_BAD,
                 "wall: no Landlock here (Linux 5.13 or newer has it); files and ports stay open");
    else if (version < 4)
        log_line(LOG_NOTE,
                 "wall: this kernel's Landlock knows no ports (Linux 6.7 does); they stay open");
    if (!has_calls) log_line(LOG_BAD, "wall: seccomp is not available; no system call is refused");
    return has_files && has_calls;
}
