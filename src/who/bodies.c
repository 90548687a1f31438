/* The pages of bodies: all of them with the picture of referral, and each one. */
#include "claim/pages.h"
#include "who/bodies.html.h"
#include "who/body.html.h"
#include "who/inside.h"
#include "web/linked.h"

/* "Executive Director: Ghada Waly": the newest in the office most people held. */
static void fill_holder_of(struct req *rq, str slug, struct who_bodies_groups_bodies *out)
{
    struct who_held *held;
    size_t n = who_held(rq->db, slug, rq->when, &held);
    const struct who_held *best = NULL;
    for (size_t i = 0; i < n; i++) {
        bool is_last = i + 1 == n || !str_eq(held[i].office, held[i + 1].office);
        bool is_dated = held[i].from.n || held[i].seen_from.n;
        if (is_last && is_dated && held[i].to.n == 0) best = &held[i];
        if (best == &held[i] && i > 0 && str_eq(held[i].office, held[i - 1].office)) break;
    }
    if (!best) return;
    out->holder = ARENA_JOIN(rq->arena, best->office, S(": "), best->person,
                             best->is_acting ? S(" (acting)") : S(""));
    if (best->from.n) out->since = best->from;
    else out->seen = best->seen_to.n ? best->seen_to : best->seen_from;
}

static str name_of_card(const void *card)
{
    return ((const struct who_bodies_groups_bodies *)card)->name;
}

static void fill_group(struct req *rq, const struct claim *rows, size_t n, struct word group,
                       struct who_bodies_groups *out)
{
    struct who_bodies_groups_bodies *all = arena_new(rq->arena, struct who_bodies_groups_bodies,
                                                     n + 1);
    size_t kept = 0;
    for (size_t from = 0, own; from < n; from += own) {
        const struct claim *of = rows + from;
        own = claim_about_same(of, n - from);
        if (!str_eq(claim_value(of, own, "group"), group.code)) continue;
        str slug = claim_cell(of, "body"), name = claim_value(of, own, "name");
        str mandate = claim_value(of, own, "mandate"), state = claim_value(of, own, "state");
        if (mandate.n == 0) mandate = claim_value(of, own, "does");
        all[kept] = (struct who_bodies_groups_bodies){
            .name = name.n ? name : slug,
            .short_name = str_or_absent(claim_value(of, own, "short_name")),
            .mandate = str_or_absent(mandate),
            .address = web_beneath(rq, S("/who/"), slug),
        };
        fill_holder_of(rq, slug, &all[kept]);
        if (state.n) all[kept].state = lang_state(rq->lang, state);
        kept++;
    }
    lang_sort(rq->arena, rq->lang, all, kept, sizeof *all, name_of_card);
    *out = (struct who_bodies_groups){ group, all, kept };
}

/* Who acts against trafficking, and how they work together. */
void who_page_all(struct req *rq)
{
    struct claim *rows;
    size_t n = claim_read_told(rq->db, &who_bodies, CLAIM_ALL, rq->when, &rows);
    struct who_bodies_groups *groups = arena_new(rq->arena, struct who_bodies_groups,
                                                 lang_words_in(who_groups) + 1);
    struct who_bodies v = { .groups = groups,
                            .picture = who_referral(rq->arena, rq->lang),
                            .handbook = claim_source_shown(rq, S("odihr-nrm-2022")),
                            .programmes = web_beneath(rq, S("/programmes")),
                            .help = web_beneath_now(rq, S("/help")),
                            .is_past = rq->when.on.n > 0,
                            .is_foreign = !lang_is_english(rq->lang) };
    for (const struct word *g = who_groups; g->code.n; g++) {
        fill_group(rq, rows, n, *g, &groups[v.groups_n]);
        v.groups_n += groups[v.groups_n].bodies_n > 0;
    }
    struct who_bodies_steps steps[WHO_STEPS];
    for (size_t i = 0; i < WHO_STEPS; i++)
        steps[i] = (struct who_bodies_steps){ who_steps[i].who, who_steps[i].what };
    v.steps = steps;
    v.steps_n = WHO_STEPS;
    struct who_bodies_tables tables[] = {
        { S("bodies.csv"), claim_table_address(rq, &who_bodies) },
        { S("offices.csv"), claim_table_address(rq, &who_offices) },
    };
    v.tables = tables;
    v.tables_n = COUNT_OF(tables);
    struct head head = { .title = say(rq, PHRASE("Who does what")),
                         .section = "who",
                         .description = say(rq,
                                            PHRASE("Bodies that act against trafficking, their "
                                                   "mandates, who led them, and how a person is "
                                                   "referred to help.")) };
    page(rq, head, &who_bodies_view, &v);
}

static void fill_properties(struct req *rq, const struct claim *rows, size_t n, struct who_body *v)
{
    static const char *const shown[] = { "mandate", "does",    "found",
                                         "size",    "founded", "founded_from" };
    struct who_body_properties *all = arena_new(rq->arena, struct who_body_properties,
                                                COUNT_OF(shown));
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        struct who_body_properties *p = &all[v->properties_n];
        *p = (struct who_body_properties){ .property = claim_word(who_properties,
                                                                  str_of(shown[i])) };
        p->answers_n = who_answers(rq, rows, n, str_of(shown[i]), &p->answers, &p->differs);
        v->properties_n += p->answers_n > 0;
    }
    v->properties = all;
}

static void fill_holder(struct req *rq, const struct who_held *h, bool is_last,
                        struct who_body_offices_holders *out)
{
    struct who_body_offices_holders_events *events = arena_new(
        rq->arena, struct who_body_offices_holders_events, h->n);
    for (size_t i = 0; i < h->n; i++)
        events[i] = (struct who_body_offices_holders_events){
            .event = claim_word(who_events, claim_cell(&h->events[i], "event")),
            .date = str_or_absent(claim_cell(&h->events[i], "date")),
            .note = str_or_absent(claim_cell(&h->events[i], "note")),
            .claim = claim_address(rq, h->events[i].id),
            .source = claim_source_shown(rq, claim_source(&h->events[i])),
        };
    *out = (struct who_body_offices_holders){
        .person = h->person,
        .from = str_or_absent(h->from),
        .to = str_or_absent(h->to),
        .seen_from = str_or_absent(h->seen_from),
        .seen_to = str_or_absent(h->seen_to),
        .is_acting = h->is_acting,
        .is_disputed = h->is_disputed,
        .is_newest = is_last && h->to.n == 0 && (h->from.n || h->seen_from.n),
        .events = events,
        .events_n = h->n,
    };
}

/* Whether nobody dated comes after in the same office. */
static bool is_last_of(const struct who_held *held, size_t n, size_t i)
{
    for (size_t j = i + 1; j < n && str_eq(held[j].office, held[i].office); j++)
        if (held[j].from.n || held[j].seen_from.n) return false;
    return true;
}

static void fill_offices(struct req *rq, str slug, struct who_body *v)
{
    struct who_held *held;
    size_t n = who_held(rq->db, slug, rq->when, &held);
    struct who_body_offices *all = arena_new(rq->arena, struct who_body_offices, n + 1);
    for (size_t from = 0, to; from < n; from = to) {
        to = from;
        while (to < n && str_eq(held[to].office, held[from].office)) to++;
        struct who_body_offices_holders *holders = arena_new(
            rq->arena, struct who_body_offices_holders, to - from);
        for (size_t i = from; i < to; i++)
            fill_holder(rq, &held[i], is_last_of(held, n, i), &holders[i - from]);
        all[v->offices_n++] = (struct who_body_offices){ held[from].office, holders, to - from };
    }
    v->offices = all;
    v->has_offices = v->offices_n > 0;
}

static void fill_programmes(struct req *rq, str slug, struct who_body *v)
{
    struct claim *rows;
    size_t n = claim_read_told(rq->db, &who_programmes, CLAIM_ALL, rq->when, &rows);
    struct who_body_programmes *all = arena_new(rq->arena, struct who_body_programmes, n + 1);
    for (size_t from = 0, own; from < n; from += own) {
        const struct claim *of = rows + from;
        own = claim_about_same(of, n - from);
        if (!who_has_part(of, own, slug)) continue;
        all[v->programmes_n++] = (struct who_body_programmes){
            claim_value(of, own, "name"),
            web_beneath(rq, S("/programmes/"), claim_cell(of, "programme"))
        };
    }
    v->programmes = all;
    v->has_programmes = v->programmes_n > 0;
}

/* One body: mandate, what it does, who held its office, what it is part of. */
void who_page_body(struct req *rq)
{
    struct claim *rows;
    str slug = in_path(rq, "slug");
    size_t n = who_body_of(rq->db, slug, rq->when, &rows);
    str name = claim_value(rows, n, "name");
    if (name.n == 0) {
        not_found(rq, PHRASE("We have no page about a body called {asked}."), slug);
        return;
    }
    str state = claim_value(rows, n, "state");
    struct who_body v = {
        .name = name,
        .short_name = str_or_absent(claim_value(rows, n, "short_name")),
        .group = claim_word(who_groups, claim_value(rows, n, "group")),
        .part_of = str_or_absent(claim_value(rows, n, "part_of")),
        .site = str_or_absent(claim_value(rows, n, "site")),
        .is_past = rq->when.on.n > 0,
        .is_foreign = !lang_is_english(rq->lang),
        .has_tiers = str_eq(slug, S("us-department-of-state")),
        .tiers = web_beneath(rq, S("/tiers")),
        .has_fund = str_eq(slug, S("unodc")),
        .fund = web_beneath(rq, S("/fund")),
        .all = web_beneath(rq, S("/who")),
    };
    if (state.n) {
        v.state = lang_state(rq->lang, state);
        v.country = web_beneath(rq, S("/countries/"), state);
    }
    fill_properties(rq, rows, n, &v);
    fill_offices(rq, slug, &v);
    fill_programmes(rq, slug, &v);
    struct who_body_tables tables[] = {
        { S("bodies.csv"), claim_table_address(rq, &who_bodies) },
        { S("offices.csv"), claim_table_address(rq, &who_offices) },
    };
    v.tables = tables;
    v.tables_n = COUNT_OF(tables);
    struct head head = { .title = name,
                         .section = "who",
                         .description = say_with(rq,
                                                 PHRASE("{name}: mandate, what it does, and who "
                                                        "held its office."),
                                                 S("name"), name) };
    head.linked = linked_body(
        rq, (struct linked_body){ .name = name,
                                  .description = head.description,
                                  .site = v.site.p ? v.site : S(""),
                                  .is_public = !str_eq(v.group.code, S("civil")) });
    page(rq, head, &who_body_view, &v);
}
