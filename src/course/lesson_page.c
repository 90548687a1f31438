/* One lesson: its text, its questions, and what the answers explain. */
#include "ask/ask.h"
#include "course/inside.h"
#include "course/quiz.html.h"

static const char *const radio_names[LESSON_QUESTIONS_MAX] = { "q1", "q2", "q3", "q4" };
static const char *const box_names[LESSON_QUESTIONS_MAX][LESSON_ANSWERS_MAX] = {
    { "q1a", "q1b", "q1c", "q1d", "q1e", "q1f" },
    { "q2a", "q2b", "q2c", "q2d", "q2e", "q2f" },
    { "q3a", "q3b", "q3c", "q3d", "q3e", "q3f" },
    { "q4a", "q4b", "q4c", "q4d", "q4e", "q4f" },
};
static const str letters[LESSON_ANSWERS_MAX] = { S_CONST("a"), S_CONST("b"), S_CONST("c"),
                                                 S_CONST("d"), S_CONST("e"), S_CONST("f") };
#define FIELDS                                                                                \
    "done class q1 q2 q3 q4 q1a q1b q1c q1d q1e q1f q2a q2b q2c q2d q2e q2f q3a q3b q3c q3d " \
    "q3e q3f q4a q4b q4c q4d q4e q4f"

static void fill_answers(struct req *rq, const struct lesson_question *asked, int number,
                         struct course_quiz_questions *q)
{
    struct course_quiz_questions_answers *all = arena_new(
        rq->arena, struct course_quiz_questions_answers, LESSON_ANSWERS_MAX);
    str chosen = in_query(rq, radio_names[number]);
    bool is_right = true;
    q->is_empty = true;
    for (size_t i = 0; i < asked->n; i++) {
        const char *box = box_names[number][i];
        const struct lesson_answer *a = &asked->answer[i];
        bool is_chosen = asked->is_many ? in_query(rq, box).n > 0 : str_eq(chosen, letters[i]);
        all[i] = (struct course_quiz_questions_answers){
            .name = str_of(asked->is_many ? box : radio_names[number]),
            .value = asked->is_many ? S("1") : letters[i],
            .words = a->words,
            .is_chosen = is_chosen,
            .is_right = a->is_right,
        };
        is_right = is_right && is_chosen == a->is_right;
        q->is_empty = q->is_empty && !is_chosen;
    }
    q->is_right = is_right;
    q->answers = all;
    q->answers_n = asked->n;
    for (size_t i = 0; i < asked->n; i++)
        if (all[i].is_chosen || is_right) all[i].why = asked->answer[i].why;
}

static struct phrase verdict_of(const struct course_quiz_questions *q)
{
    if (q->is_right) return PHRASE("Right.");
    if (q->is_empty) return PHRASE("Nothing was chosen yet.");
    return q->is_many ? PHRASE("Not yet: something is missing, or something is too much.")
                      : PHRASE("Not yet.");
}

static bool was_asked(struct req *rq)
{
    for (int i = 0; i < rq->in_query_n; i++)
        if (str_starts(rq->in_query[i].name, S("q"))) return true;
    return false;
}

static void fill_questions(struct req *rq, const struct lesson *l, struct course_quiz *v)
{
    struct course_quiz_questions *all = arena_new(rq->arena, struct course_quiz_questions,
                                                  LESSON_QUESTIONS_MAX);
    v->is_asked = was_asked(rq);
    v->is_right = v->is_asked && l->n > 0;
    for (size_t i = 0; i < l->n; i++) {
        all[i] = (struct course_quiz_questions){ .id = str_of(radio_names[i]),
                                                 .words = l->question[i].words,
                                                 .is_many = l->question[i].is_many,
                                                 .is_asked = v->is_asked };
        fill_answers(rq, &l->question[i], (int)i, &all[i]);
        if (v->is_asked) all[i].verdict = verdict_of(&all[i]);
        v->is_right = v->is_right && all[i].is_right;
    }
    v->questions = all;
    v->questions_n = l->n;
}

static const struct course_lesson *lesson_asked(struct req *rq, const struct course_visit *visit,
                                                size_t *at)
{
    for (*at = 0; *at < visit->n; ++*at)
        if (str_eq(visit->lesson[*at].name, in_path(rq, "lesson"))) return &visit->lesson[*at];
    not_found(rq, PHRASE("This course has no lesson called {asked}."), in_path(rq, "lesson"));
    return NULL;
}

/* The first one after it that is not passed, then the first before it. */
static const struct course_lesson *next_after(const struct course_visit *visit, size_t at,
                                              const struct course_progress *p)
{
    for (size_t step = 1; step < visit->n; step++) {
        const struct course_lesson *l = &visit->lesson[(at + step) % visit->n];
        if (!course_has(p, l->name)) return l;
    }
    return NULL;
}

static int64_t common_lessons(const struct course_visit *visit)
{
    int64_t n = 0;
    for (size_t i = 0; i < visit->n; i++) n += visit->lesson[i].field == NULL;
    return n;
}

static void fill_result(struct req *rq, const struct course_visit *visit, size_t at,
                        struct course_quiz *v)
{
    const struct course_lesson *here = &visit->lesson[at];
    struct course_progress now = visit->progress;
    v->is_passed = v->is_right || course_has(&now, here->name);
    v->done = visit->done;
    if (v->is_right)
        v->done = course_progress_with(site_keys(rq), rq->arena, visit->course, visit->lesson,
                                       visit->n, &visit->progress, here->name);
    bool is_ours = course_progress_read(site_keys(rq), visit->course, v->done, &now);
    const struct course_lesson *next = is_ours ? next_after(visit, at, &now) : NULL;
    v->is_last = course_is_passed(visit->course, visit->lesson, visit->n, &now);
    v->contents = course_address(rq, visit, S(""), v->done);
    if (!next || v->is_last) return;
    v->next = course_address(rq, visit, next->name, v->done);
    v->next_title = next->text.title;
}

static void lesson(struct req *rq)
{
    struct course_visit visit;
    size_t at;
    if (!course_visited(rq, in_query(rq, "done"), in_query(rq, "class"), &visit)) return;
    const struct course_lesson *here = lesson_asked(rq, &visit, &at);
    if (!here) return;
    struct lesson l;
    struct lesson_fault fault;
    struct text course = course_text(rq, visit.course), text = here->text;
    if (!lesson_read(text.body, &l, &fault)) l.n = 0; /* not asked rather than asked wrongly */
    text.body = l.text;
    struct web_text shown = text_shown(rq, &text);
    struct course_quiz v = {
        .help = web_beneath_now(rq, S("/help")),
        .all = web_beneath(rq, S("/learn/courses")),
        .course = course.title,
        .course_language = course.lang,
        .course_direction = course_direction(course.lang),
        .number = (int64_t)at + 1,
        .of = common_lessons(&visit),
        .text = shown,
        .language = text.lang,
        .direction = course_direction(text.lang),
        .action = web_beneath_now(rq, S("/learn/courses/"), visit.course->name, S("/"), here->name),
        .done_sent = visit.done,
        .class = visit.class,
        .is_forged = visit.is_forged,
        .asked = ask_under(
            rq, ARENA_JOIN(rq->arena, S("/learn/courses/"), visit.course->name, S("/"), here->name))
    };
    if (here->field) v.field = *here->field;
    fill_questions(rq, &l, &v);
    fill_result(rq, &visit, at, &v);
    page(rq,
         (struct head){ .title = text.title, .description = text.summary, .section = "courses" },
         &course_quiz_view, &v);
}

const struct route course_lesson_routes[] = {
    { GET, UNDER_LANG, "/learn/courses/:course/:lesson", ANYONE, lesson,
      "A lesson and its questions; answered, what the answers explain.", &course_quiz_view,
      FIELDS },
    { 0 },
};
