/* measure/parts.h - what the pages of measure share: sources noted once, what was asked for.
 *
 * Needs: series, claim's and web's pages.    Never: included outside src/measure. */
#ifndef MEASURE_PARTS_H
#define MEASURE_PARTS_H

#include "claim/pages.h"
#include "measure/rate.h"
#include "web/web.h"

/* A release older than this is called old. */
#define MEASURE_FRESH_MONTHS 18
bool measure_is_old(struct req *rq, str released); /* counted to today, or to the day of ?on= */

/* Sources of a page, each once, and what they allow. */
#define PAGE_SOURCES_MAX 24
struct noted {
    struct web_source source[PAGE_SOURCES_MAX];
    str licence[PAGE_SOURCES_MAX], url[PAGE_SOURCES_MAX];
    size_t n;
};
size_t measure_note(struct req *rq, struct noted *all, str id); /* its place in `all` */
size_t measure_licences(const struct noted *all, str out[PAGE_SOURCES_MAX]); /* each once */

str measure_code(struct req *rq, str asked); /* "mex" -> "MEX"; other than three letters as it is */

/* What is chosen by the address; refused in words if nobody offers it. */
MUST_USE bool measure_choose(struct req *rq, const struct measure_tables *t,
                             const struct measure_about *about, struct measure_choice *out);
str measure_place_name(struct req *rq, const struct measure_choice *c);
str measure_choice_query(struct req *rq,
                         const struct measure_choice *c); /* as it stands in an address */
str measure_place_query(struct req *rq, str place);       /* the same choice for another place */

/* The newest release of a source, as the totals say it; "" if none does. */
str measure_released(const struct measure_tables *t, str source);

void measure_numbers_page(struct req *rq);
void measure_series_page(struct req *rq);
void measure_flows_page(struct req *rq);
void measure_download(struct req *rq);

#endif
