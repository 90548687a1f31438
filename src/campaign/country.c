/* One state: everything known about it. */
#include "campaign/pages.h"
#include "campaign/profile.h"
#include "claim/pages.h"
#include "law/law.h"

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
    v.numbers_url = web_beneath(rq, S("/numbers/detected-victims?place="), iso3);
    v.flows_url = web_beneath(rq, S("/numbers/flows?state="), iso3);
    v.compare_url = web_beneath(rq, S("/compare?c="), iso3);
    v.cite = arena_format(rq->arena,
                          "Blue Heart, country page of " STR_FMT ", " STR_FMT
                          "/en/countries/" STR_FMT STR_FMT
                          ". Each statement is from the source named for it.",
                          STR_ARG(lang_state(lang_find(S("en")), iso3)), STR_ARG(site_origin(rq)),
                          STR_ARG(iso3), STR_ARG(rq->show.when));
    str region = lang_region_of(iso3, true);
    if (region.n) v.region = lang_region(rq->lang, region);
    struct replied replied;
    replied.n = claim_replied(rq, iso3, &replied.which);
    profile_helplines(rq, iso3, &replied, &v);
    profile_acts(rq, iso3, &replied, &v);
    profile_events(rq, iso3, &replied, &v);
    profile_tiers(rq, iso3, &replied, &v);
    profile_numbers(rq, iso3, &v);
    struct head head = { .title = v.name, .section = "countries" };
    head.description = say_with(rq,
                                PHRASE("What {name} promised about trafficking in persons, how its "
                                       "efforts were assessed, what it detected, and who to call."),
                                S("name"), v.name);
    page(rq, head, &campaign_country_view, &v);
}
