/* Counts with noise, records of nobody, and what both are worth; schemas; the fields of one standard in those of another. */
#include "test/unit/publish_sample.h"

#include "test/unit/help.h"

#include "base/breakage.h"

#include <math.h>
#include <stdio.h>

static struct sample invented;
static struct aggregates exact;

static void read_invented(void)
{
    struct complaint why;
    assert_true(sample_read(&scratch, invented_records(&scratch, 5000, 20231), &(struct sample_choice){ 0 }, &invented, &why));
    assert_true(aggregates_raw(&scratch, &invented, 3, &exact, &why));
}

static void release(double epsilon, str schema_text, struct schema *schema, struct aggregates *out, struct release_report *report, uint32_t least)
{
    struct complaint why;
    struct sample s;
    struct coins c;
    coins_open(&c);
    struct release r = { epsilon, 2e-5, 3, least, &c };
    if (!schema_parse(&scratch, schema_text, schema, &why)) fail_msg("%.*s", (int)why.what.n, why.what.p);
    const char *path = arena_format(&scratch, "%s/invented.csv", help_folder()).p;
    assert_true(schema_sample(&scratch, schema, path, false, &s, &why));
    assert_true(release_check(&scratch, schema, &r, &why));
    release_make(&scratch, schema, &s, &r, out, report);
}

/* The table of the reference: sds-cli's best setting at epsilon 4 and 8, lengths up to 3, combinations of 10 and more. */
static void noisy_counts_are_better_than_the_reference(void **state)
{
    (void)state;
    read_invented();
    static const struct {
        double epsilon, error, missing, relative, fabricated;
    } reference[] = { { 4, 11.9, .284, .781, .225 }, { 8, 7.1, .126, .510, .285 } };
    for (size_t i = 0; i < COUNT_OF(reference); i++) {
        struct schema schema;
        struct aggregates g;
        struct release_report report;
        release(reference[i].epsilon, invented_schema(&scratch, &invented), &schema, &g, &report, 6);
        struct comparison c[PUBLISH_LENGTH_MAX + 1];
        compare_aggregates(&scratch, &exact, &g, 3, 10, c);
        assert_true(c[0].mean_error < reference[i].error);
        assert_true(c[0].missing_enough < reference[i].missing);
        assert_true(c[0].relative_error < reference[i].relative);
        assert_true(c[0].fabricated < reference[i].fabricated);
        assert_true(report.measured == 2 && report.sigma[2] > 1);
        assert_true(report.attributes_per_row >= 8 && report.attributes_per_row <= 21);
    }
}

static void no_combination_is_larger_than_a_part_of_it(void **state)
{
    (void)state;
    read_invented();
    struct schema schema;
    struct aggregates g;
    struct release_report report;
    release(1, invented_schema(&scratch, &invented), &schema, &g, &report, 3);
    struct combo_index x;
    combo_index_make(&x, &scratch, &g.combos);
    assert_true(g.combos.n > 1000);
    for (size_t i = 0; i < g.combos.n; i++) {
        const struct combo *c = combos_at(&g.combos, i);
        assert_true(c->count > 0 && c->count <= g.records);
        for (size_t out = 0; c->length > 1 && out < c->length; out++) {
            uint16_t part[PUBLISH_LENGTH_MAX];
            size_t m = 0;
            for (size_t j = 0; j < c->length; j++)
                if (j != out) part[m++] = c->at[j];
            size_t p = combo_index_find(&x, part, m);
            assert_true(p != COMBO_NONE && combos_at(&g.combos, p)->count >= c->count);
        }
    }
}

/* Two hundred values that nobody has are declared: next to none of them is shown. */
static void declared_values_that_nobody_has_are_not_invented(void **state)
{
    (void)state;
    read_invented();
    str text = invented_schema(&scratch, &invented);
    struct sink more;
    sink_open(&more, &scratch, MIB(1));
    put(&more, str_cut(text, text.n - 2));
    put_lit(&more, ",{\"name\":\"gender2\",\"values\":[\"Woman\"");
    for (int i = 0; i < 200; i++) put_format(&more, ",\"nobody %d\"", i);
    put_lit(&more, "]}]}");
    const char *path = arena_format(&scratch, "%s/invented.csv", help_folder()).p;
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    struct sink table;
    sink_open(&table, &scratch, MIB(4));
    static char line[4096];
    for (bool is_head = true; fgets(line, sizeof line, f); is_head = false)
        put_format(&table, "%.*s,%s\n", (int)strcspn(line, "\r\n"), line, is_head ? "gender2" : "Woman");
    fclose(f);
    text_file(&scratch, "invented.csv", sink_str(&table));
    struct schema schema;
    struct aggregates g;
    struct release_report report;
    release(4, sink_str(&more), &schema, &g, &report, 6);
    size_t nobody = 0;
    for (size_t i = 0; i < g.combos.n; i++) {
        const struct combo *c = combos_at(&g.combos, i);
        nobody += c->length == 1 && str_starts(g.attributes.text[c->at[0]], S("gender2:nobody"));
    }
    assert_true(nobody <= 8);
}

static void a_person_counts_once_whatever_their_rows(void **state)
{
    (void)state;
    struct schema schema;
    struct complaint why;
    struct sample s;
    str text = S("{\"schema\":\"publication 1\",\"person\":\"id\",\"rows_per_person\":2,\"columns\":[{\"name\":\"a\",\"values\":[\"x\",\"0\"]}]}");
    assert_true(schema_parse(&scratch, text, &schema, &why));
    const char *path = text_file(&scratch, "rows.csv", S("id,a,other\np,x,1\np,0,1\np,x,1\nq,,zz\n"));
    assert_true(schema_sample(&scratch, &schema, path, false, &s, &why));
    assert_int_equal(s.rows, 3);
    assert_int_equal(s.attributes.n, 2);
    assert_int_equal(sample_code(&s, 0, 1), 1); /* "a:0" is declared, so it is an attribute */
    path = text_file(&scratch, "rows.csv", S("id,a\np,x\np,secret\n"));
    assert_false(schema_sample(&scratch, &schema, path, false, &s, &why));
    assert_true(why.line == 3 && why.column == 3);
    assert_true(schema_sample(&scratch, &schema, path, true, &s, &why));
    assert_int_equal(s.attributes.n, 2); /* nothing of the data is in the domain */
    path = text_file(&scratch, "rows.csv", S("id,b\np,x\n"));
    assert_false(schema_sample(&scratch, &schema, path, true, &s, &why));
}

static void schemas_are_read_strictly(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "[]", "{", "{\"schema\":\"publication 1\"}", "{\"schema\":\"2\",\"columns\":[{\"name\":\"a\",\"values\":[\"x\"]}]}",
        "{\"schema\":\"publication 1\",\"columns\":[]}", "{\"schema\":\"publication 1\",\"columns\":[{\"name\":\"a\"}]}",
        "{\"schema\":\"publication 1\",\"columns\":[{\"name\":\"a\",\"values\":[]}]}",
        "{\"schema\":\"publication 1\",\"columns\":[{\"name\":\"a\",\"values\":[\"x\",\"x\"]}]}",
        "{\"schema\":\"publication 1\",\"columns\":[{\"name\":\"a\",\"values\":[\"x;y\"]}]}",
        "{\"schema\":\"publication 1\",\"columns\":[{\"name\":\"a\",\"values\":[\"\"]}]}",
        "{\"schema\":\"publication 1\",\"columns\":[{\"name\":\"a\",\"values\":[1]}]}",
        "{\"schema\":\"publication 1\",\"columns\":[{\"name\":\"a\",\"values\":[\"x\"],\"from\":1,\"to\":2}]}",
        "{\"schema\":\"publication 1\",\"columns\":[{\"name\":\"a\",\"from\":5,\"to\":2}]}",
        "{\"schema\":\"publication 1\",\"columns\":[{\"name\":\"a\",\"from\":0,\"to\":900000}]}",
        "{\"schema\":\"publication 1\",\"columns\":[{\"name\":\"a\",\"values\":[\"x\"]},{\"name\":\"a\",\"values\":[\"y\"]}]}",
        "{\"schema\":\"publication 1\",\"columns\":[{\"name\":\"a:b\",\"values\":[\"x\"]}]}",
        "{\"schema\":\"publication 1\",\"person\":\"a\",\"columns\":[{\"name\":\"a\",\"values\":[\"x\"]}]}",
        "{\"schema\":\"publication 1\",\"rows_per_person\":3,\"columns\":[{\"name\":\"a\",\"values\":[\"x\"]}]}",
        "{\"schema\":\"publication 1\",\"attributes_per_row\":0,\"columns\":[{\"name\":\"a\",\"values\":[\"x\"]}]}",
        "{\"schema\":\"publication 1\",\"attributes_per_row\":2,\"columns\":[{\"name\":\"a\",\"values\":[\"x\"]}]}",
        "{\"schema\":\"publication 1\",\"schema\":\"publication 1\",\"columns\":[{\"name\":\"a\",\"values\":[\"x\"]}]}",
        "{\"schema\":\"publication 1\",\"columns\":[[[[[[[[[[1]]]]]]]]]]}",
    };
    struct schema schema;
    struct complaint why;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        why.what.n = 0;
        if (schema_parse(&scratch, str_of(bad[i]), &schema, &why)) fail_msg("taken: %s", bad[i]);
        assert_true(why.what.n > 0);
    }
    assert_false(schema_parse(&scratch, S("{\"schema\":\"publication 1\",\"columns\":[{\"name\":\"a\",\"values\":[\"x\"],\"colour\":1}]}"), &schema, &why));
    assert_true(str_starts(why.what, S("columns[0].colour")));
    assert_false(schema_parse(&scratch, S("{\"schema\":\"publication 1\",\n \"columns\": }"), &schema, &why));
    assert_true(why.line == 2 && why.column > 0);
    assert_true(schema_parse(&scratch, S("{\"schema\":\"publication 1\",\"columns\":[{\"name\":\"y\",\"from\":2002,\"to\":2022}]}"), &schema, &why));
    assert_int_equal(schema.attributes.n, 21);
}

static void assert_nothing_is_fabricated(const struct sample *made, const struct aggregates *table)
{
    struct aggregates of;
    struct complaint why;
    struct combo_index x;
    assert_true(aggregates_raw(&scratch, made, table->length, &of, &why));
    combo_index_make(&x, &scratch, &table->combos);
    for (size_t i = 0; i < of.combos.n; i++)
        assert_true(combo_index_find(&x, combos_at(&of.combos, i)->at, combos_at(&of.combos, i)->length) != COMBO_NONE);
}

/* The table's rows row_seeded and value_seeded, and the DP synthetic data at epsilon 4. */
static void records_of_nobody_are_better_than_the_reference(void **state)
{
    (void)state;
    read_invented();
    struct aggregates table, of;
    struct complaint why;
    struct sample made;
    struct comparison c[PUBLISH_LENGTH_MAX + 1];
    assert_true(aggregates_protected(&scratch, &invented, 3, 10, &table, &why));
    struct synthesis how = { .rows = invented.rows, .seed = 3, .sweeps = 6 };
    synthesize(&scratch, &table, &how, &made);
    assert_int_equal(made.rows, invented.rows);
    assert_nothing_is_fabricated(&made, &table);
    assert_true(aggregates_raw(&scratch, &made, 3, &of, &why));
    compare_aggregates(&scratch, &exact, &of, 3, 10, c);
    assert_true(c[0].mean_error < 26.5 && c[0].missing_enough < .192 && c[0].relative_error < .841);
    assert_true(c[0].fabricated == 0 && c[0].rare_shown == 0);

    struct schema schema;
    struct release_report report;
    release(4, invented_schema(&scratch, &invented), &schema, &table, &report, 2);
    how.rows = table.records;
    how.sweeps = 4;
    synthesize(&scratch, &table, &how, &made);
    assert_int_equal(made.rows, table.records);
    assert_nothing_is_fabricated(&made, &table);
    assert_true(aggregates_raw(&scratch, &made, 3, &of, &why));
    compare_aggregates(&scratch, &exact, &of, 3, 10, c);
    assert_true(c[0].mean_error < 10.1 && c[0].missing_enough < .304 && c[0].relative_error < .725 && c[0].fabricated < .136);
}

static void the_same_seed_makes_the_same_records(void **state)
{
    (void)state;
    struct sample s, one, two, other;
    struct aggregates table;
    struct complaint why;
    assert_true(sample_read(&scratch, invented_records(&scratch, 400, 5), &(struct sample_choice){ 0 }, &s, &why));
    assert_true(aggregates_protected(&scratch, &s, 2, 5, &table, &why));
    struct synthesis how = { .rows = 137, .seed = 3, .sweeps = 3 };
    synthesize(&scratch, &table, &how, &one);
    synthesize(&scratch, &table, &how, &two);
    how.seed = 4;
    synthesize(&scratch, &table, &how, &other);
    assert_int_equal(one.rows, 137);
    size_t bytes = one.rows * one.attributes.columns * sizeof *one.code;
    assert_memory_equal(one.code, two.code, bytes);
    assert_memory_not_equal(one.code, other.code, bytes);
}

/* Copies of real records are seen as copies; records of others are not. */
static void disclosure_is_seen_where_it_is(void **state)
{
    (void)state;
    struct sample real, copy, holdout;
    struct complaint why;
    struct evaluation e = { .length = 2, .k = 10 };
    assert_true(sample_read(&scratch, invented_records(&scratch, 600, 5), &(struct sample_choice){ 0 }, &real, &why));
    copy = real;
    assert_true(sample_read(&scratch, invented_records(&scratch, 600, 6), &(struct sample_choice){ 0 }, &holdout, &why));
    assert_true(sample_align(&scratch, &real, &holdout, &why));
    copy = real;
    disclose(&scratch, &real, &copy, &holdout, &e);
    assert_true(e.shown_to_real.exact == 1 && e.shown_to_real.p95 == 0);
    assert_true(e.others_to_real.exact < .1 && e.others_to_real.mean > 2);
    double better = 0;
    for (size_t c = 0; c < real.attributes.columns; c++) better += e.by_column[c].from_shown - e.by_column[c].from_others;
    assert_true(better / (double)real.attributes.columns > .1);
    disclose(&scratch, &real, &holdout, NULL, &e);
    assert_true(e.shown_to_real.exact < .1);
}

static str cell_named(str table, const char *column, size_t row)
{
    str head = str_split(&table, '\n'), line = S("");
    for (size_t i = 0; i < row; i++) line = str_split(&table, '\n');
    while (head.p) {
        str name = str_split(&head, ','), value = str_split(&line, ',');
        if (str_eq(name, str_of(column))) return value;
    }
    return S("no such column");
}

static str mapped(const char *csv, struct map_report *report, struct complaint *why)
{
    const char *to = arena_format(&scratch, "%s/ctdc.csv", help_folder()).p;
    struct file_out *out = file_out_open(&scratch, to);
    if (!map_htcds(&scratch, text_file(&scratch, "htcds.csv", str_of(csv)), out, report, why)) return S("");
    file_out_done(out);
    FILE *f = fopen(to, "r");
    char *bytes = arena_take(&scratch, KIB(64));
    size_t n = fread(bytes, 1, KIB(64), f);
    fclose(f);
    return (str){ bytes, n };
}

static void unknown_is_not_no_from_one_standard_to_the_other(void **state)
{
    (void)state;
    struct map_report report;
    struct complaint why;
    str t = mapped("prs_FirstName,prs_Gender,prs_Birthdate,cas_IncomingReferralDate,prs_Citizenship,vic_TypeOfExploitation,vic_MethodsOfControl,vic_TraffickingStatus,shoe\n"
                   "Ana,Feminine,2002-03-04,2020-03-03,MDA,ForcedBegging;ForcedCriminality,DebtBondage,ActualVictimOfTrafficking,41\n"
                   ",,,,UA;MD,,,,\n"
                   "Ben,Masculine,,,,SexualExploitation,,NotAVictimOfTrafficking,\n",
                   &report, &why);
    static const struct {
        const char *column, *first, *second;
    } all[] = { { "gender", "Woman", "Unknown" }, { "ageBroad", "9--17", "Unknown" }, { "majorityStatus", "Minor", "Unknown" }, { "yearOfRegistration", "2020", "" },
        { "citizenship", "MD", "00" }, { "meansOfControlDebtBondage", "1", "-99" }, { "meansOfControlThreats", "0", "-99" },
        { "meansOfControlRestrictsMovement", "-99", "-99" }, { "isForcedLabour", "1", "-99" }, { "typeOfLabourBegging", "1", "-99" },
        { "isSexualExploit", "0", "-99" }, { "isOtherExploit", "1", "-99" }, { "isForcedCriminality", "1", "-99" }, { "isAbduction", "-99", "-99" } };
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        assert_true(str_eq(cell_named(t, all[i].column, 1), str_of(all[i].first)));
        assert_true(str_eq(cell_named(t, all[i].column, 2), str_of(all[i].second)));
    }
    assert_int_equal(report.rows, 2);
    assert_int_equal(report.left_out, 1);
    assert_int_equal(report.many_citizenships, 1);
    assert_str_equal(report.not_carried, "prs_FirstName\n");
    assert_str_equal(report.not_standard, "shoe\n");
    assert_false(str_has(t, S("Ana")));
    static const char *const bad[] = { "shoe\n41\n", "prs_Gender\nmale\n", "prs_Gender,prs_Gender\nFeminine,Feminine\n", "vic_MethodsOfControl\nMagic\n",
        "prs_Citizenship\nXQZ\n", "prs_Citizenship\nRussia\n", "vic_AgeWhenTrafficked\n200\n", "prs_Birthdate\n4.3.2001\n",
        "vic_TraffickingStatus,prs_Gender\nYes,Feminine\n", "" };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        why.what.n = 0;
        assert_int_equal(mapped(bad[i], &report, &why).n, 0);
        assert_true(why.what.n > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(noisy_counts_are_better_than_the_reference, help_begin, help_end),
        cmocka_unit_test_setup_teardown(no_combination_is_larger_than_a_part_of_it, help_begin, help_end),
        cmocka_unit_test_setup_teardown(declared_values_that_nobody_has_are_not_invented, help_begin, help_end),
        cmocka_unit_test_setup_teardown(a_person_counts_once_whatever_their_rows, help_begin, help_end),
        cmocka_unit_test_setup_teardown(schemas_are_read_strictly, help_begin, help_end),
        cmocka_unit_test_setup_teardown(records_of_nobody_are_better_than_the_reference, help_begin, help_end),
        cmocka_unit_test_setup_teardown(the_same_seed_makes_the_same_records, help_begin, help_end),
        cmocka_unit_test_setup_teardown(disclosure_is_seen_where_it_is, help_begin, help_end),
        cmocka_unit_test_setup_teardown(unknown_is_not_no_from_one_standard_to_the_other, help_begin, help_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
