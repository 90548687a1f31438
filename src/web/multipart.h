/* web/multipart.h - a form with files in it (RFC 7578), as parts.
 *
 * Strict: what a browser does not send is refused, not guessed at. Bodies are the bytes as sent, not copied.
 * Needs: base.    Never: a file's name as a path; a part's own claim about its type believed. */
#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H

#include "base/arena.h"

struct form_part {
    str name; /* letters, digits, "-", "_", "." */
    str file_name; /* as the sender calls it; p is NULL for a field that is no file; to be shown, never opened */
    str type; /* what the sender says it is; empty if nothing */
    str body; /* text of a field: UTF-8 without control bytes but tab and line ends; of a file: anything */
};

/* False if it is malformed, or has more than `max` parts; then nothing of it may be used. */
MUST_USE bool form_multipart(struct arena *a, str content_type, str body, struct form_part *out,
                             size_t max, size_t *n);

/* The first part of that name; NULL if there is none. */
const struct form_part *form_part_named(const struct form_part *parts, size_t n, str name);

#endif
