/* Phrases, plurals, numbers, days, names, choice and order; numbers are compared with ICU's own. */
#include "lang/lang.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>
#include <unicode/unumberformatter.h>
#include <unicode/ustring.h>

static struct arena life, arena;

#define WITH(out) \
    struct sink out; \
    sink_open(&out, &arena, 1 << 20)

static void same(str got, const char *want)
{
    if (str_eq(got, str_of(want))) return;
    fprintf(stderr, "got  \"" STR_FMT "\"\nwant \"%s\"\n", STR_ARG(got), want);
    fail();
}

static const struct lang *in(const char *code)
{
    const struct lang *l = lang_find(str_of(code));
    assert_non_null(l);
    return l;
}

static void victims(const char *lang, int64_t n, const char *want)
{
    WITH(out);
    struct lang_arg args[] = { { .name = "n", .kind = ARG_NUMBER, .number = n } };
    lang_message(&out, in(lang), PHRASES("{n} victim was found.", "{n} victims were found."), args, 1, put);
    same(sink_str(&out), want);
}

static void plurals_follow_the_language(void **state)
{
    (void)state;
    victims("en", 1, "1 victim was found.");
    victims("en", 0, "0 victims were found.");
    victims("en", 1234, "1,234 victims were found.");
    victims("fr", 0, "0 victime a été identifiée.");
    victims("fr", 1, "1 victime a été identifiée.");
    victims("fr", 2, "2 victimes ont été identifiées.");
    victims("fr", 1000000,
            "1\u202f000\u202f000 victimes ont été identifiées."); /* "many", which falls to the last */
    victims("es", 1, "Se detectó 1 víctima.");
    victims("es", 1234, "Se detectaron 1234 víctimas."); /* CLDR: Spanish groups from five digits */
    victims("es", 12345, "Se detectaron 12.345 víctimas.");
    victims("ru", 1, "Выявлена 1 жертва.");
    victims("ru", 3, "Выявлены 3 жертвы.");
    victims("ru", 11, "Выявлено 11 жертв.");
    victims("ru", 21, "Выявлена 21 жертва.");
    victims("ru", 1000001, "Выявлена 1\u00a0000\u00a0001 жертва.");
    victims("ar", 0, "لم تُكتشف أي ضحية.");
    victims("ar", 1, "اكتُشفت ضحية واحدة.");
    victims("ar", 2, "اكتُشفت ضحيتان.");
    victims("ar", 5, "اكتُشفت ٥ ضحايا.");
    victims("ar", 11, "اكتُشفت ١١ ضحية.");
    victims("ar", 100, "اكتُشفت ١٠٠ ضحية (أخرى).");
    victims("zh", 1, "发现 1 名受害者。");
}

static void phrases_fall_to_english(void **state)
{
    (void)state;
    same(lang_text(in("ru"), PHRASE("Ratified")), "Ратифицировано");
    same(lang_text(in("en"), PHRASE("Ratified")), "Ratified");
    same(lang_text(in("es"), PHRASE("No record")), "No record");
    same(lang_text(in("es"), (struct phrase){ "never collected" }), "never collected");
    same(lang_text(in("es"), PHRASE("")), "");
    WITH(out);
    struct lang_arg args[] = { { .name = "name", .kind = ARG_TEXT, .text = S("<Ana & {name}>") },
                               { .name = "day", .kind = ARG_DAY, .text = S("2009-11") } };
    lang_message(&out, in("en"), PHRASE("{name} on {day}: {other} {"), NO_PLURAL, args, 2, html_text);
    same(sink_str(&out), "&lt;Ana &amp; {name}&gt; on November 2009: {other} {");
    WITH(link);
    struct lang_arg number[] = { { .name = "n", .kind = ARG_NUMBER, .number = 7 } };
    lang_message(&link, in("ar"), PHRASE("n={n}"), NO_PLURAL, number, 1, url_part);
    same(sink_str(&link), "n%3D%D9%A7");
}

static void by_icu(const char *lang, double x, int decimals, char *out, size_t room)
{
    UErrorCode e = U_ZERO_ERROR;
    UNumberFormatter *f = unumf_openForSkeletonAndLocale(decimals < 0    ? u""
                                                         : decimals == 1 ? u".0"
                                                                         : u".0000",
                                                         -1, lang, &e);
    UFormattedNumber *made = unumf_openResult(&e);
    UChar wide[200];
    if (decimals < 0) unumf_formatInt(f, (int64_t)x, made, &e);
    else unumf_formatDouble(f, x, made, &e);
    int32_t n = unumf_resultToString(made, wide, 200, &e);
    int32_t bytes;
    u_strToUTF8(out, (int32_t)room, &bytes, wide, n, &e);
    assert_true(U_SUCCESS(e));
    unumf_closeResult(made);
    unumf_close(f);
}

static void numbers_are_those_of_icu(void **state)
{
    (void)state;
    for (size_t i = 0; i < lang_count(); i++) {
        const struct lang *l = lang_at(i);
        char code[20], want[300];
        snprintf(code, sizeof code, STR_FMT "%s", STR_ARG(lang_code(l)), str_eq(lang_code(l), S("ar")) ? "-u-nu-arab" : "");
        for (int k = 0; k < 400; k++) {
            int64_t n = (int64_t)((uint64_t)rand() << 31 ^ (uint64_t)rand()) >> rand() % 62;
            if (k % 3 == 0) n = -n;
            WITH(out);
            lang_number(&out, l, n);
            by_icu(code, (double)(n % 1000000000), -1, want, sizeof want);
            out.n = 0;
            lang_number(&out, l, n % 1000000000);
            same(sink_str(&out), want);
            double x = (double)(n % 100000) / 8 + 0.0625; /* never half-way at three decimals' rounding */
            int decimals = k % 2 ? 4 : 1;
            out.n = 0;
            lang_real(&out, l, x, decimals);
            by_icu(code, x, decimals, want, sizeof want);
            same(sink_str(&out), want);
        }
        arena_empty(&arena);
    }
    WITH(out);
    lang_number(&out, in("en"), INT64_MIN);
    put_char(&out, ' ');
    lang_year(&out, in("en"), 2009);
    put_char(&out, ' ');
    lang_year(&out, in("ar"), 2009);
    put_char(&out, ' ');
    lang_real(&out, in("en"), -0.04, 1);
    same(sink_str(&out), "-9,223,372,036,854,775,808 2009 ٢٠٠٩ 0.0");
    same(lang_digits(&arena, in("ar"), S("1.5k")), "١.٥k");
    same(lang_digits(&arena, in("fr"), S("1.5k")), "1.5k");
}

static void day(const char *lang, const char *day, const char *want)
{
    for (int twice = 0; twice < 2; twice++) { /* the second comes from the memo */
        WITH(out);
        lang_day(&out, in(lang), str_of(day));
        same(sink_str(&out), want);
    }
}

static void days_are_said_as_far_as_known(void **state)
{
    (void)state;
    day("en", "2009-11-05", "5 November 2009");
    day("en", "2009-11", "November 2009");
    day("en", "2009", "2009");
    day("en", "--07-30", "30 July");
    day("en", "--02-29", "29 February");
    day("fr", "2009-11-05", "5 novembre 2009");
    day("es", "--07-30", "30 de julio");
    day("ru", "2009-11-05", "5 ноября 2009\u202fг.");
    day("ru", "2009-11", "ноябрь 2009\u202fг.");
    day("zh", "2009-11-05", "2009年11月5日");
    day("zh", "2009", "2009年");
    day("ar", "2009-11-05", "٥ نوفمبر ٢٠٠٩");
    day("en", "1500-02-29", "1500-02-29"); /* no leap year in the Gregorian calendar */
    day("en", "1500-02-28", "28 February 1500");
    static const char *const other[] = { "",           "around 2009", "2009-13-01",
                                         "2009-02-30", "2009-1-1",    "--13-01",
                                         "--07",       "20091105",    "2009-11-05T00:00",
                                         "0000-01-01", "<b>",         "-2009-01-01" };
    for (size_t i = 0; i < COUNT_OF(other); i++) day("fr", other[i], other[i]);
    for (int i = 0; i < 20000; i++) { /* many days share the memo's slots */
        char text[12], want[40];
        snprintf(text, sizeof text, "%04d-03-%02d", 1000 + i % 3000, i % 28 + 1);
        snprintf(want, sizeof want, "%d March %d", i % 28 + 1, 1000 + i % 3000);
        same(lang_day_text(&arena, in("en"), str_of(text)), want);
        if (i % 1000 == 0) arena_empty(&arena);
    }
}

static void chosen(const char *header, const char *want)
{
    same(lang_code(lang_choose(str_of(header))), want);
}

static void the_reader_is_understood(void **state)
{
    (void)state;
    chosen("", "en");
    chosen("fr", "fr");
    chosen("fr-CA, en;q=0.5", "fr");
    chosen("de, nl;q=0.9, ru;q=0.1", "ru");
    chosen("de", "en");
    chosen("pt-br", "pt-BR");
    chosen("pt", "en");
    chosen("en;q=0.4, zh-Hant-TW;q=0.8", "zh");
    chosen("ES-mx", "es");
    chosen("frx, es;q=0.1", "es");
    chosen("es;q=0.5, fr;q=0.5", "es");
    chosen("fr;q=0", "en");
    chosen("en;q=0, *", "fr");
    chosen("fr;q=0.2, *;q=0.5", "en");
    chosen("*", "en");
    chosen(",,;;q=,;q=2,en;q=abc,=,\xff", "en");
    WITH(many);
    for (int i = 0; i < 20000; i++) put_format(&many, "x%d;q=0.%d,", i, i % 10);
    put_lit(&many, "fr");
    clock_t from = clock();
    for (int i = 0; i < 100; i++) lang_choose(sink_str(&many));
    double us = (double)(clock() - from) * 1e6 / CLOCKS_PER_SEC / 100;
    assert_true(us < 1000);
    assert_null(lang_find(S("de")));
}

static str name_of(const void *thing)
{
    return *(const str *)thing;
}

static void sorted(const char *lang, const char *words, const char *want)
{
    str list[20], rest = str_of(words);
    size_t n = 0;
    while (rest.p) list[n++] = str_split(&rest, ' ');
    lang_sort(&arena, in(lang), list, n, sizeof *list, name_of);
    WITH(out);
    for (size_t i = 0; i < n; i++) {
        if (i) put_char(&out, ' ');
        put(&out, list[i]);
    }
    same(sink_str(&out), want);
}

static void names_sort_as_people_do(void **state)
{
    (void)state;
    sorted("es", "Oman Níger Ñandú Nepal Nzuri", "Nepal Níger Nzuri Ñandú Oman");
    sorted("fr", "Zambie Équateur Espagne Éthiopie", "Équateur Espagne Éthiopie Zambie");
    sorted("ar", "\u064a\u0645 \u0622\u0633\u064a\u0627 \u0628\u062d\u0631 \u0623\u0644\u0641",
           "\u0622\u0633\u064a\u0627 \u0623\u0644\u0641 \u0628\u062d\u0631 \u064a\u0645");
    sorted("zh", "中国 阿富汗 埃及 日本 巴西", "阿富汗 埃及 巴西 日本 中国"); /* by pinyin */
    sorted("ru", "Ель Ёж Яма Аист Жук", "Аист Ёж Ель Жук Яма");
    sorted("en", "b a B A", "a A b B");
    struct pair {
        str name;
        int at;
    } same_names[] = { { S("x"), 1 }, { S("x"), 2 }, { S("a"), 3 }, { S("x"), 4 } };
    lang_sort(&arena, in("en"), same_names, 4, sizeof *same_names, name_of);
    assert_int_equal(same_names[0].at, 3);
    assert_int_equal(same_names[1].at * 100 + same_names[2].at * 10 + same_names[3].at, 124);
}

static void states_have_names(void **state)
{
    (void)state;
    same(lang_state(in("en"), S("MEX")), "Mexico");
    same(lang_state(in("ar"), S("MEX")), "المكسيك");
    same(lang_state(in("fr"), S("XKX")), "Kosovo");
    same(lang_state(in("zh"), S("EUE")), "欧盟");
    same(lang_state(in("en"), S("YUG")), "Yugoslavia");
    same(lang_state(in("en"), S("ANT")), "Netherlands Antilles");
    same(lang_state(in("en"), S("QQQ")), "QQQ");
    same(lang_state(in("en"), S("")), "");
    same(lang_region(in("es"), S("019")), "América");
    same(lang_region(in("en"), S("035")), "Southeast Asia");
    same(lang_region(in("en"), S("999")), "999");
    same(lang_region_of(S("MEX"), false), "019");
    same(lang_region_of(S("MEX"), true), "013");
    same(lang_region_of(S("XKX"), true), "039");
    same(lang_region_of(S("EUE"), false), "");
    same(lang_region_of(S("nope"), false), "");
    same(lang_own_name(in("ar")), "العربية");
    same(lang_own_name(in("fr")), "Français");
    assert_true(lang_is_rtl(in("ar")));
    assert_false(lang_is_rtl(in("ru")));
    static const char *const row[] = { "en", "fr", "es", "ar", "ru", "zh", "hi", "pt-BR" };
    assert_int_equal(lang_count(), COUNT_OF(row));
    for (size_t i = 0; i < COUNT_OF(row); i++) same(lang_code(lang_at(i)), row[i]);
    same(lang_reviewed(in("fr")), "");
    same(lang_reviewed(in("hi")), "somebody");
}

int main(void)
{
    arena_open(&life, 1 << 26);
    arena_open(&arena, 1 << 28);
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    lang_open(&life);
    clock_gettime(CLOCK_MONOTONIC, &b);
    fprintf(stderr, "lang_open: %.0f ms, %zu KiB\n",
            (double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) / 1e6, life.used / 1024);
    srand(1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plurals_follow_the_language), cmocka_unit_test(phrases_fall_to_english),
        cmocka_unit_test(numbers_are_those_of_icu),    cmocka_unit_test(days_are_said_as_far_as_known),
        cmocka_unit_test(the_reader_is_understood),    cmocka_unit_test(names_sort_as_people_do),
        cmocka_unit_test(states_have_names),
    };
    return cmocka_run_group_tests_name("lang", tests, NULL, NULL);
}
