/* Long texts: which wording a reader gets, and that markup of a text cannot get out of it. */
#include "test/unit/help.h"

#include "text/text.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "base/limits.h"

#include <stdio.h>

#define HEAD       "slug,lang,kind,title,summary,body,theme,states,published,reviewed_by,reviewed_on\n"
#define NOON(year) ((ms)((year)-1970) * 31556952000)

static struct db *with(const char *rows)
{
    help_languages();
    struct db *db = help_fresh_db();
    help_import(db, "texts", rows, 1000);
    db_use_arena(db, &scratch);
    db_begin_read(db);
    return db;
}

static void a_missing_language_falls_to_english_and_says_so(void **state)
{
    (void)state;
    struct db *db = with(HEAD "a,en,page,A,s,Body,,,2020-01-01,,\na,fr,page,B,s,Corps,,,2020-01-01,"
                              ",\nb,en,news,N,s,Body,,MEX,2021-01-01,,\n");
    struct text t;
    assert_true(text_get(db, lang_find(S("fr")), S("a"), CLAIM_NOW, NOON(2026), &t));
    assert_str_equal(t.title, "B");
    assert_false(t.is_foreign);
    assert_true(text_get(db, lang_find(S("ar")), S("a"), CLAIM_NOW, NOON(2026), &t));
    assert_str_equal(t.title, "A");
    assert_true(t.is_foreign);
    assert_false(text_get(db, lang_find(S("en")), S("nothing"), CLAIM_NOW, NOON(2026), &t));
    struct text *all;
    assert_int_equal(text_list(db, lang_find(S("fr")), "news", CLAIM_NOW, NOON(2026), &all), 1);
    assert_int_equal(text_list(db, lang_find(S("fr")), "", CLAIM_NOW, NOON(2026), &all), 2);
    assert_str_equal(all[0].slug, "b"); /* newest first */
    db_commit(db);
}

static void what_is_dated_later_waits(void **state)
{
    (void)state;
    struct db *db = with(HEAD "a,en,news,Old,s,Body,,,2020-01-01,,\na,en,news,New,s,Other,,,2030-"
                              "01-01,,\nb,en,news,B,s,Body,,,2030-01-01,,\n");
    struct text t, *all;
    assert_true(text_get(db, lang_find(S("en")), S("a"), CLAIM_NOW, NOON(2026), &t));
    assert_str_equal(t.title, "Old");
    assert_true(text_get(db, lang_find(S("en")), S("a"), CLAIM_NOW, NOON(2031), &t));
    assert_str_equal(t.title, "New");
    assert_int_equal(text_list(db, lang_find(S("en")), "news", CLAIM_NOW, NOON(2026), &all), 1);
    struct claim_when then = { S("2019-01-01"), CLAIM_NOW.known };
    assert_false(text_get(db, lang_find(S("en")), S("a"), then, NOON(2026), &t));
    struct claim_when later = { S("9999-12-31"),
                                CLAIM_NOW.known }; /* asking for a later day does not bring it */
    assert_false(text_get(db, lang_find(S("en")), S("b"), later, NOON(2026), &t));
    assert_int_equal(text_list(db, lang_find(S("en")), "news", later, NOON(2026), &all), 1);
    struct claim *rows;
    assert_int_equal(claim_read(db, &text_kind, S("b"), CLAIM_NOW, &rows), 1);
    assert_true(claim_waits(&scratch, &rows[0], NOON(2026)));
    assert_false(claim_waits(&scratch, &rows[0], NOON(2031)));
    assert_str_equal(claim_until(&scratch, &text_kind, CLAIM_NOW, NOON(2026)).on, "2025-12-31");
    assert_str_equal(claim_until(&scratch, &text_kind, later, NOON(2026)).on, "2025-12-31");
    assert_str_equal(claim_until(&scratch, &text_kind, then, NOON(2026)).on, "2019-01-01");
    assert_str_equal(claim_until(&scratch, &claim_sources, later, NOON(2026)).on, "9999-12-31");
    db_commit(db);
}

static void has(const char *markdown, const char *want)
{
    html made = text_html(&scratch, str_of(markdown), S("/ar"), S("?on=2020-01-01"));
    if (!str_has(made.markup, str_of(want)))
        fail_msg("want %s in:\n%.*s", want, STR_ARG(made.markup));
}

static void lacks(const char *markdown, const char *bad)
{
    html made = text_html(&scratch, str_of(markdown), S("/ar"), S(""));
    if (str_has(made.markup, str_of(bad)))
        fail_msg("%s stands in:\n%.*s", bad, STR_ARG(made.markup));
}

static void markup_cannot_get_out(void **state)
{
    (void)state;
    lacks("<script>alert(1)</script>\n\nHello <b onclick=x>you</b>", "<script");
    lacks("Hello <b onclick=x>you</b>", "onclick");
    lacks("[x](javascript:alert(1))", "javascript:");
    lacks("[x](data:text/html;base64,AAAA)", "data:");
    lacks("![x](https://elsewhere.example/x.png)", "elsewhere");
    lacks("[x](vbscript:x \"onmouseover=y\")", "vbscript");
    lacks("## A {#\"onload=x}", "onload=x\"");
    lacks("## A {#UPPER}", "id=");
    has("a & b < c \"d\"", "a &amp; b &lt; c &quot;d&quot;");
}

static str many(str head, const char *one, size_t n)
{
    struct sink out;
    sink_open(&out, &scratch, KIB(64));
    put(&out, head);
    while (out.n < n) put(&out, str_of(one));
    return sink_str(&out);
}

/* A page is given five seconds; each of these took more, or more memory than a page has. */
static void no_text_grows_without_end(void **state)
{
    (void)state;
    str wide = many(S("|"), "a|", 8000);
    wide = many(many(ARENA_JOIN(&scratch, wide, S("\n|")), "-|", 16000), "\n|a|", 59000);
    str link = many(S("[a]: /"), "xxxxxxxxxx", 20000);
    str all[] = { wide, many(S("|x|\n|-|\n"), "|", 59000), many(S("|a|\n|-|\n"), "|a|\n", 59000),
                  many(ARENA_JOIN(&scratch, link, S("\n\n")), "[a]", 59000),
                  many(S(""), "> ", 59000) };
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        int64_t begun = clock_ticks_us();
        html made = text_html(&scratch, all[i], S("/en"), S(""));
        (void)text_plain(&scratch, all[i]);
        if (clock_ticks_us() - begun > 3000000) fail_msg("text %zu takes too long", i);
        assert_true(made.markup.n <= TEXT_SHOWN_MAX);
    }
    struct arena
        small; /* what breaks in the middle gives the library's memory back; the sanitizers watch */
    struct landing l;
    arena_open(&small, KIB(64));
    if (LAND(&l) == JUMP_NONE) {
        (void)text_html(&small, many(S(""), "[a](/b)", 59000), S("/en"), S(""));
        fail_msg("there was room");
    }
    landing_leave(&l);
    arena_close(&small);
    has("|a|b|\n|-|-|\n|c|d|", "<td>c</td>");
}

static void addresses_lead_home_and_headings_have_names(void **state)
{
    (void)state;
    has("[law](/law#x)", "href=\"/ar/law?on=2020-01-01#x\"");
    has("[table](/data/texts.csv)", "href=\"/data/texts.csv\"");
    has("[out](//elsewhere.example/)", "href=\"//elsewhere.example/\"");
    has("[out](https://www.unodc.org/)", "href=\"https://www.unodc.org/\"");
    has("## What it *is* {#what}", "<span id=\"what\"></span>");
    lacks("## What it is {#what}", "{#");
    has("| a | b |\n|---|---|\n| 1 | 2 |", "<table>");
    str plain = text_plain(&scratch, S("## Head {#h}\n\nOne *two* [three](/x) `four`"));
    assert_true(str_has(plain, S("Head")) && str_has(plain, S("One two three four")) &&
                !str_has(plain, S("#")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_missing_language_falls_to_english_and_says_so, help_begin,
                                        help_end),
        cmocka_unit_test_setup_teardown(what_is_dated_later_waits, help_begin, help_end),
        cmocka_unit_test_setup_teardown(markup_cannot_get_out, help_begin, help_end),
        cmocka_unit_test_setup_teardown(no_text_grows_without_end, help_begin, help_end),
        cmocka_unit_test_setup_teardown(addresses_lead_home_and_headings_have_names, help_begin,
                                        help_end),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
