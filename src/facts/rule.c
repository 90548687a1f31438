/* When a second person is needed. */
#include "facts/facts.h"

#include "facts/inside.h"

static int place_of(str grade)
{
    int at = 0;
    while (claim_grades[at].code.n && !str_eq(claim_grades[at].code, grade)) at++;
    return at; /* the firmest first */
}

str facts_grade_of(struct db *db, str source)
{
    struct claim *rows;
    str grade = S("");
    size_t n = source.n ? claim_read(db, &claim_sources, source, CLAIM_NOW, &rows) : 0;
    for (size_t i = 0; i < n;
         i++) { /* a file and an editor may differ about one: weak if either says so */
        str one = claim_cell(&rows[i], "grade");
        bool is_weaker = place_of(one) > place_of(grade), is_weak = str_eq(one, S("weak"));
        if (i == 0 || is_weak || (!is_weaker && !str_eq(grade, S("weak")))) grade = one;
    }
    return grade;
}

bool facts_is_firm(str grade)
{
    return str_eq(grade, S("depositary")) || str_eq(grade, S("official"));
}

static struct word why(const char *code)
{
    return claim_word(facts_whys, str_of(code));
}

static const struct word none = { { "", 0 }, { NULL } };

/* A source is what others stand on: what makes it count for more, or makes a firm one another, needs two. */
static struct word source_needs(const struct claim *old, const struct claim *fresh)
{
    if (!old) return none; /* a new one; whatever rests on it is looked at by itself */
    str was = claim_cell(old, "grade");
    if (!fresh) return facts_is_firm(was) ? why("changes") : none;
    if (place_of(claim_cell(fresh, "grade")) < place_of(was)) return why("grade");
    if (!facts_is_firm(was)) return none;
    static const char *const kept[] = { "name", "url", "publisher", "licence" };
    for (size_t i = 0; i < COUNT_OF(kept); i++)
        if (!str_eq(claim_cell(old, kept[i]), claim_cell(fresh, kept[i]))) return why("changes");
    return none;
}

static bool contradicts_firm(struct db *db, const struct claim *old, const struct claim *fresh)
{
    struct claim *all;
    size_t n = claim_history(db, fresh, &all);
    for (size_t i = 0; i < n; i++) {
        if (all[i].retracted_at != CLAIM_FOREVER || claim_same_answer(&all[i], fresh)) continue;
        if (old && str_eq(all[i].id, old->id)) continue; /* that is for "changes" to say */
        if (facts_is_firm(facts_grade_of(db, claim_source(&all[i])))) return true;
    }
    return false;
}

struct word facts_needs_second(struct db *db, const struct claim_kind *kind,
                               const struct claim *old, const str *cells)
{
    struct claim made = { .kind = kind, .n = claim_columns(kind), .cell = cells };
    const struct claim *fresh = cells ? &made : NULL;
    if (kind == &claim_sources) return source_needs(old, fresh);
    bool was_firm = old && facts_is_firm(facts_grade_of(db, claim_source(old)));
    if (!fresh) return was_firm ? why("changes") : none;
    bool says_the_same = old && claim_same_question(old, fresh) && claim_same_answer(old, fresh);
    bool is_same_source = old && str_eq(claim_source(old), claim_source(fresh));
    if (was_firm && !(says_the_same && is_same_source)) return why("changes");
    if (says_the_same && is_same_source) return none; /* a note, the day somebody looked */
    if (contradicts_firm(db, old, fresh)) return why("contradicts");
    if (str_eq(facts_grade_of(db, claim_source(fresh)), S("weak"))) return why("weak");
    return none;
}
