/* Accept-Language and Accept-Encoding: whatever they say, there is an answer, and it is one that was asked for. */
#include "test/fuzz/fuzz.h"

#include "lang/lang.h"
#include "web/reply.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static struct arena life;
    (void)argc;
    (void)argv;
    arena_open(&life, LIFE_ARENA_MAX);
    lang_open(&life);
    return 0;
}

static void choose(struct arena *a, str in)
{
    const struct lang *l = lang_choose(in);
    MUST(l);
    (void)lang_find(in);
    (void)lang_state(l, str_cut(in, 3));
    (void)lang_region_of(str_cut(in, 3), true);
    if (str_is_utf8(in)) {
        struct sink out;
        sink_open(&out, a, MIB(1));
        for (size_t i = 0; i < lang_count(); i++) lang_day(&out, lang_at(i), str_cut(in, 12));
        (void)lang_digits(a, l, in);
    }
    enum coding c = coding_choose(in);
    MUST(c < CODINGS);
    if (c == CODING_BR) MUST(str_has(in, S("br")));
    if (c == CODING_GZIP) MUST(str_has(in, S("gzip")));
    str packed = coding_apply(a, c, in);
    MUST(packed.n > 0 || in.n == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(64));
    MUST(fuzz_run(&a, choose, data, n) == JUMP_NONE);
    return 0;
}
