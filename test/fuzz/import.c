/* A whole table from anybody: refused with line and column, or taken so that its export is taken back unchanged.
 * The first byte chooses the kind; what follows is the file. FUZZ_DB names data with sources and countries. */
#include "test/fuzz/fuzz.h"

#include "claim/claim.h"
#include "command/command.h"

#include <sodium.h>

static struct db *db;
static ms moment = 1800000000000; /* later than the data were loaded is not needed: recorded time never goes back */

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static struct arena life;
    (void)argc;
    (void)argv;
    arena_open(&life, LIFE_ARENA_MAX);
    MUST(sodium_init() >= 0 && getenv("FUZZ_DB"));
    command_start();
    db = db_open(&life, str_of(getenv("FUZZ_DB")), DB_SERVE);
    return 0;
}

static void import_and_back(struct arena *a, str in)
{
    size_t kinds = 0;
    while (claim_kind_at(kinds)) kinds++;
    if (in.n == 0) return;
    const struct claim_kind *kind = claim_kind_at((unsigned char)in.p[0] % kinds);
    struct import_report report;
    db_use_arena(db, a);
    db_begin_write(db);
    enum import_answer answer = claim_import(db, a, kind, str_from(in, 1), ++moment, NULL, &report);
    str complaints = sink_str(&report.complaints);
    MUST((answer == IMPORT_REFUSED) == (complaints.n > 0));
    /* What others still name is missing from the whole file, not from a line. */
    bool is_placed = str_starts(complaints, S("line ")) || str_has(complaints, S(" is missing here"));
    MUST(answer != IMPORT_REFUSED || is_placed);
    if (answer != IMPORT_REFUSED) {
        struct sink out;
        sink_open(&out, a, IMPORT_FILE_MAX);
        claim_export(db, kind, CLAIM_NOW, &out);
        MUST(claim_import(db, a, kind, sink_str(&out), ++moment, NULL, &report) == IMPORT_UNCHANGED);
    }
    db_rollback(db);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(256));
    MUST(fuzz_run(&a, import_and_back, data, n) == JUMP_NONE);
    return 0;
}
