/* The pages of the calendar: what comes next, and one day or month. */
#include "calendar/pages.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/day.h"
#include "calendar/calendar.html.h"
#include "calendar/observance.html.h"
#include "claim/pages.h"
#include "search/search.h"

static calendar_kit_fn *kit_of;

void calendar_kits_are(calendar_kit_fn *kit)
{
    kit_of = kit;
}

static bool is_month(const struct calendar_day *d)
{
    return d->first.n && !str_eq(d->first, d->last);
}

static bool is_event(const struct claim *c, const char *event)
{
    return str_eq(claim_cell(c, "event"), str_of(event));
}

static bool is_rival(const struct claim *a, const struct claim *b)
{
    return !str_eq(claim_cell(a, "act"), claim_cell(b, "act")) ||
           !day_may_be_same(claim_cell(a, "date"), claim_cell(b, "date"));
}

static bool differs(const struct calendar_day *d)
{
    for (size_t i = 0; i < d->n; i++)
        for (size_t j = 0; j < i; j++)
            if (is_event(&d->said[i], "created") && is_event(&d->said[j], "created") &&
                is_rival(&d->said[i], &d->said[j]))
                return true;
    return false;
}

static str first_act(const struct calendar_day *d)
{
    for (size_t i = 0; i < d->n; i++)
        if (is_event(&d->said[i], "created")) return claim_cell(&d->said[i], "act");
    return S("");
}

/* Days and months, the next one first. */
static void all(struct req *rq)
{
    struct calendar_day *days;
    str day = web_day(rq);
    size_t n = calendar_all(rq->db, day, rq->when, &days);
    struct calendar_calendar_days *rows = arena_new(rq->arena, struct calendar_calendar_days,
                                                    n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct calendar_day *d = &days[i];
        rows[i] = (struct calendar_calendar_days){
            .name = calendar_name(rq->lang, d),
            .sort = d->sort,
            .scope = d->scope,
            .first = str_or_absent(d->first),
            .last = str_or_absent(d->last),
            .is_now = d->first.n && str_cmp(d->first, day) <= 0,
            .act = str_or_absent(differs(d) ? S("") : first_act(d)),
            .differs = differs(d),
            .address = web_beneath(rq, S("/calendar/"), d->slug),
        };
        if (d->iso3.n) rows[i].state = lang_state(rq->lang, d->iso3);
        if (is_month(d)) rows[i].month = str_cut(d->first, 7);
    }
    struct calendar_calendar v = {
        .today = day,
        .days = rows,
        .days_n = n,
        .file = ARENA_JOIN(rq->arena, S("/calendar.ics?lang="), lang_code(rq->lang)),
        .table = claim_table_address(rq, &calendar_observances),
        .is_foreign = !lang_is_english(rq->lang),
    };
    struct head head = { .title = say(rq, PHRASE("Calendar")),
                         .section = "calendar",
                         .description = say(rq, PHRASE("Days and months given to the matter, the "
                                                       "next one first, each with the act that "
                                                       "made it.")) };
    page(rq, head, &calendar_calendar_view, &v);
}

static void add_created(struct req *rq, const struct claim *c,
                        struct calendar_observance_created *out)
{
    *out = (struct calendar_observance_created){ str_or_absent(claim_cell(c, "act")),
                                                 str_or_absent(claim_cell(c, "date")),
                                                 str_or_absent(claim_cell(c, "note")),
                                                 claim_address(rq, c->id),
                                                 claim_source_shown(rq, claim_source(c)) };
}

static void add_year(struct req *rq, const struct claim *c, struct calendar_observance_years *out)
{
    *out = (struct calendar_observance_years){ lang_digits(rq->arena, rq->lang,
                                                           claim_cell(c, "year")),
                                               str_or_absent(claim_cell(c, "act")),
                                               str_or_absent(claim_cell(c, "date")),
                                               str_or_absent(claim_cell(c, "note")),
                                               claim_address(rq, c->id),
                                               claim_source_shown(rq, claim_source(c)) };
}

static void add_observed(struct req *rq, const struct claim *c,
                         struct calendar_observance_observed *out)
{
    *out = (struct calendar_observance_observed){ str_or_absent(claim_cell(c, "date")),
                                                  str_or_absent(claim_cell(c, "note")),
                                                  claim_address(rq, c->id),
                                                  claim_source_shown(rq, claim_source(c)) };
}

/* One day or month with what is said of it. */
static void one(struct req *rq)
{
    struct calendar_day *days;
    str slug = in_path(rq, "slug"), day = web_day(rq);
    size_t n = calendar_all(rq->db, day, rq->when, &days), i = 0;
    while (i < n && !str_eq(days[i].slug, slug)) i++;
    if (i == n) {
        not_found(rq, PHRASE("The calendar has no day called {asked}."), slug);
        return;
    }
    const struct calendar_day *d = &days[i];
    struct calendar_observance_created *created = arena_new(
        rq->arena, struct calendar_observance_created, d->n);
    struct calendar_observance_years *years = arena_new(rq->arena, struct calendar_observance_years,
                                                        d->n);
    struct calendar_observance_observed *observed = arena_new(
        rq->arena, struct calendar_observance_observed, d->n);
    struct calendar_observance v = {
        .name = calendar_name(rq->lang, d),
        .sort = d->sort,
        .scope = d->scope,
        .first = str_or_absent(d->first),
        .last = str_or_absent(d->last),
        .is_now = d->first.n && str_cmp(d->first, day) <= 0,
        .differs = differs(d),
        .created = created,
        .years = years,
        .observed = observed,
        .all = web_beneath(rq, S("/calendar")),
        .file = ARENA_JOIN(rq->arena, S("/calendar.ics?lang="), lang_code(rq->lang)),
        .table = claim_table_address(rq, &calendar_observances),
        .is_past = rq->when.on.n > 0,
        .is_foreign = !lang_is_english(rq->lang),
    };
    if (d->iso3.n) {
        v.state = lang_state(rq->lang, d->iso3);
        v.country = web_beneath(rq, S("/countries/"), d->iso3);
    }
    if (kit_of) v.kit = str_or_absent(kit_of(rq, slug));
    if (is_month(d)) v.month = str_cut(d->first, 7);
    for (size_t j = 0; j < d->n; j++) {
        const struct claim *c = &d->said[j];
        if (is_event(c, "created")) add_created(rq, c, &created[v.created_n++]);
        else if (is_event(c, "proclaimed")) add_year(rq, c, &years[v.years_n++]);
        else add_observed(rq, c, &observed[v.observed_n++]);
    }
    v.has_years = v.years_n > 0;
    v.has_observed = v.observed_n > 0;
    struct head head = { .title = v.name, .section = "calendar", .description = v.name };
    page(rq, head, &calendar_observance_view, &v);
}

static void documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    struct calendar_day *days;
    struct arena *a = db_arena(db);
    char day[DAY_TEXT];
    day_text(now, day);
    size_t n = calendar_all(db, str_of(day), CLAIM_NOW, &days);
    for (size_t i = 0; i < n; i++) {
        struct sink body;
        sink_open(&body, a, KIB(16));
        put(&body, days[i].name);
        for (size_t j = 0; j < days[i].n; j++) {
            put_lit(&body, "\n");
            put(&body, claim_cell(&days[i].said[j], "act"));
        }
        search_add(into, (struct search_doc){ .part = SEARCH_TAKING_PART,
                                              .path = ARENA_JOIN(a, S("/calendar/"), days[i].slug),
                                              .title = calendar_name(l, &days[i]),
                                              .body = sink_str(&body),
                                              .written_in = l });
    }
}

static const struct route routes[] = {
    { GET, UNDER_LANG, "/calendar", ANYONE, all, "Days and months given to the matter.",
      &calendar_calendar_view, NULL },
    { GET, UNDER_LANG, "/calendar/:slug", ANYONE, one,
      "One day or month, the act that made it, and when it comes next.", &calendar_observance_view,
      NULL },
    { GET, AT_ROOT, "/calendar.ics", ANYONE, calendar_file,
      "The days and months for other calendars (RFC 5545).", NULL, "lang" },
    { 0 },
};

static const struct gives gives[] = {
    { "/calendar.ics", "text/calendar", "/calendar.ics" },
    { "/calendar/:slug", NULL, "/calendar/world-day" },
    { 0 },
};

static const struct claim_kind *const kinds[] = { &calendar_observances, NULL };

const struct room calendar_room = {
    .name = "calendar",
    .purpose = "days and months given to the matter, and the acts that made them",
    .routes = routes,
    .gives = gives,
    .kinds = kinds,
    .documents = documents,
};
