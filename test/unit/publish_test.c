/* Records to protected tables: counted rightly, rounded, left out, refused in words. */
#include "test/unit/publish_sample.h"

#include "test/unit/help.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static bool try_read(const char *csv, const struct sample_choice *how, struct sample *out, struct complaint *why)
{
    const char *path = text_file(&scratch, "try.csv", str_of(csv));
    return sample_read(&scratch, path, how, out, why);
}

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

/* The SHA-256 of the lines of a table, sorted: row order is free. */
static str table_hash(const struct aggregates *g)
{
    const char *path = arena_format(&scratch, "%s/table.tsv", help_folder()).p;
    struct file_out *to = file_out_open(&scratch, path);
    aggregates_write(to, &scratch, g, S(""));
    file_out_done(to);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    static char text[16 << 20];
    size_t n = fread(text, 1, sizeof text, f);
    fclose(f);
    str rest = { text, n }, *line = arena_new(&scratch, str, n + 1);
    size_t lines = 0;
    while (rest.n) line[lines++] = str_split(&rest, '\n');
    qsort(line, lines, sizeof *line, by_text);
    crypto_hash_sha256_state s;
    crypto_hash_sha256_init(&s);
    for (size_t i = 0; i < lines; i++) {
        crypto_hash_sha256_update(&s, (const unsigned char *)line[i].p, line[i].n);
        crypto_hash_sha256_update(&s, (const unsigned char *)"\n", 1);
    }
    unsigned char hash[32];
    crypto_hash_sha256_final(&s, hash);
    char *hex = arena_take(&scratch, 65);
    sodium_bin2hex(hex, 65, hash, 32);
    return str_of(hex);
}

/* The sums are those of sds-cli 1.9.0's output on the same records, its lines sorted bytewise. */
static void the_reference_comes_out_as_a_set(void **state)
{
    (void)state;
    struct sample s;
    struct complaint why;
    assert_true(sample_read(&scratch, invented_records(&scratch, 5000, 20231), &(struct sample_choice){ 0 }, &s, &why));
    assert_int_equal(s.rows, 5000);
    assert_int_equal(s.attributes.n, 119);
    struct aggregates g;
    assert_true(aggregates_protected(&scratch, &s, 3, 10, &g, &why));
    assert_int_equal(g.combos.n, 11769);
    assert_str_equal(table_hash(&g), "b6113e71ad8329f276fd410ed28e91f121383f7417f2f4616cd0933cd641588a");
    assert_true(aggregates_raw(&scratch, &s, 2, &g, &why));
    assert_str_equal(table_hash(&g), "89da5e015c3b502d2bf09352388fb9c03bb4280cd60989ce07d072f9f5f049a5");
}

static void random_sample(struct sample *s, size_t rows, size_t columns, uint32_t values)
{
    struct sink out;
    sink_open(&out, &scratch, MIB(8));
    for (size_t c = 0; c < columns; c++) put_format(&out, "%sc%zu", c ? "," : "", c);
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++) put_format(&out, "%s%u", c ? "," : "\n", draw(values + 1));
    struct complaint why;
    assert_true(sample_read(&scratch, text_file(&scratch, "random.csv", sink_str(&out)), &(struct sample_choice){ 0 }, s, &why));
}

/* Counted the plain way: every record, every subset of its attributes. */
static uint32_t plain_count(const struct sample *s, const struct combo *c)
{
    uint32_t n = 0;
    for (size_t r = 0; r < s->rows; r++) {
        bool has_all = true;
        for (size_t i = 0; i < c->length; i++) has_all &= sample_code(s, s->attributes.column[c->at[i]], r) == c->at[i] + 1;
        n += has_all;
    }
    return n;
}

static void kernels_and_shapes_agree_with_plain_counting(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        draw_seed(seed);
        struct sample s;
        random_sample(&s, 1 + draw(seed % 3 == 0 ? 3000 : 200), 2 + draw(5), 1 + draw(4));
        struct combos first;
        for (size_t k = 0; k < COUNT_OF(bits_kernels); k++) {
            if (!bits_kernels[k].is_here()) continue;
            struct counting how = { .length = 1 + seed % 4, .least = 1 + (uint32_t)(seed % 2) * 4, .kernel = &bits_kernels[k] };
            struct combos got;
            struct complaint why;
            assert_true(count_combos(&scratch, &s, &how, &got, &why));
            combos_sort(&got);
            uint64_t sum = 0;
            for (size_t i = 0; i < got.n; i++) {
                const struct combo *c = combos_at(&got, i);
                sum += c->count;
                if (k == 0 || i % 7 == 0) assert_int_equal(plain_count(&s, c), c->count);
                assert_true(c->count >= how.least);
            }
            if (how.least == 1) { /* nothing is missing: a record with m attributes has sum of m over j combinations */
                uint64_t want = 0;
                for (size_t r = 0; r < s.rows; r++) {
                    uint64_t m = 0, choose = 1;
                    for (size_t c = 0; c < s.attributes.columns; c++) m += sample_code(&s, c, r) != 0;
                    for (uint64_t j = 1; j <= how.length && j <= m; j++) {
                        choose = choose * (m - j + 1) / j;
                        want += choose;
                    }
                }
                assert_int_equal(sum, want);
            }
            if (k == 0) first = got;
            assert_int_equal(got.n, first.n);
            for (size_t i = 0; i < got.n; i++) assert_memory_equal(combos_at(&got, i), combos_at(&first, i), sizeof(struct combo));
        }
    }
}

static void no_count_below_k_and_none_that_is_no_multiple(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        draw_seed(seed);
        struct sample s;
        struct aggregates g;
        struct complaint why;
        random_sample(&s, 50 + draw(400), 4, 3);
        uint32_t k = 2 + draw(15);
        assert_true(aggregates_protected(&scratch, &s, 3, k, &g, &why));
        assert_int_equal(g.records, s.rows / k * k);
        for (size_t i = 0; i < g.combos.n; i++) {
            const struct combo *c = combos_at(&g.combos, i);
            assert_true(c->count >= k && c->count % k == 0);
            uint32_t real = plain_count(&s, c);
            assert_true(real >= c->count && real < c->count + k);
        }
    }
    struct sample few;
    struct aggregates g;
    struct complaint why;
    random_sample(&few, 9, 2, 2);
    assert_false(aggregates_protected(&scratch, &few, 2, 10, &g, &why));
    assert_true(why.what.n > 0);
}

static void what_a_file_may_not_be_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *csv;
        struct sample_choice how;
        int line, column;
    } all[] = {
        { "", { 0 }, 0, 0 },
        { "a,b,a\n1,2,3\n", { 0 }, 1, 5 },
        { "a,\n1,2\n", { 0 }, 1, 3 },
        { "a,b:c\n1,2\n", { 0 }, 1, 3 },
        { "a,b\n1,x;y\n", { 0 }, 2, 3 },
        { "a,b\n1,2\n1\n", { 0 }, 3, 1 },
        { "a,b\n1,2,3\n", { 0 }, 2, 5 },
        { "a,b\n1,\"2\n", { 0 }, 2, 3 },
        { "a,b\n1,\xff\n", { 0 }, 2, 3 },
        { "id,b\nx,2\ny,3\nx,4\n", { .person = "id" }, 4, 1 },
        { "id,b\n,2\n", { .person = "id" }, 2, 1 },
        { "a,b\n1,2\n", { .person = "id" }, 0, 0 },
        { "a,b\n1,2\n", { .columns = "a,c" }, 0, 0 },
        { "a,b\n1,2\n", { .leave = "a,b" }, 0, 0 },
    };
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct sample s;
        struct complaint why = { .line = -1 };
        assert_false(try_read(all[i].csv, &all[i].how, &s, &why));
        assert_int_equal(why.line, all[i].line);
        assert_int_equal(why.column, all[i].column);
        assert_true(why.what.n > 0);
    }
}

static void columns_of_names_are_refused_before_memory_is_gone(void **state)
{
    (void)state;
    struct sink out;
    sink_open(&out, &scratch, MIB(4));
    put_lit(&out, "name\n");
    for (int i = 0; i <= PUBLISH_ATTRIBUTES_MAX; i++) put_format(&out, "n%d\n", i);
    struct sample s;
    struct complaint why;
    assert_false(sample_read(&scratch, text_file(&scratch, "names.csv", sink_str(&out)), &(struct sample_choice){ 0 }, &s, &why));
    assert_int_equal(why.line, PUBLISH_ATTRIBUTES_MAX + 2);
}

static void unknown_stays_apart_from_no(void **state)
{
    (void)state;
    struct sample s;
    struct complaint why;
    assert_true(try_read("flag\n1\n0\n-99\n\n", &(struct sample_choice){ 0 }, &s, &why));
    assert_int_equal(s.attributes.n, 2);
    assert_str_equal(s.attributes.text[0], "flag:-99");
    assert_true(try_read("flag\n1\n0\n-99\n\n", &(struct sample_choice){ .zeros = "flag" }, &s, &why));
    assert_int_equal(s.attributes.n, 3);
    assert_int_equal(s.rows, 4);
}

static void tables_are_read_back_as_they_were_written(void **state)
{
    (void)state;
    draw_seed(5);
    struct sample s;
    struct aggregates g, back;
    struct complaint why;
    random_sample(&s, 300, 4, 3);
    assert_true(aggregates_protected(&scratch, &s, 3, 5, &g, &why));
    str first = table_hash(&g);
    const char *path = arena_format(&scratch, "%s/table.tsv", help_folder()).p;
    assert_true(aggregates_read(&scratch, path, &back, &why));
    assert_int_equal(back.combos.n, g.combos.n);
    str second = table_hash(&back);
    assert_true(str_eq(first, second));
    static const char *const bad[] = { "", "x\ty\n", "selections\tcount\n", "selections\tcount\nrecord_count\t5\nrecord_count\t5\n",
        "selections\tcount\nrecord_count\t5\na:1\n", "selections\tcount\nrecord_count\t5\na:1\t-1\n", "selections\tcount\nrecord_count\t5\na:1;a:2\t3\n",
        "selections\tcount\nrecord_count\t5\na\t3\n", "selections\tcount\nrecord_count\t5\na:1\t3\na:1\t4\n",
        "selections\tcount\nrecord_count\t5\na:1;b:1;c:1;d:1;e:1;f:1\t3\n", "selections\tcount\nrecord_count\t5\na:1;b:2\t3\nb:2;a:1\t3\n" };
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(aggregates_parse(&scratch, str_of(bad[i]), &back, &why));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_reference_comes_out_as_a_set, help_begin, help_end),
        cmocka_unit_test_setup_teardown(kernels_and_shapes_agree_with_plain_counting, help_begin, help_end),
        cmocka_unit_test_setup_teardown(no_count_below_k_and_none_that_is_no_multiple, help_begin, help_end),
        cmocka_unit_test_setup_teardown(what_a_file_may_not_be_is_refused_with_its_place, help_begin, help_end),
        cmocka_unit_test_setup_teardown(columns_of_names_are_refused_before_memory_is_gone, help_begin, help_end),
        cmocka_unit_test_setup_teardown(unknown_stays_apart_from_no, help_begin, help_end),
        cmocka_unit_test_setup_teardown(tables_are_read_back_as_they_were_written, help_begin, help_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
