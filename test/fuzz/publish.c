/* What a publication is made from, as anybody might write it: the first byte says which reader. What is taken must be
 * whole: a schema's values are sorted and different, a ledger is its own text, a table can be written and read again,
 * records can be counted, rounded and protected. */
#include "test/fuzz/fuzz.h"

#include "publish/json_tree.h"
#include "publish/publish.h"

#include <sodium.h>
#include <sys/mman.h>

static char path[64];
static int file = -1;

static void put_file(str text)
{
    MUST(ftruncate(file, 0) == 0 && pwrite(file, text.p, text.n, 0) == (ssize_t)text.n);
}

static void read_schema(struct arena *a, str in)
{
    struct schema s;
    struct complaint why = { 0 };
    if (!schema_parse(a, in, &s, &why)) {
        MUST(why.what.n > 0);
        return;
    }
    MUST(s.attributes.n > 0 && s.attributes.columns > 0);
    for (size_t i = 1; i < s.attributes.n; i++) MUST(str_cmp(s.attributes.text[i - 1], s.attributes.text[i]) < 0);
}

static void read_ledger(struct arena *a, str in)
{
    struct ledger l;
    str why = S("");
    if (ledger_parse(a, in, &l, &why) != LEDGER_YES) MUST(why.n > 0);
    else MUST(l.epsilon_spent <= l.epsilon && l.delta_spent <= l.delta);
}

static void read_table(struct arena *a, str in)
{
    struct aggregates g, again;
    struct complaint why = { 0 };
    if (!aggregates_parse(a, in, &g, &why)) {
        MUST(why.what.n > 0);
        return;
    }
    struct file_out *to = file_out_open(a, path);
    aggregates_write(to, a, &g, S("again"));
    file_out_done(to);
    MUST(aggregates_read(a, path, &again, &why) && again.combos.n == g.combos.n && again.records == g.records);
    struct synthesis how = { .rows = 20, .seed = 1, .sweeps = 1 };
    struct sample made;
    if (g.combos.n < 200) synthesize(a, &g, &how, &made);
}

static void read_records(struct arena *a, str in)
{
    struct sample s;
    struct aggregates g;
    struct complaint why = { 0 };
    struct complement_report report = { 0 };
    put_file(in);
    if (!sample_read(a, path, &(struct sample_choice){ .person = in.n % 5 ? NULL : "id" }, &s, &why)) {
        MUST(why.what.n > 0);
        return;
    }
    if (s.attributes.columns > 6 || s.attributes.n > 20) return;
    if (!aggregates_protected(a, &s, 2, 2, &g, &why)) return;
    complement_protect(a, &s, &g, &report);
    for (size_t i = 0; i < g.combos.n; i++) MUST(combos_at(&g.combos, i)->count >= 2);
}

static void read_cases(struct arena *a, str in)
{
    struct map_report report;
    struct complaint why = { 0 };
    put_file(in);
    struct file_out *to = file_out_open(a, path); /* never done: removed with the arena */
    if (!map_htcds(a, path, to, &report, &why)) MUST(why.what.n > 0);
}

static void read_one(struct arena *a, str in)
{
    if (in.n == 0) return;
    void (*const readers[])(struct arena *, str) = { read_schema, read_ledger, read_table, read_records, read_cases };
    readers[(unsigned char)in.p[0] % COUNT_OF(readers)](a, str_from(in, 1));
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
    snprintf(path, sizeof path, "/tmp/blueheart-fuzz-XXXXXX");
    file = mkstemp(path);
    MUST(file >= 0);
    atexit(forget_file);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(512));
    MUST(fuzz_run(&a, read_one, data, n) == JUMP_NONE);
    return 0;
}
