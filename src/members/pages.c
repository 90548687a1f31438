/* The pages of members: who joined, when and how; and one member. */
#include "members/pages.h"

#include "claim/pages.h"
#include "draw/draw.h"
#include "members/event.html.h"
#include "members/member.html.h"
#include "members/members.html.h"
#include "base/limits.h"
#include "text/text.h"

#include <stdlib.h>

static bool is_state(const struct claim *c)
{
    return str_eq(claim_cell(c, "entity_type"), S("country"));
}

static str name_of(const struct lang *l, const struct claim *c)
{
    return is_state(c) ? lang_state(l, claim_cell(c, "iso3")) : claim_cell(c, "entity");
}

static str address_of(struct req *rq, const struct claim *c)
{
    return web_beneath(rq, S("/members/"), members_slug(rq->arena, claim_cell(c, "entity")));
}

static struct members_event shown(struct req *rq, const struct claim *c)
{
    return (struct members_event){
        .name = name_of(rq->lang, c),
        .is_english = !is_state(c),
        .address = address_of(rq, c),
        .event = claim_word(members_events, claim_cell(c, "event")),
        .about = claim_word(members_abouts, claim_cell(c, "about")),
        .date = str_or_absent(claim_cell(c, "date")),
        .by = str_starts(claim_cell(c, "precision"), S("by_")),
        .detail = str_or_absent(claim_cell(c, "detail")),
        .note = str_or_absent(claim_cell(c, "note")),
        .claim = claim_address(rq, c->id),
        .source = claim_source_shown(rq, claim_source(c)),
    };
}

static bool is_about(const struct claim *c, const char *about)
{
    return str_eq(claim_cell(c, "about"), str_of(about));
}

static bool is_listed_only(const struct claim *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (members_is_taking_part(&rows[i]) && !str_eq(claim_cell(&rows[i], "event"), S("listed")))
            return false;
    return true;
}

static size_t of_entity(const struct claim *rows, size_t n, str entity, struct claim *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (str_eq(claim_cell(&rows[i], "entity"), entity)) out[kept++] = rows[i];
    return kept;
}

static str name_of_state(const void *thing)
{
    return ((const struct members_members_states *)thing)->name;
}

/* What is said of a state's joining, each answer once; lists of others only where there is nothing else. */
static void fill_state(struct req *rq, const struct claim *own, size_t n,
                       struct members_members_states *out)
{
    struct members_members_states_events *events = arena_new(
        rq->arena, struct members_members_states_events, n);
    const struct claim *before = NULL;
    *out = (struct members_members_states){ .name = name_of(rq->lang, own),
                                            .address = address_of(rq, own),
                                            .country = web_beneath(rq, S("/countries/"),
                                                                   claim_cell(own, "iso3")),
                                            .events = events,
                                            .is_listed = is_listed_only(own, n),
                                            .has_left = members_has_left(own, n) };
    for (size_t i = 0; i < n; i++) {
        str event = claim_cell(&own[i], "event");
        bool is_list = str_eq(event, S("listed"));
        if (is_about(&own[i], "leaving"))
            events[out->events_n++] = (struct members_members_states_events){
                claim_word(members_events, event), str_or_absent(claim_cell(&own[i], "date"))
            };
        if (!is_about(&own[i], "joining") || (is_list && !out->is_listed)) continue;
        bool is_again = before && claim_same_answer(before, &own[i]);
        if (before && !is_again && !is_list) out->differs = true;
        if (before && (is_again || is_list)) continue; /* of lists the oldest is enough */
        events[out->events_n++] = (struct members_members_states_events){
            claim_word(members_events, event), str_or_absent(claim_cell(&own[i], "date"))
        };
        before = &own[i];
    }
}

static void fill_members(struct req *rq, const struct claim *rows, size_t n,
                         struct members_members *v)
{
    struct members_members_states *states = arena_new(rq->arena, struct members_members_states,
                                                      n + 1);
    struct members_members_organisations *others = arena_new(
        rq->arena, struct members_members_organisations, n + 1);
    struct draw_place *places = arena_new(rq->arena, struct draw_place, n + 1);
    struct claim *own = arena_new(rq->arena, struct claim, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct claim *c = &rows[i];
        str entity = claim_cell(c, "entity"), iso3 = claim_cell(c, "iso3");
        if (of_entity(rows, i, entity, own) > 0) continue; /* told already */
        size_t own_n = of_entity(rows, n, entity, own);
        if (!is_state(c)) {
            struct members_members_organisations *o = &others[v->organisations_n++];
            *o = (struct members_members_organisations){
                .name = entity,
                .about = claim_word(members_abouts, claim_cell(c, "about")),
                .address = address_of(rq, c)
            };
            if (iso3.n) o->state = lang_state(rq->lang, iso3);
            o->has_left = members_has_left(own, own_n);
            continue;
        }
        struct members_members_states *s = &states[v->states_n];
        fill_state(rq, own, own_n, s);
        v->states_n++;
        if (s->has_left) continue; /* told in the list, with its day; not coloured */
        v->joined_n += !s->is_listed;
        places[v->named++] = (struct draw_place){
            .iso3 = iso3,
            .address = s->address,
            .class = s->is_listed ? "signed" : "party",
            .label = s->events_n ? ARENA_JOIN(rq->arena, s->name, S(": "),
                                              say(rq, s->events[0].event.phrase))
                                 : s->name,
        };
    }
    v->map = draw_map(rq->arena, places, (size_t)v->named,
                      say(rq, PHRASE("World map of those who take part")));
    lang_sort(rq->arena, rq->lang, states, v->states_n, sizeof *states, name_of_state);
    v->states = states;
    v->organisations = others;
}

static int by_date(const void *x, const void *y)
{
    const struct members_event *a = x, *b = y;
    int order = str_cmp(a->date, b->date);
    return order ? order : str_cmp(a->address, b->address);
}

static void fill_timeline(struct req *rq, const struct claim *rows, size_t n,
                          struct members_members *v)
{
    struct members_event *dated = arena_new(rq->arena, struct members_event, n + 1);
    struct members_event *undated = arena_new(rq->arena, struct members_event, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct members_event e = shown(rq, &rows[i]);
        if (e.date.n) dated[v->timeline_n++] = e;
        else undated[v->undated_n++] = e;
    }
    qsort(dated, v->timeline_n, sizeof *dated, by_date);
    v->timeline = dated;
    v->undated = undated;
    v->has_undated = v->undated_n > 0;
}

/* Who joined, when and how: a map, a list, a line of time. */
static void members(struct req *rq)
{
    struct claim *rows;
    size_t n = claim_read(rq->db, &members_events_kind, CLAIM_ALL, rq->when, &rows);
    struct members_members v = {
        .about = ARENA_JOIN(rq->arena, S("/"), lang_code(rq->lang), S("/about")),
        .news = ARENA_JOIN(rq->arena, S("/"), lang_code(rq->lang), S("/news/two-dates-for-mexico")),
        .table = claim_table_address(rq, &members_events_kind),
        .is_foreign = !lang_is_english(rq->lang),
    };
    fill_members(rq, rows, n, &v);
    fill_timeline(rq, rows, n, &v);
    struct head head = { .title = say(rq, PHRASE("Who joined, when and how")),
                         .section = "members",
                         .description = say(rq, PHRASE("States, cities and organisations in the "
                                                       "Blue Heart Campaign, with dates as sources "
                                                       "differ.")) };
    page(rq, head, &members_members_view, &v);
}

/* Events of one group by day, those without a day last; each answer once beside them. */
static void fill_group(struct req *rq, const struct claim *own, size_t n, struct word about,
                       struct members_member_groups *out)
{
    struct members_event *events = arena_new(rq->arena, struct members_event, n);
    struct members_member_groups_answers *answers = arena_new(
        rq->arena, struct members_member_groups_answers, n);
    *out = (struct members_member_groups){ .about = about, .events = events, .answers = answers };
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < n; i++) {
            bool is_dated = claim_cell(&own[i], "date").n > 0;
            if (!str_eq(claim_cell(&own[i], "about"), about.code) || is_dated != (pass == 0))
                continue;
            struct members_event e = shown(rq, &own[i]);
            bool is_told = false;
            for (size_t j = 0; j < out->answers_n; j++)
                is_told = is_told || (str_eq(answers[j].event.code, e.event.code) &&
                                      str_eq(answers[j].date, e.date));
            if (!is_told)
                answers[out->answers_n++] = (struct members_member_groups_answers){ e.event, e.date,
                                                                                    e.by };
            events[out->events_n++] = e;
        }
    }
    out->differs = out->answers_n > 1;
}

/* One member: every statement, with its rivals beside it. */
static str direction_of(str lang)
{
    const struct lang *l = lang_find(lang);
    return l && lang_is_rtl(l) ? S("rtl") : S("ltr");
}

/* What a member says of itself: its own page, and news whose theme is its name. */
static void fill_own(struct req *rq, str slug, struct members_member *v)
{
    struct text own, *all;
    bool is_there = text_get(rq->db, rq->lang, slug, rq->when, rq->now, &own);
    if (is_there && str_eq(own.kind, S("member"))) {
        struct web_text *shown = arena_new(rq->arena, struct web_text, 1);
        *shown = text_shown(rq, &own);
        v->own = shown;
    }
    size_t n = text_list(rq->db, rq->lang, "news", rq->when, rq->now, &all);
    struct members_member_news *news = arena_new(rq->arena, struct members_member_news, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(all[i].theme, slug)) continue;
        news[v->news_n++] = (struct members_member_news){
            .title = all[i].title,
            .summary = all[i].summary,
            .published = all[i].published,
            .language = all[i].lang,
            .direction = direction_of(all[i].lang),
            .address = web_beneath(rq, S("/news/"), all[i].slug),
        };
    }
    v->news = news;
    v->has_news = v->news_n > 0;
}

static void member(struct req *rq)
{
    struct claim *rows;
    str slug = in_path(rq, "slug");
    size_t n = claim_read(rq->db, &members_events_kind, CLAIM_ALL, rq->when, &rows), own_n = 0;
    struct claim *own = arena_new(rq->arena, struct claim, n + 1);
    for (size_t i = 0; i < n; i++)
        if (str_eq(members_slug(rq->arena, claim_cell(&rows[i], "entity")), slug))
            own[own_n++] = rows[i];
    if (own_n == 0) {
        not_found(rq, PHRASE("Our sources know of no member called {asked}."), slug);
        return;
    }
    str iso3 = claim_cell(own, "iso3");
    struct members_member v = {
        .name = name_of(rq->lang, own),
        .is_english = !is_state(own),
        .is_state = is_state(own),
        .type = claim_word(members_types, claim_cell(own, "entity_type")),
        .all = web_beneath(rq, S("/members")),
        .table = claim_table_address(rq, &members_events_kind),
        .is_foreign = !lang_is_english(rq->lang),
    };
    if (iso3.n) {
        v.state = lang_state(rq->lang, iso3);
        v.country = web_beneath(rq, S("/countries/"), iso3);
    }
    struct members_member_groups *groups = arena_new(rq->arena, struct members_member_groups, 16);
    for (const struct word *w = members_abouts; w->code.n; w++) {
        fill_group(rq, own, own_n, *w, &groups[v.groups_n]);
        v.groups_n += groups[v.groups_n].events_n > 0;
    }
    v.groups = groups;
    fill_own(rq, slug, &v);
    struct head head = { .title = say_with(rq, PHRASE("{name} in the Blue Heart Campaign"),
                                           S("name"), v.name),
                         .section = "members",
                         .description = say_with(rq,
                                                 PHRASE("{name} in the Blue Heart Campaign: what "
                                                        "each source says."),
                                                 S("name"), v.name) };
    page(rq, head, &members_member_view, &v);
}

static const struct route routes[] = {
    { GET, UNDER_LANG, "/members", ANYONE, members,
      "Who joined the campaign, when and how: map, list and time.", &members_members_view, NULL },
    { GET, UNDER_LANG, "/members/:slug", ANYONE, member,
      "One member with every statement about it.", &members_member_view, NULL },
    { 0 },
};

static const struct claim_kind *const kinds[] = { &members_events_kind, NULL };

const struct room members_room = {
    .name = "members",
    .purpose = "who takes part in the campaign",
    .routes = routes,
    .kinds = kinds,
    .documents = members_documents,
};
