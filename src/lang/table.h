/* lang/table.h - the phrases as gen/lang writes them (phrases.c).
 *
 * Needs: base.    Never: used outside lang. */
#ifndef LANG_TABLE_H
#define LANG_TABLE_H

#include "base/str.h"

#define LANG_FORMS 6 /* plural categories of CLDR: zero one two few many other */

struct lang_key {
    str english;
    uint32_t plural; /* 1, 2, ... among the messages with a plural; 0 without */
};

struct lang_table {
    const char *code;
    const char *reviewed; /* who read it, or "" */
    bool is_partial;
    size_t forms;
    unsigned char form_of[LANG_FORMS];
    const str *texts, *plurals; /* NULL for English; a text that is missing has n 0 */
};

extern const struct lang_key lang_keys[];
extern const size_t lang_slots_n;
extern const uint16_t lang_slots[]; /* str_hash & (n - 1), then the next ones: index + 1, 0 ends */
extern const size_t lang_tables_n;
extern const struct lang_table lang_tables[];

#endif
