/* A table brought in at the desk: kept for a day, shown as what it would change, and then exactly that is done. */
#include "facts/incoming.html.h"
#include "facts/inside.h"
#include "facts/preview.html.h"
#include "facts/survey.h"

#include "base/id.h"
#include "operator/operator.h"

#define CHANGES_SHOWN 100 /* of each sort */

static struct head head_of(str title)
{
    return (struct head){ .title = title, .description = title, .section = "facts" };
}

/* ---- bringing it ---- */

static void show_form(struct req *rq, const struct claim_kind *now, str words, struct phrase wrong,
                      str complaint)
{
    struct facts_incoming v = { .wrong = wrong,
                                .words = words,
                                .is_whole = rq->route->method == POST && in_form_has(rq, "whole"),
                                .action = web_beneath_now(rq, S("/desk/facts/import")),
                                .facts = web_beneath_now(rq, S("/desk/facts")),
                                .token = web_token(rq) };
    struct facts_import_head *all;
    size_t n = facts_import_all(rq->db, &all), kinds = 0;
    while (claim_kind_at(kinds)) kinds++;
    struct facts_incoming_kinds *choices = arena_new(rq->arena, struct facts_incoming_kinds,
                                                     kinds + 1);
    struct facts_incoming_mine *mine = arena_new(rq->arena, struct facts_incoming_mine, n + 1);
    for (size_t i = 0; i < kinds; i++) {
        const struct claim_kind *k = claim_kind_at(i);
        if (!facts_is_entered_here(k)) continue;
        choices[v.kinds_n++] = (struct facts_incoming_kinds){ str_of(k->name), kind_name(k),
                                                              k == now };
    }
    for (size_t i = 0; i < n; i++) {
        const struct claim_kind *k = claim_kind_named(all[i].kind);
        if (!k || all[i].made_by != rq->who.person) continue;
        mine[v.mine_n++] = (struct facts_incoming_mine){
            kind_name(k), web_day_of(rq, all[i].made_at),
            web_beneath_now(rq, S("/desk/facts/import/"), web_id(rq, all[i].id))
        };
    }
    v.kinds = choices;
    v.mine = mine;
    if (complaint.n) v.complaint = complaint;
    page(rq, head_of(say(rq, PHRASE("Bring in a table"))), &facts_incoming_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static void bring_form(struct req *rq)
{
    if (facts_may(rq, MAY_FACT))
        show_form(rq, claim_kind_named(in_query(rq, "kind")), S(""), NO_PLURAL, S(""));
}

/* Where it stops being text; such bytes are not kept. */
static str place_of_bad_bytes(struct req *rq, const struct claim_kind *kind, str words)
{
    struct import_report report;
    struct import_plan plan;
    (void)!claim_plan(rq->db, rq->arena, kind, words, false, rq->now, NULL, &report, &plan);
    if (report.complaint_n == 0) return S("");
    return arena_format(rq->arena, "%d:%d", report.complaint[0].line, report.complaint[0].column);
}

static size_t lines_in(str words)
{
    size_t n = 1;
    for (size_t i = 0; i < words.n; i++) n += words.p[i] == '\n';
    return n;
}

static void bring(struct req *rq)
{
    if (!facts_may(rq, MAY_FACT)) return;
    const struct claim_kind *kind = claim_kind_named(in_form_line(rq, "kind"));
    const struct form_part *file = in_form_file(rq, "file");
    str typed = in_form(rq, "words"), words = file ? file->body : typed;
    struct phrase wrong = NO_PLURAL;
    str where = S("");
    if (!kind || !facts_is_entered_here(kind))
        wrong = PHRASE("Please choose what kind of table it is.");
    else if (!words.n) wrong = PHRASE("Please choose a file, or paste its lines.");
    else if (lines_in(words) > IMPORT_LINES_MAX)
        wrong = PHRASE("A table has at most 100,000 lines here. Whoever hosts this site can import "
                       "a longer one at the terminal.");
    else if (!str_is_utf8(words)) {
        wrong = PHRASE("This is not UTF-8 text from here on (line:column):");
        where = place_of_bad_bytes(rq, kind, words);
    }
    if (wrong.english) {
        show_form(rq, kind, str_is_utf8(typed) ? typed : S(""), wrong, where);
        return;
    }
    id made = id_new();
    facts_import_drop_of(rq->db, rq->who.person);
    facts_import_add(rq->db, made, str_of(kind->name), in_form_has(rq, "whole"), words,
                     rq->who.person, rq->now, rq->now + IMPORT_KEEP_MS);
    desk_go(rq, NULL, S("/desk/facts/import/"), web_id(rq, made));
}

/* ---- what it would change ---- */

struct incoming {
    struct facts_import row;
    const struct claim_kind *kind;
    enum import_answer answer;
    struct import_report report;
    struct import_plan plan;
    str hash;        /* of all that it changes */
    struct word why; /* a second person looks at it */
    bool is_too_much;
};

static void close_arena(void *arena)
{
    arena_close(arena);
}

/* Two that change the same have the same. */
static str hash_of(struct req *rq, const struct import_plan *plan)
{
    struct sink all;
    char hash[CONTENT_ID_LENGTH + 1];
    sink_open(&all, db_arena(rq->db), IMPORT_ARENA_MAX);
    put(&all, str_of(plan->kind->name));
    for (size_t i = 0; i < plan->added_n; i++) {
        put_char(&all, '+');
        put(&all, claim_plan_id(plan, i));
    }
    for (size_t i = 0; i < plan->retracted_n; i++) {
        put_char(&all, '-');
        put(&all, plan->retracted[i]);
    }
    content_id(sink_str(&all), hash);
    return arena_str(rq->arena, str_of(hash));
}

/* Withdrawing, weak sources and contradicting a firm one need two, line by line as in the form; here for the whole. */
static struct word needs_second(struct req *rq, const struct import_plan *plan)
{
    static const struct word none = { { "", 0 }, { NULL } };
    struct word table = claim_word(facts_whys, S("table"));
    struct arena *a = db_arena(rq->db);
    if (plan->retracted_n) return table;
    if (plan->added_n == 0 || plan->added_n > IMPORT_CHANGES_MAX) return none;
    struct claim *fresh = arena_new(a, struct claim, plan->added_n), *live;
    for (size_t i = 0; i < plan->added_n; i++) {
        fresh[i] = (struct claim){ .kind = plan->kind,
                                   .n = claim_columns(plan->kind),
                                   .cell = claim_plan_cells(a, plan, i) };
        if (str_eq(facts_grade_of(rq->db, claim_source(&fresh[i])), S("weak"))) return table;
    }
    size_t n = claim_read(rq->db, plan->kind, CLAIM_ALL, CLAIM_NOW, &live), firm = 0;
    str last = { NULL, 0 };
    bool is_firm = plan->kind->is_reference;
    for (size_t i = 0; i < n; i++) {
        str source = claim_source(&live[i]);
        if (source.n && !(last.p && str_eq(last, source)))
            is_firm = facts_is_firm(facts_grade_of(rq->db, source));
        last = source;
        if (is_firm) live[firm++] = live[i];
    }
    return survey_contradict(a, live, firm, fresh, plan->added_n) ? table : none;
}

/* Of what others name there is one of each name: a second row would let one person give a source another grade. */
static bool names_one_twice(struct req *rq, const struct import_plan *plan, str *name)
{
    struct arena *a = db_arena(rq->db);
    bool is_named = plan->kind == &claim_sources || strcmp(plan->kind->name, "countries") == 0;
    str *seen = arena_new(a, str, plan->added_n + 1);
    for (size_t i = 0; is_named && i < plan->added_n; i++) {
        struct claim *live;
        *name = seen[i] = claim_plan_cells(a, plan, i)[0];
        for (size_t k = 0; k < i; k++)
            if (str_eq(seen[k], seen[i])) return true;
        size_t n = claim_read(rq->db, plan->kind, seen[i], CLAIM_NOW, &live);
        for (size_t k = 0; k < n; k++) {
            bool is_going = false;
            for (size_t g = 0; g < plan->retracted_n; g++)
                is_going |= str_eq(plan->retracted[g], live[k].id);
            if (!is_going) return true;
        }
    }
    return false;
}

/* Everything that is read for it lies in an arena of its own: a table is larger than a request. */
static bool look_into(struct req *rq, struct incoming *in)
{
    id which;
    if (!in_path_id(rq, "import", &which) || !facts_import_get(rq->db, which, &in->row) ||
        !(in->kind = claim_kind_named(in->row.kind))) {
        not_found(rq, PHRASE("This table is not here any more."), S(""));
        return false;
    }
    struct arena *big = arena_new(rq->arena, struct arena, 1);
    arena_open(big, IMPORT_ARENA_MAX);
    arena_at_end(rq->arena, close_arena, big);
    db_use_arena(rq->db, big);
    in->answer = claim_plan(rq->db, big, in->kind, in->row.words, in->row.is_whole, rq->now, NULL,
                            &in->report, &in->plan);
    in->hash = S("");
    in->why = (struct word){ { "", 0 }, { NULL } };
    in->is_too_much = in->plan.added_n + in->plan.retracted_n > IMPORT_CHANGES_MAX;
    str twice;
    if (in->answer == IMPORT_DONE && !in->is_too_much && names_one_twice(rq, &in->plan, &twice)) {
        in->answer = IMPORT_REFUSED;
        in->report.complaint[in->report.complaint_n++] =
            (struct import_complaint){ 0, 0, twice,
                                       PHRASE("There is one with this short name already. Correct "
                                              "that one, or choose another name."),
                                       S("") };
    }
    if (in->answer == IMPORT_DONE) {
        in->hash = hash_of(rq, &in->plan);
        in->why = needs_second(rq, &in->plan);
    }
    db_use_arena(rq->db, rq->arena);
    return true;
}

static struct facts_preview_fresh_cells *cells_of(struct req *rq, const str *cell, size_t n)
{
    struct facts_preview_fresh_cells *out = arena_new(rq->arena, struct facts_preview_fresh_cells,
                                                      n + 1);
    for (size_t i = 0; i < n; i++) out[i].value = cell[i];
    return out;
}

static void fill_changes(struct req *rq, const struct incoming *in, struct facts_preview *v)
{
    size_t width = (size_t)claim_columns(in->kind);
    struct facts_preview_columns *columns = arena_new(rq->arena, struct facts_preview_columns,
                                                      width + 1);
    struct facts_preview_fresh *fresh = arena_new(rq->arena, struct facts_preview_fresh,
                                                  CHANGES_SHOWN);
    struct facts_preview_gone *gone = arena_new(rq->arena, struct facts_preview_gone,
                                                CHANGES_SHOWN);
    for (size_t i = 0; i < width; i++)
        columns[v->columns_n++].name = str_of(in->kind->columns[i].name);
    for (size_t i = 0; i < in->plan.added_n && i < CHANGES_SHOWN; i++)
        fresh[v->fresh_n++] = (struct facts_preview_fresh){
            cells_of(rq, claim_plan_cells(rq->arena, &in->plan, i), width), width
        };
    for (size_t i = 0; i < in->plan.retracted_n && i < CHANGES_SHOWN; i++) {
        struct claim c;
        if (!claim_get(rq->db, in->plan.retracted[i], &c)) continue;
        struct facts_preview_gone_cells *out = arena_new(rq->arena, struct facts_preview_gone_cells,
                                                         width + 1);
        for (size_t k = 0; k < width; k++) out[k].value = c.cell[k];
        gone[v->gone_n++] = (struct facts_preview_gone){ out, width };
    }
    v->columns = columns;
    v->fresh = fresh;
    v->gone = gone;
    v->is_part = in->plan.added_n > CHANGES_SHOWN || in->plan.retracted_n > CHANGES_SHOWN;
}

static void fill_complaints(struct req *rq, const struct incoming *in, struct facts_preview *v)
{
    const struct import_report *r = &in->report;
    struct facts_preview_complaints *all = arena_new(rq->arena, struct facts_preview_complaints,
                                                     r->complaint_n + 1);
    for (size_t i = 0; i < r->complaint_n; i++) {
        all[i] = (struct facts_preview_complaints){ .what = r->complaint[i].what,
                                                    .why = r->complaint[i].why,
                                                    .detail = r->complaint[i].detail };
        if (r->complaint[i].line) all[i].line = SOME_INT(r->complaint[i].line);
        if (r->complaint[i].column) all[i].column = SOME_INT(r->complaint[i].column);
    }
    v->complaints = all;
    v->complaints_n = r->complaint_n;
    if (r->more) v->more = SOME_INT(r->more);
}

static void show_preview(struct req *rq, const struct incoming *in, bool is_stale)
{
    bool is_mine = in->row.made_by == rq->who.person, needs = in->why.code.n > 0;
    bool can = in->answer == IMPORT_DONE && !in->is_too_much;
    struct facts_preview v = {
        .kind = kind_name(in->kind),
        .code = str_of(in->kind->name),
        .is_whole = in->row.is_whole,
        .rows = (int64_t)in->report.rows,
        .added = (int64_t)in->plan.added_n,
        .retracted = (int64_t)in->plan.retracted_n,
        .unchanged = (int64_t)in->plan.unchanged,
        .kept = (int64_t)in->plan.kept,
        .name = facts_name_of(rq, in->row.made_by),
        .day = web_day_of(rq, in->row.made_at),
        .is_mine = is_mine,
        .is_asked = in->row.asked.n > 0,
        .is_stale = is_stale,
        .is_refused = in->answer == IMPORT_REFUSED,
        .is_same = in->answer == IMPORT_UNCHANGED,
        .too_many = in->is_too_much,
        .can_do = can && (!needs || ((!is_mine || operator_is_alone(rq->db)) && in->row.asked.n)),
        .can_ask = can && needs && is_mine && !in->row.asked.n,
        .hash = in->hash,
        .action = web_beneath_now(rq, S("/desk/facts/import/"), web_id(rq, in->row.id)),
        .bring = web_beneath_now(rq, S("/desk/facts/import")),
        .second = web_beneath_now(rq, S("/desk/facts/second")),
        .token = web_token(rq),
    };
    if (needs) v.needs = in->why.phrase;
    if (v.is_refused) fill_complaints(rq, in, &v);
    else fill_changes(rq, in, &v);
    page(rq, head_of(say(rq, PHRASE("What it would change"))), &facts_preview_view, &v);
    if (is_stale) page_is_stale(rq);
}

static void preview(struct req *rq)
{
    struct incoming in;
    if (facts_may(rq, MAY_FACT) && look_into(rq, &in)) show_preview(rq, &in, false);
}

/* ---- exactly that ---- */

static void note(struct req *rq, enum trail_deed deed, const struct incoming *in)
{
    trail_add(rq->db, deed, rq->who.person,
              (struct trail_about){ .subject = TRAIL_OF_KIND, .code = str_of(in->kind->name) },
              rq->now);
}

/* In the name of whoever brought it: it outlives imports as what they entered row by row does. */
static void carry_out(struct req *rq, const struct incoming *in)
{
    claim_plan_write(rq->db, &in->plan, in->row.made_by, NULL);
    facts_import_drop(rq->db, in->row.id);
    note(rq, TRAIL_FACTS_IMPORTED, in);
    if (in->row.made_by != rq->who.person) note(rq, TRAIL_SECOND_AGREED, in);
    desk_go(rq, "imported", S("/desk/facts?kind="), str_of(in->kind->name));
}

static void do_it(struct req *rq)
{
    struct incoming in;
    if (!facts_may(rq, MAY_FACT) || !look_into(rq, &in)) return;
    bool is_mine = in.row.made_by == rq->who.person, needs = in.why.code.n > 0;
    if (in.answer != IMPORT_DONE || in.is_too_much || !str_eq(in_form_line(rq, "hash"), in.hash)) {
        show_preview(rq, &in, true);
    } else if (needs && is_mine && in.row.asked.n && !operator_is_alone(rq->db)) {
        refuse(rq, 403, facts_refusal(FACTS_SAME_PERSON), S(""));
    } else if (needs && is_mine && !in.row.asked.n) {
        facts_import_ask(rq->db, in.row.id, in.hash, rq->now + WAITING_KEEP_MS);
        note(rq, TRAIL_ASKED_FOR_SECOND, &in);
        desk_go(rq, "waits", S("/desk/facts/second"));
    } else if (needs && !in.row.asked.n) {
        show_preview(rq, &in, true); /* its maker still looks at it */
    } else carry_out(rq, &in);
}

static void drop(struct req *rq)
{
    id which;
    struct facts_import row;
    if (!facts_may(rq, MAY_FACT)) return;
    bool is_there = in_path_id(rq, "import", &which) && facts_import_get(rq->db, which, &row);
    if (!is_there || (row.made_by != rq->who.person && !row.asked.n)) {
        not_found(rq, PHRASE("This table is not here any more."), S(""));
        return;
    }
    facts_import_drop(rq->db, which);
    trail_add(rq->db,
              row.asked.n && row.made_by != rq->who.person ? TRAIL_SECOND_REFUSED : TRAIL_DISCARDED,
              rq->who.person, (struct trail_about){ .subject = TRAIL_OF_KIND, .code = row.kind },
              rq->now);
    desk_go(rq, "removed", S("/desk/facts/import"));
}

const struct route import_page_routes[] = {
    { GET, DESK, "/desk/facts/import", MAY_FACT, bring_form, "Bringing in a table.",
      &facts_incoming_view, "kind" },
    { POST, DESK, "/desk/facts/import", MAY_FACT, bring, "Takes a table to look at.",
      &facts_incoming_view, "kind words file whole" },
    { GET, DESK, "/desk/facts/import/:import", MAY_FACT, preview, "What a table would change.",
      &facts_preview_view, NULL },
    { POST, DESK, "/desk/facts/import/:import/do", MAY_FACT, do_it, "Does exactly what was shown.",
      &facts_preview_view, "hash" },
    { POST, DESK, "/desk/facts/import/:import/drop", MAY_FACT, drop,
      "Drops a table that was brought.", NULL, NULL },
    { 0 },
};
