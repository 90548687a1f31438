/* What grew old, is missing or in doubt: each list is read from the tables as they are. */
#include "facts/survey.h"

#include "base/day.h"
#include "calendar/calendar.h"
#include "facts/inside.h"
#include "tiers/tiers.h"

#include <stdlib.h>

#define AHEAD_DAYS       45
#define TEXT_BEFORE_DAYS 60 /* a text this long before an observance is about it */
#define OFFICE_YEARS     4
#define SOURCE_YEARS     2
#define PROGRAMME_YEARS  2 /* after its end it is asked about this long */
#define METRICS_MAX      400

const struct word facts_list_names[] = {
    { S_CONST("helplines"), PHRASE_CONST("Helplines nobody checked for a year") },
    { S_CONST("emergency"), PHRASE_CONST("Emergency numbers nobody checked for a year") },
    { S_CONST("tiers"), PHRASE_CONST("Tiers missing for a published year") },
    { S_CONST("programmes"),
      PHRASE_CONST("Programmes past their end of which nothing later is told") },
    { S_CONST("offices"), PHRASE_CONST("Holders of an office last heard of four years ago") },
    { S_CONST("statistics"), PHRASE_CONST("Figures whose publisher has said more since") },
    { S_CONST("sources"), PHRASE_CONST("Sources nobody read for two years") },
    { S_CONST("weak"), PHRASE_CONST("Weak sources in use") },
    { S_CONST("conflicts"), PHRASE_CONST("Questions on which sources differ") },
    { S_CONST("observances"), PHRASE_CONST("Observances of the next 45 days without a text") },
    { S_CONST(""), PHRASE_CONST("") },
};

struct gathering {
    struct db *db;
    struct arena *a;
    str today;
    struct facts_line *lines; /* NULL: they are only counted */
    size_t shown;
    int64_t n;
};

static void add(struct gathering *g, struct facts_line line)
{
    g->n++;
    if (g->lines && g->shown < LINES_SHOWN) g->lines[g->shown++] = line;
}

static size_t rows_of(struct gathering *g, const char *kind, struct claim **rows)
{
    const struct claim_kind *k = claim_kind_named(str_of(kind));
    return k ? claim_read(g->db, k, CLAIM_ALL, CLAIM_NOW, rows) : 0;
}

/* The same day so many years ago; compared as text, so 29 February needs no care. */
static str years_ago(const struct gathering *g, int years)
{
    return arena_format(g->a, "%04d" STR_FMT, (int)day_year(g->today) - years,
                        STR_ARG(str_from(g->today, 4)));
}

static bool is_before(struct gathering *g, str day, str limit)
{
    return !day.n || str_cmp(day_last(g->a, day), limit) < 0;
}

/* ---- numbers to call ---- */

static void numbers(struct gathering *g, const char *kind, const char *name)
{
    struct claim *rows;
    str limit = years_ago(g, 1);
    size_t n = rows_of(g, kind, &rows);
    for (size_t i = 0; i < n; i++) {
        str day = claim_cell(&rows[i], "as_of");
        if (!is_before(g, day, limit)) continue;
        add(g, (struct facts_line){ .what = claim_cell(&rows[i], "iso3"),
                                    .detail = ARENA_JOIN(g->a, claim_cell(&rows[i], name), S(" · "),
                                                         claim_cell(&rows[i], "number")),
                                    .day = day,
                                    .claim = rows[i].id });
    }
}

/* ---- tiers ---- */

/* A state that has a tier before and after a year, or had one in the three years before, should have one in it. */
static bool should_have(const struct tiers_history *h, int year)
{
    bool was = false, is_later = false, was_lately = false;
    for (int y = 0; y < TIERS_YEARS; y++) {
        if (!h->tier[y]) continue;
        was |= y < year;
        is_later |= y > year;
        was_lately |= y < year && y >= year - 3;
    }
    return !h->tier[year] && ((was && is_later) || was_lately);
}

static void tiers(struct gathering *g)
{
    struct tiers_history *all;
    struct tiers_year years[TIERS_YEARS];
    size_t n = tiers_all(g->db, CLAIM_NOW, &all);
    tiers_counts(g->db, CLAIM_NOW, years);
    for (int y = TIERS_YEARS - 1; y >= 0; y--) {
        struct sink names;
        int64_t missing = 0;
        if (years[y].placed == 0) continue;
        sink_open(&names, g->a, KIB(8));
        for (size_t i = 0; i < n; i++) {
            if (!should_have(&all[i], y)) continue;
            if (missing++ >= 12) continue;
            if (names.n) put_lit(&names, " ");
            put(&names, all[i].iso3);
        }
        if (!missing) continue;
        str year = arena_format(g->a, "%d", TIERS_FIRST_YEAR + y);
        add(g, (struct facts_line){
                   .what = year,
                   .detail = ARENA_JOIN(g->a, sink_str(&names), missing > 12 ? S(" …") : S("")),
                   .n = missing,
                   .claim = S(""),
                   .path = ARENA_JOIN(g->a, S("/desk/facts/tiers/new?c1="), year) });
        g->n += missing - 1; /* what is missing are tiers, not years */
    }
}

/* ---- programmes and offices ---- */

static bool same_cells(const struct claim *a, const struct claim *b, const char *const *names)
{
    for (; *names; names++)
        if (!str_eq(claim_cell(a, *names), claim_cell(b, *names))) return false;
    return true;
}

/* Phases that ended in the last two years and of which nothing later is told. */
static void programmes(struct gathering *g)
{
    static const char *const phase[] = { "programme", "phase", NULL };
    struct claim *rows;
    str limit = years_ago(g, PROGRAMME_YEARS);
    size_t n = rows_of(g, "programmes", &rows);
    for (size_t i = 0; i < n; i++) {
        str to = claim_cell(&rows[i], "to");
        bool is_over = str_eq(claim_cell(&rows[i], "property"), S("runs")) && to.n &&
                       is_before(g, to, g->today) && !is_before(g, to, limit);
        for (size_t k = 0; is_over && k < n; k++) {
            if (k == i || !same_cells(&rows[i], &rows[k], phase)) continue;
            str from = claim_cell(&rows[k], "from"), until = claim_cell(&rows[k], "to");
            bool is_later = (from.n && str_cmp(day_last(g->a, from), day_last(g->a, to)) > 0) ||
                            (until.n && str_cmp(day_last(g->a, until), day_last(g->a, to)) > 0);
            is_over = !is_later;
        }
        if (is_over)
            add(g, (struct facts_line){ .what = claim_cell(&rows[i], "programme"),
                                        .detail = claim_cell(&rows[i], "phase"),
                                        .day = to,
                                        .claim = rows[i].id });
    }
}

/* Whoever was last heard of in an office years ago, and nobody says they left. */
static void offices(struct gathering *g)
{
    static const char *const holder[] = { "body", "office", "person", NULL };
    struct claim *rows;
    str limit = years_ago(g, OFFICE_YEARS);
    size_t n = rows_of(g, "offices", &rows);
    for (size_t i = 0; i < n; i++) {
        str day = claim_cell(&rows[i], "date");
        bool is_last = is_before(g, day, limit) &&
                       !str_eq(claim_cell(&rows[i], "event"), S("left"));
        for (size_t k = 0; is_last && k < n; k++) {
            if (k == i || !same_cells(&rows[i], &rows[k], holder)) continue;
            int order = str_cmp(claim_cell(&rows[k], "date"), day);
            bool is_left = str_eq(claim_cell(&rows[k], "event"), S("left"));
            is_last = !is_left && (order < 0 || (order == 0 && k < i));
        }
        if (is_last)
            add(g,
                (struct facts_line){ .what = claim_cell(&rows[i], "person"),
                                     .detail = ARENA_JOIN(g->a, claim_cell(&rows[i], "office"),
                                                          S(" · "), claim_cell(&rows[i], "body")),
                                     .day = day,
                                     .claim = rows[i].id });
    }
}

/* ---- statistics ---- */

struct metric {
    str metric, source, publisher, as_of;
    int64_t n;
};

static str publisher_of(struct db *db, str source)
{
    struct claim *rows;
    return claim_read(db, &claim_sources, source, CLAIM_NOW, &rows)
               ? claim_cell(&rows[0], "publisher")
               : S("");
}

static size_t metrics_of(struct gathering *g, struct metric *all)
{
    struct claim *rows;
    size_t n = rows_of(g, "statistics", &rows), found = 0, at = 0;
    for (size_t i = 0; i < n; i++) {
        str metric = claim_cell(&rows[i], "metric"), source = claim_source(&rows[i]);
        bool is_same = at < found && str_eq(all[at].metric, metric) &&
                       str_eq(all[at].source, source);
        for (size_t k = 0; !is_same && k < found; k++) {
            is_same = str_eq(all[k].metric, metric) && str_eq(all[k].source, source);
            if (is_same) at = k;
        }
        if (!is_same && found == METRICS_MAX) continue;
        if (!is_same) {
            at = found++;
            all[at] = (struct metric){ metric, source, publisher_of(g->db, source), S(""), 0 };
        }
        all[at].n++;
        if (str_cmp(claim_cell(&rows[i], "as_of"), all[at].as_of) > 0)
            all[at].as_of = claim_cell(&rows[i], "as_of");
    }
    return found;
}

/* Figures that rest on a source whose publisher has said more about the same since. */
static void statistics(struct gathering *g)
{
    struct metric *all = arena_new(g->a, struct metric, METRICS_MAX);
    size_t n = metrics_of(g, all);
    for (size_t i = 0; i < n; i++) {
        const struct metric *newer = NULL;
        for (size_t k = 0; k < n; k++) {
            bool is_newer = str_eq(all[k].metric, all[i].metric) && all[i].publisher.n &&
                            str_eq(all[k].publisher, all[i].publisher) &&
                            str_cmp(all[k].as_of, all[i].as_of) > 0;
            if (is_newer && (!newer || str_cmp(all[k].as_of, newer->as_of) > 0)) newer = &all[k];
        }
        if (newer)
            add(g, (struct facts_line){
                       .what = all[i].metric,
                       .detail = ARENA_JOIN(g->a, all[i].source, S(" → "), newer->source),
                       .day = all[i].as_of,
                       .n = all[i].n,
                       .claim = S(""),
                       .path = ARENA_JOIN(g->a, S("/desk/facts?kind=statistics&source="),
                                          all[i].source) });
    }
}

/* ---- sources ---- */

static void sources(struct gathering *g, bool wants_weak)
{
    struct claim *rows;
    const struct survey *all;
    str limit = years_ago(g, SOURCE_YEARS);
    size_t kinds = survey_all(g->db, &all), n = rows_of(g, "sources", &rows);
    for (size_t i = 0; i < n; i++) {
        str day = claim_cell(&rows[i], "checked");
        bool is_weak = str_eq(claim_cell(&rows[i], "grade"), S("weak"));
        if (wants_weak ? !is_weak : !is_before(g, day, limit)) continue;
        int64_t uses = survey_uses(all, kinds, claim_cell(&rows[i], "id"));
        if (uses)
            add(g, (struct facts_line){ .what = claim_cell(&rows[i], "name"),
                                        .detail = claim_cell(&rows[i], "publisher"),
                                        .day = day,
                                        .n = uses,
                                        .claim = rows[i].id });
    }
}

static void conflicts(struct gathering *g)
{
    const struct survey *all;
    size_t kinds = survey_all(g->db, &all);
    for (size_t i = 0; i < kinds; i++) {
        if (!all[i].conflicts) continue;
        add(g, (struct facts_line){ .kind_of_what = kind_name(all[i].kind),
                                    .what = S(""),
                                    .detail = S(""),
                                    .n = all[i].conflicts,
                                    .claim = S(""),
                                    .path = ARENA_JOIN(g->a, S("/desk/facts?only=conflict&kind="),
                                                       str_of(all[i].kind->name)) });
        g->n += all[i].conflicts - 1;
    }
}

/* ---- observances ---- */

/* A kit comes with the day every year: it is not what was written for this one. */
static bool has_text(const struct claim *texts, size_t n, str slug, str since)
{
    for (size_t i = 0; i < n; i++) {
        bool is_about = str_eq(claim_cell(&texts[i], "theme"), slug) ||
                        str_has(claim_cell(&texts[i], "slug"), slug);
        if (str_eq(claim_cell(&texts[i], "kind"), S("kit"))) continue;
        if (is_about && str_cmp(claim_cell(&texts[i], "published"), since) >= 0) return true;
    }
    return false;
}

static void observances(struct gathering *g)
{
    struct calendar_day *days;
    struct claim *texts;
    str last = day_after(g->a, g->today, AHEAD_DAYS),
        since = day_after(g->a, g->today, -TEXT_BEFORE_DAYS);
    size_t n = calendar_all(g->db, g->today, CLAIM_NOW, &days),
           texts_n = rows_of(g, "texts", &texts);
    for (size_t i = 0; i < n; i++) {
        bool is_ahead = days[i].first.n && str_cmp(days[i].first, g->today) >= 0 &&
                        str_cmp(days[i].first, last) <= 0;
        if (is_ahead && !has_text(texts, texts_n, days[i].slug, since))
            add(g, (struct facts_line){ .what = days[i].name,
                                        .detail = days[i].slug,
                                        .day = days[i].first,
                                        .claim = S(""),
                                        .path = S("/desk/texts") });
    }
}

int64_t facts_lines(struct db *db, enum facts_list which, str today, struct facts_line **out,
                    size_t *shown)
{
    struct gathering g = { .db = db, .a = db_arena(db), .today = today };
    if (out) g.lines = arena_new(g.a, struct facts_line, LINES_SHOWN);
    switch (which) {
    case LIST_HELPLINES: numbers(&g, "helplines", "name"); break;
    case LIST_EMERGENCY: numbers(&g, "emergency", "service"); break;
    case LIST_TIERS: tiers(&g); break;
    case LIST_PROGRAMMES: programmes(&g); break;
    case LIST_OFFICES: offices(&g); break;
    case LIST_STATISTICS: statistics(&g); break;
    case LIST_SOURCES: sources(&g, false); break;
    case LIST_WEAK: sources(&g, true); break;
    case LIST_CONFLICTS: conflicts(&g); break;
    case LIST_OBSERVANCES: observances(&g); break;
    case FACTS_LISTS: break;
    }
    if (out) *out = g.lines;
    if (shown) *shown = g.shown;
    return g.n;
}

void facts_list_counts(struct db *db, str today, int64_t out[FACTS_LISTS])
{
    static int64_t kept[FACTS_LISTS];
    static uint64_t generation;
    static char day[16];
    topics set = 0;
    for (size_t i = 0; claim_kind_at(i); i++) set |= db_topic(claim_kind_at(i)->room);
    uint64_t now = db_generation(db, set);
    bool is_known = now == generation && today.n < sizeof day && str_eq(str_of(day), today);
    for (int i = 0; !is_known && i < FACTS_LISTS; i++)
        kept[i] = facts_lines(db, (enum facts_list)i, today, NULL, NULL);
    if (today.n < sizeof day) {
        memcpy(day, today.p, today.n);
        day[today.n] = '\0';
    }
    generation = now;
    memcpy(out, kept, sizeof kept);
}
