/* Signing in: password or passkey, the second factor, links that let in once, and out again. */
#include "people/inside.h"

#include "base/clock.h"
#include "people/link.html.h"
#include "people/second.html.h"
#include "people/sign_in.html.h"
#include "seal/letters.h"
#include "seal/webauthn.h"
#include "trail/trail.h"

#define PASSKEY_ASKED_MS ((ms)600000)

static struct head head_of(struct req *rq, struct phrase title)
{
    str words = say(rq, title);
    return (struct head){ .title = words, .description = words, .script = "passkey.js" };
}

/* Only to the desk of this site: a path of ours beneath a language, with nothing a browser could take for a host. */
static str next_of(struct req *rq, str asked)
{
    str rest = str_from(asked, 1);
    str code = str_split(&rest, '/');
    bool is_ours = str_starts(asked, S("/")) && lang_find(code) && rest.p &&
                   (str_eq(rest, S("desk")) || str_starts(rest, S("desk/")) ||
                    str_starts(rest, S("desk?"))) &&
                   str_find(asked, '\\') < 0 && !str_has(asked, S("//"));
    bool is_loop = str_has(asked, S("/desk/sign-")) || str_has(asked, S("/desk/second"));
    return is_ours && !is_loop ? asked : web_beneath_now(rq, S("/desk"));
}

void people_enter(struct req *rq, id person, bool has_second, bool is_second_done, str next)
{
    struct people p = people_of(rq);
    bool is_half = has_second && !is_second_done;
    web_cookie(rq, session_begin(&p, person, is_half));
    if (!is_half) {
        go_to(rq, 303, next_of(rq, next));
        return;
    }
    struct sink out;
    sink_open(&out, rq->arena, KIB(16));
    put(&out, web_beneath_now(rq, S("/desk/second?next=")));
    url_part(&out, next);
    go_to(rq, 303, sink_str(&out));
}

/* ---- the password ---- */

struct asked {
    str mail, next;
    struct phrase wrong;
    ms wait;
};

static void show_sign_in(struct req *rq, struct asked asked)
{
    struct people_sign_in v = {
        .action = web_beneath_now(rq, S("/desk/sign-in")),
        .passkey = web_beneath_now(rq, S("/desk/passkey")),
        .next = asked.next,
        .mail = asked.mail,
        .wrong = asked.wrong,
        .host = passkey_site(rq),
        .token = web_token(rq),
    };
    if (asked.wait) v.seconds = SOME_INT((asked.wait + 999) / 1000);
    page(rq, head_of(rq, PHRASE("Sign in")), &people_sign_in_view, &v);
    if (asked.wrong.english || asked.wait) page_is_wrong(rq);
}

static void sign_in_form(struct req *rq)
{
    bool is_again = in_query(rq, "again").n > 0;
    if (!is_again && (rq->who.state == WHO_WHOLE || rq->who.state == WHO_BARE)) {
        go_to(rq, 303, next_of(rq, in_query(rq, "next")));
        return;
    }
    show_sign_in(rq, (struct asked){ .mail = S(""), .next = in_query(rq, "next") });
}

/* Runs twice: first it asks the job process to check, then it has the answer. */
static void sign_in(struct req *rq)
{
    struct people p = people_of(rq);
    struct person who = { 0 };
    struct asked asked = { .mail = in_form_line(rq, "mail"), .next = in_form_line(rq, "next") };
    unsigned char account[SEAL_HASH_BYTES];
    str hash;
    mail_hash(&p, asked.mail, account);
    asked.wait = slow_wait(&p, account);
    if (asked.wait) { /* before anything is looked up: how long that takes would tell */
        show_sign_in(rq, asked);
        return;
    }
    bool is_there = person_by_mail(&p, asked.mail, &who, &hash) && who.ended_at == 0;
    if (!rq->raw->job_result.p) {
        personal typed = { in_form(rq, "password") };
        later(rq, password_check_ask(rq->arena, seal_secret(p.keys, "passwords"), typed,
                                     is_there ? hash : S("")));
        return;
    }
    switch (password_checked(rq->raw->job_result)) {
    case PASSWORD_RIGHT:
    case PASSWORD_RIGHT_OLD:
        slow_forget(&p, account);
        people_enter(rq, who.id, who.has_app || who.has_passkey, false, asked.next);
        return;
    case PASSWORD_WRONG:
        slow_note(&p, account, is_there ? who.id : 0);
        asked.wrong = PHRASE("The address or the password is not right.");
        break;
    case PASSWORD_BUSY:
        asked.wrong = PHRASE("Many people are signing in just now. Please try again in a moment.");
        break;
    }
    show_sign_in(rq, asked);
}

/* ---- passkeys ---- */

str passkey_origin(struct req *rq)
{
    str origin = site_desk_origin(rq);
    str here = S("http://127.0.0.1");
    if (!str_starts(origin, here)) return origin; /* browsers know no passkey for a number */
    return ARENA_JOIN(rq->arena, S("http://localhost"), str_from(origin, here.n));
}

str passkey_site(struct req *rq)
{
    str host = passkey_origin(rq);
    host = str_from(host, (size_t)str_find(host, ':') + 3);
    return str_split(&host, ':');
}

static bool sent_bytes(struct req *rq, const char *name, str *bytes)
{
    return base64url_read(rq->arena, in_form_line(rq, name), KIB(8), bytes);
}

/* Finds whose key signed; says why not in *why. */
static bool passkey_signs(struct req *rq, const struct people *p, id *person, struct phrase *why)
{
    struct people_key key;
    struct webauthn_seen seen;
    str credential, client, data, signature, challenge = web_token_bytes(rq, PASSKEY_ASKED_MS);
    struct webauthn_site site = { passkey_site(rq), passkey_origin(rq) };
    *why = PHRASE("This passkey was not accepted.");
    bool is_sent = challenge.n && sent_bytes(rq, "credential", &credential) &&
                   sent_bytes(rq, "client_data", &client) &&
                   sent_bytes(rq, "authenticator_data", &data) &&
                   sent_bytes(rq, "signature", &signature);
    if (!is_sent || !people_passkey_by_credential(p->db, credential, &key)) return false;
    struct webauthn_key kept = { .credential = key.credential,
                                 .cose = key.cose,
                                 .counter = key.counter,
                                 .may_be_backed_up = key.may_be_backed_up };
    enum webauthn_answer answer = webauthn_verify(rq->arena, &site, challenge, &kept, client, data,
                                                  signature, &seen);
    *person = key.person;
    if (answer == WEBAUTHN_CLONED) {
        *why = PHRASE("This passkey was not accepted: there may be a copy of it. Sign in another "
                      "way, remove it and make a new one.");
        trail_add(p->db, TRAIL_PASSKEY_DOUBTED, key.person,
                  (struct trail_about){ .subject = TRAIL_OF_PASSKEY, .row = key.id }, p->now);
    }
    if (answer != WEBAUTHN_YES || !seen.is_verified) return false;
    people_passkey_used(p->db, key.id, seen.counter, p->now);
    return true;
}

static void second_show(struct req *rq, str next, struct phrase wrong);

static void passkey_enter(struct req *rq)
{
    struct people p = people_of(rq);
    struct person who;
    struct phrase why;
    id person = 0;
    str next = in_form_line(rq, "next");
    bool is_in = passkey_signs(rq, &p, &person, &why) && person_get(&p, person, &who) &&
                 who.ended_at == 0 && (rq->who.state != WHO_HALF || rq->who.person == person);
    if (is_in && rq->who.state == WHO_HALF) people_session_drop(p.db, rq->who.session, person);
    if (is_in) people_enter(rq, person, true, true, next);
    else if (rq->who.state == WHO_HALF) second_show(rq, next, why);
    else show_sign_in(rq, (struct asked){ .mail = S(""), .next = next, .wrong = why });
}

/* ---- the second factor ---- */

static void second_show(struct req *rq, str next, struct phrase wrong)
{
    struct people p = people_of(rq);
    struct person who = { 0 };
    (void)!person_get(&p, rq->who.person, &who);
    struct people_second v = {
        .action = web_beneath_now(rq, S("/desk/second")),
        .passkey = web_beneath_now(rq, S("/desk/passkey")),
        .next = next,
        .wrong = wrong,
        .has_key = who.has_passkey,
        .has_app = who.has_app,
        .host = passkey_site(rq),
        .token = web_token(rq),
    };
    page(rq, head_of(rq, PHRASE("One more step")), &people_second_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static bool is_half(struct req *rq)
{
    if (rq->who.state == WHO_HALF) return true;
    go_to(rq, 303, web_beneath_now(rq, S("/desk")));
    return false;
}

static void second_form(struct req *rq)
{
    if (is_half(rq)) second_show(rq, in_query(rq, "next"), NO_PLURAL);
}

static void second(struct req *rq)
{
    struct people p = people_of(rq);
    unsigned char account[SEAL_HASH_BYTES];
    if (!is_half(rq)) return;
    str next = in_form_line(rq, "next");
    id person = rq->who.person;
    seal_hash(seal_secret(p.keys, "sessions"), "second factor",
              (str){ (const char *)&person, sizeof person }, account);
    if (slow_wait(&p, account)) {
        second_show(rq, next, PHRASE("There were many tries. Please wait a few minutes."));
        return;
    }
    switch (second_code(&p, person, in_form_line(rq, "code"))) {
    case SECOND_RIGHT:
        slow_forget(&p, account);
        people_session_drop(p.db, rq->who.session, person);
        people_enter(rq, person, true, true, next);
        return;
    case SECOND_USED:
        second_show(rq, next, PHRASE("This code was used already. Wait for the next one."));
        return;
    case SECOND_WRONG:
    case SECOND_CLONED: break;
    }
    slow_note(&p, account, person);
    second_show(rq, next, PHRASE("This code is not right."));
}

static void sign_out(struct req *rq)
{
    struct people p = people_of(rq);
    people_session_drop(p.db, rq->who.session, rq->who.person);
    trail_add(p.db, TRAIL_SIGNED_OUT, rq->who.person,
              (struct trail_about){ .subject = TRAIL_OF_SESSION, .row = rq->who.session }, rq->now);
    desk_go(rq, "out", S("/desk/sign-in"));
    web_cookie(rq, S(""));
}

/* ---- links ---- */

static void link_show(struct req *rq, const struct link *l, str mail, str name, struct phrase wrong)
{
    struct people p = people_of(rq);
    const struct role *r = role_named(l->role);
    struct people_organisation in;
    struct people_link v = {
        .action = web_beneath_now(rq, S("/desk/link/"), in_path(rq, "key")),
        .is_reset = l->purpose == LINK_RESET,
        .is_first = l->purpose == LINK_INVITE && l->made_by == 0 && l->mail.n == 0,
        .name = name,
        .mail = l->mail.n ? l->mail : mail,
        .has_mail = l->mail.n > 0,
        .wrong = wrong,
        .token = web_token(rq),
    };
    if (r) v.role = r->name;
    if (l->organisation && people_organisation_get(p.db, l->organisation, &in))
        v.organisation = in.name;
    struct phrase title = v.is_reset ? PHRASE("A new password") : PHRASE("Welcome");
    page(rq, (struct head){ .title = say(rq, title), .description = say(rq, title) },
         &people_link_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static bool link_is_open(struct req *rq, const struct people *p, struct link *l)
{
    if (link_find(p, in_path(rq, "key"), l)) return true;
    refuse(rq, 404,
           PHRASE("This link is not open any more: it was used, or a week has passed, or it was "
                  "cut. Ask for a new one."),
           S(""));
    return false;
}

static void link_form(struct req *rq)
{
    struct people p = people_of(rq);
    struct link l;
    if (link_is_open(rq, &p, &l)) link_show(rq, &l, S(""), l.name, NO_PLURAL);
}

/* The link is used up only when everything went well. */
static void link_take(struct req *rq, struct people *p, const struct link *l, str mail, str name,
                      str hash)
{
    id person = l->person;
    struct person who = { 0 };
    enum people_answer answer = PEOPLE_YES;
    if (l->purpose == LINK_RESET) {
        people_invite_drop(p->db, l->id);
        p->by = person;
        person_password(p, person, hash);
        people_sessions_drop_but(p->db, person, 0);
    } else {
        answer = link_accept(p, l, mail, name, hash, &person);
    }
    if (answer != PEOPLE_YES) {
        link_show(rq, l, mail, name, people_refusal(answer));
        return;
    }
    (void)!person_get(p, person, &who);
    people_enter(rq, person, who.has_app || who.has_passkey, false, S(""));
}

static void link_use(struct req *rq)
{
    struct people p = people_of(rq);
    struct link l;
    if (!link_is_open(rq, &p, &l)) return;
    bool is_reset = l.purpose == LINK_RESET;
    str mail = l.mail.n ? l.mail : in_form_line(rq, "mail"), name = in_form_line(rq, "name");
    personal typed = { in_form(rq, "password") };
    struct password_own own = { S("Blue Heart"), { mail } };
    enum password_answer judged = password_judge(rq->arena, typed, own);
    struct phrase wrong = password_refusal(judged);
    if (!is_reset && !mail_is_good(rq->arena, mail_plain(rq->arena, mail)))
        wrong = people_refusal(PEOPLE_BAD_MAIL);
    if (judged == PASSWORD_FINE && !str_eq(typed.words, in_form(rq, "password_again")))
        wrong = PHRASE("The two passwords differ.");
    if (wrong.english) {
        link_show(rq, &l, mail, name, wrong);
        return;
    }
    str hash;
    if (!rq->raw->job_result.p)
        later(rq, password_make_ask(rq->arena, seal_secret(p.keys, "passwords"), typed));
    else if (password_made(rq->raw->job_result, &hash)) link_take(rq, &p, &l, mail, name, hash);
    else
        link_show(rq, &l, mail, name,
                  PHRASE("Many people are signing in just now. Please try again in a moment."));
}

const struct route sign_in_routes[] = {
    { GET, DESK, "/desk/sign-in", ANYONE, sign_in_form, "Where those who run the campaign come in.",
      &people_sign_in_view, "next again" },
    { POST, DESK, "/desk/sign-in", ANYONE, sign_in, "Signs in with a password.",
      &people_sign_in_view, "mail password next" },
    { POST, DESK, "/desk/passkey", ANYONE, passkey_enter, "Signs in with a passkey.",
      &people_sign_in_view, "next credential client_data authenticator_data signature" },
    { GET, DESK, "/desk/second", ANYONE, second_form, "Asks for the second factor.",
      &people_second_view, "next" },
    { POST, DESK, "/desk/second", ANYONE, second, "Checks a code.", &people_second_view,
      "code next" },
    { POST, DESK, "/desk/sign-out", SIGNED_IN, sign_out, "Ends this session.", NULL, NULL },
    { GET, DESK, "/desk/link/:key", ANYONE, link_form,
      "Where an invitation or a link for a new password leads.", &people_link_view, NULL },
    { POST, DESK, "/desk/link/:key", ANYONE, link_use, "Makes the account, or sets the password.",
      &people_link_view, "name mail password password_again" },
    { 0 },
};
