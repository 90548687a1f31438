/* base/arena.h - memory that is taken and never freed piece by piece.
 *
 * One arena per request, emptied after it; one for what lives as long as the process. Taking more than the
 * arena's limit is a breakage, never NULL. Things that need closing are handed to the arena as they are opened.
 * Needs: breakage.    Never: a single free. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

struct arena_block;
struct arena_end;

struct arena {
    struct arena_block *block; /* newest first */
    struct arena_end *ends;    /* what to close, newest first */
    size_t used, limit;        /* bytes */
};

void arena_open(struct arena *a, size_t limit);
/* runs the ends, newest first; wipes nothing, keeps one block for reuse */
void arena_empty(struct arena *a);
void arena_wipe(struct arena *a);  /* as arena_empty, and overwrites what was used */
void arena_close(struct arena *a); /* empties and gives all memory back */

void *arena_take(struct arena *a, size_t bytes); /* aligned for anything, zeroed */
#define arena_new(a, type, n) ((type *)arena_take_many((a), sizeof(type), (n)))
void *arena_take_many(struct arena *a, size_t size, size_t n);
/* Makes the piece last taken longer where it lies; false if something was taken since or there is no room. */
MUST_USE bool arena_extend(struct arena *a, void *thing, size_t bytes, size_t wanted);

void arena_at_end(struct arena *a, void (*close)(void *thing), void *thing);

str arena_str(struct arena *a, str s);       /* a copy, NUL-ended beyond its length */
const char *arena_z(struct arena *a, str s); /* the same as a C string */
/* Several pieces as one: ARENA_JOIN(a, S("/"), code, S("/claims/"), id). */
#define ARENA_JOIN(a, ...)                        \
    arena_join((a), (const str[]){ __VA_ARGS__ }, \
               sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))
str arena_join(struct arena *a, const str *parts, size_t n);
str arena_format(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
