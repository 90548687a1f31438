/* base/day.h - days of the Gregorian calendar as text, also those known only to the month or the year.
 *
 * "2009-11-05", "2009-11", "2009". Text compares like time, which is why it is kept as text.
 * Needs: str.    Never: a local form; that is lang's. */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include "base/arena.h"

bool day_is(str s);      /* a real day, month or year from 1000 to 9999 */
bool day_is_full(str s); /* a real day */
str day_first(struct arena *a,
              str s); /* the first day it may mean: 2009-11 -> 2009-11-01; "" stays "" */
str day_last(struct arena *a, str s); /* the last day it may mean: 2009-11 -> 2009-11-30 */
ms day_end(str full);                 /* the last millisecond of that UTC day */
str day_after(struct arena *a, str full, int days); /* that many days later */
/* "2013" and "2013-12" may mean the same; so may no day at all */
bool day_may_be_same(str a, str b);
int64_t day_year(str s); /* 0 if there is none */

#endif
