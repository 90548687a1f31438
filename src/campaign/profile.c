#include "campaign/profile.h"

#include "base/day.h"
#include "claim/pages.h"
#include "draw/draw.h"
#include "help/help.h"
#include "measure/measure.h"
#include "members/members.h"
#include "tiers/tiers.h"

const char *campaign_standing_class(enum law_standing s)
{
    switch (s) {
    case LAW_PARTY: return "party";
    case LAW_SIGNED: return "signed";
    case LAW_PARTICIPANT: return "participant";
    case LAW_NOTHING: return "unknown";
    }
    return "unknown";
}

/* The first and last day of everything shown. */
static void note_day(struct campaign_country *v, str day)
{
    if (day.n == 0) return;
    if (!v->newest.p || str_cmp(day, v->newest) > 0) v->newest = day;
    if (!v->oldest.p || str_cmp(day, v->oldest) < 0) v->oldest = day;
}

static bool has_reply(const struct replied *r, str claim)
{
    for (size_t i = 0; i < r->n; i++)
        if (str_eq(r->which[i], claim)) return true;
    return false;
}

void profile_helplines(struct req *rq, str iso3, const struct replied *replied,
                       struct campaign_country *v)
{
    struct claim *rows;
    size_t n = claim_read(rq->db, &help_lines, iso3, rq->when, &rows);
    struct campaign_country_helplines *all = arena_new(rq->arena, struct campaign_country_helplines,
                                                       n);
    bool is_of_now = rq->when.on.n == 0 && rq->when.known == CLAIM_NOW.known;
    for (size_t i = 0; i < n; i++) {
        const struct claim *c = &rows[n - 1 - i]; /* newest first */
        str number = claim_cell(c, "number"), confidence = claim_cell(c, "confidence"),
            checked = claim_cell(c, "as_of");
        all[i] = (struct campaign_country_helplines){
            .name = claim_cell(c, "name"),
            .number = str_or_absent(number),
            .call = is_of_now ? /* a number of a past day may be somebody else's by now */
                        help_call_line(rq->arena, number, confidence, checked, rq->now)
                              : (str){ NULL, 0 },
            .abroad = str_or_absent(claim_cell(c, "number_from_abroad")),
            .hours = str_or_absent(claim_cell(c, "hours")),
            .languages = str_or_absent(claim_cell(c, "languages")),
            .confidence = claim_word(help_confidences, confidence),
            .checked = str_or_absent(checked),
            .claim = claim_address(rq, c->id),
            .replied = has_reply(replied, c->id),
            .source = claim_source_shown(rq, claim_source(c)),
        };
        note_day(v, checked);
    }
    v->helplines = all;
    v->helplines_n = n;
    v->has_helpline = n > 0;
}

static void fill_standing(const struct law_standing_of *s, struct campaign_country *v)
{
    v->standing = law_standings[s->standing];
    v->standing_class = str_of(campaign_standing_class(s->standing));
    v->is_disputed = s->is_disputed;
    v->date_missing = s->is_date_missing;
    if (day_year(s->bound_on)) v->bound_year = SOME_INT(day_year(s->bound_on));
}

/* What its own law and offices answer, in the order of the words for it. */
static void fill_own(struct req *rq, str iso3, const struct replied *replied,
                     struct campaign_country *v)
{
    struct claim *rows;
    size_t n = law_commitments_of(rq->db, iso3, rq->when, &rows);
    struct campaign_country_own *all = arena_new(rq->arena, struct campaign_country_own, n);
    for (const struct word *p = law_predicates; p->code.n; p++) {
        for (size_t i = 0; i < n; i++) {
            if (!str_eq(claim_cell(&rows[i], "predicate"), p->code)) continue;
            struct campaign_country_own *out = &all[v->own_n++];
            *out = (struct campaign_country_own){
                .predicate = *p,
                .from = str_or_absent(claim_cell(&rows[i], "from")),
                .to = str_or_absent(claim_cell(&rows[i], "to")),
                .note = str_or_absent(claim_cell(&rows[i], "note")),
                .claim = claim_address(rq, rows[i].id),
                .replied = has_reply(replied, rows[i].id),
                .source = claim_source_shown(rq, claim_source(&rows[i])),
            };
            if (!law_answer_of(&rows[i], &out->answer)) out->value = claim_cell(&rows[i], "value");
            note_day(v, claim_cell(&rows[i], "from"));
        }
    }
    v->own = all;
    v->has_own = v->own_n > 0;
    v->convergence = web_beneath(rq, S("/law/convergence"));
}

void profile_acts(struct req *rq, str iso3, const struct replied *replied,
                  struct campaign_country *v)
{
    struct claim *rows;
    size_t n = law_protocol_of(rq->db, iso3, rq->when, &rows);
    struct law_standing_of standing = law_stand(iso3, rows, n);
    fill_standing(&standing, v);
    struct campaign_country_acts *all = arena_new(rq->arena, struct campaign_country_acts, n);
    for (size_t i = 0; i < n; i++) {
        str basis = claim_cell(&rows[i], "basis"), date = claim_cell(&rows[i], "date"),
            event = claim_cell(&rows[i], "event");
        bool is_start = str_eq(event, S("entry_into_force"));
        all[i] = (struct campaign_country_acts){
            .event = claim_word(law_events, event),
            .date = str_or_absent(date),
            .is_computed = is_start && str_eq(basis, S("computed")),
            .is_back = !is_start && str_eq(basis, S("computed")),
            .is_inferred = str_eq(basis, S("inferred")),
            .note = str_or_absent(claim_cell(&rows[i], "note")),
            .claim = claim_address(rq, rows[i].id),
            .replied = has_reply(replied, rows[i].id),
            .source = claim_source_shown(rq, claim_source(&rows[i])),
        };
        note_day(v, date);
    }
    v->acts = all;
    v->acts_n = n;
    v->has_acts = n > 0;
    fill_own(rq, iso3, replied, v);
}

void profile_events(struct req *rq, str iso3, const struct replied *replied,
                    struct campaign_country *v)
{
    struct claim *rows;
    size_t n = members_of_state(rq->db, iso3, rq->when, &rows);
    struct campaign_country_events *all = arena_new(rq->arena, struct campaign_country_events, n);
    str joined = S("");
    for (size_t i = 0; i < n; i++) {
        str date = claim_cell(&rows[i], "date"), precision = claim_cell(&rows[i], "precision");
        bool is_by = str_starts(precision, S("by_"));
        all[i] = (struct campaign_country_events){
            .event = claim_word(members_events, claim_cell(&rows[i], "event")),
            .date = str_or_absent(date),
            .by = is_by,
            .detail = str_or_absent(claim_cell(&rows[i], "detail")),
            .note = str_or_absent(claim_cell(&rows[i], "note")),
            .claim = claim_address(rq, rows[i].id),
            .replied = has_reply(replied, rows[i].id),
            .source = claim_source_shown(rq, claim_source(&rows[i])),
        };
        note_day(v, date);
        if (members_is_taking_part(&rows[i])) v->takes_part = true;
        bool tells_joining = str_eq(claim_cell(&rows[i], "about"), S("joining")) && !is_by &&
                             date.n;
        if (!tells_joining) continue;
        bool differs = joined.n && !day_may_be_same(joined, date);
        v->events_differ = v->events_differ || differs;
        joined = date;
    }
    if (members_has_left(rows, n)) v->takes_part = false;
    v->events = all;
    v->events_n = n;
    v->has_events = n > 0;
    if (n)
        v->member = web_beneath(rq, S("/members/"),
                                members_slug(rq->arena, claim_cell(&rows[0], "entity")));
}

/* Tier 1 on top; a special case stands apart, below the rest. */
static int line_of(str code)
{
    static const char *const lines[] = { "1", "2", "2WL", "3", "SC" };
    for (int i = 0; i < (int)COUNT_OF(lines); i++)
        if (str_eq(code, str_of(lines[i]))) return i;
    return -1;
}

static html tier_chart(struct req *rq, const struct tiers_placed *placed, size_t n)
{
    struct draw_step *steps = arena_new(rq->arena, struct draw_step, n);
    bool has_special = false;
    for (size_t i = 0; i < n; i++) {
        steps[i] = (struct draw_step){ placed[i].year, line_of(placed[i].tier.code),
                                       tiers_class(placed[i].tier.code) };
        has_special = has_special || steps[i].line == 4;
    }
    str lines[] = { lang_digits(rq->arena, rq->lang, S("1")),
                    lang_digits(rq->arena, rq->lang, S("2")),
                    lang_digits(rq->arena, rq->lang, S("2 WL")),
                    lang_digits(rq->arena, rq->lang, S("3")), S("–") };
    return draw_steps(rq->arena, rq->lang, steps, n, lines, has_special ? 5 : 4,
                      say(rq, PHRASE("Tier by year")));
}

static struct maybe_int some(int64_t score)
{
    return score ? SOME_INT(score) : (struct maybe_int){ 0 };
}

static void fill_scores(struct req *rq, str iso3, struct campaign_country *v)
{
    struct tiers_score *scores;
    size_t n = tiers_scores_of(rq->db, iso3, rq->when, &scores);
    struct campaign_country_scores *all = arena_new(rq->arena, struct campaign_country_scores, n);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct campaign_country_scores){
            scores[i].year,        some(scores[i].of[0]), some(scores[i].of[1]),
            some(scores[i].of[2]), some(scores[i].of[3]), claim_address(rq, scores[i].claim)
        };
    v->scores = all;
    v->scores_n = n;
    v->has_scores = n > 0;
    if (n == 0) return;
    struct web_source *source = arena_new(rq->arena, struct web_source, 1);
    *source = claim_source_shown(rq, scores[n - 1].source);
    v->score_source = source;
}

static const struct word moves[] = {
    { S_CONST("up"), PHRASE_CONST("The newer placement is the higher one, closer to Tier 1.") },
    { S_CONST("down"), PHRASE_CONST("The newer placement is the lower one, closer to Tier 3.") },
    { S_CONST("same"), PHRASE_CONST("Both placements are the same.") },
};

/* The placement before the newest, and which way it moved where that can be said. */
static void fill_before(struct req *rq, const struct tiers_placed *placed, size_t n,
                        struct campaign_country *v)
{
    const struct tiers_placed *last = NULL, *before = NULL;
    for (size_t i = 0; i < n; i++) {
        if (placed[i].sources == 0) continue;
        before = last;
        last = &placed[i];
    }
    if (!before) return;
    struct campaign_country_before *b = arena_new(rq->arena, struct campaign_country_before, 1);
    *b = (struct campaign_country_before){ .was = before->tier,
                                           .was_year = before->year,
                                           .is_apart = last->year > before->year + 1 };
    int now = line_of(last->tier.code), then = line_of(before->tier.code);
    bool can_tell = !last->is_disputed && !before->is_disputed && now >= 0 && now < 4 &&
                    then >= 0 && then < 4;
    if (can_tell) b->move = moves[now < then ? 0 : now > then ? 1 : 2];
    v->before = b;
    v->before_n = 1;
}

void profile_tiers(struct req *rq, str iso3, const struct replied *replied,
                   struct campaign_country *v)
{
    struct tiers_placed *placed;
    size_t n = tiers_of_state(rq->db, iso3, rq->when, &placed);
    struct campaign_country_tiers *all = arena_new(rq->arena, struct campaign_country_tiers, n);
    for (size_t i = 0; i < n; i++) {
        const struct tiers_placed *p = &placed[i];
        all[i] = (struct campaign_country_tiers){ .year = p->year, .is_disputed = p->is_disputed };
        if (p->sources == 0) continue;
        all[i].tier = p->tier;
        all[i].claim = claim_address(rq, p->claim);
        all[i].replied = has_reply(replied, p->claim);
        v->tier = p->tier;
        v->tier_year = SOME_INT(p->year);
        v->has_tiers = true;
        v->tiers_disputed = v->tiers_disputed || p->is_disputed;
    }
    v->tiers = all;
    v->tiers_n = n;
    fill_before(rq, placed, n, v);
    if (v->has_tiers) v->tier_chart = tier_chart(rq, placed, n);
    fill_scores(rq, iso3, v);
}

static void fill_series(struct req *rq, const struct measure_series *s,
                        struct campaign_country_numbers *out)
{
    struct campaign_country_numbers_points *points = arena_new(
        rq->arena, struct campaign_country_numbers_points, s->n);
    struct draw_count *counts = arena_new(rq->arena, struct draw_count, s->n);
    const struct measure_point *latest = NULL;
    for (size_t i = 0; i < s->n; i++) {
        const struct measure_point *p = &s->points[i];
        points[i] = (struct campaign_country_numbers_points){
            .year = p->year, .is_suppressed = p->known == MEASURE_SUPPRESSED
        };
        counts[i] = (struct draw_count){ .year = p->year, .is = DRAW_UNKNOWN };
        if (p->claim.n) points[i].claim = claim_address(rq, p->claim);
        if (p->known != MEASURE_UNKNOWN) latest = p;
        if (p->known == MEASURE_SUPPRESSED) counts[i].is = DRAW_SMALL;
        if (p->known != MEASURE_VALUE) continue;
        points[i].value = SOME_INT(p->value);
        counts[i].is = DRAW_VALUE;
        counts[i].value = p->value;
    }
    *out = (struct campaign_country_numbers){
        .metric = s->metric,
        .is_latest_small = latest && latest->known == MEASURE_SUPPRESSED,
        .points = points,
        .points_n = s->n,
        .chart = draw_counts(rq->arena, rq->lang, counts, s->n, say(rq, s->metric.phrase))
    };
    if (latest) out->latest_year = SOME_INT(latest->year);
    if (latest && latest->known == MEASURE_VALUE) out->latest = SOME_INT(latest->value);
}

#define NUMBER_SOURCES_MAX 16

/* Notes a source once. */
static void add_source(struct req *rq, str id, struct web_source *all, size_t *n)
{
    if (id.n == 0 || *n == NUMBER_SOURCES_MAX) return;
    for (size_t i = 0; i < *n; i++)
        if (str_eq(all[i].id, id)) return;
    all[(*n)++] = claim_source_shown(rq, id);
}

void profile_numbers(struct req *rq, str iso3, struct campaign_country *v)
{
    struct measure_series series[MEASURE_SHOWN];
    measure_of_state(rq->db, iso3, rq->when, series);
    struct campaign_country_numbers *all = arena_new(rq->arena, struct campaign_country_numbers,
                                                     MEASURE_SHOWN);
    struct web_source *sources = arena_new(rq->arena, struct web_source, NUMBER_SOURCES_MAX);
    for (int i = 0; i < MEASURE_SHOWN; i++) {
        if (series[i].n == 0) continue;
        fill_series(rq, &series[i], &all[v->numbers_n++]);
        for (size_t k = 0; k < series[i].n; k++)
            add_source(rq, series[i].points[k].source, sources, &v->number_sources_n);
    }
    v->numbers = all;
    v->has_numbers = v->numbers_n > 0;
    v->number_sources = sources;
}
