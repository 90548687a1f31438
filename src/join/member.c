/* What a member does here: its events, who answers for it, leaving; and the second pair of eyes on events. */
#include "join/inside.h"

#include "claim/pages.h"
#include "join/events.html.h"
#include "join/own.html.h"
#include "members/members.h"

struct typed {
    struct phrase wrong;
    struct join_event event;
};

static struct word event_word(str code)
{
    return claim_word(members_events, code);
}

static bool is_mine(struct req *rq, id organisation)
{
    for (int i = 0; i < rq->who.within_n; i++)
        if (rq->who.within[i].organisation == organisation &&
            (rq->who.within[i].held & RIGHT_BIT(MAY_REPLY)))
            return true;
    return false;
}

/* The organisation asked for, or the first one whose focal point this is. */
static bool asked_own(struct req *rq, struct people_organisation *o)
{
    id which = 0;
    str asked = rq->route->method == POST ? S("") : in_query(rq, "of");
    if (rq->route->method == POST && !in_path_id(rq, "organisation", &which)) return false;
    if (asked.n && !in_query_id(rq, "of", &which)) return false;
    for (int i = 0; i < rq->who.within_n && !which; i++)
        if (rq->who.within[i].held & RIGHT_BIT(MAY_REPLY)) which = rq->who.within[i].organisation;
    return which && is_mine(rq, which) && people_organisation_get(rq->db, which, o) &&
           !o->closed_at;
}

/* ---- its page ---- */

static void fill_events(struct req *rq, const struct people_organisation *o, struct join_own *v)
{
    struct claim *rows;
    bool is_state = str_eq(o->kind, S("state"));
    size_t n = claim_read(rq->db, &members_events_kind, o->iso3.n ? o->iso3 : CLAIM_ALL, CLAIM_NOW,
                          &rows);
    struct join_own_events *all = arena_new(rq->arena, struct join_own_events, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool is_country = str_eq(claim_cell(&rows[i], "entity_type"), S("country"));
        bool is_own = is_state ? is_country
                               : !is_country &&
                                     str_eq(members_slug(rq->arena, claim_cell(&rows[i], "entity")),
                                            o->member);
        if (!is_own) continue;
        struct join_own_events *e = &all[v->events_n++];
        *e = (struct join_own_events){ .event = event_word(claim_cell(&rows[i], "event")),
                                       .day = str_or_absent(claim_cell(&rows[i], "date")),
                                       .detail = str_or_absent(claim_cell(&rows[i], "detail")),
                                       .claim = ARENA_JOIN(rq->arena, site_origin(rq),
                                                           claim_address(rq, rows[i].id)),
                                       .source = claim_source_shown(rq, claim_source(&rows[i])) };
    }
    v->events = all;
    v->has_events = v->events_n > 0;
}

static str agree_address(struct req *rq, const struct join_event_row *e)
{
    return web_beneath_now(rq, S("/desk/events/"), web_id(rq, e->id));
}

static bool may_agree(struct req *rq, const struct join_event_row *e)
{
    return e->by_person != rq->who.person && who_may_within(&rq->who, MAY_PUBLISH, e->organisation);
}

static void fill_waits(struct req *rq, const struct people *p, id organisation, struct join_own *v)
{
    struct join_event_row *rows;
    size_t n = join_events_of(rq->db, organisation, &rows);
    struct join_own_waits *all = arena_new(rq->arena, struct join_own_waits, n + 1);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct join_own_waits){ .event = event_word(rows[i].event),
                                          .day = rows[i].day,
                                          .detail = rows[i].detail,
                                          .title = rows[i].title,
                                          .link = rows[i].address,
                                          .by = person_name(p, rows[i].by_person),
                                          .agree = agree_address(rq, &rows[i]),
                                          .can_agree = may_agree(rq, &rows[i]),
                                          .is_mine = rows[i].by_person == rq->who.person };
    v->waits = all;
    v->waits_n = n;
}

static void fill_choices(struct req *rq, const struct join_event *e, struct join_own *v)
{
    static const char *const codes[] = { "action", "took_part", "created", "relaunched" };
    struct claim *rows;
    struct join_own_choices *choices = arena_new(rq->arena, struct join_own_choices,
                                                 COUNT_OF(codes));
    for (size_t i = 0; i < COUNT_OF(codes); i++)
        choices[i] = (struct join_own_choices){ str_of(codes[i]),
                                                event_word(str_of(codes[i])).phrase,
                                                str_eq(e->event, str_of(codes[i])) };
    v->choices = choices;
    v->choices_n = COUNT_OF(codes);
    const struct claim_kind *kind = claim_kind_named(S("observances"));
    size_t n = kind ? claim_read_told(rq->db, kind, CLAIM_ALL, CLAIM_NOW, &rows) : 0;
    struct join_own_observances *all = arena_new(rq->arena, struct join_own_observances, n + 1);
    for (size_t i = 0; i < n; i++) {
        str name = claim_cell(&rows[i], "name");
        bool is_told = false;
        for (size_t k = 0; k < v->observances_n; k++) is_told |= str_eq(all[k].name, name);
        if (!is_told)
            all[v->observances_n++] = (struct join_own_observances){ name,
                                                                     str_eq(name, e->observance) };
    }
    v->observances = all;
}

static void fill_own(struct req *rq, const struct people *p, struct join_own *v)
{
    struct join_own_organisations *all = arena_new(rq->arena, struct join_own_organisations,
                                                   WITHIN_MAX);
    (void)p;
    for (int i = 0; i < rq->who.within_n; i++) {
        struct people_organisation o;
        id which = rq->who.within[i].organisation;
        if (!is_mine(rq, which) || !people_organisation_get(rq->db, which, &o) || o.closed_at)
            continue;
        all[v->organisations_n++] = (struct join_own_organisations){
            o.name, web_beneath_now(rq, S("/desk/member?of="), web_id(rq, which)),
            str_eq(o.name, v->name)
        };
    }
    v->organisations = all;
    v->has_several = v->organisations_n > 1;
}

static void fill_contact(struct req *rq, const struct people *p, id organisation,
                         struct join_own *v)
{
    struct join_row row;
    struct join_application a;
    if (!join_application_of(rq->db, organisation, &row)) return;
    join_open_row(p, &row, &a);
    struct join_own_contacts *contact = arena_new(rq->arena, struct join_own_contacts, 1);
    *contact = (struct join_own_contacts){
        .save = web_beneath_now(rq, S("/desk/member/"), web_id(rq, organisation), S("/contact")),
        .key = v->token,
        .name = a.field[JOIN_CONTACT],
        .function = a.field[JOIN_FUNCTION],
        .mail = a.mail,
    };
    v->contacts = contact;
    v->contacts_n = 1;
}

static void show(struct req *rq, const struct people_organisation *o, const struct typed *t)
{
    struct people p = people_of(rq);
    str title = say(rq, PHRASE("Our membership"));
    struct join_own v = {
        .wrong = t->wrong, .none = o == NULL, .name = S(""), .token = web_token(rq)
    };
    v.page = v.texts = v.action = v.leave = web_beneath_now(rq, S("/desk"));
    v.day = t->event.day;
    v.detail = t->event.detail;
    v.read_at = t->event.address;
    v.read_name = t->event.title;
    if (o) {
        str code = web_id(rq, o->id);
        title = v.name = o->name;
        v.page = ARENA_JOIN(
            rq->arena, site_origin(rq),
            web_beneath_now(rq, S("/members"), o->member.n ? S("/") : S(""), o->member));
        v.texts = web_beneath_now(rq, S("/desk/texts"));
        v.action = web_beneath_now(rq, S("/desk/member/"), code, S("/tell"));
        v.leave = web_beneath_now(rq, S("/desk/member/"), code, S("/leave"));
        fill_events(rq, o, &v);
        fill_waits(rq, &p, o->id, &v);
        fill_choices(rq, &t->event, &v);
        fill_own(rq, &p, &v);
        fill_contact(rq, &p, o->id, &v);
    }
    page(rq, (struct head){ .title = title, .description = title, .section = "member" },
         &join_own_view, &v);
    if (t->wrong.english) page_is_wrong(rq);
}

static const struct typed nothing = { .event = { S_CONST(""), S_CONST(""), S_CONST(""), S_CONST(""),
                                                 S_CONST(""), S_CONST("") } };

static void own(struct req *rq)
{
    struct people_organisation o;
    show(rq, asked_own(rq, &o) ? &o : NULL, &nothing);
}

static bool own_or_none(struct req *rq, struct people_organisation *o)
{
    if (asked_own(rq, o)) return true;
    not_found(rq, PHRASE("You answer for no such member here."), S(""));
    return false;
}

static void back(struct req *rq, const char *done, id organisation)
{
    desk_go(rq, done, S("/desk/member?of="), web_id(rq, organisation));
}

static void tell(struct req *rq)
{
    struct people p = people_of(rq);
    struct people_organisation o;
    if (!own_or_none(rq, &o)) return;
    struct typed t = { .event = { .event = in_form_line(rq, "event"),
                                  .day = in_form_line(rq, "day"),
                                  .observance = str_cut_text(in_form_line(rq, "observance"),
                                                             JOIN_LINE_MAX),
                                  .detail = in_form_line(rq, "detail"),
                                  .title = in_form_line(rq, "read_name"),
                                  .address = in_form_line(rq, "read_at") } };
    enum join_answer answer = join_event_tell(&p, o.id, &t.event);
    if (answer == JOIN_YES || answer == JOIN_SECOND) {
        back(rq, "second", o.id);
        return;
    }
    t.wrong = answer == JOIN_BAD_WORDS
                  ? PHRASE("Please look again: a day that is not still to come, one line of at "
                           "most 200 letters, and a page that begins with https:// with its title.")
                  : join_refusal(answer);
    show(rq, &o, &t);
}

static void contact(struct req *rq)
{
    struct people p = people_of(rq);
    struct people_organisation o;
    struct join_row row;
    if (!own_or_none(rq, &o)) return;
    enum join_answer answer = JOIN_NO_SUCH;
    if (join_application_of(rq->db, o.id, &row))
        answer = join_contact(&p, row.id, in_form_line(rq, "contact"), in_form_line(rq, "function"),
                              in_form_line(rq, "mail"));
    if (answer == JOIN_YES) back(rq, "saved", o.id);
    else {
        struct typed t = nothing;
        t.wrong = join_refusal(answer);
        show(rq, &o, &t);
    }
}

static void leave(struct req *rq)
{
    struct people p = people_of(rq);
    struct people_organisation o;
    if (!own_or_none(rq, &o)) return;
    enum join_answer answer = in_form_has(rq, "sure") ? join_leave_self(&p, o.id) : JOIN_BAD_WORDS;
    if (answer == JOIN_YES) {
        desk_go(rq, "ended", S("/desk"));
        return;
    }
    struct typed t = nothing;
    t.wrong = join_refusal(answer);
    show(rq, &o, &t);
}

/* ---- the second pair of eyes ---- */

static void events_show(struct req *rq, struct phrase wrong)
{
    struct people p = people_of(rq);
    struct join_event_row *rows;
    size_t n = join_events_all(rq->db, &rows);
    struct join_events_waits *all = arena_new(rq->arena, struct join_events_waits, n + 1);
    struct join_events v = { .wrong = wrong, .waits = all, .token = web_token(rq) };
    for (size_t i = 0; i < n; i++) {
        struct people_organisation o;
        if (!who_may_within(&rq->who, MAY_PUBLISH, rows[i].organisation)) continue;
        if (!people_organisation_get(rq->db, rows[i].organisation, &o)) continue;
        all[v.waits_n++] = (struct join_events_waits){ .member = o.name,
                                                       .event = event_word(rows[i].event),
                                                       .day = rows[i].day,
                                                       .detail = rows[i].detail,
                                                       .title = rows[i].title,
                                                       .link = rows[i].address,
                                                       .by = person_name(&p, rows[i].by_person),
                                                       .agree = agree_address(rq, &rows[i]),
                                                       .can_agree = may_agree(rq, &rows[i]) };
    }
    str title = say(rq, PHRASE("Members' events"));
    page(rq, (struct head){ .title = title, .description = title, .section = "events" },
         &join_events_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static void events(struct req *rq)
{
    events_show(rq, NO_PLURAL);
}

static void event_agree(struct req *rq)
{
    struct people p = people_of(rq);
    struct join_event_row e;
    id which;
    bool is_there = in_path_id(rq, "event", &which) && join_event_get(rq->db, which, &e) &&
                    who_may_within(&rq->who, MAY_PUBLISH, e.organisation);
    if (!is_there) {
        not_found(rq, PHRASE("This event waits no more: somebody agreed to it or took it back."),
                  S(""));
        return;
    }
    bool is_yes = str_eq(in_form_line(rq, "deed"), S("yes"));
    enum join_answer answer = join_event_agree(&p, which, is_yes);
    if (answer == JOIN_YES) desk_go(rq, is_yes ? "agreed" : "removed", S("/desk/events"));
    else events_show(rq, join_refusal(answer));
}

const struct route join_member_routes[] = {
    { GET, DESK, "/desk/member", MAY_REPLY, own, "A member's own events, contact and leaving.",
      &join_own_view, "of" },
    { POST, DESK, "/desk/member/:organisation/tell", MAY_REPLY, tell,
      "Tells of something a member did.", &join_own_view,
      "event day observance detail read_at read_name" },
    { POST, DESK, "/desk/member/:organisation/contact", MAY_REPLY, contact,
      "Says who answers for a member.", &join_own_view, "contact function mail" },
    { POST, DESK, "/desk/member/:organisation/leave", MAY_REPLY, leave, "A member leaves.",
      &join_own_view, "sure" },
    { GET, DESK, "/desk/events", MAY_PUBLISH, events,
      "Events of members that wait for a second person.", &join_events_view, NULL },
    { POST, DESK, "/desk/events/:event", MAY_PUBLISH, event_agree,
      "Agrees to a member's event, or not.", &join_events_view, "deed" },
    { 0 },
};
