#include "draw/drawn.h"

#include <dlfcn.h>

/* Its needs come with it: cairo, pango, fontconfig, glib. */
#define LIBRARY "libpangocairo-1.0.so.0"

static bool find_all(void *library, struct drawn *d)
{
    /* POSIX promises that what dlsym gives can be called; ISO C has no cast for it. */
#define DRAWN_FIND(call)                          \
    {                                             \
        void *found = dlsym(library, #call);      \
        if (!found) return false;                 \
        memcpy(&d->call, &found, sizeof d->call); \
    }
    DRAWN_CALLS(DRAWN_FIND)
#undef DRAWN_FIND
    return true;
}

const struct drawn *drawn_open(void)
{
    static struct drawn calls;
    static enum { NOT_TRIED, IS_THERE, IS_NOT } state;
    if (state == NOT_TRIED) {
        void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
        state = library && find_all(library, &calls) ? IS_THERE : IS_NOT;
    }
    return state == IS_THERE ? &calls : NULL;
}

/* fontconfig holds its letters by distances, not by addresses: to the leak checker they seem lost. That none are is
 * measured from outside: the process that draws does not grow. cairo 1.16 loses 768 bytes for each face of Han letters
 * in a PDF (docs/decisions/0024-wearing.md). */
#if defined(__has_feature)
#define HAS_FEATURE(x) __has_feature(x)
#else
#define HAS_FEATURE(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || HAS_FEATURE(address_sanitizer)
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\nleak:libcairo";
}
#endif
