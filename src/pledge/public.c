/* Pledging, from the list to the letter box; and how many did. */
#include "base/id.h"
#include "draw/draw.h"
#include "pledge/card.html.h"
#include "pledge/form.html.h"
#include "pledge/hearts.html.h"
#include "pledge/pages.h"
#include "pledge/sent.html.h"
#include "pledge/show.h"
#include "pledge/start.html.h"
#include "search/search.h"
#include "send/send.h"
#include "web/price.h"

static const struct phrase about_it = PHRASE_CONST(
    "Choose what you will do against trafficking in persons, and confirm it.");

static struct head head_of(struct req *rq, struct phrase title, struct phrase about)
{
    return (
        struct head){ .title = say(rq, title), .description = say(rq, about), .section = "pledge" };
}

/* ---- the first page ---- */

static void start(struct req *rq)
{
    struct pledge_told *told;
    size_t n = pledge_told(rq, &told), kinds = lang_words_in(pledge_audiences);
    struct pledge_start_audiences *all = arena_new(rq->arena, struct pledge_start_audiences, kinds);
    for (size_t i = 0; i < kinds; i++)
        all[i] = (struct pledge_start_audiences){
            pledge_audiences[i], web_beneath_now(rq, S("/pledge/"), pledge_audiences[i].code)
        };
    struct pledge_start v = { .help = web_beneath_now(rq, S("/help")),
                              .audiences = all,
                              .audiences_n = kinds,
                              .total = pledge_told_of(told, n, S("all"), S("")),
                              .as_of = web_day_of(rq, rq->now),
                              .hearts = web_beneath_now(rq, S("/pledge/hearts")),
                              .wear = web_beneath_now(rq, S("/wear")) };
    v.is_counted = v.total > 0;
    page(rq, head_of(rq, PHRASE("Pledge what you will do"), about_it), &pledge_start_view, &v);
}

/* ---- the form ---- */

#define WRONGS_MAX 4

struct filled {
    int audience; /* its place in pledge_audiences */
    struct pledge p;
    str mail;
    struct pledge_form_wrongs wrong[WRONGS_MAX];
    size_t wrong_n;
};

static void wrong(struct filled *f, const char *field, struct phrase why)
{
    f->wrong[f->wrong_n++] = (struct pledge_form_wrongs){ .field = str_or_absent(str_of(field)),
                                                          .why = why };
}

static bool audience_asked(struct req *rq, struct filled *f)
{
    str code = in_path(rq, "audience");
    *f = (struct filled){ .p = { code, S(""), S(""), S("") }, .mail = S("") };
    for (; pledge_audiences[f->audience].code.n; f->audience++)
        if (str_eq(pledge_audiences[f->audience].code, code)) return true;
    not_found(
        rq, PHRASE("There is no such list of promises. The page of pledges names those there are."),
        S(""));
    return false;
}

static bool is_among(str codes, str code)
{
    while (codes.n)
        if (str_eq(str_split(&codes, ' '), code)) return true;
    return false;
}

static void show(struct req *rq, struct filled *f, const struct pledge_card *card)
{
    struct lang_state_named *named;
    size_t states_n = lang_states_by_name(rq->arena, rq->lang, &named), n = 0;
    struct pledge_form_states *states = arena_new(rq->arena, struct pledge_form_states,
                                                  states_n + 1);
    for (size_t i = 0; i < states_n; i++)
        states[i] = (struct pledge_form_states){ named[i].code, named[i].name,
                                                 str_eq(named[i].code, f->p.iso3) };
    struct pledge_form_promises *promises = arena_new(rq->arena, struct pledge_form_promises, 16);
    for (const struct pledge_promise *p = pledge_promises; p->what.code.n; p++)
        if (str_eq(p->audience, f->p.audience))
            promises[n++] = (struct pledge_form_promises){ p->what.code, p->what,
                                                           is_among(f->p.promises, p->what.code) };
    struct pledge_form v = {
        .card = card,
        .card_n = card != NULL,
        .help = web_beneath_now(rq, S("/help")),
        .all = web_beneath_now(rq, S("/pledge")),
        .action = web_beneath_now(rq, S("/pledge/"), f->p.audience),
        .title = pledge_audience_titles[f->audience],
        .audience = pledge_audiences[f->audience],
        .is_shut = price_is_shut(rq->db, S("pledge")),
        .is_mute = !send_is_configured(),
        .wrongs = f->wrong,
        .wrongs_n = f->wrong_n,
        .promises = promises,
        .promises_n = n,
        .name = f->p.name,
        .mail = f->mail,
        .states = states,
        .states_n = states_n,
        .price = web_price(rq, "pledge"),
    };
    struct head head = head_of(
        rq, card ? PHRASE("Your card") : pledge_audience_titles[f->audience],
        PHRASE("A short list of what one can do. Choose, confirm, keep it."));
    head.script = card ? NULL : "price.js";
    page(rq, head, &pledge_form_view, &v);
    if (f->wrong_n) page_is_wrong(rq);
}

static void show_form(struct req *rq, struct filled *f)
{
    show(rq, f, NULL);
}

static void form(struct req *rq)
{
    struct filled f;
    if (audience_asked(rq, &f)) show_form(rq, &f);
}

/* ---- what was sent ---- */

/* Letters of any script, and what stands between the parts of a first name. */
static bool is_first_name(str name)
{
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        bool is_letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        if (!is_letter && c < 0x80 && !strchr(" -'.", c)) return false;
    }
    return name.n <= PLEDGE_NAME_MAX;
}

static void read_form(struct req *rq, struct filled *f)
{
    struct sink codes;
    int at = 0;
    sink_open(&codes, rq->arena, KIB(1));
    for (str one; (one = in_form_next(rq, "will", &at)).p;) {
        const struct pledge_promise *p = pledge_promise_named(one);
        if (!p || !str_eq(p->audience, f->p.audience) || is_among(sink_str(&codes), one)) continue;
        if (codes.n) put_char(&codes, ' ');
        put(&codes, p->what.code);
    }
    f->p.promises = sink_str(&codes);
    f->p.name = in_form_line(rq, "name");
    f->p.iso3 = in_form_line(rq, "country");
    f->mail = in_form_line(rq, "mail");
    if (!codes.n) wrong(f, "will", PHRASE("Please choose at least one of the list."));
    if (!is_first_name(f->p.name))
        wrong(f, "name", PHRASE("A first name has letters only, at most 40."));
    if (f->p.iso3.n && !lang_is_state(f->p.iso3))
        wrong(f, "country", PHRASE("Please choose one of the list."));
}

static void send(struct req *rq, struct filled *f)
{
    struct phrase why;
    personal mail;
    id made = 0;
    if (!send_address_ok(rq->arena, f->mail, &mail, &why)) wrong(f, "mail", why);
    else if (!send_is_configured())
        wrong(f, NULL,
              PHRASE("No mail can leave this site yet. You can see your card and print it."));
    if (!f->wrong_n) {
        enum price_answer paid = web_price_paid(rq, "pledge", PLEDGE_HOUR_MAX);
        if (paid != PRICE_PAID) wrong(f, NULL, price_words(paid));
    }
    if (f->wrong_n) {
        show_form(rq, f);
        return;
    }
    pledge_ask(rq, &f->p, mail.words, &made);
    if (made) pledge_mail(rq, made, mail.words);
    go_to(rq, 303, web_beneath_now(rq, S("/pledge/sent")));
}

static void take(struct req *rq)
{
    struct filled f;
    if (!audience_asked(rq, &f)) return;
    read_form(rq, &f);
    bool is_card = str_eq(in_form_line(rq, "deed"), S("card"));
    struct pledge_shown shown = { .p = f.p,
                                  .back = web_beneath_now(rq, S("/pledge/"), f.p.audience) };
    if (!is_card) send(rq, &f);
    else show(rq, &f, f.wrong_n ? NULL : pledge_card_of(rq, &shown));
}

static void sent(struct req *rq)
{
    struct pledge_sent v = { .all = web_beneath_now(rq, S("/pledge")),
                             .help = web_beneath_now(rq, S("/help")) };
    page(rq,
         head_of(rq, PHRASE("Please look into your letter box"),
                 PHRASE("What happens after a pledge was sent.")),
         &pledge_sent_view, &v);
}

/* ---- how many ---- */

/* How wide a heart lies on the map: ten people are seen, ten thousand do not cover their neighbours. */
static int heart_of(int64_t n)
{
    int wide = 22;
    for (; n >= 100; n /= 10) wide += 14;
    return wide > 80 ? 80 : wide;
}

static void fill_places(struct req *rq, const struct pledge_told *told, size_t n,
                        struct pledge_hearts *v)
{
    struct lang_state_named *named;
    size_t states_n = lang_states_by_name(rq->arena, rq->lang, &named);
    struct pledge_hearts_places *all = arena_new(rq->arena, struct pledge_hearts_places,
                                                 states_n + 1);
    struct draw_place *drawn = arena_new(rq->arena, struct draw_place, states_n + 1);
    for (size_t i = 0; i < states_n; i++) {
        int64_t here = pledge_told_of(told, n, S("from"), named[i].code);
        if (!here) continue;
        str address = web_beneath_now(rq, S("/countries/"), named[i].code);
        struct lang_arg args[] = { { .name = "state", .kind = ARG_TEXT, .text = named[i].name },
                                   { .name = "n", .kind = ARG_NUMBER, .number = here } };
        struct sink label;
        sink_open(&label, rq->arena, KIB(1));
        lang_message(&label, rq->lang, PHRASE("{state}: at least {n} people"), NO_PLURAL, args, 2,
                     put);
        drawn[v->places_n] = (struct draw_place){ named[i].code, address, sink_str(&label),
                                                  "hearts", heart_of(here) };
        all[v->places_n++] = (struct pledge_hearts_places){ named[i].name, address, here };
    }
    v->places = all;
    v->map = draw_map(rq->arena, drawn, v->places_n, say(rq, PHRASE("The map of hearts")));
}

static void fill_promises(struct req *rq, const struct pledge_told *told, size_t n,
                          struct pledge_hearts *v)
{
    struct pledge_hearts_promises *all = arena_new(rq->arena, struct pledge_hearts_promises, 64);
    for (const struct pledge_promise *p = pledge_promises; p->what.code.n; p++) {
        int64_t made = pledge_told_of(told, n, S("will"), p->what.code);
        int a = 0;
        while (!str_eq(pledge_audiences[a].code, p->audience)) a++;
        if (made)
            all[v->promises_n++] = (struct pledge_hearts_promises){ p->what, pledge_audiences[a],
                                                                    made };
    }
    v->promises = all;
}

static void hearts(struct req *rq)
{
    struct pledge_told *told;
    size_t n = pledge_told(rq, &told);
    struct pledge_hearts v = { .as_of = web_day_of(rq, rq->now),
                               .least = PLEDGE_LEAST,
                               .total = pledge_told_of(told, n, S("all"), S("")),
                               .all = web_beneath_now(rq, S("/pledge")) };
    v.is_counted = v.total > 0;
    fill_places(rq, told, n, &v);
    fill_promises(rq, told, n, &v);
    page(
        rq,
        head_of(rq, PHRASE("The map of hearts"),
                PHRASE("How many people pledged to do something against trafficking, by country.")),
        &pledge_hearts_view, &v);
}

/* Found by what can be promised. */
static void documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    (void)now;
    search_add(into, (struct search_doc){ .part = SEARCH_TAKING_PART,
                                          .path = S("/pledge"),
                                          .title = lang_text(l, PHRASE("Pledge what you will do")),
                                          .body = lang_text(l, about_it),
                                          .written_in = l });
    for (size_t i = 0; pledge_audiences[i].code.n; i++) {
        struct sink body;
        sink_open(&body, db_arena(db), KIB(8));
        for (const struct pledge_promise *p = pledge_promises; p->what.code.n; p++) {
            if (!str_eq(p->audience, pledge_audiences[i].code)) continue;
            put(&body, lang_text(l, p->what.phrase));
            put_char(&body, '\n');
        }
        search_add(into, (struct search_doc){ .part = SEARCH_TAKING_PART,
                                              .path = ARENA_JOIN(db_arena(db), S("/pledge/"),
                                                                 pledge_audiences[i].code),
                                              .title = lang_text(l, pledge_audience_titles[i]),
                                              .body = sink_str(&body),
                                              .written_in = l });
    }
}

static const struct route routes[] = {
    { GET, UNDER_LANG, "/pledge", ANYONE, start, "Who can pledge what.", &pledge_start_view, NULL },
    { GET, UNDER_LANG, "/pledge/sent", ANYONE, sent, "What happens after a pledge was sent.",
      &pledge_sent_view, NULL },
    { GET, UNDER_LANG, "/pledge/hearts", ANYONE, hearts, "How many people pledged, and where.",
      &pledge_hearts_view, NULL },
    { GET, UNDER_LANG, "/pledge/:audience", ANYONE, form, "The promises for a kind of person.",
      &pledge_form_view, NULL },
    { POST, UNDER_LANG, "/pledge/:audience", ANYONE, take, "Takes a pledge, or shows its card.",
      &pledge_form_view, "will name country mail deed " PRICE_FIELDS },
    { 0 },
};

static const struct route *const more[] = { pledge_own_routes, NULL };

const struct room pledge_room = {
    .name = "pledge",
    .purpose = "what people promise to do: confirmed, counted, never named",
    .routes = routes,
    .more = more,
    .steps = pledge_steps,
    .queries = pledge_queries,
    .documents = documents,
};
