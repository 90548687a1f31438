/* course/inside.h - what the room's own pages share.
 *
 * Needs: course.    Never: included outside src/course. */
#ifndef COURSE_INSIDE_H
#define COURSE_INSIDE_H

#include "course/course.h"
#include "web/web.h"

/* What a visitor carries along: progress that is ours, and the code of a class. */
struct course_visit {
    const struct course *course;
    struct course_lesson lesson[COURSE_LESSONS_MAX];
    size_t n;
    struct course_progress progress;
    str done, class; /* as they go on in addresses; "" if there is none */
    bool is_forged;
};
/* Of the course the address names, with `done` and `class` as they came; else says that there is none. */
MUST_USE bool course_visited(struct req *rq, str done, str class, struct course_visit *v);
/* The address of a page of the course, carrying that along. "" is the course's own page. */
str course_address(struct req *rq, const struct course_visit *v, str lesson, str done);
/* The course's own text in this language, "" in every part if nobody wrote it. */
struct text course_text(struct req *rq, const struct course *c);
str course_direction(str lang);
/* The course's page again, with what is wrong. */
void course_show(struct req *rq, struct course_visit *v, struct phrase wrong);

extern const struct route course_lesson_routes[], course_certificate_routes[],
    course_class_routes[];

/* The overview again, with what is wrong with the teacher's form. */
void course_overview_show(struct req *rq, str chosen, struct phrase wrong);

#endif
