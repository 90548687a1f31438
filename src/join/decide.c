/* Decisions: one officer refuses; to accept a state or a strategic partner, and to end a membership, takes two. */
#include "join/inside.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/id.h"
#include "members/members.h"
#include "send/send.h"
#include "trail/trail.h"

static str today(const struct people *p)
{
    char day[DAY_TEXT];
    day_text(p->now, day);
    return arena_str(p->arena, str_of(day));
}

static bool is_deciding(const struct join_application *a)
{
    return str_eq(a->state, S("new")) || str_eq(a->state, S("asked"));
}

/* ---- may it be accepted ---- */

/* A state with a membership of its own here; a name or an address that somebody else has. */
static enum join_answer is_free(const struct people *p, const struct join_application *a,
                                str entity)
{
    struct join_row *rows;
    struct claim *events;
    size_t n = a->kind == JOIN_STATE ? join_applications_of_state(p->db, a->id, a->iso3, &rows) : 0;
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].state, S("accepted"))) return JOIN_IS_MEMBER;
    str slug = members_slug(p->arena, entity);
    if (slug.n < 2) return JOIN_NAME_TAKEN;
    if (a->kind == JOIN_STATE) return JOIN_YES;
    n = claim_read(p->db, &members_events_kind, CLAIM_ALL, CLAIM_NOW, &events);
    for (size_t i = 0; i < n; i++)
        if (str_eq(members_slug(p->arena, claim_cell(&events[i], "entity")), slug))
            return JOIN_NAME_TAKEN;
    return JOIN_YES;
}

static enum join_answer may_accept(const struct people *p, const struct join_application *a,
                                   str entity, bool read_steps)
{
    if (a->kind == JOIN_ADVOCATE) return JOIN_YES;
    if (!join_is_line(entity, JOIN_NAME_MAX)) return JOIN_BAD_WORDS;
    if (a->kind == JOIN_STATE) {
        struct join_standing s = join_stand(p->db, a->iso3);
        bool has_basis = s.is_party || s.is_signed || s.has_law ||
                         (read_steps && a->field[JOIN_STEPS].n);
        if (!has_basis) return JOIN_NO_BASIS;
    }
    return is_free(p, a, entity);
}

/* ---- it becomes a membership ---- */

static id make_organisation(const struct people *p, const struct join_application *a, str entity,
                            str slug)
{
    struct people_organisation *all;
    size_t n = people_organisations_all(p->db, &all);
    for (size_t i = 0; i < n && a->kind == JOIN_STATE; i++)
        if (str_eq(all[i].kind, S("state")) && str_eq(all[i].iso3, a->iso3) && !all[i].closed_at)
            return all[i].id;
    id made = id_new();
    people_organisation_add(p->db, made, entity, join_kinds[a->kind].code, a->iso3, slug, p->now);
    trail_add(
        p->db, TRAIL_ORGANISATION_ADDED, p->by,
        (struct trail_about){ .subject = TRAIL_OF_ORGANISATION, .row = made, .organisation = made },
        p->now);
    return made;
}

/* A state that sources name already as taking part does not join a second time: it is listed here. */
static enum join_answer enter_joining(const struct people *p, const struct join_application *a,
                                      str entity, str day)
{
    struct claim *rows;
    bool is_state = a->kind == JOIN_STATE, takes_part = false;
    size_t n = is_state ? members_of_state(p->db, a->iso3, CLAIM_NOW, &rows) : 0;
    for (size_t i = 0; i < n; i++) takes_part |= members_is_taking_part(&rows[i]);
    takes_part = takes_part && !members_has_left(rows, n);
    bool is_strategic = str_eq(a->partner, S("strategic"));
    struct join_row_said row = {
        .entity = entity,
        .type = is_state ? S("country") : S("organisation"),
        .iso3 = a->iso3,
        .about = is_strategic ? "partnership" : "joining",
        .event = takes_part     ? "listed"
                 : is_strategic ? "partner"
                                : "joined",
        .day = day,
        .precision = takes_part ? S("by_day") : S("day"),
        .detail = takes_part ? S("entered in the register of this site")
                             : S("joined by an application decided here"),
        .source = S("own-register"),
        .note = S(""),
    };
    if (is_strategic)
        row.detail = ARENA_JOIN(p->arena, S("strategic partnership; the partner: "),
                                a->field[JOIN_OURS], S("; the campaign: "), a->field[JOIN_THEIRS]);
    return join_enter(p, &row);
}

static enum join_answer become(const struct people *p, struct join_application *a)
{
    str day = today(p),
        entity = a->kind == JOIN_ADVOCATE ? S("") : join_entity(p, a, a->field[JOIN_NAME]);
    id organisation = 0;
    str slug = S("");
    ms seen = a->moved_at;
    if (a->kind != JOIN_ADVOCATE) {
        slug = members_slug(p->arena, entity);
        enum join_answer answer = enter_joining(p, a, entity, day);
        if (answer != JOIN_YES) return answer;
        organisation = make_organisation(p, a, entity, slug);
    } else {
        db_note_write(p->db, "join"); /* one more is counted */
    }
    if (!join_to(p, a, seen, "accepted", p->now + JOIN_MEMBER_MS + 60 * DAY_MS))
        return JOIN_TOO_LATE;
    join_become_member(p->db, a->id, organisation, slug, day);
    join_note(p, TRAIL_APPLICATION_ACCEPTED, a->id, S(""), organisation);
    return JOIN_YES;
}

enum join_answer join_accept(const struct people *p, id which, const struct join_decision *d)
{
    struct join_application a;
    if (!join_get(p, which, &a)) return JOIN_NO_SUCH;
    if (!is_deciding(&a) || a.moved_at != d->seen) return JOIN_TOO_LATE;
    if (d->words.n > JOIN_ROLE_MAX || str_has_control(d->words)) return JOIN_BAD_WORDS;
    bool has_name = a.kind != JOIN_STATE && a.kind != JOIN_ADVOCATE;
    if (has_name && d->name.n) a.field[JOIN_NAME] = d->name;
    enum join_answer answer = may_accept(p, &a, join_entity(p, &a, a.field[JOIN_NAME]),
                                         d->read_steps);
    if (answer != JOIN_YES) return answer;
    ms keep_until = p->now + JOIN_PENDING_MS;
    if (join_needs_second(&a)) {
        if (!join_to(p, &a, d->seen, "proposed", keep_until)) return JOIN_TOO_LATE;
        join_note(p, TRAIL_ASKED_FOR_SECOND, which, S(""), 0);
        answer = JOIN_SECOND;
    } else {
        answer = become(p, &a);
        if (answer != JOIN_YES) return answer;
    }
    join_decide(p->db, which, S(""), p->by, 0, p->now);
    if (d->words.n) join_say(p, &a, "decision", d->words, keep_until);
    return answer;
}

enum join_answer join_agree(const struct people *p, id which, ms seen, bool is_yes)
{
    struct join_application a;
    if (!join_get(p, which, &a)) return JOIN_NO_SUCH;
    if (!str_eq(a.state, S("proposed")) || a.moved_at != seen) return JOIN_TOO_LATE;
    if (a.decided_by == p->by) return JOIN_SAME_PERSON;
    if (!is_yes) {
        if (!join_to(p, &a, seen, "new", p->now + JOIN_PENDING_MS)) return JOIN_TOO_LATE;
        join_decide(p->db, which, S(""), 0, 0, 0);
        join_note(p, TRAIL_SECOND_REFUSED, which, S(""), 0);
        return JOIN_YES;
    }
    /* What the first read stands: whether there is a basis was decided then. The rest may have changed. */
    enum join_answer answer = may_accept(p, &a, join_entity(p, &a, a.field[JOIN_NAME]), true);
    if (answer == JOIN_YES) answer = become(p, &a);
    if (answer != JOIN_YES) return answer;
    join_decide(p->db, which, S(""), a.decided_by, p->by, p->now);
    join_note(p, TRAIL_SECOND_AGREED, which, S(""), 0);
    return JOIN_YES;
}

enum join_answer join_refuse(const struct people *p, id which, const struct join_decision *d)
{
    struct join_application a;
    bool is_reason = false;
    if (!join_get(p, which, &a)) return JOIN_NO_SUCH;
    if (!is_deciding(&a) || a.moved_at != d->seen) return JOIN_TOO_LATE;
    for (const struct word *w = join_refusals; w->code.n; w++)
        is_reason |= str_eq(w->code, d->reason);
    if (!is_reason || (str_eq(d->reason, S("other")) && !d->words.n)) return JOIN_NO_REASON;
    if (d->words.n > JOIN_ROLE_MAX || str_has_control(d->words)) return JOIN_BAD_WORDS;
    ms keep_until = p->now + JOIN_REFUSED_MS;
    if (!join_to(p, &a, d->seen, "refused", keep_until)) return JOIN_TOO_LATE;
    join_decide(p->db, which, d->reason, p->by, 0, p->now);
    if (d->words.n) join_say(p, &a, "decision", d->words, keep_until);
    join_note(p, TRAIL_APPLICATION_REFUSED, which, S(""), 0);
    return JOIN_YES;
}

/* ---- the end of a membership ---- */

static bool is_member(const struct join_application *a)
{
    return str_eq(a->state, S("accepted")) && !a->left_on.n && a->organisation;
}

static enum join_answer leave(const struct people *p, const struct join_application *a)
{
    str entity = join_entity(p, a, a->field[JOIN_NAME]);
    bool is_state = a->kind == JOIN_STATE;
    enum join_answer answer = join_enter(p, &(struct join_row_said){
                                                .entity = entity,
                                                .type = is_state ? S("country") : S("organisation"),
                                                .iso3 = a->iso3,
                                                .about = "leaving",
                                                .event = "left",
                                                .day = today(p),
                                                .precision = S("day"),
                                                .detail = S(""),
                                                .source = S("own-register"),
                                                .note = S(""),
                                            });
    if (answer != JOIN_YES) return answer;
    ms keep_until = p->now + JOIN_MEMBER_MS;
    if (!join_leave(p->db, a->id, today(p))) return JOIN_TOO_LATE;
    join_reseal(p->db, a->id, join_close_mail(p, a->id, keep_until, a->mail),
                join_close_words(p, a->id, keep_until, a->field), keep_until, a->erased);
    people_organisation_close(p->db, a->organisation,
                              p->now); /* its roles are worth nothing from now on */
    trail_add(p->db, TRAIL_MEMBER_LEFT, p->by,
              (struct trail_about){
                  .subject = TRAIL_OF_MEMBER, .row = a->id, .organisation = a->organisation },
              p->now);
    return JOIN_YES;
}

enum join_answer join_end_ask(const struct people *p, id which)
{
    struct join_application a;
    if (!join_get(p, which, &a)) return JOIN_NO_SUCH;
    if (!is_member(&a) || a.ending_by) return JOIN_TOO_LATE;
    join_ending(p->db, which, p->by);
    trail_add(p->db, TRAIL_ASKED_FOR_SECOND, p->by,
              (struct trail_about){
                  .subject = TRAIL_OF_MEMBER, .row = which, .organisation = a.organisation },
              p->now);
    return JOIN_SECOND;
}

enum join_answer join_end_agree(const struct people *p, id which, bool is_yes)
{
    struct join_application a;
    if (!join_get(p, which, &a)) return JOIN_NO_SUCH;
    if (!is_member(&a) || !a.ending_by) return JOIN_TOO_LATE;
    if (a.ending_by == p->by && is_yes)
        return JOIN_SAME_PERSON; /* one may take back what one asked for oneself */
    if (is_yes) return leave(p, &a);
    join_ending(p->db, which, 0);
    trail_add(p->db, TRAIL_SECOND_REFUSED, p->by,
              (struct trail_about){
                  .subject = TRAIL_OF_MEMBER, .row = which, .organisation = a.organisation },
              p->now);
    return JOIN_YES;
}

static bool of_organisation(const struct people *p, id organisation, struct join_application *a)
{
    struct join_row row;
    if (!join_application_of(p->db, organisation, &row)) return false;
    join_open_row(p, &row, a);
    return true;
}

enum join_answer join_leave_self(const struct people *p, id organisation)
{
    struct join_application a;
    if (!of_organisation(p, organisation, &a)) return JOIN_NO_SUCH;
    return is_member(&a) ? leave(p, &a) : JOIN_TOO_LATE;
}

enum join_answer join_contact(const struct people *p, id which, str contact, str function, str mail)
{
    struct join_application a;
    struct phrase why;
    personal address;
    if (!join_get(p, which, &a)) return JOIN_NO_SUCH;
    if (!is_member(&a)) return JOIN_TOO_LATE;
    bool is_right = join_is_line(contact, JOIN_PERSON_MAX) &&
                    join_is_line(function, JOIN_PERSON_MAX) &&
                    send_address_ok(p->arena, mail, &address, &why);
    if (!is_right) return JOIN_BAD_WORDS;
    a.field[JOIN_CONTACT] = contact;
    a.field[JOIN_FUNCTION] = function;
    join_reseal(p->db, which, join_close_mail(p, which, a.keep_until, address.words),
                join_close_words(p, which, a.keep_until, a.field), a.keep_until, a.erased);
    trail_add(p->db, TRAIL_ORGANISATION_CHANGED, p->by,
              (struct trail_about){
                  .subject = TRAIL_OF_MEMBER, .row = which, .organisation = a.organisation },
              p->now);
    return JOIN_YES;
}

/* ---- what members did ---- */

enum join_answer join_event_tell(const struct people *p, id organisation,
                                 const struct join_event *e)
{
    str address;
    bool is_event = false;
    static const char *const events[] = { "action", "took_part", "created", "relaunched" };
    for (size_t i = 0; i < COUNT_OF(events); i++) is_event |= str_eq(e->event, str_of(events[i]));
    bool is_right = is_event && day_is_full(e->day) && str_cmp(e->day, today(p)) <= 0 &&
                    join_is_line(e->detail, JOIN_LINE_MAX) &&
                    join_is_line(e->title, JOIN_NAME_MAX) &&
                    join_address_ok(p->arena, e->address, &address);
    if (!is_right) return JOIN_BAD_WORDS;
    id row = id_new();
    join_event_add(p->db, row, organisation, e->event, e->day, e->observance, e->detail, e->title,
                   address, p->by, p->now, p->now + JOIN_EVENT_MS);
    trail_add(
        p->db, TRAIL_ASKED_FOR_SECOND, p->by,
        (struct trail_about){ .subject = TRAIL_OF_EVENT, .row = row, .organisation = organisation },
        p->now);
    return JOIN_SECOND;
}

static const char *about_of(str event)
{
    if (str_eq(event, S("action"))) return "yearly_action";
    return str_eq(event, S("relaunched")) ? "relaunch" : "support";
}

/* The page it can be read on becomes a source of its own, graded as a member's own word. */
static bool enter_source(const struct people *p, const struct join_event_row *e, str publisher,
                         bool is_state, str *made)
{
    char name[CONTENT_ID_LENGTH + 1];
    struct claim_entered entered;
    content_id(e->address, name);
    *made = ARENA_JOIN(p->arena, S("member-"), arena_str(p->arena, (str){ name, 12 }));
    str cells[] = { *made,           e->title,
                    e->address,      publisher,
                    S("not stated"), is_state ? S("official") : S("press"),
                    today(p),        S("named by the member itself") };
    struct claim *there;
    if (claim_read(p->db, &claim_sources, *made, CLAIM_NOW, &there)) return true;
    switch (claim_enter(p->db, &claim_sources, cells, p->by, p->now, &entered)) {
    case CLAIM_ENTERED:
    case CLAIM_IS_THERE: return true;
    case CLAIM_REFUSED:
    case CLAIM_CLOCK: break;
    }
    return false;
}

enum join_answer join_event_agree(const struct people *p, id which, bool is_yes)
{
    struct join_event_row e;
    struct people_organisation o;
    struct join_application a = { .kind = JOIN_ORGANISATION };
    if (!join_event_get(p->db, which, &e) || !people_organisation_get(p->db, e.organisation, &o))
        return JOIN_NO_SUCH;
    struct trail_about about = { .subject = TRAIL_OF_EVENT,
                                 .row = which,
                                 .organisation = e.organisation };
    if (!is_yes) { /* whoever told it may take it back as well */
        join_event_drop(p->db, which);
        trail_add(p->db, TRAIL_SECOND_REFUSED, p->by, about, p->now);
        return JOIN_YES;
    }
    if (e.by_person == p->by) return JOIN_SAME_PERSON;
    if (o.closed_at) return JOIN_TOO_LATE;
    bool is_state = str_eq(o.kind, S("state"));
    a.iso3 = o.iso3;
    if (is_state) a.kind = JOIN_STATE;
    str source, entity = join_entity(p, &a, o.name);
    if (!enter_source(p, &e, entity, is_state, &source)) return JOIN_REFUSED_FACT;
    enum join_answer answer = join_enter(
        p, &(struct join_row_said){
               .entity = entity,
               .type = is_state ? S("country") : S("organisation"),
               .iso3 = o.iso3,
               .about = about_of(e.event),
               .event = arena_z(p->arena, e.event),
               .day = e.day,
               .precision = S("day"),
               .detail = e.detail,
               .source = source,
               .note = e.observance.n ? ARENA_JOIN(p->arena, S("for: "), e.observance) : S(""),
           });
    if (answer != JOIN_YES) return answer;
    join_event_drop(p->db, which);
    trail_add(p->db, TRAIL_SECOND_AGREED, p->by, about, p->now);
    return JOIN_YES;
}
