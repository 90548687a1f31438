/* Tables of estimates: whatever they say they are refused in words and with a place, or read as a table that keeps its promises;
 * and no number comes out that numerics invented. */
#include "test/fuzz/fuzz.h"

#include "estimate/estimate.h"

#include <jansson.h>
#include <math.h>

static void read_and_estimate(struct arena *a, str in)
{
    struct mse_table t;
    struct complaint why;
    if (!mse_table_read_text(a, in, &t, &why)) {
        MUST(why.what.n > 0 && why.line > 0 && why.column > 0);
        return;
    }
    double sum = 0;
    MUST(t.lists >= 2 && t.lists <= LISTS_MAX && t.count[0] == 0 && t.n > 0 && t.n <= PEOPLE_MAX);
    for (unsigned w = 1; w < 1u << t.lists; w++) {
        MUST(t.count[w] >= 0);
        sum += t.count[w];
    }
    MUST(fabs(sum - t.n) <= 1e-9 * sum);
    if (t.lists > 5) return; /* thousands of models: too slow for many tables a second */
    struct estimate_wish wish = { .method = in.n % 2 ? S("stepwise") : S("bic"), .p = 0.02, .max_order = 2, .ntop = 3, .bootstrap = t.n < 1e6 ? 3 : 0, .level = { 80 }, .levels = 1, .threads = 1 };
    struct estimate e;
    MUST(estimate_run(a, &t, &wish, &e) == ESTIMATE_DONE);
    bool has_number = false;
    for (int i = 0; i < e.results; i++) {
        const struct estimate_result *r = &e.result[i];
        if (r->status == ESTIMATE_OK) MUST(isfinite(r->N) && r->N >= t.n * (1 - 1e-9) && r->model_status == MSE_OK);
        else MUST(isnan(r->N) && isnan(r->dark) && r->why.words.english);
        for (int k = 0; k < r->intervals; k++) MUST(r->interval[k].low <= r->interval[k].high);
        has_number |= r->status == ESTIMATE_OK;
    }
    MUST(has_number || e.status != ESTIMATE_OK);
    MUST(e.status == ESTIMATE_OK || e.why.words.english);
    struct sink out;
    sink_open(&out, a, MIB(4));
    estimate_json(&out, &e);
    json_t *json = json_loadb(sink_str(&out).p, sink_str(&out).n, JSON_REJECT_DUPLICATES, NULL);
    MUST(json); /* neither "inf" nor "nan" is JSON */
    json_decref(json);
    estimate_words(&out, &e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(512));
    MUST(fuzz_run(&a, read_and_estimate, data, n) == JUMP_NONE);
    return 0;
}
