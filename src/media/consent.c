/* Who agreed to be shown. A paper's number, never a name. */
#include "media/inside.h"

#include "base/day.h"
#include "base/id.h"

#define PROOF_KEEP_MS \
    (3 * 365 * DAY_MS) /* after it ended: so that it can be shown that there was one */
#define TAKEN_BACK_KEEP_MS (365 * DAY_MS)

/* The words of a scope in our own order, each once; false if one is none of ours. */
static bool scope_in_order(struct arena *a, str asked, str *out, bool *is_for_site)
{
    *out = S("");
    size_t known = 0, named = 0;
    for (const struct word *w = media_scopes; w->code.n; w++) {
        str rest = asked;
        bool is_in = false;
        while (rest.p) is_in |= str_eq(str_split(&rest, ' '), w->code);
        if (!is_in) continue;
        known++;
        *out = out->n ? ARENA_JOIN(a, *out, S(" "), w->code) : w->code;
    }
    for (str rest = asked; rest.p;) named += str_split(&rest, ' ').n > 0;
    *is_for_site = str_starts(*out, S("site"));
    return known > 0 && known == named;
}

static bool is_reference(str s)
{
    bool has_digit = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool is_digit = c >= '0' && c <= '9';
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_digit && !is_letter && c != '-' && c != '/' && c != '.') return false;
        has_digit |= is_digit;
    }
    return has_digit && s.n <= MEDIA_REFERENCE_MAX;
}

static bool are_days(const struct media_consent *c, str today)
{
    if (!day_is_full(c->given_on) || !day_is_full(c->expires_on)) return false;
    bool is_in_order = str_cmp(c->given_on, today) <= 0 && str_cmp(c->given_on, c->expires_on) < 0;
    return is_in_order && day_year(c->expires_on) - day_year(c->given_on) <= MEDIA_CONSENT_YEARS;
}

enum media_answer media_agree(struct db *db, struct media_by by, id which,
                              const struct media_consent *c)
{
    struct media_row item;
    struct arena *a = db_arena(db);
    str scope;
    bool is_for_site;
    if (!media_item_get(db, which, &item)) return MEDIA_NO_SUCH;
    if (c->people < 1 || c->people > MEDIA_PEOPLE_MAX) return MEDIA_BAD_COUNT;
    if (!scope_in_order(a, c->scope, &scope, &is_for_site)) return MEDIA_BAD_SCOPE;
    if (!are_days(c, media_today(a, by.now))) return MEDIA_BAD_DAYS;
    if (!is_reference(c->reference.words)) return MEDIA_BAD_REFERENCE;
    media_consent_add(db, id_new(), which, c->people, scope, is_for_site, c->given_on,
                      c->expires_on, c->holder, c->reference, by.person, by.now,
                      day_end(c->expires_on) + PROOF_KEEP_MS);
    media_keep(db, which, by.now);
    media_note(db, by, &item, "agreed", S(""));
    return MEDIA_YES;
}

enum media_answer media_disagree(struct db *db, struct media_by by, id which, id consent)
{
    struct media_row item;
    if (!media_item_get(db, which, &item)) return MEDIA_NO_SUCH;
    if (media_consent_end(db, consent, which, by.now, by.now + TAKEN_BACK_KEEP_MS) == 0)
        return MEDIA_NO_SUCH;
    media_note(db, by, &item, "disagreed", S(""));
    media_turn_away(db, by, &item, S("consent"), true);
    return MEDIA_YES;
}
