/* Statements: what an import refuses, what it keeps, and that answers about the past never change. */
#include "test/unit/help.h"

#include "base/breakage.h"
#include "base/day.h"
#include "claim/claim.sql.h"

#include <stdio.h>

#define SOURCES "id,name,url,publisher,licence,grade,checked,note\n" \
                "untc,UN Treaty Collection,,,UN terms of use,depositary,2024-04-20,\n" \
                "gazette,A gazette,,,not stated,official,,\n"
#define COUNTRIES "iso3,kind,source,note\nFRA,un_member,untc,\nMEX,un_member,untc,\n"
#define PROTOCOL "iso3,event,date,basis,as_of,source,note\n"

static struct db *ready(void)
{
    struct db *db = help_fresh_db();
    help_import(db, "sources", SOURCES, 1000);
    help_import(db, "countries", COUNTRIES, 2000);
    return db;
}

static void refused(struct db *db, const char *kind, str csv, const char *words)
{
    enum import_answer answer;
    struct import_report report = help_try_import(db, kind, csv, 5000, &answer);
    assert_int_equal(answer, IMPORT_REFUSED);
    if (!str_has(sink_str(&report.complaints), str_of(words)))
        fail_msg("want \"%s\", have:\n%.*s", words, STR_ARG(sink_str(&report.complaints)));
}

static void a_bad_row_is_refused_with_line_and_column(void **state)
{
    (void)state;
    struct db *db = ready();
    str before = help_export(db, "protocol", CLAIM_NOW);
    refused(db, "protocol", S(PROTOCOL "MEX,ratification,2003-03-04,stated,,untc,\nMEX,signature,2003-13-04,stated,,untc,\n"),
            "line 3, column 15: date is not a day");
    refused(db, "protocol", S(PROTOCOL "XXX,signature,2003,stated,,untc,\n"), "line 2, column 1: iso3 is not a code");
    refused(db, "protocol", S(PROTOCOL "MEX,signed,2003,stated,,untc,\n"), "line 2, column 5: event is not a word allowed here signature");
    refused(db, "protocol", S(PROTOCOL "MEX,signature,2003,stated,,nowhere,\n"), "source is not a source of sources.csv");
    refused(db, "protocol", S(PROTOCOL "MEX,signature,2003,stated,,,\n"), "source may not be empty");
    refused(db, "protocol", S(PROTOCOL "MEX,signature,2003,stated,,untc\n"), "has more or fewer cells than the header: 6, 7");
    refused(db, "protocol", S(PROTOCOL "MEX,signature,2003,stated,,untc,\nMEX,signature,2003,stated,,untc,\n"), "line 3, column 1: the same row");
    refused(db, "protocol", S("iso3,what\n"), "line 1, column 6: header: another column is expected here: event");
    refused(db, "protocol", S(""), "header");
    refused(db, "protocol", S(PROTOCOL "MEX,\"signature,2003,stated,,untc,\n"), "a quote is opened");
    refused(db, "protocol", S(PROTOCOL "MEX,signature,2003,stated,,untc,\xff\n"), "not UTF-8");
    refused(db, "protocol", S(PROTOCOL "MEX,signature,2003,stated,,untc,\"a\x1f" "b\"\n"), "control character");
    refused(db, "protocol", S(PROTOCOL "MEX,signature,2003,stated,,untc,=1+1\n"), "line 2, column 33: note begins like a formula");
    refused(db, "protocol", S(PROTOCOL "MEX,signature,2003,stated,,untc,@SUM(A1)\n"), "begins like a formula");
    refused(db, "statistics", S("level,iso3,area,year,metric,category,sex,age,value,suppressed,unit,as_of,source\n"
                                "country,MEX,Mexico,2009-2008,v,,,,1,,persons,,untc\n"), "is not a year");
    assert_true(str_eq(before, help_export(db, "protocol", CLAIM_NOW)));
}

static void what_others_name_cannot_be_withdrawn(void **state)
{
    (void)state;
    struct db *db = ready();
    help_import(db, "protocol", PROTOCOL "MEX,ratification,2003-03-04,stated,,untc,\n", 3000);
    refused(db, "countries", S("iso3,kind,source,note\nFRA,un_member,untc,\n"), "MEX is missing here, but statements of \"protocol\"");
    refused(db, "sources", S("id,name,url,publisher,licence,grade,checked,note\ngazette,A gazette,,,not stated,official,,\n"), "untc is missing here");
    enum import_answer answer;
    help_try_import(db, "countries", S("iso3,kind,source,note\nMEX,un_member,untc,\n"), 6000, &answer);
    assert_int_equal(answer, IMPORT_DONE); /* nobody names France */
}

static void numbers_that_cannot_be_are_refused(void **state)
{
    (void)state;
    struct db *db = ready();
#define STATISTICS "level,iso3,area,year,metric,category,sex,age,value,suppressed,unit,as_of,source\n"
    refused(db, "statistics", S(STATISTICS "country,MEX,Mexico,2009,v,,,,-5,,persons,,untc\n"), "value is not a number");
    refused(db, "statistics", S(STATISTICS "country,MEX,Mexico,2009,v,,,,9223372036854775807,,persons,,untc\n"), "value is not a number");
    refused(db, "statistics", S(STATISTICS "country,MEX,Mexico,1000,v,,,,5,,persons,,untc\n"), "year is not a year");
    refused(db, "tiers", S("iso3,year,tier,basis,source,note\nMEX,2009-2011,2,,untc,\n"), "year is not a year");
}

static void a_clock_far_behind_is_not_believed(void **state)
{
    (void)state;
    struct db *db = ready();
    help_import(db, "protocol", PROTOCOL "MEX,signature,2000,stated,,untc,\n", 2000000000000);
    enum import_answer answer;
    help_try_import(db, "protocol", S(PROTOCOL), 1700000000000, &answer);
    assert_int_equal(answer, IMPORT_REFUSED);
}

static void importing_again_changes_nothing(void **state)
{
    (void)state;
    struct db *db = ready();
    help_import(db, "protocol", PROTOCOL "MEX,ratification,2003-03-04,stated,,untc,\n", 3000);
    enum import_answer answer;
    help_try_import(db, "protocol", S(PROTOCOL "MEX,ratification,2003-03-04,stated,,untc,\n"), 4000, &answer);
    assert_int_equal(answer, IMPORT_UNCHANGED);
}

static void a_corrected_row_is_withdrawn_and_stays_readable(void **state)
{
    (void)state;
    struct db *db = ready();
    help_import(db, "protocol", PROTOCOL "MEX,ratification,2003-03-05,stated,,untc,\n", 3000);
    help_import(db, "protocol", PROTOCOL "MEX,ratification,2003-03-04,stated,,untc,\n", 4000);
    struct claim *now, *then;
    db_begin_read(db);
    const struct claim_kind *kind = claim_kind_named(S("protocol"));
    assert_int_equal(claim_read(db, kind, S("MEX"), CLAIM_NOW, &now), 1);
    assert_str_equal(claim_cell(&now[0], "date"), "2003-03-04");
    assert_int_equal(claim_read(db, kind, S("MEX"), (struct claim_when){ S(""), 3500 }, &then), 1);
    assert_str_equal(claim_cell(&then[0], "date"), "2003-03-05");
    struct claim *history;
    assert_int_equal(claim_history(db, &now[0], &history), 2);
    db_commit(db);
    help_import(db, "protocol", PROTOCOL "MEX,ratification,2003-03-05,stated,,untc,\n", 5000); /* and back again */
    db_begin_read(db);
    assert_int_equal(claim_read(db, kind, S("MEX"), CLAIM_NOW, &now), 1);
    assert_str_equal(claim_cell(&now[0], "date"), "2003-03-05");
    db_commit(db);
}

static void a_date_known_to_the_month_holds_from_its_last_day(void **state)
{
    (void)state;
    struct db *db = ready();
    help_import(db, "protocol", PROTOCOL "MEX,ratification,2003-03,stated,,untc,\nFRA,participant,,stated,2005-06-01,untc,\n", 3000);
    const struct claim_kind *kind = claim_kind_named(S("protocol"));
    struct claim *rows;
    db_begin_read(db);
    assert_int_equal(claim_read(db, kind, S("MEX"), (struct claim_when){ S("2003-03-30"), CLAIM_NOW.known }, &rows), 0);
    assert_int_equal(claim_read(db, kind, S("MEX"), (struct claim_when){ S("2003-03-31"), CLAIM_NOW.known }, &rows), 1);
    assert_int_equal(claim_read(db, kind, S("FRA"), (struct claim_when){ S("2005-05-31"), CLAIM_NOW.known }, &rows), 0);
    assert_int_equal(claim_read(db, kind, S("FRA"), (struct claim_when){ S("2005-06-01"), CLAIM_NOW.known }, &rows), 1);
    db_commit(db);
}

static void rivals_share_a_question(void **state)
{
    (void)state;
    struct db *db = ready();
    help_import(db, "protocol", PROTOCOL "MEX,ratification,2003-03-04,stated,,gazette,\nMEX,ratification,2003-03-05,stated,,untc,\n"
                                         "MEX,signature,2000-12-13,stated,,untc,\n", 3000);
    struct claim *rows;
    db_begin_read(db);
    assert_int_equal(claim_read(db, claim_kind_named(S("protocol")), S("MEX"), CLAIM_NOW, &rows), 3);
    assert_false(claim_same_question(&rows[0], &rows[1])); /* signature comes first by day */
    assert_true(claim_same_question(&rows[1], &rows[2]));
    assert_false(claim_same_answer(&rows[1], &rows[2]));
    db_commit(db);
}

static void what_an_editor_entered_outlives_an_import(void **state)
{
    (void)state;
    struct db *db = ready();
    db_begin_write(db);
    claim_row_add(db, 1, S("0123456789abcdefghjkmnpq"), S("protocol"), S("MEX"), S("2003-03-04"),
                  S("MEX\x1fratification\x1f" "2003-03-04\x1fstated\x1f\x1funtc\x1f"), 3000, 42);
    db_commit(db);
    enum import_answer answer;
    struct import_report report = help_try_import(db, "protocol", S(PROTOCOL), 4000, &answer);
    assert_int_equal(report.kept_by_editors, 1);
    assert_true(str_has(help_export(db, "protocol", CLAIM_NOW), S("2003-03-04")));
}

/* The editor's row, entered as the desk does it. */
static enum claim_answer enter(struct db *db, const char *date, const char *note, ms now, struct claim_entered *out)
{
    str cells[] = { S("MEX"), S("ratification"), str_of(date), S("stated"), S(""), S("untc"), str_of(note) };
    db_use_arena(db, &scratch);
    db_begin_write(db);
    enum claim_answer answer = claim_enter(db, claim_kind_named(S("protocol")), cells, 42, now, out);
    db_commit(db);
    return answer;
}

static enum claim_retract_answer retract(struct db *db, str which, ms now)
{
    db_begin_write(db);
    enum claim_retract_answer answer = claim_retract(db, which, 42, now);
    db_commit(db);
    return answer;
}

static void what_somebody_enters_is_checked_as_an_import_is(void **state)
{
    (void)state;
    struct db *db = ready();
    struct claim_entered made;
    struct claim c;
    assert_int_equal(enter(db, "2003-03-04", "\xd9\x86\xd8\xb5", 3000, &made), CLAIM_ENTERED);
    db_begin_read(db);
    assert_true(claim_get(db, made.id, &c) && c.is_by_editor && c.retracted_at == CLAIM_FOREVER);
    db_commit(db);
    assert_int_equal(enter(db, "2003-03-04", "\xd9\x86\xd8\xb5", 3001, &made), CLAIM_IS_THERE);
    static const struct {
        const char *date, *note, *column, *why;
    } bad[] = {
        { "", "=1+1", "note", "begins like a formula" },       { "", "@SUM(A1)", "note", "begins like a formula" },
        { "", "+1+cmd|' /C calc'!A0", "note", "formula" },     { "", "-2+3", "note", "formula" },
        { "", "\tx", "note", "formula" },                      { "", "\rx", "note", "formula" },
        { "4 March", "", "date", "is not a day" },             { "", "two\nlines", "note", "line break" },
        { "", "\xff", "note", "UTF-8" },                       { "", "a\x01", "note", "control" },
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_int_equal(enter(db, bad[i].date, bad[i].note, 4000, &made), CLAIM_REFUSED);
        assert_string_equal(made.column->name, bad[i].column);
        assert_non_null(strstr(made.why.english, bad[i].why));
    }
    char *long_note = arena_take(&scratch, CELL_TEXT_MAX + 2);
    memset(long_note, 'a', CELL_TEXT_MAX + 1);
    assert_int_equal(enter(db, "", long_note, 4000, &made), CLAIM_REFUSED);
    assert_int_equal(enter(db, "2004-01-01", "+43 (1) 26060-0", 5000, &made), CLAIM_ENTERED); /* a telephone number */
    enum import_answer answer; /* what was entered is what a file may hold: the round trip stays whole */
    str all = help_export(db, "protocol", CLAIM_NOW);
    help_try_import(db, "protocol", all, 6000, &answer);
    assert_int_equal(answer, IMPORT_UNCHANGED);
    assert_true(str_eq(all, help_export(db, "protocol", CLAIM_NOW)));
    assert_int_equal(enter(db, "2005-01-01", "", 5000 - 2 * 86400000LL, &made), CLAIM_CLOCK);
}

static void what_somebody_withdrew_no_import_brings_back(void **state)
{
    (void)state;
    struct db *db = ready();
    const struct claim_kind *kind = claim_kind_named(S("protocol"));
    const char *file = PROTOCOL "MEX,ratification,2003-03-05,stated,,untc,\n";
    struct claim_entered made;
    struct claim *rows, c;
    enum import_answer answer;
    help_import(db, "protocol", file, 3000);
    db_begin_read(db);
    claim_read(db, kind, S("MEX"), CLAIM_NOW, &rows);
    str wrong = rows[0].id;
    db_commit(db);
    assert_int_equal(enter(db, "2003-03-04", "", 4000, &made), CLAIM_ENTERED);
    assert_int_equal(retract(db, wrong, 4000), CLAIM_RETRACTED);
    assert_int_equal(retract(db, wrong, 4000), CLAIM_NOT_LIVE);
    struct import_report report = help_try_import(db, "protocol", str_of(file), 5000, &answer);
    assert_int_equal(report.added, 0);
    assert_int_equal(report.kept_by_editors, 2);
    db_begin_read(db);
    assert_int_equal(claim_read(db, kind, S("MEX"), CLAIM_NOW, &rows), 1);
    assert_str_equal(claim_cell(&rows[0], "date"), "2003-03-04");
    assert_int_equal(claim_read(db, kind, S("MEX"), (struct claim_when){ S(""), 3500 }, &rows), 1);
    assert_str_equal(claim_cell(&rows[0], "date"), "2003-03-05");
    db_commit(db);
    db_begin_write(db); /* what could harm somebody is shown on no past day either, and the export stays whole */
    assert_true(claim_get(db, made.id, &c));
    assert_int_equal(claim_hide(db, &c, 6000), 1);
    db_commit(db);
    db_begin_read(db);
    assert_int_equal(claim_read(db, kind, S("MEX"), (struct claim_when){ S(""), 3500 }, &rows), 0);
    assert_false(claim_get(db, wrong, &c));
    assert_true(claim_get(db, made.id, &c));
    assert_int_equal(claim_history(db, &c, &rows), 1);
    db_commit(db);
    help_try_import(db, "protocol", str_of(file), 7000, &answer);
    assert_int_equal(answer, IMPORT_UNCHANGED);
    assert_int_equal(enter(db, "2003-03-05", "", 8000, &made), CLAIM_ENTERED); /* somebody may say it again */
}

static void a_source_that_is_named_stays(void **state)
{
    (void)state;
    struct db *db = ready();
    struct claim *rows;
    help_import(db, "protocol", PROTOCOL "MEX,ratification,2003-03-05,stated,,untc,\n", 3000);
    db_begin_read(db);
    claim_read(db, &claim_sources, S("untc"), CLAIM_NOW, &rows);
    db_commit(db);
    assert_int_equal(retract(db, rows[0].id, 4000), CLAIM_STILL_NAMED);
}

/* A table of random but rightful rows. */
static str random_table(void)
{
    static const char *const events[] = { "signature", "ratification", "accession", "declaration" };
    static const char *const notes[] = { "", "plain", "a, b", "say \"so\"", "é 中" };
    struct sink out;
    sink_open(&out, &scratch, 1 << 20);
    put_lit(&out, PROTOCOL);
    for (int year = 2000; year < 2006; year++) { /* each year at most one row of each kind: no row twice */
        for (size_t e = 0; e < COUNT_OF(events); e++) {
            if (draw(3) == 0) continue;
            put_format(&out, "%s,%s,%d-0%u,stated,,%s,", draw(2) ? "MEX" : "FRA", events[e], year, 1 + draw(9), draw(2) ? "untc" : "gazette");
            csv_cell(&out, str_of(notes[draw(COUNT_OF(notes))]));
            put_char(&out, '\n');
        }
    }
    return sink_str(&out);
}

/* A whole table is made once for all days between which nothing changed. */
static void is_the_same_at_the_earliest_times(struct db *db, struct claim_when when)
{
    db_begin_read(db);
    struct claim_when earliest = claim_earliest(db, claim_kind_named(S("protocol")), when);
    db_commit(db);
    assert_true(earliest.known <= when.known && (!when.on.n || str_cmp(earliest.on, when.on) <= 0));
    assert_true(str_eq(help_export(db, "protocol", when), help_export(db, "protocol", earliest)));
}

/* Whatever is imported later, what a past moment knew about a day stays what it was. */
static void an_answer_about_the_past_never_changes(void **state)
{
    (void)state;
    struct db *db = ready();
    static const char *const days[] = { "2001-06-30", "2003-12-31", "2010-01-01" };
    str answers[12][COUNT_OF(days)];
    for (int round = 0; round < 12; round++) {
        draw_seed((uint64_t)round + 100);
        enum import_answer answer;
        ms now = draw(4) ? 10000 + round * 1000 : 500; /* sometimes the clock goes back */
        help_try_import(db, "protocol", random_table(), now, &answer);
        assert_int_not_equal(answer, IMPORT_REFUSED);
        db_begin_read(db);
        struct claim_moment last;
        claim_import_last(db, &last);
        db_commit(db);
        static ms moments[12];
        moments[round] = last.moment;
        for (int past = 0; past <= round; past++) {
            for (size_t d = 0; d < COUNT_OF(days); d++) {
                str now_said = help_export(db, "protocol", (struct claim_when){ str_of(days[d]), moments[past] });
                is_the_same_at_the_earliest_times(
                    db, (struct claim_when){ draw(3) ? str_of(days[d]) : draw(2) ? S("1000-01-01") : S(""),
                                             moments[past] + (ms)draw(3) - 1 });
                if (past == round) answers[past][d] = now_said;
                else assert_true(str_eq(now_said, answers[past][d]));
            }
        }
    }
}

/* What was exported can be imported, and gives the same bytes again. */
static void export_import_export_is_byte_identical(void **state)
{
    (void)state;
    for (int round = 0; round < 20; round++) {
        struct db *db = ready();
        draw_seed((uint64_t)round + 900);
        enum import_answer answer;
        help_try_import(db, "protocol", random_table(), 3000, &answer);
        str first = help_export(db, "protocol", CLAIM_NOW);
        help_try_import(db, "protocol", S(PROTOCOL), 4000, &answer);
        help_try_import(db, "protocol", first, 5000, &answer);
        assert_int_equal(answer, IMPORT_DONE);
        assert_true(str_eq(first, help_export(db, "protocol", CLAIM_NOW)));
        db_close(db);
    }
}

/* Refuses the n-th piece of memory for every n, until the import gets through. */
static bool import_breaking_at(struct db *db, str table, long n)
{
    extern long arena_refuse_after;
    struct arena small;
    arena_open(&small, (size_t)64 << 20);
    struct landing l;
    volatile bool is_through = false;
    arena_refuse_after = n;
    if (LAND(&l) == JUMP_NONE) {
        struct import_report report;
        db_use_arena(db, &small);
        db_begin_write(db);
        enum import_answer answer = claim_import(db, &small, claim_kind_named(S("protocol")), table, 9000, NULL, &report);
        assert_int_equal(answer, IMPORT_DONE);
        is_through = true;
    }
    landing_leave(&l);
    arena_refuse_after = 0;
    db_rollback(db);
    db_use_arena(db, &scratch);
    arena_close(&small);
    return is_through;
}

static void an_import_that_breaks_leaves_nothing(void **state)
{
    (void)state;
    struct db *db = ready();
    draw_seed(5);
    struct sink table; /* large enough to need several blocks */
    sink_open(&table, &scratch, (size_t)8 << 20);
    put_lit(&table, PROTOCOL);
    for (int i = 0; i < 4000; i++) put_format(&table, "MEX,declaration,2001,stated,,untc,number %d\n", i);
    str before = help_export(db, "protocol", CLAIM_NOW);
    long broke = 0;
    while (!import_breaking_at(db, sink_str(&table), broke + 1)) {
        broke++;
        assert_true(str_eq(before, help_export(db, "protocol", CLAIM_NOW)));
    }
    assert_true(broke >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_bad_row_is_refused_with_line_and_column, help_begin, help_end),
        cmocka_unit_test_setup_teardown(what_others_name_cannot_be_withdrawn, help_begin, help_end),
        cmocka_unit_test_setup_teardown(numbers_that_cannot_be_are_refused, help_begin, help_end),
        cmocka_unit_test_setup_teardown(a_clock_far_behind_is_not_believed, help_begin, help_end),
        cmocka_unit_test_setup_teardown(importing_again_changes_nothing, help_begin, help_end),
        cmocka_unit_test_setup_teardown(a_corrected_row_is_withdrawn_and_stays_readable, help_begin, help_end),
        cmocka_unit_test_setup_teardown(a_date_known_to_the_month_holds_from_its_last_day, help_begin, help_end),
        cmocka_unit_test_setup_teardown(rivals_share_a_question, help_begin, help_end),
        cmocka_unit_test_setup_teardown(what_an_editor_entered_outlives_an_import, help_begin, help_end),
        cmocka_unit_test_setup_teardown(what_somebody_enters_is_checked_as_an_import_is, help_begin, help_end),
        cmocka_unit_test_setup_teardown(what_somebody_withdrew_no_import_brings_back, help_begin, help_end),
        cmocka_unit_test_setup_teardown(a_source_that_is_named_stays, help_begin, help_end),
        cmocka_unit_test_setup_teardown(an_answer_about_the_past_never_changes, help_begin, help_end),
        cmocka_unit_test_setup_teardown(export_import_export_is_byte_identical, help_begin, help_end),
        cmocka_unit_test_setup_teardown(an_import_that_breaks_leaves_nothing, help_begin, help_end),
    };
    return cmocka_run_group_tests_name("claim", tests, NULL, NULL);
}
