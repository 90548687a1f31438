/* Pictures: who may be shown, since when, until when; and what readers see of it. */
#include "test/unit/help.h"

#include "base/clock.h"
#include "base/id.h"
#include "base/limits.h"
#include "command/command.h"
#include "media/media.h"
#include "seal/secret.h"
#include "seal/sweep.h"
#include "test/unit/codec_files.h"
#include "trail/trail.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define NOW ((ms)1795348800000) /* 2026-11-22 12:00 */
#define HEAD "slug,lang,kind,title,summary,body,theme,states,published,reviewed_by,reviewed_on\n"

enum { ANA = 11, BEN = 22 };

static struct arena life;
static struct db *db;
static struct seal_keys *keys;
static struct codec_made made;
static str photo;

static struct media_by by(id person)
{
    return (struct media_by){ person, NOW };
}

static int begin(void **state)
{
    help_begin(state);
    arena_open(&life, MIB(256));
    keys = help_keys(&life);
    trail_open(seal_secret(keys, "trail"));
    help_languages();
    text_figures_are(media_figure);
    photo = jpeg_file(&life, (struct jpeg_wish){ .wide = 700, .high = 500, .inks = 3 });
    assert_int_equal(codec_make(&life, photo, &made), CODEC_YES);
    return 0;
}

static int end(void **state)
{
    arena_close(&life);
    return help_end(state);
}

static int fresh(void **state)
{
    (void)state;
    db = help_fresh_db();
    db_use_arena(db, &scratch);
    return 0;
}

/* Each deed in a transaction of its own, rolled back if it was refused. */
static enum media_answer answer;

#define DEED(call) (db_begin_write(db), answer = (call), db_commit(db), answer)

static id add(id person, int64_t people)
{
    id item = 0;
    struct media_facts f = { .people = people, .credit = S("Ana Example"), .licence = S("own"), .link = S("") };
    assert_int_equal(DEED(media_add(db, by(person), 0, photo, &made, f, &item)), MEDIA_YES);
    assert_int_equal(DEED(media_say(db, by(person), item, S("en"), S("A hall"), S("The hall in May"))), MEDIA_YES);
    return item;
}

static struct media_row row_of(id item)
{
    struct media_row row;
    db_begin_read(db);
    assert_true(media_item_get(db, item, &row));
    db_commit(db);
    return row;
}

static bool is_shown(id item, ms now)
{
    struct media_row row = row_of(item);
    db_begin_read(db);
    bool is = media_is_shown(db, &row, now);
    db_commit(db);
    return is;
}

static size_t sizes(id item)
{
    struct media_sized *all;
    db_begin_read(db);
    size_t n = media_sizes_of(db, item, &all);
    db_commit(db);
    return n;
}

static struct media_consent paper(int64_t people, const char *scope, const char *from, const char *to)
{
    return (struct media_consent){ .people = people,
                                   .scope = str_of(scope),
                                   .given_on = str_of(from),
                                   .expires_on = str_of(to),
                                   .reference = { S("P-2026/17") } };
}

static id agree(id item, int64_t people, const char *to)
{
    struct media_agreed *all;
    struct media_consent c = paper(people, "site", "2026-01-10", to);
    assert_int_equal(DEED(media_agree(db, by(ANA), item, &c)), MEDIA_YES);
    db_begin_read(db);
    size_t n = media_consents_of(db, item, &all);
    db_commit(db);
    return all[n - 1].id;
}

static void a_picture_without_people_is_published_by_one(void **state)
{
    (void)state;
    id item = add(ANA, 0);
    assert_false(is_shown(item, NOW));
    assert_int_equal(DEED(media_publish(db, by(ANA), item)), MEDIA_YES);
    assert_true(is_shown(item, NOW));
    assert_true(is_shown(item, NOW + 5000 * DAY_MS));
    assert_int_equal(sizes(item), 4);
    assert_true(content_id_is(row_of(item).name));
}

static void what_is_missing_is_said_one_after_another(void **state)
{
    (void)state;
    id item = 0;
    struct media_facts f = { .people = MEDIA_PEOPLE_UNKNOWN, .credit = S(""), .licence = S(""), .link = S("") };
    assert_int_equal(DEED(media_add(db, by(ANA), 0, photo, &made, f, &item)), MEDIA_YES);
    assert_int_equal(DEED(media_publish(db, by(BEN), item)), MEDIA_NOT_SAID);
    f.people = 2;
    assert_int_equal(DEED(media_change(db, by(ANA), item, f)), MEDIA_YES);
    assert_int_equal(DEED(media_publish(db, by(BEN), item)), MEDIA_NO_CREDIT);
    f.credit = S("Ana Example");
    f.licence = S("cc-by");
    assert_int_equal(DEED(media_change(db, by(ANA), item, f)), MEDIA_YES);
    assert_int_equal(DEED(media_publish(db, by(BEN), item)), MEDIA_NO_ALT);
    assert_int_equal(DEED(media_say(db, by(ANA), item, S("fr"), S("Une salle"), S(""))), MEDIA_YES);
    assert_int_equal(DEED(media_publish(db, by(BEN), item)), MEDIA_NO_CONSENT);
    agree(item, 1, "2030-01-01");
    assert_int_equal(DEED(media_publish(db, by(BEN), item)), MEDIA_NO_CONSENT); /* two can be recognised */
    agree(item, 1, "2030-01-01");
    assert_int_equal(DEED(media_publish(db, by(ANA), item)), MEDIA_SAME_PERSON);
    assert_int_equal(DEED(media_publish(db, by(BEN), item)), MEDIA_YES);
    assert_true(is_shown(item, NOW));
    assert_int_equal(DEED(media_publish(db, by(BEN), 12345)), MEDIA_NO_SUCH);
}

static void an_agreement_ends_on_its_day_without_anybody(void **state)
{
    (void)state;
    id item = add(ANA, 1);
    agree(item, 1, "2026-12-01");
    assert_int_equal(DEED(media_publish(db, by(BEN), item)), MEDIA_YES);
    ms last = NOW + 9 * DAY_MS; /* 2026-12-01 */
    assert_true(is_shown(item, last));
    assert_false(is_shown(item, last + DAY_MS));
    db_begin_write(db);
    assert_int_equal(media_tidy(db, last), 0);
    assert_int_equal(media_tidy(db, last + DAY_MS), 1);
    db_commit(db);
    assert_str_equal(row_of(item).state, "withdrawn");
    assert_str_equal(row_of(item).withdrawn_why, "expired");
    assert_int_equal(sizes(item), 4); /* somebody may agree anew */
    struct media_by later = { BEN, last + DAY_MS };
    agree(item, 1, "2030-01-01");
    assert_int_equal(DEED(media_publish(db, later, item)), MEDIA_YES);
}

static void who_agrees_no_more_is_gone_at_once_and_for_good(void **state)
{
    (void)state;
    id item = add(ANA, 1), consent = agree(item, 1, "2030-01-01");
    assert_int_equal(DEED(media_publish(db, by(BEN), item)), MEDIA_YES);
    assert_int_equal(DEED(media_disagree(db, by(ANA), item, consent + 1)), MEDIA_NO_SUCH);
    assert_true(is_shown(item, NOW));
    assert_int_equal(DEED(media_disagree(db, by(ANA), item, consent)), MEDIA_YES);
    assert_false(is_shown(item, NOW));
    assert_int_equal(sizes(item), 0);
    agree(item, 1, "2030-01-01");
    assert_int_equal(DEED(media_publish(db, by(BEN), item)), MEDIA_GONE);
}

static void withdrawing_needs_a_reason_and_some_delete_at_once(void **state)
{
    (void)state;
    id item = add(ANA, 0);
    assert_int_equal(DEED(media_publish(db, by(ANA), item)), MEDIA_YES);
    assert_int_equal(DEED(media_withdraw(db, by(ANA), item, S(""))), MEDIA_NO_REASON);
    assert_int_equal(DEED(media_withdraw(db, by(ANA), item, S("she asked me to"))), MEDIA_NO_REASON);
    assert_int_equal(DEED(media_withdraw(db, by(ANA), item, S("rights"))), MEDIA_YES);
    assert_false(is_shown(item, NOW));
    assert_int_equal(sizes(item), 4);
    assert_int_equal(DEED(media_publish(db, by(ANA), item)), MEDIA_YES);
    assert_int_equal(DEED(media_withdraw(db, by(ANA), item, S("harm"))), MEDIA_YES);
    assert_int_equal(sizes(item), 0);
    assert_int_equal(DEED(media_drop(db, by(ANA), item)), MEDIA_NO_REASON); /* readers know its address */
    id draft = add(ANA, 0);
    assert_int_equal(DEED(media_drop(db, by(ANA), draft)), MEDIA_YES);
    assert_int_equal(sizes(draft), 0);
}

static void a_change_cannot_make_what_is_shown_unfit(void **state)
{
    (void)state;
    id item = add(ANA, 0);
    assert_int_equal(DEED(media_publish(db, by(ANA), item)), MEDIA_YES);
    struct media_facts f = { .people = MEDIA_PEOPLE_UNKNOWN, .credit = S("Ana"), .licence = S("own"), .link = S("") };
    assert_int_equal(DEED(media_change(db, by(ANA), item, f)), MEDIA_NOT_SAID);
    f.people = 0;
    f.credit = S("");
    assert_int_equal(DEED(media_change(db, by(ANA), item, f)), MEDIA_NO_CREDIT);
    f.credit = S("Ana");
    f.people = 1; /* somebody looked closer */
    assert_int_equal(DEED(media_change(db, by(ANA), item, f)), MEDIA_YES);
    assert_false(is_shown(item, NOW));
    assert_str_equal(row_of(item).state, "withdrawn");
}

static void agreements_hold_numbers_and_days_and_no_names(void **state)
{
    (void)state;
    id item = add(ANA, 1);
    static const struct {
        const char *reference, *scope, *from, *to;
        int64_t people;
        enum media_answer answer;
    } all[] = {
        { "Maria Lopez", "site", "2026-01-01", "2027-01-01", 1, MEDIA_BAD_REFERENCE },
        { "MariaLopez", "site", "2026-01-01", "2027-01-01", 1, MEDIA_BAD_REFERENCE },
        { "", "site", "2026-01-01", "2027-01-01", 1, MEDIA_BAD_REFERENCE },
        { "P-17", "", "2026-01-01", "2027-01-01", 1, MEDIA_BAD_SCOPE },
        { "P-17", "site billboard", "2026-01-01", "2027-01-01", 1, MEDIA_BAD_SCOPE },
        { "P-17", "site", "2026-12-01", "2027-01-01", 1, MEDIA_BAD_DAYS },
        { "P-17", "site", "2026-01-01", "2026-01-01", 1, MEDIA_BAD_DAYS },
        { "P-17", "site", "2026-01-01", "2037-01-01", 1, MEDIA_BAD_DAYS },
        { "P-17", "site", "2026-02-30", "2027-01-01", 1, MEDIA_BAD_DAYS },
        { "P-17", "site", "2026-01-01", "2027", 1, MEDIA_BAD_DAYS },
        { "P-17", "site", "2026-01-01", "2027-01-01", 0, MEDIA_BAD_COUNT },
        { "P-17", "press print", "2026-01-01", "2027-01-01", 1, MEDIA_YES },
    };
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct media_consent c = paper(all[i].people, all[i].scope, all[i].from, all[i].to);
        c.reference.words = str_of(all[i].reference);
        assert_int_equal(DEED(media_agree(db, by(ANA), item, &c)), all[i].answer);
    }
    assert_int_equal(DEED(media_publish(db, by(BEN), item)), MEDIA_NO_CONSENT); /* press and print are not this site */
}

static void films_are_links_to_a_few_hosts(void **state)
{
    (void)state;
    static const char *const good[] = { "https://www.youtube.com/watch?v=abc", "https://youtu.be/abc", "https://vimeo.com/12", "https://www.unodc.org/film" };
    static const char *const bad[] = { "http://www.youtube.com/watch?v=abc", "https://youtube.com.evil.example/x", "https://evil.example/youtube.com", "javascript:alert(1)",
                                       "https://www.youtube.com@evil.example/", "https://www.youtube.com:8443/", "https://youtu.be/\"onclick=", "//youtu.be/x", "", "https://" };
    for (size_t i = 0; i < COUNT_OF(good); i++) assert_true(media_host(str_of(good[i])).n > 0);
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_true(media_host(str_of(bad[i])).n == 0);
    id item = 0;
    struct media_facts f = { .is_film = true, .people = 0, .credit = S("UNODC"), .licence = S("permission"), .link = S("https://evil.example/") };
    assert_int_equal(DEED(media_add(db, by(ANA), 0, S(""), NULL, f, &item)), MEDIA_BAD_LINK);
    f.link = S("https://youtu.be/abc");
    assert_int_equal(DEED(media_add(db, by(ANA), 0, S(""), NULL, f, &item)), MEDIA_YES);
    assert_int_equal(DEED(media_publish(db, by(ANA), item)), MEDIA_NO_ALT);
    assert_int_equal(DEED(media_say(db, by(ANA), item, S("en"), S(""), S("How it begins"))), MEDIA_YES);
    assert_int_equal(DEED(media_publish(db, by(ANA), item)), MEDIA_YES);
}

/* ---- in texts ---- */

static str shown_in(const char *reader, const char *written_in, str markdown, const char *origin)
{
    db_begin_read(db);
    struct text_place at = { .db = db, .arena = &scratch, .reader = lang_find(str_of(reader)), .now = NOW, .text_lang = str_of(written_in), .origin = str_of(origin) };
    html h = text_html_at(&at, markdown, S("/en"), S(""));
    db_commit(db);
    return h.markup;
}

static void texts_show_what_is_published_and_nothing_broken_else(void **state)
{
    (void)state;
    struct arena *a = &scratch;
    id item = add(ANA, 0);
    str name = row_of(item).name;
    str text = ARENA_JOIN(a, S("Before.\n\n![hall](picture:"), name, S(" \"In *May*\")\n\nAfter.\n"));
    assert_str_equal(shown_in("en", "en", text, ""), "<p>Before.</p>\n<p>After.</p>\n");
    assert_int_equal(DEED(media_publish(db, by(ANA), item)), MEDIA_YES);
    str h = shown_in("en", "en", text, "");
    assert_true(str_has(h, S("<p>Before.</p>\n<figure class=\"picture\"><picture><source type=\"image/webp\" srcset=\"/pictures/")));
    assert_true(str_has(h, ARENA_JOIN(a, S("/pictures/"), name, S("/320.webp 320w, /pictures/"), name, S("/700.webp 700w\""))));
    assert_true(str_has(h, S("width=\"700\" height=\"500\" loading=\"lazy\" decoding=\"async\" alt=\"A hall\"></picture>")));
    assert_true(str_has(h, S("<figcaption><span>In *May*</span> <small>Picture: Ana Example</small></figcaption></figure>\n<p>After.</p>")));
    h = shown_in("fr", "en", text, ""); /* nothing is said in French: marked */
    assert_true(str_has(h, S("alt=\"hall\" lang=\"en\" dir=\"ltr\"")));
    assert_true(str_has(h, S("<span lang=\"en\" dir=\"ltr\">In *May*</span>")));
    assert_int_equal(DEED(media_say(db, by(ANA), item, S("ar"), S("قاعة"), S(""))), MEDIA_YES);
    assert_true(str_has(shown_in("ar", "en", text, ""), S("alt=\"قاعة\"></picture>")));
    assert_true(str_has(shown_in("en", "en", text, "https://host"), S("srcset=\"https://host/pictures/")));
    assert_int_equal(DEED(media_withdraw(db, by(ANA), item, S("rights"))), MEDIA_YES);
    assert_str_equal(shown_in("en", "en", text, ""), "<p>Before.</p>\n<p>After.</p>\n");
    assert_false(str_has(text_plain(a, text), S("hall")));
}

static void figures_stand_behind_their_paragraph_wherever_it_is(void **state)
{
    (void)state;
    struct arena *a = &scratch;
    id item = add(ANA, 0);
    assert_int_equal(DEED(media_publish(db, by(ANA), item)), MEDIA_YES);
    str it = ARENA_JOIN(a, S("![x](picture:"), row_of(item).name, S(")"));
    str h = shown_in("en", "en", ARENA_JOIN(a, S("Some "), it, S(" words "), it, S(".\n")), "");
    assert_true(str_starts(h, S("<p>Some  words .</p>\n<figure")));
    h = shown_in("en", "en", ARENA_JOIN(a, it, S("\n"), it, S("\n")), "");
    assert_true(str_starts(h, S("<figure")) && !str_has(h, S("<p>")));
    h = shown_in("en", "en", ARENA_JOIN(a, S("- "), it, S("\n- two\n")), "");
    assert_true(str_has(h, S("<li>\n<figure")) || str_has(h, S("<li><figure")));
    h = shown_in("en", "en", ARENA_JOIN(a, S("> "), it, S("\n")), "");
    assert_true(str_has(h, S("<blockquote>\n<figure")));
    h = shown_in("en", "en", ARENA_JOIN(a, S("["), it, S("](https://elsewhere.example)\n")), "");
    assert_true(str_starts(h, S("<figure")) && !str_has(h, S("elsewhere")));
    h = shown_in("en", "en", ARENA_JOIN(a, S("# Head "), it, S("\n\n| "), it, S(" |\n|---|\n| "), it, S(" |\n")), "");
    assert_false(str_has(h, S("<figure")));
    str many = S("");
    for (int i = 0; i < TEXT_FIGURES_MAX + 5; i++) many = ARENA_JOIN(a, many, it, S("\n\n"));
    size_t n = 0;
    for (str rest = shown_in("en", "en", many, ""); rest.n; rest = str_from(rest, 1)) n += str_starts(rest, S("<figure "));
    assert_int_equal(n, TEXT_FIGURES_MAX);
}

static void nothing_written_in_a_text_becomes_markup(void **state)
{
    (void)state;
    struct arena *a = &scratch;
    id item = add(ANA, 0);
    struct media_facts f = { .people = 0, .credit = S("<b>\"x\" & co"), .licence = S("cc-by"), .link = S("") };
    assert_int_equal(DEED(media_change(db, by(ANA), item, f)), MEDIA_YES);
    assert_int_equal(DEED(media_say(db, by(ANA), item, S("en"), S("\"><script>1</script>"), S("</figure><script>"))), MEDIA_YES);
    assert_int_equal(DEED(media_publish(db, by(ANA), item)), MEDIA_YES);
    str h = shown_in("en", "fr", ARENA_JOIN(a, S("![<script>\"](picture:"), row_of(item).name, S(" '\"><script>x')\n")), "");
    assert_false(str_has(h, S("<script")));
    assert_false(str_has(h, S("<b>")));
    assert_true(str_has(h, S("CC BY 4.0")));
    h = shown_in("en", "en", S("![words stay](https://elsewhere.example/x.png) ![and these](/pictures/x/1.webp) ![](data:image/png;base64,xx)\n"), "");
    assert_str_equal(h, "<p>words stay and these </p>\n");
    h = shown_in("en", "en", S("![x](picture:../../etc) ![x](picture:00000000000000000000000u) ![x](film:000000000000000000000000)\n"), "");
    assert_false(str_has(h, S("<figure")));
}

static void a_film_in_a_text_says_where_it_leads_before_it_is_followed(void **state)
{
    (void)state;
    id item = 0;
    struct media_facts f = { .is_film = true, .people = 0, .credit = S("UNODC"), .licence = S("permission"), .link = S("https://youtu.be/abc?a=1&b=2") };
    assert_int_equal(DEED(media_add(db, by(ANA), 0, S(""), NULL, f, &item)), MEDIA_YES);
    assert_int_equal(DEED(media_say(db, by(ANA), item, S("en"), S(""), S("How it begins"))), MEDIA_YES);
    assert_int_equal(DEED(media_publish(db, by(ANA), item)), MEDIA_YES);
    str name = row_of(item).name;
    str h = shown_in("en", "en", ARENA_JOIN(&scratch, S("![](film:"), name, S(")\n")), "");
    assert_true(str_has(h, S("<details class=\"film\"><summary>Film: How it begins</summary><p>Opens at youtube.com; they learn that you came.</p>")));
    assert_true(str_has(h, S("rel=\"noopener noreferrer nofollow\" href=\"https://youtu.be/abc?a=1&amp;b=2\"")));
    assert_false(str_has(h, S("<iframe")));
    h = shown_in("en", "en", ARENA_JOIN(&scratch, S("![](picture:"), name, S(")\n")), "");
    assert_false(str_has(h, S("<figure")));
}

static void it_knows_where_it_is_used_and_needs_words_there(void **state)
{
    (void)state;
    struct media_place *places;
    id item = add(ANA, 0);
    struct media_row row = row_of(item);
    str rows = ARENA_JOIN(&scratch, S(HEAD "a,en,news,Article,s,![](picture:"), row.name, S("),,,2020-01-01,,\na,fr,news,Papier,s,x ![](picture:"), row.name,
                          S("),,,2020-01-01,,\nb,en,page,Page,s,none,,,2020-01-01,,\n"));
    help_import(db, "texts", arena_z(&scratch, rows), 1000);
    db_begin_read(db);
    assert_int_equal(media_places(db, &row, NOW, &places), 2);
    assert_str_equal(places[0].path, "/news/a");
    assert_str_equal(places[1].lang, "fr");
    db_commit(db);
    assert_int_equal(DEED(media_publish(db, by(ANA), item)), MEDIA_NO_ALT); /* used in French */
    assert_int_equal(DEED(media_say(db, by(ANA), item, S("fr"), S("Une salle"), S(""))), MEDIA_YES);
    assert_int_equal(DEED(media_publish(db, by(ANA), item)), MEDIA_YES);
    db_begin_write(db);
    media_note_uses(db, S("draft 7"), S("es"), ARENA_JOIN(&scratch, S("![](picture:"), row.name, S(") picture:nothing")), NOW);
    assert_int_equal(media_places(db, &row, NOW, &places), 3);
    media_note_uses(db, S("draft 7"), S("es"), S("no more"), NOW);
    assert_int_equal(media_places(db, &row, NOW, &places), 2);
    db_commit(db);
    struct media_by later = { ANA, NOW + DAY_MS };
    assert_int_equal(DEED(media_withdraw(db, later, item, S("rights"))), MEDIA_YES);
    db_begin_read(db);
    assert_int_equal(media_changed(db, ARENA_JOIN(&scratch, S("x ![](picture:"), row.name, S(")")), NOW + 2 * DAY_MS), NOW + DAY_MS);
    assert_int_equal(media_changed(db, S("nothing picture: film:abc"), NOW), 0);
    db_commit(db);
}

static void pictures_and_agreements_end_by_themselves(void **state)
{
    (void)state;
    struct sweep_counts counts;
    const struct keep *const all[] = { media_keeps, NULL };
    id kept = add(ANA, 0), draft = add(ANA, 0), gone = add(ANA, 0), person = add(ANA, 1);
    agree(person, 1, "2027-06-01");
    assert_int_equal(DEED(media_publish(db, by(ANA), kept)), MEDIA_YES);
    assert_int_equal(DEED(media_withdraw(db, by(ANA), gone, S("old"))), MEDIA_YES);
    assert_int_equal(DEED(media_publish(db, by(BEN), person)), MEDIA_YES);
    assert_int_equal(seal_sweep(db, all, keys, NOW, &counts), SWEEP_DONE);
    assert_int_equal(counts.rows, 0);
    for (int day = 0; day <= 400; day += 31) (void)!seal_sweep(db, all, keys, NOW + day * DAY_MS, &counts); /* no jump of the clock */
    assert_int_equal(sizes(kept), 4);
    assert_int_equal(sizes(draft), 0);
    assert_int_equal(sizes(gone), 0);
    assert_int_equal(sizes(person), 0); /* its agreement ended, and a month */
    assert_str_equal(row_of(gone).state, "withdrawn");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_picture_without_people_is_published_by_one, fresh),
        cmocka_unit_test_setup(what_is_missing_is_said_one_after_another, fresh),
        cmocka_unit_test_setup(an_agreement_ends_on_its_day_without_anybody, fresh),
        cmocka_unit_test_setup(who_agrees_no_more_is_gone_at_once_and_for_good, fresh),
        cmocka_unit_test_setup(withdrawing_needs_a_reason_and_some_delete_at_once, fresh),
        cmocka_unit_test_setup(a_change_cannot_make_what_is_shown_unfit, fresh),
        cmocka_unit_test_setup(agreements_hold_numbers_and_days_and_no_names, fresh),
        cmocka_unit_test_setup(films_are_links_to_a_few_hosts, fresh),
        cmocka_unit_test_setup(texts_show_what_is_published_and_nothing_broken_else, fresh),
        cmocka_unit_test_setup(figures_stand_behind_their_paragraph_wherever_it_is, fresh),
        cmocka_unit_test_setup(nothing_written_in_a_text_becomes_markup, fresh),
        cmocka_unit_test_setup(a_film_in_a_text_says_where_it_leads_before_it_is_followed, fresh),
        cmocka_unit_test_setup(it_knows_where_it_is_used_and_needs_words_there, fresh),
        cmocka_unit_test_setup(pictures_and_agreements_end_by_themselves, fresh),
    };
    return cmocka_run_group_tests_name("media", tests, begin, end);
}
