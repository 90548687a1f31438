/* Entering, correcting, withdrawing: refusals first, then the deed, or it waits for a second person. */
#include "facts/inside.h"

#include "base/clock.h"
#include "base/id.h"
#include "operator/operator.h"

#include <assert.h>

bool facts_word_is(const struct word *words, str code)
{
    for (; words->code.n; words++)
        if (str_eq(words->code, code)) return true;
    return false;
}

bool facts_is_entered_here(const struct claim_kind *kind)
{
    return kind != &facts_replies && strcmp(kind->name, "texts") != 0;
}

int facts_looked_column(const struct claim_kind *kind)
{
    if (!facts_is_entered_here(kind)) return -1;
    for (int i = 0; kind->columns[i].name; i++) {
        const struct claim_column *c = &kind->columns[i];
        bool is_day = strcmp(c->name, "checked") == 0 || strcmp(c->name, "as_of") == 0;
        if (is_day && c->check == CHECK_DAY && !(c->is & (COLUMN_ASKS | COLUMN_ANSWERS))) return i;
    }
    return -1;
}

/* ---- what waits ---- */

static str as_row(struct arena *a, const struct claim_kind *kind, const str *cells)
{
    struct sink out;
    sink_open(&out, a, MIB(2));
    for (int i = 0; kind->columns[i].name; i++) {
        if (i) put_char(&out, ',');
        csv_cell(&out, cells[i]);
    }
    return sink_str(&out);
}

const str *facts_waiting_cells(struct arena *a, const struct facts_waiting *w)
{
    const struct claim_kind *kind = claim_kind_named(w->kind);
    struct csv csv;
    if (!kind || !w->cells.n) return NULL;
    csv_open(&csv, a, w->cells);
    if (csv_next(&csv) != CSV_ROW || csv.n != claim_columns(kind)) return NULL;
    str *cells = arena_new(a, str, (size_t)csv.n);
    memcpy(cells, csv.cell, (size_t)csv.n * sizeof *cells);
    return cells;
}

static void note(const struct facts *f, enum trail_deed deed, str claim)
{
    trail_add(f->db, deed, f->by, (struct trail_about){ .subject = TRAIL_OF_CLAIM, .code = claim },
              f->now);
}

struct change {
    const char *deed;
    const struct claim_kind *kind;
    str claim;        /* what it replaces or withdraws; "" */
    const str *cells; /* NULL: none */
    str reason;
};

static enum facts_answer wait_for_second(const struct facts *f, const struct change *c,
                                         struct word why, struct facts_made *made)
{
    struct facts_number mine;
    facts_waiting_full(f->db, f->by, &mine);
    if (mine.n >= WAITING_EACH) return FACTS_TOO_MANY;
    made->waiting = id_new();
    made->why = why;
    facts_waiting_add(f->db, made->waiting, str_of(c->kind->name), str_of(c->deed), c->claim,
                      c->cells ? as_row(f->arena, c->kind, c->cells) : S(""), c->reason, why.code,
                      f->by, f->now, f->now + WAITING_KEEP_MS);
    trail_add(f->db, TRAIL_ASKED_FOR_SECOND, f->by,
              (struct trail_about){ .subject = TRAIL_OF_REQUEST, .row = made->waiting }, f->now);
    return FACTS_WAITS;
}

/* ---- doing it ---- */

static enum facts_answer publish(const struct facts *f, const struct claim_kind *kind,
                                 const str *cells, str *claim)
{
    struct claim_entered entered;
    switch (claim_enter(f->db, kind, cells, f->by, f->now, &entered)) {
    case CLAIM_ENTERED: *claim = entered.id; return FACTS_DONE;
    case CLAIM_IS_THERE: return FACTS_IS_THERE;
    case CLAIM_REFUSED: return FACTS_WRONG;
    case CLAIM_CLOCK: return FACTS_CLOCK;
    }
    return FACTS_WRONG;
}

static enum facts_answer retract(const struct facts *f, str which, str reason)
{
    switch (claim_retract(f->db, which, f->by, f->now)) {
    case CLAIM_RETRACTED: break;
    case CLAIM_NOT_LIVE: return FACTS_GONE;
    case CLAIM_STILL_NAMED: return FACTS_STILL_NAMED;
    }
    if (reason.n) facts_withdrawn_add(f->db, which, f->now, reason);
    return FACTS_DONE;
}

static bool is_live(const struct facts *f, str which, struct claim *c)
{
    return content_id_is(which) && claim_get(f->db, which, c) && c->retracted_at == CLAIM_FOREVER;
}

/* Whether these cells are made already by a row that lives. */
static bool is_there(const struct facts *f, const struct claim_kind *kind, const str *cells)
{
    struct claim c;
    return is_live(f, claim_id_of(f->arena, kind, cells), &c);
}

static bool is_taken(const struct facts *f, const struct claim_kind *kind, const str *cells)
{
    struct claim *rows;
    bool is_named = kind == &claim_sources || strcmp(kind->name, "countries") == 0;
    return is_named && claim_read(f->db, kind, cells[0], CLAIM_NOW, &rows) > 0;
}

/* The new row first: a source that others name is never gone in between. */
static enum facts_answer replace(const struct facts *f, const struct claim *old, const str *cells,
                                 str *claim)
{
    enum facts_answer answer = publish(f, old->kind, cells, claim);
    if (answer != FACTS_DONE) return answer;
    return retract(f, old->id, S(""));
}

enum facts_answer facts_enter(const struct facts *f, const struct claim_kind *kind,
                              const str *cells, struct facts_made *made)
{
    assert(f->by != 0);
    *made = (struct facts_made){ .claim = S("") };
    if (!facts_is_entered_here(kind)) return FACTS_ELSEWHERE;
    if (claim_wrong(f->db, kind, cells, made->wrong)) return FACTS_WRONG;
    if (is_there(f, kind, cells)) return FACTS_IS_THERE;
    if (is_taken(f, kind, cells)) return FACTS_TAKEN;
    struct word why = facts_needs_second(f->db, kind, NULL, cells);
    struct change change = { "enter", kind, S(""), cells, S("") };
    if (why.code.n) return wait_for_second(f, &change, why, made);
    enum facts_answer answer = publish(f, kind, cells, &made->claim);
    if (answer == FACTS_DONE) note(f, TRAIL_FACT_ADDED, made->claim);
    return answer;
}

/* A source keeps its name: others point to it. */
static bool keeps_its_name(const struct claim *old, const str *cells)
{
    bool is_named = old->kind == &claim_sources || strcmp(old->kind->name, "countries") == 0;
    return !is_named || str_eq(old->cell[0], cells[0]);
}

static enum facts_answer correct(const struct facts *f, str which, const str *cells,
                                 enum trail_deed deed, struct facts_made *made)
{
    struct claim old;
    *made = (struct facts_made){ .claim = S("") };
    if (!is_live(f, which, &old)) return FACTS_GONE;
    if (!facts_is_entered_here(old.kind)) return FACTS_ELSEWHERE;
    if (claim_wrong(f->db, old.kind, cells, made->wrong)) return FACTS_WRONG;
    if (str_eq(claim_id_of(f->arena, old.kind, cells), old.id)) return FACTS_UNCHANGED;
    if (is_there(f, old.kind, cells)) return FACTS_IS_THERE;
    if (!keeps_its_name(&old, cells)) return FACTS_STILL_NAMED;
    struct word why = facts_needs_second(f->db, old.kind, &old, cells);
    struct change change = { "correct", old.kind, which, cells, S("") };
    if (why.code.n) return wait_for_second(f, &change, why, made);
    enum facts_answer answer = replace(f, &old, cells, &made->claim);
    if (answer == FACTS_DONE) note(f, deed, made->claim);
    return answer;
}

enum facts_answer facts_correct(const struct facts *f, str which, const str *cells,
                                struct facts_made *made)
{
    return correct(f, which, cells, TRAIL_FACT_CORRECTED, made);
}

enum facts_answer facts_look_again(const struct facts *f, str which, struct facts_made *made)
{
    struct claim old;
    char day[DAY_TEXT];
    *made = (struct facts_made){ .claim = S("") };
    if (!is_live(f, which, &old)) return FACTS_GONE;
    int at = facts_looked_column(old.kind);
    if (at < 0) return FACTS_ELSEWHERE;
    str *cells = arena_new(f->arena, str, (size_t)old.n);
    memcpy(cells, old.cell, (size_t)old.n * sizeof *cells);
    day_text(f->now, day);
    cells[at] = arena_str(f->arena, str_of(day));
    return correct(f, which, cells, TRAIL_FACT_VERIFIED, made);
}

enum facts_answer facts_grade(const struct facts *f, str which, str grade, str note_words,
                              struct facts_made *made)
{
    struct claim old;
    *made = (struct facts_made){ .claim = S("") };
    if (!is_live(f, which, &old)) return FACTS_GONE;
    if (old.kind != &claim_sources) return FACTS_ELSEWHERE;
    if (note_words.n < 3) return FACTS_NO_NOTE;
    str *cells = arena_new(f->arena, str, (size_t)old.n);
    memcpy(cells, old.cell, (size_t)old.n * sizeof *cells);
    cells[claim_column_of(old.kind, "grade")] = grade;
    cells[claim_column_of(old.kind, "note")] = note_words;
    return correct(f, which, cells, TRAIL_SOURCE_GRADED, made);
}

/* What could harm somebody goes at once; whether its past is hidden too is for two to say. */
enum facts_answer facts_withdraw(const struct facts *f, str which, str reason,
                                 struct facts_made *made)
{
    struct claim old;
    *made = (struct facts_made){ .claim = S("") };
    if (!is_live(f, which, &old)) return FACTS_GONE;
    if (!facts_is_entered_here(old.kind)) return FACTS_ELSEWHERE;
    if (!facts_word_is(facts_reasons, reason)) return FACTS_NO_REASON;
    bool is_harm = str_eq(reason, S("harm"));
    struct word why = facts_needs_second(f->db, old.kind, &old, NULL);
    struct change change = { is_harm ? "hide" : "withdraw", old.kind, which, NULL, reason };
    if (why.code.n && !is_harm) return wait_for_second(f, &change, why, made);
    enum facts_answer answer = retract(f, which, reason);
    if (answer != FACTS_DONE) return answer;
    made->claim = which;
    note(f, TRAIL_FACT_WITHDRAWN, which);
    if (is_harm) (void)wait_for_second(f, &change, claim_word(facts_whys, S("past")), made);
    return FACTS_DONE;
}

/* ---- the second person ---- */

/* What was asked, done in the name of who brought it. */
static enum facts_answer carry_out(const struct facts *as, const struct facts_waiting *w)
{
    const struct claim_kind *kind = claim_kind_named(w->kind);
    const str *cells = facts_waiting_cells(as->arena, w);
    struct phrase wrong[CSV_COLUMNS_MAX];
    struct claim old;
    str claim = w->claim;
    enum facts_answer answer = FACTS_NO_SUCH;
    if (!kind) return answer;
    if (cells && claim_wrong(as->db, kind, cells, wrong)) return FACTS_WRONG;
    if (str_eq(w->deed, S("hide"))) {
        if (!claim_get(as->db, w->claim, &old)) return FACTS_GONE;
        claim_hide(as->db, &old, as->now);
        return FACTS_DONE;
    }
    if (str_eq(w->deed, S("withdraw"))) answer = retract(as, w->claim, w->reason);
    else if (!cells) return FACTS_NO_SUCH;
    else if (str_eq(w->deed, S("enter")))
        answer = is_taken(as, kind, cells) ? FACTS_TAKEN : publish(as, kind, cells, &claim);
    else if (!is_live(as, w->claim, &old)) answer = FACTS_GONE;
    else answer = replace(as, &old, cells, &claim);
    if (answer == FACTS_DONE)
        note(as,
             cells ? w->claim.n ? TRAIL_FACT_CORRECTED : TRAIL_FACT_ADDED : TRAIL_FACT_WITHDRAWN,
             claim);
    return answer;
}

enum facts_answer facts_agree(const struct facts *f, id waiting)
{
    struct facts_waiting w;
    if (!facts_waiting_get(f->db, waiting, &w) || w.back.n) return FACTS_NO_SUCH;
    if (w.made_by == f->by && !operator_is_alone(f->db)) return FACTS_SAME_PERSON;
    struct facts as = *f;
    as.by = w.made_by;
    enum facts_answer answer = carry_out(&as, &w);
    if (answer != FACTS_DONE) return answer;
    facts_waiting_drop(f->db, waiting);
    trail_add(f->db, TRAIL_SECOND_AGREED, f->by,
              (struct trail_about){ .subject = TRAIL_OF_REQUEST, .row = waiting }, f->now);
    return FACTS_DONE;
}

enum facts_answer facts_give_back(const struct facts *f, id waiting, str reason)
{
    struct facts_waiting w;
    if (!facts_waiting_get(f->db, waiting, &w) || w.back.n) return FACTS_NO_SUCH;
    if (w.made_by == f->by) return FACTS_SAME_PERSON;
    if (!facts_word_is(facts_backs, reason)) return FACTS_NO_REASON;
    facts_waiting_give_back(f->db, waiting, reason, f->now + BACK_KEEP_MS);
    trail_add(f->db, TRAIL_SECOND_REFUSED, f->by,
              (struct trail_about){ .subject = TRAIL_OF_REQUEST, .row = waiting }, f->now);
    return FACTS_DONE;
}

enum facts_answer facts_take_back(const struct facts *f, id waiting)
{
    struct facts_waiting w;
    if (!facts_waiting_get(f->db, waiting, &w) || w.made_by != f->by) return FACTS_NO_SUCH;
    facts_waiting_drop(f->db, waiting);
    trail_add(f->db, TRAIL_DISCARDED, f->by,
              (struct trail_about){ .subject = TRAIL_OF_REQUEST, .row = waiting }, f->now);
    return FACTS_DONE;
}
