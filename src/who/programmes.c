/* The pages of programmes: all, and each with its phases. */
#include "claim/pages.h"
#include "who/inside.h"
#include "who/programme.html.h"
#include "who/programmes.html.h"

void who_page_programmes(struct req *rq)
{
    struct claim *rows;
    size_t n = claim_read_told(rq->db, &who_programmes, CLAIM_ALL, rq->when, &rows);
    struct who_programmes_programmes *all = arena_new(rq->arena, struct who_programmes_programmes,
                                                      n + 1);
    struct who_programmes v = { .programmes = all,
                                .is_foreign = !lang_is_english(rq->lang),
                                .all = web_beneath(rq, S("/who")),
                                .table = claim_table_address(rq, &who_programmes) };
    for (size_t from = 0, own; from < n; from += own) {
        const struct claim *of = rows + from;
        own = claim_about_same(of, n - from);
        all[v.programmes_n++] = (struct who_programmes_programmes){
            .name = claim_value(of, own, "name"),
            .short_name = str_or_absent(claim_value(of, own, "short_name")),
            .aim = str_or_absent(claim_value(of, own, "aim")),
            .address = web_beneath(rq, S("/programmes/"), claim_cell(of, "programme")),
        };
    }
    struct head head = { .title = say(rq, PHRASE("Programmes")),
                         .section = "who",
                         .description = say(rq, PHRASE("What bodies do together, with phases, "
                                                       "states, money and partners, as sources "
                                                       "tell them.")) };
    page(rq, head, &who_programmes_view, &v);
}

/* Those claims of a phase; "" is the whole. */
static size_t of_phase(struct req *rq, const struct claim *rows, size_t n, str phase,
                       struct claim **out)
{
    struct claim *all = arena_new(rq->arena, struct claim, n + 1);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (str_eq(claim_cell(&rows[i], "phase"), phase)) all[kept++] = rows[i];
    *out = all;
    return kept;
}

/* Names and states are shown elsewhere on the page. */
static bool is_listed(const struct word *trait, bool is_whole)
{
    return !str_eq(trait->code, S("short_name")) && !str_eq(trait->code, S("state")) &&
           (is_whole || !str_eq(trait->code, S("name")));
}

static void fill_whole(struct req *rq, const struct claim *rows, size_t n, struct who_programme *v)
{
    struct claim *own;
    size_t own_n = of_phase(rq, rows, n, S(""), &own);
    struct who_programme_properties *all = arena_new(rq->arena, struct who_programme_properties,
                                                     16);
    for (const struct word *t = who_traits; t->code.n; t++) {
        if (!is_listed(t, true)) continue;
        struct who_programme_properties *p = &all[v->properties_n];
        *p = (struct who_programme_properties){ .property = *t };
        p->answers_n = who_answers(rq, own, own_n, t->code, &p->answers, &p->differs);
        v->properties_n += p->answers_n > 0;
    }
    v->properties = all;
}

static void fill_states(struct req *rq, const struct claim *rows, size_t n,
                        struct who_programme_phases *out)
{
    struct who_programme_phases_states *states = arena_new(
        rq->arena, struct who_programme_phases_states, n + 1);
    struct web_source *sources = arena_new(rq->arena, struct web_source, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(claim_cell(&rows[i], "property"), S("state"))) continue;
        str iso3 = claim_cell(&rows[i], "value"), source = claim_source(&rows[i]);
        states[out->states_n++] = (struct who_programme_phases_states){
            lang_state(rq->lang, iso3), web_beneath(rq, S("/countries/"), iso3),
            claim_address(rq, rows[i].id)
        };
        bool is_told = out->state_sources_n && str_eq(sources[out->state_sources_n - 1].id, source);
        if (!is_told) sources[out->state_sources_n++] = claim_source_shown(rq, source);
    }
    out->states = states;
    out->state_sources = sources;
    out->has_states = out->states_n > 0;
}

static void fill_phase(struct req *rq, const struct claim *rows, size_t n, str phase,
                       struct who_programme_phases *out)
{
    struct claim *own;
    size_t own_n = of_phase(rq, rows, n, phase, &own);
    struct who_programme_phases_properties *all = arena_new(
        rq->arena, struct who_programme_phases_properties, lang_words_in(who_traits) + 1);
    str name = claim_value(own, own_n, "name");
    *out = (struct who_programme_phases){ .name = name.n ? name : phase, .properties = all };
    for (const struct word *t = who_traits; t->code.n; t++) {
        if (!is_listed(t, false)) continue;
        struct who_programme_phases_properties *p = &all[out->properties_n];
        *p = (struct who_programme_phases_properties){ .property = *t };
        p->answers_n = who_answers(rq, own, own_n, t->code, &p->answers, &p->differs);
        out->properties_n += p->answers_n > 0;
    }
    out->no_budget = claim_value(own, own_n, "budget").n == 0;
    fill_states(rq, own, own_n, out);
}

static void fill_phases(struct req *rq, const struct claim *rows, size_t n, struct who_programme *v)
{
    struct who_programme_phases *all = arena_new(rq->arena, struct who_programme_phases, n + 1);
    str *told = arena_new(rq->arena, str, n + 1);
    for (size_t i = 0; i < n; i++) {
        str phase = claim_cell(&rows[i], "phase");
        bool is_told = phase.n == 0;
        for (size_t j = 0; j < v->phases_n; j++) is_told = is_told || str_eq(told[j], phase);
        if (is_told) continue;
        told[v->phases_n] = phase;
        fill_phase(rq, rows, n, phase, &all[v->phases_n++]);
    }
    v->phases = all;
}

static void fill_bodies(struct req *rq, const struct claim *rows, size_t n, struct who_programme *v)
{
    struct who_programme_bodies *all = arena_new(rq->arena, struct who_programme_bodies, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(claim_cell(&rows[i], "property"), S("partner"))) continue;
        struct claim *body;
        str slug = claim_cell(&rows[i], "item");
        size_t body_n = who_body_of(rq->db, slug, rq->when, &body);
        str name = claim_value(body, body_n, "name");
        if (name.n)
            all[v->bodies_n++] = (struct who_programme_bodies){ name,
                                                                web_beneath(rq, S("/who/"), slug) };
    }
    v->bodies = all;
    v->has_bodies = v->bodies_n > 0;
}

/* One programme: its names, its phases, states and money as sources differ. */
void who_page_programme(struct req *rq)
{
    struct claim *rows;
    str slug = in_path(rq, "slug");
    size_t n = who_programme_of(rq->db, slug, rq->when, &rows);
    str name = claim_value(rows, n, "name");
    if (name.n == 0) {
        not_found(rq, PHRASE("We have no page about a programme called {asked}."), slug);
        return;
    }
    struct who_programme v = { .name = name,
                               .short_name = str_or_absent(claim_value(rows, n, "short_name")),
                               .is_past = rq->when.on.n > 0,
                               .is_foreign = !lang_is_english(rq->lang),
                               .all = web_beneath(rq, S("/programmes")),
                               .table = claim_table_address(rq, &who_programmes) };
    fill_whole(rq, rows, n, &v);
    fill_phases(rq, rows, n, &v);
    fill_bodies(rq, rows, n, &v);
    struct head head = { .title = v.short_name.p ? v.short_name : name,
                         .section = "who",
                         .description = name };
    page(rq, head, &who_programme_view, &v);
}
