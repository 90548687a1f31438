/* Every state with what the list and the maps show of it. */
#include "campaign/listed.h"

#include "base/day.h"
#include "campaign/profile.h"
#include "draw/draw.h"
#include "members/members.h"
#include "tiers/tiers.h"

static const struct law_standing_of *standing_of(const struct law_standing_of *all, size_t n,
                                                 str iso3)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].iso3, iso3)) return &all[i];
    return NULL;
}

static str listed_name(const void *thing)
{
    return ((const struct listed *)thing)->name;
}

size_t listed_all(struct req *rq, int64_t tier_year, struct listed **out)
{
    struct law_state *states;
    struct law_standing_of *standings;
    struct tiers_placed *placed;
    str *members;
    size_t states_n = law_states(rq->db, rq->when, &states),
           standings_n = law_standings_all(rq->db, rq->when, &standings);
    size_t placed_n = tiers_of_year(rq->db, tier_year, rq->when, &placed),
           members_n = members_states(rq->db, rq->when, &members);
    struct listed *all = arena_new(rq->arena, struct listed, states_n);
    size_t n = 0;
    for (size_t i = 0; i < states_n; i++) {
        const struct law_standing_of *s = standing_of(standings, standings_n, states[i].iso3);
        if (!states[i].is_state && !(s && s->standing == LAW_PARTY)) continue;
        struct listed *l = &all[n++];
        *l = (struct listed){ .state = states[i],
                              .standing = s ? s->standing : LAW_NOTHING,
                              .bound_year = s ? day_year(s->bound_on) : 0,
                              .name = lang_state(rq->lang, states[i].iso3),
                              .region = lang_region_of(states[i].iso3, false) };
        for (size_t k = 0; k < placed_n; k++)
            if (str_eq(placed[k].iso3, states[i].iso3)) l->tier = placed[k].tier;
        for (size_t k = 0; k < members_n; k++)
            l->takes_part = l->takes_part || str_eq(members[k], states[i].iso3);
    }
    lang_sort(rq->arena, rq->lang, all, n, sizeof *all, listed_name);
    *out = all;
    return n;
}

html listed_map(struct req *rq, const struct listed *all, size_t n)
{
    struct draw_place *places = arena_new(rq->arena, struct draw_place, n);
    for (size_t i = 0; i < n; i++) {
        str said = say(rq, law_standings[all[i].standing].phrase);
        places[i] = (struct draw_place){
            .iso3 = all[i].state.iso3,
            .address = web_beneath(rq, S("/countries/"), all[i].state.iso3),
            .class = campaign_standing_class(all[i].standing),
            .label = arena_format(rq->arena, STR_FMT ": " STR_FMT, STR_ARG(all[i].name),
                                  STR_ARG(said)),
        };
    }
    return draw_map(rq->arena, places, n,
                    say(rq, PHRASE("World map by how each state stands to the Protocol")));
}

size_t listed_standing(const struct listed *all, size_t n, enum law_standing s)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += all[i].standing == s;
    return count;
}
