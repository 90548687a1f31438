/* edit/diff.h - what became of a text: pieces that stayed, that went and that came.
 *
 * The pieces that stayed and went, one after the other, are the text before; those that stayed and came, the text after:
 * whatever was typed. Work is bounded, not by a clock but by steps: where two texts differ in more than that, a long
 * stretch is one that went and one that came.
 * Needs: arena.    Never: a database, a page. */
#ifndef EDIT_DIFF_H
#define EDIT_DIFF_H

#include "base/arena.h"

/* Where two lists differ: before[from, from + from_n) became after[to, to + to_n). All between is the same. */
struct diff_run {
    size_t from, from_n, to, to_n;
};
#define DIFF_STEPS 1500000 /* in all that is compared for one answer: a few milliseconds */
size_t diff_runs(struct arena *a, const str *before, size_t n, const str *after, size_t m,
                 size_t *steps, struct diff_run **out);

enum diff_kind { DIFF_SAME, DIFF_GONE, DIFF_NEW };
struct diff_piece {
    enum diff_kind kind;
    str text;
};
struct diff {
    struct diff_piece *at;
    size_t n;
    size_t gone, fresh; /* bytes */
};
/* By passages, and within passages that changed by words. */
struct diff diff_texts(struct arena *a, str before, str after);

/* A text's passages: what stands between empty lines. Joined by an empty line they are the text again. */
size_t diff_passages(struct arena *a, str text, str **out);
str diff_join(struct arena *a, const str *passages, size_t n);

#endif
