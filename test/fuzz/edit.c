/* Three texts: what became of the first is both texts again, two changes put together hold every side, and what a writer is
 * told of a text never reads beyond it. */
#include "test/fuzz/fuzz.h"

#include "edit/merge.h"
#include "text/text.h"

static str told(struct arena *a, struct diff d, enum diff_kind without)
{
    struct sink out;
    sink_open(&out, a, MIB(4));
    for (size_t i = 0; i < d.n; i++)
        if (d.at[i].kind != without) put(&out, d.at[i].text);
    return sink_str(&out);
}

static size_t sides(struct arena *a, const struct merge *m, str *all, int side)
{
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++) {
        const struct merge_part *p = &m->at[i];
        struct merge_side s = side == 0 ? p->base : side == 1 ? p->mine : p->theirs;
        if (s.n) all[n++] = merge_text(a, s);
    }
    return n;
}

static void all(struct arena *a, str in)
{
    str text[3];
    for (int i = 0; i < 3; i++) {
        text[i] = str_split(&in, '\x01');
        if (!text[i].p) text[i] = S("");
        if (!in.p) in = S("");
    }
    struct diff d = diff_texts(a, text[0], text[1]);
    MUST(str_eq(told(a, d, DIFF_NEW), text[0]));
    MUST(str_eq(told(a, d, DIFF_GONE), text[1]));
    struct merge m = merge_texts(a, text[0], text[1], text[2]);
    str *parts = arena_new(a, str, m.n + 1);
    for (int i = 0; i < 3; i++) MUST(str_eq(diff_join(a, parts, sides(a, &m, parts, i)), text[i]));
    str whole = merge_result(a, &m, NULL);
    if (m.collisions == 0 && str_eq(text[0], text[2])) MUST(str_eq(whole, text[1]));
    if (m.collisions == 0 && str_eq(text[0], text[1])) MUST(str_eq(whole, text[2]));
    struct text_thing *things;
    if (!str_is_utf8(text[0]) || str_has_control(text[0])) return;
    size_t n = text_things(a, text[0], &things);
    for (size_t i = 0; i < n; i++) MUST(things[i].line > 0);
    bool has_html = false;
    for (size_t i = 0; i < n; i++) has_html = has_html || things[i].part == TEXT_RAW_HTML;
    html shown = text_html(a, text[0], S("/en"), S(""));
    if (has_html) MUST(!str_has(shown.markup, S("<script")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(128));
    (void)fuzz_run(&a, all, data, n);
    return 0;
}
