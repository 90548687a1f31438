/* The pages of law: the Protocol, its articles, its parties by date. */
#include "law/pages.h"

#include "base/day.h"
#include "claim/pages.h"
#include "law/article.html.h"
#include "law/inside.h"
#include "law/convergence.html.h"
#include "law/instrument.html.h"
#include "law/instruments.html.h"
#include "law/parties.html.h"
#include "law/protocol.html.h"
#include "web/linked.h"

#include <stdlib.h>

#define PROTOCOL_THEMES_MAX 8

static str article_address(struct req *rq, int64_t number)
{
    return web_beneath(rq, arena_format(rq->arena, "/law/TIP-PROTOCOL/articles/%d", (int)number));
}

static int by_article(const void *a, const void *b)
{
    int64_t x = 0, y = 0;
    str_to_int(((const struct claim *)a)->cell[1], &x);
    str_to_int(((const struct claim *)b)->cell[1], &y);
    return (x > y) - (x < y);
}

static size_t articles_of(struct req *rq, struct claim **out)
{
    size_t n = claim_read(rq->db, &law_articles, LAW_PROTOCOL, law_timeless(rq->when), out);
    qsort(*out, n, sizeof **out, by_article);
    return n;
}

static void take_theme(void *page, struct word theme, const struct law_duty *duties, size_t n)
{
    struct law_protocol *v = page;
    struct law_protocol_themes *all = (struct law_protocol_themes *)v->themes;
    if (v->themes_n == PROTOCOL_THEMES_MAX) return;
    all[v->themes_n++] = (struct law_protocol_themes){ theme, duties, n };
}

/* What the Protocol is, and its articles. */
static void protocol(struct req *rq)
{
    struct claim *known;
    size_t known_n = law_instrument_of(rq->db, LAW_PROTOCOL, rq->when, &known);
    struct law_protocol v = {
        .parties_url = web_beneath(rq, S("/law/TIP-PROTOCOL/parties")),
        .laws = web_beneath(rq, S("/law")),
        .convergence = web_beneath(rq, S("/law/convergence")),
        .is_foreign = !lang_is_english(rq->lang),
        .course = law_course_shown(rq, LAW_PROTOCOL, known, known_n),
        .themes = arena_new(rq->arena, struct law_protocol_themes, PROTOCOL_THEMES_MAX),
    };
    v.parties = v.course.dated + v.course.undated;
    v.properties_n = law_properties_shown(rq, known, known_n, &v.properties);
    law_duties_shown(rq, LAW_PROTOCOL, take_theme, &v);

    struct claim *rows;
    size_t n = articles_of(rq, &rows);
    struct law_protocol_articles *all = arena_new(rq->arena, struct law_protocol_articles, n);
    for (size_t i = 0; i < n; i++) {
        str_to_int(claim_cell(&rows[i], "article"), &all[i].number);
        all[i].heading = law_name(rq->lang, claim_cell(&rows[i], "heading"));
        all[i].summary = claim_cell(&rows[i], "summary");
        all[i].address = article_address(rq, all[i].number);
    }
    v.articles = all;
    v.articles_n = n;
    struct head head = { .title = say(rq, PHRASE("Protocol against trafficking in persons")),
                         .section = "law",
                         .description = say(
                             rq, PHRASE("What the Trafficking in Persons Protocol says, article by "
                                        "article, and who is bound by it.")) };
    head.linked = law_linked(rq, LAW_PROTOCOL);
    page(rq, head, &law_protocol_view, &v);
}

static const struct word themes[] = {
    { S_CONST("act"), PHRASE_CONST("Act") },
    { S_CONST("means"), PHRASE_CONST("Means") },
    { S_CONST("purpose"), PHRASE_CONST("Purpose") },
    { S_CONST("prevention"), PHRASE_CONST("Prevention") },
    { S_CONST("protection"), PHRASE_CONST("Protection") },
    { S_CONST("prosecution"), PHRASE_CONST("Prosecution") },
    { S_CONST("partnership"), PHRASE_CONST("Partnership") },
    { S_CONST(""), PHRASE_CONST("") },
};

static void fill_themes(struct req *rq, str list, struct law_article *v)
{
    struct law_article_themes *all = arena_new(rq->arena, struct law_article_themes, 8);
    while (list.n && v->themes_n < 8)
        all[v->themes_n++].theme = claim_word(themes, str_split(&list, ';'));
    v->themes = all;
}

static str article_title(struct req *rq, str number, str heading)
{
    struct lang_arg words[] = {
        { .name = "n", .kind = ARG_TEXT, .text = lang_digits(rq->arena, rq->lang, number) },
        { .name = "heading", .kind = ARG_TEXT, .text = heading }
    };
    struct sink out;
    sink_open(&out, rq->arena, KIB(1));
    lang_message(&out, rq->lang, PHRASE("Article {n}: {heading}"), NO_PLURAL, words,
                 COUNT_OF(words), put);
    return sink_str(&out);
}

/* One article in our words. */
static void article(struct req *rq)
{
    struct claim *rows;
    size_t n = articles_of(rq, &rows), i = 0;
    str asked = in_path(rq, "number");
    while (i < n && !str_eq(claim_cell(&rows[i], "article"), asked)) i++;
    if (i == n) {
        not_found(rq, PHRASE("The Protocol has no article {asked}; it has twenty."), asked);
        return;
    }
    struct law_article v = {
        .heading = law_name(rq->lang, claim_cell(&rows[i], "heading")),
        .section = str_or_absent(law_name(rq->lang, claim_cell(&rows[i], "section"))),
        .is_foreign = !str_eq(lang_code(rq->lang), S("en")),
        .summary = claim_cell(&rows[i], "summary"),
        .claim = claim_address(rq, rows[i].id),
        .protocol = web_beneath(rq, S("/law/TIP-PROTOCOL")),
        .source = claim_source_shown(rq, claim_source(&rows[i])),
    };
    str_to_int(asked, &v.number);
    if (v.number == 3)
        v.crime = arena_format(rq->arena, "/" STR_FMT "/the-crime", STR_ARG(lang_code(rq->lang)));
    if (i > 0) v.previous = article_address(rq, v.number - 1);
    if (i + 1 < n) v.next = article_address(rq, v.number + 1);
    fill_themes(rq, claim_cell(&rows[i], "theme"), &v);
    struct head head = { .title = article_title(rq, asked, v.heading),
                         .description = v.summary,
                         .section = "law" };
    page(rq, head, &law_article_view, &v);
}

static void fill_party(struct req *rq, const struct law_standing_of *s,
                       struct law_parties_parties *out)
{
    *out = (struct law_parties_parties){
        .name = lang_state(rq->lang, s->iso3),
        .iso3 = s->iso3,
        .signed_on = str_or_absent(s->signed_on),
        .bound_by = s->bound_by,
        .bound_on = str_or_absent(s->bound_on),
        .in_force_on = str_or_absent(s->in_force_on),
        .is_computed = s->is_in_force_computed,
        .is_disputed = s->is_disputed,
        .source = claim_source_shown(rq, s->source),
        .address = web_beneath(rq, S("/countries/"), s->iso3),
    };
}

static void fill_years(struct req *rq, const struct law_standing_of *all, size_t n,
                       struct law_parties *v)
{
    struct law_parties_years *years = arena_new(rq->arena, struct law_parties_years, n);
    int64_t sum = 0;
    for (size_t i = 0; i < n && all[i].bound_on.n; i++) {
        int64_t year = day_year(all[i].bound_on);
        if (v->years_n == 0 || years[v->years_n - 1].year != year) years[v->years_n++].year = year;
        years[v->years_n - 1].count++;
        years[v->years_n - 1].sum = ++sum;
    }
    v->years = years;
}

/* Who is bound, by the day of the deposit. */
static void parties(struct req *rq)
{
    struct law_deposits deposits = law_deposits_of(rq->db, rq->when);
    const struct law_standing_of *all = deposits.party;
    size_t kept = deposits.n;

    struct law_parties v = { .count = (int64_t)kept,
                             .protocol = web_beneath(rq, S("/law/TIP-PROTOCOL")),
                             .table = claim_table_address(rq, &law_protocol_kind) };
    struct law_parties_parties *rows = arena_new(rq->arena, struct law_parties_parties, kept);
    for (size_t i = 0; i < kept; i++) fill_party(rq, &all[i], &rows[i]);
    v.parties = rows;
    v.parties_n = kept;
    fill_years(rq, all, kept, &v);
    struct head head = { .title = say(rq, PHRASE("Who is bound, by date")),
                         .section = "law",
                         .description = say(rq, PHRASE("Every state our sources show as a party to "
                                                       "the Protocol, with dates and sources.")) };
    head.linked = linked_dataset(rq, (struct linked_dataset){ .name = head.title,
                                                              .description = head.description,
                                                              .csv = S("/data/protocol.csv") });
    page(rq, head, &law_parties_view, &v);
}

static const struct route routes[] = {
    { GET, UNDER_LANG, "/law", ANYONE, law_page_all, "Every treaty, regional law and statute.",
      &law_instruments_view, NULL },
    { GET, UNDER_LANG, "/law/convergence", ANYONE, law_page_convergence,
      "How national offences compare with the Protocol's definition.", &law_convergence_view,
      NULL },
    { GET, UNDER_LANG, "/law/TIP-PROTOCOL", ANYONE, protocol,
      "What the Protocol is, and its articles.", &law_protocol_view, NULL },
    { GET, UNDER_LANG, "/law/TIP-PROTOCOL/articles/:number", ANYONE, article,
      "One article of the Protocol, in our words.", &law_article_view, NULL },
    { GET, UNDER_LANG, "/law/TIP-PROTOCOL/parties", ANYONE, parties,
      "Who is bound by the Protocol, by date.", &law_parties_view, NULL },
    { GET, UNDER_LANG, "/law/:instrument", ANYONE, law_page_one,
      "One instrument: what it asks, its parties over time, what is known.", &law_instrument_view,
      NULL },
    { 0 },
};

static const struct claim_kind *const kinds[] = {
    &law_countries, &law_protocol_kind, &law_instruments,
    &law_articles,  &law_duties,        &law_commitments,
    NULL,
};

static const struct gives gives[] = {
    { "/law/TIP-PROTOCOL/articles/:number", NULL, "/law/TIP-PROTOCOL/articles/3" },
    { "/law/:instrument", NULL, "/law/EU-2011-36" },
    { 0 },
};

const struct room law_room = {
    .name = "law",
    .purpose = "states, treaties and statutes; each statement with source and date",
    .routes = routes,
    .gives = gives,
    .kinds = kinds,
    .documents = law_documents,
};
