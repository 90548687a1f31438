/* link/value.h - a cell, checked against its feature and brought into the one form that is encoded.
 *
 * Needs: schema, ICU.    Never: a value that the format cannot read, passed on as it is. */
#ifndef LINK_VALUE_H
#define LINK_VALUE_H

#include "link/schema.h"

struct link_normal; /* any script to Latin, without marks and case */
struct link_normal *link_normal_open(struct arena *a);
/* Letters and digits, words parted by one blank. Valid as long as `a`. */
str link_normal(const struct link_normal *n, struct arena *a, str text);
str link_normal_version(struct arena *a); /* of ICU, whose tables decide */

struct link_pattern;
/* NULL: ICU does not read the expression. */
struct link_pattern *link_pattern_open(struct arena *a, str pattern);

/* What is encoded instead of `cell`; empty: nothing. *why is NULL, or what is wrong with it. A value that only breaks the
 * format's bounds is given all the same, so that whoever wishes can go on; one that cannot be read has p NULL. */
str link_value(const struct link_feature *f, const struct link_pattern *pattern, struct arena *a,
               str cell, const char **why);

/* strptime as Python has it, for %Y %y %m %b %B %d %j; YYYYMMDD into out. */
MUST_USE bool link_day(str format, str text, char out[8]);

#endif
