/* A count that grows from day to day, and what others counted beside it. Time runs from left to right. */
#include "draw/parts.h"

#define COURSE_MAX    KIB(64)
#define COURSE_TALL   220
#define COURSE_LEFT   40
#define COURSE_RIGHT  28
#define COURSE_TOP    18
#define COURSE_BOTTOM 26

struct frame {
    double first, last; /* years */
    int64_t most;
};

/* A day as a year with its fraction; what is known to the month or year holds from its end. */
static double when_of(str day)
{
    int64_t year = 0, month = 0, date = 0;
    if (!str_to_int(str_cut(day, 4), &year)) return 0;
    if (day.n < 7 || !str_to_int(str_cut(str_from(day, 5), 2), &month)) return (double)year + 1;
    if (day.n < 10 || !str_to_int(str_cut(str_from(day, 8), 2), &date)) date = 31;
    return (double)year + ((double)month - 1) / 12 + ((double)date - 1) / 372;
}

static int x_at(const struct frame *f, double at)
{
    double wide = f->last > f->first ? f->last - f->first : 1;
    return COURSE_LEFT + (int)((at - f->first) / wide * (CHART_WIDTH - COURSE_LEFT - COURSE_RIGHT));
}

static int y_of(const struct frame *f, int64_t count)
{
    int tall = COURSE_TALL - COURSE_TOP - COURSE_BOTTOM;
    return COURSE_TALL - COURSE_BOTTOM - (int)(count * tall / (f->most ? f->most : 1));
}

static void widen(struct frame *f, const struct draw_moment *m, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double at = when_of(m[i].day);
        if (f->first == 0 || at < f->first) f->first = at;
        if (at > f->last) f->last = at;
        if (m[i].count > f->most) f->most = m[i].count;
    }
}

static void put_years(struct sink *out, const struct lang *l, const struct frame *f)
{
    int64_t first = (int64_t)f->first, last = (int64_t)f->last, each = last - first > 12 ? 5 : 2;
    for (int64_t year = first + 1; year <= last; year++) {
        if (year % each) continue;
        int x = x_at(f, (double)year);
        put_format(out, "<path class=\"rule\" d=\"M%d %dV%d\"/>", x, COURSE_TOP,
                   COURSE_TALL - COURSE_BOTTOM);
        part_year(out, l, x, COURSE_TALL - 6, year);
    }
}

static void put_counts(struct sink *out, const struct lang *l, const struct frame *f)
{
    int64_t each = f->most > 80 ? 50 : f->most > 20 ? 10 : 2;
    for (int64_t count = 0; count <= f->most; count += each)
        part_scale(out, l, COURSE_LEFT, CHART_WIDTH - COURSE_RIGHT, y_of(f, count), count);
}

static void put_line(struct sink *out, const struct frame *f, const struct draw_moment *m, size_t n)
{
    if (n == 0) return;
    put_format(out, "<path class=\"course\" d=\"M%d %d", x_at(f, when_of(m[0].day)), y_of(f, 0));
    for (size_t i = 0; i < n; i++)
        put_format(out, "H%dV%d", x_at(f, when_of(m[i].day)), y_of(f, m[i].count));
    put_lit(out, "\"/>");
}

html draw_growth(struct arena *a, const struct lang *l, const struct draw_moment *line, size_t n,
                 const struct draw_moment *marks, size_t marks_n, str label)
{
    struct frame f = { 0 };
    widen(&f, line, n);
    widen(&f, marks, marks_n);
    struct sink out;
    part_begin(&out, a, COURSE_MAX, CHART_WIDTH, COURSE_TALL, label);
    put_counts(&out, l, &f);
    put_years(&out, l, &f);
    put_line(&out, &f, line, n);
    for (size_t i = 0; i < marks_n; i++) {
        put_format(&out, "<circle class=\"mark\" cx=\"%d\" cy=\"%d\" r=\"5\"><title>",
                   x_at(&f, when_of(marks[i].day)), y_of(&f, marks[i].count));
        html_text(&out, marks[i].label);
        put_lit(&out, "</title></circle>");
    }
    return part_end(&out);
}
