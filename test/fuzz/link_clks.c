/* Files of encodings: refused at a place, or every row has the bits it says; two of them are compared by every kernel. */
#include "test/fuzz/fuzz.h"

#include "link/assign.h"

#include <sodium.h>
#include <sys/mman.h>

static int file;
static char path[64];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    MUST(sodium_init() >= 0);
    file = memfd_create("fuzz", MFD_CLOEXEC);
    MUST(file >= 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    return 0;
}

static void read_it(struct arena *a, str in)
{
    MUST(ftruncate(file, 0) == 0 && pwrite(file, in.p, in.n, 0) == (ssize_t)in.n);
    struct link_clks list[2];
    struct complaint c = { 0 };
    if (!link_clks_read(a, path, &list[0], &c)) {
        MUST(c.what.n > 0 && c.line > 0 && c.column > 0);
        return;
    }
    list[1] = list[0];
    MUST(!link_clks_differ(&list[0], &list[1]));
    MUST(list[0].rows <= in.n);
    for (size_t r = 0; r < list[0].rows; r++) MUST(list[0].count[r] <= list[0].bits);
    struct link_lists l;
    MUST(link_lists_of(list, 2, &l));
    struct link_pairs first = { NULL, 0, 0 };
    for (size_t k = 0; link_kernel_at(k); k++) {
        if (!link_kernel_at(k)->runs()) continue;
        struct link_compare how = { .lists = &l, .threshold = { 7, 10 }, .kernel = link_kernel_at(k), .threads = 1, .pairs_most = 20000 };
        struct link_pairs p;
        if (!link_compare(a, &how, &p)) return;
        if (first.pair) MUST(p.n == first.n && memcmp(p.pair, first.pair, p.n * sizeof *p.pair) == 0);
        first = p;
    }
    struct link_groups greedy, best;
    link_assign_greedy(a, &l, &first, &greedy);
    MUST(link_assign_optimal(a, &l, &first, &best));
    MUST(link_groups_total(&best, &first) >= link_groups_total(&greedy, &first));
    size_t people = 0;
    for (size_t r = 0; r < list[0].rows; r++) people += list[0].count[r] > 0;
    MUST(best.links == people); /* a list resembles itself wholly */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(512));
    MUST(fuzz_run(&a, read_it, data, n) == JUMP_NONE);
    return 0;
}
