/* base/clock.h - the moment now, and moments as text.
 *
 * Needs: nothing.    Never: a time zone other than UTC; local forms are lang's. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/str.h"

#define MOMENT_TEXT 25 /* "2026-11-22T04:45:00.000Z" and NUL */
#define DAY_TEXT    11 /* "2026-11-22" and NUL */

ms clock_now(void);             /* wall clock, UTC */
int64_t clock_ticks_us(void);   /* monotonic, for measuring only */
void clock_set_for_test(ms at); /* 0 gives the real clock back */

void moment_text(ms at, char out[MOMENT_TEXT]);
void day_text(ms at, char out[DAY_TEXT]); /* the UTC day of a moment */

#endif
