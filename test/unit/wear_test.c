/* Material to wear and to print: words of any length and script stay in their box, on every sheet in every design;
 * letters that nobody has are named; files are what they say; and what a poster may not carry is refused. */
#include "test/unit/help.h"

#include "base/limits.h"
#include "wear/inside.h"

#include <qrencode.h>
#include <unistd.h>

static bool has_fonts(void)
{
    return access("/usr/share/fonts/truetype/noto/NotoSerif-Bold.ttf", R_OK) == 0 &&
           access("/usr/share/fonts/truetype/noto/NotoNaskhArabic-Bold.ttf", R_OK) == 0 &&
           access("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", R_OK) == 0;
}

static struct arena *fresh(void)
{
    static struct arena a;
    static bool is_open;
    if (!is_open) arena_open(&a, REQUEST_ARENA_MAX);
    is_open = true;
    arena_empty(&a);
    return &a;
}

static struct wear_sheet sheet_of(str kind, str design, const struct lang *l, str words)
{
    return (struct wear_sheet){ .kind = kind,
                                .design = design,
                                .as = S("look"),
                                .lang = lang_code(l),
                                .is_rtl = lang_is_rtl(l),
                                .words = words,
                                .name = lang_text(l, PHRASE("Blue Heart")),
                                .host = S("blueheart.example.org"),
                                .note = draw(2)
                                            ? lang_text(l, PHRASE("In the spirit of UNODC's Blue "
                                                                  "Heart Campaign. Our own "
                                                                  "drawing, not a work of the "
                                                                  "United Nations."))
                                            : lang_text(l, PHRASE("Demonstration: not "
                                                                  "operated, not UNODC")),
                                .title = words,
                                .about = S("about"),
                                .maker = S("maker") };
}

static bool is_inside(struct sheet_box in, struct sheet_box of)
{
    double t = 0.02; /* of a unit: numbers of the library are whole 1/1024 */
    return in.wide <= 0 || in.high <= 0 ||
           (in.x >= of.x - t && in.y >= of.y - t && in.x + in.wide <= of.x + of.wide + t &&
            in.y + in.high <= of.y + of.high + t);
}

static bool is_apart(struct sheet_box a, struct sheet_box b)
{
    return a.x + a.wide <= b.x + 0.01 || b.x + b.wide <= a.x + 0.01 || a.y + a.high <= b.y + 0.01 ||
           b.y + b.high <= a.y + 0.01;
}

static void stands_well(const struct wear_made *m, const struct wear_kind *k, str words)
{
    struct sheet_box page = { 0, 0, k->wide, k->high };
    const struct sheet_found *f = &m->found;
    for (size_t i = 0; i < f->n; i++) {
        bool is_well = is_inside(f->ink[i], f->box[i]) && is_inside(f->box[i], page);
        for (size_t j = 0; j < i; j++) is_well = is_well && is_apart(f->box[i], f->box[j]);
        if (!is_well)
            fail_msg("%.*s, box %zu at %.1f %.1f %.1f %.1f, ink %.1f %.1f %.1f %.1f: %.*s",
                     STR_ARG(k->word.code), i, f->box[i].x, f->box[i].y, f->box[i].wide,
                     f->box[i].high, f->ink[i].x, f->ink[i].y, f->ink[i].wide, f->ink[i].high,
                     STR_ARG(words));
    }
}

static void put_letter(struct sink *out, uint32_t c)
{
    if (c < 0x80) put_char(out, (char)c);
    else if (c < 0x800) put_format(out, "%c%c", 0xc0 | c >> 6, 0x80 | (c & 63));
    else if (c < 0x10000)
        put_format(out, "%c%c%c", 0xe0 | c >> 12, 0x80 | (c >> 6 & 63), 0x80 | (c & 63));
    else
        put_format(out, "%c%c%c%c", 0xf0 | c >> 18, 0x80 | (c >> 12 & 63), 0x80 | (c >> 6 & 63),
                   0x80 | (c & 63));
}

/* Words of any script, some without an end, with marks, joiners and signs nobody sees. */
static str random_words(struct arena *a, size_t letters)
{
    static const uint32_t ranges[][2] = {
        { 'a', 'z' },         { 'A', 'Z' },     { 0xc0, 0x17f },    { 0x410, 0x44f },
        { 0x5d0, 0x5ea },     { 0x621, 0x64a }, { 0x4e00, 0x4fff }, { 0x905, 0x939 },
        { 0x93e, 0x94d },     { 0x300, 0x36f }, { 0x200b, 0x200f }, { 0x202a, 0x202e },
        { 0x1f600, 0x1f64f }, { 0x64b, 0x652 }, { 0xe01, 0xe3a },   { 0x12000, 0x12010 },
    };
    struct sink out;
    bool is_odd = draw(3) == 0;
    uint32_t at = draw(8);
    sink_open(&out, a, KIB(4));
    for (size_t i = 0; i < letters; i++) {
        if (draw(7) == 0) put_char(&out, ' ');
        if (draw(5) == 0) at = draw(is_odd ? COUNT_OF(ranges) : 8);
        put_letter(&out, ranges[at][0] + draw(ranges[at][1] - ranges[at][0] + 1));
    }
    return sink_str(&out);
}

static void words_of_any_kind_stay_in_their_box(void **state)
{
    (void)state;
    if (!has_fonts()) skip();
    int drawn = 0, full = 0, unknown = 0;
    for (const struct wear_kind *k = wear_kinds; k->word.code.n; k++)
        for (const struct word *d = wear_designs; d->code.n; d++)
            for (int i = 0; i < 2; i++) {
                struct arena *a = fresh();
                struct wear_made m;
                struct wear_sheet s = sheet_of(k->word.code, d->code, lang_at(draw(6)),
                                               random_words(a, 1 + draw(WEAR_WORDS_MAX)));
                s.place = random_words(a, draw(WEAR_PLACE_MAX));
                s.who = random_words(a, draw(WEAR_PLACE_MAX));
                s.as = draw(2) ? S("svg") : S("look");
                if (draw(2)) {
                    s.code = S("https://blueheart.example.org/ar/calendar/world-day");
                    s.code_words = random_words(a, 30);
                }
                wear_draw(a, wear_put(a, &s), &m);
                stands_well(&m, k, s.words);
                full += m.is_full;
                unknown += m.unknown.n > 0;
                drawn += m.file.n > 0;
                assert_true(m.file.n > 0 || m.is_full || m.found.unknown_n > 0);
            }
    if (unknown < 5 || drawn < 8)
        fail_msg("%d unknown, %d drawn, %d too long", unknown, drawn, full);
    struct arena *a = fresh(); /* what is too long even for the smallest letters is told, not cut */
    struct wear_made m;
    char longest[900];
    memset(longest, 'W', sizeof longest);
    struct wear_sheet s = sheet_of(S("button"), S("fold"), lang_find(S("en")),
                                   (str){ longest, sizeof longest });
    wear_draw(a, wear_put(a, &s), &m);
    assert_true(m.is_full && m.file.n == 0);
}

/* The sentence with most letters, or with the longest word: where these stand, all do. */
static str longest_of(const struct lang *l, bool is_whole)
{
    str best = S("");
    size_t most = 0;
    for (const struct word *p = wear_phrases; p->code.n; p++) {
        str rest = lang_text(l, p->phrase);
        size_t n = is_whole ? rest.n : 0;
        while (!is_whole && rest.p) {
            str word = str_split(&rest, ' ');
            n = word.n > n ? word.n : n;
        }
        if (n > most) best = lang_text(l, p->phrase);
        if (n > most) most = n;
    }
    return best;
}

/* What the page offers without asking the process that draws: it must always be there. */
static void our_own_sentences_fit_everywhere(void **state)
{
    (void)state;
    if (!has_fonts()) skip();
    for (const struct wear_kind *k = wear_kinds; k->word.code.n; k++)
        for (size_t i = 0; i < 2 * lang_count(); i++) {
            struct arena *a = fresh();
            struct wear_made m;
            const struct lang *l = lang_at(i / 2);
            str words = longest_of(l, i % 2);
            struct wear_sheet s = sheet_of(k->word.code, S("fold"), l, words);
            s.place = lang_day_text(a, l, S("2026-09-30"));
            s.code = S("https://blueheart.example.org/ar/calendar/world-day");
            s.code_words = lang_text(l, PHRASE("Help by country"));
            s.as = S("svg");
            wear_draw(a, wear_put(a, &s), &m);
            if (m.file.n == 0)
                fail_msg("%.*s %.*s: full %d, unknown %.*s", STR_ARG(k->word.code), STR_ARG(words),
                         m.is_full, STR_ARG(m.unknown));
            stands_well(&m, k, words);
        }
}

static void letters_that_nobody_has_are_named(void **state)
{
    (void)state;
    if (!has_fonts()) skip();
    struct arena *a = fresh();
    struct wear_made m;
    struct wear_sheet s = sheet_of(S("card"), S("lines"), lang_find(S("en")),
                                   S("Hello \xf0\x9f\x98\x80 and \xf0\x92\x80\x80, "
                                     "\xf0\x9f\x98\x80"));
    wear_draw(a, wear_put(a, &s), &m);
    assert_str_equal(m.unknown, "\xf0\x9f\x98\x80 \xf0\x92\x80\x80");
    assert_int_equal(m.file.n, 0);
    s.words = S("Hello");
    s.as = S("png");
    wear_draw(a, wear_put(a, &s), &m);
    assert_true(m.unknown.n == 0 && m.file.n > 0);
}

static bool has(str file, const char *part)
{
    return memmem(file.p, file.n, part, strlen(part)) != NULL;
}

static void a_print_file_says_where_to_cut_and_brings_its_letters(void **state)
{
    (void)state;
    if (!has_fonts()) skip();
    static const char *const codes[] = { "ar", "ru", "zh" };
    for (size_t i = 0; i < COUNT_OF(codes); i++) {
        struct arena *a = fresh();
        struct wear_made m, again;
        const struct lang *l = lang_find(str_of(codes[i]));
        struct wear_sheet s = sheet_of(S("poster-a4"), S("many"), l,
                                       lang_text(l, PHRASE("Nobody can own a person")));
        s.as = S("pdf");
        wear_draw(a, wear_put(a, &s), &m);
        assert_true(str_starts(m.file, S("%PDF-1.5")) && str_ends(m.file, S("%%EOF\n")));
        assert_true(has(m.file, "/MediaBox [ 0 0 595.275591 841.889764 ]"));
        assert_true(has(m.file, "/TrimBox [ 0.000 0.000 595.276 841.890 ]"));
        assert_true(has(m.file, "/FontFile") && !has(m.file, "Date"));
        assert_true(has(m.file, arena_format(a, "/Lang (" STR_FMT ")", STR_ARG(s.lang)).p));
        wear_draw(a, wear_put(a, &s), &again);
        assert_true(str_eq(m.file, again.file)); /* no moment in it */

        s.has_marks = true;
        wear_draw(a, wear_put(a, &s), &m);
        assert_true(has(m.file, "/MediaBox [ 0 0 651.968504 898.582677 ]"));
        assert_true(has(m.file, "/TrimBox [ 28.346 28.346 623.622 870.236 ]"));
        assert_true(has(m.file, "/BleedBox [ 19.843 19.843 632.126 878.740 ]"));
    }
    struct arena *a = fresh();
    struct wear_made m;
    struct wear_sheet s = sheet_of(S("button"), S("fold"), lang_find(S("en")), S("Hello"));
    s.as = S("pdf");
    wear_draw(a, wear_put(a, &s), &m); /* 58 mm, and 3 around them */
    assert_true(has(m.file, "/MediaBox [ 0 0 181.417323 181.417323 ]"));
    assert_true(has(m.file, "/TrimBox [ 8.504 8.504 172.913 172.913 ]"));
}

/* Each module of the code, looked at in its middle, is as the library that made it says. */
static void a_code_leads_to_its_address(void **state)
{
    (void)state;
    if (!has_fonts()) skip();
    struct arena *a = fresh();
    const char *address = "https://blueheart.example.org/ar/calendar/world-day";
    struct sheet_paper paper = {
        .as = SHEET_PNG, .wide = 400, .high = 400, .scale = 1, .lang = S("en")
    };
    struct sheet *s = sheet_open(a, &paper);
    int wide, high;
    assert_true(
        sheet_code(s, (struct sheet_box){ 20, 20, 360, 360 }, str_of(address), 0, 0xffffff));
    const uint32_t *pixels = sheet_pixels(s, &wide, &high);
    QRcode *code = QRcode_encodeString8bit(address, 0, QR_ECLEVEL_M);
    double module = 360.0 / (code->width + 8);
    for (int y = -4; y < code->width + 4; y++)
        for (int x = -4; x < code->width + 4; x++) {
            bool is_in = x >= 0 && y >= 0 && x < code->width && y < code->width;
            bool is_dark = is_in && code->data[y * code->width + x] & 1;
            int px = (int)(20 + (x + 4.5) * module), py = (int)(20 + (y + 4.5) * module);
            assert_int_equal(pixels[py * wide + px] & 0xffffff, is_dark ? 0 : 0xffffff);
        }
    QRcode_free(code);
}

static void a_short_list_says_what_a_poster_may_carry(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        enum wear_answer answer;
    } all[] = {
        { "We march together for people nobody has found", WEAR_YES },
        { "Stop trafficking: learn, talk, act!", WEAR_YES },
        { "Lycée Victor Hugo, classe de 3e", WEAR_YES },
        { "World Day 2026", WEAR_YES },
        { "مدينة مكسيكو", WEAR_YES },
        { "Город Казань против торговли людьми", WEAR_YES },
        { "上海市第一中学", WEAR_YES },
        { "Traffickers have no place here", WEAR_YES },
        { "Call 5550123", WEAR_NUMBER },
        { "Call 5 5 5 0 1 2 3", WEAR_NUMBER },
        { "٠٦١٢٣٤٥٦٧٨", WEAR_NUMBER },
        { "一三八零零一三八", WEAR_NUMBER },
        { "House 117, Main Street", WEAR_NUMBER },
        { "car AB12CDE", WEAR_NUMBER },
        { "see example.org", WEAR_LINK },
        { "www example", WEAR_LINK },
        { "HTTP colon", WEAR_LINK },
        { "me@example", WEAR_MAIL },
        { "me＠example", WEAR_MAIL },
        { "only €5", WEAR_PRICE },
        { "Mr Example did it", WEAR_PERSON },
        { "la Sra. Ejemplo", WEAR_PERSON },
        { "г-н Пример", WEAR_PERSON },
        { "السيد فلان", WEAR_PERSON },
        { "某某先生", WEAR_PERSON },
        { "Wanted in this town", WEAR_ACCUSED },
        { "TRAFFICKER lives here", WEAR_ACCUSED },
        { "Le proxénète du quartier", WEAR_ACCUSED },
        { "Se busca: sospechoso", WEAR_ACCUSED },
        { "Подозреваемый сосед", WEAR_ACCUSED },
        { "مطلوب", WEAR_ACCUSED },
        { "人贩子", WEAR_ACCUSED },
        { "The Example family are traffickers", WEAR_ACCUSED },
        { "a\xe2\x80\x8b"
          "b",
          WEAR_HIDDEN },
        { "a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81", WEAR_HIDDEN },
    };
    struct arena *a = fresh();
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        enum wear_answer answer = wear_carries(a, str_of(all[i].words), WEAR_WORDS_MAX);
        if (answer != all[i].answer)
            fail_msg("%s: %d, not %d", all[i].words, answer, all[i].answer);
    }
    for (const struct word *p = wear_phrases; p->code.n; p++)
        for (size_t i = 0; i < lang_count(); i++)
            assert_int_equal(wear_carries(a, lang_text(lang_at(i), p->phrase), WEAR_WORDS_MAX),
                             WEAR_YES);
    char longer[WEAR_WORDS_MAX + 2];
    memset(longer, 'x', sizeof longer);
    assert_int_equal(wear_carries(a, (str){ longer, WEAR_WORDS_MAX + 1 }, WEAR_WORDS_MAX),
                     WEAR_TOO_LONG);
}

static void words_travel_to_the_process_that_draws(void **state)
{
    (void)state;
    struct arena *a = fresh();
    struct wear_sheet s = sheet_of(S("card"), S("many"), lang_find(S("ar")), S("one\nline")), back;
    s.code = S("https://example.org/ar/help");
    assert_true(wear_read(wear_put(a, &s), &back));
    assert_str_equal(back.words, "one line");
    assert_true(back.is_rtl && str_eq(back.code, s.code));
    static const char *const odd[] = { "", "wear", "wear\n1\n", "wear\n0\nltr\nplain\ncard\n",
                                       "picture\n2\n" };
    for (size_t i = 0; i < COUNT_OF(odd); i++) assert_false(wear_read(str_of(odd[i]), &back));
    struct wear_made m;
    wear_draw(a, S("wear\nnonsense"), &m);
    assert_int_equal(m.file.n, 0);
}

static void every_frame_is_a_picture(void **state)
{
    (void)state;
    if (!has_fonts()) skip();
    static const char *const names[] = { "ring.svg",    "ring.png",    "corner.svg", "tint.svg",
                                         "band-ar.svg", "band-zh.png", "lines.png",  "fold.svg",
                                         "many.svg",    "thread.png" };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct arena *a = fresh();
        struct wear_made m;
        str type;
        wear_draw(a, wear_frame_ask(a, str_of(names[i]), &type), &m);
        bool is_svg = str_ends(str_of(names[i]), S("svg"));
        assert_true(str_starts(m.file, is_svg ? S("<svg ") : S("\x89PNG")));
        assert_false(m.found.is_full);
        if (is_svg) assert_false(has(m.file, "style=") || has(m.file, "href"));
    }
}

static int begin(void **state)
{
    help_languages();
    draw_seed(20261122);
    return help_begin(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_any_kind_stay_in_their_box),
        cmocka_unit_test(our_own_sentences_fit_everywhere),
        cmocka_unit_test(letters_that_nobody_has_are_named),
        cmocka_unit_test(a_print_file_says_where_to_cut_and_brings_its_letters),
        cmocka_unit_test(a_code_leads_to_its_address),
        cmocka_unit_test(a_short_list_says_what_a_poster_may_carry),
        cmocka_unit_test(words_travel_to_the_process_that_draws),
        cmocka_unit_test(every_frame_is_a_picture),
    };
    return cmocka_run_group_tests_name("wear", tests, begin, help_end);
}
