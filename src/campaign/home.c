/* Home: what this is, help first, the world in four numbers, the map, news. */
#include "base/day.h"
#include "calendar/pages.h"
#include "campaign/home.html.h"
#include "campaign/listed.h"
#include "campaign/pages.h"
#include "campaign/profile.h"
#include "claim/pages.h"
#include "measure/measure.h"
#include "text/text.h"
#include "tiers/tiers.h"
#include "web/linked.h"

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

/* The newest count of victims found in the whole world. */
static void fill_found(struct req *rq, struct campaign_home *v)
{
    struct claim *rows;
    size_t n = claim_read(rq->db, &measure_statistics, S(""), rq->when, &rows);
    for (size_t i = 0; i < n; i++) { /* by day: the last one wins */
        int64_t count;
        bool is_it = str_eq(claim_cell(&rows[i], "level"), S("world")) &&
                     str_eq(claim_cell(&rows[i], "metric"), S("detected_victims"));
        if (!is_it || !str_to_int(claim_cell(&rows[i], "value"), &count)) continue;
        v->found = SOME_INT(count);
        str years = claim_cell(&rows[i], "year");
        v->found_from = SOME_INT(day_year(str_cut(years, 4)));
        v->found_to = SOME_INT(day_year(years.n == 9 ? str_from(years, 5) : years));
        v->found_claim = claim_address(rq, rows[i].id);
    }
}

#define HOME_NEWS 3

static void fill_news(struct req *rq, struct campaign_home *v)
{
    struct text *all;
    size_t n = text_list(rq->db, rq->lang, "news", rq->when, rq->now, &all);
    if (n > HOME_NEWS) n = HOME_NEWS;
    struct campaign_home_articles *rows = arena_new(rq->arena, struct campaign_home_articles,
                                                    n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct lang *l = lang_find(all[i].lang);
        rows[i] = (struct campaign_home_articles){
            .title = all[i].title,
            .summary = all[i].summary,
            .published = all[i].published,
            .language = all[i].lang,
            .direction = l && lang_is_rtl(l) ? S("rtl") : S("ltr"),
            .address = web_beneath(rq, S("/news/"), all[i].slug),
        };
    }
    v->articles = rows;
    v->articles_n = n;
    v->has_news = n > 0;
}

#define HOME_DAYS 3

/* The days that come next. */
static void fill_next(struct req *rq, struct campaign_home *v)
{
    struct calendar_day *all;
    size_t n = calendar_all(rq->db, web_day(rq), rq->when, &all);
    struct campaign_home_next *rows = arena_new(rq->arena, struct campaign_home_next, HOME_DAYS);
    for (size_t i = 0; i < n && v->next_n < HOME_DAYS; i++) {
        if (all[i].first.n == 0) continue;
        struct campaign_home_next *d = &rows[v->next_n++];
        *d = (struct campaign_home_next){
            .name = calendar_name(rq->lang, &all[i]),
            .first = all[i].first,
            .address = web_beneath(rq, S("/calendar/"), all[i].slug),
        };
        if (!str_eq(all[i].first, all[i].last)) d->last = all[i].last;
    }
    v->next = rows;
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
    size_t n = listed_all(rq, tier_year, &all);
    struct campaign_home v = {
        .parties = (int64_t)listed_standing(all, n, LAW_PARTY),
        .tier_one = (int64_t)count_tier(all, n, S("1")),
        .tier_three = (int64_t)count_tier(all, n, S("3")),
        .countries = web_beneath(rq, S("/countries")),
        .protocol = web_beneath(rq, S("/law/TIP-PROTOCOL")),
        .tiers = web_beneath(rq, S("/tiers")),
        .crime = web_beneath(rq, S("/the-crime")),
        .help = web_beneath_now(rq, S("/help")),
        .numbers = web_beneath(rq, S("/numbers")),
        .signs = web_beneath(rq, S("/learn")),
        .about = web_beneath(rq, S("/about")),
        .members_url = web_beneath(rq, S("/members")),
        .calendar = web_beneath(rq, S("/calendar")),
        .news = web_beneath(rq, S("/news")),
        .search = web_beneath(rq, S("/search")),
        .map = listed_map(rq, all, n),
    };
    if (tier_year) v.tier_year = SOME_INT(tier_year);
    for (size_t i = 0; i < n; i++) v.members += all[i].takes_part;
    fill_said(rq, &v);
    fill_found(rq, &v);
    fill_news(rq, &v);
    fill_next(rq, &v);
    struct campaign_home_standings *standings = arena_new(rq->arena, struct campaign_home_standings,
                                                          LAW_STANDINGS);
    for (int i = 0; i < LAW_STANDINGS; i++)
        standings[i] = (struct campaign_home_standings){
            law_standings[i], str_of(campaign_standing_class((enum law_standing)i)),
            (int64_t)listed_standing(all, n, (enum law_standing)i)
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
