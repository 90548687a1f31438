/* study/engine.h - a table and a wish become what the methods say.
 *
 * Needs: estimate.    Never: a database. */
#ifndef STUDY_ENGINE_H
#define STUDY_ENGINE_H

#include "study/study.h"

#include <stdatomic.h>

struct engine_ask {
    str csv;
    struct study_wish wish;
    void (*tell)(void *context, const char *method, size_t done, size_t items);
    void *context;
    atomic_bool *stop;
};

enum engine_answer { ENGINE_DONE, ENGINE_STOPPED, ENGINE_BAD };

/* `result`: as study_result_text writes it. */
MUST_USE enum engine_answer engine_run(struct arena *a, const struct engine_ask *ask, str *result);

#endif
