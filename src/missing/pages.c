/* The guide for families. It is advice in our own words; what it states of others has its source beside it. */
#include "missing/pages.h"

#include "claim/pages.h"
#include "missing/guide.html.h"

#define SHEET_LINES 14 /* of the log, on one printed page */

static void guide(struct req *rq)
{
    struct missing_guide v = {
        .help = web_beneath_now(rq, S("/help")),
        .article = web_beneath(rq, S("/law/TIP-PROTOCOL/articles/3")),
        .afp = claim_source_shown(rq, S("afp-missing-persons")),
        .nmpcc = claim_source_shown(rq, S("nmpcc-report")),
        .tucson = claim_source_shown(rq, S("tucson-police-missing")),
        .interpol = claim_source_shown(rq, S("interpol-yellow-notices")),
        .hotline = claim_source_shown(rq, S("missing-children-europe-116000")),
        .appeals = claim_source_shown(rq, S("missing-children-europe-appeals-2017")),
        .removing = claim_source_shown(rq, S("missing-people-removing-publicity")),
        .posters = claim_source_shown(rq, S("missingpersons-ie-posters")),
        .links = claim_source_shown(rq, S("icrc-family-links")),
        .parents = claim_source_shown(rq, S("txssc-parents-respond")),
        .nmpaa = claim_source_shown(rq, S("nmpaa")),
    };
    struct missing_guide_empty *lines = arena_new(rq->arena, struct missing_guide_empty,
                                                  SHEET_LINES);
    for (int i = 0; i < SHEET_LINES; i++) lines[i].row = i + 1;
    v.empty = lines;
    v.empty_n = SHEET_LINES;
    struct head head = { .title = say(rq, PHRASE("When someone is missing")),
                         .section = "missing",
                         .description = say(
                             rq, PHRASE("A guide for families: what to do first, what the police "
                                        "will ask, and what publicity can do to the person you "
                                        "look for.")) };
    page(rq, head, &missing_guide_view, &v);
}

static const struct route routes[] = {
    { GET, UNDER_LANG, "/missing", ANYONE, guide,
      "What families of missing persons can do, and what publicity can harm.", &missing_guide_view,
      NULL },
    { 0 },
};

const struct room missing_room = {
    .name = "missing",
    .purpose = "a guide for families of missing persons",
    .routes = routes,
};
