#include "people/pages.h"

#include "people/inside.h"
#include "base/clock.h"
#include "web/asset.h"

ASSET_CARRY(asset_passkey, "src/people/passkey.js");

void people_open(struct arena *life)
{
    asset_add(life, "passkey.js", "text/javascript; charset=utf-8", ASSET_STR(asset_passkey));
}

struct people people_of(struct req *rq)
{
    return (struct people){ .db = rq->db,
                            .arena = rq->arena,
                            .keys = site_keys(rq),
                            .lang = rq->lang,
                            .by = rq->who.person,
                            .now = rq->now };
}

struct phrase people_refusal(enum people_answer answer)
{
    switch (answer) {
    case PEOPLE_YES: return NO_PLURAL;
    case PEOPLE_NO_SUCH: return PHRASE("This account is gone.");
    case PEOPLE_TAKEN: return PHRASE("This address has an account already.");
    case PEOPLE_BAD_MAIL: return PHRASE("This is no e-mail address: name@host.example");
    case PEOPLE_BAD_NAME: return PHRASE("A name has from 2 to 100 letters.");
    case PEOPLE_BAD_ROLE:
        return PHRASE("This role cannot be held there. The table of roles says where each can.");
    case PEOPLE_LAST_ADMIN:
        return PHRASE("This is the last administrator. Make somebody else one first: otherwise "
                      "nobody could let anybody in.");
    case PEOPLE_TOO_MANY:
        return PHRASE("One person can have roles in eight organisations at most.");
    }
    return NO_PLURAL;
}

struct phrase password_refusal(enum password_answer answer)
{
    switch (answer) {
    case PASSWORD_FINE: return NO_PLURAL;
    case PASSWORD_TOO_SHORT: return PHRASE("This password is too short: at least 12 characters.");
    case PASSWORD_TOO_LONG: return PHRASE("This password is too long.");
    case PASSWORD_TOO_COMMON:
        return PHRASE("Many people use this password, or it is too easy to guess. Four words that "
                      "do not belong together are good.");
    }
    return NO_PLURAL;
}

/* Being used is noted after the answer, in a transaction of its own: reading changes nothing. */
static void note_use(struct db *db, void *session)
{
    people_session_seen(db, *(const id *)session, clock_now());
}

static void after(struct req *rq)
{
    db_write(rq->db, note_use, &rq->who.session);
}

void people_who(struct req *rq)
{
    struct people p = people_of(rq);
    bool is_due = false;
    rq->who = (struct who){ .name = S("") };
    str cookie = web_cookie_value(rq);
    if (cookie.n == 0 || !session_find(&p, cookie, &rq->who, &is_due)) return;
    if (is_due) rq->after = after;
}

static const struct route *const more[] = { account_routes, list_routes, organisation_routes,
                                            NULL };

const struct room people_room = {
    .name = "people",
    .purpose = "who runs the campaign: accounts, organisations, roles, signing in",
    .routes = sign_in_routes,
    .more = more,
    .steps = people_steps,
    .queries = people_queries,
};
