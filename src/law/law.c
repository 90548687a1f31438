#include "law/law.h"

#include "base/day.h"

#include <stdlib.h>

const struct word law_standings[] = {
    { S_CONST("party"), PHRASE_CONST("Party to the Protocol") },
    { S_CONST("signed"), PHRASE_CONST("Signed, not known to be a party") },
    { S_CONST("participant"), PHRASE_CONST("Listed as a participant only") },
    { S_CONST("unknown"), PHRASE_CONST("Nothing known") },
    { S_CONST(""), PHRASE_CONST("") },
};

static struct law_state state_of(const struct claim *c)
{
    str kind = claim_cell(c, "kind");
    bool is_other = str_eq(kind, S("territory")) || str_eq(kind, S("former")) ||
                    str_eq(kind, S("union"));
    return (struct law_state){ claim_cell(c, "iso3"), claim_word(law_state_kinds, kind),
                               !is_other };
}

size_t law_states(struct db *db, struct claim_when when, struct law_state **out)
{
    struct claim *rows;
    size_t n = claim_read(db, &law_countries, CLAIM_ALL, when, &rows);
    *out = arena_new(db_arena(db), struct law_state, n);
    for (size_t i = 0; i < n; i++) (*out)[i] = state_of(&rows[i]);
    return n;
}

bool law_state_get(struct db *db, str iso3, struct claim_when when, struct law_state *out)
{
    struct claim *rows;
    if (claim_read(db, &law_countries, iso3, when, &rows) == 0) return false;
    *out = state_of(&rows[0]);
    return true;
}

/* The events by which a state becomes bound. */
static bool is_binding(str event)
{
    static const char *const all[] = { "ratification", "accession",  "acceptance",
                                       "approval",     "succession", "party" };
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (str_eq(event, str_of(all[i]))) return true;
    return false;
}

/* The column numbers, looked up once. */
static struct {
    int event, date, basis, source;
} at = { -1, 0, 0, 0 };

static void look_up(void)
{
    if (at.event >= 0) return;
    at.date = claim_column_of(&law_protocol_kind, "date");
    at.basis = claim_column_of(&law_protocol_kind, "basis");
    at.source = claim_column_of(&law_protocol_kind, "source");
    at.event = claim_column_of(&law_protocol_kind, "event");
}

/* Two dates differ only if neither is a less exact form of the other. */
static bool dates_differ(str a, str b)
{
    return a.n && b.n && !day_may_be_same(a, b);
}

static void take_binding(struct law_standing_of *out, const struct claim *c)
{
    str date = c->cell[at.date];
    out->standing = LAW_PARTY;
    if (dates_differ(out->bound_on, date)) out->is_disputed = true;
    bool is_better = date.n && (out->bound_on.n == 0 || date.n > out->bound_on.n);
    if (!is_better && out->bound_by.code.n) return;
    out->bound_by = claim_word(law_events, c->cell[at.event]);
    out->bound_on = date;
    out->source = c->cell[at.source];
}

static void take_event(struct law_standing_of *out, const struct claim *c)
{
    str event = c->cell[at.event], date = c->cell[at.date];
    if (is_binding(event)) {
        take_binding(out, c);
    } else if (str_eq(event, S("signature"))) {
        if (out->standing != LAW_PARTY) out->standing = LAW_SIGNED;
        if (dates_differ(out->signed_on, date)) out->is_disputed = true;
        out->signed_on = date;
        if (!out->source.n) out->source = c->cell[at.source];
    } else if (str_eq(event, S("participant")) && out->standing == LAW_NOTHING) {
        out->standing = LAW_PARTICIPANT;
        out->source = c->cell[at.source];
    } else if (str_eq(event, S("entry_into_force"))) {
        if (dates_differ(out->in_force_on, date)) out->is_disputed = true;
        out->in_force_on = date;
        out->is_in_force_computed = str_eq(c->cell[at.basis], S("computed"));
    }
}

struct law_standing_of law_stand(str iso3, const struct claim *claims, size_t n)
{
    look_up();
    struct law_standing_of out = { .iso3 = iso3,
                                   .standing = LAW_NOTHING,
                                   .bound_by = { S(""), PHRASE("") },
                                   .signed_on = S(""),
                                   .bound_on = S(""),
                                   .in_force_on = S(""),
                                   .source = S("") };
    for (size_t i = 0; i < n; i++) take_event(&out, &claims[i]);
    out.is_date_missing = out.standing == LAW_PARTY && out.bound_on.n == 0;
    return out;
}

size_t law_protocol_of(struct db *db, str iso3, struct claim_when when, struct claim **out)
{
    return claim_read(db, &law_protocol_kind, iso3, when, out);
}

struct claim_when law_timeless(struct claim_when when)
{
    when.on = S("");
    return when;
}

/* Whether a row of an instrument had come to pass by a day. */
static bool has_come(struct arena *a, const struct claim *c, str on)
{
    str day = claim_cell(c, "as_of"), property = claim_cell(c, "property");
    if (str_eq(property, S("adopted")) || str_eq(property, S("in_force")))
        day = claim_cell(c, "value");
    return day.n == 0 || str_cmp(day_last(a, day), on) <= 0;
}

size_t law_instrument_of(struct db *db, str instrument, struct claim_when when, struct claim **out)
{
    size_t n = claim_read(db, &law_instruments, instrument, law_timeless(when), out), kept = 0;
    if (when.on.n == 0) return n;
    for (size_t i = 0; i < n; i++)
        if (has_come(db_arena(db), &(*out)[i], when.on)) (*out)[kept++] = (*out)[i];
    return kept;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = 0, y = 0;
    str_to_int(((const struct claim *)a)->cell[1], &x);
    str_to_int(((const struct claim *)b)->cell[1], &y);
    return (x > y) - (x < y);
}

size_t law_duties_of(struct db *db, str instrument, struct claim_when when, struct claim **out)
{
    size_t n = claim_read(db, &law_duties, instrument, law_timeless(when), out);
    qsort(*out, n, sizeof **out, by_number);
    return n;
}

size_t law_commitments_of(struct db *db, str iso3, struct claim_when when, struct claim **out)
{
    return claim_read(db, &law_commitments, iso3, when, out);
}

bool law_answer_of(const struct claim *c, struct word *out)
{
    str predicate = claim_cell(c, "predicate"), value = claim_cell(c, "value");
    const struct word *words = str_starts(predicate, S("offence_"))    ? law_fits
                               : str_eq(predicate, S("transposition")) ? law_transpositions
                                                                       : NULL;
    if (!words) return false;
    if (words == law_transpositions) str_split(&value, ' '); /* "EU-2011-36 full" */
    *out = claim_word(words, value);
    return true;
}

/* Oldest deposit first; one known to the year or month after all within it; those without a date last of all. */
static int by_deposit(const void *a, const void *b)
{
    const struct law_standing_of *x = a, *y = b;
    str p = x->bound_on, q = y->bound_on;
    if (str_eq(p, q)) return str_cmp(x->iso3, y->iso3);
    if (str_starts(p, q)) return -1;
    if (str_starts(q, p)) return 1;
    return str_cmp(p, q);
}

struct law_deposits law_deposits_of(struct db *db, struct claim_when when)
{
    struct law_deposits c = { 0 };
    size_t n = law_standings_all(db, when, &c.party);
    for (size_t i = 0; i < n; i++) {
        if (c.party[i].standing != LAW_PARTY) continue;
        c.party[c.n++] = c.party[i];
        c.dated += c.party[i].bound_on.n > 0;
    }
    qsort(c.party, c.n, sizeof *c.party, by_deposit);
    return c;
}

struct law_passing law_passed(const struct law_deposits *d, int64_t count)
{
    struct law_passing out = { S(""), S("") };
    int64_t undated = (int64_t)(d->n - d->dated), first = count - undated;
    if (count < 0 || count >= (int64_t)d->dated) return out;
    out.latest = d->party[count].bound_on;
    out.earliest = d->party[first < 0 ? 0 : first].bound_on;
    return out;
}

size_t law_standings_all(struct db *db, struct claim_when when, struct law_standing_of **out)
{
    struct claim *rows;
    size_t n = claim_read(db, &law_protocol_kind, CLAIM_ALL, when, &rows), states = 0;
    *out = arena_new(db_arena(db), struct law_standing_of, n);
    for (size_t i = 0, next; i < n; i = next) { /* rows of one state stand together */
        str iso3 = rows[i].cell[0];
        for (next = i; next < n && str_eq(rows[next].cell[0], iso3);) next++;
        (*out)[states++] = law_stand(iso3, &rows[i], next - i);
    }
    return states;
}
