#include "base/arena.h"

#include "base/breakage.h"
#include "base/limits.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct arena_block {
    struct arena_block *older;
    size_t size, used;
    _Alignas(max_align_t) char bytes[];
};

struct arena_end {
    struct arena_end *older;
    void (*close)(void *thing);
    void *thing;
};

#define FIRST_BLOCK KIB(64)

void arena_open(struct arena *a, size_t limit)
{
    *a = (struct arena){ .limit = limit };
}

static void run_ends(struct arena *a)
{
    while (a->ends) {
        struct arena_end *end = a->ends;
        a->ends = end->older;
        end->close(end->thing);
    }
}

static void give_back(struct arena *a, bool wipe, bool keep_first)
{
    run_ends(a);
    while (a->block) {
        struct arena_block *block = a->block;
        if (wipe) explicit_bzero(block->bytes, block->used);
        if (!block->older && keep_first) {
            block->used = 0;
            break;
        }
        a->block = block->older;
        free(block);
    }
    a->used = 0;
}

void arena_empty(struct arena *a)
{
    give_back(a, false, true);
}

void arena_wipe(struct arena *a)
{
    give_back(a, true, true);
}

void arena_close(struct arena *a)
{
    give_back(a, false, false);
}

/* For tests of breaking on purpose: the n-th block from now is refused. 0 is never. */
long arena_refuse_after;

void *arena_take(struct arena *a, size_t bytes)
{
    size_t step = (bytes + _Alignof(max_align_t) - 1) & ~(_Alignof(max_align_t) - 1);
    if (step < bytes || step > a->limit - a->used) broken("memory limit of %zu bytes reached", a->limit);

    if (!a->block || a->block->size - a->block->used < step) {
        size_t size = a->block ? a->block->size * 2 : FIRST_BLOCK;
        if (size > MIB(4)) size = MIB(4);
        if (size < step) size = step;
        bool is_refused = arena_refuse_after && --arena_refuse_after == 0;
        struct arena_block *block = is_refused ? NULL : malloc(sizeof *block + size);
        if (!block) broken("no memory left");
        *block = (struct arena_block){ .older = a->block, .size = size };
        a->block = block;
    }
    void *place = a->block->bytes + a->block->used;
    a->block->used += step;
    a->used += step;
    return memset(place, 0, step);
}

void *arena_take_many(struct arena *a, size_t size, size_t n)
{
    size_t bytes;
    if (__builtin_mul_overflow(size, n, &bytes)) broken("memory limit of %zu bytes reached", a->limit);
    return arena_take(a, bytes);
}

void arena_at_end(struct arena *a, void (*close)(void *thing), void *thing)
{
    struct arena_end *end = arena_new(a, struct arena_end, 1);
    *end = (struct arena_end){ a->ends, close, thing };
    a->ends = end;
}

str arena_str(struct arena *a, str s)
{
    char *copy = arena_take(a, s.n + 1);
    if (s.n) memcpy(copy, s.p, s.n);
    return (str){ copy, s.n };
}

const char *arena_z(struct arena *a, str s)
{
    return arena_str(a, s).p;
}

str arena_format(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list measure;
    va_copy(measure, args);
    int n = vsnprintf(NULL, 0, format, measure);
    va_end(measure);
    char *text = arena_take(a, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, format, args);
    va_end(args);
    return (str){ text, (size_t)n };
}
