/* Organisations in whose name somebody works here. */
#include "people/inside.h"

#include "base/id.h"
#include "people/organisations.html.h"
#include "trail/trail.h"

#define NAME_BYTES_MAX 160

struct asked {
    str name, kind, iso3, member;
    struct phrase wrong;
};

static struct asked asked_of(struct req *rq)
{
    return (struct asked){ in_form_line(rq, "name"), in_form_line(rq, "kind"),
                           in_form_line(rq, "state"), in_form_line(rq, "member"), NO_PLURAL };
}

static bool is_slug(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') return false;
    }
    return s.n <= 80;
}

static struct phrase what_is_wrong(const struct asked *a)
{
    bool is_kind = false;
    for (const struct word *k = organisation_kinds; k->code.n; k++)
        is_kind |= str_eq(k->code, a->kind);
    if (a->name.n < 2 || a->name.n > NAME_BYTES_MAX)
        return PHRASE("A name has from 2 to 160 letters.");
    if (!is_kind) return PHRASE("Please choose what it is.");
    if (a->iso3.n && !lang_is_state(a->iso3)) return PHRASE("Please choose a state of the list.");
    if (str_eq(a->kind, S("state")) && !a->iso3.n) return PHRASE("Which state is it?");
    if (!is_slug(a->member))
        return PHRASE("The name in an address has small letters, digits and hyphens.");
    return NO_PLURAL;
}

static void fill_choices(struct req *rq, const struct asked *now, struct people_organisations *v)
{
    struct people_organisations_kinds *kinds = arena_new(rq->arena,
                                                         struct people_organisations_kinds, 16);
    for (const struct word *k = organisation_kinds; k->code.n; k++)
        kinds[v->kinds_n++] = (struct people_organisations_kinds){ k->code, k->phrase,
                                                                   str_eq(k->code, now->kind) };
    v->kinds = kinds;
    struct lang_state_named *all;
    size_t n = lang_states_by_name(rq->arena, rq->lang, &all);
    struct people_organisations_states *states = arena_new(
        rq->arena, struct people_organisations_states, n + 1);
    for (size_t i = 0; i < n; i++)
        states[i] = (struct people_organisations_states){ all[i].code, all[i].name,
                                                          str_eq(all[i].code, now->iso3) };
    v->states = states;
    v->states_n = n;
}

static void show(struct req *rq, const struct people_organisation *one, struct asked now)
{
    struct people_organisation *all;
    struct people_organisations v = {
        .wrong = now.wrong,
        .action = web_beneath_now(rq, S("/desk/organisations")),
        .name = now.name,
        .is_one = one != NULL,
        .member = now.member,
        .token = web_token(rq),
    };
    fill_choices(rq, &now, &v);
    if (one) {
        v.action = web_beneath_now(rq, S("/desk/organisations/"), web_id(rq, one->id));
        v.close = ARENA_JOIN(rq->arena, v.action, S("/close"));
        v.is_closed = one->closed_at > 0;
    }
    size_t n = one ? 0 : people_organisations_all(rq->db, &all);
    struct people_organisations_all *shown = arena_new(rq->arena, struct people_organisations_all,
                                                       n + 1);
    for (size_t i = 0; i < n; i++) {
        shown[i] = (struct people_organisations_all){
            .name = all[i].name,
            .kind = claim_word(organisation_kinds, all[i].kind).phrase,
            .address = web_beneath_now(rq, S("/desk/organisations/"), web_id(rq, all[i].id)),
            .is_closed = all[i].closed_at > 0,
        };
        if (all[i].iso3.n) shown[i].state = lang_state(rq->lang, all[i].iso3);
        if (all[i].member.n)
            shown[i].member = ARENA_JOIN(rq->arena, site_origin(rq),
                                         web_beneath_now(rq, S("/members/"), all[i].member));
    }
    v.all = shown;
    v.all_n = n;
    str title = one ? one->name : say(rq, PHRASE("Organisations"));
    page(rq, (struct head){ .title = title, .description = title, .section = "organisations" },
         &people_organisations_view, &v);
    if (now.wrong.english) page_is_wrong(rq);
}

static void list(struct req *rq)
{
    show(rq, NULL, (struct asked){ S(""), S("organisation"), S(""), S(""), NO_PLURAL });
}

static void note(struct req *rq, enum trail_deed deed, id organisation)
{
    trail_add(rq->db, deed, rq->who.person,
              (struct trail_about){ .subject = TRAIL_OF_ORGANISATION,
                                    .row = organisation,
                                    .organisation = organisation },
              rq->now);
}

static void add(struct req *rq)
{
    struct asked a = asked_of(rq);
    a.wrong = what_is_wrong(&a);
    if (a.wrong.english) {
        show(rq, NULL, a);
        return;
    }
    id made = id_new();
    people_organisation_add(rq->db, made, a.name, a.kind, a.iso3, a.member, rq->now);
    note(rq, TRAIL_ORGANISATION_ADDED, made);
    desk_go(rq, "added", S("/desk/organisations"));
}

static bool asked_one(struct req *rq, struct people_organisation *one)
{
    id which;
    if (in_path_id(rq, "organisation", &which) && people_organisation_get(rq->db, which, one))
        return true;
    not_found(rq, PHRASE("There is no such organisation here."), S(""));
    return false;
}

static void one(struct req *rq)
{
    struct people_organisation o;
    if (asked_one(rq, &o))
        show(rq, &o, (struct asked){ o.name, o.kind, o.iso3, o.member, NO_PLURAL });
}

static void change(struct req *rq)
{
    struct people_organisation o;
    struct asked a = asked_of(rq);
    if (!asked_one(rq, &o)) return;
    a.wrong = what_is_wrong(&a);
    if (a.wrong.english) {
        show(rq, &o, a);
        return;
    }
    people_organisation_change(rq->db, o.id, a.name, a.kind, a.iso3, a.member);
    note(rq, TRAIL_ORGANISATION_CHANGED, o.id);
    desk_go(rq, "saved", S("/desk/organisations/"), web_id(rq, o.id));
}

static void close_or_open(struct req *rq)
{
    struct people_organisation o;
    if (!asked_one(rq, &o)) return;
    people_organisation_close(rq->db, o.id, o.closed_at ? 0 : rq->now);
    note(rq, o.closed_at ? TRAIL_ORGANISATION_CHANGED : TRAIL_ORGANISATION_CLOSED, o.id);
    desk_go(rq, "saved", S("/desk/organisations"));
}

const struct route organisation_routes[] = {
    { GET, DESK, "/desk/organisations", MAY_PEOPLE, list, "In whose name somebody works here.",
      &people_organisations_view, NULL },
    { POST, DESK, "/desk/organisations", MAY_PEOPLE, add, "Adds an organisation.",
      &people_organisations_view, "name kind state member" },
    { GET, DESK, "/desk/organisations/:organisation", MAY_PEOPLE, one, "One organisation.",
      &people_organisations_view, NULL },
    { POST, DESK, "/desk/organisations/:organisation", MAY_PEOPLE, change,
      "Changes an organisation.", &people_organisations_view, "name kind state member" },
    { POST, DESK, "/desk/organisations/:organisation/close", MAY_PEOPLE, close_or_open,
      "Ends an organisation's part, or opens it again.", NULL, NULL },
    { 0 },
};
