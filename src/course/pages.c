/* All courses, and one: its lessons, what is passed, and the way to the certificate. */
#include "course/pages.h"
#include "course/inside.h"
#include "course/one.html.h"
#include "course/overview.html.h"
#include "web/linked.h"

str course_direction(str lang)
{
    const struct lang *l = lang_find(lang);
    return l && lang_is_rtl(l) ? S("rtl") : S("ltr");
}

struct text course_text(struct req *rq, const struct course *c)
{
    struct text t;
    if (text_get(rq->db, rq->lang, ARENA_JOIN(rq->arena, S("course-"), c->name), rq->when, rq->now,
                 &t))
        return t;
    return (struct text){ .claim = S(""),
                          .slug = c->name,
                          .lang = S("en"),
                          .title = c->name,
                          .summary = S(""),
                          .body = S(""),
                          .published = S("2026-11-22"),
                          .reviewed_by = S(""),
                          .reviewed_on = S(""),
                          .kind = S("course"),
                          .theme = S(""),
                          .states = S("") };
}

bool course_visited(struct req *rq, str done, str class, struct course_visit *v)
{
    *v = (struct course_visit){ .course = course_named(in_path(rq, "course")) };
    if (v->course) v->n = course_lessons(rq->db, rq->lang, v->course, rq->when, rq->now, v->lesson);
    if (v->n == 0) {
        not_found(rq, PHRASE("There is no course called {asked}."), in_path(rq, "course"));
        return false;
    }
    v->class = course_code_read(rq->arena, class);
    v->is_forged = !course_progress_read(site_keys(rq), v->course, done, &v->progress);
    v->done = v->is_forged ? S("") : done;
    return true;
}

str course_address(struct req *rq, const struct course_visit *v, str lesson, str done)
{
    struct sink query;
    sink_open(&query, rq->arena, KIB(1));
    if (done.n) {
        put_lit(&query, "?done=");
        put(&query, done);
    }
    if (v->class.n) {
        put(&query, query.n ? S("&class=") : S("?class="));
        put(&query, v->class);
    }
    return web_beneath(rq, S("/learn/courses/"), v->course->name, lesson.n ? S("/") : S(""), lesson,
                       sink_str(&query));
}

/* ---- all ---- */

void course_overview_show(struct req *rq, str chosen, struct phrase wrong)
{
    struct course_overview_courses all[8];
    struct course_overview v = { .help = web_beneath_now(rq, S("/help")),
                                 .signs = web_beneath(rq, S("/learn")),
                                 .crime = web_beneath(rq, S("/the-crime")),
                                 .courses = all,
                                 .action = web_beneath_now(rq, S("/learn/classes")),
                                 .wrong = wrong,
                                 .token = web_token(rq) };
    for (const struct course *c = courses; c->name.n; c++) {
        struct course_lesson ignored[COURSE_LESSONS_MAX];
        struct text t = course_text(rq, c);
        size_t n = course_lessons(rq->db, rq->lang, c, rq->when, rq->now, ignored);
        if (n == 0) continue;
        all[v.courses_n++] = (struct course_overview_courses){
            .name = c->name,
            .title = t.title,
            .summary = t.summary,
            .language = t.lang,
            .direction = course_direction(t.lang),
            .minutes = c->minutes,
            .lessons = (int64_t)n,
            .address = web_beneath(rq, S("/learn/courses/"), c->name),
            .is_chosen = str_eq(c->name, chosen)
        };
    }
    struct head head = { .title = say(rq, PHRASE("Courses")),
                         .section = "courses",
                         .description = say(rq,
                                            PHRASE("Short courses on trafficking in persons for "
                                                   "pupils, families and professionals, without "
                                                   "an account.")) };
    page(rq, head, &course_overview_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static void overview(struct req *rq)
{
    course_overview_show(rq, S(""), NO_PLURAL);
}

/* ---- one ---- */

static void fill_part(struct req *rq, const struct course_visit *visit, bool is_field,
                      struct course_one *v)
{
    struct course_one_parts *part = (struct course_one_parts *)&v->parts[v->parts_n];
    struct course_one_parts_lessons *all = arena_new(rq->arena, struct course_one_parts_lessons,
                                                     COURSE_LESSONS_MAX);
    *part = (struct course_one_parts){ .is_field = is_field, .lessons = all };
    for (size_t i = 0; i < visit->n; i++) {
        const struct course_lesson *l = &visit->lesson[i];
        if ((l->field != NULL) != is_field) continue;
        all[part->lessons_n++] = (struct course_one_parts_lessons){
            .name = l->name,
            .title = l->text.title,
            .summary = l->text.summary,
            .language = l->text.lang,
            .direction = course_direction(l->text.lang),
            .address = course_address(rq, visit, l->name, visit->done),
            .is_passed = course_has(&visit->progress, l->name),
        };
    }
    if (part->lessons_n) v->parts_n++;
}

static str next_of(struct req *rq, const struct course_visit *visit)
{
    for (size_t i = 0; i < visit->n; i++)
        if (!course_has(&visit->progress, visit->lesson[i].name))
            return course_address(rq, visit, visit->lesson[i].name, visit->done);
    return (str){ NULL, 0 };
}

void course_show(struct req *rq, struct course_visit *visit, struct phrase wrong)
{
    const struct course *c = visit->course;
    struct text t = course_text(rq, c);
    struct web_text shown = text_shown(rq, &t);
    struct course_one v = {
        .help = web_beneath_now(rq, S("/help")),
        .all = web_beneath(rq, S("/learn/courses")),
        .text = shown,
        .minutes = c->minutes,
        .parts = arena_new(rq->arena, struct course_one_parts, 2),
        .has_fields = c->fields != NULL,
        .done = visit->done,
        .is_forged = visit->is_forged,
        .passed = (int64_t)visit->progress.n,
        .of = (int64_t)visit->n,
        .is_passed = course_is_passed(c, visit->lesson, visit->n, &visit->progress),
        .class = visit->class,
        .wrong = wrong,
        .action = web_beneath_now(rq, S("/learn/courses/"), c->name, S("/certificate")),
        .next = next_of(rq, visit),
        .is_begun = visit->progress.n > 0,
    };
    if (v.is_begun) v.bookmark = course_address(rq, visit, S(""), visit->done);
    if (v.is_passed) v.next = (str){ NULL, 0 };
    v.token = v.is_passed ? web_token(rq) : (html){ S("") };
    fill_part(rq, visit, false, &v);
    fill_part(rq, visit, true, &v);
    struct head head = { .title = t.title, .description = t.summary, .section = "courses" };
    head.linked = linked_course(rq,
                                (struct linked_course){ t.title, t.summary, t.lang, c->minutes });
    page(rq, head, &course_one_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static void one(struct req *rq)
{
    struct course_visit visit;
    if (course_visited(rq, in_query(rq, "done"), in_query(rq, "class"), &visit))
        course_show(rq, &visit, NO_PLURAL);
}

static const struct route routes[] = {
    { GET, UNDER_LANG, "/learn/courses", ANYONE, overview,
      "Courses: for whom, how long, how they work.", &course_overview_view, NULL },
    { GET, UNDER_LANG, "/learn/courses/:course", ANYONE, one,
      "One course: its lessons, and what the visitor passed.", &course_one_view, "done class" },
    { 0 },
};

static const struct route *const more[] = { course_lesson_routes, course_certificate_routes,
                                            course_class_routes, NULL };

static const struct gives gives[] = {
    { "/learn/courses/:course", NULL, "/learn/courses/pupils" },
    { "/learn/courses/:course/:lesson", NULL, "/learn/courses/pupils/1" },
    { 0 },
};

const struct room course_room = {
    .name = "course",
    .purpose = "courses with a result, and nothing about who took them",
    .routes = routes,
    .more = more,
    .gives = gives,
    .steps = course_steps,
    .queries = course_queries,
};
