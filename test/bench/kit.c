/* What packing a kit costs: kit-bench. Prints milliseconds and the most memory the process ever had, in kilobytes, for a kit of 10
 * files and for one of 200, each in a process of its own; a third of them posters, the rest pictures for posts. */
#include "base/clock.h"
#include "base/limits.h"
#include "base/sink.h"
#include "kit/kit.h"
#include "wear/inside.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static str bundle_of(struct arena *a, int files)
{
    struct sink out;
    sink_open(&out, a, MIB(2));
    for (int i = 0; i < files; i++) {
        bool is_poster = i % 3 == 0;
        struct wear_sheet s = { .kind = is_poster ? S("poster-a4") : S("card"), .design = wear_designs[i % 4].code,
                                .as = is_poster ? S("pdf") : S("png"), .lang = S("ar"), .is_rtl = true,
                                .words = S("لا أحد يملك إنسانًا"), .place = arena_format(a, "%d", i),
                                .name = S("Blue Heart"), .host = S("blueheart.example.org"), .title = S("Blue Heart") };
        str ask = wear_put(a, &s);
        put_format(&out, "D ar/%d-" STR_FMT " %zu\n", i, STR_ARG(s.kind), ask.n);
        put(&out, ask);
    }
    return sink_str(&out);
}

static void one(int files)
{
    int fds[2], said;
    double ms_and_kb[2];
    if (pipe(fds) != 0) exit(1);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        struct arena a;
        struct rusage used;
        int fd = open("/dev/null", O_WRONLY);
        arena_open(&a, MIB(8));
        str bundle = bundle_of(&a, files);
        int64_t from = clock_ticks_us();
        if (kit_pack(bundle, fd) != KIT_PACKED) _exit(1);
        ms_and_kb[0] = (double)(clock_ticks_us() - from) / 1000;
        getrusage(RUSAGE_SELF, &used);
        ms_and_kb[1] = (double)used.ru_maxrss;
        _exit(write(fds[1], ms_and_kb, sizeof ms_and_kb) == sizeof ms_and_kb ? 0 : 1);
    }
    if (waitpid(child, &said, 0) != child || said != 0 || read(fds[0], ms_and_kb, sizeof ms_and_kb) != sizeof ms_and_kb) exit(1);
    printf("%.0f %.0f ", ms_and_kb[0], ms_and_kb[1]);
}

int main(void)
{
    one(10);
    one(200);
    printf("\n");
    return 0;
}
