/* The page that makes material, and the files it leads to. Words of the public travel in the address with a mark that
 * only this page can make, so that nobody can have theirs drawn under our name without its rules, nor for longer. */
#include "base/day.h"
#include "base/id.h"
#include "base/limits.h"
#include "calendar/calendar.h"
#include "calendar/pages.h"
#include "seal/secret.h"
#include "wear/inside.h"

static const struct lang *language_of(struct req *rq)
{
    const struct lang *l = lang_find(in_query(rq, "in"));
    if (l) return l;
    return rq->place == UNDER_LANG ? rq->lang : lang_find(S("en"));
}

static struct wear_wish wish_of(struct req *rq, str kind)
{
    return (struct wear_wish){ .kind = kind,
                               .design = in_query(rq, "design"),
                               .lang = language_of(rq),
                               .phrase = in_query(rq, "phrase"),
                               .words = str_trim(in_query(rq, "words")),
                               .city = str_trim(in_query(rq, "city")),
                               .day = in_query(rq, "day"),
                               .who = str_trim(in_query(rq, "who")),
                               .code = in_query(rq, "code") };
}

/* The mark of a wish on a day: 32 letters that follow from all that will be drawn. */
static str key_on(struct req *rq, const struct wear_wish *w, str day)
{
    unsigned char hash[SEAL_HASH_BYTES];
    seal_hash(seal_secret(site_keys(rq), "sessions"), "material with words of the public",
              ARENA_JOIN(rq->arena, day, S("\n"), wear_ask(rq, w, S(""))), hash);
    struct sink out;
    sink_open(&out, rq->arena, KIB(1));
    for (int i = 0; i < 16; i++) put_format(&out, "%02x", hash[i]);
    return sink_str(&out);
}

static bool is_key(struct req *rq, const struct wear_wish *w)
{
    str key = in_query(rq, "key"), day = web_day_of(rq, rq->now);
    for (int i = 0; i < WEAR_KEY_DAYS; i++)
        if (seal_equal_words(key, key_on(rq, w, day_after(rq->arena, day, -i)))) return true;
    return false;
}

static void put_field(struct sink *out, const char *name, str value)
{
    if (value.n == 0) return;
    put_format(out, "&%s=", name);
    url_part(out, value);
}

str wear_made_address(struct req *rq, const struct wear_wish *w, const char *as, bool marks)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(16));
    put_lit(&out, "/wear/made/");
    put(&out, w->kind);
    put_format(&out, ".%s?design=", as);
    url_part(&out, w->design);
    put_field(&out, "in", lang_code(w->lang));
    if (w->words.n == 0) put_field(&out, "phrase", w->phrase);
    put_field(&out, "words", w->words);
    put_field(&out, "city", w->city);
    put_field(&out, "day", w->day);
    put_field(&out, "who", w->who);
    put_field(&out, "code", w->code);
    if (marks) put_lit(&out, "&marks=1");
    if (wear_is_own(w)) put_field(&out, "key", key_on(rq, w, web_day_of(rq, rq->now)));
    return sink_str(&out);
}

/* What the process that draws says of it. */
enum drawn { DRAWN, DRAWN_FULL, DRAWN_UNKNOWN, DRAWN_NOT };

static enum drawn drawn_of(struct req *rq, str *letters)
{
    str said = rq->raw->job_result;
    *letters = S("");
    if (str_eq(said, S("made"))) return DRAWN;
    if (str_eq(said, S("full"))) return DRAWN_FULL;
    if (!str_starts(said, S("letters"))) return DRAWN_NOT;
    *letters = str_trim(str_from(said, 7));
    return DRAWN_UNKNOWN;
}

static struct phrase why_not(enum wear_answer answer)
{
    switch (answer) {
    case WEAR_YES: break;
    case WEAR_NO_KIND: return PHRASE("Choose what is to be made.");
    case WEAR_NO_DESIGN: return PHRASE("Choose one of the designs.");
    case WEAR_NO_WORDS: return PHRASE("Choose a sentence, or write one.");
    case WEAR_NO_DAY: return PHRASE("This is not a day. Write it as year-month-day.");
    case WEAR_NO_CODE: return PHRASE("A QR code leads only to a page of this site from the list.");
    case WEAR_TOO_LONG: return PHRASE("This is too long. Use fewer words.");
    case WEAR_NUMBER:
        return PHRASE("Leave the numbers out: a telephone, a house or a plate could put somebody "
                      "in danger. A year may stay; the day has its own field.");
    case WEAR_LINK: return PHRASE("Leave the link out. A QR code can lead to a page of this site.");
    case WEAR_MAIL: return PHRASE("Leave the address out: no poster from here leads to a mailbox.");
    case WEAR_PRICE:
        return PHRASE("Leave the sum out: nothing from here is sold and no money is "
                      "collected with it.");
    case WEAR_PERSON:
        return PHRASE("Leave the person out. A poster from here names nobody, in praise or blame.");
    case WEAR_ACCUSED:
        return PHRASE("A poster from here accuses nobody and looks for nobody. If you know "
                      "something, tell the police or a helpline.");
    case WEAR_HIDDEN:
        return PHRASE("There are letters here that are not seen, or that climb over their line. "
                      "Type the words anew.");
    }
    return PHRASE("This is too long. Use fewer words.");
}

static void fill_choices(struct req *rq, const struct wear_wish *w, struct wear_make *v)
{
    struct arena *a = rq->arena;
    size_t kinds = 0, designs = lang_words_in(wear_designs);
    while (wear_kinds[kinds].word.code.n) kinds++;
    struct wear_make_kinds *k = arena_new(a, struct wear_make_kinds, kinds);
    struct wear_make_designs *d = arena_new(a, struct wear_make_designs, designs);
    struct wear_make_languages *l = arena_new(a, struct wear_make_languages, lang_count());
    for (size_t i = 0; i < kinds; i++)
        k[i] = (struct wear_make_kinds){ wear_kinds[i].word.code, wear_kinds[i].word,
                                         str_eq(w->kind, wear_kinds[i].word.code) };
    for (size_t i = 0; i < designs; i++)
        d[i] = (struct wear_make_designs){ wear_designs[i].code, wear_designs[i],
                                           wear_glyph(wear_designs[i].code),
                                           str_eq(w->design, wear_designs[i].code) };
    for (size_t i = 0; i < lang_count(); i++)
        l[i] = (struct wear_make_languages){ lang_code(lang_at(i)), lang_own_name(lang_at(i)),
                                             lang_at(i) == w->lang };
    v->kinds = k;
    v->kinds_n = kinds;
    v->designs = d;
    v->designs_n = designs;
    v->languages = l;
    v->languages_n = lang_count();
}

static void fill_sentences(struct req *rq, const struct wear_wish *w, struct wear_make *v)
{
    size_t n = lang_words_in(wear_audiences), all = lang_words_in(wear_phrases);
    struct wear_make_groups *g = arena_new(rq->arena, struct wear_make_groups, n);
    for (size_t i = 0; i < n; i++) {
        struct wear_make_groups_phrases *p = arena_new(rq->arena, struct wear_make_groups_phrases,
                                                       all);
        g[i] = (struct wear_make_groups){ .label = wear_audiences[i], .phrases = p };
        for (size_t j = 0; j < all; j++)
            if (str_eq(wear_audience_of(wear_phrases[j].code).code, wear_audiences[i].code))
                p[g[i].phrases_n++] = (struct wear_make_groups_phrases){
                    wear_phrases[j].code, wear_phrases[j], str_eq(w->phrase, wear_phrases[j].code)
                };
    }
    v->groups = g;
    v->groups_n = n;
}

static void fill_codes(struct req *rq, const struct wear_wish *w, struct wear_make *v)
{
    struct calendar_day *days;
    size_t n = calendar_all(rq->db, web_day(rq), CLAIM_NOW, &days);
    struct wear_make_codes *c = arena_new(rq->arena, struct wear_make_codes, n + 2);
    c[0] = (struct wear_make_codes){ S("help"), say(rq, PHRASE("Help by country")),
                                     str_eq(w->code, S("help")) };
    c[1] = (struct wear_make_codes){ S("site"), say(rq, PHRASE("This site")),
                                     str_eq(w->code, S("site")) };
    for (size_t i = 0; i < n; i++)
        c[2 + i] = (struct wear_make_codes){ days[i].slug, calendar_name(rq->lang, &days[i]),
                                             str_eq(w->code, days[i].slug) };
    v->codes = c;
    v->codes_n = n + 2;
}

static void fill_made(struct req *rq, const struct wear_wish *w, struct wear_make *v)
{
    const struct wear_kind *k = wear_kind_named(w->kind);
    struct wear_make_made_files *f = arena_new(rq->arena, struct wear_make_made_files, 4);
    struct wear_make_made *m = arena_new(rq->arena, struct wear_make_made, 1);
    size_t n = 0;
    if (k->is_print) {
        f[n++] = (struct wear_make_made_files){ PHRASE("to print at home or at school"),
                                                wear_made_address(rq, w, "pdf", false), S("PDF") };
        f[n++] = (struct wear_make_made_files){
            PHRASE("for a print shop: 3 mm of bleed, marks to cut, fonts inside"),
            wear_made_address(rq, w, "pdf", true), S("PDF +")
        };
    }
    f[n++] = (struct wear_make_made_files){ PHRASE("to send on and to post"),
                                            wear_made_address(rq, w, "png", false), S("PNG") };
    f[n++] = (struct wear_make_made_files){ PHRASE("at any size, to work on"),
                                            wear_made_address(rq, w, "svg", false), S("SVG") };
    if (!k->is_print)
        f[n++] = (struct wear_make_made_files){ PHRASE("to print at home or at school"),
                                                wear_made_address(rq, w, "pdf", false), S("PDF") };
    struct wear_sheet said;
    bool is_said = wear_read(wear_ask(rq, w, S("look")), &said);
    *m = (struct wear_make_made){ .look = wear_made_address(rq, w, "look", false),
                                  .wide = (int64_t)(k->wide + 2 * k->bleed),
                                  .high = (int64_t)(k->high + 2 * k->bleed),
                                  .alt = is_said ? said.words : S(""),
                                  .is_round = k->is_round,
                                  .is_own = wear_is_own(w),
                                  .no_code = w->code.n && !k->has_code,
                                  .files = f,
                                  .files_n = n };
    v->made = m;
    v->made_n = 1;
}

static void add_wrong(struct req *rq, struct wear_make *v, const char *field, struct phrase why)
{
    struct wear_make_wrongs *wrong = arena_new(rq->arena, struct wear_make_wrongs, 1);
    *wrong = (struct wear_make_wrongs){ str_of(field), why };
    v->wrongs = wrong;
    v->wrongs_n = 1;
}

/* Our own sentences fit every sheet in every language, as a test knows; what somebody wrote is drawn once to see.
 * False: it is being drawn, and the page runs again. */
static bool is_seen(struct req *rq, const struct wear_wish *w, struct wear_make *v)
{
    str letters = S("");
    if (wear_is_own(w) && !rq->raw->job_result.p) {
        later_aside_with(rq, wear_ask(rq, w, S("look")), S(""));
        return false;
    }
    switch (wear_is_own(w) ? drawn_of(rq, &letters) : DRAWN) {
    case DRAWN: fill_made(rq, w, v); break;
    case DRAWN_FULL:
        add_wrong(rq, v, "words",
                  PHRASE("These words do not fit on this sheet. Use fewer, or "
                         "shorter ones."));
        break;
    case DRAWN_UNKNOWN: v->letters = letters; break;
    case DRAWN_NOT: v->is_busy = true; break;
    }
    return true;
}

void wear_make_page(struct req *rq)
{
    str kind = in_query(rq, "kind");
    struct wear_wish w = wish_of(rq, kind.n ? kind : S("poster-a4"));
    if (w.design.n == 0) w.design = S("lines");
    if (w.phrase.n == 0) w.phrase = S("all-1");
    struct wear_make v = { .action = ARENA_JOIN(rq->arena, web_beneath_now(rq, S("/wear/make")),
                                                S("#made")),
                           .words = w.words,
                           .city = w.city,
                           .day = w.day,
                           .who = w.who,
                           .rules = wear_rules_shown(rq) };
    const char *field;
    enum wear_answer answer = wear_check(rq, &w, &field);
    if (answer != WEAR_YES) add_wrong(rq, &v, field, why_not(answer));
    else if (!is_seen(rq, &w, &v)) return;
    fill_choices(rq, &w, &v);
    fill_sentences(rq, &w, &v);
    fill_codes(rq, &w, &v);
    struct head head = { .title = say(rq, PHRASE("Posters, posts, a button")),
                         .section = "wear",
                         .description = say(rq, PHRASE("Posters, pictures for posts, banners and a "
                                                       "button, in six languages, with your city "
                                                       "and day: to print, to wear and to send "
                                                       "on.")) };
    page(rq, head, &wear_make_view, &v);
    if (wear_is_own(&w)) page_is_private(rq);
    if (v.wrongs_n || v.letters.n) page_is_wrong(rq);
}

static void send_drawn(struct req *rq, str ask, str type, str name)
{
    char etag[CONTENT_ID_LENGTH + 1];
    str letters, bytes;
    content_id(ask, etag);
    if (send_bytes_known(rq, str_of(etag))) return;
    if (!rq->raw->job_result.p) {
        later_aside_with(rq, ask, S(""));
        return;
    }
    enum drawn drawn = drawn_of(rq, &letters);
    bytes = job_written(rq);
    if (drawn == DRAWN && bytes.n)
        send_made(rq, (struct made_file){ type, name, arena_str(rq->arena, str_of(etag)), bytes });
    else if (drawn == DRAWN_FULL || drawn == DRAWN_UNKNOWN)
        refuse(rq, 422, PHRASE("These words do not fit on this sheet. Use fewer, or shorter ones."),
               S(""));
    else
        refuse(rq, 503,
               PHRASE("The picture could not be made just now. Please try again in a minute."),
               S(""));
}

/* "poster-a4.pdf": what and as what. */
void wear_made_file(struct req *rq)
{
    static const struct {
        const char *end, *type;
    } all[] = { { "pdf", "application/pdf" },
                { "svg", "image/svg+xml" },
                { "png", "image/png" },
                { "look", "image/png" },
                { "small", "image/png" } };
    str name = in_path(rq, "name"), type = S("");
    str kind = str_split(&name, '.');
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (str_eq(name, str_of(all[i].end))) type = str_of(all[i].type);
    if (type.n == 0 || !wear_kind_named(kind)) {
        not_found(rq, PHRASE("No page of this site is called {asked}."), rq->path);
        return;
    }
    struct wear_wish w = wish_of(rq, kind);
    const char *field;
    enum wear_answer answer = wear_check(rq, &w, &field);
    if (answer != WEAR_YES) {
        refuse(rq, 422, why_not(answer), S(""));
        return;
    }
    if (wear_is_own(&w) && !is_key(rq, &w)) {
        refuse(rq, 403,
               PHRASE("This file was made for somebody else, or more than a day ago. Make it "
                      "again on the page where posters are made."),
               S(""));
        return;
    }
    w.has_marks = in_query(rq, "marks").n > 0;
    str file = str_eq(name, S("look")) || str_eq(name, S("small"))
                   ? S("")
                   : wear_file_name(rq->arena, &w, name);
    send_drawn(rq, wear_ask(rq, &w, name), type, file);
}

void wear_frame_file(struct req *rq)
{
    str type, ask = wear_frame_ask(rq->arena, in_path(rq, "name"), &type);
    if (ask.n == 0) not_found(rq, PHRASE("No page of this site is called {asked}."), rq->path);
    else send_drawn(rq, ask, type, S(""));
}
