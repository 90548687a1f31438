/* send/post_calls.h - what post.c uses of libcurl, opened by name when first needed.
 *
 * Linked in the ordinary way it would be mapped with its twenty libraries in every process, though one sends. Each
 * call stands here once; the types are the library's own.
 * Needs: its header.    Never: included outside src/send/post* and src/fedi/wire*. */
#ifndef SEND_POST_CALLS_H
#define SEND_POST_CALLS_H

#include "base/str.h"

#define CURL_DISABLE_TYPECHECK /* its checks are macros around the names below */
#include <curl/curl.h>
#undef curl_easy_setopt
#undef curl_easy_getinfo

#define POST_CALLS(X)           \
    X(curl_global_init)         \
    X(curl_easy_init)           \
    X(curl_easy_cleanup)        \
    X(curl_easy_reset)          \
    X(curl_easy_setopt)         \
    X(curl_easy_getinfo)        \
    X(curl_slist_append)        \
    X(curl_slist_free_all)      \
    X(curl_multi_init)          \
    X(curl_multi_cleanup)       \
    X(curl_multi_add_handle)    \
    X(curl_multi_remove_handle) \
    X(curl_multi_perform)       \
    X(curl_multi_poll)          \
    X(curl_multi_info_read)

struct post_calls {
#define POST_CALL(name) __typeof__(name) *name;
    POST_CALLS(POST_CALL)
#undef POST_CALL
};

/* The calls; NULL when this machine has not got the library. Opened once. */
const struct post_calls *post_calls(void);

#endif
