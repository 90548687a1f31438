/* Reports that a mail did not arrive: whatever bytes they are, a report names a mail of ours by its whole name or none,
 * and what is refused is refused in words. */
#include "test/fuzz/fuzz.h"

#include "base/id.h"
#include "send/bounce.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    return 0;
}

static bool has_fold(str text, str part) /* without regard to capitals, as names are */
{
    for (size_t i = 0; i + part.n <= text.n; i++) {
        size_t k = 0;
        while (k < part.n && (text.p[i + k] | 32) == (part.p[k] | 32)) k++;
        if (k == part.n) return true;
    }
    return false;
}

static void read_it(struct arena *a, str in)
{
    struct bounce b;
    enum bounce_answer answer = bounce_read(a, in, &b);
    MUST((answer == BOUNCE_REFUSED) == (b.why != NULL));
    MUST(b.token[0] == '\0' || (content_id_is(str_of(b.token)) && has_fold(in, str_of(b.token))));
    if (answer == BOUNCE_MARKED) MUST(b.is_final && b.token[0] && b.reason > REASON_NONE && b.reason < REASONS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(64));
    MUST(fuzz_run(&a, read_it, data, n) == JUMP_NONE);
    return 0;
}
