/* law/inside.h - what the pages of law share with each other and with nobody else.
 *
 * Needs: law, claim's pages, web.    Never: be included from outside this folder. */
#ifndef LAW_INSIDE_H
#define LAW_INSIDE_H

#include "law/course.html.h"
#include "law/duty.html.h"
#include "law/law.h"
#include "law/property.html.h"
#include "web/web.h"

#define LAW_PROTOCOL S("TIP-PROTOCOL")

/* An article's heading or a part's in a language; the table's own words where nobody translated them. */
str law_name(const struct lang *l, str english);

/* The properties of an instrument but its counts of parties, as a page shows them; returns how many. */
size_t law_properties_shown(struct req *rq, const struct claim *rows, size_t n,
                            const struct law_property **out);
/* The course of its parties: from dated deposits for the Protocol, else only what others counted. */
struct law_course law_course_shown(struct req *rq, str id, const struct claim *rows, size_t n);
/* What it asks, one theme after another. The page has its own struct per theme: `take` fills one. */
typedef void law_theme_fn(void *page, struct word theme, const struct law_duty *duties, size_t n);
size_t law_duties_shown(struct req *rq, str id, law_theme_fn *take, void *page);

page_fn law_page_all, law_page_one, law_page_convergence;

#endif
