/* Accounts: their words are sealed, their address is found again by a keyed hash. */
#include "people/inside.h"

#include "base/id.h"
#include "send/send.h"
#include "trail/trail.h"

#define KEEP_MS   (PEOPLE_KEEP_MONTHS * 30 * DAY_MS)
#define NAME_MAX_ 120

str mail_plain(struct arena *a, str mail)
{
    mail = str_trim(mail);
    char *p = arena_take(a, mail.n + 1);
    bool is_host = false;
    for (size_t i = 0; i < mail.n; i++) {
        char c = mail.p[i];
        if (c == '@') is_host = true;
        p[i] = is_host && c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return (str){ p, mail.n };
}

bool mail_is_good(struct arena *a, str mail)
{
    personal address;
    struct phrase why;
    return send_address_ok(a, mail, &address, &why); /* or no mail would ever reach it */
}

/* Capitals do not tell two addresses apart here: nobody's provider does. */
void mail_hash(const struct people *p, str mail, unsigned char out[SEAL_HASH_BYTES])
{
    str plain = mail_plain(p->arena, mail);
    char *low = arena_take(p->arena, plain.n + 1);
    for (size_t i = 0; i < plain.n; i++)
        low[i] = plain.p[i] >= 'A' && plain.p[i] <= 'Z' ? (char)(plain.p[i] + 32) : plain.p[i];
    seal_hash(seal_secret(p->keys, "addresses"), "e-mail address", (str){ low, plain.n }, out);
}

static str bytes(const unsigned char hash[SEAL_HASH_BYTES])
{
    return (str){ (const char *)hash, SEAL_HASH_BYTES };
}

str people_words(const struct people *p, const struct seal_column *column, id row,
                 struct sealed box)
{
    personal words;
    switch (seal_open(p->keys, p->arena, column, row, box, &words)) {
    case SEAL_OPENED: return words.words;
    case SEAL_KEY_GONE:
    case SEAL_DAMAGED: break;
    }
    return S("");
}

static struct sealed close_words(const struct people *p, const struct seal_column *column, id row,
                                 ms keep_until, str words)
{
    return seal_close(p->keys, p->arena, column, row, keep_until, (personal){ words });
}

static struct person of_row(const struct people *p, const struct people_row *row)
{
    const struct lang *l = lang_find(row->lang);
    return (struct person){
        .id = row->id,
        .name = people_words(p, &seal_people_person_called, row->id, row->called),
        .mail = people_words(p, &seal_people_person_mail, row->id, row->mail),
        .lang = l ? l : lang_find(S("en")),
        .made_at = row->made_at,
        .seen_at = row->seen_at,
        .ended_at = row->ended_at,
        .keep_until = row->keep_until,
    };
}

static void fill_factors(const struct people *p, struct person *who)
{
    struct people_authenticator app;
    struct people_key *keys;
    struct who rights = { 0 };
    who->has_app = people_totp_get(p->db, who->id, &app) && app.is_proved;
    who->has_passkey = people_passkeys_of(p->db, who->id, &keys) > 0;
    who->needs_second = rights_fill(p, who->id, &rights);
}

bool person_get(const struct people *p, id which, struct person *out)
{
    struct people_row row;
    if (!people_person_get(p->db, which, &row)) return false;
    *out = of_row(p, &row);
    fill_factors(p, out);
    return true;
}

bool person_by_mail(const struct people *p, str mail, struct person *out, str *password)
{
    struct people_row row;
    unsigned char hash[SEAL_HASH_BYTES];
    *password = S("");
    mail_hash(p, mail, hash);
    if (!people_person_by_mail(p->db, bytes(hash), &row)) return false;
    *out = of_row(p, &row);
    *password = row.password;
    fill_factors(p, out);
    return true;
}

static size_t ended_last(struct arena *a, struct person *all, size_t n)
{
    struct person *copy = arena_new(a, struct person, n + 1);
    size_t at = 0;
    memcpy(copy, all, n * sizeof *all);
    for (int is_ended = 0; is_ended < 2; is_ended++)
        for (size_t i = 0; i < n; i++)
            if ((copy[i].ended_at > 0) == is_ended) all[at++] = copy[i];
    return n;
}

static str by_name(const void *thing)
{
    return ((const struct person *)thing)->name;
}

size_t person_all(const struct people *p, struct person **out)
{
    struct people_row *rows;
    size_t n = people_persons_all(p->db, &rows);
    *out = arena_new(p->arena, struct person, n + 1);
    for (size_t i = 0; i < n; i++) {
        (*out)[i] = of_row(p, &rows[i]);
        fill_factors(p, &(*out)[i]);
    }
    lang_sort(p->arena, p->lang, *out, n, sizeof **out, by_name);
    return ended_last(p->arena, *out, n);
}

str person_name(const struct people *p, id which)
{
    struct people_row row;
    if (which == 0) return lang_text(p->lang, PHRASE("the program"));
    if (!people_person_get(p->db, which, &row))
        return lang_text(p->lang, PHRASE("someone who has left"));
    return people_words(p, &seal_people_person_called, row.id, row.called);
}

static void note(const struct people *p, enum trail_deed deed, id person, str code, id organisation)
{
    trail_add(
        p->db, deed, p->by,
        (struct trail_about){
            .subject = TRAIL_OF_PERSON, .row = person, .code = code, .organisation = organisation },
        p->now);
}

enum people_answer person_add(const struct people *p, str mail, str name, str password_hash,
                              id *made)
{
    unsigned char hash[SEAL_HASH_BYTES];
    mail = mail_plain(p->arena, mail);
    if (!mail_is_good(p->arena, mail)) return PEOPLE_BAD_MAIL;
    if (name.n < 2 || name.n > NAME_MAX_) return PEOPLE_BAD_NAME;
    mail_hash(p, mail, hash);
    ms keep_until = p->now + KEEP_MS;
    *made = id_new();
    int64_t rows = people_person_add(
        p->db, *made, bytes(hash),
        close_words(p, &seal_people_person_mail, *made, keep_until, mail),
        close_words(p, &seal_people_person_called, *made, keep_until, name), lang_code(p->lang),
        password_hash, p->now, keep_until);
    if (rows == 0) return PEOPLE_TAKEN;
    note(p, TRAIL_ACCOUNT_MADE, *made, S(""), 0);
    return PEOPLE_YES;
}

enum people_answer person_change(const struct people *p, id which, str name,
                                 const struct lang *lang)
{
    struct people_row row;
    if (!people_person_get(p->db, which, &row)) return PEOPLE_NO_SUCH;
    if (name.n < 2 || name.n > NAME_MAX_) return PEOPLE_BAD_NAME;
    people_person_change(p->db, which,
                         close_words(p, &seal_people_person_called, which, row.keep_until, name),
                         lang_code(lang));
    note(p, TRAIL_ACCOUNT_CHANGED, which, S(""), 0);
    return PEOPLE_YES;
}

/* Sealed anew only when the month changes: a day's sign-ins write nothing. */
void person_renew(const struct people *p, id which)
{
    struct people_row row;
    struct people_authenticator app;
    ms keep_until = p->now + KEEP_MS;
    if (!people_person_get(p->db, which, &row)) return;
    people_person_seen(p->db, which, p->now);
    if (seal_period_of(keep_until) <= seal_period_of(row.keep_until)) return;
    struct person who = of_row(p, &row);
    people_person_renew(
        p->db, which, close_words(p, &seal_people_person_mail, which, keep_until, who.mail),
        close_words(p, &seal_people_person_called, which, keep_until, who.name), keep_until);
    people_passkeys_renew(p->db, which, keep_until);
    if (!people_totp_get(p->db, which, &app)) return;
    str secret = people_words(p, &seal_people_totp_secret, which, app.secret);
    people_totp_renew(p->db, which,
                      close_words(p, &seal_people_totp_secret, which, keep_until, secret),
                      keep_until);
}

void person_password(const struct people *p, id which, str hash)
{
    people_password_set(p->db, which, hash);
    people_invites_drop_for(p->db, S("reset"),
                            which); /* whoever has one of those is not let in any more */
    note(p, TRAIL_PASSWORD_SET, which, S(""), 0);
}

void person_drop_factors(const struct people *p, id which)
{
    if (people_totp_drop(p->db, which)) note(p, TRAIL_CODES_APP_REMOVED, which, S(""), 0);
    if (people_passkeys_drop_of(p->db, which)) note(p, TRAIL_PASSKEY_REMOVED, which, S(""), 0);
    people_recovery_drop(p->db, which);
    people_sessions_drop_but(p->db, which, 0);
}

static bool is_last_administrator(const struct people *p, id which)
{
    struct people_count left;
    struct who rights = { 0 };
    (void)rights_fill(p, which, &rights);
    people_role_count(p->db, S("administrator"), &left);
    return (rights.everywhere & RIGHT_BIT(MAY_PEOPLE)) && left.n <= 1;
}

enum people_answer person_end(const struct people *p, id which)
{
    struct people_row row;
    if (!people_person_get(p->db, which, &row)) return PEOPLE_NO_SUCH;
    if (row.ended_at) return PEOPLE_YES;
    if (is_last_administrator(p, which)) return PEOPLE_LAST_ADMIN;
    people_person_end(p->db, which, p->now);
    people_sessions_drop_but(p->db, which, 0);
    people_invites_drop_for(p->db, S("reset"), which);
    note(p, TRAIL_ACCOUNT_CLOSED, which, S(""), 0);
    return PEOPLE_YES;
}

enum people_answer person_open(const struct people *p, id which)
{
    if (people_person_end(p->db, which, 0) == 0) return PEOPLE_NO_SUCH;
    note(p, TRAIL_ACCOUNT_OPENED, which, S(""), 0);
    return PEOPLE_YES;
}

enum people_answer person_forget(const struct people *p, id which)
{
    struct people_row row;
    if (!people_person_get(p->db, which, &row)) return PEOPLE_NO_SUCH;
    if (!row.ended_at && is_last_administrator(p, which)) return PEOPLE_LAST_ADMIN;
    people_person_forget(p->db, which);
    people_invites_drop_for(p->db, S("reset"), which);
    note(p, TRAIL_PERSON_FORGOTTEN, which, S(""), 0);
    return PEOPLE_YES;
}

enum people_answer role_give(const struct people *p, id person, str role, id organisation)
{
    struct people_row row;
    struct people_organisation in;
    struct who has = { 0 };
    const struct role *r = role_named(role);
    if (!people_person_get(p->db, person, &row)) return PEOPLE_NO_SUCH;
    if (!r || (organisation ? !r->is_for_member : r->is_only_member)) return PEOPLE_BAD_ROLE;
    if (organisation && !people_organisation_get(p->db, organisation, &in)) return PEOPLE_NO_SUCH;
    (void)rights_fill(p, person, &has);
    bool is_there = organisation == 0;
    for (int i = 0; i < has.within_n; i++) is_there |= has.within[i].organisation == organisation;
    if (!is_there && has.within_n == WITHIN_MAX) return PEOPLE_TOO_MANY;
    if (people_grant_add(p->db, person, r->code, organisation, p->by, p->now))
        note(p, TRAIL_ROLE_GIVEN, person, r->code, organisation);
    return PEOPLE_YES;
}

enum people_answer role_take(const struct people *p, id person, str role, id organisation)
{
    bool is_admin = str_eq(role, S("administrator")) && organisation == 0;
    if (is_admin && is_last_administrator(p, person)) return PEOPLE_LAST_ADMIN;
    if (people_grant_drop(p->db, person, role, organisation))
        note(p, TRAIL_ROLE_TAKEN, person, role, organisation);
    return PEOPLE_YES;
}
