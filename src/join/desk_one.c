/* One application on one screen: what is known, what was sent, what was said, and what can be done. */
#include "join/inside.h"

#include "claim/pages.h"
#include "join/one.html.h"
#include "members/members.h"

static bool has_state(const struct join_application *a, const char *state)
{
    return str_eq(a->state, str_of(state));
}

static str name_of(struct req *rq, const struct join_application *a)
{
    if (a->kind == JOIN_STATE) return lang_state(rq->lang, a->iso3);
    str name = a->field[a->kind == JOIN_ADVOCATE ? JOIN_CONTACT : JOIN_NAME];
    return name.n ? name : web_id(rq, a->id);
}

/* ---- what is known ---- */

static void fill_standing(struct req *rq, const struct join_application *a, struct join_one *v)
{
    struct claim *rows;
    if (a->kind != JOIN_STATE) return;
    struct join_standing s = join_stand(rq->db, a->iso3);
    size_t n = members_of_state(rq->db, a->iso3, CLAIM_NOW, &rows);
    v->standing.shown = true;
    v->standing.is_party = s.is_party;
    v->standing.is_signed = s.is_signed;
    v->standing.has_law = s.has_law;
    v->standing.is_unknown = !s.is_party && !s.is_signed && !s.has_law;
    v->standing.needs_reading = v->standing.is_unknown && a->field[JOIN_STEPS].n > 0;
    if (s.how.code.n) v->standing.how = s.how;
    v->standing.day = str_or_absent(s.day);
    for (size_t i = 0; i < n; i++) v->standing.takes_part |= members_is_taking_part(&rows[i]);
    v->standing.takes_part = v->standing.takes_part && !members_has_left(rows, n);
    if (!s.claim_source.n) return;
    struct web_source *source = arena_new(rq->arena, struct web_source, 1);
    *source = claim_source_shown(rq, s.claim_source);
    v->law_source = source;
    v->law_source_n = 1;
}

static void add_alike(struct req *rq, const struct people *p, const struct join_row *row,
                      struct phrase why, struct join_one_alike *all, struct join_one *v)
{
    struct join_application other;
    join_open_row(p, row, &other);
    all[v->alike_n++] = (struct join_one_alike){
        .name = name_of(rq, &other),
        .state = other.left_on.n ? (struct word){ S("left"), PHRASE("left") }
                                 : claim_word(join_states, other.state),
        .why = why,
        .address = web_beneath_now(rq, S("/desk/applications/"), web_id(rq, other.id)),
    };
}

static void fill_alike(struct req *rq, const struct people *p, const struct join_application *a,
                       struct join_one *v)
{
    struct join_hashes h, o;
    struct join_row *rows, *of_state;
    if (!join_hashes_get(rq->db, a->id, &h)) return;
    size_t n = join_applications_alike(rq->db, a->id, h.name_hash.n ? h.name_hash : S("none"),
                                       h.host_hash.n ? h.host_hash : S("none"), h.mail_hash, &rows);
    size_t m = a->kind == JOIN_STATE ? join_applications_of_state(rq->db, a->id, a->iso3, &of_state)
                                     : 0;
    struct join_one_alike *all = arena_new(rq->arena, struct join_one_alike, n + m + 1);
    for (size_t i = 0; i < m; i++) add_alike(rq, p, &of_state[i], PHRASE("The same state"), all, v);
    for (size_t i = 0; i < n; i++) {
        bool is_told = false;
        for (size_t k = 0; k < m; k++) is_told |= of_state[k].id == rows[i].id;
        if (is_told || !join_hashes_get(rq->db, rows[i].id, &o)) continue;
        struct phrase why = h.name_hash.n && str_eq(h.name_hash, o.name_hash)
                                ? PHRASE("The same name")
                            : h.host_hash.n && str_eq(h.host_hash, o.host_hash)
                                ? PHRASE("The same host")
                                : PHRASE("The same address");
        add_alike(rq, p, &rows[i], why, all, v);
    }
    v->alike = all;
}

static str host_of_mail(struct arena *a, str mail)
{
    ptrdiff_t at = str_find(mail, '@');
    return at < 0 ? S("")
                  : join_host(a, ARENA_JOIN(a, S("https://"), str_from(mail, (size_t)at + 1)));
}

static void fill_hosts(struct req *rq, const struct join_application *a, struct join_one *v)
{
    str site = join_host(rq->arena, a->field[JOIN_SITE]),
        steps = join_host(rq->arena, a->field[JOIN_STEPS]), mail = host_of_mail(rq->arena, a->mail);
    v->mail = a->mail;
    v->same_host = site.n &&
                   (str_eq(site, mail) || str_ends(mail, ARENA_JOIN(rq->arena, S("."), site)));
    v->odd_host = join_host_is_odd(site) || join_host_is_odd(steps) || str_has(a->mail, S("xn--"));
    v->mixed = join_mixes_scripts(a->field[JOIN_NAME]);
}

/* ---- what was sent and said ---- */

static void fill_fields(struct req *rq, const struct join_application *a, struct join_one *v)
{
    struct join_one_fields *all = arena_new(rq->arena, struct join_one_fields, JOIN_FIELDS);
    struct join_one_erasable *erasable = arena_new(rq->arena, struct join_one_erasable,
                                                   JOIN_FIELDS);
    for (int i = 0; i < JOIN_FIELDS; i++) {
        if (!a->field[i].n) continue;
        struct join_one_fields *f = &all[v->fields_n++];
        bool is_list = i == JOIN_WANT || i == JOIN_SECTOR,
             is_link = i == JOIN_SITE || i == JOIN_STEPS;
        *f = (struct join_one_fields){ .code = join_field_words[i].code,
                                       .name = join_field_words[i] };
        if (!is_list) erasable[v->erasable_n++] = (struct join_one_erasable){ f->code, f->name };
        if (is_link) f->link = a->field[i];
        else if (!is_list) f->text = a->field[i];
        if (!is_list) continue;
        struct word found[16];
        size_t n = join_words_named(rq->arena, i == JOIN_WANT ? join_wants : join_sectors,
                                    a->field[i], found, COUNT_OF(found));
        struct join_one_fields_words *words = arena_new(rq->arena, struct join_one_fields_words,
                                                        n + 1);
        for (size_t k = 0; k < n; k++) words[k] = (struct join_one_fields_words){ found[k] };
        f->words = words;
        f->words_n = n;
    }
    v->fields = all;
    v->erasable = erasable;
    v->can_erase = who_may(&rq->who, MAY_DECIDE) && v->erasable_n > 0;
}

static void fill_said(struct req *rq, const struct people *p, const struct join_application *a,
                      struct join_one *v)
{
    struct join_said_row *rows;
    size_t n = join_said_of(rq->db, a->id, &rows);
    struct join_one_said *all = arena_new(rq->arena, struct join_one_said, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool is_theirs = str_eq(rows[i].sort, S("answer")) || str_eq(rows[i].sort, S("erased"));
        all[v->said_n++] = (struct join_one_said){
            .code = web_id(rq, rows[i].id),
            .who = is_theirs ? say(rq, PHRASE("The applicant")) : person_name(p, rows[i].by_person),
            .is_ours = !is_theirs,
            .is_erased = str_eq(rows[i].sort, S("erased")),
            .at = web_moment_of(rq, rows[i].said_at),
            .text = join_said_words(p, &rows[i]),
            .can_erase = str_eq(rows[i].sort, S("answer")) && who_may(&rq->who, MAY_DECIDE),
        };
    }
    v->said = all;
}

/* ---- the page ---- */

struct typed {
    struct phrase wrong;
    str question, listed, words, reason;
    bool read_steps, is_told;
};

static void fill_deeds(struct req *rq, const struct people *p, const struct join_application *a,
                       struct join_one *v)
{
    bool may_decide = who_may(&rq->who, MAY_DECIDE),
         is_open = has_state(a, "new") || has_state(a, "asked");
    id me = rq->who.person;
    v->is_member = has_state(a, "accepted") && !a->left_on.n && a->organisation;
    v->is_ending = v->is_member && a->ending_by;
    v->can_ask = v->can_decide = may_decide && is_open && !a->is_closed;
    v->is_mine = (has_state(a, "proposed") && a->decided_by == me) ||
                 (v->is_ending && a->ending_by == me);
    v->can_agree = !v->is_mine && (has_state(a, "proposed") || v->is_ending);
    v->can_end = may_decide && v->is_member && !a->ending_by;
    v->needs_second = join_needs_second(a);
    if (a->decided_by) v->by = person_name(p, a->decided_by);
    if (a->agreed_by) v->agreed = person_name(p, a->agreed_by);
}

static void show(struct req *rq, const struct people *p, const struct join_application *a,
                 struct typed t)
{
    struct join_one v = {
        .all = web_beneath_now(rq, S("/desk/applications")),
        .base = web_beneath_now(rq, S("/desk/applications/"), web_id(rq, a->id)),
        .title = name_of(rq, a),
        .kind = join_kinds[a->kind],
        .state = claim_word(join_states, a->state),
        .country = lang_state(rq->lang, a->iso3),
        .country_page = ARENA_JOIN(rq->arena, site_origin(rq),
                                   web_beneath_now(rq, S("/countries/"), a->iso3)),
        .made = join_day(rq, a->made_at),
        .since = join_day(rq, a->moved_at),
        .until = join_day(rq, a->keep_until),
        .wrong = t.wrong,
        .told = a->erased > 0,
        .help = ARENA_JOIN(rq->arena, site_origin(rq), web_beneath_now(rq, S("/help"))),
        .is_closed = a->is_closed,
        .is_state = a->kind == JOIN_STATE,
        .is_person = a->kind == JOIN_ADVOCATE,
        .seen = arena_format(rq->arena, "%lld", (long long)a->moved_at),
        .left = str_or_absent(a->left_on),
        .strategic = str_eq(a->partner, S("strategic")),
        .question = t.question,
        .listed = t.listed.n ? t.listed : a->field[JOIN_NAME],
        .words = t.words,
        .read_steps = t.read_steps,
        .token = web_token(rq),
    };
    if (a->reason.n) v.reason = claim_word(join_refusals, a->reason);
    if (a->member.n)
        v.member = ARENA_JOIN(rq->arena, site_origin(rq),
                              web_beneath_now(rq, S("/members/"), a->member));
    fill_deeds(rq, p, a, &v);
    fill_standing(rq, a, &v);
    fill_alike(rq, p, a, &v);
    fill_hosts(rq, a, &v);
    fill_fields(rq, a, &v);
    fill_said(rq, p, a, &v);
    struct join_one_refusals *refusals = arena_new(rq->arena, struct join_one_refusals,
                                                   lang_words_in(join_refusals));
    for (const struct word *w = join_refusals; w->code.n; w++)
        refusals[v.refusals_n++] = (struct join_one_refusals){ w->code, w->phrase,
                                                               str_eq(w->code, t.reason) };
    v.refusals = refusals;
    page(rq, (struct head){ .title = v.title, .description = v.title, .section = "applications" },
         &join_one_view, &v);
    if (t.wrong.english) page_is_wrong(rq);
}

static bool asked_one(struct req *rq, const struct people *p, struct join_application *a)
{
    id which;
    bool is_there = in_path_id(rq, "application", &which) && join_get(p, which, a) &&
                    !has_state(a, "unconfirmed");
    if (!is_there) not_found(rq, join_refusal(JOIN_NO_SUCH), S(""));
    return is_there;
}

static void one(struct req *rq)
{
    struct people p = people_of(rq);
    struct join_application a;
    if (asked_one(rq, &p, &a)) show(rq, &p, &a, (struct typed){ .listed = S("") });
}

static ms seen_of(struct req *rq)
{
    int64_t seen;
    return str_to_int(in_form_line(rq, "seen"), &seen) ? seen : -1;
}

/* Tells the page of a deed, or leads back to it; what came meanwhile is read anew. */
static void answer_with(struct req *rq, const struct people *p, id which, enum join_answer answer,
                        const char *done, struct typed t)
{
    struct join_application a;
    if (answer == JOIN_YES || answer == JOIN_SECOND) {
        desk_go(rq, answer == JOIN_SECOND ? "second" : done, S("/desk/applications/"),
                web_id(rq, which));
        return;
    }
    t.wrong = join_refusal(answer);
    if (join_get(p, which, &a)) show(rq, p, &a, t);
    else not_found(rq, join_refusal(JOIN_NO_SUCH), S(""));
}

static void ask(struct req *rq)
{
    struct people p = people_of(rq);
    struct join_application a;
    if (!asked_one(rq, &p, &a)) return;
    struct typed t = { .question = str_trim(in_form(rq, "question")), .listed = S("") };
    enum join_answer answer = join_ask(&p, a.id, seen_of(rq), t.question);
    if (answer == JOIN_YES) join_mail_news(rq, &a, "question");
    answer_with(rq, &p, a.id, answer, "sent", t);
}

/* ---- deciding ---- */

/* Whoever answers for the new member is let in: invited, or given the role if the address has an account. */
static void invite(struct req *rq, const struct people *p, id which)
{
    struct join_application a;
    struct person known;
    str key, ignored;
    if (!join_get(p, which, &a) || !a.organisation) return;
    if (person_by_mail(p, a.mail, &known, &ignored)) {
        if (role_give(p, known.id, S("focal"), a.organisation) == PEOPLE_YES) return;
        return;
    }
    struct link what = { .purpose = LINK_INVITE,
                         .mail = a.mail,
                         .name = a.field[JOIN_CONTACT],
                         .role = S("focal"),
                         .organisation = a.organisation,
                         .lang = a.lang };
    if (link_make(p, &what, &key) == PEOPLE_YES)
        join_mail_focal(rq, &a,
                        ARENA_JOIN(rq->arena, site_desk_origin(rq), S("/"), lang_code(a.lang),
                                   S("/desk/link/"), key));
}

static void decide(struct req *rq)
{
    struct people p = people_of(rq);
    struct join_application a;
    if (!asked_one(rq, &p, &a)) return;
    bool is_refusal = str_eq(in_form_line(rq, "deed"), S("refuse"));
    struct join_decision d = { .seen = seen_of(rq),
                               .name = in_form_line(rq, "listed"),
                               .reason = in_form_line(rq, "reason"),
                               .words = in_form_line(rq, "words"),
                               .read_steps = in_form_has(rq, "read") };
    enum join_answer answer = is_refusal ? join_refuse(&p, a.id, &d) : join_accept(&p, a.id, &d);
    if (answer == JOIN_YES) {
        join_mail_news(rq, &a, "decision");
        if (!is_refusal) invite(rq, &p, a.id);
    }
    answer_with(rq, &p, a.id, answer, "decided",
                (struct typed){ .listed = d.name,
                                .words = d.words,
                                .reason = d.reason,
                                .read_steps = d.read_steps,
                                .question = S("") });
}

static void agree(struct req *rq)
{
    struct people p = people_of(rq);
    struct join_application a;
    if (!asked_one(rq, &p, &a)) return;
    bool is_yes = str_eq(in_form_line(rq, "deed"), S("yes")), is_ending = a.ending_by != 0;
    enum join_answer answer = is_ending ? join_end_agree(&p, a.id, is_yes)
                                        : join_agree(&p, a.id, seen_of(rq), is_yes);
    if (answer == JOIN_YES && is_yes) {
        join_mail_news(rq, &a, is_ending ? "ending" : "decision");
        if (!is_ending) invite(rq, &p, a.id);
    }
    answer_with(rq, &p, a.id, answer, is_yes ? "agreed" : "back",
                (struct typed){ .listed = S("") });
}

static void end(struct req *rq)
{
    struct people p = people_of(rq);
    struct join_application a;
    if (!asked_one(rq, &p, &a)) return;
    enum join_answer answer = in_form_has(rq, "sure") ? join_end_ask(&p, a.id) : JOIN_BAD_WORDS;
    answer_with(rq, &p, a.id, answer, "second", (struct typed){ .listed = S("") });
}

static void erase(struct req *rq)
{
    struct people p = people_of(rq);
    struct join_application a;
    id said = 0;
    enum join_field field = JOIN_FIELDS;
    if (!asked_one(rq, &p, &a)) return;
    for (int i = 0; i < JOIN_FIELDS; i++)
        if (str_eq(join_field_words[i].code, in_form_line(rq, "field"))) field = (enum join_field)i;
    if (!in_form_id(rq, "said", &said)) said = 0;
    answer_with(rq, &p, a.id, join_erase(&p, a.id, field, said), "erased",
                (struct typed){ .listed = S("") });
}

const struct route join_one_routes[] = {
    { GET, DESK, "/desk/applications/:application", MAY_AGREE, one,
      "One application: what is known, sent, said and decided.", &join_one_view, NULL },
    { POST, DESK, "/desk/applications/:application/ask", MAY_DECIDE, ask, "Asks the applicant.",
      &join_one_view, "question seen" },
    { POST, DESK, "/desk/applications/:application/decide", MAY_DECIDE, decide,
      "Accepts, prepares or refuses.", &join_one_view, "deed seen listed words reason read" },
    { POST, DESK, "/desk/applications/:application/agree", MAY_AGREE, agree,
      "The second person agrees or gives back.", &join_one_view, "deed seen" },
    { POST, DESK, "/desk/applications/:application/end", MAY_DECIDE, end,
      "Asks for the end of a membership.", &join_one_view, "sure" },
    { POST, DESK, "/desk/applications/:application/erase", MAY_DECIDE, erase,
      "Erases words that tell of a case.", &join_one_view, "field said" },
    { 0 },
};
