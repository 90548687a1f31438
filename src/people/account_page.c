/* One's own account: name, password, second factors, sessions, and leaving. */
#include "people/inside.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/id.h"
#include "operator/operator.h"
#include "people/account.html.h"
#include "people/app.html.h"
#include "people/codes.html.h"
#include "seal/letters.h"
#include "seal/recovery.h"
#include "seal/totp.h"
#include "seal/webauthn.h"
#include "trail/trail.h"

#define RECENT_MS \
    ((ms)(15 * 60000)) /* to change what lets one in, one must have signed in this recently */
#define PASSKEYS_MAX 10
#define LABEL_MAX    60

static void note(struct req *rq, enum trail_deed deed, enum trail_subject subject, id row)
{
    trail_add(rq->db, deed, rq->who.person, (struct trail_about){ .subject = subject, .row = row },
              rq->now);
}

/* A session left open on a table must not be enough to lock its owner out. */
static bool is_recent(struct req *rq)
{
    if (rq->now - rq->who.since < RECENT_MS) return true;
    str next = web_beneath_now(rq, S("/desk/account"));
    struct sink out;
    sink_open(&out, rq->arena, KIB(4));
    put(&out, web_beneath_now(rq, S("/desk/sign-in?again=1&next=")));
    url_part(&out, next);
    go_to(rq, 303, sink_str(&out));
    return false;
}

/* ---- the page ---- */

static void fill_roles(struct req *rq, const struct people *p, struct people_account *v)
{
    struct people_granted *all;
    size_t n = people_grants_of(p->db, rq->who.person, &all);
    struct people_account_roles *roles_shown = arena_new(rq->arena, struct people_account_roles,
                                                         n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct role *r = role_named(all[i].role);
        if (!r || all[i].is_closed) continue;
        roles_shown[v->roles_n++] = (struct people_account_roles){
            r->name, r->about, str_or_absent(all[i].organisation_name)
        };
    }
    v->roles = roles_shown;
}

static void fill_languages(struct req *rq, const struct person *who, struct people_account *v)
{
    struct people_account_languages *all = arena_new(rq->arena, struct people_account_languages,
                                                     lang_count());
    for (size_t i = 0; i < lang_count(); i++)
        all[i] = (struct people_account_languages){ lang_code(lang_at(i)),
                                                    lang_own_name(lang_at(i)),
                                                    lang_at(i) == who->lang };
    v->languages = all;
    v->languages_n = lang_count();
}

static void fill_passkeys(struct req *rq, const struct people *p, struct people_account *v)
{
    struct people_key *keys;
    struct sink known;
    size_t n = people_passkeys_of(p->db, rq->who.person, &keys);
    struct people_account_passkeys *all = arena_new(rq->arena, struct people_account_passkeys,
                                                    n + 1);
    sink_open(&known, rq->arena, KIB(32));
    for (size_t i = 0; i < n; i++) {
        all[i] = (struct people_account_passkeys){
            keys[i].label, web_day_of(rq, keys[i].made_at), web_day_of(rq, keys[i].used_at),
            web_beneath_now(rq, S("/desk/account/passkey/"), web_id(rq, keys[i].id), S("/remove"))
        };
        put(&known, base64url_text(rq->arena, keys[i].credential));
        put_char(&known, ' ');
    }
    v->passkeys = all;
    v->passkeys_n = n;
    v->known = sink_str(&known);
}

static void fill_sessions(struct req *rq, const struct people *p, struct people_account *v)
{
    struct people_open *open;
    size_t n = people_sessions_of(p->db, rq->who.person, p->now, p->now - SESSION_IDLE_MS, &open);
    struct people_account_sessions *all = arena_new(rq->arena, struct people_account_sessions,
                                                    n + 1);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct people_account_sessions){
            web_moment_of(rq, open[i].begun_at), web_moment_of(rq, open[i].seen_at),
            open[i].id == rq->who.session,
            web_beneath_now(rq, S("/desk/account/sessions/"), web_id(rq, open[i].id), S("/end"))
        };
    v->sessions = all;
    v->sessions_n = n;
}

static void show(struct req *rq, struct phrase wrong)
{
    struct people p = people_of(rq);
    struct person who;
    struct people_count codes;
    if (!person_get(&p, rq->who.person, &who)) {
        not_found(rq, PHRASE("This account is gone."), S(""));
        return;
    }
    people_recovery_count(p.db, who.id, &codes);
    unsigned char user[SEAL_HASH_BYTES];
    seal_hash(seal_secret(p.keys, "sessions"), "passkey user",
              (str){ (const char *)&who.id, sizeof who.id }, user);
    str operator_name = operator_get(rq->db)->name;
    struct people_account v = {
        .name = who.name,
        .mail = who.mail,
        .base = web_beneath_now(rq, S("/desk/account")),
        .wrong = wrong,
        .needs_second = who.needs_second,
        .host = passkey_site(rq),
        .site = operator_name.n ? operator_name : S("Blue Heart"),
        .user = base64url_text(rq->arena, (str){ (const char *)user, 16 }),
        .has_app = who.has_app,
        .app = web_beneath_now(rq, S("/desk/account/app")),
        .codes = codes.n,
        .has_codes = codes.n > 0,
        .token = web_token(rq),
    };
    fill_roles(rq, &p, &v);
    fill_languages(rq, &who, &v);
    fill_passkeys(rq, &p, &v);
    fill_sessions(rq, &p, &v);
    str title = say(rq, PHRASE("My account"));
    page(rq, (struct head){ .title = title, .description = title, .script = "passkey.js" },
         &people_account_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static void account(struct req *rq)
{
    show(rq, NO_PLURAL);
}

static void account_save(struct req *rq)
{
    struct people p = people_of(rq);
    const struct lang *l = lang_find(in_form_line(rq, "lang"));
    enum people_answer answer = person_change(&p, rq->who.person, in_form_line(rq, "name"),
                                              l ? l : rq->lang);
    if (answer == PEOPLE_YES) desk_go(rq, "saved", S("/desk/account"));
    else show(rq, people_refusal(answer));
}

static void password_save(struct req *rq)
{
    struct people p = people_of(rq);
    struct person who;
    str hash;
    if (!is_recent(rq) || !person_get(&p, rq->who.person, &who)) return;
    personal typed = { in_form(rq, "password") };
    struct password_own own = { S("Blue Heart"), { who.mail } };
    struct phrase wrong = password_refusal(password_judge(rq->arena, typed, own));
    if (!wrong.english && !str_eq(typed.words, in_form(rq, "password_again")))
        wrong = PHRASE("The two passwords differ.");
    if (wrong.english) {
        show(rq, wrong);
    } else if (!rq->raw->job_result.p) {
        later(rq, password_make_ask(rq->arena, seal_secret(p.keys, "passwords"), typed));
    } else if (password_made(rq->raw->job_result, &hash)) {
        person_password(&p, who.id, hash);
        people_sessions_drop_but(p.db, who.id, rq->who.session);
        desk_go(rq, "saved", S("/desk/account"));
    } else {
        show(rq, PHRASE("Many people are signing in just now. Please try again in a moment."));
    }
}

/* ---- passkeys ---- */

static void passkey_add(struct req *rq)
{
    struct people p = people_of(rq);
    struct person who;
    struct people_key *keys;
    struct webauthn_key key;
    struct webauthn_site site = { passkey_site(rq), passkey_origin(rq) };
    str client, attestation, label = in_form_line(rq, "label");
    str challenge = web_token_bytes(rq, RECENT_MS);
    if (!is_recent(rq) || !person_get(&p, rq->who.person, &who)) return;
    bool is_sent = challenge.n && label.n > 0 && label.n <= LABEL_MAX &&
                   base64url_read(rq->arena, in_form_line(rq, "client_data"), KIB(8), &client) &&
                   base64url_read(rq->arena, in_form_line(rq, "attestation"), KIB(16),
                                  &attestation);
    if (people_passkeys_of(p.db, who.id, &keys) >= PASSKEYS_MAX) is_sent = false;
    bool is_good = is_sent &&
                   webauthn_register(rq->arena, &site, challenge, client, attestation, &key) ==
                       WEBAUTHN_YES &&
                   key.is_verified;
    id row = id_new();
    if (is_good)
        is_good = people_passkey_add(p.db, row, who.id, key.credential, key.cose, key.counter,
                                     key.may_be_backed_up, label, p.now, who.keep_until) > 0;
    if (!is_good) {
        show(rq,
             PHRASE("This passkey was not accepted. It must ask for a PIN, a finger or a face."));
        return;
    }
    note(rq, TRAIL_PASSKEY_ADDED, TRAIL_OF_PASSKEY, row);
    desk_go(rq, "added", S("/desk/account"));
}

/* The last factor of somebody whose role needs one stays. */
static bool is_last_factor(const struct person *who, size_t keys, bool is_app)
{
    if (!who->needs_second) return false;
    return is_app ? keys == 0 : keys <= 1 && !who->has_app;
}

static void passkey_remove(struct req *rq)
{
    struct people p = people_of(rq);
    struct person who;
    struct people_key *keys;
    id which;
    if (!is_recent(rq) || !person_get(&p, rq->who.person, &who)) return;
    if (is_last_factor(&who, people_passkeys_of(p.db, who.id, &keys), false)) {
        show(
            rq,
            PHRASE("This is your only second factor, and your roles need one. Add another first."));
        return;
    }
    if (in_path_id(rq, "passkey", &which) && people_passkey_drop(p.db, which, who.id))
        note(rq, TRAIL_PASSKEY_REMOVED, TRAIL_OF_PASSKEY, which);
    desk_go(rq, "removed", S("/desk/account"));
}

/* ---- the authenticator app ---- */

static void app_begin(struct req *rq)
{
    struct people p = people_of(rq);
    struct person who;
    struct people_authenticator has;
    unsigned char secret[TOTP_SECRET_BYTES];
    if (!is_recent(rq) || !person_get(&p, rq->who.person, &who)) return;
    bool is_set = people_totp_get(p.db, who.id, &has) && has.is_proved;
    if (!is_set) {
        totp_secret_make(secret);
        personal words = { { (const char *)secret, sizeof secret } };
        people_totp_put(
            p.db, who.id,
            seal_close(p.keys, p.arena, &seal_people_totp_secret, who.id, who.keep_until, words),
            p.now, who.keep_until);
    }
    desk_go(rq, NULL, is_set ? S("/desk/account") : S("/desk/account/app"));
}

static void app_show(struct req *rq, struct phrase wrong)
{
    struct people p = people_of(rq);
    struct person who;
    struct people_authenticator app;
    char text[TOTP_SECRET_TEXT];
    bool is_open = person_get(&p, rq->who.person, &who) && people_totp_get(p.db, who.id, &app) &&
                   !app.is_proved;
    str secret = is_open ? people_words(&p, &seal_people_totp_secret, who.id, app.secret) : S("");
    if (secret.n != TOTP_SECRET_BYTES) {
        desk_go(rq, NULL, S("/desk/account"));
        return;
    }
    const unsigned char *bytes = (const unsigned char *)secret.p;
    str site = operator_get(rq->db)->name, title = say(rq, PHRASE("Authenticator app"));
    totp_secret_text(bytes, text);
    personal address = totp_address(rq->arena, site.n ? site : S("Blue Heart"),
                                    (personal){ who.mail }, bytes);
    struct people_app v = {
        .action = web_beneath_now(rq, S("/desk/account/app/prove")),
        .picture = totp_picture(rq->arena, address,
                                say(rq, PHRASE("A picture for your telephone's camera"))),
        .secret = arena_str(rq->arena, str_of(text)),
        .wrong = wrong,
        .token = web_token(rq),
    };
    page(rq, (struct head){ .title = title, .description = title }, &people_app_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static void app(struct req *rq)
{
    app_show(rq, NO_PLURAL);
}

static void app_prove(struct req *rq)
{
    struct people p = people_of(rq);
    struct people_count codes;
    switch (second_code(&p, rq->who.person, in_form_line(rq, "code"))) {
    case SECOND_RIGHT: break;
    case SECOND_WRONG:
    case SECOND_CLONED:
    case SECOND_USED:
        app_show(
            rq,
            PHRASE("These are not the digits it shows now. Is the clock of your telephone right?"));
        return;
    }
    note(rq, TRAIL_CODES_APP_ADDED, TRAIL_OF_PERSON, rq->who.person);
    people_recovery_count(p.db, rq->who.person, &codes);
    desk_go(rq, "added", S("/desk/account"));
}

static void app_remove(struct req *rq)
{
    struct people p = people_of(rq);
    struct person who;
    struct people_key *keys;
    if (!is_recent(rq) || !person_get(&p, rq->who.person, &who)) return;
    if (is_last_factor(&who, people_passkeys_of(p.db, who.id, &keys), true)) {
        show(
            rq,
            PHRASE("This is your only second factor, and your roles need one. Add another first."));
        return;
    }
    people_totp_drop(p.db, who.id);
    note(rq, TRAIL_CODES_APP_REMOVED, TRAIL_OF_PERSON, who.id);
    desk_go(rq, "removed", S("/desk/account"));
}

/* ---- recovery codes, sessions, leaving ---- */

static void codes_make(struct req *rq)
{
    struct people p = people_of(rq);
    struct recovery_code codes[RECOVERY_CODES];
    struct people_codes_codes shown[RECOVERY_CODES];
    if (!is_recent(rq)) return;
    people_recovery_drop(p.db, rq->who.person);
    recovery_make(seal_secret(p.keys, "recovery"), rq->who.person, codes);
    for (int i = 0; i < RECOVERY_CODES; i++) {
        people_recovery_add(p.db, rq->who.person,
                            (str){ (const char *)codes[i].hash, sizeof codes[i].hash });
        shown[i].text = arena_str(rq->arena, str_of(codes[i].text));
    }
    note(rq, TRAIL_RECOVERY_MADE, TRAIL_OF_PERSON, rq->who.person);
    struct people_codes v = { .codes = shown,
                              .codes_n = RECOVERY_CODES,
                              .home = web_beneath_now(rq, S("/desk/account")) };
    str title = say(rq, PHRASE("Recovery codes"));
    page(rq, (struct head){ .title = title, .description = title }, &people_codes_view, &v);
}

static void session_end(struct req *rq)
{
    struct people p = people_of(rq);
    id which;
    if (in_path_id(rq, "session", &which) && people_session_drop(p.db, which, rq->who.person))
        note(rq, TRAIL_SESSION_ENDED, TRAIL_OF_SESSION, which);
    desk_go(rq, "ended", S("/desk/account"));
}

static void sessions_end(struct req *rq)
{
    if (people_sessions_drop_but(rq->db, rq->who.person, rq->who.session))
        note(rq, TRAIL_SESSION_ENDED, TRAIL_OF_PERSON, rq->who.person);
    desk_go(rq, "ended", S("/desk/account"));
}

static void leave(struct req *rq)
{
    struct people p = people_of(rq);
    if (!is_recent(rq)) return;
    enum people_answer answer = in_form_has(rq, "sure") ? person_forget(&p, rq->who.person)
                                                        : PEOPLE_NO_SUCH;
    if (answer != PEOPLE_YES) {
        show(rq, people_refusal(answer));
        return;
    }
    desk_go(rq, "out", S("/desk/sign-in"));
    web_cookie(rq, S(""));
}

const struct route account_routes[] = {
    { GET, DESK, "/desk/account", SIGNED_IN, account, "One's own account.", &people_account_view,
      NULL },
    { POST, DESK, "/desk/account", SIGNED_IN, account_save, "Changes one's name and language.",
      &people_account_view, "name lang" },
    { POST, DESK, "/desk/account/password", SIGNED_IN, password_save, "Sets a new password.",
      &people_account_view, "password password_again" },
    { POST, DESK, "/desk/account/passkey", SIGNED_IN, passkey_add, "Adds a passkey.",
      &people_account_view, "label client_data attestation" },
    { POST, DESK, "/desk/account/passkey/:passkey/remove", SIGNED_IN, passkey_remove,
      "Takes a passkey away.", &people_account_view, NULL },
    { POST, DESK, "/desk/account/app", SIGNED_IN, app_begin, "Begins with an authenticator app.",
      NULL, NULL },
    { GET, DESK, "/desk/account/app", SIGNED_IN, app, "What the authenticator app needs.",
      &people_app_view, NULL },
    { POST, DESK, "/desk/account/app/prove", SIGNED_IN, app_prove,
      "Proves that the authenticator app works.", &people_app_view, "code" },
    { POST, DESK, "/desk/account/app/remove", SIGNED_IN, app_remove,
      "Takes the authenticator app away.", &people_account_view, NULL },
    { POST, DESK, "/desk/account/codes", SIGNED_IN, codes_make, "Makes recovery codes.",
      &people_codes_view, NULL },
    { POST, DESK, "/desk/account/sessions", SIGNED_IN, sessions_end, "Ends all other sessions.",
      NULL, NULL },
    { POST, DESK, "/desk/account/sessions/:session/end", SIGNED_IN, session_end, "Ends a session.",
      NULL, NULL },
    { POST, DESK, "/desk/account/leave", SIGNED_IN, leave, "Leaves, and is forgotten.",
      &people_account_view, "sure" },
    { 0 },
};
