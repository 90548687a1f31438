/* One statement at the desk: entered, corrected, looked at again, graded, withdrawn. */
#include "facts/form.h"
#include "facts/survey.h"

#include "base/id.h"

static void show(struct req *rq, struct facts_form *v)
{
    struct facts_form_reasons *reasons = arena_new(rq->arena, struct facts_form_reasons, 8);
    for (const struct word *w = facts_reasons; w->code.n; w++)
        reasons[v->reasons_n++] = (struct facts_form_reasons){ w->code, w->phrase };
    v->reasons = reasons;
    v->token = web_token(rq);
    page(rq, (struct head){ .title = v->title, .description = v->title, .section = "facts" },
         &facts_form_view, v);
}

static void fill_kind(struct req *rq, const struct claim_kind *kind, struct facts_form *v)
{
    v->kind = str_of(kind->name);
    v->kind_name = kind_name(kind);
    v->about = str_of(kind->note);
    v->list = facts_kind_address(rq, kind);
    v->has_source = !kind->is_reference && facts_is_entered_here(kind);
    v->is_source = kind == &claim_sources;
}

/* After a deed: to what is published, or to what waits. */
static void lead_on(struct req *rq, enum facts_answer answer, const struct facts_made *made,
                    const char *done)
{
    if (answer == FACTS_WAITS) desk_go(rq, "waits", S("/desk/facts/second"));
    else desk_go(rq, done, S("/desk/facts/claims/"), made->claim);
}

/* ---- a new one ---- */

static const struct claim_kind *asked_kind(struct req *rq)
{
    const struct claim_kind *kind = claim_kind_named(in_path(rq, "kind"));
    if (kind && facts_is_entered_here(kind)) return kind;
    not_found(rq, PHRASE("No kind of statement that is entered here is called {asked}."),
              in_path(rq, "kind"));
    return NULL;
}

static void show_new(struct req *rq, const struct claim_kind *kind, const str *cells,
                     const struct phrase *wrong, struct facts_form *v)
{
    struct claim c = { .kind = kind, .id = S(""), .n = claim_columns(kind), .cell = cells };
    fill_kind(rq, kind, v);
    v->title = say(rq, PHRASE("A new statement"));
    v->is_new = true;
    v->action = web_beneath_now(rq, S("/desk/facts/"), v->kind, S("/new"));
    form_columns(rq, kind, cells, wrong, v);
    form_source(rq, kind, v);
    if (facts_subject_of(&c).n) form_beside(rq, &c, v);
    show(rq, v);
}

static void new_form(struct req *rq)
{
    const struct claim_kind *kind;
    struct facts_form v = { .title = S("") };
    if (facts_may(rq, MAY_FACT) && (kind = asked_kind(rq)) != NULL)
        show_new(rq, kind, form_cells(rq, kind, true), NULL, &v);
}

static void enter(struct req *rq)
{
    const struct claim_kind *kind;
    struct facts f = facts_of(rq);
    struct facts_made made = { .claim = S("") };
    if (!facts_may(rq, MAY_FACT) || !(kind = asked_kind(rq))) return;
    struct facts_form v = { .has_source = !kind->is_reference };
    str *cells = form_cells(rq, kind, false);
    enum facts_answer answer = FACTS_WRONG;
    if (form_new_source(rq, kind, cells, &v)) answer = facts_enter(&f, kind, cells, &made);
    if (answer == FACTS_DONE || answer == FACTS_WAITS) {
        lead_on(rq, answer, &made, "published");
        return;
    }
    v.wrong = facts_refusal(answer);
    show_new(rq, kind, cells, made.wrong, &v);
    page_is_wrong(rq);
}

/* ---- one that is there ---- */

static bool asked_claim(struct req *rq, struct claim *c)
{
    str id = in_path(rq, "id");
    if (!facts_may(rq, MAY_FACT)) return false;
    if (content_id_is(id) && claim_get(rq->db, id, c)) return true;
    not_found(rq, PHRASE("No statement has the number {asked}."), id);
    return false;
}

/* `cells` are what was typed, or the statement's own. */
static void show_claim(struct req *rq, const struct claim *c, const str *cells,
                       const struct phrase *wrong, struct facts_form *v)
{
    const struct survey *all;
    fill_kind(rq, c->kind, v);
    v->title = facts_question(rq, c);
    if (!v->title.n) v->title = say(rq, PHRASE("One statement"));
    v->action = facts_claim_address(rq, c->id);
    v->is_live = c->retracted_at == CLAIM_FOREVER;
    v->can_change = v->is_live && facts_is_entered_here(c->kind);
    v->can_look = facts_looked_column(c->kind) >= 0;
    v->public = ARENA_JOIN(rq->arena, site_origin(rq), web_beneath_now(rq, S("/claims/"), c->id));
    if (!v->is_live) v->retracted = web_day_of(rq, c->retracted_at);
    if (v->is_source) v->note = claim_cell(c, "note");
    if (v->is_source && !db_is_writing(rq->db)) {
        size_t n = survey_all(rq->db, &all);
        v->uses = SOME_INT(survey_uses(all, n, c->cell[0]));
    }
    form_columns(rq, c->kind, cells, wrong, v);
    form_source(rq, c->kind, v);
    form_beside(rq, c, v);
    show(rq, v);
}

static void claim_form(struct req *rq)
{
    struct claim c;
    struct facts_form v = { .title = S("") };
    if (asked_claim(rq, &c)) show_claim(rq, &c, c.cell, NULL, &v);
}

/* The statement with what went wrong; both sides where somebody was quicker. */
static void refuse_claim(struct req *rq, const struct claim *c, const str *cells,
                         enum facts_answer answer, const struct phrase *wrong, struct facts_form *v)
{
    v->wrong = facts_refusal(answer);
    show_claim(rq, c, cells, wrong, v);
    if (answer == FACTS_GONE) page_is_stale(rq);
    else page_is_wrong(rq);
}

static void correct(struct req *rq)
{
    struct claim c;
    struct facts f = facts_of(rq);
    struct facts_made made = { .claim = S("") };
    if (!asked_claim(rq, &c)) return;
    struct facts_form v = { .has_source = !c.kind->is_reference && facts_is_entered_here(c.kind) };
    str *cells = form_cells(rq, c.kind, false);
    bool is_live = c.retracted_at == CLAIM_FOREVER; /* or a source would be made for nothing */
    enum facts_answer answer = is_live ? FACTS_WRONG : FACTS_GONE;
    if (is_live && form_new_source(rq, c.kind, cells, &v))
        answer = facts_correct(&f, c.id, cells, &made);
    if (answer == FACTS_DONE || answer == FACTS_WAITS) lead_on(rq, answer, &made, "published");
    else refuse_claim(rq, &c, cells, answer, made.wrong, &v);
}

static void look(struct req *rq)
{
    struct claim c;
    struct facts f = facts_of(rq);
    struct facts_made made;
    struct facts_form v = { .title = S("") };
    if (!asked_claim(rq, &c)) return;
    enum facts_answer answer = facts_look_again(&f, c.id, &made);
    if (answer == FACTS_UNCHANGED)
        desk_go(rq, "looked", S("/desk/facts/claims/"), c.id); /* already so today */
    else if (answer == FACTS_DONE || answer == FACTS_WAITS) lead_on(rq, answer, &made, "looked");
    else refuse_claim(rq, &c, c.cell, answer, NULL, &v);
}

static void grade(struct req *rq)
{
    struct claim c;
    struct facts f = facts_of(rq);
    struct facts_made made = { .claim = S("") };
    struct facts_form v = { .title = S("") };
    if (!asked_claim(rq, &c)) return;
    enum facts_answer answer = facts_grade(&f, c.id, in_form_line(rq, "grade"),
                                           in_form_line(rq, "note"), &made);
    if (answer == FACTS_DONE || answer == FACTS_WAITS) lead_on(rq, answer, &made, "saved");
    else refuse_claim(rq, &c, c.cell, answer, made.wrong, &v);
}

static void withdraw(struct req *rq)
{
    struct claim c;
    struct facts f = facts_of(rq);
    struct facts_made made;
    struct facts_form v = { .title = S("") };
    if (!asked_claim(rq, &c)) return;
    enum facts_answer answer = facts_withdraw(&f, c.id, in_form_line(rq, "reason"), &made);
    if (answer == FACTS_DONE || answer == FACTS_WAITS) lead_on(rq, answer, &made, "retracted");
    else refuse_claim(rq, &c, c.cell, answer, NULL, &v);
}

const struct route claim_page_routes[] = {
    { GET, DESK, "/desk/facts/claims/:id", MAY_FACT, claim_form,
      "One statement, with its rivals and its history.", &facts_form_view, NULL },
    { POST, DESK, "/desk/facts/claims/:id", MAY_FACT, correct, "Corrects a statement.",
      &facts_form_view, CELL_FIELDS " " SOURCE_FIELDS },
    { POST, DESK, "/desk/facts/claims/:id/look", MAY_FACT, look,
      "Says that a source still says so today.", &facts_form_view, NULL },
    { POST, DESK, "/desk/facts/claims/:id/grade", MAY_FACT, grade, "Grades a source.",
      &facts_form_view, "grade note" },
    { POST, DESK, "/desk/facts/claims/:id/withdraw", MAY_FACT, withdraw, "Withdraws a statement.",
      &facts_form_view, "reason" },
    { GET, DESK, "/desk/facts/:kind/new", MAY_FACT, new_form, "A form made from a kind's columns.",
      &facts_form_view, CELL_FIELDS },
    { POST, DESK, "/desk/facts/:kind/new", MAY_FACT, enter, "Enters a statement.", &facts_form_view,
      CELL_FIELDS " " SOURCE_FIELDS },
    { 0 },
};
