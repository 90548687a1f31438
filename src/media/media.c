/* What may become of a picture: refusals first, then the deed. */
#include "media/inside.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/id.h"
#include "trail/trail.h"

#include <sodium.h>

#define DRAFT_KEEP_MS     (365 * DAY_MS)
#define WITHDRAWN_KEEP_MS (30 * DAY_MS)
#define ENDED_KEEP_MS     (30 * DAY_MS) /* after an agreement ended: it may be renewed */

str media_today(struct arena *a, ms now)
{
    char day[DAY_TEXT];
    day_text(now, day);
    return arena_str(a, str_of(day));
}

static bool is_one_of(const struct word *words, str code)
{
    for (; words->code.n; words++)
        if (str_eq(words->code, code)) return true;
    return false;
}

static enum trail_deed deed_of(str what)
{
    static const struct {
        const char *what;
        enum trail_deed deed;
    } all[] = {
        { "added", TRAIL_PICTURE_ADDED },     { "changed", TRAIL_PICTURE_CHANGED },
        { "agreed", TRAIL_CONSENT_RECORDED }, { "disagreed", TRAIL_CONSENT_WITHDRAWN },
        { "published", TRAIL_PUBLISHED },     { "withdrawn", TRAIL_WITHDRAWN },
    };
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (str_eq(what, str_of(all[i].what))) return all[i].deed;
    return TRAIL_PICTURE_CHANGED;
}

void media_note(struct db *db, struct media_by by, const struct media_row *item, const char *what,
                str why)
{
    media_event_add(db, id_new(), item->id, by.now, str_of(what), why, by.person);
    trail_add(db, deed_of(str_of(what)), by.person,
              (struct trail_about){ .subject = TRAIL_OF_PICTURE,
                                    .row = item->id,
                                    .organisation = item->organisation },
              by.now);
}

static struct media_agreement agreement(struct db *db, id item, ms now)
{
    struct media_agreement today = { 0 };
    media_agreed_today(db, item, media_today(db_arena(db), now), &today);
    return today;
}

bool media_is_shown(struct db *db, const struct media_row *item, ms now)
{
    if (!str_eq(item->state, S("published")) || item->people < 0) return false;
    return item->people == 0 || agreement(db, item->id, now).people >= item->people;
}

void media_keep(struct db *db, id which, ms now)
{
    struct media_row item;
    if (!media_item_get(db, which, &item)) return;
    ms until = now + DRAFT_KEEP_MS;
    if (str_eq(item.state, S("withdrawn"))) until = now + WITHDRAWN_KEEP_MS;
    if (str_eq(item.state, S("published"))) {
        struct media_agreement today = agreement(db, which, now);
        until = item.people == 0 ? MEDIA_FOR_EVER : now + ENDED_KEEP_MS;
        if (item.people > 0 && today.until_day.n) until = day_end(today.until_day) + ENDED_KEEP_MS;
    }
    media_sizes_keep(db, which, until);
}

static enum media_answer facts_answer(const struct media_facts *f, bool is_film)
{
    if (f->people < MEDIA_PEOPLE_UNKNOWN || f->people > MEDIA_PEOPLE_MAX) return MEDIA_BAD_COUNT;
    if (f->credit.n > MEDIA_CREDIT_MAX || f->link.n > MEDIA_LINK_MAX) return MEDIA_TOO_LONG;
    if (f->licence.n && !is_one_of(media_licences, f->licence)) return MEDIA_NO_CREDIT;
    if (is_film && !media_host(f->link).n) return MEDIA_BAD_LINK;
    if (!is_film && f->link.n && !media_link_is_good(f->link)) return MEDIA_BAD_LINK;
    return MEDIA_YES;
}

static str random_name(struct arena *a)
{
    unsigned char bytes[32];
    char *name = arena_take(a, CONTENT_ID_LENGTH + 1);
    randombytes_buf(bytes, sizeof bytes);
    content_id((str){ (const char *)bytes, sizeof bytes }, name);
    return str_of(name);
}

static str content_of(struct arena *a, str bytes)
{
    char *hash = arena_take(a, CONTENT_ID_LENGTH + 1);
    if (bytes.n) content_id(bytes, hash);
    return str_of(hash);
}

enum media_answer media_add(struct db *db, struct media_by by, id organisation, str file,
                            const struct codec_made *made, struct media_facts f, id *item)
{
    struct arena *a = db_arena(db);
    enum media_answer answer = facts_answer(&f, f.is_film);
    if (answer != MEDIA_YES) return answer;
    if (!made && !f.is_film) return MEDIA_GONE;
    *item = id_new();
    media_item_add(db, *item, random_name(a), f.is_film ? S("film") : S("picture"),
                   content_of(a, file), made ? made->wide : 0, made ? made->high : 0,
                   made ? made->notes : 0, f.people, f.credit, f.licence, f.link, organisation,
                   by.person, by.now);
    for (size_t i = 0; made && i < made->n; i++) {
        const struct codec_picture *p = &made->picture[i];
        media_size_add(db, *item, p->wide, str_of(codec_ending(p->kind)), p->high,
                       content_of(a, p->bytes), (int64_t)p->bytes.n, p->bytes,
                       by.now + DRAFT_KEEP_MS);
    }
    struct media_row row = { .id = *item, .organisation = organisation };
    media_note(db, by, &row, "added", S(""));
    return MEDIA_YES;
}

/* What is published stays fit to be: a change that would make it unfit is refused. */
static enum media_answer after_change(struct db *db, struct media_by by, id which)
{
    struct media_row item;
    if (!media_item_get(db, which, &item)) return MEDIA_NO_SUCH;
    media_keep(db, which, by.now);
    if (str_eq(item.state, S("published")) && !media_is_shown(db, &item, by.now))
        media_turn_away(db, by, &item, S("expired"), false);
    return MEDIA_YES;
}

/* Two people looked at it as it is. */
static bool is_settled(const struct media_row *item)
{
    return str_eq(item->state, S("published")) && item->people > 0;
}

enum media_answer media_change(struct db *db, struct media_by by, id which, struct media_facts f)
{
    struct media_row item;
    if (!media_item_get(db, which, &item)) return MEDIA_NO_SUCH;
    if (is_settled(&item)) return MEDIA_SETTLED;
    bool is_published = str_eq(item.state, S("published"));
    enum media_answer answer = facts_answer(&f, str_eq(item.kind, S("film")));
    if (answer != MEDIA_YES) return answer;
    if (is_published && f.people < 0) return MEDIA_NOT_SAID;
    if (is_published && (!f.credit.n || !f.licence.n)) return MEDIA_NO_CREDIT;
    media_item_change(db, which, f.people, f.credit, f.licence, f.link, by.now);
    media_note(db, by, &item, "changed", S(""));
    return after_change(db, by, which);
}

static bool has_words(const struct media_row *item, str alt, str caption)
{
    return str_eq(item->kind, S("film")) ? caption.n > 0 : alt.n > 0;
}

static enum media_answer words_answer(const struct media_row *item, const struct media_words *w)
{
    if (!lang_find(w->lang)) return MEDIA_NO_SUCH;
    if (is_settled(item)) return MEDIA_SETTLED;
    return w->alt.n > MEDIA_ALT_MAX || w->caption.n > MEDIA_CAPTION_MAX ? MEDIA_TOO_LONG
                                                                        : MEDIA_YES;
}

enum media_answer media_say_all(struct db *db, struct media_by by, const struct media_row *item,
                                const struct media_words *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        enum media_answer answer = words_answer(item, &all[i]);
        if (answer != MEDIA_YES) return answer;
    }
    for (size_t i = 0; i < n; i++) {
        if (all[i].alt.n + all[i].caption.n)
            media_text_set(db, item->id, all[i].lang, all[i].alt, all[i].caption);
        else media_text_drop(db, item->id, all[i].lang);
    }
    media_item_change(db, item->id, item->people, item->credit, item->licence, item->link, by.now);
    media_note(db, by, item, "changed", S(""));
    return MEDIA_YES;
}

enum media_answer media_say(struct db *db, struct media_by by, id which, str lang, str alt,
                            str caption)
{
    struct media_row item;
    struct media_words words = { lang, alt, caption };
    if (!media_item_get(db, which, &item)) return MEDIA_NO_SUCH;
    return media_say_all(db, by, &item, &words, 1);
}

static bool is_said_in(const struct media_row *item, const struct media_said *said, size_t n,
                       str lang)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(said[i].lang, lang)) return has_words(item, said[i].alt, said[i].caption);
    return false;
}

/* In words for those who do not see it: in some language, and in each in which it is used. */
static bool is_said(struct db *db, const struct media_row *item, ms now)
{
    struct media_said *said;
    struct media_place *places;
    size_t n = media_texts_of(db, item->id, &said), used = media_places(db, item, now, &places),
           any = 0;
    for (size_t i = 0; i < n; i++) any += has_words(item, said[i].alt, said[i].caption);
    for (size_t i = 0; i < used; i++)
        if (!is_said_in(item, said, n, places[i].lang)) return false;
    return any > 0;
}

/* Whoever brought it, or had the last hand in it: nobody else has seen what it says now. */
static bool prepared_it(struct db *db, struct media_by by, const struct media_row *item)
{
    struct media_hand last = { 0 };
    (void)media_hand_last(db, item->id, &last);
    return by.person && (item->entered_by == by.person || last.who == by.person);
}

enum media_answer media_is_ready(struct db *db, struct media_by by, const struct media_row *item)
{
    struct media_sized *sizes;
    bool is_picture = str_eq(item->kind, S("picture"));
    if (is_picture && media_sizes_of(db, item->id, &sizes) == 0) return MEDIA_GONE;
    if (item->people < 0) return MEDIA_NOT_SAID;
    if (!item->credit.n || !item->licence.n) return MEDIA_NO_CREDIT;
    if (!is_said(db, item, by.now)) return MEDIA_NO_ALT;
    if (item->people > 0 && agreement(db, item->id, by.now).people < item->people)
        return MEDIA_NO_CONSENT;
    if (item->people > 0 && prepared_it(db, by, item)) return MEDIA_SAME_PERSON;
    return MEDIA_YES;
}

enum media_answer media_publish(struct db *db, struct media_by by, id which)
{
    struct media_row item;
    if (!media_item_get(db, which, &item)) return MEDIA_NO_SUCH;
    if (media_is_shown(db, &item, by.now)) return MEDIA_YES;
    enum media_answer answer = media_is_ready(db, by, &item);
    if (answer != MEDIA_YES) return answer;
    media_item_turn(db, which, S("published"), S(""), by.now);
    media_keep(db, which, by.now);
    media_note(db, by, &item, "published", S(""));
    return MEDIA_YES;
}

void media_turn_away(struct db *db, struct media_by by, const struct media_row *item, str why,
                     bool is_final)
{
    media_item_turn(db, item->id, S("withdrawn"), why, by.now);
    if (is_final) media_sizes_drop(db, item->id);
    else media_keep(db, item->id, by.now);
    media_note(db, by, item, "withdrawn", why);
}

enum media_answer media_withdraw(struct db *db, struct media_by by, id which, str why)
{
    struct media_row item;
    if (!media_item_get(db, which, &item)) return MEDIA_NO_SUCH;
    if (!is_one_of(media_reasons, why)) return MEDIA_NO_REASON;
    bool is_final = str_eq(why, S("consent")) || str_eq(why, S("harm"));
    bool was_withdrawn = str_eq(item.state, S("withdrawn"));
    if (was_withdrawn && !is_final) return MEDIA_YES;
    media_turn_away(db, by, &item, why, is_final);
    return MEDIA_YES;
}

enum media_answer media_drop(struct db *db, struct media_by by, id which)
{
    struct media_row item;
    if (!media_item_get(db, which, &item)) return MEDIA_NO_SUCH;
    if (!str_eq(item.state, S("draft")))
        return MEDIA_NO_REASON; /* readers may know its address: it is withdrawn */
    media_item_drop(db, which);
    trail_add(db, TRAIL_PICTURE_REMOVED, by.person,
              (struct trail_about){
                  .subject = TRAIL_OF_PICTURE, .row = which, .organisation = item.organisation },
              by.now);
    return MEDIA_YES;
}

size_t media_tidy(struct db *db, ms now)
{
    struct media_same *ended;
    struct media_by program = { .now = now };
    size_t n = media_items_that_ended(db, media_today(db_arena(db), now), &ended);
    for (size_t i = 0; i < n; i++) {
        struct media_row item;
        if (media_item_get(db, ended[i].id, &item))
            media_turn_away(db, program, &item, S("expired"), false);
    }
    return n;
}
