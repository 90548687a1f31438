/* lang/saying.h - a sentence and its values, kept apart so that it can be said later, in any language.
 *
 * What computes does not know who reads: it says SAY(PHRASE("list {name} holds nobody"), SAID_TEXT("name", list)).
 * Needs: lang.    Never: a sentence put together from pieces. */
#ifndef LANG_SAYING_H
#define LANG_SAYING_H

#include "lang/lang.h"

#define SAID_MOST 3

struct said {
    const char *name;
    bool is_text;
    double number;
    int decimals;
    str text;
};

struct saying {
    struct phrase words; /* .english NULL: nothing is said */
    struct said value[SAID_MOST];
    int values;
};

#define SAID_TEXT(name, text)     ((struct said){ (name), true, 0, 0, (text) })
#define SAID_NUMBER(name, number) ((struct said){ (name), false, (number), 0, { 0 } })
#define SAID_REAL(name, number, decimals) \
    ((struct said){ (name), false, (number), (decimals), { 0 } })
#define SAY(...)                       saying_of(__VA_ARGS__, (struct said){ 0 }, (struct said){ 0 }, (struct said){ 0 })
#define saying_of(words, a, b, c, ...) saying_made((words), (a), (b), (c))
struct saying saying_made(struct phrase words, struct said a, struct said b, struct said c);

/* In plain English with plain digits; and in a language, escaped for its place. */
str saying_english(struct arena *a, const struct saying *s);
void saying_put(struct sink *out, const struct lang *l, const struct saying *s,
                void (*escape)(struct sink *out, str s));
str saying_text(struct arena *a, const struct lang *l, const struct saying *s);

#endif
