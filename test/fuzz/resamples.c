/* Resamples somebody brings for a table: refused in words and with a place, or as many people in every one as in the table. */
#include "test/fuzz/fuzz.h"

#include "estimate/boot.h"

#include <sys/mman.h>

static void read_resamples(struct arena *a, str in)
{
    struct mse_table t = { .lists = 3, .is_whole = true };
    struct mse_resamples out;
    struct complaint why;
    for (unsigned w = 1; w < 7; w++) t.n += t.count[w] = w;
    int fd = memfd_create("resamples", 0);
    MUST(fd >= 0 && write(fd, in.p, in.n) == (ssize_t)in.n);
    const char *path = arena_format(a, "/proc/self/fd/%d", fd).p;
    bool is_read = mse_resamples_read(a, path, &t, &out, &why);
    close(fd);
    if (!is_read) {
        MUST(why.what.n > 0 && why.line >= 0 && why.column > 0);
        return;
    }
    MUST(out.n >= 2 && out.columns > 0);
    for (size_t i = 0; i < out.n; i++) {
        double people = 0;
        for (int k = 0; k < out.columns; k++) {
            int32_t count = out.count[i * (size_t)out.columns + (size_t)k];
            MUST(count >= 0 && (count == 0 || t.count[out.history[k]] > 0));
            people += count;
        }
        MUST(people == t.n);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(64));
    MUST(fuzz_run(&a, read_resamples, data, n) == JUMP_NONE);
    return 0;
}
