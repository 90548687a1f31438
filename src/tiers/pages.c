/* The pages of tiers: all years, and one year's report. */
#include "tiers/pages.h"

#include "claim/pages.h"
#include "draw/draw.h"
#include "law/law.h"
#include "tiers/inside.h"
#include "tiers/watch.html.h"
#include "tiers/years.html.h"
#include "web/linked.h"

static const struct {
    const char *code, *class;
    struct phrase rule;
} tiers[] = {
    { "1", "tier-1", PHRASE_CONST("The government fully meets the statute's minimum standards.") },
    { "2", "tier-2", PHRASE_CONST("It does not, but makes significant efforts to.") },
    { "2WL", "tier-2wl",
      PHRASE_CONST("The same, but victims are many or rising, or there is no evidence of more "
                   "effort than the year before.") },
    { "3", "tier-3", PHRASE_CONST("It does not, and makes no significant efforts.") },
    { "SC", "tier-sc",
      PHRASE_CONST("Not placed, because of crisis or because no government could act.") },
};

const char *tiers_class(str code)
{
    for (size_t i = 0; i < COUNT_OF(tiers); i++)
        if (str_eq(code, str_of(tiers[i].code))) return tiers[i].class;
    return "unknown";
}

static str year_address(struct req *rq, int64_t year)
{
    return web_beneath(rq, arena_format(rq->arena, "/tiers/%d", (int)year));
}

int64_t tiers_newest_whole_year(struct db *db, struct claim_when when)
{
    struct tiers_year held[TIERS_YEARS];
    tiers_counts(db, when, held);
    for (int i = TIERS_YEARS - 1; i >= 0; i--)
        if (tiers_cover_of(&held[i]) == TIERS_WHOLE) return TIERS_FIRST_YEAR + i;
    return 0;
}

/* What a tier is, and every year's report. */
static void years(struct req *rq)
{
    struct tiers_year held[TIERS_YEARS];
    tiers_counts(rq->db, rq->when, held);
    struct tiers_years_years *all = arena_new(rq->arena, struct tiers_years_years, TIERS_YEARS);
    for (int i = 0; i < TIERS_YEARS; i++) {
        int at = TIERS_YEARS - 1 - i; /* newest first */
        enum tiers_cover cover = tiers_cover_of(&held[at]);
        all[i] = (struct tiers_years_years){ TIERS_FIRST_YEAR + at, (int64_t)held[at].placed,
                                             cover == TIERS_WHOLE, cover == TIERS_PART,
                                             year_address(rq, TIERS_FIRST_YEAR + at) };
    }
    struct tiers_years_rules *rules = arena_new(rq->arena, struct tiers_years_rules,
                                                COUNT_OF(tiers));
    for (size_t i = 0; i < COUNT_OF(tiers); i++)
        rules[i] = (struct tiers_years_rules){ claim_word(tiers_words, str_of(tiers[i].code)),
                                               str_of(tiers[i].class), tiers[i].rule };
    int64_t newest = tiers_newest_whole_year(rq->db, rq->when);
    struct tiers_years v = {
        .years = all,
        .years_n = TIERS_YEARS,
        .rules = rules,
        .rules_n = COUNT_OF(tiers),
    };
    v.watch = web_beneath(rq, S("/tiers/watch-list"));
    v.statute = web_beneath(rq, S("/law/US-TVPA-2000"));
    v.policy = claim_table_address(rq, &tiers_policy);
    v.what_source = claim_source_shown(rq, S("tip-2015-method"));
    v.use_source = claim_source_shown(rq, S("tip-2017-intro"));
    v.critic_source = claim_source_shown(rq, S("crs-r44953-2019"));
    v.rule_source = claim_source_shown(rq, S("state-waiver-2018"));
    v.policy_source = claim_source_shown(rq, S("cho-3p"));
    if (newest) {
        v.newest_year = SOME_INT(newest);
        v.newest_whole = year_address(rq, newest);
    }
    struct head head = { .title = say(rq, PHRASE("Tiers")),
                         .section = "tiers",
                         .description = say(
                             rq, PHRASE("What a tier of the Trafficking in Persons Report is and "
                                        "is not, and every year's placements.")) };
    head.linked = linked_dataset(rq, (struct linked_dataset){ .name = head.title,
                                                              .description = head.description,
                                                              .csv = S("/data/tiers.csv"),
                                                              .covers = S("2001/2025") });
    page(rq, head, &tiers_years_view, &v);
}

static str state_name(const void *thing)
{
    return ((const struct tiers_report_groups_states *)thing)->name;
}

static void fill_group(struct req *rq, const struct tiers_placed *placed, size_t n, size_t tier,
                       struct tiers_report_groups *out)
{
    struct tiers_report_groups_states *states = arena_new(rq->arena,
                                                          struct tiers_report_groups_states, n);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(placed[i].tier.code, str_of(tiers[tier].code))) continue;
        states[kept++] = (struct tiers_report_groups_states){
            .name = lang_state(rq->lang, placed[i].iso3),
            .claim = claim_address(rq, placed[i].claim),
            .address = web_beneath(rq, S("/countries/"), placed[i].iso3),
            .is_disputed = placed[i].is_disputed,
            .is_weak = claim_source_shown(rq, placed[i].source).is_weak,
        };
    }
    lang_sort(rq->arena, rq->lang, states, kept, sizeof *states, state_name);
    *out = (struct tiers_report_groups){ claim_word(tiers_words, str_of(tiers[tier].code)),
                                         str_of(tiers[tier].class), (int64_t)kept, states, kept };
}

static const struct tiers_placed *placed_of(const struct tiers_placed *all, size_t n, str iso3)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].iso3, iso3)) return &all[i];
    return NULL;
}

static html map_of(struct req *rq, const struct tiers_placed *placed, size_t n, int64_t *unknown)
{
    struct law_state *states;
    size_t states_n = law_states(rq->db, rq->when, &states), places_n = 0;
    struct draw_place *places = arena_new(rq->arena, struct draw_place, states_n);
    *unknown = 0;
    for (size_t i = 0; i < states_n; i++) {
        const struct tiers_placed *p = placed_of(placed, n, states[i].iso3);
        if (!p && !states[i].is_state) continue;
        *unknown += p == NULL;
        str name = lang_state(rq->lang, states[i].iso3);
        str said = p ? say(rq, p->tier.phrase) : say(rq, PHRASE("No record in our sources"));
        places[places_n++] = (struct draw_place){
            .iso3 = states[i].iso3,
            .class = p ? tiers_class(p->tier.code) : "unknown",
            .label = arena_format(rq->arena, STR_FMT ": " STR_FMT, STR_ARG(name), STR_ARG(said)),
            .address = web_beneath(rq, S("/countries/"), states[i].iso3),
        };
    }
    return draw_map(rq->arena, places, places_n, say(rq, PHRASE("World map by tier")));
}

/* One year's report: map and lists. */
static void report(struct req *rq)
{
    int64_t year;
    str asked = in_path(rq, "year");
    if (asked.n != 4 || !str_to_int(asked, &year) || year < TIERS_FIRST_YEAR ||
        year > TIERS_LAST_YEAR) {
        not_found(
            rq,
            PHRASE("There is no report of {asked} in our sources; they reach from 2001 to 2025."),
            asked);
        return;
    }
    struct tiers_placed *placed;
    struct tiers_year held[TIERS_YEARS];
    tiers_counts(rq->db, rq->when, held);
    size_t n = tiers_of_year(rq->db, year, rq->when, &placed);
    struct tiers_report v = { .year = year,
                              .placed = (int64_t)n,
                              .is_whole = tiers_cover_of(&held[year - TIERS_FIRST_YEAR]) ==
                                          TIERS_WHOLE };
    v.years = web_beneath(rq, S("/tiers"));
    if (year > TIERS_FIRST_YEAR) v.previous = year_address(rq, year - 1);
    if (year < TIERS_LAST_YEAR) v.next = year_address(rq, year + 1);
    struct tiers_report_groups *groups = arena_new(rq->arena, struct tiers_report_groups,
                                                   COUNT_OF(tiers));
    for (size_t i = 0; i < COUNT_OF(tiers); i++) fill_group(rq, placed, n, i, &groups[i]);
    v.groups = groups;
    v.groups_n = COUNT_OF(tiers);
    v.map = map_of(rq, placed, n, &v.unknown);
    tiers_fill_moves(rq, year, &v);
    struct head head = { .section = "tiers",
                         .title = say_with(rq, PHRASE("Tiers of {year}"), S("year"), asked),
                         .description = say_with(
                             rq,
                             PHRASE("In which tier each state was placed in the report of "
                                    "{year}, with sources and gaps shown."),
                             S("year"), asked) };
    head.linked = linked_dataset(rq, (struct linked_dataset){ .name = head.title,
                                                              .description = head.description,
                                                              .csv = S("/data/tiers.csv"),
                                                              .covers = asked });
    page(rq, head, &tiers_report_view, &v);
}

static const struct route routes[] = {
    { GET, UNDER_LANG, "/tiers", ANYONE, years, "What a tier is, and every year's report.",
      &tiers_years_view, NULL },
    { GET, UNDER_LANG, "/tiers/watch-list", ANYONE, tiers_page_watch,
      "How many years each state stood on the Watch List.", &tiers_watch_view, NULL },
    { GET, UNDER_LANG, "/tiers/:year", ANYONE, report,
      "Which state was placed in which tier in a year.", &tiers_report_view, NULL },
    { 0 },
};

static const struct claim_kind *const kinds[] = { &tiers_placements, &tiers_policy, NULL };

static const struct gives gives[] = {
    { "/tiers/:year", NULL, "/tiers/2014" },
    { 0 },
};

const struct room tiers_room = {
    .name = "tiers",
    .purpose = "yearly assessments by others and what they mean",
    .routes = routes,
    .gives = gives,
    .kinds = kinds,
    .documents = tiers_documents,
};
