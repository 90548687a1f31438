/* The desk's work on statements: whatever is done in whatever order, an editor's word outlives imports, four eyes hold, and
 * the counts are right. */
#include "test/unit/help.h"

#include "facts/facts.h"
#include "facts/survey.h"
#include "operator/operator.h"
#include "seal/keys.h"
#include "trail/trail.h"

#include <stdio.h>
#include <stdlib.h>

#define SOURCES "id,name,url,publisher,licence,grade,checked,note\n" \
                "blog,A blog,,,not stated,weak,,\n" \
                "gazette,A gazette,https://gazette.example/,,not stated,official,,\n" \
                "paper,A paper,,,not stated,press,,\n" \
                "untc,UN Treaty Collection,,,UN terms of use,depositary,2024-04-20,\n"
#define COUNTRIES "iso3,kind,source,note\nFRA,un_member,untc,\nMEX,un_member,untc,\n"
#define PROTOCOL "iso3,event,date,basis,as_of,source,note\n"

static struct arena life;
static struct db *db;

static int begin(void **state)
{
    help_begin(state);
    arena_open(&life, MIB(64));
    struct seal_keys *keys = help_keys(&life);
    trail_open(seal_secret(keys, "trail"));
    return 0;
}

static int end(void **state)
{
    arena_close(&life);
    return help_end(state);
}

static void ready(void)
{
    db = help_fresh_db();
    db_use_arena(db, &scratch);
    help_import(db, "sources", SOURCES, 1000);
    help_import(db, "countries", COUNTRIES, 2000);
}

static const struct claim_kind *protocol(void)
{
    return claim_kind_named(S("protocol"));
}

static struct facts by(id person, ms now)
{
    return (struct facts){ db, &scratch, person, now };
}

static str *row_of(const char *state, const char *event, const char *date, const char *source)
{
    str *cells = arena_new(&scratch, str, CSV_COLUMNS_MAX);
    cells[0] = str_of(state);
    cells[1] = str_of(event);
    cells[2] = str_of(date);
    cells[5] = str_of(source);
    for (int i = 0; i < 7; i++)
        if (!cells[i].p) cells[i] = S("");
    return cells;
}

/* ---- the rule ---- */

static enum facts_answer enter(id who, const char *date, const char *source, struct facts_made *made)
{
    struct facts f = by(who, 9000);
    db_begin_write(db);
    enum facts_answer answer = facts_enter(&f, protocol(), row_of("MEX", "ratification", date, source), made);
    db_commit(db);
    return answer;
}

static void weak_sources_and_contradictions_wait(void **state)
{
    struct facts_made made;
    (void)state;
    ready();
    assert_int_equal(enter(1, "2003-03-01", "paper", &made), FACTS_DONE);
    assert_int_equal(enter(1, "2003-03-02", "paper", &made), FACTS_DONE); /* contradicts nothing firm yet */
    assert_int_equal(enter(1, "2003-03-03", "blog", &made), FACTS_WAITS);
    assert_true(str_eq(made.why.code, S("weak")));
    assert_int_equal(enter(1, "2003-03-04", "untc", &made), FACTS_DONE);
    assert_int_equal(enter(1, "2003-03-05", "gazette", &made), FACTS_WAITS);
    assert_true(str_eq(made.why.code, S("contradicts")));
    assert_int_equal(enter(1, "2003-03-04", "gazette", &made), FACTS_DONE); /* says the same */
    assert_int_equal(enter(1, "2003-03-04", "nowhere", &made), FACTS_WRONG);
    assert_non_null(made.wrong[5].english);
    db_close(db);
}

static void whoever_brought_it_does_not_agree(void **state)
{
    struct facts_made made;
    (void)state;
    ready();
    assert_int_equal(enter(1, "2003-03-03", "blog", &made), FACTS_WAITS);
    struct facts first = by(1, 9500), second = by(2, 9600);
    db_begin_write(db);
    assert_int_equal(facts_agree(&first, made.waiting), FACTS_SAME_PERSON);
    assert_int_equal(facts_give_back(&first, made.waiting, S("weak")), FACTS_SAME_PERSON);
    assert_int_equal(facts_take_back(&second, made.waiting), FACTS_NO_SUCH);
    assert_int_equal(facts_give_back(&second, made.waiting, S("ugly")), FACTS_NO_REASON);
    assert_int_equal(facts_agree(&second, made.waiting), FACTS_DONE);
    assert_int_equal(facts_agree(&second, made.waiting), FACTS_NO_SUCH);
    db_commit(db);
    db_close(db);
}

static void one_person_alone_looks_twice(void **state)
{
    struct facts_made made;
    (void)state;
    ready();
    assert_int_equal(enter(1, "2003-03-03", "blog", &made), FACTS_WAITS);
    struct facts first = by(1, 9500);
    db_begin_write(db);
    operator_say_alone(db, true, 1, 9500);
    assert_int_equal(facts_agree(&first, made.waiting), FACTS_DONE);
    db_commit(db);
    db_close(db);
}

static void one_person_fills_no_queue(void **state)
{
    struct facts_made made;
    (void)state;
    ready();
    for (int i = 0; i < 100; i++) {
        str date = arena_format(&scratch, "1%03d", i + 900);
        assert_int_equal(enter(1, date.p, "blog", &made), FACTS_WAITS);
    }
    assert_int_equal(enter(1, "2020", "blog", &made), FACTS_TOO_MANY);
    assert_int_equal(enter(2, "2020", "blog", &made), FACTS_WAITS);
    db_close(db);
}

static void a_firm_source_is_changed_by_two(void **state)
{
    struct claim *rows;
    struct facts_made made;
    (void)state;
    ready();
    struct facts f = by(1, 9000);
    db_begin_write(db);
    assert_int_equal(claim_read(db, &claim_sources, S("gazette"), CLAIM_NOW, &rows), 1);
    str cells[8];
    memcpy(cells, rows[0].cell, sizeof cells);
    cells[7] = S("a note is nobody's business");
    assert_int_equal(facts_correct(&f, rows[0].id, cells, &made), FACTS_DONE);
    cells[2] = S("https://elsewhere.example/");
    assert_int_equal(facts_correct(&f, made.claim, cells, &made), FACTS_WAITS);
    assert_int_equal(claim_read(db, &claim_sources, S("paper"), CLAIM_NOW, &rows), 1);
    assert_int_equal(facts_grade(&f, rows[0].id, S("weak"), S("it was copied"), &made), FACTS_DONE);
    assert_int_equal(facts_grade(&f, made.claim, S("press"), S("no, it was not"), &made), FACTS_WAITS);
    assert_true(str_eq(made.why.code, S("grade")));
    db_commit(db);
    db_close(db);
}

/* ---- whatever happens ---- */

#define MOST 4000
struct word_of {
    str id[MOST];
    bool is_said[MOST]; /* by an editor, and not taken back by one; else withdrawn by one */
    size_t n;
};

static void note(struct word_of *w, str id, bool is_said)
{
    size_t i = 0;
    while (i < w->n && !str_eq(w->id[i], id)) i++;
    assert_true(i < MOST);
    if (i == w->n) w->id[w->n++] = arena_str(&scratch, id);
    w->is_said[i] = is_said;
}

static str *draw_row(void)
{
    static const char *const events[] = { "signature", "ratification", "declaration" },
                             *const sources[] = { "untc", "gazette", "paper", "blog" };
    str date = arena_format(&scratch, "20%02u-0%u", draw(3), 1 + draw(4));
    return row_of(draw(2) ? "MEX" : "FRA", events[draw(3)], date.p, sources[draw(4)]);
}

static str draw_table(void)
{
    struct sink out;
    sink_open(&out, &scratch, MIB(1));
    put_lit(&out, PROTOCOL);
    str *seen[12];
    size_t n = 0;
    for (uint32_t i = 0; i < draw(12); i++) {
        str *row = draw_row();
        bool is_new = true;
        for (size_t k = 0; k < n; k++)
            is_new = is_new && !str_eq(claim_id_of(&scratch, protocol(), seen[k]), claim_id_of(&scratch, protocol(), row));
        if (!is_new) continue;
        seen[n++] = row;
        for (int c = 0; c < 7; c++) {
            if (c) put_char(&out, ',');
            csv_cell(&out, row[c]);
        }
        put_char(&out, '\n');
    }
    return sink_str(&out);
}

static bool draw_live(struct claim *c)
{
    struct claim *rows;
    size_t n = claim_read(db, protocol(), CLAIM_ALL, CLAIM_NOW, &rows);
    if (n) *c = rows[draw((uint32_t)n)];
    return n > 0;
}

static void bring_in(struct facts *f, struct word_of *w)
{
    struct import_report report;
    struct import_plan plan;
    str table = draw_table();
    enum import_answer answer = claim_plan(db, &scratch, protocol(), table, draw(2), f->now, NULL, &report, &plan);
    assert_int_not_equal(answer, IMPORT_REFUSED);
    if (answer == IMPORT_UNCHANGED) return;
    for (size_t i = 0; i < plan.added_n; i++) note(w, claim_plan_id(&plan, i), true);
    for (size_t i = 0; i < plan.retracted_n; i++) note(w, plan.retracted[i], false);
    claim_plan_write(db, &plan, f->by, NULL);
}

static void agree(struct facts *f, struct word_of *w)
{
    struct facts_waiting *all;
    size_t n = facts_waiting_all(db, &all);
    if (n == 0) return;
    const struct facts_waiting *one = &all[draw((uint32_t)n)];
    const str *cells = facts_waiting_cells(&scratch, one);
    if (facts_agree(f, one->id) != FACTS_DONE) return;
    if (one->claim.n && !str_eq(one->deed, S("hide"))) note(w, one->claim, false);
    if (cells) note(w, claim_id_of(&scratch, protocol(), cells), true);
}

static void step(struct word_of *w, ms now)
{
    struct facts f = by(1 + draw(2), now);
    struct facts_made made;
    struct claim c;
    db_begin_write(db);
    switch (draw(6)) {
    case 0:
        if (facts_enter(&f, protocol(), draw_row(), &made) == FACTS_DONE) note(w, made.claim, true);
        break;
    case 1:
        if (draw_live(&c) && facts_correct(&f, c.id, draw_row(), &made) == FACTS_DONE) {
            note(w, c.id, false);
            note(w, made.claim, true);
        }
        break;
    case 2:
        if (draw_live(&c) && facts_withdraw(&f, c.id, draw(4) ? S("wrong") : S("harm"), &made) == FACTS_DONE)
            note(w, c.id, false);
        break;
    case 3:
        if (draw_live(&c) && facts_look_again(&f, c.id, &made) == FACTS_DONE) {
            note(w, c.id, false);
            note(w, made.claim, true);
        }
        break;
    case 4: agree(&f, w); break;
    case 5: bring_in(&f, w); break;
    }
    db_commit(db);
}

static void an_editors_word_stands(struct word_of *w)
{
    db_begin_read(db);
    for (size_t i = 0; i < w->n; i++) {
        struct claim *rows;
        bool is_live = false;
        size_t n = claim_read(db, protocol(), CLAIM_ALL, CLAIM_NOW, &rows);
        for (size_t k = 0; k < n; k++) is_live |= str_eq(rows[k].id, w->id[i]);
        if (is_live != w->is_said[i]) fail_msg("%.*s is %s", STR_ARG(w->id[i]), is_live ? "back" : "lost");
    }
    db_commit(db);
}

static void an_editors_word_outlives_imports_whatever_happens(void **state)
{
    (void)state;
    for (int round = 0; round < (getenv("TEST_PG") ? 3 : 15); round++) { /* each begins with fresh data, which is slow there */
        static struct word_of w;
        enum import_answer answer;
        ready();
        w.n = 0;
        draw_seed((uint64_t)round + 40);
        for (int at = 0; at < 60; at++) {
            ms now = 10000 + at * 1000;
            if (draw(3)) step(&w, now);
            else help_try_import(db, "protocol", draw_table(), now, &answer);
            an_editors_word_stands(&w);
        }
        str first = help_export(db, "protocol", CLAIM_NOW);
        help_try_import(db, "protocol", first, 900000, &answer);
        assert_int_equal(answer, IMPORT_UNCHANGED);
        assert_true(str_eq(first, help_export(db, "protocol", CLAIM_NOW)));
        db_close(db);
        arena_empty(&scratch);
    }
}

/* ---- counts ---- */

static void what_is_counted_is_what_is_there(void **state)
{
    (void)state;
    for (int round = 0; round < (getenv("TEST_PG") ? 2 : 10); round++) {
        enum import_answer answer;
        const struct survey *all;
        struct claim *rows;
        ready();
        draw_seed((uint64_t)round + 7);
        help_try_import(db, "protocol", draw_table(), 3000, &answer);
        db_begin_read(db);
        size_t kinds = survey_all(db, &all), n = claim_read(db, protocol(), CLAIM_ALL, CLAIM_NOW, &rows);
        int64_t conflicts = 0;
        for (size_t i = 0; i < n; i++) {
            bool is_first = true, differs = false;
            for (size_t k = 0; k < n; k++) {
                if (!claim_same_question(&rows[i], &rows[k])) continue;
                is_first &= k >= i;
                differs |= !claim_same_answer(&rows[i], &rows[k]);
            }
            conflicts += is_first && differs;
        }
        for (size_t i = 0; i < kinds; i++) {
            if (all[i].kind != protocol()) continue;
            assert_int_equal(all[i].live, n);
            assert_int_equal(all[i].conflicts, conflicts);
        }
        assert_int_equal(survey_uses(all, kinds, S("nowhere")), 0);
        db_commit(db);
        db_close(db);
    }
}

/* ---- addresses ---- */

static void an_address_names_one_host(void **state)
{
    static const char *const good[] = { "https://a.example/", "http://a.example:8080/x?y=z#f", "https://xn--a.example",
                                        "https://a.example/~x/(1)", "https://[2001:db8::1]/" },
                            *const bad[] = { "javascript:alert(1)", "https://", "https:///x", "ftp://a.example/",
                                             "https://user@a.example/", "https://u:p@a.example/", "https://a.example/a b",
                                             "https://a.example/\"x", "https://a b.example/", "//a.example/", "data:text/html,x",
                                             "https://a.example\\@b.example/", "HTTPS://a.example/", "https://a.example/<b>" };
    struct phrase wrong[CSV_COLUMNS_MAX];
    (void)state;
    ready();
    db_begin_read(db);
    for (size_t i = 0; i < COUNT_OF(good) + COUNT_OF(bad); i++) {
        bool is_good = i < COUNT_OF(good);
        str url = str_of(is_good ? good[i] : bad[i - COUNT_OF(good)]);
        str cells[] = { S("x"), S("X"), url, S(""), S("none"), S("press"), S(""), S("") };
        claim_wrong(db, &claim_sources, cells, wrong);
        if ((wrong[2].english == NULL) != is_good) fail_msg("%.*s", STR_ARG(url));
    }
    db_commit(db);
    db_close(db);
}

/* ---- hostile tables ---- */

static enum import_answer plan_of(str table, struct import_report *report)
{
    struct import_plan plan;
    db_begin_read(db);
    enum import_answer answer = claim_plan(db, &scratch, protocol(), table, false, 9000, NULL, report, &plan);
    db_commit(db);
    return answer;
}

static str repeated(const char *head, char c, size_t n)
{
    struct sink out;
    sink_open(&out, &scratch, MIB(64));
    put(&out, str_of(head));
    for (size_t i = 0; i < n; i++) put_char(&out, c);
    return sink_str(&out);
}

static void hostile_tables_are_refused_in_words(void **state)
{
    struct import_report report;
    (void)state;
    ready();
    assert_int_equal(plan_of(repeated(PROTOCOL, '\n', CSV_ROWS_MAX + 1), &report), IMPORT_REFUSED);
    assert_int_equal(plan_of(repeated(PROTOCOL, '\n', 200000), &report), IMPORT_REFUSED);
    assert_int_equal(report.complaint_n, COMPLAINTS_MAX);
    assert_true(report.more > 0);
    assert_int_equal(plan_of(repeated(PROTOCOL "MEX,", '"', 100001), &report), IMPORT_REFUSED);
    assert_int_equal(plan_of(repeated(PROTOCOL, ',', 1000000), &report), IMPORT_REFUSED);
    assert_string_equal(report.complaint[0].why.english, "too many columns");
    assert_int_equal(plan_of(repeated(PROTOCOL "MEX,signature,,,,paper,", 'x', KIB(64) + 1), &report), IMPORT_REFUSED);
    assert_string_equal(report.complaint[0].why.english, "the cell is too long");
    assert_int_equal(plan_of(repeated(PROTOCOL "MEX,signature,,,,paper,", 'x', KIB(64)), &report), IMPORT_REFUSED);
    assert_string_equal(report.complaint[0].why.english, "is too long");
    assert_int_equal(plan_of(repeated(PROTOCOL "MEX,signature,,,,paper,", '\xff', 10), &report), IMPORT_REFUSED);
    assert_int_equal(report.complaint[0].line, 2);
    assert_int_equal(report.complaint[0].column, 24);
    str *cells = row_of("MEX", "signature", "2000", "paper");
    struct facts_made made;
    struct facts f = by(1, 9000);
    cells[6] = repeated("", 'x', CELL_TEXT_MAX + 1);
    db_begin_write(db);
    assert_int_equal(facts_enter(&f, protocol(), cells, &made), FACTS_WRONG);
    cells[6] = S("a\x1f" "b");
    assert_int_equal(facts_enter(&f, protocol(), cells, &made), FACTS_WRONG);
    cells[6] = S("two\nlines");
    assert_int_equal(facts_enter(&f, protocol(), cells, &made), FACTS_WRONG);
    db_commit(db);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(weak_sources_and_contradictions_wait, begin, end),
        cmocka_unit_test_setup_teardown(whoever_brought_it_does_not_agree, begin, end),
        cmocka_unit_test_setup_teardown(one_person_alone_looks_twice, begin, end),
        cmocka_unit_test_setup_teardown(one_person_fills_no_queue, begin, end),
        cmocka_unit_test_setup_teardown(a_firm_source_is_changed_by_two, begin, end),
        cmocka_unit_test_setup_teardown(an_editors_word_outlives_imports_whatever_happens, begin, end),
        cmocka_unit_test_setup_teardown(what_is_counted_is_what_is_there, begin, end),
        cmocka_unit_test_setup_teardown(an_address_names_one_host, begin, end),
        cmocka_unit_test_setup_teardown(hostile_tables_are_refused_in_words, begin, end),
    };
    return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
