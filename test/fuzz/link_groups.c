/* groups.csv: refused at a place, or nobody is in two groups; tables made of it keep everybody on their lists. */
#include "test/fuzz/fuzz.h"

#include "link/evaluate.h"
#include "link/overlap.h"

#include <sys/mman.h>

static int file;
static char path[64];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    file = memfd_create("fuzz", MFD_CLOEXEC);
    MUST(file >= 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    return 0;
}

static void check_table(const struct link_members *m, const uint64_t *size, const struct link_overlap *t)
{
    uint64_t people = 0, rows = 0;
    for (unsigned w = 1; w < 1u << t->lists; w++) people += t->count[w];
    for (size_t f = 0; f < t->lists; f++) rows += size[f];
    MUST(people == t->people && people + t->links == rows);
    (void)m;
}

static void read_it(struct arena *a, str in)
{
    MUST(ftruncate(file, 0) == 0 && pwrite(file, in.p, in.n, 0) == (ssize_t)in.n);
    struct link_members m = { .lists = 0 };
    struct complaint c = { 0 };
    if (!link_members_read(a, path, false, &m, &c)) {
        MUST(c.what.n > 0);
        return;
    }
    str column;
    struct link_members names = m;
    (void)link_marks_read(a, path, &names, &column, &c);
    struct link_evaluation e;
    if (link_evaluate(a, &m, &m, NULL, &e)) MUST(e.all.found == e.all.both && e.all.found == e.all.true_pairs);
    if (m.lists == 0 || m.lists > LINK_OVERLAP_LISTS) return;
    uint64_t size[LINK_FILES_MAX];
    for (size_t f = 0; f < m.lists; f++) size[f] = LINK_ROWS_MAX;
    str why;
    MUST(link_overlap_fits(a, &m, size, &why));
    struct link_overlap t;
    link_overlap_count(&m, size, 0.8, &t);
    check_table(&m, size, &t);
    struct draws d;
    draws_open(&d, in.n, 1);
    link_overlap_resample(&m, size, 0, (struct link_errors){ 0.3, 0.2 }, &d, &t);
    check_table(&m, size, &t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(256));
    MUST(fuzz_run(&a, read_it, data, n) == JUMP_NONE);
    return 0;
}
