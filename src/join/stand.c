/* Whether a state is party to the Protocol or took steps towards it, as the claims tell; and how a member is called in them. */
#include "join/inside.h"

#include "law/law.h"
#include "members/members.h"
#include "trail/trail.h"

/* The newest of its own laws against trafficking that has a day; else any. */
static bool find_law(struct db *db, str iso3, struct join_standing *s)
{
    struct claim *rows;
    size_t n = law_commitments_of(db, iso3, CLAIM_NOW, &rows);
    bool is_found = false;
    for (size_t i = 0; i < n; i++) {
        bool is_law = str_starts(claim_cell(&rows[i], "predicate"), S("offence"));
        str from = claim_cell(&rows[i], "from");
        if (!is_law || (is_found && str_cmp(from, s->day) <= 0)) continue;
        s->day = from;
        s->claim_source = claim_source(&rows[i]);
        is_found = true;
    }
    return is_found;
}

struct join_standing join_stand(struct db *db, str iso3)
{
    struct claim *rows;
    struct join_standing s = { .day = S(""), .claim_source = S("") };
    size_t n = law_protocol_of(db, iso3, CLAIM_NOW, &rows);
    struct law_standing_of law = law_stand(iso3, rows, n);
    switch (law.standing) {
    case LAW_PARTY:
        s.is_party = true;
        s.how = law.bound_by;
        s.day = law.bound_on;
        s.claim_source = law.source;
        return s;
    case LAW_SIGNED:
        s.is_signed = true;
        s.day = law.signed_on;
        s.claim_source = law.source;
        return s;
    case LAW_PARTICIPANT:
    case LAW_NOTHING: break;
    }
    s.has_law = find_law(db, iso3, &s);
    return s;
}

str join_entity(const struct people *p, const struct join_application *a, str asked)
{
    struct claim *rows;
    if (a->kind != JOIN_STATE) return asked;
    size_t n = members_of_state(p->db, a->iso3, CLAIM_NOW, &rows);
    return n ? claim_cell(&rows[0], "entity") : lang_state(lang_find(S("en")), a->iso3);
}

enum join_answer join_enter(const struct people *p, const struct join_row_said *row)
{
    struct claim_entered made;
    str cells[] = { row->entity,        row->type, row->iso3,      str_of(row->about),
                    str_of(row->event), row->day,  row->precision, row->detail,
                    row->source,        row->note };
    switch (claim_enter(p->db, &members_events_kind, cells, p->by, p->now, &made)) {
    case CLAIM_ENTERED:
        trail_add(p->db, TRAIL_EVENT_ADDED, p->by,
                  (struct trail_about){ .subject = TRAIL_OF_CLAIM, .code = made.id }, p->now);
        members_changed(p->db, row->entity);
        return JOIN_YES;
    case CLAIM_IS_THERE: return JOIN_YES;
    case CLAIM_REFUSED:
    case CLAIM_CLOCK: break;
    }
    return JOIN_REFUSED_FACT;
}

str join_host(struct arena *a, str address)
{
    str found;
    if (!join_address_ok(a, address, &found)) return S("");
    str rest = str_from(found, 8), host = str_split(&rest, '/');
    return str_starts(host, S("www.")) ? str_from(host, 4) : host;
}
