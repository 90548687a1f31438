#include "members/members.h"

#include "base/id.h"

str members_slug(struct arena *a, str entity)
{
    struct sink out;
    sink_open(&out, a, entity.n + 1);
    for (size_t i = 0; i < entity.n; i++) {
        char c = entity.p[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + ('a' - 'A'));
        bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_kept) put_char(&out, c);
        else if (out.n && out.p[out.n - 1] != '-') put_char(&out, '-');
    }
    str slug = sink_str(&out);
    if (str_ends(slug, S("-"))) slug = str_cut(slug, slug.n - 1);
    if (slug.n >= 2) return slug;
    char name[CONTENT_ID_LENGTH + 1]; /* in another script: a name that follows from its letters */
    content_id(entity, name);
    return ARENA_JOIN(a, S("member-"), str_cut(arena_str(a, str_of(name)), 8));
}

size_t members_of_state(struct db *db, str iso3, struct claim_when when, struct claim **out)
{
    struct claim *rows;
    size_t n = claim_read(db, &members_events_kind, iso3, when, &rows), kept = 0;
    for (size_t i = 0; i < n; i++)
        if (str_eq(claim_cell(&rows[i], "entity_type"), S("country"))) rows[kept++] = rows[i];
    *out = rows;
    return kept;
}

bool members_is_taking_part(const struct claim *c)
{
    static const char *const events[] = { "joined", "adopted", "launched", "relaunched", "listed" };
    str event = claim_cell(c, "event");
    if (!str_eq(claim_cell(c, "entity_type"), S("country"))) return false;
    for (size_t i = 0; i < COUNT_OF(events); i++)
        if (str_eq(event, str_of(events[i]))) return true;
    return false;
}

bool members_has_left(const struct claim *own, size_t n)
{
    bool has_left = false;
    for (size_t i = 0; i < n; i++) {
        str event = claim_cell(&own[i], "event");
        if (str_eq(event, S("left"))) has_left = true;
        else if (str_eq(claim_cell(&own[i], "about"), S("joining")) &&
                 claim_cell(&own[i], "date").n)
            has_left = false; /* it came back */
    }
    return has_left;
}

size_t members_states(struct db *db, struct claim_when when, str **out)
{
    struct claim *rows;
    size_t n = claim_read(db, &members_events_kind, CLAIM_ALL, when, &rows), states = 0;
    str *all = arena_new(db_arena(db), str, n);
    struct claim *own = arena_new(db_arena(db), struct claim, n);
    for (size_t i = 0, same; i < n; i += same) { /* by code */
        str iso3 = claim_cell(&rows[i], "iso3");
        size_t own_n = 0;
        bool takes_part = false;
        same = claim_about_same(&rows[i], n - i);
        for (size_t k = i; k < i + same; k++)
            if (str_eq(claim_cell(&rows[k], "entity_type"), S("country"))) own[own_n++] = rows[k];
        for (size_t k = 0; k < own_n; k++) takes_part |= members_is_taking_part(&own[k]);
        if (iso3.n && takes_part && !members_has_left(own, own_n)) all[states++] = iso3;
    }
    *out = all;
    return states;
}
