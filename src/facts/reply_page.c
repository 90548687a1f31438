/* A state's focal point: statements about the state, its replies to them. And those who release them. */
#include "facts/inside.h"
#include "facts/reply_form.html.h"
#include "facts/states.html.h"
#include "people/people.h"

#include "base/id.h"

#define REPLY_LANGUAGES 12
#define TEXT_FIELDS     "t0 t1 t2 t3 t4 t5 t6 t7 t8 t9 t10 t11"
#define CLAIMS_SHOWN    200

/* In whose name somebody replies: the first organisation of theirs that is a state's. 0: none. */
static id organisation_of(struct req *rq, str *iso3)
{
    *iso3 = S("");
    for (int i = 0; i < rq->who.within_n; i++) {
        struct people_organisation o;
        bool may = rq->who.within[i].held & RIGHT_BIT(MAY_REPLY);
        if (!may || !people_organisation_get(rq->db, rq->who.within[i].organisation, &o)) continue;
        if (!o.iso3.n || !str_eq(o.kind, S("state")) || o.closed_at) continue;
        *iso3 = o.iso3;
        return o.id;
    }
    return 0;
}

static str direction(const struct lang *l)
{
    return l && lang_is_rtl(l) ? S("rtl") : S("ltr");
}

/* ---- the list ---- */

static bool may_release(struct req *rq, const struct facts_reply *r)
{
    bool is_allowed = who_may(&rq->who, MAY_PUBLISH) ||
                      who_may_within(&rq->who, MAY_REPLY, r->organisation);
    return is_allowed && r->made_by != rq->who.person && !r->back.n;
}

static void fill_texts(struct req *rq, id reply, struct facts_states_waiting *to)
{
    struct facts_reply_words *all;
    size_t n = facts_reply_texts(rq->db, reply, &all);
    struct facts_states_waiting_texts *texts = arena_new(rq->arena,
                                                         struct facts_states_waiting_texts, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct lang *l = lang_find(all[i].lang);
        texts[i] = (struct facts_states_waiting_texts){ all[i].lang,
                                                        l ? lang_own_name(l) : all[i].lang,
                                                        direction(l), all[i].words };
    }
    to->texts = texts;
    to->texts_n = n;
}

static void fill_waiting(struct req *rq, id organisation, struct facts_states *v)
{
    struct facts_reply *all;
    size_t n = facts_replies_all(rq->db, &all);
    struct facts_states_waiting *shown = arena_new(rq->arena, struct facts_states_waiting, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct claim c;
        bool is_ours = v->is_state ? all[i].organisation == organisation : !all[i].back.n;
        if (!is_ours || !claim_get(rq->db, all[i].claim, &c)) continue;
        struct facts_states_waiting *w = &shown[v->waiting_n++];
        *w = (struct facts_states_waiting){
            .question = facts_question(rq, &c),
            .answer = facts_answer_of(rq, &c),
            .claim = ARENA_JOIN(rq->arena, site_origin(rq),
                                web_beneath_now(rq, S("/claims/"), c.id)),
            .state = lang_state(rq->lang, all[i].iso3),
            .speaker = all[i].speaker,
            .day = all[i].day,
            .name = facts_name_of(rq, all[i].made_by),
            .is_mine = all[i].made_by == rq->who.person,
            .can_release = may_release(rq, &all[i]),
            .can_back = !v->is_state && may_release(rq, &all[i]),
            .can_take = v->is_state,
            .address = web_beneath_now(
                rq, v->is_state ? S("/desk/replies/") : S("/desk/facts/replies/"),
                web_id(rq, all[i].id)),
        };
        if (all[i].back.n) w->back = claim_word(facts_reply_backs, all[i].back).phrase;
        fill_texts(rq, all[i].id, w);
    }
    v->waiting = shown;
    v->none = v->waiting_n == 0;
}

static void fill_released(struct req *rq, str iso3, struct facts_states *v)
{
    struct claim *rows;
    size_t n = claim_read(rq->db, &facts_replies, iso3.n ? iso3 : CLAIM_ALL, CLAIM_NOW, &rows);
    struct facts_states_released *shown = arena_new(rq->arena, struct facts_states_released, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct claim c;
        str code = claim_cell(&rows[i], "claim"), state = rows[i].cell[0];
        bool is_shown = false;
        for (size_t k = 0; k < v->released_n; k++)
            is_shown |= str_eq(shown[k].code, code) && str_eq(shown[k].iso3, state);
        if (is_shown || !claim_get(rq->db, code, &c))
            continue; /* each once, in however many languages */
        shown[v->released_n++] = (struct facts_states_released){
            .question = facts_question(rq, &c),
            .claim = ARENA_JOIN(rq->arena, site_origin(rq),
                                web_beneath_now(rq, S("/claims/"), code)),
            .state = lang_state(rq->lang, state),
            .iso3 = state,
            .code = code,
            .speaker = claim_cell(&rows[i], "speaker"),
            .day = claim_cell(&rows[i], "day"),
        };
    }
    v->released = shown;
    v->has_released = v->released_n > 0;
}

/* What is told about the state, by kind; of one kind, each statement. */
static void fill_claims(struct req *rq, str iso3, struct facts_states *v)
{
    size_t kinds = 0;
    while (claim_kind_at(kinds)) kinds++;
    struct facts_states_kinds *all = arena_new(rq->arena, struct facts_states_kinds, kinds + 1);
    struct facts_states_claims *claims = arena_new(rq->arena, struct facts_states_claims,
                                                   CLAIMS_SHOWN);
    for (size_t k = 0; k < kinds; k++) {
        const struct claim_kind *kind = claim_kind_at(k);
        struct claim *rows;
        size_t n = facts_is_entered_here(kind) ? claim_read(rq->db, kind, iso3, CLAIM_NOW, &rows)
                                               : 0;
        if (n == 0 || !reply_is_about(&rows[0], iso3)) continue;
        all[v->kinds_n++] = (struct facts_states_kinds){
            kind_name(kind), (int64_t)n,
            web_beneath_now(rq, S("/desk/replies?kind="), str_of(kind->name))
        };
        if (!str_eq(in_query(rq, "kind"), str_of(kind->name))) continue;
        v->is_kind = true;
        v->kind = kind_name(kind);
        for (size_t i = 0; i < n && i < CLAIMS_SHOWN; i++) {
            const struct claim *c = &rows[n - 1 - i]; /* newest first */
            claims[v->claims_n++] = (struct facts_states_claims){
                facts_question(rq, c), facts_answer_of(rq, c),
                web_beneath_now(rq, S("/desk/replies/new?claim="), c->id),
                ARENA_JOIN(rq->arena, site_origin(rq), web_beneath_now(rq, S("/claims/"), c->id))
            };
        }
    }
    v->kinds = all;
    v->claims = claims;
}

static void show(struct req *rq, bool is_state, struct phrase wrong)
{
    str iso3 = S("");
    id organisation = is_state ? organisation_of(rq, &iso3) : 0;
    struct facts_states v = {
        .is_state = is_state,
        .wrong = wrong,
        .title = say(rq, is_state ? PHRASE("Replies") : PHRASE("Replies of states")),
        .withdraw = web_beneath_now(rq, is_state ? S("/desk/replies/withdraw")
                                                 : S("/desk/facts/replies/withdraw")),
        .none = true,
        .token = web_token(rq)
    };
    struct facts_states_backs *backs = arena_new(rq->arena, struct facts_states_backs, 8);
    for (const struct word *w = facts_reply_backs; w->code.n; w++)
        backs[v.backs_n++] = (struct facts_states_backs){ w->code, w->phrase };
    v.backs = backs;
    if (!is_state) v.facts = web_beneath_now(rq, S("/desk/facts"));
    if (organisation) v.state = lang_state(rq->lang, iso3);
    if (organisation || !is_state) {
        fill_waiting(rq, organisation, &v);
        fill_released(rq, iso3, &v);
    }
    if (organisation && rq->route->method == GET) fill_claims(rq, iso3, &v);
    page(rq,
         (struct head){
             .title = v.title, .description = v.title, .section = is_state ? "replies" : "facts" },
         &facts_states_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static void of_state(struct req *rq)
{
    show(rq, true, NO_PLURAL);
}

static void of_all(struct req *rq)
{
    if (facts_may(rq, MAY_FACT)) show(rq, false, NO_PLURAL);
}

/* ---- writing one ---- */

static void show_form(struct req *rq, const struct claim *c, str iso3, struct phrase wrong)
{
    bool is_sent = rq->route->method == POST;
    struct facts_reply_form v = {
        .wrong = wrong,
        .state = lang_state(rq->lang, iso3),
        .question = facts_question(rq, c),
        .answer = facts_answer_of(rq, c),
        .public = ARENA_JOIN(rq->arena, site_origin(rq), web_beneath_now(rq, S("/claims/"), c->id)),
        .claim = c->id,
        .speaker = is_sent ? in_form_line(rq, "speaker") : S(""),
        .day = is_sent ? in_form_line(rq, "day") : facts_today(rq),
        .action = web_beneath_now(rq, S("/desk/replies/new")),
        .replies = web_beneath_now(rq, S("/desk/replies")),
        .token = web_token(rq),
    };
    v.source = str_or_absent(claim_source(c));
    struct facts_reply_form_texts *texts = arena_new(rq->arena, struct facts_reply_form_texts,
                                                     REPLY_LANGUAGES);
    for (size_t i = 0; i < lang_count() && i < REPLY_LANGUAGES; i++) {
        str field = arena_format(rq->arena, "t%zu", i);
        str words = is_sent ? in_form(rq, field.p) : S("");
        texts[v.texts_n++] = (struct facts_reply_form_texts){ field,
                                                              lang_code(lang_at(i)),
                                                              lang_own_name(lang_at(i)),
                                                              direction(lang_at(i)),
                                                              words,
                                                              words.n || lang_at(i) == rq->lang };
    }
    v.texts = texts;
    page(rq,
         (struct head){
             .title = say(rq, PHRASE("Replies")), .description = v.question, .section = "replies" },
         &facts_reply_form_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

/* The statement that is asked about, if it is about the asker's own state; else the answer has been given. */
static bool asked_claim(struct req *rq, str which, struct claim *c, str *iso3, id *organisation)
{
    *organisation = organisation_of(rq, iso3);
    bool is_right = *organisation && content_id_is(which) && claim_get(rq->db, which, c) &&
                    reply_is_about(c, *iso3);
    if (is_right) return true;
    show(rq, true, reply_refusal(REPLY_NOT_ABOUT));
    return false;
}

static void new_form(struct req *rq)
{
    struct claim c;
    str iso3;
    id organisation;
    if (asked_claim(rq, in_query(rq, "claim"), &c, &iso3, &organisation))
        show_form(rq, &c, iso3, NO_PLURAL);
}

static void hand_in(struct req *rq)
{
    struct claim c;
    struct facts f = facts_of(rq);
    struct reply_asked asked = { .speaker = in_form_line(rq, "speaker"),
                                 .day = in_form_line(rq, "day") };
    if (!asked_claim(rq, in_form_line(rq, "claim"), &c, &asked.iso3, &asked.organisation)) return;
    asked.claim = c.id;
    asked.texts = arena_new(rq->arena, struct facts_reply_words, REPLY_LANGUAGES);
    for (size_t i = 0; i < lang_count() && i < REPLY_LANGUAGES; i++) {
        str words = str_trim(in_form(rq, arena_format(rq->arena, "t%zu", i).p));
        if (words.n)
            asked.texts[asked.texts_n++] = (struct facts_reply_words){ lang_code(lang_at(i)),
                                                                       words };
    }
    enum reply_answer answer = reply_hand_in(&f, &asked);
    if (answer == REPLY_YES) desk_go(rq, "handed", S("/desk/replies"));
    else show_form(rq, &c, asked.iso3, reply_refusal(answer));
}

/* ---- what is done with one ---- */

/* A reply of the asker's own organisation; somebody else's is not there for them. */
static bool asked_ours(struct req *rq, struct facts_reply *r)
{
    id which;
    if (in_path_id(rq, "reply", &which) && facts_reply_get(rq->db, which, r) &&
        who_may_within(&rq->who, MAY_REPLY, r->organisation))
        return true;
    not_found(rq, PHRASE("This reply is not there any more."), S(""));
    return false;
}

static void answer_with(struct req *rq, bool is_state, enum reply_answer answer, const char *done)
{
    if (answer == REPLY_YES)
        desk_go(rq, done, is_state ? S("/desk/replies") : S("/desk/facts/replies"));
    else if (answer == REPLY_SAME_PERSON) refuse(rq, 403, reply_refusal(answer), S(""));
    else show(rq, is_state, reply_refusal(answer));
}

static void release_ours(struct req *rq)
{
    struct facts_reply r;
    struct facts f = facts_of(rq);
    if (asked_ours(rq, &r)) answer_with(rq, true, reply_release(&f, r.id), "released");
}

static void take(struct req *rq)
{
    struct facts_reply r;
    struct facts f = facts_of(rq);
    if (asked_ours(rq, &r)) answer_with(rq, true, reply_take_back(&f, r.id), "removed");
}

static void withdraw(struct req *rq)
{
    struct facts f = facts_of(rq);
    str iso3;
    id organisation = organisation_of(rq, &iso3);
    enum reply_answer answer = REPLY_NO_SUCH;
    if (organisation) answer = reply_withdraw(&f, iso3, in_form_line(rq, "claim"), organisation);
    answer_with(rq, true, answer, "retracted");
}

/* For the campaign: an editor of it, not of one organisation. */
static bool asked_any(struct req *rq, struct facts_reply *r)
{
    id which;
    if (!facts_may(rq, MAY_FACT)) return false;
    if (!in_path_id(rq, "reply", &which) || !facts_reply_get(rq->db, which, r)) {
        not_found(rq, PHRASE("This reply is not there any more."), S(""));
        return false;
    }
    return facts_may(rq, MAY_PUBLISH);
}

static void release(struct req *rq)
{
    struct facts_reply r;
    struct facts f = facts_of(rq);
    if (asked_any(rq, &r)) answer_with(rq, false, reply_release(&f, r.id), "released");
}

static void give_back(struct req *rq)
{
    struct facts_reply r;
    struct facts f = facts_of(rq);
    if (asked_any(rq, &r))
        answer_with(rq, false, reply_give_back(&f, r.id, in_form_line(rq, "reason")), "given");
}

static void remove_released(struct req *rq)
{
    struct facts f = facts_of(rq);
    if (!facts_may(rq, MAY_FACT)) return;
    enum reply_answer answer = REPLY_NO_SUCH;
    if (who_may(&rq->who, MAY_PUBLISH))
        answer = reply_remove(&f, in_form_line(rq, "state"), in_form_line(rq, "claim"),
                              in_form_line(rq, "reason"));
    answer_with(rq, false, answer, "retracted");
}

void reply_waits(struct req *rq)
{
    struct facts_reply *all;
    int64_t waiting = 0, back = 0;
    str iso3 = S("");
    bool is_editor = who_may(&rq->who, MAY_FACT) && who_may(&rq->who, MAY_PUBLISH);
    id organisation = organisation_of(rq, &iso3);
    if (!is_editor && !organisation) return;
    size_t n = facts_replies_all(rq->db, &all);
    for (size_t i = 0; i < n; i++) {
        waiting += may_release(rq, &all[i]);
        back += organisation && all[i].organisation == organisation && all[i].back.n;
    }
    desk_waits(rq, WAITS_NOW,
               PHRASES("{n} reply of a state waits to be released",
                       "{n} replies of states wait to be released"),
               waiting,
               web_beneath_now(rq, is_editor ? S("/desk/facts/replies") : S("/desk/replies")));
    desk_waits(rq, WAITS_SOON,
               PHRASES("{n} reply of your state was given back",
                       "{n} replies of your state were given back"),
               back, web_beneath_now(rq, S("/desk/replies")));
}

const struct route release_page_routes[] = {
    { GET, DESK, "/desk/facts/replies", MAY_FACT, of_all,
      "Replies of states that wait or are released.", &facts_states_view, NULL },
    { POST, DESK, "/desk/facts/replies/withdraw", MAY_FACT, remove_released,
      "Removes a reply that may not stand.", &facts_states_view, "claim state reason" },
    { POST, DESK, "/desk/facts/replies/:reply/release", MAY_FACT, release,
      "Releases a state's reply.", &facts_states_view, NULL },
    { POST, DESK, "/desk/facts/replies/:reply/back", MAY_FACT, give_back,
      "Gives a state's reply back.", &facts_states_view, "reason" },
    { 0 },
};

const struct route reply_page_routes[] = {
    { GET, DESK, "/desk/replies", MAY_REPLY, of_state,
      "A state's replies, and what is told about it.", &facts_states_view, "kind" },
    { GET, DESK, "/desk/replies/new", MAY_REPLY, new_form, "A reply to one statement.",
      &facts_reply_form_view, "claim kind" },
    { POST, DESK, "/desk/replies/new", MAY_REPLY, hand_in, "Hands a reply in.",
      &facts_reply_form_view, "claim speaker day " TEXT_FIELDS },
    { POST, DESK, "/desk/replies/withdraw", MAY_REPLY, withdraw, "Withdraws a state's reply.",
      &facts_states_view, "claim state" },
    { POST, DESK, "/desk/replies/:reply/release", MAY_REPLY, release_ours,
      "A second person of the state releases it.", &facts_states_view, NULL },
    { POST, DESK, "/desk/replies/:reply/take", MAY_REPLY, take, "Takes a reply back.",
      &facts_states_view, NULL },
    { 0 },
};
