#include "base/crowd.h"

#include "base/breakage.h"

#include <pthread.h>
#include <sched.h>

unsigned crowd_threads(unsigned wanted)
{
    if (wanted == 0) {
        cpu_set_t may;
        int n = sched_getaffinity(0, sizeof may, &may) == 0 ? CPU_COUNT(&may) : 1;
        wanted = n > 0 ? (unsigned)n : 1;
    }
    return wanted > CROWD_MAX ? CROWD_MAX : wanted;
}

struct shared {
    const struct crowd *crowd;
    atomic_size_t next, done;
};

struct one {
    struct shared *shared;
    unsigned thread;
};

static void *work_through(void *self)
{
    struct one *me = self;
    const struct crowd *c = me->shared->crowd;
    while (!(c->stop && atomic_load_explicit(c->stop, memory_order_relaxed))) {
        size_t item = atomic_fetch_add(&me->shared->next, 1);
        if (item >= c->items) break;
        c->work(c->context, me->thread, item);
        size_t done = atomic_fetch_add(&me->shared->done, 1) + 1;
        if (me->thread == 0 && c->tell) c->tell(c->context, done, c->items);
    }
    return NULL;
}

bool crowd_run(const struct crowd *c)
{
    unsigned threads = crowd_threads(c->threads);
    if (threads > c->items) threads = c->items ? (unsigned)c->items : 1;

    struct shared shared = { .crowd = c };
    struct one ones[CROWD_MAX];
    pthread_t helpers[CROWD_MAX];
    unsigned begun = 0;
    for (unsigned i = 0; i < threads; i++) ones[i] = (struct one){ &shared, i };
    /* A machine that gives no more threads is served by those there are. */
    for (unsigned i = 1; i < threads; i++)
        if (pthread_create(&helpers[begun], NULL, work_through, &ones[i]) == 0) begun++;
    work_through(&ones[0]);
    for (unsigned i = 0; i < begun; i++) pthread_join(helpers[i], NULL);

    size_t done = atomic_load(&shared.done);
    if (c->tell) c->tell(c->context, done, c->items);
    return done == c->items;
}
