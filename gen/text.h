/* gen/text.h - what the generators share: files in and out, errors with their place, literals of C and .po.
 *
 * A generator reads whole files, stops at the first mistake with FILE:LINE:COL and words that help, and
 * writes a file only when its content changed, so that what did not change is not compiled again.
 * Needs: base.    Never: part of the program itself. */
#ifndef GEN_TEXT_H
#define GEN_TEXT_H

#include "base/sink.h"

struct source {
    const char *path; /* as given on the command line: errors and #line show it */
    str text;
};

struct source text_read(struct arena *a, const char *path); /* UTF-8 or an error */
void text_write(struct arena *a, str path,
                str content); /* makes the folders; nothing if it is the same */

int text_line(const struct source *s, size_t at); /* both count from 1 */
int text_col(const struct source *s, size_t at);  /* in characters */

/* Prints "file:line:col: words" and ends with 1. */
_Noreturn void text_fail(const struct source *s, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

void c_literal(struct sink *out, str s,
               const char *indent); /* quoted; a new line after each \n in it */
void po_literal(struct sink *out, str s);

bool is_name(str s); /* [a-z][a-z0-9_]* */

/* One message of the program, as translators see it. The same English text is one message. */
struct message {
    str one, many; /* many.p is NULL without plural */
    str *places;   /* "src/room/page.html:12" */
    size_t places_n;
    str note; /* for translators; may be empty */
};

struct messages {
    struct arena *arena;
    struct message *at;
    size_t n, room;
};

void message_add(struct messages *all, str one, str many, str place, str note);
void message_pot(struct sink *out, const struct messages *all);
bool message_has_places(str english); /* "{name}" somewhere */

#endif
