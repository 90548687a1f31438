/* Which courses there are, and their lessons. */
#include "course/course.h"

static const struct word fields[] = {
    { S_CONST("health"), PHRASE_CONST("Health care") },
    { S_CONST("hotels"), PHRASE_CONST("Hotels and lodgings") },
    { S_CONST("transport"), PHRASE_CONST("Transport") },
    { S_CONST("teaching"), PHRASE_CONST("Teaching") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct course courses[] = {
    { S_CONST("pupils"), 20, NULL },
    { S_CONST("families"), 25, NULL },
    { S_CONST("professionals"), 40, fields },
    { S_CONST(""), 0, NULL },
};

const struct course *course_named(str name)
{
    for (const struct course *c = courses; c->name.n; c++)
        if (str_eq(c->name, name)) return c;
    return NULL;
}

struct finding {
    struct db *db;
    const struct lang *lang;
    const struct course *course;
    struct claim_when when;
    ms now;
    struct course_lesson *out;
    size_t n;
};

/* Lessons of one part stand under 1, 2, 3 ... without a gap. */
static void find_part(struct finding *f, const struct word *field)
{
    struct arena *a = db_arena(f->db);
    for (int i = 1; i <= COURSE_OF_PART_MAX && f->n < COURSE_LESSONS_MAX; i++) {
        str name = field ? arena_format(a, STR_FMT "-%d", STR_ARG(field->code), i)
                         : arena_format(a, "%d", i);
        str slug = ARENA_JOIN(a, S("course-"), f->course->name, S("-"), name);
        struct course_lesson *l = &f->out[f->n];
        *l = (struct course_lesson){ .name = name, .field = field };
        if (!text_get(f->db, f->lang, slug, f->when, f->now, &l->text)) return;
        f->n++;
    }
}

size_t course_lessons(struct db *db, const struct lang *l, const struct course *c,
                      struct claim_when when, ms now, struct course_lesson *out)
{
    struct finding f = { db, l, c, when, now, out, 0 };
    find_part(&f, NULL);
    for (const struct word *w = c->fields; w && w->code.n; w++) find_part(&f, w);
    return f.n;
}
