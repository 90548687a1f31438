#include "study/engine.h"

#include "study/result.h"

/* The table with only some of its lists: what the others alone saw is let go. */
static struct mse_table only(const struct mse_table *t, uint32_t wanted)
{
    struct mse_table out = { .is_whole = t->is_whole };
    int from[LISTS_MAX];
    for (int i = 0; i < t->lists; i++) {
        if (!(wanted >> i & 1)) continue;
        out.name[out.lists] = t->name[i];
        from[out.lists++] = i;
    }
    for (uint32_t w = 1; w < 1u << t->lists; w++) {
        uint32_t left = 0;
        for (int k = 0; k < out.lists; k++) left |= (w >> from[k] & 1) << k;
        if (left == 0) continue;
        out.count[left] += t->count[w];
        out.n += t->count[w];
    }
    return out;
}

bool engine_table(struct arena *a, str csv, const struct study_wish *wish, struct mse_table *out,
                  struct complaint *why)
{
    if (!mse_table_read_text(a, csv, out, why)) return false;
    uint32_t all = (1u << out->lists) - 1, wanted = wish->lists & all;
    if (wanted && wanted != all) *out = only(out, wanted);
    return out->lists >= 2;
}

enum engine_answer engine_run(struct arena *a, const struct engine_ask *ask, str *result)
{
    struct mse_table table;
    struct complaint why;
    if (!engine_table(a, ask->csv, &ask->wish, &table, &why)) return ENGINE_BAD;

    struct estimate_wish wish = { .method = S("all"),
                                  .p = 0.02,
                                  .bootstrap = (size_t)ask->wish.bootstrap,
                                  .level = { 80, 95 },
                                  .levels = 2,
                                  .seed = (uint64_t)ask->wish.seed,
                                  .tell = ask->tell,
                                  .context = ask->context,
                                  .stop = ask->stop };
    struct estimate e;
    switch (estimate_run(a, &table, &wish, &e)) {
    case ESTIMATE_DONE: break;
    case ESTIMATE_STOPPED: return ENGINE_STOPPED;
    case ESTIMATE_BAD_MODEL: return ENGINE_BAD;
    }
    struct study_result r = study_result_of(&e, &wish);
    *result = study_result_text(a, &r);
    return ENGINE_DONE;
}
