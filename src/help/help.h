/* help/help.h - numbers that can be called: helplines, and the emergency numbers of every state.
 *
 * Each number has a source; whether it may be called with one tap is decided here, once, for every page. A number
 * nobody dated, or that stands in one list only, is shown as plain text with the reason.
 * Needs: claim, lang, web; may use law (which states there are).    Never: learn which state somebody chose. */
#ifndef HELP_HELP_H
#define HELP_HELP_H

#include "claim/claim.h"

extern const struct claim_kind help_lines, help_emergency;
extern const struct word help_confidences[], help_services[], help_abouts[];

/* A helpline's number may be called with one tap if its operator's own page was read on a known day that is not still
 * to come, and if it is one plain number. "tel:..." or absent. */
str help_call_line(struct arena *a, str number, str confidence, str checked, ms now);

enum help_about { /* the place in help_abouts */
                  HELP_TRAFFICKING,
                  HELP_CHILDREN,
                  HELP_WOMEN,
                  HELP_WORKERS,
                  HELP_RIGHTS,
                  HELP_POLICE,
                  HELP_EMERGENCY, /* an emergency number kept among the helplines */
                  HELP_OTHER,
};
enum help_about help_about_of(str scope); /* what a helpline is for: the first of these it names */

/* One emergency number of a state, as all lists together have it. */
struct help_number {
    str number, service; /* code of help_services; "any" wins over "police" over "ambulance" */
    bool is_law;         /* a public body says it is set by law, and a day is known */
    bool may_call;       /* is_law, or two lists have it and one of them is dated */
    str call;            /* "tel:...", absent unless may_call */
};
/* The numbers of a state to show, the surest and most general first. `rows` are claims of help_emergency of any states.
 * Numbers whose service no list names come only where no number for everything or for the police may be called. */
size_t help_numbers_of(struct arena *a, const struct claim *rows, size_t n, str iso3,
                       struct help_number **out);

#endif
