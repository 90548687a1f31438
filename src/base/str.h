/* base/str.h - text with its length, passed by value.
 *
 * A str never owns its bytes and need not end in NUL. Functions here allocate nothing.
 * Needs: nothing.    Never: allocate, or depend on a locale. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MUST_USE __attribute__((warn_unused_result))

typedef struct str {
    const char *p;
    size_t n;
} str;

/* Words about a person. The log and the plain sinks do not take this type. */
typedef struct personal {
    str words;
} personal;

/* Markup our own code has made ready; nothing else may be written without escaping. */
typedef struct html {
    str markup;
} html;

typedef int64_t ms; /* a moment: milliseconds since 1970 in UTC */
#define DAY_MS ((ms)86400000)
typedef uint64_t id; /* a row's key: time-ordered inside, permuted in addresses */

#define S(literal) ((str){ "" literal, sizeof(literal) - 1 })
#define S_CONST(literal)                \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    } /* for static tables */
#define STR_FMT     "%.*s"
#define STR_ARG(s)  (int)(s).n, (s).p
#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

str str_of(const char *z); /* a NUL-ended string; NULL becomes empty */
bool str_eq(str a, str b);
int str_cmp(str a, str b); /* by bytes, like memcmp, shorter first */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
str str_from(str s, size_t at);    /* what follows byte `at`; empty past the end */
str str_cut(str s, size_t n);      /* at most the first n bytes */
str str_cut_text(str s, size_t n); /* the same, without a torn character at its end */
/* the same text, or an absent one (p is NULL) if there is none */
str str_or_absent(str s);
str str_trim(str s);               /* without spaces, tabs and line ends around it */
ptrdiff_t str_find(str s, char c); /* first place of c, or -1 */
bool str_has(str s, str part);
str str_split(str *rest,
              char by); /* takes off the part before `by`; rest.p is NULL after the last */
bool str_to_int(str s,
                int64_t *out); /* decimal, optional minus; false if anything else or too large */
bool str_is_utf8(str s);       /* well-formed, shortest form, no surrogates, no NUL */
/* C0 controls except tab, CR and LF; DEL; C1 controls; direction overrides */
bool str_has_control(str s);
uint64_t str_hash(str s); /* fast, not for secrets */

#endif
