#include "base/arena.h"

#include "base/breakage.h"
#include "base/limits.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Bytes from `dirty` on are zero already; before it they may hold what an earlier piece of work left. */
struct arena_block {
    struct arena_block *older;
    size_t size, used, dirty;
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

static void make_ready(struct arena_block *block, bool wipe)
{
    if (block->used > block->dirty) block->dirty = block->used;
    block->used = 0;
    if (!wipe) return;
    explicit_bzero(block->bytes, block->dirty);
    block->dirty = 0;
}

static void give_back(struct arena *a, bool wipe, bool keep_one)
{
    struct arena_block *kept = NULL;
    run_ends(a);
    while (a->block) {
        struct arena_block *block = a->block;
        a->block = block->older;
        make_ready(block, wipe);
        bool is_kept = keep_one && !kept && (block->size <= ARENA_KEPT_MAX || !block->older);
        if (is_kept) kept = block;
        else free(block);
    }
    if (kept) kept->older = NULL;
    a->block = kept;
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

static size_t rounded(size_t bytes)
{
    return (bytes + _Alignof(max_align_t) - 1) & ~(_Alignof(max_align_t) - 1);
}

static void *take_from(struct arena *a, struct arena_block *block, size_t step)
{
    char *place = block->bytes + block->used;
    if (block->dirty > block->used) {
        size_t stale = block->dirty - block->used;
        memset(place, 0, stale < step ? stale : step);
    }
    block->used += step;
    a->used += step;
    return place;
}

void *arena_take(struct arena *a, size_t bytes)
{
    size_t step = rounded(bytes);
    if (step < bytes || step > a->limit - a->used)
        broken("memory limit of %zu bytes reached", a->limit);

    if (!a->block || a->block->size - a->block->used < step) {
        size_t size = a->block ? a->block->size * 2 : FIRST_BLOCK;
        if (size > MIB(4)) size = MIB(4);
        if (size < step) size = step;
        bool is_refused = arena_refuse_after && --arena_refuse_after == 0;
        struct arena_block *block = is_refused ? NULL : calloc(1, sizeof *block + size);
        if (!block) broken("no memory left");
        *block = (struct arena_block){ .older = a->block, .size = size };
        a->block = block;
    }
    return take_from(a, a->block, step);
}

bool arena_extend(struct arena *a, void *thing, size_t bytes, size_t wanted)
{
    struct arena_block *block = a->block;
    size_t more = rounded(wanted) - rounded(bytes);
    bool is_newest = block && (char *)thing + rounded(bytes) == block->bytes + block->used;
    if (!is_newest || more > block->size - block->used || more > a->limit - a->used) return false;
    (void)take_from(a, block, more);
    return true;
}

void *arena_take_many(struct arena *a, size_t size, size_t n)
{
    size_t bytes;
    if (__builtin_mul_overflow(size, n, &bytes))
        broken("memory limit of %zu bytes reached", a->limit);
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

str arena_join(struct arena *a, const str *parts, size_t n)
{
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++) bytes += parts[i].n;
    char *text = arena_take(a, bytes + 1), *at = text;
    for (size_t i = 0; i < n; i++) {
        if (parts[i].n) memcpy(at, parts[i].p, parts[i].n);
        at += parts[i].n;
    }
    return (str){ text, bytes };
}

str arena_format(struct arena *a, const char *format, ...)
{
    char small[256]; /* most fit, and need not be written twice */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(small, sizeof small, format, args);
    char *text = arena_take(a, (size_t)n + 1);
    if ((size_t)n < sizeof small) memcpy(text, small, (size_t)n);
    else vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    va_end(args);
    return (str){ text, (size_t)n };
}
