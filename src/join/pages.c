/* What all pages of joining share, and the room itself. */
#include "join/pages.h"

#include "join/inside.h"

struct phrase join_refusal(enum join_answer answer)
{
    switch (answer) {
    case JOIN_YES:
    case JOIN_SECOND: return NO_PLURAL;
    case JOIN_NO_SUCH: return PHRASE("This application is gone: it ended, or was withdrawn.");
    case JOIN_TOO_LATE:
        return PHRASE(
            "Something happened to it meanwhile, so nothing was done. This is how it stands now.");
    case JOIN_SAME_PERSON: return PHRASE("Someone else must agree to what you prepared.");
    case JOIN_BAD_WORDS:
        return PHRASE(
            "Something is missing, too long, or begins with a sign that a table cannot hold.");
    case JOIN_NO_REASON: return PHRASE("Please choose a reason; another reason needs words.");
    case JOIN_NO_BASIS:
        return PHRASE("Nothing is known of steps of this state towards the Protocol. Ask where "
                      "they can be read, or say that you read of them at the address given.");
    case JOIN_IS_MEMBER: return PHRASE("This state has a membership here already.");
    case JOIN_NAME_TAKEN:
        return PHRASE(
            "A member is called so already, or nearly so. Choose a name that tells the two apart.");
    case JOIN_FULL:
        return PHRASE("Very many applications came within the last hour, from all the world. "
                      "Please send yours again later: what you wrote stands below.");
    case JOIN_NO_MAIL:
        return PHRASE("No mail can leave this site yet, so no address could be confirmed and "
                      "nobody can apply here.");
    case JOIN_PAUSED:
        return PHRASE("No applications are taken at the moment: more came than can be read with "
                      "care. Please come back later. What was sent before is not lost.");
    case JOIN_REFUSED_FACT:
        return PHRASE("This cannot stand in the table of members: a date, a name or an address is "
                      "not as it should be there.");
    }
    return NO_PLURAL;
}

/* ---- what waits at the desk ---- */

static int64_t count_of(const struct join_counted *all, size_t n, const char *state)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].state, str_of(state))) return all[i].n;
    return 0;
}

static void members_wait(struct req *rq)
{
    struct join_event_row *events;
    size_t n = join_events_all(rq->db, &events), mine = 0;
    for (size_t i = 0; i < n; i++)
        mine += events[i].by_person != rq->who.person &&
                who_may_within(&rq->who, MAY_PUBLISH, events[i].organisation);
    desk_waits(rq, WAITS_SOON,
               PHRASES("{n} event of a member waits for somebody to agree",
                       "{n} events of members wait for somebody to agree"),
               (int64_t)mine, web_beneath_now(rq, S("/desk/events")));
}

static void waiting(struct req *rq)
{
    struct join_counted *all;
    struct join_row *rows;
    if (who_may_somewhere(&rq->who, MAY_PUBLISH)) members_wait(rq);
    if (!who_may(&rq->who, MAY_AGREE)) return;
    size_t n = join_counts(rq->db, &all), seconds = 0;
    size_t m = join_applications_in(rq->db, S("proposed"), S("proposed"), (id)INT64_MAX, 200,
                                    &rows);
    for (size_t i = 0; i < m; i++) seconds += rows[i].decided_by != rq->who.person;
    m = join_applications_ending(rq->db, &rows);
    for (size_t i = 0; i < m; i++) seconds += rows[i].ending_by != rq->who.person;
    desk_waits(
        rq, WAITS_SOON,
        PHRASES("{n} decision waits for a second person", "{n} decisions wait for a second person"),
        (int64_t)seconds, web_beneath_now(rq, S("/desk/applications?show=second")));
    if (!who_may(&rq->who, MAY_DECIDE)) return;
    desk_waits(
        rq, WAITS_SOON,
        PHRASES("{n} application waits for a decision", "{n} applications wait for a decision"),
        count_of(all, n, "new"), web_beneath_now(rq, S("/desk/applications")));
}

static const struct gives gives[] = {
    { "/join/:kind", "text/html", "/join/organisation" },
    { 0 },
};

static const struct route *const more[] = { join_applicant_routes, join_desk_routes,
                                            join_one_routes, join_member_routes, NULL };

const struct room join_room = {
    .name = "join",
    .purpose = "joining the campaign, from an application to a membership and its end",
    .routes = join_public_routes,
    .more = more,
    .gives = gives,
    .waiting = waiting,
};
