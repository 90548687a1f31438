/* campaign/pages.h - the public site's own pages: home, news, search, and a state's page, where everything about it meets.
 *
 * Needs: the rooms it shows together (gen/borders.txt), claim, text, draw, web.
 * Never: a table of its own; a statement that no other room makes; a ledger entry. */
#ifndef CAMPAIGN_PAGES_H
#define CAMPAIGN_PAGES_H

#include "campaign/about.html.h"
#include "campaign/article.html.h"
#include "campaign/news.html.h"
#include "campaign/search.html.h"
#include "campaign/written.html.h"
#include "web/web.h"

extern const struct room campaign_room;

/* States, as search finds them. */
void campaign_documents(struct db *db, const struct lang *l, ms now, struct search_index *into);

/* Pages with a file of their own. */
page_fn campaign_home, campaign_countries, campaign_country;
page_fn campaign_search, campaign_about, campaign_news, campaign_article, campaign_page;
page_fn campaign_share, campaign_part;
page_fn campaign_atom, campaign_rss, campaign_json_feed, campaign_sitemap;

#endif
