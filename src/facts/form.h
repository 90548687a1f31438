/* facts/form.h - a form made from a kind's columns.
 *
 * Needs: facts, web.    Never: included outside src/facts. */
#ifndef FACTS_FORM_H
#define FACTS_FORM_H

#include "facts/form.html.h"
#include "facts/inside.h"

#define CELL_FIELDS \
    "c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 c10 c11 c12 c13 c14 c15 c16 c17 c18 c19 c20 c21 c22 c23"
#define SOURCE_FIELDS "s_name s_url s_publisher s_licence s_grade"

/* What was typed, in the order of the columns. */
str *form_cells(struct req *rq, const struct claim_kind *kind, bool is_query);
void form_columns(struct req *rq, const struct claim_kind *kind, const str *cells,
                  const struct phrase *wrong, struct facts_form *v);
void form_source(struct req *rq, const struct claim_kind *kind, struct facts_form *v);
/* A source named in the form that is not in the list: it is entered and its name put into the cells. False: it cannot be
 * taken, and s_wrong says why. */
bool form_new_source(struct req *rq, const struct claim_kind *kind, str *cells,
                     struct facts_form *v);
/* Rivals, history, what waits. c NULL: of a new statement with these cells nothing is known yet. */
void form_beside(struct req *rq, const struct claim *c, struct facts_form *v);

#endif
