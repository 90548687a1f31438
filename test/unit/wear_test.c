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
            for (int i = 0; i < 3; i++) {
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
    if (unknown < 10 || drawn < 20 || full < 1)
        fail_msg("%d unknown, %d drawn, %d full", unknown, drawn, full);
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
        for (size_t i = 0; i < lang_count(); i++)
            for (int j = 0; j < 2; j++) {
                struct arena *a = fresh();
                struct wear_made m;
                const struct lang *l = lang_at(i);
                struct wear_sheet s = sheet_of(k->word.code, S("fold"), l, lang_text(l, p->phrase));
                s.place = lang_day_text(a, l, S("2026-09-30"));
                s.code = S("https://blueheart.example.org/ar/calendar/world-day");
                s.code_words = lang_text(l, PHRASE("Help by country"));
                s.as = S("svg");
                wear_draw(a, wear_put(a, &s), &m);
                if (m.file.n == 0)
                    fail_msg("%.*s %.*s %.*s full %d unknown %.*s", STR_ARG(k->word.code),
                             STR_ARG(lang_code(l)), STR_ARG(words), m.is_full, STR_ARG(m.unknown));
                stands_well(&m, k, s.words);
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
    };
    return cmocka_run_group_tests_name("wear", tests, begin, help_end);
}
