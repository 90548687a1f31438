/* Every state, as a list and as a map. */
#include "campaign/countries.html.h"
#include "campaign/listed.h"
#include "campaign/pages.h"
#include "campaign/profile.h"
#include "help/help.h"
#include "tiers/tiers.h"

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
            (int64_t)listed_standing(all, n, (enum law_standing)i)
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
            lang_state(rq->lang, iso3), web_beneath_now(rq, S("/countries/"), iso3, S("#help"))
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
    size_t n = listed_all(rq, tier_year, &all), shown = 0;
    struct campaign_countries v = {
        .total = (int64_t)n,
        .region = in_query(rq, "region"),
        .standing = in_query(rq, "status"),
        .tier = in_query(rq, "tier"),
        .takes_part = in_query(rq, "member"),
        .members_only = in_query(rq, "member").n > 0,
        .map = listed_map(rq, all, n),
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
            .address = web_beneath(rq, S("/countries/"), all[i].state.iso3),
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
