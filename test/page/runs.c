#include "test/page/runs.h"

#include "base/clock.h"
#include "study/engine.h"

#define NODE 7

struct making {
    struct studies s;
    struct study_due due;
    struct study study;
    bool is_there;
    const char *state;
    str result;
};

static void take(struct db *db, void *self)
{
    struct making *m = self;
    m->is_there = study_run_due(db, 0, NODE, &m->due) && study_run_take(db, m->due.id, 0, NODE, m->s.now) &&
                  study_read(&m->s, m->due.study, &m->study) == STUDY_YES;
}

static void end(struct db *db, void *self)
{
    struct making *m = self;
    struct sealed result = seal_close(m->s.keys, m->s.arena, &seal_study_run_result, m->due.id, m->study.keep_until, (personal){ m->result });
    (void)study_run_end(db, m->due.id, NODE, m->s.now, str_of(m->state), result);
}

int runs_make(struct arena *a, struct db *db, const struct site *site)
{
    struct making m = { .s = { .db = db, .arena = a, .keys = site->keys, .now = clock_now() } };
    int made = 0;
    db_use_arena(db, a);
    for (;; made++) {
        db_write(db, take, &m);
        if (!m.is_there) return made;
        struct engine_ask ask = { .csv = m.study.lists, .wish = study_wish_read(m.study.wish) };
        m.result = S("");
        m.state = engine_run(a, &ask, &m.result) == ENGINE_DONE ? "done" : "failed";
        db_write(db, end, &m);
    }
}
