#include "help/help.h"

#include "base/clock.h"
#include "base/day.h"

#define PHONE_DIGITS_LINE 3  /* the shortest helpline */
#define PHONE_DIGITS_MIN  2  /* the shortest emergency number */
#define PHONE_DIGITS_MAX  15 /* E.164 */

/* One plain number becomes "tel:..."; two numbers, a bracket, a star: a person must read it. */
static str call_address(struct arena *a, str number, size_t least)
{
    struct sink out;
    size_t digits = 0;
    sink_open(&out, a, KIB(1));
    put_lit(&out, "tel:");
    for (size_t i = 0; i < number.n; i++) {
        char c = number.p[i];
        bool is_digit = c >= '0' && c <= '9', is_between = c == ' ' || c == '-' || c == '.';
        if (is_digit || (c == '+' && i == 0)) put_char(&out, c);
        else if (!is_between) return (str){ NULL, 0 };
        digits += is_digit;
        if (digits > PHONE_DIGITS_MAX) return (str){ NULL, 0 };
    }
    return digits >= least ? sink_str(&out) : (str){ NULL, 0 };
}

str help_call_line(struct arena *a, str number, str confidence, str checked, ms now)
{
    char today[DAY_TEXT];
    day_text(now, today);
    bool is_to_come = str_cmp(day_first(a, checked), str_of(today)) > 0;
    if (!str_eq(confidence, S("cited")) || checked.n == 0 || is_to_come) return (str){ NULL, 0 };
    return call_address(a, number, PHONE_DIGITS_LINE);
}

enum help_about help_about_of(str scope)
{
    static const struct {
        const char *word;
        enum help_about about;
    } words[] = {
        { "trafficking", HELP_TRAFFICKING }, { "modern_slavery", HELP_TRAFFICKING },
        { "children", HELP_CHILDREN },       { "women", HELP_WOMEN },
        { "migrant_workers", HELP_WORKERS }, { "human_rights", HELP_RIGHTS },
        { "police", HELP_POLICE },           { "emergency", HELP_EMERGENCY },
    };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        for (str rest = scope; rest.p;)
            if (str_eq(str_trim(str_split(&rest, ';')), str_of(words[i].word)))
                return words[i].about;
    return HELP_OTHER;
}

/* In the order of pages: everything, police, ambulance, not said. The fire brigade's are not shown. */
static int rank(str service)
{
    static const char *const order[] = { "any", "police", "ambulance", "fire", "unstated" };
    for (int i = 0; i < (int)COUNT_OF(order); i++)
        if (str_eq(service, str_of(order[i]))) return i;
    return (int)COUNT_OF(order);
}

/* What all lists together say of one number of one state. */
struct heard {
    struct help_number said;
    str source; /* the first that has it */
    bool is_in_two, is_dated;
};

static struct heard *heard_of(struct heard *all, size_t *n, str number)
{
    for (size_t i = 0; i < *n; i++)
        if (str_eq(all[i].said.number, number)) return &all[i];
    all[*n] = (struct heard){ .said = { .number = number, .service = S("") } };
    return &all[(*n)++];
}

static void hear(struct heard *h, const struct claim *row)
{
    str service = claim_cell(row, "service"), source = claim_source(row);
    bool is_dated = claim_cell(row, "as_of").n > 0;
    if (h->source.n == 0) h->source = source;
    h->is_in_two = h->is_in_two || !str_eq(h->source, source);
    h->is_dated = h->is_dated || is_dated;
    h->said.is_law = h->said.is_law ||
                     (is_dated && str_eq(claim_cell(row, "confidence"), S("law")));
    if (h->said.service.n == 0 || rank(service) < rank(h->said.service)) h->said.service = service;
}

static int sureness(const struct help_number *h)
{
    return h->is_law ? 2 : h->may_call ? 1 : 0;
}

size_t help_numbers_of(struct arena *a, const struct claim *rows, size_t n, str iso3,
                       struct help_number **out)
{
    size_t mine = 0, heard_n = 0, shown = 0;
    for (size_t i = 0; i < n; i++) mine += str_eq(rows[i].cell[0], iso3);
    struct heard *heard = arena_new(a, struct heard, mine);
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].cell[0], iso3))
            hear(heard_of(heard, &heard_n, claim_cell(&rows[i], "number")), &rows[i]);

    bool is_reached = false; /* a number for everything, or for the police, may be called */
    for (size_t i = 0; i < heard_n; i++) {
        struct help_number *h = &heard[i].said;
        h->may_call = h->is_law || (heard[i].is_in_two && heard[i].is_dated);
        h->call = h->may_call ? call_address(a, h->number, PHONE_DIGITS_MIN) : (str){ NULL, 0 };
        is_reached = is_reached || (h->may_call && rank(h->service) <= rank(S("police")));
    }
    *out = arena_new(a, struct help_number, heard_n);
    for (int r = 0; r <= rank(S("unstated")); r++) {
        bool is_wanted = r <= rank(S("ambulance")) || (r == rank(S("unstated")) && !is_reached);
        for (int sure = 2; sure >= 0 && is_wanted; sure--)
            for (size_t i = 0; i < heard_n; i++)
                if (rank(heard[i].said.service) == r && sureness(&heard[i].said) == sure)
                    (*out)[shown++] = heard[i].said;
    }
    return shown;
}
