/* The public pages where everything about the states meets: home, the list, one profile. */
#include "campaign/pages.h"

#include "base/day.h"
#include "campaign/campaign.h"
#include "campaign/countries.html.h"
#include "campaign/home.html.h"
#include "campaign/profile.h"
#include "claim/pages.h"
#include "draw/draw.h"
#include "help/help.h"
#include "measure/measure.h"
#include "members/members.h"
#include "tiers/tiers.h"
#include "web/linked.h"

static str beneath(struct req *rq, const char *path)
{
    return arena_format(rq->arena, "/" STR_FMT "%s" STR_FMT, STR_ARG(lang_code(rq->lang)), path,
                        STR_ARG(rq->show.when));
}

static str country_address(struct req *rq, str iso3)
{
    return arena_format(rq->arena, "/" STR_FMT "/countries/" STR_FMT STR_FMT,
                        STR_ARG(lang_code(rq->lang)), STR_ARG(iso3), STR_ARG(rq->show.when));
}

/* Where this page's kind of address begins: /fr or /api/v1. */
static str root_of(struct req *rq)
{
    return rq->is_api ? S("/api/v1")
                      : arena_format(rq->arena, "/" STR_FMT, STR_ARG(lang_code(rq->lang)));
}

/* Everything known about one state. */
void campaign_country(struct req *rq)
{
    struct law_state state;
    str iso3 = in_path(rq, "iso3");
    char upper[4] = "";
    for (size_t i = 0; i < iso3.n && iso3.n == 3; i++) {
        char c = iso3.p[i];
        upper[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    if (!law_state_get(rq->db, str_of(upper), rq->when, &state)) {
        bool is_known_now = law_state_get(rq->db, str_of(upper), CLAIM_NOW, &state);
        if (is_known_now)
            not_found(rq, PHRASE("Nothing was known here about {asked} on that day."),
                      lang_state(rq->lang, state.iso3));
        else
            not_found(rq,
                      PHRASE("No state has the code {asked}. Codes have three letters, as in MEX; "
                             "the list has them all."),
                      iso3);
        return;
    }
    if (!str_eq(iso3, state.iso3)) {
        str query = rq->raw->query;
        go_to(rq, 301,
              arena_format(rq->arena, STR_FMT "/countries/" STR_FMT "%s" STR_FMT,
                           STR_ARG(root_of(rq)), STR_ARG(state.iso3), query.n ? "?" : "",
                           STR_ARG(query)));
        return;
    }
    struct campaign_country v = {
        .iso3 = iso3,
        .name = lang_state(rq->lang, iso3),
        .kind = state.kind,
        .table_protocol = S("/data/protocol.csv"),
        .table_tiers = S("/data/tiers.csv"),
        .table_numbers = S("/data/statistics.csv"),
    };
    str region = lang_region_of(iso3, true);
    if (region.n) v.region = lang_region(rq->lang, region);
    profile_helplines(rq, iso3, &v);
    profile_acts(rq, iso3, &v);
    profile_events(rq, iso3, &v);
    profile_tiers(rq, iso3, &v);
    profile_numbers(rq, iso3, &v);
    struct head head = { .title = v.name, .section = "countries" };
    head.description = say_with(rq,
                                PHRASE("What {name} promised about trafficking in persons, how its "
                                       "efforts were assessed, what it detected, and who to call."),
                                S("name"), v.name);
    page(rq, head, &campaign_country_view, &v);
}

/* What the list and the maps know of each state. */
struct listed {
    struct law_state state;
    enum law_standing standing;
    int64_t bound_year;
    struct word tier;
    bool takes_part;
    str region, name;
};

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

/* Every state, and every other participant of the Protocol, in the language's order. */
static size_t list_all(struct req *rq, int64_t tier_year, struct listed **out)
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

static html standing_map(struct req *rq, const struct listed *all, size_t n)
{
    struct draw_place *places = arena_new(rq->arena, struct draw_place, n);
    for (size_t i = 0; i < n; i++) {
        str said = say(rq, law_standings[all[i].standing].phrase);
        places[i] = (struct draw_place){
            .iso3 = all[i].state.iso3,
            .address = country_address(rq, all[i].state.iso3),
            .class = campaign_standing_class(all[i].standing),
            .label = arena_format(rq->arena, STR_FMT ": " STR_FMT, STR_ARG(all[i].name),
                                  STR_ARG(said)),
        };
    }
    return draw_map(rq->arena, places, n,
                    say(rq, PHRASE("World map by how each state stands to the Protocol")));
}

static size_t count_standing(const struct listed *all, size_t n, enum law_standing s)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += all[i].standing == s;
    return count;
}

static void fill_filters(struct req *rq, const struct listed *all, size_t n,
                         struct campaign_countries *v)
{
    static const char *const m49[] = { "002", "019", "142", "150", "009" };
    struct campaign_countries_regions *regions = arena_new(
        rq->arena, struct campaign_countries_regions, COUNT_OF(m49));
    for (size_t i = 0; i < COUNT_OF(m49); i++)
        regions[i] = (struct campaign_countries_regions){ str_of(m49[i]),
                                                          lang_region(rq->lang, str_of(m49[i])),
                                                          str_eq(v->region, str_of(m49[i])) };
    struct campaign_countries_standings *standings = arena_new(
        rq->arena, struct campaign_countries_standings, LAW_STANDINGS);
    for (int i = 0; i < LAW_STANDINGS; i++)
        standings[i] = (struct campaign_countries_standings){
            law_standings[i].code, law_standings[i], str_eq(v->standing, law_standings[i].code),
            str_of(campaign_standing_class((enum law_standing)i)),
            (int64_t)count_standing(all, n, (enum law_standing)i)
        };
    size_t tiers_n = 0;
    while (tiers_words[tiers_n].code.n) tiers_n++;
    struct campaign_countries_tiers *tiers = arena_new(rq->arena, struct campaign_countries_tiers,
                                                       tiers_n);
    for (size_t i = 0; i < tiers_n; i++)
        tiers[i] = (struct campaign_countries_tiers){ tiers_words[i].code, tiers_words[i],
                                                      str_eq(v->tier, tiers_words[i].code) };
    v->regions = regions;
    v->regions_n = COUNT_OF(m49);
    v->standings = standings;
    v->standings_n = LAW_STANDINGS;
    v->tiers = tiers;
    v->tiers_n = tiers_n;
}

static bool is_asked_for(const struct listed *l, const struct campaign_countries *v)
{
    if (v->region.n && !str_eq(v->region, l->region)) return false;
    if (v->standing.n && !str_eq(v->standing, law_standings[l->standing].code)) return false;
    if (v->tier.n && !str_eq(v->tier, l->tier.code)) return false;
    return !v->members_only || l->takes_part;
}

static str helped_name(const void *thing)
{
    return ((const struct campaign_countries_helped *)thing)->name;
}

/* The states with a helpline we know. */
static void fill_helped(struct req *rq, struct campaign_countries *v)
{
    struct claim *rows;
    size_t n = claim_read(rq->db, &help_lines, CLAIM_ALL, rq->when, &rows);
    struct campaign_countries_helped *all = arena_new(rq->arena, struct campaign_countries_helped,
                                                      n);
    str last = S("");
    for (size_t i = 0; i < n; i++) { /* by code */
        str iso3 = rows[i].cell[0];
        bool is_known = str_eq(iso3, last) || iso3.n == 0 || claim_cell(&rows[i], "number").n == 0;
        if (is_known) continue;
        last = iso3;
        all[v->helped_n++] = (struct campaign_countries_helped){
            lang_state(rq->lang, iso3),
            arena_format(rq->arena, "/" STR_FMT "/countries/" STR_FMT "#help",
                         STR_ARG(lang_code(rq->lang)), STR_ARG(iso3))
        };
    }
    lang_sort(rq->arena, rq->lang, all, v->helped_n, sizeof *all, helped_name);
    v->helped = all;
}

/* Every state with what it promised, by region, standing, tier and membership. */
void campaign_countries(struct req *rq)
{
    int64_t tier_year = tiers_newest_whole_year(rq->db, rq->when);
    struct listed *all;
    size_t n = list_all(rq, tier_year, &all), shown = 0;
    struct campaign_countries v = {
        .total = (int64_t)n,
        .region = in_query(rq, "region"),
        .standing = in_query(rq, "status"),
        .tier = in_query(rq, "tier"),
        .takes_part = in_query(rq, "member"),
        .members_only = in_query(rq, "member").n > 0,
        .map = standing_map(rq, all, n),
    };
    if (tier_year) v.tier_year = SOME_INT(tier_year);
    fill_filters(rq, all, n, &v);
    fill_helped(rq, &v);
    struct campaign_countries_states *states = arena_new(rq->arena,
                                                         struct campaign_countries_states, n);
    for (size_t i = 0; i < n; i++) {
        if (!is_asked_for(&all[i], &v)) continue;
        struct campaign_countries_states *s = &states[shown++];
        *s = (struct campaign_countries_states){
            .iso3 = all[i].state.iso3,
            .name = all[i].name,
            .standing = law_standings[all[i].standing],
            .class = str_of(campaign_standing_class(all[i].standing)),
            .takes_part = all[i].takes_part,
            .address = country_address(rq, all[i].state.iso3),
        };
        if (all[i].region.n) s->region = all[i].region;
        if (all[i].bound_year) s->bound_year = SOME_INT(all[i].bound_year);
        if (all[i].tier.code.n) s->tier = all[i].tier;
    }
    v.states = states;
    v.states_n = shown;
    v.shown = (int64_t)shown;
    struct head head = {
        .title = say(rq, PHRASE("Countries")),
        .section = "countries",
        .description = say(rq, PHRASE("Every state: what it promised about trafficking in persons, "
                                      "its tier, and whether it takes part in the campaign."))
    };
    page(rq, head, &campaign_countries_view, &v);
}

/* The keeper's own count of the parties, the newest one. */
static void fill_said(struct req *rq, struct campaign_home *v)
{
    struct claim *rows;
    size_t n = law_instrument_of(rq->db, S("TIP-PROTOCOL"), rq->when, &rows);
    for (size_t i = 0; i < n; i++) { /* by day: the last one wins */
        int64_t count;
        bool is_count = str_eq(claim_cell(&rows[i], "property"), S("parties")) &&
                        claim_cell(&rows[i], "as_of").n;
        if (!is_count || !str_to_int(claim_cell(&rows[i], "value"), &count)) continue;
        v->parties_said = SOME_INT(count);
        v->parties_day = claim_cell(&rows[i], "as_of");
    }
}

static size_t count_tier(const struct listed *all, size_t n, str code)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += str_eq(all[i].tier.code, code);
    return count;
}

/* Home: what this is, the world in four numbers, the map. */
void campaign_home(struct req *rq)
{
    int64_t tier_year = tiers_newest_whole_year(rq->db, rq->when);
    struct listed *all;
    size_t n = list_all(rq, tier_year, &all);
    struct campaign_home v = {
        .parties = (int64_t)count_standing(all, n, LAW_PARTY),
        .tier_one = (int64_t)count_tier(all, n, S("1")),
        .tier_three = (int64_t)count_tier(all, n, S("3")),
        .countries = beneath(rq, "/countries"),
        .protocol = beneath(rq, "/law/TIP-PROTOCOL"),
        .tiers = beneath(rq, "/tiers"),
        .map = standing_map(rq, all, n),
    };
    if (tier_year) v.tier_year = SOME_INT(tier_year);
    for (size_t i = 0; i < n; i++) v.members += all[i].takes_part;
    fill_said(rq, &v);
    struct campaign_home_standings *standings = arena_new(rq->arena, struct campaign_home_standings,
                                                          LAW_STANDINGS);
    for (int i = 0; i < LAW_STANDINGS; i++)
        standings[i] = (struct campaign_home_standings){
            law_standings[i], str_of(campaign_standing_class((enum law_standing)i)),
            (int64_t)count_standing(all, n, (enum law_standing)i)
        };
    v.standings = standings;
    v.standings_n = LAW_STANDINGS;
    struct head head = { .title = say(rq, PHRASE("A crime that is hard to see")),
                         .description = say(
                             rq, PHRASE("What every state of the world has promised about "
                                        "trafficking in persons, and whether it keeps it.")) };
    head.linked = linked_site(rq, head.description);
    page(rq, head, &campaign_home_view, &v);
}
