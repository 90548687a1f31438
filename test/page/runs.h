/* test/page/runs.h - the estimates that pages asked for, made at once: here is no process of their own.
 *
 * Needs: study.    Never: a result that the engine did not make. */
#ifndef TEST_PAGE_RUNS_H
#define TEST_PAGE_RUNS_H

#include "web/serve.h"

/* Makes all that wait; how many. */
int runs_make(struct arena *a, struct db *db, const struct site *site);

#endif
