/* The addresses of campaign, and the room itself. */
#include "campaign/compare.h"
#include "campaign/countries.html.h"
#include "campaign/country.html.h"
#include "campaign/home.html.h"
#include "campaign/pages.h"
#include "campaign/part.html.h"

static const struct route routes[] = {
    { GET, UNDER_LANG, "/", ANYONE, campaign_home,
      "What this is, the world in four numbers, the map.", &campaign_home_view, NULL },
    { GET, UNDER_LANG, "/countries", ANYONE, campaign_countries,
      "Every state by region, standing, tier and membership.", &campaign_countries_view,
      "region status tier member" },
    { GET, UNDER_LANG, "/countries/:iso3", ANYONE, campaign_country,
      "Everything about one state: promises, tiers, numbers, helplines.", &campaign_country_view,
      NULL },
    { GET, UNDER_LANG, "/compare", ANYONE, campaign_compare,
      "Up to six states side by side; the address is the link to share.", &campaign_compare_view,
      "c scale" },
    { GET, UNDER_LANG, "/search", ANYONE, campaign_search,
      "Pages, states, texts and sources that have the words asked for.", &campaign_search_view,
      "q in from" },
    { GET, UNDER_LANG, "/take-part", ANYONE, campaign_part,
      "What anybody can do, by the time it takes.", &campaign_part_view, NULL },
    { GET, UNDER_LANG, "/about", ANYONE, campaign_about,
      "What the campaign is, how it began, what its sign means, whose site this is.",
      &campaign_about_view, NULL },
    { GET, UNDER_LANG, "/news", ANYONE, campaign_news, "The campaign's news, newest first.",
      &campaign_news_view, NULL },
    { GET, UNDER_LANG, "/news/:slug", ANYONE, campaign_article, "One piece of news or explanation.",
      &campaign_article_view, NULL },
    { GET, UNDER_LANG, "/pages/:slug", ANYONE, campaign_page, "One page of the campaign's own.",
      &campaign_written_view, NULL },
    { GET, AT_ROOT, "/feed.atom", ANYONE, campaign_atom, "News for feed readers (Atom).", NULL,
      "lang country theme" },
    { GET, AT_ROOT, "/feed.rss", ANYONE, campaign_rss, "News for feed readers (RSS).", NULL,
      "lang country theme" },
    { GET, AT_ROOT, "/feed.json", ANYONE, campaign_json_feed, "News for programs (JSON Feed).",
      NULL, "lang country theme" },
    { GET, AT_ROOT, "/share/:file", ANYONE, campaign_share,
      "The site as a picture, for those who pass its address on.", NULL, NULL },
    { GET, AT_ROOT, "/share/:lang/:a", ANYONE, campaign_share, "A page's title as a picture.", NULL,
      NULL },
    { GET, AT_ROOT, "/share/:lang/:a/:b", ANYONE, campaign_share,
      "The same for a page one step further down.", NULL, NULL },
    { GET, AT_ROOT, "/share/:lang/:a/:b/:c", ANYONE, campaign_share,
      "The same for a page two steps further down.", NULL, NULL },
    { GET, AT_ROOT, "/share/:lang/:a/:b/:c/:d", ANYONE, campaign_share,
      "The same for a page three steps further down.", NULL, NULL },
    { GET, AT_ROOT, "/sitemap.xml", ANYONE, campaign_sitemap, "Every page, for search engines.",
      NULL, NULL },
    { 0 },
};

static const struct gives gives[] = {
    { "/countries/:iso3", NULL, "/countries/MEX" },
    { "/news/:slug", NULL, "/news/what-a-tier-says" },
    { "/pages/:slug", NULL, "/pages/how-we-write" },
    { "/feed.atom", "application/atom+xml", "/feed.atom" },
    { "/feed.rss", "application/rss+xml", "/feed.rss" },
    { "/feed.json", "application/feed+json", "/feed.json" },
    { "/share/:file", "image/png", "/share/en.png" },
    { "/share/:lang/:a", "image/png", "/share/en/countries.png" },
    { "/share/:lang/:a/:b", "image/png", "/share/ar/countries/MEX.png" },
    { "/share/:lang/:a/:b/:c", "image/png", "/share/fr/law/TIP-PROTOCOL/parties.png" },
    { "/share/:lang/:a/:b/:c/:d", "image/png", "/share/zh/law/TIP-PROTOCOL/articles/3.png" },
    { "/sitemap.xml", "application/xml", "/sitemap.xml" },
    { 0 },
};

const struct room campaign_room = {
    .name = "campaign",
    .purpose = "the public site's own pages: home, each state and several compared, search, news, "
               "pictures to share",
    .routes = routes,
    .gives = gives,
    .documents = campaign_documents,
};
