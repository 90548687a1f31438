#include "base/day.h"
#include "campaign/compare.h"
#include "campaign/profile.h"
#include "claim/pages.h"
#include "draw/draw.h"
#include "measure/measure.h"
#include "members/members.h"
#include "tiers/tiers.h"

static void fill_standing(struct req *rq, struct campaign_compare_states *s,
                          struct campaign_compare *v)
{
    struct claim *rows;
    size_t n = law_protocol_of(rq->db, s->iso3, rq->when, &rows);
    struct law_standing_of st = law_stand(s->iso3, rows, n);
    s->standing = law_standings[st.standing];
    s->class = str_of(campaign_standing_class(st.standing));
    if (st.signed_on.n) s->signed_on = st.signed_on;
    if (st.bound_on.n) s->bound_on = st.bound_on;
    if (st.bound_by.code.n) s->bound_by = st.bound_by;
    if (st.in_force_on.n) s->in_force_on = st.in_force_on;
    s->is_computed = st.is_in_force_computed;
    s->is_disputed = st.is_disputed;
    compare_source(rq, st.source, v);
}

/* Two sources that say the same are one line here; the profile has both. */
static bool is_told(const struct campaign_compare_states_events *all, size_t n, struct word event,
                    str date)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].event.code, event.code) && str_eq(all[i].date, date)) return true;
    return false;
}

static void fill_events(struct req *rq, struct campaign_compare_states *s,
                        struct campaign_compare *v)
{
    struct claim *rows;
    size_t n = members_of_state(rq->db, s->iso3, rq->when, &rows);
    struct campaign_compare_states_events *all = arena_new(
        rq->arena, struct campaign_compare_states_events, n);
    for (size_t i = 0; i < n; i++) {
        bool is_left = str_eq(claim_cell(&rows[i], "event"), S("left"));
        if (!members_is_taking_part(&rows[i]) && !is_left) continue;
        str date = claim_cell(&rows[i], "date");
        struct word event = claim_word(members_events, claim_cell(&rows[i], "event"));
        s->takes_part = true;
        compare_source(rq, claim_source(&rows[i]), v);
        if (is_told(all, s->events_n, event, date)) continue;
        struct campaign_compare_states_events *e = &all[s->events_n++];
        e->event = event;
        if (date.n) e->date = date;
    }
    if (members_has_left(rows, n)) s->takes_part = false;
    s->events = all;
}

/* The newest year in which scholars scored it. */
static void fill_policy(struct req *rq, struct campaign_compare_states *s,
                        struct campaign_compare *v)
{
    struct claim *rows;
    size_t n = claim_read(rq->db, &tiers_policy, s->iso3, rq->when, &rows);
    if (n == 0) return;
    str year = claim_cell(&rows[n - 1], "year"); /* by day: the last is the newest */
    struct campaign_compare_states_policy *all = arena_new(
        rq->arena, struct campaign_compare_states_policy, n);
    for (size_t i = 0; i < n; i++) {
        int64_t score;
        if (!str_eq(claim_cell(&rows[i], "year"), year) ||
            !str_to_int(claim_cell(&rows[i], "score"), &score))
            continue;
        all[s->policy_n++] = (struct campaign_compare_states_policy){
            claim_word(tiers_dimensions, claim_cell(&rows[i], "dimension")), score
        };
    }
    s->policy = all;
    s->policy_year = SOME_INT(day_year(year));
    compare_source(rq, claim_source(&rows[n - 1]), v);
}

static void fill_rate(struct req *rq, struct campaign_compare_states *s, struct campaign_compare *v)
{
    struct measure_rate rate = measure_rate_newest(rq->db, rq->arena, s->iso3, rq->when);
    if (!rate.is) return;
    s->rate_low = SOME_REAL(rate.low);
    s->rate_high = SOME_REAL(rate.high);
    s->rate_range = rate.high > rate.low;
    s->rate_year = SOME_INT(rate.year);
    s->rate_claim = claim_address(rq, rate.claim);
    compare_source(rq, rate.source, v);
}

void compare_facts(struct req *rq, int64_t tier_year, struct campaign_compare_states *s,
                   struct campaign_compare *v)
{
    fill_standing(rq, s, v);
    fill_events(rq, s, v);
    fill_policy(rq, s, v);
    fill_rate(rq, s, v);
    struct tiers_placed *placed;
    size_t n = tiers_of_state(rq->db, s->iso3, rq->when, &placed);
    s->tier_class = S("unknown");
    for (size_t i = 0; i < n; i++) {
        if (placed[i].year != tier_year || placed[i].sources == 0) continue;
        s->tier = placed[i].tier;
        s->tier_class = str_of(tiers_class(placed[i].tier.code));
        compare_source(rq, placed[i].source, v);
    }
}

static int block_of(str tier)
{
    static const char *const codes[] = { "1", "2", "2WL", "3", "SC" };
    for (int i = 0; i < (int)COUNT_OF(codes); i++)
        if (str_eq(tier, str_of(codes[i]))) return i;
    return -1;
}

void compare_tiers(struct req *rq, const struct campaign_compare_states *states, size_t n,
                   struct campaign_compare *v)
{
    struct draw_course courses[COMPARE_MAX];
    struct tiers_placed *placed[COMPARE_MAX];
    size_t years = 0;
    for (size_t i = 0; i < n; i++) {
        years = tiers_of_state(rq->db, states[i].iso3, rq->when, &placed[i]);
        struct draw_step *steps = arena_new(rq->arena, struct draw_step, years);
        for (size_t k = 0; k < years; k++) {
            steps[k] = (struct draw_step){ placed[i][k].year, block_of(placed[i][k].tier.code),
                                           tiers_class(placed[i][k].tier.code) };
            v->has_courses = v->has_courses || steps[k].line >= 0;
        }
        courses[i] = (struct draw_course){ states[i].name, steps };
    }
    struct campaign_compare_tier_years *rows = arena_new(rq->arena,
                                                         struct campaign_compare_tier_years, years);
    for (size_t k = 0; k < years; k++) {
        struct campaign_compare_tier_years_cells *cells = arena_new(
            rq->arena, struct campaign_compare_tier_years_cells, n);
        for (size_t i = 0; i < n; i++)
            if (placed[i][k].sources) cells[i].tier = placed[i][k].tier;
        rows[k] = (struct campaign_compare_tier_years){ placed[0][k].year, cells, n };
    }
    v->tier_years = rows;
    v->tier_years_n = years;
    str words[] = { lang_digits(rq->arena, rq->lang, S("1")),
                    lang_digits(rq->arena, rq->lang, S("2")), S("W"),
                    lang_digits(rq->arena, rq->lang, S("3")), S("S") };
    if (v->has_courses)
        v->courses = draw_courses(rq->arena, rq->lang, courses, n, years, words,
                                  say(rq, PHRASE("Tier, year by year")));
}

/* The same years for all, so that columns stand beneath one another. */
static struct draw_count *counts_of(struct req *rq, const struct measure_series *s, int64_t first,
                                    int64_t last, struct campaign_compare *v)
{
    struct draw_count *all = arena_new(rq->arena, struct draw_count, (size_t)(last - first + 1));
    for (int64_t y = first; y <= last; y++)
        all[y - first] = (struct draw_count){ .year = y, .is = DRAW_UNKNOWN };
    for (size_t i = 0; i < s->n; i++) {
        const struct measure_point *p = &s->points[i];
        struct draw_count *c = &all[p->year - first];
        if (p->source.n) compare_source(rq, p->source, v);
        if (p->known == MEASURE_SUPPRESSED) c->is = DRAW_SMALL;
        if (p->known != MEASURE_VALUE) continue;
        c->is = DRAW_VALUE;
        c->value = p->value;
    }
    return all;
}

static void fill_number_years(struct req *rq, struct draw_count *const *counts, size_t n,
                              int64_t first, int64_t last, struct campaign_compare *v)
{
    v->number_years_n = (size_t)(last - first + 1);
    struct campaign_compare_number_years *rows = arena_new(
        rq->arena, struct campaign_compare_number_years, v->number_years_n);
    for (size_t k = 0; k < v->number_years_n; k++) {
        struct campaign_compare_number_years_cells *cells = arena_new(
            rq->arena, struct campaign_compare_number_years_cells, n);
        for (size_t i = 0; i < n; i++) {
            cells[i].is_kept_back = counts[i][k].is == DRAW_SMALL;
            if (counts[i][k].is == DRAW_VALUE) cells[i].value = SOME_INT(counts[i][k].value);
        }
        rows[k] = (struct campaign_compare_number_years){ first + (int64_t)k, cells, n };
    }
    v->number_years = rows;
}

void compare_numbers(struct req *rq, struct campaign_compare_states *states, size_t n,
                     struct campaign_compare *v)
{
    struct measure_series series[COMPARE_MAX][MEASURE_SHOWN];
    struct draw_count *counts[COMPARE_MAX];
    int64_t first = 0, last = 0, most = 0;
    for (size_t i = 0; i < n; i++) {
        measure_of_state(rq->db, states[i].iso3, rq->when, series[i]);
        const struct measure_series *s = &series[i][0]; /* victims detected */
        if (s->n == 0) continue;
        if (!first || s->points[0].year < first) first = s->points[0].year;
        if (s->points[s->n - 1].year > last) last = s->points[s->n - 1].year;
        if (s->most > most) most = s->most;
    }
    if (!first) return;
    for (size_t i = 0; i < n; i++) {
        const struct measure_series *s = &series[i][0];
        counts[i] = counts_of(rq, s, first, last, v);
        if (s->n == 0) continue;
        states[i].has_numbers = true;
        if (s->most) states[i].top = SOME_INT(s->most);
        states[i].chart = draw_counts_on(rq->arena, rq->lang, counts[i], (size_t)(last - first + 1),
                                         v->common_scale ? most : 0, states[i].name);
    }
    v->has_numbers = true;
    fill_number_years(rq, counts, n, first, last, v);
}
