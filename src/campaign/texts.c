/* Pages that are mostly text: about the campaign, and its news. */
#include "ask/ask.h"
#include "campaign/pages.h"
#include "claim/pages.h"
#include "members/members.h"
#include "operator/operator.h"
#include "text/text.h"
#include "web/linked.h"

static str address_of(struct req *rq, str slug)
{
    return web_beneath(rq, S("/news/"), slug);
}

/* What sources say of the beginning; all of it, as they differ. */
static void fill_begun(struct req *rq, struct campaign_about *v)
{
    struct claim *rows;
    size_t n = claim_read(rq->db, &members_events_kind, CLAIM_ALL, rq->when, &rows);
    struct campaign_about_begun *all = arena_new(rq->arena, struct campaign_about_begun, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool is_begun = str_eq(claim_cell(&rows[i], "about"), S("launch"));
        if (!is_begun || !str_eq(claim_cell(&rows[i], "entity"), S("UNODC"))) continue;
        str date = claim_cell(&rows[i], "date");
        struct campaign_about_begun *b = &all[v->begun_n++];
        *b = (struct campaign_about_begun){
            .event = claim_word(members_events, claim_cell(&rows[i], "event")),
            .detail = claim_cell(&rows[i], "detail"),
            .claim = claim_address(rq, rows[i].id),
            .source = claim_source_shown(rq, claim_source(&rows[i])),
        };
        if (date.n) b->date = date;
    }
    v->begun = all;
}

/* What the campaign is, where it comes from, what its sign means, whose site this is. */
void campaign_about(struct req *rq)
{
    struct text text;
    if (!text_get(rq->db, rq->lang, S("about"), rq->when, rq->now, &text)) {
        not_found(rq, PHRASE("This text had not been written on that day."), S(""));
        return;
    }
    struct campaign_about v = { .text = text_shown(rq, &text),
                                .members = web_beneath(rq, S("/members")),
                                .news = web_beneath(rq, S("/news")) };
    fill_begun(rq, &v);
    struct head head = { .title = text.title, .description = text.summary, .section = "about" };
    page(rq, head, &campaign_about_view, &v);
}

/* Articles, newest first. */
void campaign_news(struct req *rq)
{
    struct text *all;
    size_t n = text_list(rq->db, rq->lang, "news", rq->when, rq->now, &all);
    struct campaign_news_articles *rows = arena_new(rq->arena, struct campaign_news_articles,
                                                    n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct lang *l = lang_find(all[i].lang);
        rows[i] = (struct campaign_news_articles){
            .slug = all[i].slug,
            .title = all[i].title,
            .summary = all[i].summary,
            .published = all[i].published,
            .language = all[i].lang,
            .direction = l && lang_is_rtl(l) ? S("rtl") : S("ltr"),
            .address = address_of(rq, all[i].slug),
        };
    }
    struct campaign_news v = {
        .articles = rows,
        .articles_n = n,
        .has_any = n > 0,
        .feed = ARENA_JOIN(rq->arena, S("/feed.atom?lang="), lang_code(rq->lang)),
    };
    struct head head = { .title = say(rq, PHRASE("News")),
                         .section = "news",
                         .description = say(rq,
                                            PHRASE("What is new about trafficking in persons and "
                                                   "the answer to it.")) };
    page(rq, head, &campaign_news_view, &v);
}

/* One article. */
void campaign_article(struct req *rq)
{
    struct text text;
    str slug = in_path(rq, "slug");
    bool is_there = text_get(rq->db, rq->lang, slug, rq->when, rq->now, &text);
    if (!is_there || !str_eq(text.kind, S("news"))) {
        not_found(rq, PHRASE("There is no article called {asked}."), slug);
        return;
    }
    struct campaign_article v = { .text = text_shown(rq, &text),
                                  .news = web_beneath(rq, S("/news")),
                                  .asked = ask_under(rq,
                                                     ARENA_JOIN(rq->arena, S("/news/"), slug)) };
    struct campaign_article_states *states = arena_new(rq->arena, struct campaign_article_states,
                                                       text.states.n / 4 + 1);
    for (str rest = text.states; rest.n;) {
        str iso3 = str_split(&rest, ' ');
        if (iso3.n != 3) continue;
        states[v.states_n++] = (struct campaign_article_states){
            lang_state(rq->lang, iso3), web_beneath(rq, S("/countries/"), iso3)
        };
    }
    v.states = states;
    struct head head = { .title = text.title, .description = text.summary, .section = "news" };
    head.linked = linked_article(
        rq, (struct linked_article){ text.title, text.summary, text.published, text.lang });
    page(rq, head, &campaign_article_view, &v);
}

/* A page somebody wrote here; those with an address of their own are not shown twice. */
void campaign_page(struct req *rq)
{
    struct text text;
    str slug = in_path(rq, "slug");
    bool is_there = text_get(rq->db, rq->lang, slug, rq->when, rq->now, &text) &&
                    str_eq(text.kind, S("page"));
    if (!is_there) {
        not_found(rq, PHRASE("There is no page called {asked}."), slug);
        return;
    }
    str path = text_path(rq->arena, text.kind, slug);
    if (!str_starts(path, S("/pages/"))) {
        go_to(rq, 301, web_beneath(rq, path));
        return;
    }
    struct campaign_written v = { .text = text_shown(rq, &text),
                                  .is_alone = str_eq(slug, S("how-we-write")) &&
                                              operator_is_alone(rq->db) };
    struct head head = { .title = text.title, .description = text.summary, .section = "about" };
    page(rq, head, &campaign_written_view, &v);
}
