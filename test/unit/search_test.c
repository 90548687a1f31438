/* Search: what is found, in what order, in which language; and that packing loses nothing. */
#include "test/unit/help.h"

#include "search/inside.h"

#include "base/breakage.h"

#include <stdio.h>
#include <stdlib.h>

static const struct lang *in(const char *code)
{
    return lang_find(str_of(code));
}

struct one {
    enum search_part part;
    const char *path, *title, *body, *written_in;
};

struct many {
    const char *lang;
    const struct one *docs;
    size_t n;
};

static void make(struct db *db, void *self)
{
    const struct many *m = self;
    struct search_index *made = search_begin(db, &scratch, in(m->lang));
    for (size_t i = 0; i < m->n; i++)
        search_add(made, (struct search_doc){ m->docs[i].part, str_of(m->docs[i].path),
                                              str_of(m->docs[i].title), str_of(m->docs[i].body),
                                              in(m->docs[i].written_in) });
    assert_int_equal(search_end(made, S("test")), m->n);
}

static struct db *indexed(const char *lang, const struct one *docs, size_t n)
{
    help_languages();
    struct db *db = help_fresh_db();
    struct many m = { lang, docs, n };
    db_use_arena(db, &scratch);
    db_write(db, make, &m);
    return db;
}

static struct search_answer ask(struct db *db, const char *lang, const char *question)
{
    db_begin_read(db);
    struct search_answer out = search_ask(db, &scratch, in(lang), str_of(question), SEARCH_PARTS, 5,
                                          0);
    db_commit(db);
    return out;
}

static void finds(struct db *db, const char *lang, const char *question, const char *path)
{
    struct search_answer a = ask(db, lang, question);
    for (size_t i = 0; i < a.n; i++)
        if (str_eq(a.results[i].path, str_of(path))) return;
    fail_msg("\"%s\" in %s does not find %s among %zu", question, lang, path, a.n);
}

static const struct one english[] = {
    { SEARCH_STATES, "/countries/MEX", "Mexico", "North America", "en" },
    { SEARCH_LAW, "/law/TIP", "Protocol on trafficking",
      "Ratified by states; a convention against organised crime", "en" },
    { SEARCH_TEXTS, "/about", "About", "The campaign against trafficking in Mexico and in Spain",
      "en" },
    { SEARCH_NEWS, "/news/a", "Trafficked persons found", "Authorities identified them", "en" },
};

static void word_forms_and_the_best_come_first(void **state)
{
    (void)state;
    struct db *db = indexed("en", english, COUNT_OF(english));
    finds(db, "en", "trafficker", "/law/TIP");
    finds(db, "en", "CONVENTIONS", "/law/TIP");
    struct search_answer a = ask(db, "en", "mexico");
    assert_int_equal(a.found, 2);
    assert_str_equal(a.results[0].path, "/countries/MEX"); /* its title says it */
    a = ask(db, "en", "mexico campaign");
    assert_int_equal(a.found, 1);
    assert_false(a.is_any);
    a = ask(db, "en", "mexico authorities");
    assert_true(a.is_any);
    assert_int_equal(a.found, 3);
}

static void a_misspelt_word_is_named_and_looked_for_nearly(void **state)
{
    (void)state;
    struct db *db = indexed("en", english, COUNT_OF(english));
    struct search_answer a = ask(db, "en", "campagne");
    assert_str_equal(a.unknown, "campagne");
    assert_int_equal(a.found, 1);
    a = ask(db, "en", "zzzzzz");
    assert_int_equal(a.found, 0);
    assert_int_equal(ask(db, "en", " ;!?").words, 0);
    assert_int_equal(ask(db, "en", "").words, 0);
}

static void each_script_is_found(void **state)
{
    (void)state;
    static const struct one arabic[] = { { SEARCH_TEXTS, "/a", "الاتجار بالأشخاص",
                                           "ضحايا الاتجار في الأردن", "ar" } };
    struct db *db = indexed("ar", arabic, 1);
    finds(db, "ar", "اتجار", "/a");
    finds(db, "ar", "الأُرْدُن", "/a"); /* with vowel marks */
    finds(db, "ar", "الاردن", "/a"); /* without the hamza */
    static const struct one chinese[] = { { SEARCH_TEXTS, "/z", "打击人口贩运",
                                            "各国承诺预防和惩治这种犯罪", "zh" } };
    db = indexed("zh", chinese, 1);
    finds(db, "zh", "人口贩运", "/z");
    finds(db, "zh", "犯罪", "/z");
    finds(db, "zh", "贩", "/z");
    static const struct one russian[] = { { SEARCH_TEXTS, "/r", "Торговля людьми",
                                            "Жертвы, найденные в Ереване; ещё нет", "ru" } };
    db = indexed("ru", russian, 1);
    finds(db, "ru", "торговлей", "/r");
    finds(db, "ru", "еще", "/r");
    static const struct one french[] = {
        { SEARCH_TEXTS, "/f", "Réfugiés", "La traite des êtres humains", "fr" },
        { SEARCH_LAW, "/e", "Victims", "identified persons", "en" }
    };
    db = indexed("fr", french, 2);
    finds(db, "fr", "refugies", "/f");
    finds(db, "fr", "êtres humain", "/f");
    finds(db, "fr", "identify",
          "/e"); /* what is written in English alone is found by English words */
}

static void passages_mark_what_was_asked(void **state)
{
    (void)state;
    struct db *db = indexed("en", english, COUNT_OF(english));
    struct search_answer a = ask(db, "en", "convention");
    bool is_marked = false;
    struct sink whole;
    sink_open(&whole, &scratch, 4096);
    for (size_t i = 0; i < a.results[0].passage_n; i++) {
        is_marked = is_marked || (a.results[0].passage[i].is_match &&
                                  str_eq(a.results[0].passage[i].text, S("convention")));
        put(&whole, a.results[0].passage[i].text);
    }
    assert_true(is_marked);
    assert_true(
        str_has(sink_str(&whole), S("organised crime"))); /* the pieces together are the passage */
}

/* Whatever words documents hold, exactly those that hold a word are found, however many there are. */
static void packing_loses_nothing(void **state)
{
    (void)state;
    enum { DOCS = 3000, WORDS = 40 };
    static bool holds[DOCS][WORDS];
    help_languages();
    draw_seed(7);
    struct db *db = help_fresh_db();
    db_use_arena(db, &scratch);
    db_begin_write(db);
    struct search_index *made = search_begin(db, &scratch, in("en"));
    int64_t want[WORDS] = { 0 };
    for (int d = 0; d < DOCS; d++) {
        struct sink body;
        sink_open(&body, &scratch, 4096);
        for (int w = 0; w < WORDS; w++) {
            holds[d][w] = draw((uint32_t)w + 1) == 0;
            if (!holds[d][w]) continue;
            want[w]++;
            for (uint32_t times = draw(3) + 1; times; times--) put_format(&body, "qword%dx ", w);
        }
        search_add(made, (struct search_doc){ (enum search_part)draw(SEARCH_PARTS),
                                              arena_format(&scratch, "/%d", d), S("t"),
                                              sink_str(&body), NULL });
    }
    search_end(made, S("test"));
    db_commit(db);
    db_begin_read(db);
    for (int w = 0; w < WORDS; w++) {
        struct search_answer a = search_ask(
            db, &scratch, in("en"), arena_format(&scratch, "qword%dx", w), SEARCH_PARTS, 1, 0);
        assert_int_equal(a.found, want[w]);
        int64_t sum = 0;
        for (int p = 0; p < SEARCH_PARTS; p++) sum += a.in_part[p];
        assert_int_equal(sum, a.found);
    }
    for (int pair = 0; pair < 30; pair++) {
        int v = 20 + (int)draw(20), w = 20 + (int)draw(20);
        int64_t both = 0;
        for (int d = 0; d < DOCS; d++) both += holds[d][v] && holds[d][w];
        str question = arena_format(&scratch, "qword%dx qword%dx", v, w);
        struct search_answer a = search_ask(db, &scratch, in("en"), question, SEARCH_PARTS, 1, 0);
        if (both) assert_int_equal(a.found, both);
        else assert_true(a.is_any);
    }
    db_commit(db);
}

/* ---- one document that changed ---- */

#define KNOWN_DOCS 24
static const char *const vocabulary[] = { "alder", "birch", "cedar", "dogwood", "elm", "fir", "ginkgo", "hazel",
                                          "iris", "juniper", "kapok", "larch", "maple", "nutmeg", "oak", "palm" };

struct known_doc {
    bool is_there;
    str title, body;
};

static str some_words(size_t n)
{
    struct sink out;
    sink_open(&out, &scratch, KIB(8));
    for (size_t i = 0; i < n; i++) {
        put(&out, str_of(vocabulary[draw(COUNT_OF(vocabulary))]));
        put_char(&out, ' ');
    }
    return sink_str(&out);
}

static void changes(struct db *db, void *self)
{
    struct known_doc *all = self;
    for (int step = 0; step < 120; step++) {
        uint32_t i = draw(KNOWN_DOCS);
        str path = arena_format(&scratch, "/news/n%u", i);
        all[i] = (struct known_doc){ draw(4) > 0, some_words(2), some_words(1 + draw(40)) };
        struct search_doc doc = { SEARCH_NEWS, path, all[i].title, all[i].body, in("en") };
        search_change(db, in("en"), SEARCH_NEWS, path, all[i].is_there ? &doc : NULL);
    }
}

/* However often documents change, come and go, each word leads to those that hold it and to no other. */
static void what_changed_alone_is_found_as_if_all_were_made_anew(void **state)
{
    (void)state;
    static const struct one others[] = { { SEARCH_LAW, "/law/a", "alder and oak", "elm", "en" },
                                         { SEARCH_NEWS, "/news/n3", "birch", "cedar cedar", "en" } };
    for (uint64_t seed = 1; seed < 6; seed++) {
        struct known_doc all[KNOWN_DOCS] = { [3] = { true, S("birch"), S("cedar cedar") } };
        struct db *db = indexed("en", others, COUNT_OF(others));
        draw_seed(seed);
        db_write(db, changes, all);
        db_begin_read(db);
        assert_false(search_is_old(db, in("en"), S("test")));
        db_commit(db);
        for (size_t w = 0; w < COUNT_OF(vocabulary); w++) {
            str word = str_of(vocabulary[w]);
            int64_t expected = 0;
            for (size_t i = 0; i < KNOWN_DOCS; i++)
                expected += all[i].is_there && (str_has(all[i].title, word) || str_has(all[i].body, word));
            struct search_answer a = ask(db, "en", vocabulary[w]);
            assert_int_equal(a.in_part[SEARCH_NEWS], expected);
            for (size_t i = 0; i < a.n; i++)
                if (a.results[i].part == SEARCH_NEWS) assert_true(a.results[i].passage_n > 0);
        }
        assert_int_equal(ask(db, "en", "alder").in_part[SEARCH_LAW], 1);
        db_close(db);
    }
}

static void damaged_hits(struct db *db, void *self)
{
    (void)self;
    struct search_index *made = search_begin(db, &scratch, in("en"));
    search_word_add(db, S("en"), S("appl"), 1,
                    (str){ "\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x09", 10 });
    search_word_add(db, S("en"), S("pear"), 2, (str){ "\x01\x09", 2 });
    search_word_add(db, S("en"), S("plum"), 1, (str){ "\x01", 1 });
    search_word_add(db, S("en"), S("fig"), 1, (str){ "\x01\x09\x01\x09", 4 });
    search_word_add(db, S("en"), S("kiwi"), -1, (str){ "", 0 });
    search_end(made, S("test"));
}

static void a_damaged_index_is_refused_and_known_to_be_old(void **state)
{
    (void)state;
    const struct one docs[] = { { SEARCH_LAW, "/a", "Apple", "apple", "en" } };
    struct db *db = indexed("en", docs, 1);
    db_begin_read(db);
    assert_false(search_is_old(db, in("en"), S("test")));
    db_commit(db);
    db_write(db, damaged_hits, NULL);
    db_begin_read(db);
    assert_true(search_is_old(db, in("en"), S("test")));
    db_commit(db);
    static const char *const words[] = { "apple", "pear", "plum", "fig", "kiwi" };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        struct landing l;
        volatile bool is_refused = false;
        if (LAND(&l) == JUMP_NONE) (void)ask(db, "en", words[i]);
        else is_refused = true;
        landing_leave(&l);
        if (is_refused) db_rollback(db);
        if (!is_refused) fail_msg("%s was believed", words[i]);
    }
}

static void distances_are_those_of_letters(void **state)
{
    (void)state;
    assert_int_equal(search_distance(S("peru"), S("peru"), 2), 0);
    assert_int_equal(search_distance(S("peru"), S("pereu"), 2), 1);
    assert_int_equal(search_distance(S("form"), S("from"), 2), 1);
    assert_int_equal(search_distance(S("يمن"), S("يمين"), 2), 1);
    assert_int_equal(search_distance(S(""), S("ab"), 2), 2);
    assert_int_equal(search_distance(S("abcdef"), S("uvwxyz"), 2), 3);
    draw_seed(3);
    for (int i = 0; i < 3000; i++) {
        char x[12], y[12];
        size_t n = draw(11), m = draw(11);
        for (size_t k = 0; k < n; k++) x[k] = (char)('a' + draw(3));
        for (size_t k = 0; k < m; k++) y[k] = (char)('a' + draw(3));
        size_t there = search_distance((str){ x, n }, (str){ y, m }, 4);
        assert_int_equal(there, search_distance((str){ y, m }, (str){ x, n }, 4));
        assert_true(there <= 5 && there + (n < m ? n : m) >= (there == 5 ? 0 : (n > m ? n : m)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(word_forms_and_the_best_come_first, help_begin, help_end),
        cmocka_unit_test_setup_teardown(a_misspelt_word_is_named_and_looked_for_nearly, help_begin,
                                        help_end),
        cmocka_unit_test_setup_teardown(each_script_is_found, help_begin, help_end),
        cmocka_unit_test_setup_teardown(passages_mark_what_was_asked, help_begin, help_end),
        cmocka_unit_test_setup_teardown(packing_loses_nothing, help_begin, help_end),
        cmocka_unit_test_setup_teardown(what_changed_alone_is_found_as_if_all_were_made_anew, help_begin, help_end),
        cmocka_unit_test_setup_teardown(a_damaged_index_is_refused_and_known_to_be_old, help_begin,
                                        help_end),
        cmocka_unit_test_setup_teardown(distances_are_those_of_letters, help_begin, help_end),
    };
    return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
