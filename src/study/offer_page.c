/* One edition at the desk: the second person's page, and what can be done with it afterwards. */
#include "study/inside.h"
#include "study/offer.html.h"
#include "study/shown.html.h"

#include "operator/operator.h"
#include "people/people.h"

static bool asked(struct req *rq, struct study_edition *e)
{
    id which;
    if (in_path_id(rq, "edition", &which) && study_edition_get(rq->db, which, e)) return true;
    not_found(rq, PHRASE("There is no such edition. It may have been taken back."), S(""));
    return false;
}

static void fill_deeds(struct req *rq, const struct study_edition *e, struct study_offer *v)
{
    bool is_waiting = str_eq(e->state, S("waiting")), is_back = str_eq(e->state, S("back"));
    struct study_offer_whys *whys = arena_new(rq->arena, struct study_offer_whys, 8);
    bool is_mine = e->made_by == rq->who.person;
    v->is_mine = is_mine && (is_waiting || is_back);
    v->can_agree = is_waiting && (!is_mine || operator_is_alone(rq->db));
    v->can_give_back = is_waiting && !is_mine;
    v->can_take = v->is_mine;
    v->can_withdraw = str_eq(e->state, S("published"));
    v->can_again = str_eq(e->state, S("withdrawn"));
    for (const struct word *w = study_whys; w->code.n; w++)
        whys[v->whys_n++] = (struct study_offer_whys){ w->code, w->phrase };
    v->whys = whys;
}

static void show(struct req *rq, const struct study_edition *e, str remark, enum study_answer wrong)
{
    struct people p = people_of(rq);
    struct study_row study;
    const struct lang *l = lang_find(e->lang);
    struct study_offer v = {
        .all = web_beneath_now(rq, S("/desk/studies")),
        .base = web_beneath_now(rq, S("/desk/studies/editions/"), web_id(rq, e->id)),
        .title = e->title,
        .language = e->lang,
        .direction = l && lang_is_rtl(l) ? S("rtl") : S("ltr"),
        .series = e->series,
        .state = claim_word(study_stands, e->state),
        .name = person_name(&p, e->made_by),
        .day = web_day_of(rq, e->made_at),
        .wrong = study_refusal(wrong),
        .remark = remark,
        .shown = study_shown_of(rq, e),
        .shown_n = 1,
        .token = web_token(rq),
    };
    if (e->number) v.number = SOME_INT(e->number);
    if (study_get(rq->db, e->study, &study))
        v.study = web_beneath_now(rq, S("/desk/studies/"), web_id(rq, e->study));
    if (e->published_at)
        v.public = ARENA_JOIN(rq->arena, site_origin(rq),
                              web_beneath_now(rq, S("/numbers/estimates/"), e->series));
    if (str_eq(e->state, S("back"))) v.back = e->back;
    if (e->withdrawn_at) {
        v.why = claim_word(study_whys, e->back);
        v.withdrawn = web_day_of(rq, e->withdrawn_at);
    }
    fill_deeds(rq, e, &v);
    page(rq, (struct head){ .title = e->title, .description = e->title, .section = "studies" },
         &study_offer_view, &v);
    if (wrong == STUDY_TOO_LATE) page_is_stale(rq);
    else if (wrong != STUDY_YES) page_is_wrong(rq);
}

static void offer(struct req *rq)
{
    struct study_edition e;
    if (asked(rq, &e)) show(rq, &e, S(""), STUDY_YES);
}

/* After a deed: back to the edition, or the page again with what is wrong. */
static void answer_with(struct req *rq, const struct study_edition *e, enum study_answer answer,
                        const char *done)
{
    if (answer == STUDY_YES) desk_go(rq, done, S("/desk/studies/editions/"), web_id(rq, e->id));
    else if (answer == STUDY_SAME_PERSON || answer == STUDY_NOT_YOURS)
        refuse(rq, 403, study_refusal(answer), S(""));
    else show(rq, e, S(""), answer);
}

static void agree(struct req *rq)
{
    struct studies s = study_asked(rq);
    struct study_edition e;
    if (asked(rq, &e)) answer_with(rq, &e, study_agree(&s, e.id), "published");
}

static void give_back(struct req *rq)
{
    struct studies s = study_asked(rq);
    struct study_edition e;
    str remark = in_form_line(rq, "remark");
    if (!asked(rq, &e)) return;
    enum study_answer answer = study_give_back(&s, e.id, remark);
    if (answer == STUDY_BAD_REMARK) show(rq, &e, remark, answer);
    else answer_with(rq, &e, answer, "given");
}

static void take_back(struct req *rq)
{
    struct studies s = study_asked(rq);
    struct study_edition e;
    if (!asked(rq, &e)) return;
    enum study_answer answer = study_take_back(&s, e.id);
    if (answer == STUDY_YES) desk_go(rq, "removed", S("/desk/studies"));
    else answer_with(rq, &e, answer, NULL);
}

static void withdraw(struct req *rq)
{
    struct studies s = study_asked(rq);
    struct study_edition e;
    if (asked(rq, &e))
        answer_with(rq, &e, study_withdraw(&s, e.id, in_form_line(rq, "why")), "recalled");
}

static void put_again(struct req *rq)
{
    struct studies s = study_asked(rq);
    struct study_edition e;
    id made;
    if (!asked(rq, &e)) return;
    enum study_answer answer = study_again(&s, e.id, &made);
    if (answer == STUDY_YES) desk_go(rq, "second", S("/desk/studies/editions/"), web_id(rq, made));
    else answer_with(rq, &e, answer, NULL);
}

const struct route study_edition_routes[] = {
    { GET, DESK, "/desk/studies/editions/:edition", MAY_ANALYSE, offer,
      "An edition as the public sees it, for the second person.", &study_offer_view, NULL },
    { POST, DESK, "/desk/studies/editions/:edition/agree", MAY_ANALYSE, agree,
      "The second person agrees: it is published.", &study_offer_view, NULL },
    { POST, DESK, "/desk/studies/editions/:edition/back", MAY_ANALYSE, give_back,
      "The second person gives it back.", &study_offer_view, "remark" },
    { POST, DESK, "/desk/studies/editions/:edition/take", MAY_ANALYSE, take_back,
      "Whoever put it forward takes it back.", &study_offer_view, NULL },
    { POST, DESK, "/desk/studies/editions/:edition/withdraw", MAY_ANALYSE, withdraw,
      "Withdraws a published edition.", &study_offer_view, "why" },
    { POST, DESK, "/desk/studies/editions/:edition/again", MAY_ANALYSE, put_again,
      "Puts a withdrawn edition forward as the next one.", &study_offer_view, NULL },
    { 0 },
};
