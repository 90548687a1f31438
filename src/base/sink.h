/* base/sink.h - a growing piece of text that escapes for its place.
 *
 * Everything we send is written through one of these. Which function is called decides the escaping; there is
 * no function that writes a `str` into HTML as it is, only one that takes the type `html`.
 * Needs: arena.    Never: take a `personal`; that is show_personal's work. */
#ifndef BASE_SINK_H
#define BASE_SINK_H

#include "base/arena.h"

struct sink {
    struct arena *arena;
    char *p;
    size_t n, room, limit; /* bytes; past the limit is a breakage */
};

void sink_open(struct sink *out, struct arena *a, size_t limit);
str sink_str(const struct sink *out); /* what was written so far, valid until the next write */

void put(struct sink *out, str s); /* literals and text that is already safe in its place */
void put_char(struct sink *out, char c);
void put_int(struct sink *out, int64_t n);
void put_format(struct sink *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
#define put_lit(out, literal) put((out), S(literal))

void html_text(struct sink *out, str s); /* between tags and inside quoted attributes */
void html_ready(struct sink *out, html h);
void url_part(struct sink *out, str s); /* percent-encoded: one segment or one query value */
/* A whole address as an attribute's value; nothing unless it is /..., #..., ?..., http(s):, mailto: or tel: */
void url_whole(struct sink *out, str s);
void json_text(struct sink *out, str s); /* with its quotes */
void csv_cell(struct sink *out, str s);  /* RFC 4180, quoted only where needed */

#endif
