/* Who there is, what each may, and letting somebody in. */
#include "people/inside.h"

#include "base/clock.h"
#include "base/id.h"
#include "people/people.html.h"
#include "people/person.html.h"
#include "people/rights.html.h"
#include "send/send.h"
#include "trail/trail.h"

static struct head head_of(struct req *rq, str title, const char *section)
{
    (void)rq;
    return (struct head){ .title = title, .description = title, .section = section };
}

/* ---- choices ---- */

static size_t role_choices(struct req *rq, struct people_people_roles **out)
{
    size_t n = 0;
    for (const struct role *r = roles; r->code.n; r++) n++;
    *out = arena_new(rq->arena, struct people_people_roles, n);
    for (size_t i = 0; i < n; i++)
        (*out)[i] = (struct people_people_roles){ roles[i].code, roles[i].name, roles[i].about };
    return n;
}

static size_t organisation_choices(struct req *rq, struct people_people_organisations **out)
{
    struct people_organisation *all;
    size_t n = people_organisations_all(rq->db, &all), kept = 0;
    *out = arena_new(rq->arena, struct people_people_organisations, n + 1);
    for (size_t i = 0; i < n; i++)
        if (!all[i].closed_at)
            (*out)[kept++] = (struct people_people_organisations){ web_id(rq, all[i].id),
                                                                   all[i].name };
    return kept;
}

/* The organisation a form names: 0 where it names none. */
static bool organisation_asked(struct req *rq, id *which)
{
    *which = 0;
    return in_form_line(rq, "organisation").n == 0 || in_form_id(rq, "organisation", which);
}

static str link_address(struct req *rq, const struct lang *l, str key)
{
    return ARENA_JOIN(rq->arena, site_desk_origin(rq), S("/"), lang_code(l), S("/desk/link/"), key);
}

/* ---- everybody ---- */

struct made {
    struct phrase wrong;
    str link, name; /* shown once */
};

static void fill_people(struct req *rq, const struct people *p, struct people_people *v)
{
    struct person *all;
    struct people_granted *grants;
    size_t n = person_all(p, &all), g = people_grants_all(p->db, &grants);
    struct people_people_people *shown = arena_new(rq->arena, struct people_people_people, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct people_people_people_roles *held = arena_new(
            rq->arena, struct people_people_people_roles, g + 1);
        shown[i] = (struct people_people_people){
            .name = all[i].name,
            .mail = all[i].mail,
            .address = web_beneath_now(rq, S("/desk/people/"), web_id(rq, all[i].id)),
            .seen = web_day_of(rq, all[i].seen_at),
            .is_ended = all[i].ended_at > 0,
            .is_bare = all[i].needs_second && !all[i].has_app && !all[i].has_passkey,
            .roles = held,
        };
        for (size_t k = 0; k < g; k++) {
            const struct role *r = role_named(grants[k].role);
            if (grants[k].person != all[i].id || !r) continue;
            held[shown[i].roles_n++] = (struct people_people_people_roles){
                r->name, str_or_absent(grants[k].organisation_name)
            };
        }
    }
    v->people = shown;
    v->people_n = n;
}

static void fill_links(struct req *rq, const struct people *p, struct people_people *v)
{
    struct link *all;
    size_t n = link_all(p, &all);
    struct people_people_links *shown = arena_new(rq->arena, struct people_people_links, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct role *r = role_named(all[i].role);
        bool is_reset = all[i].purpose == LINK_RESET;
        shown[i] = (struct people_people_links){
            .name = is_reset ? person_name(p, all[i].person) : all[i].name,
            .mail = is_reset ? say(rq, PHRASE("a new password")) : all[i].mail,
            .role = r ? r->name : NO_PLURAL,
            .until = web_day_of(rq, all[i].keep_until),
            .withdraw = web_beneath_now(rq, S("/desk/people/links/"), web_id(rq, all[i].id),
                                        S("/withdraw")),
        };
    }
    v->links = shown;
    v->links_n = n;
}

/* The same link by mail, where mail leaves this site. It says nothing of what the site is about. */
static void mail_link(struct req *rq, personal to, const struct lang *l, str address)
{
    struct mail_phrase words[] = {
        { PHRASE("You were given a link that lets you in. It works once and for a week."),
          NO_PLURAL, NULL, 0 },
        { PHRASE("If you did not expect it, do nothing: it ends by itself."), NO_PLURAL, NULL, 0 },
    };
    struct mail mail = { .room = "people",
                         .kind = "link",
                         .key = web_id(rq, id_new()),
                         .to = to,
                         .lang = l,
                         .paragraphs = words,
                         .paragraphs_n = COUNT_OF(words),
                         .button = PHRASE("Go on"),
                         .address = address,
                         .useful_until = rq->now + INVITE_KEEP_MS };
    if (send_is_configured()) (void)!send_mail(rq->db, &mail, rq->now);
}

static void people_show(struct req *rq, struct made made)
{
    struct people p = people_of(rq);
    struct people_people_roles *role_list;
    struct people_people_organisations *organisation_list;
    struct people_people v = { .wrong = made.wrong,
                               .link_for = made.name,
                               .invite = web_beneath_now(rq, S("/desk/people/invite")),
                               .token = web_token(rq) };
    if (made.link.n) v.link = made.link;
    v.roles_n = role_choices(rq, &role_list);
    v.roles = role_list;
    v.organisations_n = organisation_choices(rq, &organisation_list);
    v.organisations = organisation_list;
    fill_people(rq, &p, &v);
    fill_links(rq, &p, &v);
    page(rq, head_of(rq, say(rq, PHRASE("People")), "people"), &people_people_view, &v);
    if (made.wrong.english) page_is_wrong(rq);
}

static void people_list(struct req *rq)
{
    people_show(rq, (struct made){ .name = S("") });
}

static void invite(struct req *rq)
{
    struct people p = people_of(rq);
    struct link what = { .purpose = LINK_INVITE,
                         .mail = in_form_line(rq, "mail"),
                         .name = in_form_line(rq, "name"),
                         .role = in_form_line(rq, "role"),
                         .lang = rq->lang };
    struct made made = { .name = what.name };
    str key;
    enum people_answer answer = PEOPLE_BAD_ROLE;
    if (what.name.n < 2) answer = PEOPLE_BAD_NAME;
    else if (organisation_asked(rq, &what.organisation)) answer = link_make(&p, &what, &key);
    if (answer == PEOPLE_YES) {
        made.link = link_address(rq, rq->lang, key);
        mail_link(rq, (personal){ what.mail }, rq->lang, made.link);
    } else made.wrong = people_refusal(answer);
    people_show(rq, made);
}

static void link_withdraw(struct req *rq)
{
    struct people p = people_of(rq);
    id which;
    if (in_path_id(rq, "link", &which)) link_drop(&p, which);
    desk_go(rq, "withdrawn", S("/desk/people"));
}

/* ---- one ---- */

static void person_show(struct req *rq, id which, struct made made)
{
    struct people p = people_of(rq);
    struct person who;
    struct people_granted *grants;
    struct people_people_roles *role_list;
    struct people_people_organisations *organisation_list;
    if (!person_get(&p, which, &who)) {
        not_found(rq, PHRASE("This account is gone."), S(""));
        return;
    }
    size_t g = people_grants_of(p.db, which, &grants);
    struct people_person_held *held = arena_new(rq->arena, struct people_person_held, g + 1);
    struct people_person v = {
        .name = who.name,
        .mail = who.mail,
        .base = web_beneath_now(rq, S("/desk/people/"), web_id(rq, which)),
        .wrong = made.wrong,
        .made = web_day_of(rq, who.made_at),
        .seen = web_day_of(rq, who.seen_at),
        .until = web_day_of(rq, who.keep_until),
        .is_ended = who.ended_at > 0,
        .is_me = which == rq->who.person,
        .has_second = who.has_app || who.has_passkey,
        .held = held,
        .token = web_token(rq),
    };
    if (made.link.n) v.link = made.link;
    for (size_t i = 0; i < g; i++) {
        const struct role *r = role_named(grants[i].role);
        if (!r) continue;
        held[v.held_n++] = (struct people_person_held){
            .code = r->code,
            .name = r->name,
            .about = r->about,
            .organisation = grants[i].organisation ? web_id(rq, grants[i].organisation) : S(""),
            .within = str_or_absent(grants[i].organisation_name),
            .given = web_day_of(rq, grants[i].given_at),
            .by = person_name(&p, grants[i].given_by),
        };
    }
    size_t n = role_choices(rq, &role_list);
    struct people_person_roles *choices = arena_new(rq->arena, struct people_person_roles, n);
    for (size_t i = 0; i < n; i++)
        choices[i] = (struct people_person_roles){ role_list[i].code, role_list[i].name,
                                                   role_list[i].about };
    v.roles = choices;
    v.roles_n = n;
    n = organisation_choices(rq, &organisation_list);
    struct people_person_organisations *within = arena_new(
        rq->arena, struct people_person_organisations, n + 1);
    for (size_t i = 0; i < n; i++)
        within[i] = (struct people_person_organisations){ organisation_list[i].code,
                                                          organisation_list[i].name };
    v.organisations = within;
    v.organisations_n = n;
    page(rq, head_of(rq, who.name, "people"), &people_person_view, &v);
    if (made.wrong.english) page_is_wrong(rq);
}

static bool asked_person(struct req *rq, id *which)
{
    if (in_path_id(rq, "person", which)) return true;
    not_found(rq, PHRASE("This account is gone."), S(""));
    return false;
}

static void person(struct req *rq)
{
    id which;
    if (asked_person(rq, &which)) person_show(rq, which, (struct made){ .link = S("") });
}

/* Says what went wrong on the person's page, or leads back to it. */
static void answer_with(struct req *rq, id which, enum people_answer answer, const char *done)
{
    if (answer == PEOPLE_YES) desk_go(rq, done, S("/desk/people/"), web_id(rq, which));
    else person_show(rq, which, (struct made){ .wrong = people_refusal(answer) });
}

static void give(struct req *rq)
{
    struct people p = people_of(rq);
    id which, organisation;
    if (!asked_person(rq, &which)) return;
    enum people_answer answer = PEOPLE_NO_SUCH;
    if (organisation_asked(rq, &organisation))
        answer = role_give(&p, which, in_form_line(rq, "role"), organisation);
    answer_with(rq, which, answer, "saved");
}

static void take(struct req *rq)
{
    struct people p = people_of(rq);
    id which, organisation;
    if (!asked_person(rq, &which)) return;
    enum people_answer answer = PEOPLE_NO_SUCH;
    if (organisation_asked(rq, &organisation))
        answer = role_take(&p, which, in_form_line(rq, "role"), organisation);
    answer_with(rq, which, answer, "saved");
}

static void end(struct req *rq)
{
    struct people p = people_of(rq);
    id which;
    if (asked_person(rq, &which)) answer_with(rq, which, person_end(&p, which), "ended");
}

static void open_again(struct req *rq)
{
    struct people p = people_of(rq);
    id which;
    if (asked_person(rq, &which)) answer_with(rq, which, person_open(&p, which), "saved");
}

static void reset(struct req *rq)
{
    struct people p = people_of(rq);
    struct person who;
    str key;
    id which;
    if (!asked_person(rq, &which) || !person_get(&p, which, &who)) return;
    struct link what = { .purpose = LINK_RESET, .person = which, .mail = S(""), .name = S("") };
    enum people_answer answer = link_make(&p, &what, &key);
    if (answer == PEOPLE_YES && in_form_has(rq, "factors")) {
        people_totp_drop(p.db, which);
        people_passkeys_drop_of(p.db, which);
        people_recovery_drop(p.db, which);
        people_sessions_drop_but(p.db, which, 0);
    }
    struct made made = { .wrong = people_refusal(answer), .link = S("") };
    if (answer == PEOPLE_YES) {
        made.link = link_address(rq, who.lang, key);
        mail_link(rq, (personal){ who.mail }, who.lang, made.link);
    }
    person_show(rq, which, made);
}

static void forget(struct req *rq)
{
    struct people p = people_of(rq);
    id which;
    if (!asked_person(rq, &which)) return;
    enum people_answer answer = in_form_has(rq, "sure") ? person_forget(&p, which) : PEOPLE_NO_SUCH;
    if (answer == PEOPLE_YES) desk_go(rq, "removed", S("/desk/people"));
    else answer_with(rq, which, answer, NULL);
}

/* ---- the table of rights ---- */

static struct phrase where_of(const struct role *r)
{
    if (r->is_only_member) return PHRASE("Held within one organisation.");
    if (r->is_for_member) return PHRASE("Held for the whole campaign or within one organisation.");
    return PHRASE("Held for the whole campaign.");
}

static void rights_page(struct req *rq)
{
    struct people_rights v = { 0 };
    size_t n = 0;
    while (roles[n].code.n) n++;
    struct people_rights_roles *columns = arena_new(rq->arena, struct people_rights_roles, n);
    struct people_rights_rights *lines = arena_new(rq->arena, struct people_rights_rights, RIGHTS);
    for (size_t i = 0; i < n; i++)
        columns[i] = (struct people_rights_roles){ roles[i].name, roles[i].about,
                                                   where_of(&roles[i]), roles[i].needs_second };
    for (int right = SIGNED_IN; right < RIGHTS; right++) {
        struct people_rights_rights_cells *cells = arena_new(rq->arena,
                                                             struct people_rights_rights_cells, n);
        for (size_t i = 0; i < n; i++)
            cells[i].has = right == SIGNED_IN || (roles[i].rights & RIGHT_BIT(right));
        lines[v.rights_n++] = (struct people_rights_rights){
            .words = right_words((enum right)right), .cells = cells, .cells_n = n
        };
    }
    v.roles = columns;
    v.roles_n = n;
    v.rights = lines;
    page(rq, head_of(rq, say(rq, PHRASE("Roles and rights")), "rights"), &people_rights_view, &v);
}

const struct route list_routes[] = {
    { GET, DESK, "/desk/people", MAY_PEOPLE, people_list, "Who there is, and open invitations.",
      &people_people_view, NULL },
    { POST, DESK, "/desk/people/invite", MAY_PEOPLE, invite, "Invites somebody.",
      &people_people_view, "name mail role organisation" },
    { POST, DESK, "/desk/people/links/:link/withdraw", MAY_PEOPLE, link_withdraw,
      "Takes an invitation back.", NULL, NULL },
    { GET, DESK, "/desk/people/:person", MAY_PEOPLE, person, "One account and its roles.",
      &people_person_view, NULL },
    { POST, DESK, "/desk/people/:person/give", MAY_PEOPLE, give, "Gives a role.",
      &people_person_view, "role organisation" },
    { POST, DESK, "/desk/people/:person/take", MAY_PEOPLE, take, "Takes a role away.",
      &people_person_view, "role organisation" },
    { POST, DESK, "/desk/people/:person/end", MAY_PEOPLE, end, "Ends an account.",
      &people_person_view, NULL },
    { POST, DESK, "/desk/people/:person/open", MAY_PEOPLE, open_again, "Opens an account again.",
      &people_person_view, NULL },
    { POST, DESK, "/desk/people/:person/reset", MAY_PEOPLE, reset,
      "Makes a link for a new password.", &people_person_view, "factors" },
    { POST, DESK, "/desk/people/:person/forget", MAY_PEOPLE, forget, "Forgets a person.",
      &people_person_view, "sure" },
    { GET, DESK, "/desk/rights", SIGNED_IN, rights_page, "Which role may do what.",
      &people_rights_view, NULL },
    { 0 },
};
