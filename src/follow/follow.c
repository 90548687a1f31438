#include "follow/follow.h"

#include "base/id.h"
#include "send/send.h"

const struct word follow_topics[] = {
    { S_CONST("news"), PHRASE_CONST("News of the campaign") },
    { S_CONST("calendar"), PHRASE_CONST("Days given to the matter, a week before they come") },
    { { "", 0 }, { "" } },
};

void follow_ask(struct db *db, struct seal_keys *keys, str mail, str topics, const struct lang *l,
                ms now, id *made)
{
    unsigned char hash[SEAL_HASH_BYTES];
    send_address_hash(mail, hash);
    str mail_hash = { (const char *)hash, sizeof hash };
    *made = 0;
    if (!send_may_ask(db, mail_hash, now)) return;
    *made = id_new();
    ms keep_until = now + FOLLOW_ASKED_MS;
    follow_add(db, *made, mail_hash,
               seal_close(keys, db_arena(db), &seal_follow_follower_mail, *made, keep_until,
                          (personal){ mail }),
               topics, lang_code(l), now, keep_until);
}

static bool find(struct db *db, id which, ms now, struct follow_row *row)
{
    return follow_get(db, which, row) && row->keep_until > now;
}

enum follow_answer follow_confirm(struct db *db, struct seal_keys *keys, id which, ms now)
{
    struct follow_row row;
    personal mail;
    struct arena *a = db_arena(db);
    if (!find(db, which, now, &row)) return FOLLOW_NO_SUCH;
    if (seal_open(keys, a, &seal_follow_follower_mail, row.id, row.mail, &mail) != SEAL_OPENED)
        return FOLLOW_NO_SUCH;
    ms keep_until = now + FOLLOW_KEEP_MS;
    follow_drop_others(db, row.mail_hash, which);
    follow_on(db, which, seal_close(keys, a, &seal_follow_follower_mail, which, keep_until, mail),
              now, keep_until);
    return FOLLOW_YES;
}

enum follow_answer follow_stop(struct db *db, id which, bool is_foreign, ms now)
{
    struct follow_row row;
    if (!find(db, which, now, &row)) return FOLLOW_NO_SUCH;
    follow_drop(db, which);
    if (is_foreign) {
        follow_drop_others(db, row.mail_hash, 0);
        send_unwanted(db, row.mail_hash, now);
    }
    return FOLLOW_YES;
}
