/* One study: first what the table is and what stands against a number, then the asking, then what came out. */
#include "study/inside.h"
#include "study/look.h"
#include "study/one.html.h"
#include "study/report.h"

#include "people/people.h"

#define AGAIN_S   4 /* a page that waits looks again */
#define FEW       1000
#define SEED_MOST ((int64_t)999999999999999999)

static bool asked(struct req *rq, struct study *study)
{
    struct studies s = study_asked(rq);
    id which;
    if (in_path_id(rq, "study", &which) && study_read(&s, which, study) == STUDY_YES) return true;
    not_found(rq, study_refusal(STUDY_NO_SUCH), S(""));
    return false;
}

/* ---- before any number ---- */

static void fill_overlaps(struct req *rq, const struct study_look *look, int list,
                          struct study_one_lists *to)
{
    const struct mse_table *t = &look->whole;
    struct study_one_lists_cells *cells = arena_new(rq->arena, struct study_one_lists_cells,
                                                    (size_t)t->lists);
    for (int k = 0; k < t->lists; k++) {
        double people = mse_overlap(t, 1u << list | 1u << k);
        cells[k] = (struct study_one_lists_cells){ .people = (int64_t)people,
                                                   .is_self = k == list,
                                                   .is_thin = people < LOOK_OVERLAP_LEAST };
    }
    to->cells = cells;
    to->cells_n = (size_t)t->lists;
}

static void fill_table(struct req *rq, const struct study *study, struct study_one *v)
{
    struct study_wish wish = study_wish_read(study->wish);
    struct study_look look = study_look_at(rq->arena, rq->lang, study->lists, &wish);
    size_t n = (size_t)look.whole.lists;
    struct study_one_lists *lists = arena_new(rq->arena, struct study_one_lists, n + 1);
    struct study_one_heads *heads = arena_new(rq->arena, struct study_one_heads, n + 1);
    struct study_one_against *against = arena_new(rq->arena, struct study_one_against,
                                                  (size_t)look.against_n + 1);
    for (size_t i = 0; i < n; i++) {
        heads[i] = (struct study_one_heads){ (int64_t)i + 1, look.whole.name[i] };
        lists[i] = (struct study_one_lists){
            .n = (int64_t)i + 1,
            .code = (int64_t)i + 1,
            .name = look.whole.name[i],
            .size = (int64_t)mse_list_size(&look.whole, (int)i),
            .is_in = !wish.lists || (wish.lists >> i & 1),
        };
        fill_overlaps(rq, &look, (int)i, &lists[i]);
    }
    for (int i = 0; i < look.against_n; i++)
        against[i] = (struct study_one_against){ look.against[i] };
    v->lists = lists;
    v->lists_n = n;
    v->heads = heads;
    v->heads_n = n;
    v->against = against;
    v->against_n = (size_t)look.against_n;
    v->is_clear = look.against_n == 0;
    v->seen = (int64_t)look.whole.n;
    v->is_many = wish.bootstrap >= STUDY_BOOTSTRAP_GOOD;
    v->seed = wish.seed;
}

/* ---- the run ---- */

static void fill_run(struct req *rq, const struct study *study, struct study_one *v)
{
    struct studies s = study_asked(rq);
    struct study_progress run;
    v->can_ask = true;
    if (!study_newest_run(&s, study->id, &run)) return;
    switch (run.state) {
    case STUDY_WAITING: v->is_waiting = true; break;
    case STUDY_RUNNING: v->is_running = true; break;
    case STUDY_DONE: v->is_done = true; break;
    case STUDY_STOPPED: v->is_stopped = true; break;
    case STUDY_FAILED: v->is_failed = true; break;
    }
    v->can_ask = !v->is_waiting && !v->is_running;
    if (!v->can_ask) v->run = web_id(rq, run.id);
    v->percent = run.permille / 10;
    v->doing = study_doing(rq, run.doing);
    if (run.ended_at) v->ended = web_moment_of(rq, run.ended_at);
    if (!v->is_done) return;
    struct study_result result;
    if (!study_result_read(rq->arena, run.result, &result)) {
        v->is_done = false;
        v->is_failed = true;
        return;
    }
    struct study_report *report = arena_new(rq->arena, struct study_report, 1);
    enum study_answer may = study_publishable(&result);
    study_report_fill(rq->arena, rq->lang, &result, report);
    v->report = report;
    v->report_n = 1;
    v->can_publish = may == STUDY_YES;
    if (may != STUDY_YES) v->no_publish = study_refusal(may);
}

static void fill_editions(struct req *rq, const struct study *study, struct study_one *v)
{
    struct study_edition_head *all;
    size_t n = study_editions_of_study(rq->db, study->id, &all);
    struct study_one_editions *rows = arena_new(rq->arena, struct study_one_editions, n + 1);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct study_one_editions){
            .title = all[i].title,
            .series = all[i].series,
            .state = claim_word(study_stands, all[i].state),
            .day = web_day_of(rq, all[i].published_at ? all[i].published_at : all[i].made_at),
            .address = web_beneath_now(rq, S("/desk/studies/editions/"), web_id(rq, all[i].id)),
        };
        if (all[i].number) rows[i].number = SOME_INT(all[i].number);
    }
    v->editions = rows;
    v->editions_n = n;
}

static void show(struct req *rq, const struct study *study, enum study_answer wrong)
{
    struct people p = people_of(rq);
    bool is_read = rq->route->method == GET;
    str base = web_beneath_now(rq, S("/desk/studies/"), web_id(rq, study->id));
    struct study_one v = {
        .all = web_beneath_now(rq, S("/desk/studies")),
        .base = base,
        .title = study->about.title,
        .place = study_place(rq, study->about.iso3, study->about.place),
        .first = study->about.first_day,
        .last = study->about.last_day,
        .counted = study->about.counted,
        .name = person_name(&p, study->made_by),
        .until = web_day_of(rq, study->keep_until),
        .wrong = study_refusal(wrong),
        .is_still = !is_read || in_query(rq, "still").n > 0,
        .still = ARENA_JOIN(rq->arena, base, S("?still=1")),
        .token = web_token(rq),
    };
    fill_table(rq, study, &v);
    fill_run(rq, study, &v);
    fill_editions(rq, study, &v);
    v.look_again = v.is_still && is_read ? v.still : base;
    page(rq, (struct head){ .title = v.title, .description = v.title, .section = "studies" },
         &study_one_view, &v);
    if (!v.can_ask && !v.is_still) page_again(rq, AGAIN_S, base);
    if (wrong != STUDY_YES) page_is_wrong(rq);
}

static void one(struct req *rq)
{
    struct study study;
    if (asked(rq, &study)) show(rq, &study, STUDY_YES);
}

/* ---- deeds ---- */

static void ask(struct req *rq)
{
    struct studies s = study_asked(rq);
    struct study study;
    if (!asked(rq, &study)) return;
    struct study_wish wish = study_wish_read(study.wish);
    int at = 0;
    int64_t n;
    str value;
    wish.lists = 0;
    while ((value = in_form_next(rq, "list", &at)).p)
        if (str_to_int(value, &n) && n >= 1 && n <= LISTS_MAX) wish.lists |= 1u << (n - 1);
    wish.bootstrap = str_eq(in_form_line(rq, "resamples"), S("1000")) ? FEW : STUDY_BOOTSTRAP_GOOD;
    if (str_to_int(in_form_line(rq, "seed"), &n) && n >= 0 && n <= SEED_MOST) wish.seed = n;
    enum study_answer answer = wish.lists ? study_ask(&s, study.id, &wish) : STUDY_FEW_LISTS;
    if (answer == STUDY_YES) desk_go(rq, "measuring", S("/desk/studies/"), web_id(rq, study.id));
    else show(rq, &study, answer);
}

static void cancel(struct req *rq)
{
    struct studies s = study_asked(rq);
    struct study study;
    id run;
    if (!asked(rq, &study)) return;
    enum study_answer answer = in_form_id(rq, "run", &run) ? study_unwant(&s, run) : STUDY_TOO_LATE;
    if (answer == STUDY_YES) desk_go(rq, "unwanted", S("/desk/studies/"), web_id(rq, study.id));
    else show(rq, &study, answer);
}

static void end(struct req *rq)
{
    struct studies s = study_asked(rq);
    struct study study;
    if (!asked(rq, &study)) return;
    if (!in_form_has(rq, "sure")) {
        show(rq, &study, STUDY_YES);
        return;
    }
    if (study_end(&s, study.id) == STUDY_YES) desk_go(rq, "removed", S("/desk/studies"));
    else not_found(rq, study_refusal(STUDY_NO_SUCH), S(""));
}

const struct route study_one_routes[] = {
    { GET, DESK, "/desk/studies/:study", MAY_ANALYSE, one,
      "One study: its table, what stands against a number, what came out.", &study_one_view,
      "still" },
    { POST, DESK, "/desk/studies/:study/ask", MAY_ANALYSE, ask, "Asks for an estimate.",
      &study_one_view, "list resamples seed" },
    { POST, DESK, "/desk/studies/:study/cancel", MAY_ANALYSE, cancel,
      "No longer wants an estimate.", &study_one_view, "run" },
    { POST, DESK, "/desk/studies/:study/delete", MAY_ANALYSE, end,
      "Deletes a study and its estimates.", &study_one_view, "sure" },
    { 0 },
};
