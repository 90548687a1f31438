/* Joining, seen from outside: who can, the form for each, and what members get. */
#include "join/inside.h"

#include "claim/pages.h"
#include "join/again.html.h"
#include "join/apply.html.h"
#include "join/kit.html.h"
#include "join/overview.html.h"
#include "join/sent.html.h"
#include "law/law.h"
#include "members/members.h"
#include "send/send.h"

static struct head head_of(struct req *rq, struct phrase title, struct phrase about)
{
    return (
        struct head){ .title = say(rq, title), .description = say(rq, about), .section = "join" };
}

/* ---- who can ---- */

static const struct {
    struct phrase who, commits, gets;
} told[JOIN_KINDS] = {
    { PHRASE_CONST("A government, by the authority that may speak for it in this."),
      PHRASE_CONST("The Protocol, as a party or by steps towards it; a focal point who answers."),
      PHRASE_CONST("A page with dated events, a place on the map, on the page of the state and in "
                   "the news feed; a focal point who keeps it.") },
    { PHRASE_CONST("An intergovernmental, non-profit or other organisation of civil society."),
      PHRASE_CONST("The spirit and the meaning of the Protocol; as a strategic partner also to say "
                   "what each side does."),
      PHRASE_CONST("A page with dated events, a place in the list and in the news feed; a focal "
                   "point who keeps it.") },
    { PHRASE_CONST("A city, a municipality, a province or a region."),
      PHRASE_CONST("The spirit and the meaning of the Protocol, in what it does itself."),
      PHRASE_CONST("A page with dated events, a place in the list and in the news feed; a focal "
                   "point who keeps it.") },
    { PHRASE_CONST("A company of any size, or an association of companies."),
      PHRASE_CONST("The spirit and the meaning of the Protocol; the heart is not used to sell."),
      PHRASE_CONST("A page with dated events, a place in the list and in the news feed. No right "
                   "to use the heart in trade.") },
    { PHRASE_CONST("A group at a school, a college or a university."),
      PHRASE_CONST(
          "The spirit and the meaning of the Protocol; no story of a person without their leave."),
      PHRASE_CONST("A page with dated events, a place in the list and in the news feed; a focal "
                   "point who keeps it.") },
    { PHRASE_CONST("A person of 18 years or more who wants to speak for the campaign where he or "
                   "she lives."),
      PHRASE_CONST("The spirit and the meaning of the Protocol."),
      PHRASE_CONST("The kit, and messages if the campaign has something for you. Your name is "
                   "shown nowhere; you are one in a count.") },
};

static void fill_advocates(struct req *rq, struct join_overview *v)
{
    struct join_advocated *rows;
    size_t n = join_advocates(rq->db, &rows);
    struct join_overview_advocates *all = arena_new(rq->arena, struct join_overview_advocates,
                                                    n + 1);
    for (size_t i = 0; i < n; i++)
        if (rows[i].n >= JOIN_COUNT_LEAST)
            all[v->advocates_n++] = (struct join_overview_advocates){
                lang_state(rq->lang, rows[i].iso3), rows[i].n,
                web_beneath_now(rq, S("/countries/"), rows[i].iso3)
            };
    v->advocates = all;
    v->has_counts = v->advocates_n > 0;
    v->least = JOIN_COUNT_LEAST;
}

static void overview(struct req *rq)
{
    struct join_overview_kinds kinds[JOIN_KINDS];
    struct join_overview v = {
        .help = web_beneath_now(rq, S("/help")),
        .is_paused = join_is_paused(rq->db),
        .is_mute = !send_is_configured(),
        .kinds = kinds,
        .kinds_n = JOIN_KINDS,
        .rules = claim_source_shown(rq, S("unodc-join")),
        .rules_old = claim_source_shown(rq, S("unodc-join-old")),
        .kit = web_beneath_now(rq, S("/join/kit")),
        .again = web_beneath_now(rq, S("/join/again")),
        .members = web_beneath_now(rq, S("/members")),
        .partnership = web_beneath_now(rq, S("/who/uk-human-trafficking-centre")),
        .article = web_beneath_now(rq, S("/law/TIP-PROTOCOL/articles/3")),
    };
    for (int i = 0; i < JOIN_KINDS; i++)
        kinds[i] = (struct join_overview_kinds){ .name = join_kinds[i],
                                                 .address = web_beneath_now(rq, S("/join/"),
                                                                            join_kinds[i].code),
                                                 .who = told[i].who,
                                                 .commits = told[i].commits,
                                                 .gets = told[i].gets };
    fill_advocates(rq, &v);
    page(rq,
         head_of(rq, PHRASE("Join the campaign"),
                 PHRASE("How states, organisations, cities, companies, student groups and people "
                        "join the Blue Heart Campaign.")),
         &join_overview_view, &v);
}

/* ---- the form ---- */

static void fill_states(struct req *rq, str chosen, struct join_apply *v)
{
    struct lang_state_named *all;
    size_t n = lang_states_by_name(rq->arena, rq->lang, &all);
    struct join_apply_states *states = arena_new(rq->arena, struct join_apply_states, n + 1);
    for (size_t i = 0; i < n; i++)
        states[i] = (struct join_apply_states){ all[i].code, all[i].name,
                                                str_eq(all[i].code, chosen) };
    v->states = states;
    v->states_n = n;
}

static void fill_standing(struct req *rq, str iso3, struct join_apply *v)
{
    struct claim *rows;
    struct join_standing s = join_stand(rq->db, iso3);
    size_t n = members_of_state(rq->db, iso3, CLAIM_NOW, &rows);
    v->state_name = lang_state(rq->lang, iso3);
    v->standing.is_party = s.is_party;
    v->standing.is_signed = s.is_signed;
    v->standing.has_law = s.has_law;
    v->standing.is_unknown = !s.is_party && !s.is_signed && !s.has_law;
    if (s.how.code.n) v->standing.how = s.how;
    v->standing.day = str_or_absent(s.day);
    v->standing.country = web_beneath_now(rq, S("/countries/"), iso3);
    for (size_t i = 0; i < n; i++) v->standing.is_member |= members_is_taking_part(&rows[i]);
    v->standing.is_member = v->standing.is_member && !members_has_left(rows, n);
    if (v->standing.is_member)
        v->standing.member = web_beneath_now(
            rq, S("/members/"), members_slug(rq->arena, claim_cell(&rows[0], "entity")));
    if (!s.claim_source.n) return;
    struct web_source *source = arena_new(rq->arena, struct web_source, 1);
    *source = claim_source_shown(rq, s.claim_source);
    v->law_source = source;
    v->law_source_n = 1;
}

static bool is_in(str codes, str code)
{
    while (codes.n)
        if (str_eq(str_split(&codes, ' '), code)) return true;
    return false;
}

static void fill_choices(struct req *rq, const struct join_application *a, struct join_apply *v)
{
    struct join_apply_sectors *sectors = arena_new(rq->arena, struct join_apply_sectors,
                                                   lang_words_in(join_sectors));
    struct join_apply_partners *partners = arena_new(rq->arena, struct join_apply_partners,
                                                     lang_words_in(join_partners));
    struct join_apply_wants *wants = arena_new(rq->arena, struct join_apply_wants,
                                               lang_words_in(join_wants));
    for (const struct word *w = join_sectors; w->code.n; w++)
        sectors[v->sectors_n++] =
            (struct join_apply_sectors){ w->code, *w, str_eq(w->code, a->field[JOIN_SECTOR]) };
    for (const struct word *w = join_partners; w->code.n; w++)
        partners[v->partners_n++] = (struct join_apply_partners){ w->code, *w,
                                                                  str_eq(w->code, a->partner) };
    for (const struct word *w = join_wants; w->code.n; w++)
        wants[v->wants_n++] = (struct join_apply_wants){ w->code, *w,
                                                         is_in(a->field[JOIN_WANT], w->code) };
    v->sectors = sectors;
    v->partners = partners;
    v->wants = wants;
}

/* What a field is called, where something is wrong with it. */
static struct phrase label_of(const char *field)
{
    static const struct {
        const char *field;
        struct phrase label;
    } more[] = { { "country", PHRASE_CONST("State") },
                 { "mail", PHRASE_CONST("E-mail address") },
                 { "partner", PHRASE_CONST("Kind of partner") },
                 { "committed", PHRASE_CONST("The meaning of the Protocol") },
                 { "adult", PHRASE_CONST("Age") } };
    for (const struct word *w = join_field_words; w->code.n; w++)
        if (str_eq(w->code, str_of(field))) return w->phrase;
    for (size_t i = 0; i < COUNT_OF(more); i++)
        if (strcmp(field, more[i].field) == 0) return more[i].label;
    return NO_PLURAL;
}

static void fill_wrongs(struct req *rq, const struct join_form *f, struct join_apply *v)
{
    struct join_apply_wrongs *all = arena_new(rq->arena, struct join_apply_wrongs,
                                              COUNT_OF(f->wrong));
    for (int i = 0; i < f->wrong_n; i++) {
        all[i] = (struct join_apply_wrongs){ .field = str_or_absent(str_of(f->wrong[i].field)),
                                             .why = f->wrong[i].why };
        all[i].label = label_of(f->wrong[i].field);
    }
    v->wrongs = all;
    v->wrongs_n = (size_t)f->wrong_n;
}

static void show_form(struct req *rq, const struct join_form *f)
{
    const struct join_application *a = &f->a;
    bool is_state = a->kind == JOIN_STATE, is_person = a->kind == JOIN_ADVOCATE;
    struct join_apply v = {
        .help = web_beneath_now(rq, S("/help")),
        .all = web_beneath_now(rq, S("/join")),
        .action = web_beneath_now(rq, S("/join/"), join_kinds[a->kind].code),
        .kind = join_kinds[a->kind],
        .is_paused = join_is_paused(rq->db),
        .is_mute = !send_is_configured(),
        .is_state = is_state,
        .is_person = is_person,
        .needs_state = is_state && !a->iso3.n,
        .has_site = !is_state && !is_person,
        .site_needed = a->kind != JOIN_STUDENTS,
        .state_name = S(""),
        .standing = { .country = web_beneath_now(rq, S("/countries")) },
        .country = a->iso3,
        .name = a->field[JOIN_NAME],
        .contact = a->field[JOIN_CONTACT],
        .function = a->field[JOIN_FUNCTION],
        .mail = a->mail,
        .site = a->field[JOIN_SITE],
        .steps = a->field[JOIN_STEPS],
        .line = a->field[JOIN_LINE],
        .ours = a->field[JOIN_OURS],
        .theirs = a->field[JOIN_THEIRS],
        .committed = f->is_committed,
        .adult = f->is_adult,
        .article = web_beneath_now(rq, S("/law/TIP-PROTOCOL/articles/3")),
        .token = web_token(rq),
    };
    fill_states(rq, a->iso3, &v);
    fill_choices(rq, a, &v);
    fill_wrongs(rq, f, &v);
    if (is_state && a->iso3.n) fill_standing(rq, a->iso3, &v);
    struct head head = head_of(
        rq, PHRASE("Apply to join"),
        PHRASE(
            "A form of the Blue Heart Campaign. Nothing about a person or a case belongs in it."));
    head.title = ARENA_JOIN(rq->arena, head.title, S(": "), say(rq, join_kinds[a->kind].phrase));
    page(rq, head, &join_apply_view, &v);
    if (f->wrong_n) page_is_wrong(rq);
}

static bool kind_asked(struct req *rq, enum join_kind *kind)
{
    if (join_kind_named(in_path(rq, "kind"), kind)) return true;
    not_found(rq, PHRASE("There is no such form. The page about joining names those there are."),
              S(""));
    return false;
}

static void form(struct req *rq)
{
    struct join_form f = { .a = { .partner = S(""), .iso3 = S(""), .mail = S("") } };
    if (!kind_asked(rq, &f.a.kind)) return;
    for (int i = 0; i < JOIN_FIELDS; i++) f.a.field[i] = S("");
    str state = in_query(rq, "state");
    if (lang_is_state(state)) f.a.iso3 = state;
    show_form(rq, &f);
}

static void take(struct req *rq)
{
    struct people p = people_of(rq);
    struct join_form f;
    enum join_kind kind;
    id made = 0;
    if (!kind_asked(rq, &kind)) return;
    join_form_read(rq, kind, &f);
    if (!f.wrong_n) {
        enum join_answer answer = join_apply(&p, &f.a, &made);
        if (answer != JOIN_YES)
            f.wrong[f.wrong_n++] = (struct join_wrong){ "", join_refusal(answer) };
    }
    if (f.wrong_n) {
        show_form(rq, &f);
        return;
    }
    struct join_application a;
    if (made && join_get(&p, made, &a)) join_mail_link(rq, &a);
    go_to(rq, 303, web_beneath_now(rq, S("/join/sent")));
}

static void sent(struct req *rq)
{
    struct join_sent v = { .again = web_beneath_now(rq, S("/join/again")),
                           .all = web_beneath_now(rq, S("/join")),
                           .help = web_beneath_now(rq, S("/help")) };
    page(rq,
         head_of(rq, PHRASE("Please look into your letter box"),
                 PHRASE("What happens after an application was sent.")),
         &join_sent_view, &v);
}

/* ---- the link once more ---- */

static void again_show(struct req *rq, str mail, struct phrase wrong)
{
    struct join_again v = { .action = web_beneath_now(rq, S("/join/again")),
                            .all = web_beneath_now(rq, S("/join")),
                            .mail = mail,
                            .wrong = wrong,
                            .token = web_token(rq) };
    page(rq,
         head_of(rq, PHRASE("Send the link again"),
                 PHRASE("For whoever applied and has no link any more.")),
         &join_again_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static void again_form(struct req *rq)
{
    again_show(rq, S(""), NO_PLURAL);
}

static void send_again(struct req *rq)
{
    struct people p = people_of(rq);
    struct phrase why;
    struct join_row *rows;
    personal mail;
    unsigned char hash[SEAL_HASH_BYTES];
    if (!send_address_ok(rq->arena, in_form_line(rq, "mail"), &mail, &why)) {
        again_show(rq, in_form_line(rq, "mail"), why);
        return;
    }
    mail_hash(&p, mail.words, hash);
    size_t n = join_applications_by_mail(rq->db, (str){ (const char *)hash, sizeof hash }, &rows);
    for (size_t i = 0; i < n; i++) {
        struct join_application a;
        if (rows[i].keep_until <= rq->now) continue;
        join_open_row(&p, &rows[i], &a);
        if (!a.is_closed && join_may_link(&p, &a)) {
            a.links++;
            join_mail_link(rq, &a);
        }
    }
    go_to(rq, 303, web_beneath_now(rq, S("/join/sent")));
}

static void kit(struct req *rq)
{
    struct join_kit v = {
        .all = web_beneath_now(rq, S("/join")),
        .about = web_beneath_now(rq, S("/about")),
        .mark = web_beneath_now(rq, S("/about#mark")),
        .calendar = web_beneath_now(rq, S("/calendar")),
        .crime = web_beneath_now(rq, S("/the-crime")),
        .learn = web_beneath_now(rq, S("/learn")),
        .numbers = web_beneath_now(rq, S("/numbers")),
        .help = web_beneath_now(rq, S("/help")),
        .kits = web_beneath_now(rq, S("/kits")),
        .share = say(rq, PHRASE("Trafficking in persons happens in every country: somebody "
                                "recruits, moves or keeps a person, by force, fraud or abuse, in "
                                "order to exploit. We take part in the Blue Heart Campaign so that "
                                "it is seen, and so that whoever needs help finds it.")),
        .rules = claim_source_shown(rq, S("unodc-join")),
    };
    page(rq,
         head_of(
             rq, PHRASE("The kit: what members get"),
             PHRASE(
                 "Links, the rules of the mark and words for members of the Blue Heart Campaign.")),
         &join_kit_view, &v);
}

#define FIELDS                                                                            \
    "country name contact function mail site steps line ours theirs sector partner want " \
    "committed adult"

const struct route join_public_routes[] = {
    { GET, UNDER_LANG, "/join", ANYONE, overview, "Who can join the campaign, and how.",
      &join_overview_view, NULL },
    { GET, UNDER_LANG, "/join/sent", ANYONE, sent, "What happens after an application was sent.",
      &join_sent_view, NULL },
    { GET, UNDER_LANG, "/join/kit", ANYONE, kit, "What members get.", &join_kit_view, NULL },
    { GET, UNDER_LANG, "/join/again", ANYONE, again_form, "Asks for a link once more.",
      &join_again_view, NULL },
    { POST, UNDER_LANG, "/join/again", ANYONE, send_again, "Sends a link once more.",
      &join_again_view, "mail" },
    { GET, UNDER_LANG, "/join/:kind", ANYONE, form, "The form for a kind of member.",
      &join_apply_view, "state" },
    { POST, UNDER_LANG, "/join/:kind", ANYONE, take, "Takes an application.", &join_apply_view,
      FIELDS },
    { 0 },
};
