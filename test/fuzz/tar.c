/* A backup from anybody: walked to its end only if it is, bit for bit, what our own writer makes of its members;
 * verified without touching anything. */
#include "test/fuzz/fuzz.h"

#include "command/command.h"
#include "store/backup.h"
#include "store/tar.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

static char path[64];
static int file = -1;

static void write_again(struct arena *a, struct tar_in *in, struct tar_out *out)
{
    tar_begin(out, str_of(in->member.name));
    for (;;) {
        char *bytes = arena_take(a, 4096);
        ptrdiff_t n = tar_read(in, bytes, 4096);
        MUST(n >= -1);
        if (n < 0) broken("bad");
        if (n == 0) break;
        tar_put(out, (str){ bytes, (size_t)n });
    }
    struct tar_member made = tar_end(out);
    MUST(made.bytes == in->member.bytes && strcmp(made.hash, in->member.hash) == 0 && tar_name_is(str_of(made.name)));
}

static void walk(struct arena *a, str in)
{
    static struct tar_in walked, *t = &walked; /* the hash states want more alignment than an arena gives */
    static struct tar_out again, *out = &again;
    int copy = memfd_create("again", MFD_CLOEXEC);
    arena_at_end(a, (void (*)(void *))(void (*)(void))close, (void *)(intptr_t)copy);
    tar_create(out, copy, "again");
    tar_open(t, file);
    enum tar_next next;
    while ((next = tar_next(t)) == TAR_MEMBER) write_again(a, t, out);
    if (next == TAR_BAD) {
        MUST(t->why);
        return;
    }
    tar_finish(out);
    struct stat about;
    MUST(fstat(copy, &about) == 0 && (size_t)about.st_size == in.n);
    char *bytes = arena_take(a, in.n + 1);
    MUST(pread(copy, bytes, in.n, 0) == (ssize_t)in.n && memcmp(bytes, in.p, in.n) == 0);
}

static void verify(struct arena *a, str in)
{
    (void)in;
    struct backup_home home = { .name = "front", .url = S("sqlite:/nonexistent/b.db"), .rooms = room_steps };
    str why = S("");
    enum restore_answer answer = backup_verify(a, path, &home, 1, &why);
    MUST(answer == RESTORE_YES || why.n > 0);
}

static void forget_file(void)
{
    unlink(path);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    MUST(sodium_init() >= 0);
    command_start();
    snprintf(path, sizeof path, "/tmp/blueheart-fuzz-XXXXXX");
    file = mkstemp(path);
    MUST(file >= 0);
    atexit(forget_file);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, BACKUP_ARENA_MAX);
    MUST(pwrite(file, data, n, 0) == (ssize_t)n && ftruncate(file, (off_t)n) == 0);
    (void)fuzz_run(&a, walk, data, n);
    MUST(fuzz_run(&a, verify, data, n) == JUMP_NONE);
    return 0;
}
