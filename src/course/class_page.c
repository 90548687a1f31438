/* A teacher's class: a code for the pupils, a link of the teacher's own, and how many passed. */
#include "course/inside.h"
#include "course/overview.html.h"
#include "course/teacher.html.h"

#define PURPOSE "class of a course"

static void begin(struct req *rq)
{
    const struct course *c = course_named(in_form_line(rq, "course"));
    id made = 0;
    if (!c) {
        course_overview_show(rq, S(""), PHRASE("Please choose a course of the list."));
        return;
    }
    enum class_answer answer = course_class_begin(rq->db, c, web_day_of(rq, rq->now), rq->now,
                                                  &made);
    if (answer != CLASS_YES) {
        course_overview_show(rq, c->name, course_refusal(answer));
        return;
    }
    go_to(rq, 303, web_beneath_now(rq, S("/learn/classes/"), web_key(rq, PURPOSE, made)));
}

static bool class_asked(struct req *rq, struct course_class *c)
{
    id which;
    if (web_key_read(rq, PURPOSE, in_path(rq, "key"), &which) &&
        course_class_get(rq->db, which, c) && c->keep_until > rq->now && course_named(c->course))
        return true;
    not_found(rq, PHRASE("There is no class at this address. Perhaps it ended."), S(""));
    return false;
}

static void show(struct req *rq)
{
    struct course_class c;
    if (!class_asked(rq, &c)) return;
    struct text t = course_text(rq, course_named(c.course));
    int64_t shown = course_class_shown(rq->db, &c, web_day_of(rq, rq->now));
    struct course_teacher v = {
        .title = t.title,
        .language = t.lang,
        .direction = course_direction(t.lang),
        .code = course_code_shown(rq->arena, c.code),
        .link = ARENA_JOIN(
            rq->arena, site_origin(rq),
            web_beneath_now(rq, S("/learn/courses/"), c.course, S("?class="), c.code)),
        .shown = shown,
        .is_few = shown < CLASS_SHOWN_LEAST,
        .ends_on = web_day_of(rq, c.keep_until),
        .all = web_beneath_now(rq, S("/learn/courses")),
        .action = web_beneath_now(rq, S("/learn/classes/"), in_path(rq, "key"), S("/end")),
        .token = web_token(rq),
    };
    page(rq,
         (struct head){
             .title = say(rq, PHRASE("Your class")), .description = t.title, .section = "courses" },
         &course_teacher_view, &v);
}

static void end(struct req *rq)
{
    struct course_class c;
    if (!class_asked(rq, &c)) return;
    course_class_drop(rq->db, c.id);
    go_to(rq, 303, web_beneath_now(rq, S("/learn/courses#teacher")));
}

const struct route course_class_routes[] = {
    { POST, UNDER_LANG, "/learn/classes", ANYONE, begin, "Begins a class with a code.",
      &course_overview_view, "course" },
    { GET, UNDER_LANG, "/learn/classes/:key", ANYONE, show,
      "A teacher's own page: how many of the class passed.", &course_teacher_view, NULL },
    { POST, UNDER_LANG, "/learn/classes/:key/end", ANYONE, end, "Ends a class at once.", NULL,
      NULL },
    { 0 },
};
