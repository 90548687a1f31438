/* An edition as the public sees it: on its public page, and before, where two people look at it. */
#include "study/shown.html.h"

#include "study/inside.h"
#include "study/report.h"

/* What is kept of it is rounded already. A text that cannot be read, of an older program, shows no numbers. */
static void fill_report(struct req *rq, const struct study_edition *e, struct study_shown *v)
{
    struct study_report *report = arena_new(rq->arena, struct study_report, 1);
    struct study_result r;
    if (!study_result_read(rq->arena, e->result, &r)) return;
    study_report_fill(rq->arena, rq->lang, &r, report);
    v->report = report;
    v->report_n = 1;
}

struct study_shown *study_shown_of(struct req *rq, const struct study_edition *e)
{
    struct study_shown *v = arena_new(rq->arena, struct study_shown, 1);
    struct study_shown_lists *lists = arena_new(rq->arena, struct study_shown_lists, LISTS_MAX);
    const struct lang *l = lang_find(e->lang);
    str rest = e->lists, name;
    *v = (struct study_shown){
        .place = study_place(rq, e->iso3, e->place),
        .first = e->first_day,
        .last = e->last_day,
        .counted = e->counted,
        .remark = str_or_absent(e->remark),
        .lists = lists,
        .language = e->lang,
        .direction = l && lang_is_rtl(l) ? S("rtl") : S("ltr"),
    };
    fill_report(rq, e, v);
    if (e->iso3.n && !e->place.n)
        v->country = rq->place == DESK ? ARENA_JOIN(rq->arena, site_origin(rq),
                                                    web_beneath_now(rq, S("/countries/"), e->iso3))
                                       : web_beneath(rq, S("/countries/"), e->iso3);
    while ((name = study_list_name(&rest)).p && v->lists_n < LISTS_MAX)
        lists[v->lists_n++] = (struct study_shown_lists){ name };
    return v;
}
