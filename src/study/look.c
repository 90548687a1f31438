#include "study/look.h"

#include "estimate/estimate.h"
#include "study/engine.h"

static void add(struct arena *a, const struct lang *l, struct study_look *look,
                const struct saying *s)
{
    if (s->words.english && look->against_n < LOOK_AGAINST_MAX)
        look->against[look->against_n++] = saying_text(a, l, s);
}

/* Pairs that share too few people to tell anything about how the two lists hang together. */
static void add_thin(struct arena *a, const struct lang *l, const struct mse_table *t,
                     struct study_look *look)
{
    for (int i = 0; i < t->lists; i++)
        for (int k = i + 1; k < t->lists; k++) {
            if (mse_overlap(t, 1u << i | 1u << k) >= LOOK_OVERLAP_LEAST) continue;
            struct saying s = SAY(PHRASE("lists {list} and {other} share fewer than {n} people"),
                                  SAID_TEXT("list", t->name[i]), SAID_TEXT("other", t->name[k]),
                                  SAID_NUMBER("n", LOOK_OVERLAP_LEAST));
            add(a, l, look, &s);
        }
}

struct study_look study_look_at(struct arena *a, const struct lang *l, str csv,
                                const struct study_wish *wish)
{
    struct study_look look = { 0 };
    struct mse_table part;
    struct complaint why;
    struct estimate e;
    struct estimate_wish cheapest = { .method = S("stepwise"), .p = 0.02, .ntop = 1, .threads = 1 };
    if (!mse_table_read_text(a, csv, &look.whole, &why)) return look;
    if (!engine_table(a, csv, wish, &part, &why)) return look;
    if (estimate_run(a, &part, &cheapest, &e) == ESTIMATE_DONE && e.status != ESTIMATE_OK)
        add(a, l, &look, &e.why);
    for (int i = 0; i < part.lists; i++) add(a, l, &look, &e.lists.notice[i]);
    for (int i = 0; i < e.warnings; i++) add(a, l, &look, &e.warning[i]);
    add_thin(a, l, &part, &look);
    return look;
}
