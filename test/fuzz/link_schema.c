/* Linkage schemas: refused with a reason, or usable; then a record is encoded with it, twice the same. */
#include "test/fuzz/fuzz.h"

#include "link/encode.h"

#include <sodium.h>

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    MUST(sodium_init() >= 0);
    return 0;
}

static void no_notice(void *context, str notice)
{
    (void)context;
    MUST(notice.n > 0);
}

/* The schema ends at the first NUL; what follows are the cells of a record. */
static void read_it(struct arena *a, str in)
{
    ptrdiff_t end = str_find(in, 0);
    str json = end < 0 ? in : str_cut(in, (size_t)end), rest = end < 0 ? S("") : str_from(in, (size_t)end + 1);
    struct link_schema s;
    struct complaint c = { 0 };
    if (!link_schema_read(a, json, &s, &c)) {
        MUST(c.what.n > 0);
        return;
    }
    MUST(s.features > 0 && s.bits >= 8 && s.hashed <= LINK_BITS_MAX && s.hashed == s.bits << s.folds);
    double fill = link_schema_fill(&s);
    MUST(fill >= 0 && fill <= 1);
    (void)link_schema_lint(&s, a, no_notice, NULL);
    struct link_secret secret;
    MUST(link_secret_take(a, S("correct horse battery staple"), &secret) == LINK_SECRET_GOOD);
    struct link_encoder *e = link_encoder_open(a, &s, &secret, (struct link_encode_options){ .is_normalised = s.bits % 16 == 0, .is_lenient = true }, &c);
    if (!e) return;
    str *cell = arena_new(a, str, s.features);
    for (size_t i = 0; i < s.features; i++) {
        cell[i] = rest.p ? str_split(&rest, '\n') : S("");
        if (!str_is_utf8(cell[i])) cell[i] = S("Ana");
    }
    unsigned char *one = arena_take(a, s.bits / 8), *two = arena_take(a, s.bits / 8);
    struct link_fault f, g;
    bool is_good = link_encode(e, cell, one, &f);
    MUST(link_encode(e, cell, two, &g) == is_good);
    if (is_good) MUST(memcmp(one, two, s.bits / 8) == 0);
    else MUST(f.what && f.feature < s.features);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(256));
    MUST(fuzz_run(&a, read_it, data, n) == JUMP_NONE);
    return 0;
}
