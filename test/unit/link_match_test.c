/* Matching: every kernel against counting bit by bit, assignments against their definitions, groups to tables. */
#include "test/unit/help.h"

#include "link/assign.h"
#include "link/evaluate.h"
#include "link/groups.h"
#include "link/overlap.h"
#include "link/sort.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>


/* A list of filters with about `fill` of 100 bits set; some are copies of `of`'s with a few bits changed. */
static struct link_clks list_of(size_t rows, unsigned bits, unsigned fill, const struct link_clks *of)
{
    struct link_clks l = { .name = S("list"), .rows = rows, .bits = bits, .words = (bits + 63) / 64 };
    l.filter = arena_new(&scratch, uint64_t, rows * l.words + 1);
    l.count = arena_new(&scratch, uint32_t, rows + 1);
    for (size_t r = 0; r < rows; r++) {
        unsigned char *p = (unsigned char *)(l.filter + r * l.words);
        bool is_copy = of && of->rows && draw(2);
        if (is_copy) memcpy(p, of->filter + draw((uint32_t)of->rows) * l.words, l.words * 8);
        unsigned change = is_copy ? draw(15) : 100, own = 20 + draw(fill);
        for (unsigned b = 0; b < bits; b++)
            if (draw(100) < change) p[b / 8] = (unsigned char)((p[b / 8] & ~(1u << b % 8)) | (unsigned)(draw(100) < own) << b % 8);
        if (draw(20) == 0) memset(p, 0, l.words * 8);
        for (unsigned b = 0; b < bits; b++) l.count[r] += p[b / 8] >> b % 8 & 1;
    }
    return l;
}

static uint32_t common_of(const struct link_clks *a, size_t r, const struct link_clks *b, size_t s)
{
    uint32_t n = 0;
    const unsigned char *p = (unsigned char *)(a->filter + r * a->words), *q = (unsigned char *)(b->filter + s * b->words);
    for (unsigned i = 0; i < a->bits; i++) n += (p[i / 8] >> i % 8 & 1) & (q[i / 8] >> i % 8 & 1);
    return n;
}

static struct link_pairs pairs_of(const struct link_lists *l, const char *threshold, const char *kernel, unsigned threads)
{
    struct link_compare c = { .lists = l, .kernel = link_kernel(kernel), .threads = threads, .is_within = l->n == 1, .pairs_most = (size_t)l->first[l->n] * l->first[l->n] / 2 + 1 };
    struct link_pairs p;
    assert_non_null(c.kernel);
    assert_true(link_threshold_read(str_of(threshold), &c.threshold));
    assert_true(link_compare(&scratch, &c, &p));
    return p;
}

static bool same_pairs(const struct link_pairs *a, const struct link_pairs *b)
{
    return a->n == b->n && memcmp(a->pair, b->pair, a->n * sizeof *a->pair) == 0;
}

static int by_order(const void *a, const void *b)
{
    const struct link_pair *p = a, *q = b;
    if (p->score != q->score) return p->score > q->score ? -1 : 1;
    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    return p->y < q->y ? -1 : p->y > q->y;
}

static void every_kernel_finds_what_counting_bit_by_bit_finds(void **state)
{
    (void)state;
    static const unsigned lengths[] = { 8, 64, 72, 512, 520, 1024, 2048, 4096 };
    static const char *const thresholds[] = { "0.5", "0.666666667", "0.8", "1" };
    for (unsigned round = 0; round < 24; round++) {
        draw_seed(round);
        unsigned bits = lengths[round % COUNT_OF(lengths)];
        struct link_clks list[2];
        list[0] = list_of(1 + draw(70), bits, 60, NULL);
        list[1] = list_of(1 + draw(70), bits, 60, &list[0]);
        struct link_lists l;
        assert_true(link_lists_of(list, 2, &l));
        const char *threshold = thresholds[round / 2 % 4];
        struct link_threshold t;
        assert_true(link_threshold_read(str_of(threshold), &t));
        struct link_pair *want = arena_new(&scratch, struct link_pair, list[0].rows * list[1].rows + 1);
        size_t n = 0;
        for (uint32_t r = 0; r < list[0].rows; r++)
            for (uint32_t s = 0; s < list[1].rows; s++) {
                uint64_t c = common_of(&list[0], r, &list[1], s), sum = (uint64_t)list[0].count[r] + list[1].count[s];
                if (sum && 2 * c * t.den >= t.num * sum) want[n++] = (struct link_pair){ (c << 40) / sum, r, l.first[1] + s };
            }
        qsort(want, n, sizeof *want, by_order);
        struct link_pairs wanted = { want, n, 0 };
        for (size_t k = 0; link_kernel_at(k); k++) {
            if (!link_kernel_at(k)->runs()) continue;
            struct link_pairs have = pairs_of(&l, threshold, link_kernel_at(k)->name, 1 + round % 3);
            if (!same_pairs(&have, &wanted)) fail_msg("%s, %u bits, %s: %zu pairs, not %zu", link_kernel_at(k)->name, bits, threshold, have.n, n);
        }
        for (size_t i = 0; i < n; i++) {
            double dice = link_dice(&l, &want[i]);
            uint32_t r = want[i].x, s = want[i].y - l.first[1];
            assert_true(dice == 2.0 * common_of(&list[0], r, &list[1], s) / ((double)list[0].count[r] + list[1].count[s]));
        }
    }
}

static void the_longest_filters_are_compared_too(void **state)
{
    (void)state;
    draw_seed(5);
    struct link_clks list[2];
    list[0] = list_of(9, 65536, 60, NULL);
    list[1] = list_of(17, 65536, 60, &list[0]);
    struct link_lists l;
    assert_true(link_lists_of(list, 2, &l));
    struct link_pairs first = pairs_of(&l, "0.3", "portable", 1);
    assert_true(first.n > 20);
    for (size_t k = 0; link_kernel_at(k); k++) {
        if (!link_kernel_at(k)->runs()) continue;
        struct link_pairs have = pairs_of(&l, "0.3", link_kernel_at(k)->name, 2);
        assert_true(same_pairs(&have, &first));
    }
}

static void threads_and_the_order_of_lists_change_nothing(void **state)
{
    (void)state;
    draw_seed(7);
    struct link_clks list[2], turned[2];
    list[0] = turned[1] = list_of(300, 128, 60, NULL);
    list[1] = turned[0] = list_of(200, 128, 60, &list[0]);
    struct link_lists l, back;
    assert_true(link_lists_of(list, 2, &l));
    assert_true(link_lists_of(turned, 2, &back));
    struct link_pairs one = pairs_of(&l, "0.7", "auto", 1), eight = pairs_of(&l, "0.7", "auto", 8), other = pairs_of(&back, "0.7", "auto", 2);
    assert_true(one.n > 1000);
    assert_true(same_pairs(&one, &eight));
    assert_int_equal(one.n, other.n);
    struct link_pair *turn = arena_new(&scratch, struct link_pair, one.n);
    for (size_t i = 0; i < other.n; i++) turn[i] = (struct link_pair){ other.pair[i].score, other.pair[i].y - 200, other.pair[i].x + 300 };
    qsort(turn, other.n, sizeof *turn, by_order);
    struct link_pairs turned_back = { turn, other.n, 0 };
    assert_true(same_pairs(&one, &turned_back));
}

static void a_list_alone_is_compared_with_itself_once(void **state)
{
    (void)state;
    draw_seed(9);
    struct link_clks one = list_of(203, 256, 60, NULL);
    one = list_of(203, 256, 60, &one);
    struct link_lists l;
    assert_true(link_lists_of(&one, 1, &l));
    struct link_pairs p = pairs_of(&l, "0.6", "auto", 3);
    size_t n = 0;
    for (uint32_t r = 0; r < one.rows; r++)
        for (uint32_t s = r + 1; s < one.rows; s++) {
            uint64_t c = common_of(&one, r, &one, s), sum = (uint64_t)one.count[r] + one.count[s];
            n += sum && 10 * 2 * c >= 6 * sum;
        }
    assert_true(n > 100);
    assert_int_equal(p.n, n);
    for (size_t i = 0; i < p.n; i++) assert_true(p.pair[i].x < p.pair[i].y);
}

static void too_many_pairs_and_bad_thresholds_are_refused(void **state)
{
    (void)state;
    draw_seed(3);
    struct link_clks list[2];
    list[0] = list_of(300, 64, 60, NULL);
    list[1] = list_of(300, 64, 60, NULL);
    struct link_lists l;
    assert_true(link_lists_of(list, 2, &l));
    struct link_compare c = { .lists = &l, .kernel = link_kernel(NULL), .threads = 2, .pairs_most = 100 };
    struct link_pairs p;
    assert_true(link_threshold_read(S("0.1"), &c.threshold));
    assert_false(link_compare(&scratch, &c, &p));
    static const char *const bad[] = { "", "0", "0.0", "1.1", "-0.5", "0.5.5", ".", "1e-1", "0x1", "0.0000000001", "99999999999", " 0.5" };
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (link_threshold_read(str_of(bad[i]), &c.threshold)) fail_msg("%s", bad[i]);
    assert_true(link_threshold_read(S("1.000"), &c.threshold));
    assert_null(link_kernel("quantum"));
}

/* ---- assignments */

/* Pairs with scores drawn from `levels`, as compare would give them. */
static struct link_pairs drawn_pairs(const struct link_lists *l, unsigned percent, uint32_t levels)
{
    size_t records = l->first[l->n], n = 0;
    struct link_pair *p = arena_new(&scratch, struct link_pair, records * records), *spare = arena_new(&scratch, struct link_pair, records * records);
    for (size_t f = 0; f < l->n; f++)
        for (size_t h = f + 1; h < l->n; h++)
            for (uint32_t x = l->first[f]; x < l->first[f + 1]; x++)
                for (uint32_t y = l->first[h]; y < l->first[h + 1]; y++)
                    if (draw(100) < percent) p[n++] = (struct link_pair){ ((uint64_t)1 << 38) + draw(levels), x, y };
    link_sort_by_score(p, spare, n);
    return (struct link_pairs){ p, n, 0 };
}

static struct link_lists sizes_of(const size_t *rows, size_t n)
{
    struct link_clks *list = arena_new(&scratch, struct link_clks, n);
    struct link_lists l;
    for (size_t f = 0; f < n; f++) list[f].rows = rows[f];
    assert_true(link_lists_of(list, n, &l));
    return l;
}

static void check_one_to_one(const struct link_lists *l, const struct link_groups *g)
{
    size_t links = 0, groups = 0;
    for (uint32_t r = 0; r < g->records; r++) {
        if (g->head[r] != r) continue;
        unsigned seen = 0, n = 0;
        for (uint32_t m = r; m != LINK_NONE; m = g->next[m], n++) {
            unsigned bit = 1u << link_list_of(l, m);
            assert_false(seen & bit);
            seen |= bit;
            assert_int_equal(g->head[m], r);
            assert_true((g->by[m] == 0) == (m == r));
        }
        assert_int_equal(g->size[r], n);
        assert_int_equal(g->lists[r], seen);
        groups += n > 1;
        links += n - 1;
    }
    assert_int_equal(g->groups, groups);
    assert_int_equal(g->links, links);
}

/* anonlink's own bookkeeping, slowly: two groups become one when the pairs seen between them are all there can be. */
static void greedy_is_anonlinks(void **state)
{
    (void)state;
    for (unsigned round = 0; round < 60; round++) {
        draw_seed(round);
        size_t n = 2 + round % 4, rows[5];
        for (size_t f = 0; f < n; f++) rows[f] = 1 + draw(12);
        struct link_lists l = sizes_of(rows, n);
        struct link_pairs p = drawn_pairs(&l, 20 + draw(70), round % 2 ? 5 : 1000000);
        struct link_groups g;
        link_assign_greedy(&scratch, &l, &p, &g);
        check_one_to_one(&l, &g);

        size_t records = l.first[n];
        uint32_t *group = arena_new(&scratch, uint32_t, records);
        unsigned *seen = arena_new(&scratch, unsigned, records * records);
        for (uint32_t r = 0; r < records; r++) group[r] = r;
        for (size_t i = 0; i < p.n; i++) {
            uint32_t a = group[p.pair[i].x], b = group[p.pair[i].y];
            if (a == b) continue;
            size_t in_a = 0, in_b = 0;
            for (uint32_t r = 0; r < records; r++) in_a += group[r] == a, in_b += group[r] == b;
            unsigned now = ++seen[a * records + b];
            seen[b * records + a] = now;
            if (now != in_a * in_b) continue;
            for (uint32_t k = 0; k < records; k++) {
                seen[a * records + k] += k == a ? 0 : seen[b * records + k];
                seen[k * records + a] = seen[a * records + k];
            }
            for (uint32_t r = 0; r < records; r++)
                if (group[r] == b) group[r] = a;
        }
        for (uint32_t r = 0; r < records; r++)
            for (uint32_t s = 0; s < r; s++) assert_int_equal(group[r] == group[s], g.head[r] == g.head[s]);
    }
}

/* The best sum over all ways to assign, by trying them: columns taken so far as bits. */
static uint64_t best_by_trying(const struct link_lists *l, const struct link_pairs *p)
{
    size_t rows = l->first[1], columns = l->first[2] - l->first[1], sets = (size_t)1 << columns;
    uint64_t *best = arena_new(&scratch, uint64_t, sets), *next = arena_new(&scratch, uint64_t, sets), most = 0;
    for (uint32_t r = 0; r < rows; r++) {
        memcpy(next, best, sets * sizeof *next);
        for (size_t i = 0; i < p->n; i++) {
            if (p->pair[i].x != r) continue;
            size_t bit = (size_t)1 << (p->pair[i].y - l->first[1]);
            for (size_t s = 0; s < sets; s++)
                if (!(s & bit) && (s == 0 || best[s]) && best[s] + p->pair[i].score > next[s | bit]) next[s | bit] = best[s] + p->pair[i].score;
        }
        memcpy(best, next, sets * sizeof *next);
    }
    for (size_t s = 0; s < sets; s++) most = best[s] > most ? best[s] : most;
    return most;
}

static void optimal_is_the_best_there_is(void **state)
{
    (void)state;
    unsigned better = 0;
    for (unsigned round = 0; round < 120; round++) {
        draw_seed(round);
        size_t rows[2] = { 1 + draw(9), 1 + draw(9) };
        struct link_lists l = sizes_of(rows, 2);
        struct link_pairs p = drawn_pairs(&l, 20 + draw(80), round % 3 ? 4000000000u : 4);
        struct link_groups greedy, best;
        link_assign_greedy(&scratch, &l, &p, &greedy);
        assert_true(link_assign_optimal(&scratch, &l, &p, &best));
        check_one_to_one(&l, &best);
        assert_true(link_groups_total(&best, &p) >= link_groups_total(&greedy, &p));
        better += link_groups_total(&best, &p) > link_groups_total(&greedy, &p);
        assert_true(link_groups_total(&best, &p) == best_by_trying(&l, &p));
        if (link_groups_total(&best, &p) > link_groups_total(&greedy, &p)) assert_true(link_groups_differ(&best, &greedy) > 0);
        assert_int_equal(link_groups_differ(&greedy, &greedy), 0);
    }
    assert_true(better > 10);
    size_t rows[3] = { 2, 2, 2 };
    struct link_lists l = sizes_of(rows, 3);
    struct link_pairs none = { NULL, 0, 0 };
    struct link_groups g;
    assert_false(link_assign_optimal(&scratch, &l, &none, &g));
}

/* Rows in another order, with scores that are all different: the same people are together. */
static void the_order_of_rows_changes_only_names(void **state)
{
    (void)state;
    for (unsigned round = 0; round < 20; round++) {
        draw_seed(round);
        size_t rows[3] = { 8 + draw(5), 8 + draw(5), 8 + draw(5) }, n = 2 + round % 2;
        struct link_lists l = sizes_of(rows, n);
        size_t records = l.first[n], k = 0;
        struct link_pairs p = drawn_pairs(&l, 50, 4);
        for (size_t i = 0; i < p.n; i++) p.pair[i].score = ((uint64_t)1 << 39) - 97 * i; /* no two alike */
        uint32_t *moved = arena_new(&scratch, uint32_t, records);
        for (size_t f = 0; f < n; f++)
            for (uint32_t r = 0; r < rows[f]; r++) moved[k++] = l.first[f] + (r * 5 + 3) % (uint32_t)rows[f];
        bool is_permutation = true;
        for (size_t f = 0; f < n; f++) is_permutation &= rows[f] % 5 != 0;
        if (!is_permutation) continue;
        struct link_pairs q = { arena_new(&scratch, struct link_pair, p.n + 1), p.n, 0 };
        for (size_t i = 0; i < p.n; i++) q.pair[i] = (struct link_pair){ p.pair[i].score, moved[p.pair[i].x], moved[p.pair[i].y] };
        for (int way = 0; way < (n == 2 ? 2 : 1); way++) {
            struct link_groups a, b;
            if (way) assert_true(link_assign_optimal(&scratch, &l, &p, &a) && link_assign_optimal(&scratch, &l, &q, &b));
            else link_assign_greedy(&scratch, &l, &p, &a), link_assign_greedy(&scratch, &l, &q, &b);
            assert_true(link_groups_total(&a, &p) == link_groups_total(&b, &q));
            for (uint32_t r = 0; r < records && !way; r++)
                for (uint32_t s = 0; s < r; s++) assert_int_equal(a.head[r] == a.head[s], b.head[moved[r]] == b.head[moved[s]]);
        }
    }
}

static struct link_members members_of(const struct link_lists *l, const struct link_pairs *p, const struct link_groups *g)
{
    static unsigned file;
    const char *path = arena_format(&scratch, "%s/groups%u.csv", help_folder(), file++).p;
    struct file_out *f = file_out_open(&scratch, path);
    link_groups_write(&scratch, f, l, p, g);
    file_out_done(f);
    struct link_members m = { .lists = l->n };
    struct complaint c;
    for (size_t i = 0; i < l->n; i++) m.names[i] = l->list[i].name;
    if (!link_members_read(&scratch, path, true, &m, &c)) fail_msg("%d:%d %.*s", c.line, c.column, STR_ARG(c.what));
    return m;
}

static struct link_clks *three_lists(size_t n, size_t rows)
{
    static const char *const names[] = { "police, \"A\"", "shelter", "hotline" };
    struct link_clks *list = arena_new(&scratch, struct link_clks, n);
    for (size_t f = 0; f < n; f++) {
        list[f] = list_of(rows + 7 * f, 128, 60, f ? &list[f - 1] : NULL);
        list[f].name = str_of(names[f]);
    }
    return list;
}

/* What joined above a higher threshold is what that threshold would have given. */
static void groups_can_be_cut_at_a_higher_threshold(void **state)
{
    (void)state;
    for (unsigned round = 0; round < 6; round++) {
        draw_seed(round + 50);
        size_t n = 2 + round % 2;
        struct link_lists l;
        assert_true(link_lists_of(three_lists(n, 60), n, &l));
        struct link_pairs low = pairs_of(&l, "0.6", "auto", 1), high = pairs_of(&l, "0.75", "auto", 1);
        struct link_groups of_low, of_high;
        link_assign_greedy(&scratch, &l, &low, &of_low);
        link_assign_greedy(&scratch, &l, &high, &of_high);
        struct link_members some = members_of(&l, &low, &of_low), few = members_of(&l, &high, &of_high);
        assert_int_equal(some.n, of_low.links + of_low.groups);
        uint64_t size[3];
        for (size_t f = 0; f < n; f++) size[f] = l.list[f].rows;
        struct link_overlap cut, direct;
        link_overlap_count(&some, size, 0.75, &cut);
        link_overlap_count(&few, size, 0, &direct);
        assert_true(direct.links > 5 && some.n > few.n);
        assert_memory_equal(&cut, &direct, sizeof cut);
        for (size_t f = 0; f < n; f++) {
            uint64_t on = 0;
            for (unsigned w = 1; w < 1u << n; w++) on += w >> f & 1 ? direct.count[w] : 0;
            assert_int_equal(on, size[f]); /* everybody stays on their list */
        }
        str why;
        assert_true(link_overlap_fits(&scratch, &some, size, &why));
        size[0] = 3;
        assert_false(link_overlap_fits(&scratch, &some, size, &why));
    }
}

static void resampled_links_err_as_often_as_they_are_said_to(void **state)
{
    (void)state;
    struct link_members m = { .member = arena_new(&scratch, struct link_member, 1200), .n = 1200, .groups = 500, .lists = 3 };
    for (uint32_t g = 0, i = 0; g < 500; g++)
        for (uint32_t f = 0; f < (g < 200 ? 3 : 2); f++, i++) m.member[i] = (struct link_member){ g + 1, f, g + 1, 0.9 };
    const uint64_t size[3] = { 900, 800, 700 };
    struct link_overlap as_is, t;
    link_overlap_count(&m, size, 0, &as_is);
    assert_int_equal(as_is.links, 700);
    struct draws d;
    draws_open(&d, 1, 0);
    link_overlap_resample(&m, size, 0, (struct link_errors){ 0, 0 }, &d, &t);
    assert_memory_equal(&t, &as_is, sizeof t);
    double links[2] = { 0, 0 };
    for (unsigned b = 0; b < 400; b++)
        for (int k = 0; k < 2; k++) {
            draws_open(&d, 1, b);
            link_overlap_resample(&m, size, 0, k ? (struct link_errors){ 0, 0.1 } : (struct link_errors){ 0.2, 0 }, &d, &t);
            links[k] += (double)t.links / 400;
            uint64_t people = 0;
            for (size_t f = 0; f < 3; f++) {
                uint64_t on = 0;
                for (unsigned w = 1; w < 8; w++) on += w >> f & 1 ? t.count[w] : 0;
                assert_int_equal(on, size[f]);
            }
            for (unsigned w = 1; w < 8; w++) people += t.count[w];
            assert_int_equal(people, t.people);
            assert_int_equal(people + t.links, 2400);
        }
    assert_true(fabs(links[0] - 700 / 0.8) < 3);  /* 700 found are four of five */
    assert_true(fabs(links[1] - 700 * 0.9) < 2);
}

static str write_file(const char *text)
{
    static unsigned file;
    const char *path = arena_format(&scratch, "%s/file%u.csv", help_folder(), file++).p;
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    return str_of(path);
}

static void groups_files_that_cannot_be_right_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
        int line;
    } bad[] = {
        { "", "empty", 1 }, { "group,file\n", "\"row\"", 1 }, { "group,file,row,row\n", "twice", 1 }, { "group,file,row\n1,a\n", "fewer cells", 2 },
        { "group,file,row\n1,a,0\n", "from 1 on", 2 }, { "group,file,row\n1,a,1\n2,a,1\n", "stands there twice", 0 }, { "group,file,row\n,a,1\n", "needs a name", 2 },
        { "group,file,row,score\n1,a,1,1.5\n", "from 0 to 1", 2 }, { "group,file,row,score\n1,a,1,\n", "from 0 to 1", 2 }, { "group,file,row\n1,z,1\n", "none of the lists", 2 },
        { "group,file,row\n1,a,1\n1,b,99999999999999999999\n", "from 1 on", 3 }, { "group,file,row\n\"1,a,1\n", "quote", 2 },
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct link_members m = { .names = { S("a"), S("b") }, .lists = 2 };
        struct complaint c = { 0 };
        if (link_members_read(&scratch, write_file(bad[i].text).p, true, &m, &c)) fail_msg("%s", bad[i].text);
        if (!str_has(c.what, str_of(bad[i].said)) || c.line != bad[i].line) fail_msg("%s: %d %.*s", bad[i].text, c.line, STR_ARG(c.what));
    }
    struct link_members m = { .lists = 0 };
    struct complaint c;
    assert_true(link_members_read(&scratch, write_file("\xef\xbb\xbfrow , score,file,\"group\"\r\n7,0.5,x,p\r\n1,.25,y,q\r\n9,1,y,p").p, false, &m, &c));
    assert_int_equal(m.n, 3);
    assert_int_equal(m.lists, 2);
    assert_int_equal(m.groups, 2);
    assert_int_equal(m.member[1].row, 9); /* groups are brought together */
}

static void rates_are_counted_by_pairs_and_by_group(void **state)
{
    (void)state;
    struct link_members found = { .lists = 0 };
    struct complaint c;
    assert_true(link_members_read(&scratch, write_file("group,file,row\n1,a,1\n1,b,1\n2,a,2\n2,b,3\n3,a,4\n3,b,4\n3,c,1\n").p, false, &found, &c));
    struct link_members truth = { .lists = found.lists };
    memcpy(truth.names, found.names, sizeof truth.names);
    assert_true(link_members_read(&scratch, write_file("group,file,row\np,a,1\np,b,1\nq,a,2\nq,b,2\nr,a,4\nr,b,4\ns,c,1\nt,b,3\n").p, false, &truth, &c));
    str column;
    struct link_marks *marks = link_marks_read(&scratch, write_file("file,sex,row\na,F,1\nb,F,1\na,M,2\nb,F,2\na,M,4\n").p, &truth, &column, &c);
    assert_non_null(marks);
    assert_str_equal(column, "sex");
    struct link_evaluation e;
    assert_true(link_evaluate(&scratch, &found, &truth, marks, &e));
    assert_int_equal(e.all.found, 5); /* 1 + 1 + 3 */
    assert_int_equal(e.all.true_pairs, 3);
    assert_int_equal(e.all.both, 2);
    assert_true(link_precision(&e.all) == 0.4 && link_recall(&e.all) == 2.0 / 3 && link_f1(&e.all) == 0.5);
    assert_int_equal(e.by_n, 2);
    assert_str_equal(e.by[0].value, "F"); /* p; q in the truth */
    assert_int_equal(e.by[0].rates.true_pairs, 2);
    assert_int_equal(e.by[0].rates.both, 1);
    assert_int_equal(e.by[1].rates.found, 3); /* the pair of a,2 and two of a,4 */
    struct link_members nobody = { .lists = 0 };
    assert_true(link_members_read(&scratch, write_file("group,file,row\n").p, false, &nobody, &c));
    assert_true(link_evaluate(&scratch, &nobody, &nobody, NULL, &e));
    assert_true(isnan(link_precision(&e.all)) && isnan(link_recall(&e.all)) && isnan(link_f1(&e.all)));
    assert_null(link_marks_read(&scratch, write_file("file,row\n").p, &truth, &column, &c));
    assert_null(link_marks_read(&scratch, write_file("file,row,sex\na,1,F\na,1,F\n").p, &truth, &column, &c));
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, help_begin, help_end)
    const struct CMUnitTest tests[] = {
        T(every_kernel_finds_what_counting_bit_by_bit_finds),
        T(the_longest_filters_are_compared_too),
        T(threads_and_the_order_of_lists_change_nothing),
        T(a_list_alone_is_compared_with_itself_once),
        T(too_many_pairs_and_bad_thresholds_are_refused),
        T(greedy_is_anonlinks),
        T(optimal_is_the_best_there_is),
        T(the_order_of_rows_changes_only_names),
        T(groups_can_be_cut_at_a_higher_threshold),
        T(resampled_links_err_as_often_as_they_are_said_to),
        T(groups_files_that_cannot_be_right_are_refused),
        T(rates_are_counted_by_pairs_and_by_group),
    };
    return cmocka_run_group_tests_name("link: match", tests, NULL, NULL);
}
