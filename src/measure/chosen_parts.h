/* measure/chosen_parts.h - the parts of the page of one series.
 *
 * Needs: parts.    Never: included outside src/measure. */
#ifndef MEASURE_CHOSEN_PARTS_H
#define MEASURE_CHOSEN_PARTS_H

#include "draw/draw.h"
#include "measure/chosen.html.h"
#include "measure/parts.h"

#define CONTINENTS 5
extern const char *const measure_continents[CONTINENTS];

str measure_series_address(struct req *rq, const struct measure_choice *c, str query);
str measure_file_address(struct req *rq, const struct measure_choice *c, const char *ending);
str measure_cite(struct req *rq, const struct measure_choice *c, const struct noted *sources,
                 str released);

/* What can be chosen, and what is. */
void chosen_fill_form(struct req *rq, const struct measure_tables *t,
                      const struct measure_choice *c, struct measure_chosen *v);
/* Figures that are not of one state and year: of the world, a union, a span of years. */
void chosen_fill_others(struct req *rq, const struct measure_tables *t,
                        const struct measure_choice *c, struct noted *sources,
                        struct measure_chosen *v);

#endif
