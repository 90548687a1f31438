/* draw/draw.h - pictures of data, made by the server: the world map and three kinds of chart.
 *
 * Machinery for the rooms. A picture never says more than the table beside it: unknown is hatched, never zero.
 * Needs: lang, web's assets.    Never: colours (those are the style sheet's), or a fact. */
#ifndef DRAW_DRAW_H
#define DRAW_DRAW_H

#include "lang/lang.h"

/* Reads data/world.csv once, before any fork, and makes the map's shapes an asset. */
void draw_open(struct arena *life, str world_csv);

/* One state on the map: where a click leads, what it says, and the class that colours it. */
struct draw_place {
    str iso3, address, label;
    const char *class; /* "party", "signed", "unknown", "tier-2wl", ... */
    int heart;         /* a heart lies on it, this wide; 0: none */
};

/* The whole map; states without a place in `places` are drawn as ground. Links in the order given. */
html draw_map(struct arena *a, const struct draw_place *places, size_t n, str label);

/* A value of a year: on which line of the chart it lies, or unknown. */
struct draw_step {
    int64_t year;
    int line;          /* from the top, 0-based; -1: unknown, the whole column is hatched */
    const char *class; /* colours the block */
};

/* Blocks on labelled lines, one column per year. */
html draw_steps(struct arena *a, const struct lang *l, const struct draw_step *steps, size_t n,
                const str *lines, size_t lines_n, str label);

/* A count of a year. */
struct draw_count {
    int64_t year;
    enum {
        DRAW_VALUE,
        DRAW_SMALL,
        DRAW_UNKNOWN
    } is; /* small: fewer than five, kept back by the source */
    int64_t value;
};

/* Bars on a scale of their own, the largest value written above its bar. */
html draw_counts(struct arena *a, const struct lang *l, const struct draw_count *counts, size_t n,
                 str label);

/* A count on a day, possibly known only to the month or year. */
struct draw_moment {
    str day;
    int64_t count;
    str label; /* of a mark: what it says when pointed at */
};

/* A count that steps up from day to day as a line, and single counts by others as marks. Either may be empty. */
html draw_growth(struct arena *a, const struct lang *l, const struct draw_moment *line, size_t n,
                 const struct draw_moment *marks, size_t marks_n, str label);

/* The same from one year to another and on a given scale (0: its own), so that several can be compared. */
html draw_counts_on(struct arena *a, const struct lang *l, const struct draw_count *counts,
                    size_t n, int64_t most, str label);

/* What is said of a year: each part a bar of its own. From `low` to `high` it is pale: anything in between. */
#define DRAW_PARTS_MAX 4
struct draw_year {
    int64_t year;
    int parts; /* 0: unknown, the whole column is hatched */
    struct {
        double low, high;
        bool is_kept_back; /* one small count: only the interval is drawn */
    } part[DRAW_PARTS_MAX];
};

/* Bars over years with a scale at the side. Zero is a line on the ground, not a gap. */
html draw_years(struct arena *a, const struct lang *l, const struct draw_year *years, size_t n,
                str label);

/* One stream of a picture of flows, into the middle or out of it. */
struct draw_stream {
    str name, said; /* "Honduras", "12" */
    double size;    /* how thick, 0 and below is drawn as thin as can be */
    const char *class;
};

/* One state's blocks, named. */
struct draw_course {
    str name;
    const struct draw_step *step; /* `line` picks the word in a block; -1: unknown, hatched */
};

/* Courses under one another, every block with its short word, so that colour is not needed. */
html draw_courses(struct arena *a, const struct lang *l, const struct draw_course *courses,
                  size_t n, size_t years, const str *words, str label);

/* What comes from the left to `middle` and what goes from it to the right, all on one scale. */
html draw_streams(struct arena *a, const struct draw_stream *from, size_t from_n, str middle,
                  const struct draw_stream *to, size_t to_n, str label);

/* What one way of estimating says: a number, and two ranges around it, one within the other. */
struct draw_range {
    str name, said;     /* "Stepwise", "14,000 (12,000 to 17,000)" */
    double number;      /* NAN: none; only `said` is written, on a hatched ground */
    double low, high;   /* the inner range; NAN: none */
    double least, most; /* the outer one; INFINITY: without end */
    bool is_bound;      /* at least so many */
};

/* Under one another on one logarithmic scale, from `seen` (a line with its own words) to the largest. */
html draw_ranges(struct arena *a, const struct lang *l, const struct draw_range *ranges, size_t n,
                 double seen, str seen_said, str label);

/* A share of the whole as a bar; a heading where `share` is NAN. */
struct draw_bar {
    str name, said; /* "Left out", "23 %" */
    double share;   /* 0 to 1; more is drawn as 1 */
};

/* Bars under one another, from 0 to the whole width for 1. */
html draw_bars(struct arena *a, const struct draw_bar *bars, size_t n, str label);

#endif
