/* A state's reply to a statement about it: handed in, released by a second person or an editor, withdrawn. Nobody but the
 * state writes a word of it. */
#include "facts/inside.h"

#include "base/day.h"
#include "base/id.h"

#include <assert.h>

bool reply_is_about(const struct claim *c, str iso3)
{
    bool is_its_own = c->kind == &facts_replies || c->kind == &claim_sources;
    for (int i = 0; iso3.n && !is_its_own && i < c->n; i++) {
        bool is_state = c->kind->columns[i].check == CHECK_STATE ||
                        (strcmp(c->kind->name, "countries") == 0 && i == 0);
        if (is_state && str_eq(c->cell[i], iso3)) return true;
    }
    return false;
}

static size_t characters(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

static void note(const struct facts *f, enum trail_deed deed, str claim, id organisation)
{
    trail_add(f->db, deed, f->by,
              (struct trail_about){
                  .subject = TRAIL_OF_CLAIM, .code = claim, .organisation = organisation },
              f->now);
}

static void fill_cells(const struct reply_asked *r, const struct facts_reply_words *text,
                       str cell[CSV_COLUMNS_MAX])
{
    cell[0] = r->iso3;
    cell[1] = r->claim;
    cell[2] = text->lang;
    cell[3] = r->speaker;
    cell[4] = r->day;
    cell[5] = text->words;
}

static enum reply_answer check_words(const struct facts *f, const struct reply_asked *r)
{
    if (r->texts_n == 0) return REPLY_NO_WORDS;
    for (size_t i = 0; i < r->texts_n; i++) {
        str cell[CSV_COLUMNS_MAX];
        struct phrase wrong[CSV_COLUMNS_MAX];
        if (characters(r->texts[i].words) > REPLY_CHARACTERS_MAX) return REPLY_TOO_LONG;
        fill_cells(r, &r->texts[i], cell);
        if (claim_wrong(f->db, &facts_replies, cell, wrong)) return REPLY_BAD_WORDS;
    }
    return REPLY_YES;
}

static bool waits_already(const struct facts *f, const struct reply_asked *r)
{
    struct facts_reply *all;
    size_t n = facts_replies_all(f->db, &all);
    for (size_t i = 0; i < n; i++) {
        bool is_same = str_eq(all[i].claim, r->claim) && str_eq(all[i].iso3, r->iso3);
        if (is_same && !all[i].back.n) return true;
        if (is_same)
            facts_reply_drop(f->db, all[i].id); /* what was given back is answered by this one */
    }
    return n >= 200;
}

static bool is_a_past_day(const struct facts *f, str day)
{
    return day_is_full(day) && day_end(day) < f->now + 2 * DAY_MS;
}

enum reply_answer reply_hand_in(const struct facts *f, const struct reply_asked *r)
{
    struct claim c;
    assert(f->by != 0 && r->organisation != 0);
    bool is_right = content_id_is(r->claim) && claim_get(f->db, r->claim, &c) &&
                    c.retracted_at == CLAIM_FOREVER && reply_is_about(&c, r->iso3);
    if (!is_right) return REPLY_NOT_ABOUT;
    if (characters(r->speaker) < 2 || characters(r->speaker) > 160) return REPLY_NO_SPEAKER;
    if (!is_a_past_day(f, r->day)) return REPLY_BAD_DAY;
    enum reply_answer answer = check_words(f, r);
    if (answer != REPLY_YES) return answer;
    if (waits_already(f, r)) return REPLY_WAITS_ALREADY;
    id made = id_new();
    facts_reply_add(f->db, made, r->organisation, r->iso3, r->claim, r->speaker, r->day, f->by,
                    f->now, f->now + WAITING_KEEP_MS);
    for (size_t i = 0; i < r->texts_n; i++)
        facts_reply_text_add(f->db, made, r->texts[i].lang, r->texts[i].words);
    note(f, TRAIL_REPLY_HANDED_IN, r->claim, r->organisation);
    return REPLY_YES;
}

/* What this state said so far beside this statement, but for `kept`. How many were withdrawn. */
static size_t retract_all(const struct facts *f, str iso3, str claim, const str *kept,
                          size_t kept_n)
{
    struct claim *rows;
    size_t n = claim_read(f->db, &facts_replies, iso3, CLAIM_NOW, &rows), gone = 0;
    for (size_t i = 0; i < n; i++) {
        bool is_kept = !str_eq(claim_cell(&rows[i], "claim"), claim);
        for (size_t k = 0; k < kept_n; k++) is_kept |= str_eq(kept[k], rows[i].id);
        if (!is_kept) gone += claim_retract(f->db, rows[i].id, f->by, f->now) == CLAIM_RETRACTED;
    }
    return gone;
}

/* The words are the state's, whoever released them. What may be refused is refused before the first word is written. */
static enum reply_answer publish(const struct facts *f, const struct facts_reply *r)
{
    struct reply_asked asked = {
        .iso3 = r->iso3, .claim = r->claim, .speaker = r->speaker, .day = r->day
    };
    struct facts as = *f;
    as.by = r->made_by;
    asked.texts_n = facts_reply_texts(f->db, r->id, &asked.texts);
    enum reply_answer answer = check_words(f, &asked);
    if (answer != REPLY_YES) return answer;
    str *made = arena_new(f->arena, str, asked.texts_n);
    for (size_t i = 0; i < asked.texts_n; i++) {
        str cell[CSV_COLUMNS_MAX];
        struct claim_entered entered;
        fill_cells(&asked, &asked.texts[i], cell);
        switch (claim_enter(f->db, &facts_replies, cell, as.by, f->now, &entered)) {
        case CLAIM_ENTERED:
        case CLAIM_IS_THERE: break;
        case CLAIM_REFUSED: return REPLY_BAD_WORDS;
        case CLAIM_CLOCK: return REPLY_CLOCK;
        }
        made[i] = entered.id;
    }
    retract_all(&as, r->iso3, r->claim, made, asked.texts_n);
    return REPLY_YES;
}

enum reply_answer reply_release(const struct facts *f, id which)
{
    struct facts_reply r;
    struct claim c;
    if (!facts_reply_get(f->db, which, &r) || r.back.n) return REPLY_NO_SUCH;
    if (r.made_by == f->by) return REPLY_SAME_PERSON;
    if (!claim_get(f->db, r.claim, &c)) return REPLY_NOT_ABOUT;
    enum reply_answer answer = publish(f, &r);
    if (answer != REPLY_YES) return answer;
    facts_reply_drop(f->db, which);
    note(f, TRAIL_REPLY_ADDED, r.claim, r.organisation);
    return REPLY_YES;
}

enum reply_answer reply_give_back(const struct facts *f, id which, str reason)
{
    struct facts_reply r;
    if (!facts_reply_get(f->db, which, &r) || r.back.n) return REPLY_NO_SUCH;
    if (r.made_by == f->by) return REPLY_SAME_PERSON;
    if (!facts_word_is(facts_reply_backs, reason)) return REPLY_NO_REASON;
    facts_reply_give_back(f->db, which, reason, f->now + BACK_KEEP_MS);
    note(f, TRAIL_REPLY_GIVEN_BACK, r.claim, r.organisation);
    return REPLY_YES;
}

enum reply_answer reply_take_back(const struct facts *f, id which)
{
    struct facts_reply r;
    if (!facts_reply_get(f->db, which, &r)) return REPLY_NO_SUCH;
    facts_reply_drop(f->db, which);
    note(f, TRAIL_DISCARDED, r.claim, r.organisation);
    return REPLY_YES;
}

enum reply_answer reply_withdraw(const struct facts *f, str iso3, str claim, id organisation)
{
    if (!retract_all(f, iso3, claim, NULL, 0)) return REPLY_NO_SUCH;
    note(f, TRAIL_REPLY_WITHDRAWN, claim, organisation);
    return REPLY_YES;
}

enum reply_answer reply_remove(const struct facts *f, str iso3, str claim, str reason)
{
    struct claim *rows;
    bool is_personal = str_eq(reason, S("personal"));
    if (!facts_word_is(facts_reply_backs, reason)) return REPLY_NO_REASON;
    size_t n = claim_read(f->db, &facts_replies, iso3, CLAIM_NOW, &rows);
    enum reply_answer answer = reply_withdraw(f, iso3, claim, 0);
    for (size_t i = 0; answer == REPLY_YES && is_personal && i < n; i++)
        if (str_eq(claim_cell(&rows[i], "claim"), claim)) claim_hide(f->db, &rows[i], f->now);
    return answer;
}
