#include "publish/protect.h"

bool aggregates_raw(struct arena *a, const struct sample *s, size_t length, struct aggregates *out,
                    struct complaint *why)
{
    *out = (struct aggregates){
        .attributes = s->attributes, .records = s->rows, .length = length, .k = 1
    };
    struct counting how = { .length = length, .least = 1 };
    if (!count_combos(a, s, &how, &out->combos, why)) return false;
    combos_sort(&out->combos);
    return true;
}

bool aggregates_protected(struct arena *a, const struct sample *s, size_t length, uint32_t k,
                          struct aggregates *out, struct complaint *why)
{
    *out = (struct aggregates){
        .attributes = s->attributes, .records = s->rows / k * k, .length = length, .k = k
    };
    if (s->rows < k) {
        *why =
            (struct complaint){ .what = S("fewer than k records: nothing of them may be shown") };
        return false;
    }
    struct counting how = { .length = length, .least = k };
    if (!count_combos(a, s, &how, &out->combos, why)) return false;
    for (size_t i = 0; i < out->combos.n; i++) {
        struct combo *c = combos_at(&out->combos, i);
        c->count = c->count / k * k;
    }
    combos_sort(&out->combos);
    return true;
}

void aggregates_write(struct file_out *to, struct arena *a, const struct aggregates *g, str remark)
{
    while (remark.n) {
        file_out_put(to, S("# "));
        file_out_put(to, str_split(&remark, '\n'));
        file_out_put(to, S("\n"));
    }
    bool is_raw = g->k == 1 && !g->is_private;
    file_out_put(to, is_raw ? S("selections\tcount\n") : S("selections\tprotected_count\n"));
    struct sink line;
    sink_open(&line, a, KIB(64));
    put_lit(&line, "record_count\t");
    put_int(&line, (int64_t)g->records);
    put_char(&line, '\n');
    for (size_t i = 0; i < g->combos.n; i++) {
        file_out_put(to, sink_str(&line));
        line.n = 0;
        const struct combo *c = combos_at(&g->combos, i);
        combo_put(&line, &g->attributes, c);
        put_char(&line, '\t');
        put_int(&line, c->count);
        put_char(&line, '\n');
    }
    file_out_put(to, sink_str(&line));
}
