/* lang/inside.h - what lang_open makes of ICU for one language, shared by lang's files.
 *
 * Everything here is made before the first fork. Only the memos change afterwards; a process has one thread.
 * Needs: base, ICU's C API.    Never: used outside lang. */
#ifndef LANG_INSIDE_H
#define LANG_INSIDE_H

#include "base/limits.h"
#include "lang/lang.h"
#include "lang/table.h"

#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/uldnames.h>
#include <unicode/upluralrules.h>

#define LANGS_MAX      64
#define PLURAL_MEMO    1024
#define DAY_MEMO       1024 /* slots; even, they go in pairs */
#define DAY_MEMO_BYTES 84

enum day_form { DAY_FULL, DAY_MONTH, DAY_YEAR, DAY_OF_EACH_YEAR, DAY_FORMS };

struct lang_numerals {
    str digit[10];
    bool is_ascii;
    str group, decimal, minus_before, minus_after;
    size_t first_group, next_group,
        group_from; /* digits in a group; digits from which grouping begins */
};

struct lang_day_slot {
    char key[11];
    unsigned char key_n, n;
    char text[DAY_MEMO_BYTES];
};

struct lang {
    const struct lang_table *table;
    str code, own_name;
    bool is_rtl;
    struct lang_numerals numerals;
    UPluralRules *rules;
    signed char *plural_memo; /* of 0 .. PLURAL_MEMO - 1; -1 is not asked yet */
    UDateFormat *day[DAY_FORMS];
    struct lang_day_slot *day_memo;
    UCollator *order;
    struct sb_stemmer *stemmer; /* opened at first use */
    str *state, *region;        /* names, in the order of state.c's tables */
};

void lang_open_numbers(struct arena *life, struct lang *l, const char *locale);
void lang_open_days(struct arena *life, struct lang *l, const char *locale);
void lang_open_states(struct arena *life); /* codes and containment, once */
void lang_open_words(void);
void lang_open_names(struct arena *life, struct lang *l, const char *locale);

int lang_category(const struct lang *l, int64_t n); /* index into LANG_FORMS */

void lang_need(UErrorCode e, const char *what); /* breaks the start-up if ICU failed */
str lang_utf8(struct arena *a, const UChar *s, int32_t n);

#endif
