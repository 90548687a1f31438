/* All studies of the desk, and what the desk's first page says of them. */
#include "study/inside.h"
#include "study/list.html.h"

#include "people/people.h"

#define STUDIES_SHOWN 200

static void fill_rows(struct req *rq, struct study_list *v)
{
    struct study_listed *all;
    size_t n = study_all(rq->db, STUDIES_SHOWN, &all);
    struct study_list_rows *rows = arena_new(rq->arena, struct study_list_rows, n + 1);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct study_list_rows){
            .title = all[i].title,
            .place = study_place(rq, all[i].iso3, all[i].place),
            .first = all[i].first_day,
            .last = all[i].last_day,
            .until = web_day_of(rq, all[i].keep_until),
            .address = web_beneath_now(rq, S("/desk/studies/"), web_id(rq, all[i].id)),
            .is_mine = all[i].made_by == rq->who.person,
        };
        if (all[i].state.p) rows[i].state = claim_word(study_states, all[i].state);
        if (all[i].state.p && str_eq(all[i].state, S("running")))
            rows[i].percent = SOME_INT(all[i].permille / 10);
    }
    v->rows = rows;
    v->rows_n = n;
}

static void fill_waiting(struct req *rq, struct study_list *v)
{
    struct people p = people_of(rq);
    struct study_edition_head *all;
    size_t n = study_editions_waiting(rq->db, &all);
    struct study_list_waiting *rows = arena_new(rq->arena, struct study_list_waiting, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct study_list_waiting){
            .title = all[i].title,
            .place = study_place(rq, all[i].iso3, all[i].place),
            .name = person_name(&p, all[i].made_by),
            .is_mine = all[i].made_by == rq->who.person,
            .address = web_beneath_now(rq, S("/desk/studies/editions/"), web_id(rq, all[i].id)),
        };
    v->waiting = rows;
    v->waiting_n = n;
}

static void list(struct req *rq)
{
    struct study_list v = {
        .new = web_beneath_now(rq, S("/desk/studies/new")),
        .estimates = ARENA_JOIN(rq->arena, site_origin(rq),
                                web_beneath_now(rq, S("/numbers/estimates"))),
    };
    fill_rows(rq, &v);
    fill_waiting(rq, &v);
    str title = say(rq, PHRASE("Studies"));
    page(rq, (struct head){ .title = title, .description = title, .section = "studies" },
         &study_list_view, &v);
}

void study_waiting(struct req *rq)
{
    struct study_edition_head *all;
    int64_t others = 0;
    if (!who_may(&rq->who, MAY_ANALYSE)) return;
    size_t n = study_editions_waiting(rq->db, &all);
    for (size_t i = 0; i < n; i++) others += all[i].made_by != rq->who.person;
    desk_waits(
        rq, WAITS_SOON,
        PHRASES("{n} estimate waits for a second person", "{n} estimates wait for a second person"),
        others, web_beneath_now(rq, S("/desk/studies")));
}

const struct route study_list_routes[] = {
    { GET, DESK, "/desk/studies", MAY_ANALYSE, list,
      "Studies: what is asked of the lists of several agencies, and how far it is.",
      &study_list_view, NULL },
    { 0 },
};
