#include "members/members.h"

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
    return str_ends(slug, S("-")) ? str_cut(slug, slug.n - 1) : slug;
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

size_t members_states(struct db *db, struct claim_when when, str **out)
{
    struct claim *rows;
    size_t n = claim_read(db, &members_events_kind, CLAIM_ALL, when, &rows), states = 0;
    str *all = arena_new(db_arena(db), str, n);
    for (size_t i = 0; i < n; i++) { /* by code */
        str iso3 = claim_cell(&rows[i], "iso3");
        if (iso3.n == 0 || !members_is_taking_part(&rows[i])) continue;
        if (states == 0 || !str_eq(all[states - 1], iso3)) all[states++] = iso3;
    }
    *out = all;
    return states;
}
