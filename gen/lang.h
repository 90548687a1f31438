/* gen/lang.h - the phrases of the program collected, its .po files read and checked, and both written as C.
 *
 * lang.c runs the steps; lang_c.c finds PHRASE("...") in C; lang_po.c reads .po and .pot; lang_check.c says what
 * a language lacks; lang_write.c writes phrases.c.
 * Needs: base, gen/text.    Never: change a .po file (that is msgmerge's work, see --merge). */
#ifndef GEN_LANG_H
#define GEN_LANG_H

#include "text.h"

#define FORMS_MAX 6

struct po_entry {
    str one, many;       /* many.p is NULL without plural */
    str form[FORMS_MAX]; /* the translations; form[0] without plural */
    size_t forms;
    bool is_fuzzy;
    size_t at;   /* of its msgid */
    str *places; /* "#:" */
    size_t places_n;
    str note; /* "#." */
};

struct po {
    struct source source;
    str code;            /* "fr", from the file's name */
    struct po_entry *at; /* without the header */
    size_t n, room;
    bool is_partial;                  /* X-Partial: what is missing is meant to be */
    str reviewed;                     /* X-Reviewed: who, or empty */
    size_t forms;                     /* of a plural */
    unsigned char form_of[FORMS_MAX]; /* category zero one two few many other -> form */
};

void lang_c_collect(struct arena *a, const struct source *s, struct messages *all);
void lang_po_read(struct arena *a, const char *path, struct po *out);
void lang_po_header(struct po *po, str header, size_t at); /* categories, review */

/* Prints what is wrong, each with its file and line; gives how many. What is only missing counts when strict. */
size_t lang_check(const struct po *po, const struct messages *all, bool is_strict);

/* po is in the order of the language row. Needs the .po entries found by English text: */
const struct po_entry *po_find(const struct po *po, str one);
void lang_write(struct sink *out, struct arena *a, const struct po *po, size_t n,
                const struct messages *all);

#endif
