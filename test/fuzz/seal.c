/* Hostile boxes: nothing that seal_close did not make opens, nor what was changed or moved to another row.
 * First byte: even, the input itself is the box; odd, a true box is changed where the input says (place, xor). */
#include "test/fuzz/fuzz.h"

#include "base/clock.h"
#include "seal/keys.h"
#include "seal/seal.h"

#include <sodium.h>

#define NOW ((ms)1795000000000)

static char folder[64];
static struct arena life;
static struct seal_keys *keys;
static struct sealed truth;
static const struct seal_column column = { "note", "fuzz_note", "words" };

static void forget_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    (void)!system(command);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    MUST(sodium_init() >= 0);
    clock_set_for_test(NOW);
    snprintf(folder, sizeof folder, "/tmp/blueheart-fuzz-XXXXXX");
    MUST(mkdtemp(folder));
    atexit(forget_folder);
    arena_open(&life, LIFE_ARENA_MAX);
    keys = seal_keys_open(&life, str_of(folder));
    truth = seal_close(keys, &life, &column, 7, NOW + 86400000, (personal){ S("he said his name is Ana") });
    return 0;
}

static void open_it(struct arena *a, str in)
{
    if (in.n == 0) return;
    struct sealed box = { str_from(in, 1) };
    id row = 7;
    if (in.p[0] & 1) {
        char *changed = arena_take(a, truth.box.n);
        memcpy(changed, truth.box.p, truth.box.n);
        for (size_t i = 1; i + 2 < in.n; i += 3) {
            size_t place = ((unsigned char)in.p[i] << 8 | (unsigned char)in.p[i + 1]) % truth.box.n;
            changed[place] = (char)(changed[place] ^ in.p[i + 2]);
        }
        size_t cut = in.p[0] & 2 && in.n > 1 ? (unsigned char)in.p[1] : 0;
        box.box = (str){ changed, truth.box.n - (cut < truth.box.n ? cut : 0) };
        if (in.p[0] & 4) row = 8;
    }
    personal words = { { NULL, 0 } };
    enum seal_answer answer = seal_open(keys, a, &column, row, box, &words);
    bool is_true = row == 7 && str_eq(box.box, truth.box);
    MUST((answer == SEAL_OPENED) == is_true);
    if (is_true) MUST(str_eq(words.words, S("he said his name is Ana")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(16));
    MUST(fuzz_run(&a, open_it, data, n) == JUMP_NONE);
    return 0;
}
