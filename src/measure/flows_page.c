/* Citizenship of detected victims: of one state as where they were found and as where they came from. */
#include "draw/draw.h"
#include "measure/flows.h"
#include "measure/flows.html.h"
#include "measure/parts.h"

#define PICTURE_STREAMS 10 /* of one side; the tables have all */

static str state_page(struct req *rq, str iso3)
{
    return web_beneath(rq, S("/numbers/flows?state="), iso3);
}

static str reporter_name(const void *thing)
{
    return ((const struct measure_flows_reporters *)thing)->name;
}

static void fill_reporters(struct req *rq, const struct measure_tables *t, struct measure_flows *v)
{
    struct flow_reporter *found;
    size_t n = flows_reporters(rq->arena, t, rq->when, &found);
    struct measure_flows_reporters *all = arena_new(rq->arena, struct measure_flows_reporters, n);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct measure_flows_reporters){ lang_state(rq->lang, found[i].iso3),
                                                   found[i].iso3,
                                                   state_page(rq, found[i].iso3),
                                                   found[i].first,
                                                   found[i].last,
                                                   found[i].first != found[i].last,
                                                   found[i].figures };
    lang_sort(rq->arena, rq->lang, all, n, sizeof *all, reporter_name);
    v->reporters = all;
    v->reporters_n = n;
}

static str choice_name(const void *thing)
{
    return ((const struct measure_flows_states *)thing)->name;
}

/* Every state that told citizenships or that a citizenship names. */
static void fill_states(struct req *rq, const struct measure_tables *t, struct measure_flows *v)
{
    struct measure_flows_states *all = arena_new(rq->arena, struct measure_flows_states,
                                                 t->words_n);
    uint8_t *is_seen = arena_new(rq->arena, uint8_t, t->words_n);
    uint32_t victims = table_word(t, S("detected_victims"));
    for (size_t i = 0; i < t->detail.n; i++) {
        const struct measure_row *r = &t->detail.row[i];
        if (r->metric != victims || r->category == 0 ||
            !str_starts(table_text(t, r->category), S("citizenship: ")))
            continue;
        str meant = t->meant[r->category];
        uint32_t words[] = { r->state, meant.n ? table_word(t, meant) : 0 };
        for (size_t k = 0; k < COUNT_OF(words); k++) {
            if (words[k] == 0 || words[k] == NO_WORD || is_seen[words[k]]) continue;
            is_seen[words[k]] = 1;
            str code = table_text(t, words[k]);
            all[v->states_n++] = (struct measure_flows_states){ code, lang_state(rq->lang, code),
                                                                str_eq(code, v->state) };
        }
    }
    lang_sort(rq->arena, rq->lang, all, v->states_n, sizeof *all, choice_name);
    v->states = all;
}

/* The years in which this state is on either side. If none is asked for: the newest it told itself, else the newest. */
static int64_t fill_years(struct req *rq, const struct flow *in, size_t in_n,
                          const struct flow *out, size_t out_n, int64_t asked,
                          struct measure_flows *v)
{
    bool has[128] = { false }, was_asked = asked != 0;
    for (size_t i = 0; i < in_n; i++)
        if (in[i].row->year >= 1980 && in[i].row->year < 2108) has[in[i].row->year - 1980] = true;
    for (size_t i = 0; i < out_n; i++)
        if (out[i].row->year >= 1980 && out[i].row->year < 2108)
            has[out[i].row->year - 1980] = true;
    for (size_t i = 0; i < in_n && !was_asked; i++)
        if (in[i].row->year > asked) asked = in[i].row->year;
    struct measure_flows_years *all = arena_new(rq->arena, struct measure_flows_years, 128);
    for (int i = 127; i >= 0; i--) {
        if (!has[i]) continue;
        int64_t year = 1980 + i;
        if (!asked) asked = year;
        all[v->years_n++] = (struct measure_flows_years){ arena_format(rq->arena, "%d", (int)year),
                                                          year, year == asked };
    }
    v->years = all;
    return asked;
}

static bool is_foreign_to(const struct flow *f, str state)
{
    return !str_eq(f->to, state);
}

static void fill_from(struct req *rq, const struct flow *in, size_t n, int64_t year,
                      struct measure_flows *v)
{
    struct measure_flows_from *all = arena_new(rq->arena, struct measure_flows_from, n);
    for (size_t i = 0; i < n; i++) {
        if (in[i].row->year != year) continue;
        struct measure_flows_from *f = &all[v->from_n++];
        *f = (struct measure_flows_from){ .name = in[i].written,
                                          .is_own = in[i].is_own,
                                          .is_as_written = in[i].from.n == 0,
                                          .is_kept_back = in[i].row->is_suppressed,
                                          .claim = claim_address(rq, in[i].row->id) };
        if (in[i].row->has_value) f->value = SOME_INT((int64_t)in[i].row->value);
        if (in[i].from.n == 0) continue;
        f->name = lang_state(rq->lang, in[i].from);
        f->iso3 = in[i].from;
        if (!in[i].is_own) f->address = state_page(rq, in[i].from);
    }
    v->from = all;
    v->has_from = v->from_n > 0;
}

static void fill_to(struct req *rq, const struct flow *out, size_t n, int64_t year,
                    struct measure_flows *v)
{
    struct measure_flows_to *all = arena_new(rq->arena, struct measure_flows_to, n);
    for (size_t i = 0; i < n; i++) {
        if (out[i].row->year != year || !is_foreign_to(&out[i], v->state)) continue;
        struct measure_flows_to *f = &all[v->to_n++];
        *f = (struct measure_flows_to){ .name = lang_state(rq->lang, out[i].to),
                                        .iso3 = out[i].to,
                                        .address = state_page(rq, out[i].to),
                                        .is_kept_back = out[i].row->is_suppressed,
                                        .claim = claim_address(rq, out[i].row->id) };
        if (out[i].row->has_value) f->value = SOME_INT((int64_t)out[i].row->value);
    }
    v->to = all;
    v->has_to = v->to_n > 0;
}

static void fill_returned(struct req *rq, const struct measure_tables *t, struct measure_flows *v)
{
    struct flow *found;
    struct flow_ask ask = { .kind = FLOW_REPATRIATED, .to = v->state, .when = rq->when };
    size_t n = flows_read(rq->arena, t, &ask, &found);
    struct measure_flows_returned *all = arena_new(rq->arena, struct measure_flows_returned, n);
    for (size_t i = 0; i < n; i++) {
        all[i] = (struct measure_flows_returned){
            .year = found[i].row->year,
            .name = found[i].from.n ? lang_state(rq->lang, found[i].from)
                    : str_eq(found[i].written, S("Abroad"))
                        ? say(rq, PHRASE("abroad, not said where"))
                        : found[i].written,
            .is_kept_back = found[i].row->is_suppressed,
            .claim = claim_address(rq, found[i].row->id),
        };
        if (found[i].row->has_value) all[i].value = SOME_INT((int64_t)found[i].row->value);
    }
    v->returned = all;
    v->returned_n = n;
    v->has_returned = n > 0;
}

static struct draw_stream stream_of(struct req *rq, str name, struct maybe_int value, bool is_own)
{
    struct sink said;
    sink_open(&said, rq->arena, KIB(1));
    if (value.is) lang_number(&said, rq->lang, value.v);
    else {
        put_lit(&said, "<");
        lang_number(&said, rq->lang, 5);
    }
    return (struct draw_stream){ .name = name,
                                 .said = sink_str(&said),
                                 .size = value.is ? (double)value.v : 0,
                                 .class = !value.is ? "thin"
                                          : is_own  ? "own"
                                                    : "foreign" };
}

static void fill_picture(struct req *rq, struct measure_flows *v)
{
    struct draw_stream from[PICTURE_STREAMS], to[PICTURE_STREAMS];
    size_t from_n = 0, to_n = 0;
    for (size_t i = 0; i < v->from_n && from_n < PICTURE_STREAMS; i++)
        from[from_n++] = stream_of(rq, v->from[i].name, v->from[i].value, v->from[i].is_own);
    for (size_t i = 0; i < v->to_n && to_n < PICTURE_STREAMS; i++)
        to[to_n++] = stream_of(rq, v->to[i].name, v->to[i].value, false);
    if (from_n + to_n == 0) return;
    v->has_picture = true;
    v->is_cut = from_n < v->from_n || to_n < v->to_n;
    v->picture = draw_streams(rq->arena, from, from_n, v->state_name, to, to_n,
                              say(rq, PHRASE("Citizenship of detected victims")));
}

static void fill_state(struct req *rq, const struct measure_tables *t, int64_t asked,
                       struct measure_flows *v)
{
    struct flow *in, *out;
    struct flow_ask into = { .kind = FLOW_CITIZENS, .to = v->state, .when = rq->when };
    struct flow_ask from = { .kind = FLOW_CITIZENS, .from = v->state, .when = rq->when };
    size_t in_n = flows_read(rq->arena, t, &into, &in);
    size_t out_n = flows_read(rq->arena, t, &from, &out);
    int64_t year = fill_years(rq, in, in_n, out, out_n, asked, v);
    v->has_state = true;
    if (year) v->year = SOME_INT(year);
    fill_from(rq, in, in_n, year, v);
    fill_to(rq, out, out_n, year, v);
    fill_returned(rq, t, v);
    fill_picture(rq, v);
}

static bool year_asked(struct req *rq, int64_t *year)
{
    str asked = in_query(rq, "year");
    *year = 0;
    if (asked.n == 0) return true;
    if (asked.n == 4 && str_to_int(asked, year) && *year >= 1980 && *year < 2108) return true;
    refuse(rq, 400, PHRASE("A year is written like 2019. This is not one: {asked}"), asked);
    return false;
}

void measure_flows_page(struct req *rq)
{
    int64_t year;
    if (!year_asked(rq, &year)) return;
    const struct measure_tables *t = measure_tables(rq->db);
    struct measure_flows v = {
        .state = measure_code(rq, in_query(rq, "state")),
        .form_address = arena_format(rq->arena, "/" STR_FMT "/numbers/flows",
                                     STR_ARG(lang_code(rq->lang))),
        .known = str_or_absent(in_query(rq, "known")),
        .table = claim_table_address(rq, &measure_detail),
        .numbers = web_beneath(rq, S("/numbers")),
    };
    if (rq->when.on.n) v.on = rq->when.on;
    v.state_name = lang_state(rq->lang, v.state);
    if (v.state.n && str_eq(v.state_name, v.state)) {
        not_found(rq,
                  PHRASE("No state has the code {asked}. Codes have three letters, as in MEX; the "
                         "list has them all."),
                  v.state);
        return;
    }
    fill_states(rq, t, &v);
    if (v.state.n) fill_state(rq, t, year, &v);
    else fill_reporters(rq, t, &v);
    struct noted *sources = arena_new(rq->arena, struct noted, 1);
    for (size_t i = 0; i < t->detail.n; i++)
        if (i == 0 || t->detail.row[i].source != t->detail.row[i - 1].source)
            measure_note(rq, sources, table_text(t, t->detail.row[i].source));
    v.sources = sources->source;
    v.sources_n = sources->n;
    v.cite = arena_format(
        rq->arena,
        STR_FMT ". Citizenship of detected victims%s" STR_FMT ". As shown by Blue Heart, " STR_FMT
                "/en/numbers/flows%s" STR_FMT ".",
        STR_ARG(sources->n ? sources->source[0].name : S("")), v.state.n ? ", " : "",
        STR_ARG(v.state), STR_ARG(site_origin(rq)), v.state.n ? "?state=" : "", STR_ARG(v.state));
    struct head head = {
        .title = v.state.n ? say_with(rq, PHRASE("Citizenship of detected victims: {name}"),
                                      S("name"), v.state_name)
                           : say(rq, PHRASE("Where victims were citizens of")),
        .section = "numbers",
        .description = say(rq, PHRASE("Which states detected victims, and of which states those "
                                      "victims were citizens.")),
    };
    page(rq, head, &measure_flows_view, &v);
}
