/* Movements between two years' reports, the downgrade rule in a year, and the years on the Watch List. */
#include "claim/pages.h"
#include "tiers/inside.h"
#include "tiers/watch.html.h"

#include <stdlib.h>

static uint8_t tier_in(const struct tiers_history *h, int64_t year)
{
    return h->tier[year - TIERS_FIRST_YEAR];
}

static bool differs_in(const struct tiers_history *h, int64_t year)
{
    return h->is_disputed[year - TIERS_FIRST_YEAR];
}

static bool is_whole(const enum tiers_cover *cover, int64_t year)
{
    return year >= TIERS_FIRST_YEAR && year <= TIERS_LAST_YEAR &&
           cover[year - TIERS_FIRST_YEAR] == TIERS_WHOLE;
}

/* ---- up and down ---- */

static str up_name(const void *thing)
{
    return ((const struct tiers_report_up *)thing)->name;
}

static str down_name(const void *thing)
{
    return ((const struct tiers_report_down *)thing)->name;
}

/* A special case stands outside the order; what sources dispute is not a movement. */
static bool is_ranked(const struct tiers_history *h, int64_t year)
{
    uint8_t tier = tier_in(h, year);
    return tier >= TIERS_1 && tier <= TIERS_3 && !differs_in(h, year);
}

static void fill_moved(struct req *rq, int64_t year, const struct tiers_history *all, size_t n,
                       struct tiers_report *v)
{
    struct tiers_report_up *up = arena_new(rq->arena, struct tiers_report_up, n);
    struct tiers_report_down *down = arena_new(rq->arena, struct tiers_report_down, n);
    for (size_t i = 0; i < n; i++) {
        if (!is_ranked(&all[i], year) || !is_ranked(&all[i], year - 1)) continue;
        uint8_t was = tier_in(&all[i], year - 1), is = tier_in(&all[i], year);
        str name = lang_state(rq->lang, all[i].iso3),
            address = web_beneath(rq, S("/countries/"), all[i].iso3);
        struct word from = tiers_words[was - 1], to = tiers_words[is - 1];
        if (is < was) up[v->up_n++] = (struct tiers_report_up){ name, address, from, to };
        if (is > was) down[v->down_n++] = (struct tiers_report_down){ name, address, from, to };
    }
    lang_sort(rq->arena, rq->lang, up, v->up_n, sizeof *up, up_name);
    lang_sort(rq->arena, rq->lang, down, v->down_n, sizeof *down, down_name);
    v->up = up;
    v->down = down;
    v->up_count = (int64_t)v->up_n;
    v->down_count = (int64_t)v->down_n;
}

/* ---- the downgrade rule ---- */

static str due_name(const void *thing)
{
    return ((const struct tiers_report_due *)thing)->name;
}

static void fill_due(struct req *rq, int64_t year, const struct tiers_history *all, size_t n,
                     const enum tiers_cover *cover, struct tiers_report *v)
{
    struct tiers_report_due *due = arena_new(rq->arena, struct tiers_report_due, n);
    for (size_t i = 0; i < n; i++) {
        struct tiers_due_of d = tiers_due_in(&all[i], cover, year);
        switch (d.due) {
        case TIERS_NOT_DUE: continue;
        case TIERS_CANNOT: v->undecided++; continue;
        case TIERS_DUE:
        case TIERS_DUE_SURELY: break;
        }
        struct tiers_report_due *out = &due[v->due_n++];
        *out = (struct tiers_report_due){
            .name = lang_state(rq->lang, all[i].iso3),
            .address = web_beneath(rq, S("/countries/"), all[i].iso3),
            .years = d.years,
            .is_at_least = d.is_at_least,
            .is_sure = d.due == TIERS_DUE_SURELY,
        };
        if (tier_in(&all[i], year) && !differs_in(&all[i], year)) {
            out->outcome = tiers_words[tier_in(&all[i], year) - 1];
            out->is_waived = tier_in(&all[i], year) == TIERS_WATCH;
        }
    }
    lang_sort(rq->arena, rq->lang, due, v->due_n, sizeof *due, due_name);
    v->due = due;
    v->due_count = (int64_t)v->due_n;
    v->has_due = v->due_n > 0;
    v->has_undecided = v->undecided > 0;
}

void tiers_fill_moves(struct req *rq, int64_t year, struct tiers_report *v)
{
    enum tiers_cover cover[TIERS_YEARS];
    tiers_covers(rq->db, rq->when, cover);
    struct tiers_history *all;
    size_t n = tiers_all(rq->db, rq->when, &all);
    v->is_first = year == TIERS_FIRST_YEAR;
    v->can_compare = is_whole(cover, year) && is_whole(cover, year - 1);
    if (v->can_compare) fill_moved(rq, year, all, n, v);
    v->rule_applies = year >= TIERS_RULE_FIRST_YEAR + 2;
    v->can_compute = v->rule_applies && is_whole(cover, year - 1);
    if (v->can_compute) fill_due(rq, year, all, n, cover, v);
    v->statute = web_beneath(rq, S("/law/US-TVPA-2000"));
    v->rule_source = claim_source_shown(rq, year < 2019 ? S("state-waiver-2018")
                                                        : S("state-waiver-2019"));
}

/* ---- years on the Watch List ---- */

static int by_years(const void *a, const void *b)
{
    const struct tiers_watch_states *x = a, *y = b;
    if (x->whole != y->whole) return x->whole > y->whole ? -1 : 1;
    if (x->longest != y->longest) return x->longest > y->longest ? -1 : 1;
    return str_cmp(x->address, y->address);
}

/* How many years each state stood on the Watch List. */
void tiers_page_watch(struct req *rq)
{
    enum tiers_cover cover[TIERS_YEARS];
    tiers_covers(rq->db, rq->when, cover);
    struct tiers_history *all;
    size_t n = tiers_all(rq->db, rq->when, &all);
    struct tiers_watch v = { .tiers = web_beneath(rq, S("/tiers")),
                             .table = claim_table_address(rq, &tiers_placements) };
    for (int i = 0; i < TIERS_YEARS; i++) v.whole_years += cover[i] == TIERS_WHOLE;
    struct tiers_watch_states *states = arena_new(rq->arena, struct tiers_watch_states, n);
    for (size_t i = 0; i < n; i++) {
        struct tiers_watched w = tiers_watched_of(&all[i], cover);
        if (w.whole + w.part == 0) continue;
        struct tiers_watch_states *s = &states[v.states_n++];
        *s = (struct tiers_watch_states){ .name = lang_state(rq->lang, all[i].iso3),
                                          .address = web_beneath(rq, S("/countries/"), all[i].iso3),
                                          .whole = w.whole,
                                          .longest = w.longest };
        if (w.part) s->part = SOME_INT(w.part);
        if (!w.longest) continue;
        s->first = SOME_INT(w.first);
        s->last = SOME_INT(w.last);
    }
    qsort(states, v.states_n, sizeof *states, by_years);
    v.states = states;
    v.count = (int64_t)v.states_n;
    struct head head = { .title = say(rq, PHRASE("Years on the Watch List")),
                         .section = "tiers",
                         .description = say(rq, PHRASE("How many years each state stood on the "
                                                       "Tier 2 Watch List, counted from whole "
                                                       "lists, gaps shown.")) };
    page(rq, head, &tiers_watch_view, &v);
}
