/* Links that let somebody in once: an invitation, a new password. Only a hash of their words is kept. */
#include "base/id.h"
#include "people/inside.h"
#include "trail/trail.h"

static void key_hash(const struct people *p, str key, unsigned char out[SEAL_HASH_BYTES])
{
    seal_hash(seal_secret(p->keys, "sessions"), "link", key, out);
}

static const char *purpose_code(enum link_purpose purpose)
{
    return purpose == LINK_INVITE ? "invite" : "reset";
}

enum people_answer link_make(const struct people *p, const struct link *what, str *key)
{
    char words[SEAL_RANDOM_TEXT];
    unsigned char hash[SEAL_HASH_BYTES];
    const struct role *r = what->purpose == LINK_INVITE ? role_named(what->role) : NULL;
    bool is_first = what->mail.n == 0 && what->purpose == LINK_INVITE &&
                    !people_have_administrator(p->db);
    if (!is_first && what->purpose == LINK_INVITE) {
        struct person taken;
        str ignored;
        if (!mail_is_good(p->arena, mail_plain(p->arena, what->mail))) return PEOPLE_BAD_MAIL;
        if (person_by_mail(p, what->mail, &taken, &ignored)) return PEOPLE_TAKEN;
    }
    if (what->purpose == LINK_INVITE &&
        (!r || (what->organisation ? !r->is_for_member : r->is_only_member)))
        return PEOPLE_BAD_ROLE;
    if (is_first || what->purpose == LINK_RESET)
        people_invites_drop_for(p->db, str_of(is_first ? "first" : "reset"), what->person);
    seal_random_text(words);
    *key = arena_str(p->arena, str_of(words));
    key_hash(p, *key, hash);
    id row = id_new();
    ms keep_until = p->now + INVITE_KEEP_MS;
    personal mail = { mail_plain(p->arena, what->mail) }, name = { what->name };
    people_invite_add(
        p->db, row, (str){ (const char *)hash, sizeof hash },
        str_of(is_first ? "first" : purpose_code(what->purpose)),
        seal_close(p->keys, p->arena, &seal_people_invite_mail, row, keep_until, mail),
        seal_close(p->keys, p->arena, &seal_people_invite_called, row, keep_until, name),
        lang_code(what->lang ? what->lang : p->lang), r ? r->code : S(""), what->organisation,
        what->person, p->by, p->now, keep_until);
    trail_add(p->db, what->purpose == LINK_INVITE ? TRAIL_PERSON_INVITED : TRAIL_ACCOUNT_RESET,
              p->by,
              (struct trail_about){ .subject = what->person ? TRAIL_OF_PERSON : TRAIL_OF_INVITATION,
                                    .row = what->person ? what->person : row,
                                    .organisation = what->organisation },
              p->now);
    return PEOPLE_YES;
}

static struct link of_row(const struct people *p, const struct people_invited *row)
{
    const struct lang *l = lang_find(row->lang);
    return (struct link){
        .id = row->id,
        .purpose = str_eq(row->purpose, S("reset")) ? LINK_RESET : LINK_INVITE,
        .mail = people_words(p, &seal_people_invite_mail, row->id, row->mail),
        .name = people_words(p, &seal_people_invite_called, row->id, row->called),
        .role = row->role,
        .organisation = row->organisation,
        .person = row->person,
        .made_by = row->made_by,
        .lang = l ? l : lang_find(S("en")),
        .made_at = row->made_at,
        .keep_until = row->keep_until,
    };
}

/* Officers let in one kind of person: the focal point of an organisation they decided on. */
static bool may_invite(const struct people *p, id person, const struct people_invited *row)
{
    const struct role *r = role_named(row->role);
    bool is_focal = row->organisation && r && r->is_only_member;
    struct people_row giver;
    struct who now = { 0 };
    if (!people_person_get(p->db, person, &giver) || giver.ended_at) return false;
    (void)rights_fill(p, person, &now);
    right_set enough = RIGHT_BIT(MAY_PEOPLE);
    if (is_focal) enough |= RIGHT_BIT(MAY_DECIDE) | RIGHT_BIT(MAY_AGREE);
    return now.everywhere & enough;
}

/* A link is worth no more than whoever made it (0: the terminal) may still give, and no more than its account. The first
 * administrator's ends when there is one, however that one came. */
static bool is_worth_something(const struct people *p, const struct people_invited *row)
{
    struct people_row whose;
    if (row->made_by && !may_invite(p, row->made_by, row)) return false;
    if (str_eq(row->purpose, S("first"))) return !people_have_administrator(p->db);
    if (!str_eq(row->purpose, S("reset"))) return true;
    return people_person_get(p->db, row->person, &whose) && !whose.ended_at;
}

bool link_find(const struct people *p, str key, struct link *out)
{
    struct people_invited row;
    unsigned char hash[SEAL_HASH_BYTES];
    key_hash(p, key, hash);
    bool is_open = people_invite_get(p->db, (str){ (const char *)hash, sizeof hash }, &row) &&
                   row.keep_until > p->now && is_worth_something(p, &row);
    if (!is_open) return false;
    *out = of_row(p, &row);
    return true;
}

size_t link_all(const struct people *p, struct link **out)
{
    struct people_invited *rows;
    size_t n = people_invites_all(p->db, p->now, &rows);
    *out = arena_new(p->arena, struct link, n + 1);
    size_t open = 0;
    for (size_t i = 0; i < n; i++)
        if (is_worth_something(p, &rows[i])) (*out)[open++] = of_row(p, &rows[i]);
    return open;
}

enum people_answer link_accept(const struct people *p, const struct link *l, str mail, str name,
                               str password_hash, id *made)
{
    enum people_answer answer = person_add(p, l->mail.n ? l->mail : mail, name, password_hash,
                                           made);
    if (answer != PEOPLE_YES) return answer;
    struct people giver = *p;
    giver.by = l->made_by;
    answer = role_give(&giver, *made, l->role, l->organisation);
    if (answer == PEOPLE_YES) people_invite_drop(p->db, l->id);
    return answer;
}

void link_drop(const struct people *p, id which)
{
    if (people_invite_drop(p->db, which))
        trail_add(p->db, TRAIL_INVITATION_WITHDRAWN, p->by,
                  (struct trail_about){ .subject = TRAIL_OF_INVITATION, .row = which }, p->now);
}

bool people_have_administrator(struct db *db)
{
    struct people_count n;
    people_role_count(db, S("administrator"), &n);
    return n.n > 0;
}
