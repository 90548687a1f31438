/* Ways to follow, and the form for mail. */
#include "follow/pages.h"
#include "follow/sent.html.h"
#include "follow/start.html.h"
#include "search/search.h"
#include "send/send.h"
#include "web/price.h"

static const struct phrase about_it = PHRASE_CONST(
    "By feed, calendar, fediverse or mail: news, a country, days.");

static struct head head_of(struct req *rq, struct phrase title, struct phrase about)
{
    return (
        struct head){ .title = say(rq, title), .description = say(rq, about), .section = "follow" };
}

#define WRONGS_MAX 4

struct filled {
    str topics, country, mail;
    struct follow_start_wrongs wrong[WRONGS_MAX];
    size_t wrong_n;
};

static void wrong(struct filled *f, const char *field, struct phrase why)
{
    f->wrong[f->wrong_n++] = (struct follow_start_wrongs){ .field = field ? str_of(field)
                                                                          : (str){ NULL, 0 },
                                                           .why = why };
}

static bool is_among(str codes, str code)
{
    while (codes.n)
        if (str_eq(str_split(&codes, ' '), code)) return true;
    return false;
}

static str with_lang(struct req *rq, const char *path)
{
    return ARENA_JOIN(rq->arena, str_of(path), S("?lang="), lang_code(rq->lang));
}

static void show(struct req *rq, struct filled *f)
{
    struct lang_state_named *named;
    size_t states_n = lang_states_by_name(rq->arena, rq->lang, &named);
    size_t topics_n = lang_words_in(follow_topics);
    struct follow_start_states *states = arena_new(rq->arena, struct follow_start_states,
                                                   states_n + 1);
    struct follow_start_topics *topics = arena_new(rq->arena, struct follow_start_topics, topics_n);
    for (size_t i = 0; i < states_n; i++)
        states[i] = (struct follow_start_states){ named[i].code, named[i].name,
                                                  str_eq(named[i].code, f->country) };
    for (size_t i = 0; i < topics_n; i++)
        topics[i] = (struct follow_start_topics){ follow_topics[i].code, follow_topics[i],
                                                  is_among(f->topics, follow_topics[i].code) };
    struct follow_start v = {
        .help = web_beneath_now(rq, S("/help")),
        .action = web_beneath_now(rq, S("/follow")),
        .is_shut = price_is_shut(rq->db, S("follow")),
        .is_mute = !send_is_configured(),
        .wrongs = f->wrong,
        .wrongs_n = f->wrong_n,
        .topics = topics,
        .topics_n = topics_n,
        .states = states,
        .states_n = states_n,
        .mail = f->mail,
        .atom = with_lang(rq, "/feed.atom"),
        .rss = with_lang(rq, "/feed.rss"),
        .calendar = with_lang(rq, "/calendar.ics"),
        .fediverse = web_beneath_now(rq, S("/follow/fediverse")),
        .price = web_price(rq, "follow"),
    };
    struct head head = head_of(
        rq, PHRASE("Follow what happens"),
        PHRASE("By feed, calendar, fediverse or mail: news, a country, days."));
    head.script = "price.js";
    page(rq, head, &follow_start_view, &v);
    if (f->wrong_n) page_is_wrong(rq);
}

static void start(struct req *rq)
{
    struct filled f = { .topics = S("news"), .country = in_query(rq, "country"), .mail = S("") };
    show(rq, &f);
}

static void read_form(struct req *rq, struct filled *f)
{
    struct sink out;
    int at = 0;
    sink_open(&out, rq->arena, KIB(1));
    for (str one; (one = in_form_next(rq, "topic", &at)).p;)
        for (const struct word *w = follow_topics; w->code.n; w++)
            if (str_eq(w->code, one) && !is_among(sink_str(&out), one)) {
                if (out.n) put_char(&out, ' ');
                put(&out, w->code);
            }
    f->topics = arena_str(rq->arena, sink_str(&out));
    f->country = in_form_line(rq, "country");
    f->mail = in_form_line(rq, "mail");
    if (f->country.n && !lang_is_state(f->country))
        wrong(f, "country", PHRASE("Please choose one of the list."));
    else if (!f->topics.n && !f->country.n)
        wrong(f, "topic", PHRASE("Please choose at least one of the list."));
}

static str all_topics(struct req *rq, const struct filled *f)
{
    if (!f->country.n) return f->topics;
    return ARENA_JOIN(rq->arena, f->topics, f->topics.n ? S(" ") : S(""), S("country:"),
                      f->country);
}

static void take(struct req *rq)
{
    struct filled f = { .topics = S("") };
    struct phrase why;
    personal mail;
    id made;
    read_form(rq, &f);
    if (!send_address_ok(rq->arena, f.mail, &mail, &why)) wrong(&f, "mail", why);
    else if (!send_is_configured())
        wrong(&f, NULL, PHRASE("No mail can leave this site yet. The ways beside need none."));
    if (!f.wrong_n) {
        enum price_answer paid = web_price_paid(rq, "follow", FOLLOW_HOUR_MAX);
        if (paid != PRICE_PAID) wrong(&f, NULL, price_words(paid));
    }
    if (f.wrong_n) {
        show(rq, &f);
        return;
    }
    follow_ask(rq->db, site_keys(rq), mail.words, all_topics(rq, &f), rq->lang, rq->now, &made);
    if (made) follow_mail(rq, made, mail.words);
    go_to(rq, 303, web_beneath_now(rq, S("/follow/sent")));
}

static void sent(struct req *rq)
{
    struct follow_sent v = { .all = web_beneath_now(rq, S("/follow")) };
    page(rq,
         head_of(rq, PHRASE("Please look into your letter box"),
                 PHRASE("What happens after somebody asked for mail.")),
         &follow_sent_view, &v);
}

static void documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    (void)db;
    (void)now;
    search_add(into, (struct search_doc){ .part = SEARCH_TAKING_PART,
                                          .path = S("/follow"),
                                          .title = lang_text(l, PHRASE("Follow what happens")),
                                          .body = lang_text(l, about_it),
                                          .written_in = l });
}

static const struct route routes[] = {
    { GET, UNDER_LANG, "/follow", ANYONE, start, "Ways to follow the campaign.", &follow_start_view,
      "country" },
    { POST, UNDER_LANG, "/follow", ANYONE, take, "Asks for mail.", &follow_start_view,
      "topic country mail " PRICE_FIELDS },
    { GET, UNDER_LANG, "/follow/sent", ANYONE, sent, "What happens after somebody asked for mail.",
      &follow_sent_view, NULL },
    { 0 },
};

static const struct gives gives[] = {
    { "/follow/stop/:key", "text/plain", NULL },
    { 0 },
};

static const struct route *const more[] = { follow_own_routes, NULL };

const struct room follow_room = {
    .name = "follow",
    .purpose = "mail for those who asked for it, ended by one press",
    .routes = routes,
    .more = more,
    .gives = gives,
    .steps = follow_steps,
    .queries = follow_queries,
    .documents = documents,
};
