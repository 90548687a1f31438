/* study/result.h - what the methods said of a study, as it is kept and shown.
 *
 * Exact for the desk. For the public everything is rounded before it is kept anywhere: numbers to two significant
 * figures or to tens, whichever is coarser, limits outwards, who was seen, sizes and overlaps down to tens, and what is
 * below ten is only said to be so. Numbers from which such a count follows are kept back: all of two lists where fewer
 * than ten are on both or on one alone, what is said without one of three lists likewise, and how many resamples were
 * infinite. A result that is refused has no numbers at all for the public.
 * Needs: estimate.    Never: a count of one capture history; those stay in the engine. */
#ifndef STUDY_RESULT_H
#define STUDY_RESULT_H

#include "estimate/estimate.h"

#define RESULT_SMALL    10 /* what the public sees of a smaller count is that it is smaller */
#define RESULT_METHODS  12
#define RESULT_SELECTED 5
#define RESULT_VARIANTS 12

struct result_list {
    str name;
    double size;         /* NAN: fewer than RESULT_SMALL */
    struct saying aside; /* why it takes no part; nothing: it does */
};

struct result_range {
    double level, low, high; /* INFINITY: without end */
};

struct result_variant {
    struct saying name;
    double N;
};

struct result_share {
    str model;
    double share;
};

struct result_method {
    str method, model;
    int status; /* enum estimate_status */
    struct saying why, assumes, interval_kind;
    double N; /* NAN: there is none */
    struct result_range range[LEVELS_MAX];
    int ranges;
    bool is_bound;
    double resamples, infinite; /* of them without a finite number */
    struct result_share selected[RESULT_SELECTED];
    int selecteds;
    struct result_variant variant[RESULT_VARIANTS];
    int variants;
    struct saying notice[NOTICES_MAX];
    int notices;
};

struct result_without {
    int list; /* from 0 */
    double stepwise, bic, size, foretold_stepwise, foretold_bic;
};

struct study_result {
    bool is_rounded;
    double seen;
    int lists;
    struct result_list list[LISTS_MAX];
    double overlap[LISTS_MAX][LISTS_MAX]; /* NAN: fewer than RESULT_SMALL */
    int status;
    struct saying why;
    bool is_open; /* as in struct estimate */
    struct result_method method[RESULT_METHODS];
    int methods;
    double low, high; /* over methods that are no bounds; NAN: none */
    struct result_without without[LISTS_MAX];
    int withouts;
    struct saying warning[WARNINGS_MAX];
    int warnings;
    double bootstrap, seed;
};

struct study_result study_result_of(const struct estimate *e, const struct estimate_wish *wish);
/* For the public: rounded, each list under the name given for it (lists of them, in order). */
struct study_result study_result_rounded(const struct study_result *exact, const str *names);

/* As one text and back; false if it is none of ours. Texts live in the arena or in `text`. */
str study_result_text(struct arena *a, const struct study_result *r);
MUST_USE bool study_result_read(struct arena *a, str text, struct study_result *out);

/* To two significant figures: nearest, down, up. */
double study_round(double x);
double study_round_down(double x);
double study_round_up(double x);

#endif
