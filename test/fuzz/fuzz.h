/* test/fuzz/fuzz.h - what the fuzz targets share: one landing per input, and properties that must hold.
 *
 * Each target is one file NAME.c with LLVMFuzzerTestOneInput; its seeds lie in seeds/NAME. A breakage is no crash
 * unless the target says so: input from outside may be refused, but never read beyond its end. */
#ifndef TEST_FUZZ_H
#define TEST_FUZZ_H

#include "base/arena.h"
#include "base/breakage.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/sink.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerInitialize(int *argc, char ***argv);

#define MUST(claim) \
    do { \
        if (!(claim)) { \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #claim); \
            abort(); \
        } \
    } while (0)

/* The input on the heap at its own size, so that a read past its end is seen. Freed with the arena. */
static inline str fuzz_exactly(struct arena *a, const uint8_t *data, size_t n)
{
    char *p = malloc(n ? n : 1);
    if (n) memcpy(p, data, n);
    arena_at_end(a, free, p);
    return (str){ p, n };
}

/* Runs `work` with an emptied arena; says how it ended. */
static inline enum jump fuzz_run(struct arena *a, void (*work)(struct arena *a, str in), const uint8_t *data, size_t n)
{
    struct landing l;
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) work(a, fuzz_exactly(a, data, n));
    landing_leave(&l);
    arena_empty(a);
    return jump;
}

#endif
