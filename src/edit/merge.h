/* edit/merge.h - two people changed the same text: what each did, passage by passage, and where they collide. Pure.
 *
 * Three texts: `base` both began with, `mine` and `theirs`. A passage that only one of them changed is taken as changed;
 * where both changed the same stretch in different ways, somebody has to choose.
 * Needs: diff.    Never: choose. */
#ifndef EDIT_MERGE_H
#define EDIT_MERGE_H

#include "edit/diff.h"

enum merge_kind {
    MERGE_SAME,      /* nobody touched it */
    MERGE_MINE,      /* only I did */
    MERGE_THEIRS,    /* only they did */
    MERGE_ALIKE,     /* both did, in the same way */
    MERGE_COLLISION, /* both did, differently */
};
struct merge_side {
    const str *passages;
    size_t n;
};
struct merge_part {
    enum merge_kind kind;
    struct merge_side base, mine, theirs;
};
struct merge {
    struct merge_part *at;
    size_t n, collisions;
};
struct merge merge_texts(struct arena *a, str base, str mine, str theirs);

/* One side of a part as text. */
str merge_text(struct arena *a, struct merge_side side);

enum merge_choice { MERGE_TAKE_MINE, MERGE_TAKE_THEIRS, MERGE_TAKE_BOTH };
/* The whole, with the i-th collision settled by the i-th choice (NULL: mine everywhere). */
str merge_result(struct arena *a, const struct merge *m, const enum merge_choice *choices);

#endif
