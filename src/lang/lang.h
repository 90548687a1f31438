/* lang/lang.h - phrases, numbers, days, names and order in a reader's language.
 *
 * A language is data: lang/CODE.po, compiled in. Numbers, days, plural forms, sorting and the names of states
 * come from ICU and CLDR, never from our keyboard. Another language is another file, no code.
 * Which digits a language writes, and from how many digits on it groups them, is ICU's default for its code and
 * decides once for everything. What lang keeps for speed changes while it runs: one thread to a process.
 * Needs: base.    Never: a locale of the C library; a sentence put together from pieces. */
#ifndef LANG_LANG_H
#define LANG_LANG_H

#include "base/sink.h"

struct lang; /* one language; const after lang_open */

/* A message of lang/(star).po, written in English where it is used: PHRASE("Sources differ"). The build collects
 * these and refuses one that a language lacks. */
struct phrase {
    const char *english;
};
#define PHRASE(text) ((struct phrase){ "" text })
#define PHRASE_CONST(text) \
    {                      \
        "" text            \
    } /* for static tables */
#define PHRASES(one, many) \
    PHRASE(one), PHRASE(many)            /* for lang_message: "{n} state", "{n} states" */
#define NO_PLURAL ((struct phrase){ 0 }) /* as `many` of a message without a number */

/* A value with a stable code for machines and a phrase for people: { "ratification", "Ratified" }. */
struct word {
    str code;
    struct phrase phrase;
};

/* How many a list ended by an empty code has. */
size_t lang_words_in(const struct word *words);

void lang_open(struct arena *life); /* warms ICU for every language; before any fork */
size_t lang_count(void);
/* as in the language row: en fr es ar ru zh, then others by code */
const struct lang *lang_at(size_t i);
const struct lang *lang_find(str code); /* NULL if unknown */
/* RFC 9110 weights; of equals the first; English otherwise. Looks at 4 KiB and 64 ranges at most. */
const struct lang *lang_choose(str accept_language);
str lang_code(const struct lang *l);     /* "ar" */
str lang_own_name(const struct lang *l); /* its name in itself, from CLDR */
bool lang_is_rtl(const struct lang *l);
bool lang_is_english(const struct lang *l); /* sources and bodies are mostly written in it */
/* who read the texts and speaks it; empty: nobody yet, and pages say so */
str lang_reviewed(const struct lang *l);

str lang_text(const struct lang *l,
              struct phrase p); /* English if it is missing, which the build prevents */

/* A message with {name} places; `many` is NO_PLURAL when no number chooses. An argument is a number (localised; the
 * first ARG_NUMBER chooses the plural form), a year, a day, a real or ready text. `escape` is html_text for HTML, put
 * for plain text. */
struct lang_arg {
    const char *name;
    enum { ARG_NUMBER, ARG_TEXT, ARG_YEAR, ARG_DAY, ARG_REAL } kind;
    int64_t number; /* ARG_NUMBER, ARG_YEAR */
    str text;       /* ARG_TEXT, ARG_DAY */
    double real;    /* ARG_REAL */
    int decimals;
};
void lang_message(struct sink *out, const struct lang *l, struct phrase one, struct phrase many,
                  const struct lang_arg *args, size_t n, void (*escape)(struct sink *out, str s));

void lang_number(struct sink *out, const struct lang *l, int64_t n); /* 12,345 */
void lang_year(struct sink *out, const struct lang *l,
               int64_t year); /* no grouping, the locale's digits */
void lang_real(struct sink *out, const struct lang *l, double x, int decimals);
/* "2009-11-05" in long form; "2009-11", "2009", "--07-30" as far as known; other text as it is, so escape it. */
void lang_day(struct sink *out, const struct lang *l, str day);
str lang_day_text(struct arena *a, const struct lang *l, str day); /* the same as text */
str lang_digits(struct arena *a, const struct lang *l,
                str ascii); /* plain digits of an axis label */

str lang_state(const struct lang *l,
               str iso3); /* CLDR's name; the code itself if unknown; cached, never freed */
/* The code of the state that some language of ours calls so (capitals or not, of ASCII), "" if none does. */
str lang_state_called(str name);
bool lang_is_state(str iso3);                    /* a code of today's */
str lang_state_at(size_t i);                     /* every code in turn; empty past the last */
str lang_region(const struct lang *l, str m49);  /* "019" -> Americas */
str lang_region_of(str iso3, bool is_subregion); /* UN M49 code by CLDR containment, "" if none */

/* Words as search compares them: folded, without endings and accents; Han and Kana as pairs of neighbours. The same word
 * in another form gives the same text. from and to are bytes of `text`. */
struct lang_token {
    str word;
    size_t from, to;
};
size_t lang_words(struct arena *a, const struct lang *l, str text, struct lang_token **out);
str lang_word(struct arena *a, const struct lang *l, str word); /* one word alone */
str lang_bare(struct arena *a, str text); /* folded and without accents, endings kept */

/* Sorts n things of `size` bytes by the language's collation of their names; equal names keep their order. */
void lang_sort(struct arena *a, const struct lang *l, void *things, size_t n, size_t size,
               str (*name)(const void *thing));
/* Every state of today as a form offers it, sorted by name. */
struct lang_state_named {
    str code, name;
};
size_t lang_states_by_name(struct arena *a, const struct lang *l, struct lang_state_named **out);

#endif
