/* What became of a text, and what two people made of it: whatever they typed. */
#include "test/unit/help.h"

#include "edit/merge.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/sink.h"

static str told(struct diff d, enum diff_kind without)
{
    struct sink out;
    sink_open(&out, &scratch, MIB(4));
    for (size_t i = 0; i < d.n; i++)
        if (d.at[i].kind != without) put(&out, d.at[i].text);
    return sink_str(&out);
}

static void holds(str before, str after)
{
    struct diff d = diff_texts(&scratch, before, after);
    if (!str_eq(told(d, DIFF_NEW), before) || !str_eq(told(d, DIFF_GONE), after))
        fail_msg("the pieces are not the texts:\n%.*s\n---\n%.*s", STR_ARG(before), STR_ARG(after));
    if (str_eq(before, after)) assert_true(d.gone == 0 && d.fresh == 0);
    for (size_t i = 0; i < d.n; i++) assert_true(d.at[i].text.n > 0 && str_is_utf8(d.at[i].text));
}

static str any_text(size_t passages)
{
    static const char *const words[] = { "a", "b", "the", " ", "  ", "\n", "heart", "\xe4\xb8\xad", "\xe5\x9b\xbd",
                                         "\xd9\x82\xd9\x84\xd8\xa8", ",", "- ", "# " };
    struct sink out;
    sink_open(&out, &scratch, MIB(1));
    for (size_t p = 0; p < passages; p++) {
        if (p) put_lit(&out, "\n\n");
        for (uint32_t n = draw(6); n > 0; n--) put(&out, str_of(words[draw(COUNT_OF(words))]));
        if (draw(9) == 0) put_lit(&out, "\n");
    }
    return sink_str(&out);
}

/* Some passages changed, dropped or put in. */
static str changed(str text, uint32_t times)
{
    str *passages, *all;
    size_t n = diff_passages(&scratch, text, &passages);
    all = arena_new(&scratch, str, n + times + 1);
    memcpy(all, passages, n * sizeof *all);
    for (; times > 0; times--) {
        size_t at = draw((uint32_t)n + 1);
        uint32_t how = draw(3);
        if (how == 0 && at < n) all[at] = any_text(1);
        if (how == 1 && n > 1 && at < n) memmove(&all[at], &all[at + 1], (--n - at) * sizeof *all);
        if (how == 2) {
            memmove(&all[at + 1], &all[at], (n++ - at) * sizeof *all);
            all[at] = any_text(1);
        }
    }
    return diff_join(&scratch, all, n);
}

static void the_pieces_of_a_difference_are_both_texts(void **state)
{
    (void)state;
    holds(S(""), S(""));
    holds(S(""), S("one"));
    holds(S("one"), S(""));
    holds(S("one\n\ntwo"), S("one\n\ntwo\n\n"));
    holds(S("\n\n\n\n"), S("\n\n\n"));
    struct diff d = diff_texts(&scratch, S("The heart is blue.\n\nIt is small."), S("The heart is pale blue.\n\nIt is small."));
    assert_int_equal(d.gone, 0);
    assert_true(d.fresh > 0 && d.fresh < 8);
    d = diff_texts(&scratch, S("\xe5\xbf\x83\xe6\x98\xaf\xe8\x93\x9d\xe7\x9a\x84"), S("\xe5\xbf\x83\xe6\x98\xaf\xe7\xba\xa2\xe7\x9a\x84"));
    assert_int_equal(d.gone, 3); /* one character of Han */
    for (uint64_t seed = 0; seed < 400; seed++) {
        draw_seed(seed);
        str text = any_text(draw(12));
        holds(text, changed(text, draw(5)));
        holds(text, any_text(draw(12)));
    }
}

static str filled(const char *unit, size_t bytes, uint64_t seed)
{
    struct sink out;
    sink_open(&out, &scratch, MIB(1));
    draw_seed(seed);
    while (out.n < bytes) {
        put_char(&out, (char)('a' + draw(26)));
        put(&out, str_of(unit));
    }
    return sink_str(&out);
}

static void no_text_takes_long_to_compare(void **state)
{
    (void)state;
    static const char *const units[] = { "", " ", "\n", "\n\n", " b\n\n" };
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        str before = filled(units[i], 60000, 1), after = filled(units[i], 60000, 2);
        int64_t begun = clock_ticks_us();
        holds(before, after);
        struct merge m = merge_texts(&scratch, before, after, filled(units[i], 60000, 3));
        (void)merge_result(&scratch, &m, NULL);
        int64_t took = clock_ticks_us() - begun;
        if (took > 500000) fail_msg("unit %zu takes %lld us", i, (long long)took); /* with sanitizers; a tenth without */
    }
}

static str settled(const struct merge *m, enum merge_choice choice)
{
    enum merge_choice *all = arena_new(&scratch, enum merge_choice, m->collisions + 1);
    for (size_t i = 0; i < m->collisions; i++) all[i] = choice;
    return merge_result(&scratch, m, all);
}

static void merges(str base, str mine, str theirs)
{
    struct merge m = merge_texts(&scratch, base, mine, theirs);
    struct merge other = merge_texts(&scratch, base, theirs, mine);
    assert_int_equal(m.collisions, other.collisions);
    str *all = arena_new(&scratch, str, 3 * (m.n + 1));
    size_t n[3] = { 0 };
    for (size_t i = 0; i < m.n; i++) { /* the sides, one after the other, are the three texts */
        const struct merge_part *p = &m.at[i];
        if (p->base.n) all[n[0]++] = merge_text(&scratch, p->base);
        if (p->mine.n) all[m.n + n[1]++] = merge_text(&scratch, p->mine);
        if (p->theirs.n) all[2 * m.n + n[2]++] = merge_text(&scratch, p->theirs);
        if (p->kind == MERGE_SAME) assert_true(str_eq(merge_text(&scratch, p->base), merge_text(&scratch, p->mine)));
    }
    assert_true(str_eq(diff_join(&scratch, all, n[0]), base));
    assert_true(str_eq(diff_join(&scratch, all + m.n, n[1]), mine));
    assert_true(str_eq(diff_join(&scratch, all + 2 * m.n, n[2]), theirs));
    if (str_eq(base, mine)) assert_true(m.collisions == 0 && str_eq(settled(&m, MERGE_TAKE_MINE), theirs));
    if (str_eq(base, theirs)) assert_true(m.collisions == 0 && str_eq(settled(&m, MERGE_TAKE_MINE), mine));
    if (str_eq(mine, theirs)) assert_true(m.collisions == 0 && str_eq(settled(&m, MERGE_TAKE_MINE), mine));
}

static void what_two_did_apart_is_put_together(void **state)
{
    (void)state;
    str base = S("one\n\ntwo\n\nthree"), mine = S("one!\n\ntwo\n\nthree"), theirs = S("one\n\ntwo\n\nthree\n\nfour");
    struct merge m = merge_texts(&scratch, base, mine, theirs);
    assert_int_equal(m.collisions, 0);
    assert_str_equal(merge_result(&scratch, &m, NULL), "one!\n\ntwo\n\nthree\n\nfour");
    m = merge_texts(&scratch, base, S("one\n\n2\n\nthree"), S("one\n\nzwei\n\nthree"));
    assert_int_equal(m.collisions, 1);
    assert_str_equal(settled(&m, MERGE_TAKE_MINE), "one\n\n2\n\nthree");
    assert_str_equal(settled(&m, MERGE_TAKE_THEIRS), "one\n\nzwei\n\nthree");
    assert_str_equal(settled(&m, MERGE_TAKE_BOTH), "one\n\nzwei\n\n2\n\nthree");
    m = merge_texts(&scratch, base, S("one\n\nthree"), S("one\n\ntwo\n\n3")); /* neighbours do not collide */
    assert_int_equal(m.collisions, 0);
    assert_str_equal(merge_result(&scratch, &m, NULL), "one\n\n3");
    m = merge_texts(&scratch, S("one"), S("one\n\nmine"), S("one\n\ntheirs")); /* at one place they do */
    assert_int_equal(m.collisions, 1);
    m = merge_texts(&scratch, base, S("one\n\nmine\n\nthree, alike"), S("one\n\ntheirs\n\nthree, alike"));
    assert_int_equal(m.collisions, 1); /* what both did alike is no choice */
    assert_str_equal(settled(&m, MERGE_TAKE_BOTH), "one\n\ntheirs\n\nmine\n\nthree, alike");
    for (uint64_t seed = 0; seed < 400; seed++) {
        draw_seed(seed + 5000);
        base = any_text(1 + draw(12));
        mine = changed(base, draw(4));
        theirs = draw(5) ? changed(base, draw(4)) : draw(2) ? mine : base;
        merges(base, mine, theirs);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_pieces_of_a_difference_are_both_texts, help_begin, help_end),
        cmocka_unit_test_setup_teardown(no_text_takes_long_to_compare, help_begin, help_end),
        cmocka_unit_test_setup_teardown(what_two_did_apart_is_put_together, help_begin, help_end),
    };
    return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
