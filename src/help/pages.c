/* The page of help: every number of every state in one answer, so that nobody need say where they are. */
#include "help/pages.h"

#include "base/day.h"
#include "help/help.html.h"
#include "law/law.h"
#include "web/asset.h"

ASSET_CARRY(help_style, "src/help/help.css");
ASSET_CARRY(help_script, "src/help/help.js");
ASSET_CARRY(help_copy, "src/help/copy.js");

/* A helpline as shown. False for what is no number of this state. */
static bool fill_line(struct req *rq, const struct claim *c,
                      struct help_help_regions_states_lines *out)
{
    str number = claim_cell(c, "number"), confidence = claim_cell(c, "confidence"),
        checked = claim_cell(c, "as_of");
    if (number.n == 0) return false;
    enum help_about about = help_about_of(claim_cell(c, "scope"));
    *out = (struct help_help_regions_states_lines){
        .name = claim_cell(c, "name"),
        .number = number,
        .call = help_call_line(rq->arena, number, confidence, checked, rq->now),
        .abroad = str_or_absent(claim_cell(c, "number_from_abroad")),
        .hours = str_or_absent(claim_cell(c, "hours")),
        .languages = str_or_absent(claim_cell(c, "languages")),
        .checked = str_or_absent(checked),
        .confidence = claim_word(help_confidences, confidence),
    };
    if (about != HELP_TRAFFICKING) out->about = help_abouts[about];
    return true;
}

static str digits_of(struct req *rq, str number)
{
    char *p = arena_take(rq->arena, number.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < number.n; i++)
        if (number.p[i] >= '0' && number.p[i] <= '9') p[n++] = number.p[i];
    return (str){ p, n };
}

#define DIGITS_ALIKE 9 /* a number ends alike with and without the code of its country */

static bool is_same_number(struct req *rq, str a, str b)
{
    str x = digits_of(rq, a), y = digits_of(rq, b);
    size_t least = x.n < y.n ? x.n : y.n;
    return str_eq(x, y) || (least >= DIGITS_ALIKE && (str_ends(x, y) || str_ends(y, x)));
}

/* The lines of a state: for trafficking first, what can be called before what cannot, each number once. */
static void fill_lines(struct req *rq, const struct claim *rows, size_t n,
                       struct help_help_regions_states *state)
{
    size_t mine = 0;
    for (size_t i = 0; i < n; i++) mine += str_eq(rows[i].cell[0], state->iso3);
    struct help_help_regions_states_lines *all = arena_new(
        rq->arena, struct help_help_regions_states_lines, mine);
    for (int pass = 0; pass < 4; pass++) {
        for (size_t i = n; i-- > 0;) { /* newest first */
            struct help_help_regions_states_lines line;
            if (!str_eq(rows[i].cell[0], state->iso3) || !fill_line(rq, &rows[i], &line)) continue;
            bool is_trafficking = line.about.code.n == 0;
            if (pass != (is_trafficking ? 0 : 2) + (line.call.p ? 0 : 1)) continue;
            bool is_there = false;
            for (size_t k = 0; k < state->lines_n; k++)
                is_there = is_there || is_same_number(rq, all[k].number, line.number);
            if (is_there) continue;
            all[state->lines_n++] = line;
            state->has_line = state->has_line || is_trafficking;
        }
    }
    state->lines = all;
}

static void fill_numbers(struct req *rq, const struct claim *rows, size_t n,
                         struct help_help_regions_states *state)
{
    struct help_number *found;
    size_t found_n = help_numbers_of(rq->arena, rows, n, state->iso3, &found);
    struct help_help_regions_states_numbers *all = arena_new(
        rq->arena, struct help_help_regions_states_numbers, found_n);
    for (size_t i = 0; i < found_n; i++) {
        bool is_said = !str_eq(found[i].service, S("unstated"));
        all[i] = (struct help_help_regions_states_numbers){
            .service = claim_word(help_services, found[i].service),
            .number = found[i].number,
            .call = found[i].call,
            .is_law = found[i].is_law,
            .is_again = i > 0 && str_eq(found[i].service, found[i - 1].service),
            .is_alone = is_said && !found[i].may_call,
        };
    }
    state->numbers = all;
    state->numbers_n = found_n;
    state->has_none = state->lines_n == 0 && found_n == 0;
}

static str state_name(const void *thing)
{
    return ((const struct help_help_regions_states *)thing)->name;
}

struct told {
    const struct claim *lines, *numbers;
    size_t lines_n, numbers_n;
};

/* The states of one region, in the language's order; "" stands for those of no region. */
static void fill_region(struct req *rq, const struct told *told, const struct law_state *states,
                        size_t n, str m49, struct help_help_regions *out)
{
    struct help_help_regions_states *all = arena_new(rq->arena, struct help_help_regions_states, n);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        bool is_place = states[i].is_state || str_eq(states[i].kind.code, S("territory"));
        if (!is_place || !str_eq(lang_region_of(states[i].iso3, false), m49)) continue;
        struct help_help_regions_states *s = &all[count++];
        *s = (struct help_help_regions_states){ .iso3 = states[i].iso3,
                                                .name = lang_state(rq->lang, states[i].iso3) };
        fill_lines(rq, told->lines, told->lines_n, s);
        fill_numbers(rq, told->numbers, told->numbers_n, s);
    }
    lang_sort(rq->arena, rq->lang, all, count, sizeof *all, state_name);
    out->states = all;
    out->states_n = count;
}

/* The newest day of the lists; what is set by law has its own. */
static str list_day(const struct told *told)
{
    str newest = S("");
    for (size_t i = 0; i < told->numbers_n; i++) {
        str day = claim_cell(&told->numbers[i], "as_of");
        bool is_list = str_eq(claim_cell(&told->numbers[i], "confidence"), S("list"));
        if (is_list && str_cmp(day, newest) > 0) newest = day;
    }
    return str_or_absent(newest);
}

/* Numbers to call are those of today, whatever day the address asks for: an old one would harm. */
static void help(struct req *rq)
{
    static const char *const m49[] = { "002", "019", "142", "150", "009", "" };
    struct claim *lines, *numbers;
    struct law_state *states;
    struct told told = { .lines_n = claim_read(rq->db, &help_lines, CLAIM_ALL, CLAIM_NOW, &lines) };
    told.numbers_n = claim_read(rq->db, &help_emergency, CLAIM_ALL, CLAIM_NOW, &numbers);
    told.lines = lines;
    told.numbers = numbers;
    size_t states_n = law_states(rq->db, CLAIM_NOW, &states);

    struct help_help_regions *regions = arena_new(rq->arena, struct help_help_regions,
                                                  COUNT_OF(m49));
    struct help_help v = {
        .country_lists_day = list_day(&told),
        .directory = S("https://globalmodernslavery.org/"),
        .signs = arena_format(rq->arena, "/" STR_FMT "/learn", STR_ARG(lang_code(rq->lang))),
        .missing = arena_format(rq->arena, "/" STR_FMT "/missing", STR_ARG(lang_code(rq->lang))),
        .regions = regions,
    };
    for (size_t i = 0; i < COUNT_OF(m49); i++) {
        struct help_help_regions *r = &regions[v.regions_n];
        r->name = *m49[i] ? lang_region(rq->lang, str_of(m49[i])) : say(rq, PHRASE("Elsewhere"));
        fill_region(rq, &told, states, states_n, str_of(m49[i]), r);
        v.regions_n += r->states_n > 0;
    }
    struct head head = { .title = say(rq, PHRASE("Useful phone numbers")), .section = "help" };
    page_alone(rq, head, (struct inside){ ASSET_STR(help_style), ASSET_STR(help_script) },
               &help_help_view, &v);
}

static void copy(struct req *rq)
{
    send_worker(rq, ASSET_STR(help_copy));
}

static const struct route routes[] = {
    { GET, UNDER_LANG, "/help", ANYONE, help,
      "Whom to call in every state, in one answer that asks nothing.", &help_help_view, NULL },
    { GET, AT_ROOT, "/copy.js", ANYONE, copy,
      "Keeps the page of help for when there is no network, if somebody asks for it.", NULL, NULL },
    { 0 },
};

static const struct gives gives[] = {
    { "/copy.js", "text/javascript", "/copy.js" },
    { 0 },
};

static const struct claim_kind *const kinds[] = { &help_lines, &help_emergency, NULL };

const struct room help_room = {
    .name = "help",
    .purpose = "numbers that can be called, in every state",
    .routes = routes,
    .gives = gives,
    .kinds = kinds,
};
