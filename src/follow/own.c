/* What the links in mails lead to: confirming, going on, and stopping, in a mail program too (RFC 8058). */
#include "base/id.h"
#include "follow/own.html.h"
#include "follow/pages.h"
#include "send/send.h"

void follow_mail(struct req *rq, id which, str mail)
{
    str page = web_beneath_now(rq, S("/follow/own/"), web_key(rq, FOLLOW_PURPOSE, which));
    send_asking(rq->db,
                &(struct asking){ .room = "follow",
                                  .key = web_id(rq, which),
                                  .to = { mail },
                                  .lang = rq->lang,
                                  .address = ARENA_JOIN(rq->arena, site_origin(rq), page) },
                rq->now);
}

static bool find(struct req *rq, struct follow_row *row)
{
    id which;
    return web_key_read(rq, FOLLOW_PURPOSE, in_path(rq, "key"), &which) &&
           follow_get(rq->db, which, row) && row->keep_until > rq->now;
}

#define SHOWN_MAX 8

static void show(struct req *rq, const struct follow_row *row)
{
    struct follow_own_topics topics[SHOWN_MAX];
    struct follow_own_countries countries[SHOWN_MAX];
    struct follow_own v = { .is_gone = row == NULL,
                            .action = web_beneath_now(rq, S("/follow/own/"), in_path(rq, "key")),
                            .topics = topics,
                            .countries = countries,
                            .made = S(""),
                            .until = S(""),
                            .all = web_beneath_now(rq, S("/follow")),
                            .token = web_token(rq) };
    str left = row ? row->topics : S("");
    while (left.n && v.topics_n < SHOWN_MAX && v.countries_n < SHOWN_MAX) {
        str topic = str_split(&left, ' ');
        if (str_starts(topic, S("country:")))
            countries[v.countries_n++] = (struct follow_own_countries){ lang_state(
                rq->lang, str_from(topic, sizeof "country:" - 1)) };
        for (const struct word *w = follow_topics; w->code.n; w++)
            if (str_eq(w->code, topic)) topics[v.topics_n++] = (struct follow_own_topics){ *w };
    }
    if (row) {
        v.is_new = str_eq(row->state, S("asked"));
        v.made = web_day_of(rq, row->made_at);
        v.until = web_day_of(rq, row->keep_until);
    }
    struct phrase title = !row       ? PHRASE("No messages go to this address")
                          : v.is_new ? PHRASE("Messages to this address?")
                                     : PHRASE("Messages that come to this address");
    struct head head = { .title = say(rq, title), .description = S(""), .section = "follow" };
    page(rq, head, &follow_own_view, &v);
    if (!row && rq->route->method == GET) page_is_gone(rq);
}

static void own(struct req *rq)
{
    struct follow_row row;
    show(rq, find(rq, &row) ? &row : NULL);
}

static void deed(struct req *rq)
{
    struct follow_row row;
    bool is_there = find(rq, &row);
    bool is_on = str_eq(in_form_line(rq, "deed"), S("on"));
    enum follow_answer answer = FOLLOW_NO_SUCH;
    if (is_there)
        answer = is_on ? follow_confirm(rq->db, site_keys(rq), row.id, rq->now)
                       : follow_stop(rq->db, row.id, in_form_has(rq, "never"), rq->now);
    switch (answer) {
    case FOLLOW_YES:
    case FOLLOW_NO_SUCH: break; /* what is there now is shown in either case */
    }
    own(rq);
}

/* One press in a mail program: its server sends this, without a token, a cookie or a person. Whoever holds the key may
 * stop it and nothing else; a key that is none is answered alike. */
static void stop_at_once(struct req *rq)
{
    struct follow_row row;
    if (find(rq, &row)) {
        switch (follow_stop(rq->db, row.id, false, rq->now)) {
        case FOLLOW_YES:
        case FOLLOW_NO_SUCH: break;
        }
    }
    send_text(rq, "text/plain; charset=utf-8", S("No more messages go to this address.\n"));
}

/* The same address opened by a person: a page with a button. */
static void stop_page(struct req *rq)
{
    struct follow_row row;
    const struct lang *l = find(rq, &row) ? lang_find(row.lang) : NULL;
    go_to(rq, 303,
          ARENA_JOIN(rq->arena, S("/"), lang_code(l ? l : rq->lang), S("/follow/own/"),
                     in_path(rq, "key")));
}

const struct route follow_own_routes[] = {
    { GET, UNDER_LANG, "/follow/own/:key", ANYONE, own, "What comes to an address.",
      &follow_own_view, NULL },
    { POST, UNDER_LANG, "/follow/own/:key", ANYONE, deed, "Confirms, goes on, or stops.",
      &follow_own_view, "deed never" },
    { GET, AT_ROOT, "/follow/stop/:key", ANYONE, stop_page, "Leads to where messages are stopped.",
      NULL, NULL },
    { POST, AT_ROOT, "/follow/stop/:key", ANYONE, stop_at_once,
      "Stops messages at one press in a mail program.", NULL, NULL },
    { 0 },
};
