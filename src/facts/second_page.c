/* What waits for a second person, and what the desk's first page says of it. */
#include "facts/inside.h"
#include "facts/second.html.h"
#include "facts/survey.h"

#include "base/id.h"
#include "operator/operator.h"

static void fill_cells(struct req *rq, const struct claim_kind *kind, const struct claim *old,
                       const str *cells, struct facts_second_waiting *to)
{
    int n = claim_columns(kind);
    struct facts_second_waiting_cells *all = arena_new(rq->arena, struct facts_second_waiting_cells,
                                                       (size_t)n);
    for (int i = 0; i < n; i++) {
        str was = old ? old->cell[i] : S(""), now = cells ? cells[i] : S("");
        bool is_changed = !str_eq(was, now);
        if (!was.n && !now.n) continue;
        struct facts_second_waiting_cells *c = &all[to->cells_n++];
        *c = (struct facts_second_waiting_cells){ .label = column_label(kind, &kind->columns[i]),
                                                  .now = facts_cell(rq, &kind->columns[i], now),
                                                  .is_changed = is_changed };
        c->was = str_or_absent(is_changed ? facts_cell(rq, &kind->columns[i], was) : S(""));
    }
    to->cells = all;
}

/* So that the second person can open it. */
static void fill_source(struct req *rq, str id, struct facts_second_waiting *to)
{
    struct claim *rows;
    if (!id.n || claim_read(rq->db, &claim_sources, id, CLAIM_NOW, &rows) == 0) return;
    to->source = claim_cell(&rows[0], "name");
    to->site = str_or_absent(claim_cell(&rows[0], "url"));
}

static bool fill_one(struct req *rq, const struct facts_waiting *w, struct facts_second_waiting *to)
{
    const struct claim_kind *kind = claim_kind_named(w->kind);
    const str *cells = facts_waiting_cells(rq->arena, w);
    struct claim old, fresh = { .kind = kind };
    if (!kind) return false; /* of a newer program */
    fresh.cell = cells;
    fresh.n = cells ? claim_columns(kind) : 0;
    bool has_old = w->claim.n && claim_get(rq->db, w->claim, &old);
    if (!has_old && !cells) return false;
    *to = (struct facts_second_waiting){
        .deed = claim_word(facts_deeds, w->deed).phrase,
        .kind = kind_name(kind),
        .why = claim_word(facts_whys, w->why).phrase,
        .question = facts_question(rq, cells ? &fresh : &old),
        .name = facts_name_of(rq, w->made_by),
        .day = web_day_of(rq, w->made_at),
        .is_mine = w->made_by == rq->who.person,
        .can_agree = (w->made_by != rq->who.person || operator_is_alone(rq->db)) && !w->back.n,
        .address = web_beneath_now(rq, S("/desk/facts/second/"), web_id(rq, w->id)),
    };
    if (w->back.n) to->back = claim_word(facts_backs, w->back).phrase;
    if (w->reason.n) to->reason = claim_word(facts_reasons, w->reason).phrase;
    if (has_old) to->old = facts_claim_address(rq, old.id);
    fill_source(rq, claim_source(cells ? &fresh : &old), to);
    fill_cells(rq, kind, has_old ? &old : NULL, cells, to);
    return true;
}

static void fill_imports(struct req *rq, struct facts_second *v)
{
    struct facts_import_head *all;
    size_t n = facts_import_all(rq->db, &all);
    struct facts_second_imports *shown = arena_new(rq->arena, struct facts_second_imports, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct claim_kind *kind = claim_kind_named(all[i].kind);
        if (!kind || !all[i].is_asked) continue;
        shown[v->imports_n++] = (struct facts_second_imports){
            kind_name(kind), facts_name_of(rq, all[i].made_by), web_day_of(rq, all[i].made_at),
            all[i].made_by == rq->who.person,
            web_beneath_now(rq, S("/desk/facts/import/"), web_id(rq, all[i].id))
        };
    }
    v->imports = shown;
}

static void show(struct req *rq, struct phrase wrong)
{
    struct facts_waiting *all;
    size_t n = facts_waiting_all(rq->db, &all);
    struct facts_second v = { .wrong = wrong,
                              .facts = web_beneath_now(rq, S("/desk/facts")),
                              .token = web_token(rq) };
    struct facts_second_waiting *shown = arena_new(rq->arena, struct facts_second_waiting, n + 1);
    struct facts_second_backs *backs = arena_new(rq->arena, struct facts_second_backs, 8);
    for (size_t i = 0; i < n; i++) {
        bool is_others_past = all[i].back.n && all[i].made_by != rq->who.person;
        if (!is_others_past && fill_one(rq, &all[i], &shown[v.waiting_n])) v.waiting_n++;
    }
    for (const struct word *w = facts_backs; w->code.n; w++)
        backs[v.backs_n++] = (struct facts_second_backs){ w->code, w->phrase };
    v.waiting = shown;
    v.backs = backs;
    fill_imports(rq, &v);
    str title = say(rq, PHRASE("What waits for a second person"));
    page(rq, (struct head){ .title = title, .description = title, .section = "facts" },
         &facts_second_view, &v);
}

static void second(struct req *rq)
{
    if (facts_may(rq, MAY_FACT)) show(rq, NO_PLURAL);
}

/* `stale`: of what somebody else has changed in between. */
static void answer_with(struct req *rq, enum facts_answer answer, const char *done)
{
    if (answer == FACTS_DONE) {
        desk_go(rq, done, S("/desk/facts/second"));
        return;
    }
    if (answer == FACTS_SAME_PERSON) {
        refuse(rq, 403, facts_refusal(answer), S(""));
        return;
    }
    show(rq, answer == FACTS_GONE ? PHRASE("What it was to change has been changed by somebody "
                                           "else since. Give it back, or take it back.")
                                  : facts_refusal(answer));
    if (answer == FACTS_GONE || answer == FACTS_NO_SUCH) page_is_stale(rq);
    else page_is_wrong(rq);
}

static bool asked_waiting(struct req *rq, id *which)
{
    if (!facts_may(rq, MAY_FACT)) return false;
    if (in_path_id(rq, "waiting", which)) return true;
    not_found(rq, PHRASE("This does not wait any more."), S(""));
    return false;
}

static void agree(struct req *rq)
{
    struct facts f = facts_of(rq);
    id which;
    if (asked_waiting(rq, &which)) answer_with(rq, facts_agree(&f, which), "published");
}

static void give_back(struct req *rq)
{
    struct facts f = facts_of(rq);
    id which;
    if (asked_waiting(rq, &which))
        answer_with(rq, facts_give_back(&f, which, in_form_line(rq, "reason")), "given");
}

static void take_back(struct req *rq)
{
    struct facts f = facts_of(rq);
    id which;
    if (asked_waiting(rq, &which)) answer_with(rq, facts_take_back(&f, which), "removed");
}

const struct route second_page_routes[] = {
    { GET, DESK, "/desk/facts/second", MAY_FACT, second, "What waits for a second person.",
      &facts_second_view, NULL },
    { POST, DESK, "/desk/facts/second/:waiting/agree", MAY_FACT, agree, "The second person agrees.",
      &facts_second_view, NULL },
    { POST, DESK, "/desk/facts/second/:waiting/back", MAY_FACT, give_back,
      "The second person gives it back.", &facts_second_view, "reason" },
    { POST, DESK, "/desk/facts/second/:waiting/take", MAY_FACT, take_back,
      "Whoever brought it takes it back.", &facts_second_view, NULL },
    { 0 },
};
