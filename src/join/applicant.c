/* What an applicant sees by the links: the button that confirms, and a page of their own. After a deed the page is shown at
 * once, not by another address: where a form led is noted for a day, and these addresses are secrets. */
#include "join/inside.h"

#include "join/confirm.html.h"
#include "join/follow.html.h"
#include "join/gone.html.h"

static struct head head_of(struct req *rq, struct phrase title)
{
    return (
        struct head){ .title = say(rq, title), .description = say(rq, title), .section = "join" };
}

#define GONE_TITLE PHRASE("This link leads nowhere any more")
#define GONE_WORDS                                                                                 \
    PHRASE("It was cut, or what it led to ended: what is not confirmed is deleted after 7 days, "  \
           "what was refused after 6 months, what was withdrawn at once. If you applied, ask for " \
           "the link again; if that brings nothing, apply anew.")

static struct join_gone *gone(struct req *rq, struct phrase title, struct phrase words)
{
    struct join_gone *g = arena_new(rq->arena, struct join_gone, 1);
    *g = (struct join_gone){ .title = title,
                             .words = words,
                             .again = web_beneath_now(rq, S("/join/again")),
                             .all = web_beneath_now(rq, S("/join")) };
    return g;
}

static bool find(struct req *rq, const struct people *p, enum join_key purpose,
                 struct join_application *a)
{
    id which;
    return join_key_read(rq, purpose, in_path(rq, "key"), &which) && join_get(p, which, a);
}

static void follow_gone(struct req *rq, struct phrase title, struct phrase words)
{
    struct join_follow v = { .gone = gone(rq, title, words), .gone_n = 1, .token = web_token(rq) };
    page(rq, head_of(rq, title), &join_follow_view, &v);
}

static bool find_follow(struct req *rq, const struct people *p, struct join_application *a)
{
    if (find(rq, p, JOIN_KEY_FOLLOW, a)) return true;
    follow_gone(rq, GONE_TITLE, GONE_WORDS);
    page_is_gone(rq);
    return false;
}

static bool find_confirm(struct req *rq, const struct people *p, struct join_application *a)
{
    if (find(rq, p, JOIN_KEY_CONFIRM, a)) return true;
    struct join_confirm v = { .gone = gone(rq, GONE_TITLE, GONE_WORDS),
                              .gone_n = 1,
                              .token = web_token(rq) };
    page(rq, head_of(rq, GONE_TITLE), &join_confirm_view, &v);
    page_is_gone(rq);
    return false;
}

/* ---- confirming ---- */

static void confirm_show(struct req *rq, const struct join_application *a, struct phrase wrong)
{
    bool is_new = str_eq(a->state, S("unconfirmed"));
    struct join_confirm v = {
        .action = web_beneath_now(rq, S("/join/confirm/"), in_path(rq, "key")),
        .kind = join_kinds[a->kind],
        .made = join_day(rq, a->made_at),
        .until = join_day(rq, a->keep_until),
        .wrong = wrong,
        .token = web_token(rq),
    };
    if (!is_new)
        v.follow = web_beneath_now(rq, S("/join/application/"),
                                   join_key(rq, JOIN_KEY_FOLLOW, a->id));
    page(rq, head_of(rq, is_new ? PHRASE("Confirm your address") : PHRASE("Confirmed")),
         &join_confirm_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static void confirm_form(struct req *rq)
{
    struct people p = people_of(rq);
    struct join_application a;
    if (find_confirm(rq, &p, &a)) confirm_show(rq, &a, NO_PLURAL);
}

static void confirm(struct req *rq)
{
    struct people p = people_of(rq);
    struct join_application a;
    if (!find_confirm(rq, &p, &a)) return;
    enum join_answer answer = join_confirm(&p, a.id);
    if (answer == JOIN_YES && !join_get(&p, a.id, &a)) answer = JOIN_NO_SUCH;
    confirm_show(rq, &a, join_refusal(answer));
}

/* ---- one's own page ---- */

static bool is_open(const struct join_application *a)
{
    return !str_eq(a->state, S("accepted")) && !str_eq(a->state, S("refused"));
}

static void fill_fields(struct req *rq, const struct join_application *a, struct join_follow *v)
{
    struct join_follow_fields *all = arena_new(rq->arena, struct join_follow_fields, JOIN_FIELDS);
    for (int i = JOIN_CONTACT; i < JOIN_FIELDS; i++) {
        if (!a->field[i].n) continue;
        struct join_follow_fields *f = &all[v->fields_n++];
        *f = (struct join_follow_fields){ .name = join_field_words[i] };
        bool is_list = i == JOIN_WANT || i == JOIN_SECTOR;
        if (!is_list) {
            f->text = a->field[i];
            continue;
        }
        struct word found[16];
        size_t n = join_words_named(rq->arena, i == JOIN_WANT ? join_wants : join_sectors,
                                    a->field[i], found, COUNT_OF(found));
        struct join_follow_fields_words *words = arena_new(rq->arena,
                                                           struct join_follow_fields_words, n + 1);
        for (size_t k = 0; k < n; k++) words[k] = (struct join_follow_fields_words){ found[k] };
        f->words = words;
        f->words_n = n;
    }
    v->fields = all;
}

static void fill_said(struct req *rq, const struct people *p, const struct join_application *a,
                      struct join_follow *v)
{
    struct join_said_row *rows;
    size_t n = join_said_of(rq->db, a->id, &rows);
    bool is_decided = !is_open(a);
    struct join_follow_said *all = arena_new(rq->arena, struct join_follow_said, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool is_decision = str_eq(rows[i].sort, S("decision"));
        if (is_decision && !is_decided) continue; /* a second person has yet to agree */
        all[v->said_n++] = (struct join_follow_said){
            .is_ours = is_decision || str_eq(rows[i].sort, S("question")),
            .is_decision = is_decision,
            .is_erased = str_eq(rows[i].sort, S("erased")),
            .at = web_moment_of(rq, rows[i].said_at),
            .text = join_said_words(p, &rows[i]),
        };
    }
    v->said = all;
}

/* A prepared decision is nobody's yet: outside it still waits. */
static struct word state_of(const struct join_application *a)
{
    str code = str_eq(a->state, S("proposed")) ? S("new") : a->state;
    return claim_word(join_states, code);
}

static void follow_show(struct req *rq, const struct people *p, const struct join_application *a,
                        str answer, struct phrase done, struct phrase wrong)
{
    struct join_follow v = {
        .action = web_beneath_now(rq, S("/join/application/"), in_path(rq, "key")),
        .help = web_beneath_now(rq, S("/help")),
        .kind = join_kinds[a->kind],
        .state = state_of(a),
        .is_open = is_open(a),
        .is_asked = str_eq(a->state, S("asked")),
        .is_accepted = str_eq(a->state, S("accepted")),
        .is_refused = str_eq(a->state, S("refused")),
        .is_person = a->kind == JOIN_ADVOCATE,
        .has_left = a->left_on.n > 0,
        .left = str_or_absent(a->left_on),
        .name = str_or_absent(a->field[JOIN_NAME]),
        .country = lang_state(rq->lang, a->iso3),
        .made = join_day(rq, a->made_at),
        .until = join_day(rq, a->keep_until),
        .done = done,
        .wrong = wrong,
        .erased = a->erased > 0,
        .answer = answer,
        .kit = web_beneath_now(rq, S("/join/kit")),
        .sign_in = ARENA_JOIN(rq->arena, site_desk_origin(rq), web_beneath_now(rq, S("/desk"))),
        .token = web_token(rq),
    };
    if (a->reason.n) v.reason = claim_word(join_refusals, a->reason);
    if (a->member.n) v.member = web_beneath_now(rq, S("/members/"), a->member);
    fill_fields(rq, a, &v);
    fill_said(rq, p, a, &v);
    page(rq, head_of(rq, PHRASE("Your application")), &join_follow_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static void follow(struct req *rq)
{
    struct people p = people_of(rq);
    struct join_application a;
    if (find_follow(rq, &p, &a)) follow_show(rq, &p, &a, S(""), NO_PLURAL, NO_PLURAL);
}

static void answer(struct req *rq)
{
    struct people p = people_of(rq);
    struct join_application a;
    if (!find_follow(rq, &p, &a)) return;
    str words = str_trim(in_form(rq, "answer"));
    enum join_answer done = join_reply(&p, a.id, words);
    if (!join_get(&p, a.id, &a)) done = JOIN_NO_SUCH;
    bool is_done = done == JOIN_YES;
    follow_show(rq, &p, &a, is_done ? S("") : words,
                is_done ? PHRASE("Your answer is with us.") : NO_PLURAL,
                done == JOIN_BAD_WORDS ? PHRASE("An answer has from 1 to 1,000 letters.")
                                       : join_refusal(done));
}

static void withdraw(struct req *rq)
{
    struct people p = people_of(rq);
    struct join_application a;
    if (!find_follow(rq, &p, &a)) return;
    bool is_advocate = a.kind == JOIN_ADVOCATE && str_eq(a.state, S("accepted"));
    if (!in_form_has(rq, "sure")) {
        follow_show(rq, &p, &a, S(""), NO_PLURAL,
                    PHRASE("Nothing was deleted: please tick that you are sure."));
        return;
    }
    enum join_answer done = is_advocate ? join_forget_advocate(&p, a.id) : join_withdraw(&p, a.id);
    if (done != JOIN_YES) {
        follow_show(rq, &p, &a, S(""), NO_PLURAL, join_refusal(done));
        return;
    }
    follow_gone(rq, is_advocate ? PHRASE("You left") : PHRASE("Your application is deleted"),
                PHRASE("Nothing of what you sent is left here. In copies made against loss it ends "
                       "when their keys are destroyed."));
}

const struct route join_applicant_routes[] = {
    { GET, UNDER_LANG, "/join/confirm/:key", ANYONE, confirm_form,
      "Where the link that confirms an address leads.", &join_confirm_view, NULL },
    { POST, UNDER_LANG, "/join/confirm/:key", ANYONE, confirm, "Confirms an address.",
      &join_confirm_view, NULL },
    { GET, UNDER_LANG, "/join/application/:key", ANYONE, follow, "An applicant's own page.",
      &join_follow_view, NULL },
    { POST, UNDER_LANG, "/join/application/:key", ANYONE, answer, "Takes an answer.",
      &join_follow_view, "answer" },
    { POST, UNDER_LANG, "/join/application/:key/withdraw", ANYONE, withdraw,
      "Deletes an application, or lets an advocate leave.", &join_follow_view, "sure" },
    { 0 },
};
