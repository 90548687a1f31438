#include "send/post_calls.h"

#include <dlfcn.h>

#define LIBRARY "libcurl.so.4"

static bool find_all(void *library, struct post_calls *c)
{
    /* POSIX promises that what dlsym gives can be called; ISO C has no cast for it. */
#define POST_FIND(call)                           \
    {                                             \
        void *found = dlsym(library, #call);      \
        if (!found) return false;                 \
        memcpy(&c->call, &found, sizeof c->call); \
    }
    POST_CALLS(POST_FIND)
#undef POST_FIND
    return true;
}

const struct post_calls *post_calls(void)
{
    static struct post_calls calls;
    static enum { NOT_TRIED, IS_THERE, IS_NOT } state;
    if (state == NOT_TRIED) {
        void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
        state = library && find_all(library, &calls) &&
                        calls.curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK
                    ? IS_THERE
                    : IS_NOT;
    }
    return state == IS_THERE ? &calls : NULL;
}
