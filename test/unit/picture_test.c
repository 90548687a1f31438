/* Pictures of pages: every language has its letters, a title of any length fits, and words travel unharmed. */
#include "test/unit/help.h"

#include "base/limits.h"
#include "draw/picture.h"

#include <unistd.h>

static bool has_fonts(void)
{
    return access("/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf", R_OK) == 0 &&
           access("/usr/share/fonts/truetype/noto/NotoSansArabic-Bold.ttf", R_OK) == 0 &&
           access("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", R_OK) == 0;
}

static struct picture picture_in(const struct lang *l, str title)
{
    return (
        struct picture){ .lang = lang_code(l),
                         .is_rtl = lang_is_rtl(l),
                         .above = lang_text(l, PHRASE("What states do")),
                         .title = title,
                         .name = lang_text(l, PHRASE("Blue Heart")),
                         .below = lang_text(l, PHRASE("Every statement with its date and source")),
                         .note = lang_text(l, PHRASE("Demonstration: not operated, not UNODC")) };
}

static str drawn(const struct picture *p, int *unknown)
{
    static struct arena a;
    static bool is_open;
    if (!is_open) arena_open(&a, REQUEST_ARENA_MAX);
    is_open = true;
    arena_empty(&a);
    return draw_picture(&a, p, unknown);
}

/* A number of four bytes, as PNG writes them. */
static uint32_t number_at(str png, size_t at)
{
    const unsigned char *p = (const unsigned char *)png.p + at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void is_a_picture(str png)
{
    assert_true(str_starts(png, S("\x89PNG\r\n\x1a\n")));
    assert_int_equal(number_at(png, 16), PICTURE_WIDE);
    assert_int_equal(number_at(png, 20), PICTURE_HIGH);
    assert_true(png.n < PICTURE_BYTES_MAX);
    assert_true(str_has(png, S("IEND")));
}

static void every_language_has_its_letters(void **state)
{
    (void)state;
    if (!has_fonts()) skip();
    assert_true(lang_count() >= 6);
    for (size_t i = 0; i < lang_count(); i++) {
        int unknown;
        struct picture p = picture_in(lang_at(i),
                                      lang_text(lang_at(i), PHRASE("A crime that is hard to see")));
        is_a_picture(drawn(&p, &unknown));
        assert_int_equal(unknown, 0);
        p.title = S(
            "M\xc3\xa9xico, \xc4\xb0stanbul, \xce\x95\xce\xbb\xce\xbb\xce\xac\xce\xb4\xce\xb1, "
            "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d 2024");
        is_a_picture(drawn(&p, &unknown));
        assert_int_equal(unknown, 0);
    }
}

static void a_title_of_any_length_fits(void **state)
{
    (void)state;
    if (!has_fonts()) skip();
    char longest[PICTURE_WORDS_MAX];
    for (size_t i = 0; i < sizeof longest; i++) longest[i] = i % 9 ? 'W' : ' ';
    int unknown;
    struct picture p = picture_in(lang_find(S("ar")), (str){ longest, sizeof longest });
    is_a_picture(drawn(&p, &unknown));
    memset(longest, 'W', sizeof longest); /* one word without an end */
    is_a_picture(drawn(&p, &unknown));
    p.title = S("x");
    p.above = p.name = p.below = p.note = S("");
    is_a_picture(drawn(&p, &unknown));
    assert_int_equal(unknown, 0);
}

static void letters_that_nobody_has_give_a_picture_without_words(void **state)
{
    (void)state;
    if (!has_fonts()) skip();
    int unknown;
    struct picture p = picture_in(lang_find(S("en")),
                                  S("\xf0\x92\x80\x80\xf0\x92\x80\x81")); /* cuneiform */
    is_a_picture(drawn(&p, &unknown));
    assert_int_equal(unknown, 2);
}

/* The libraries keep what they drew; it is dropped from time to time, and nothing breaks then. */
static void many_pictures_can_be_drawn(void **state)
{
    (void)state;
    if (!has_fonts()) skip();
    for (int i = 0; i < 250; i++) {
        int unknown;
        struct picture p = picture_in(lang_at((size_t)i % 6), S("One of many"));
        is_a_picture(drawn(&p, &unknown));
        assert_int_equal(unknown, 0);
    }
}

static void words_travel_to_the_job_unharmed(void **state)
{
    (void)state;
    struct arena a;
    arena_open(&a, MIB(1));
    struct picture p = picture_in(lang_find(S("ru")), S("One\nline\tonly")), back;
    str ask = picture_ask(&a, &p);
    assert_true(picture_read(ask, &back));
    assert_true(str_eq(back.title, S("One line only")));
    assert_true(str_eq(back.lang, S("ru")) && !back.is_rtl);
    assert_true(str_eq(back.note, p.note));

    p.title = S("Another");
    assert_false(str_eq(picture_file(&a, ask), picture_file(&a, picture_ask(&a, &p))));
    static const char *const odd[] = { "",
                                       "picture",
                                       "picture\n2\nen\nltr\na",
                                       "picture\n2\nen\nltr\na\n\nb\nc\nd\n",
                                       "picture\n0\nen\nltr\na\nb\nc\nd\ne\n",
                                       "table protocol - 1" };
    for (size_t i = 0; i < COUNT_OF(odd); i++) assert_false(picture_read(str_of(odd[i]), &back));
    arena_close(&a);
}

static int begin(void **state)
{
    help_languages();
    return help_begin(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_language_has_its_letters),
        cmocka_unit_test(a_title_of_any_length_fits),
        cmocka_unit_test(letters_that_nobody_has_give_a_picture_without_words),
        cmocka_unit_test(many_pictures_can_be_drawn),
        cmocka_unit_test(words_travel_to_the_job_unharmed),
    };
    return cmocka_run_group_tests_name("picture", tests, begin, help_end);
}
