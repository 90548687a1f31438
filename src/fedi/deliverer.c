#include "fedi/deliverer.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "base/log.h"
#include "fedi/work.h"
#include "seal/secret.h"
#include "seal/sweep.h"

#define IDLE_MS      500     /* between two looks into an empty queue */
#define BUSY_US      50000   /* between two looks while there is something to do */
#define SLOW_US      1500000 /* what takes longer no longer keeps others from beginning */
#define MIND_US      400000  /* between two looks at what happens now and then */
#define RECORD_MS    2000    /* between two tries to note what became of things */
#define LETTERS_MOST 8
#define KEYS_MS      ((ms)3600000)
#define NEWS_MS      ((ms)60000) /* the news are compared at least so often; at once when they changed */

struct deliverer {
    struct process *process;
    struct arena life, work;
    struct works all;
    struct work place[FEDI_AT_ONCE_MOST];
    struct work *ended[FEDI_AT_ONCE_MOST];
    size_t ended_n, letters_n;
    struct fedi_due *due;
    size_t due_n;
    struct fedi_inbox_row *letters;
    size_t letters_due;
    int64_t looked_us, minded_us;
    ms keys_at, news_at, swept_at;
    uint64_t news_generation;
    bool is_ending, has_more;
};

/* ---- places ---- */

static bool is_host_busy(const struct deliverer *d, str host)
{
    for (size_t i = 0; i < FEDI_AT_ONCE_MOST; i++)
        if (d->place[i].kind == WORK_DELIVER && str_eq(d->place[i].host, host)) return true;
    return false;
}

static size_t busy(const struct deliverer *d)
{
    size_t n = 0;
    for (size_t i = 0; i < FEDI_AT_ONCE_MOST; i++) n += d->place[i].kind != WORK_FREE;
    return n;
}

/* A few that hang must not hold the rest: only what began a moment ago counts against how many may begin. */
static bool may_begin(const struct deliverer *d)
{
    size_t fresh = 0, all = 0;
    int64_t now_us = clock_ticks_us();
    for (size_t i = 0; i < FEDI_AT_ONCE_MOST; i++) {
        all += d->place[i].kind != WORK_FREE;
        fresh += d->place[i].kind != WORK_FREE && now_us - d->place[i].began_us < SLOW_US;
    }
    return all < FEDI_AT_ONCE_MOST && fresh < FEDI_AT_ONCE;
}

static struct work *free_place(struct deliverer *d)
{
    for (size_t i = 0; i < FEDI_AT_ONCE_MOST; i++)
        if (d->place[i].kind == WORK_FREE) return &d->place[i];
    return NULL;
}

static void open_place(struct work *w)
{
    struct arena empty = { 0 };
    *w = (struct work){ .arena = empty, .began_us = clock_ticks_us() };
    arena_open(&w->arena, MIB(2));
}

static void close_place(struct deliverer *d, struct work *w)
{
    if (w->kind == WORK_LOOK) d->letters_n--;
    wires_drop(d->all.wires, &w->wire);
    arena_wipe(&w->arena);
    arena_close(&w->arena);
    w->kind = WORK_FREE;
}

/* ---- taking ---- */

static void look(struct deliverer *d, ms now)
{
    db_begin_read(d->all.db);
    d->due_n = fedi_hosts_due(d->all.db, now, now + FEDI_FAR_MS, FEDI_AT_ONCE_MOST * 2, &d->due);
    d->letters_due = d->letters_n < LETTERS_MOST
                         ? fedi_inbox_due(d->all.db, now, now + FEDI_FAR_MS,
                                          (int64_t)(LETTERS_MOST - d->letters_n), &d->letters)
                         : 0;
    db_commit(d->all.db);
}

/* A transaction that runs again takes everything anew: places filled before are emptied first. */
static void take_some(struct db *db, void *self)
{
    struct deliverer *d = self;
    ms now = clock_now();
    (void)db;
    for (size_t i = 0; i < FEDI_AT_ONCE_MOST; i++)
        if (d->place[i].kind != WORK_FREE && !d->place[i].is_on_wire) close_place(d, &d->place[i]);
    for (size_t i = 0; i < d->letters_due && may_begin(d); i++) {
        struct work *w = free_place(d);
        open_place(w);
        if (work_take_letter(&d->all, w, &d->letters[i], now)) d->letters_n++;
        else arena_close(&w->arena), w->kind = WORK_FREE;
    }
    for (size_t i = 0; i < d->due_n && may_begin(d); i++) {
        if (is_host_busy(d, d->due[i].host)) continue;
        struct work *w = free_place(d);
        open_place(w);
        if (work_take_delivery(&d->all, w, &d->due[i], now)) continue;
        arena_close(&w->arena);
        w->kind = WORK_FREE;
    }
}

static void end_with(struct deliverer *d, struct work *w)
{
    if (w->kind == WORK_LOOK) work_judge(w, clock_now());
    w->is_on_wire = true; /* it is not taken anew; it waits to be noted */
    d->ended[d->ended_n++] = w;
}

static bool has_takeable(const struct deliverer *d)
{
    if (d->letters_due) return true;
    for (size_t i = 0; i < d->due_n; i++)
        if (!is_host_busy(d, d->due[i].host)) return true;
    return false;
}

static void begin_some(struct deliverer *d)
{
    int64_t now_us = clock_ticks_us();
    if (now_us - d->looked_us < BUSY_US || !may_begin(d)) return;
    d->looked_us = now_us;
    look(d, clock_now());
    d->has_more = has_takeable(d);
    if (!d->has_more) return;
    db_write(d->all.db, take_some, d);
    for (size_t i = 0; i < FEDI_AT_ONCE_MOST; i++) {
        struct work *w = &d->place[i];
        if (w->kind != WORK_FREE && !w->is_on_wire && !work_send(&d->all, w)) end_with(d, w);
    }
}

/* ---- what became of them ---- */

static void note_all(struct db *db, void *self)
{
    struct deliverer *d = self;
    ms now = clock_now();
    (void)db;
    for (size_t i = 0; i < d->ended_n; i++) work_note(&d->all, d->ended[i], now);
}

/* What arrived must be noted before anything else is sent: else it is sent twice. */
static void record(struct deliverer *d)
{
    while (d->ended_n) {
        struct landing l;
        enum jump jump = LAND(&l);
        if (jump == JUMP_NONE) db_write(d->all.db, note_all, d);
        landing_leave(&l);
        if (jump == JUMP_NONE) break;
        db_rollback(d->all.db);
        log_line(LOG_BAD, "fediverse: %s", l.why);
        if (!process_pause(d->process, RECORD_MS)) {
            d->is_ending = true;
            return; /* leases end; it is sent once more, with the same ids */
        }
    }
    for (size_t i = 0; i < d->ended_n; i++) close_place(d, d->ended[i]);
    d->ended_n = 0;
}

static void listen_some(struct deliverer *d)
{
    bool is_busy = busy(d) > 0;
    struct wire *one;
    int wait_ms = d->ended_n || !is_busy ? 0 : 20;
    while (d->ended_n < FEDI_AT_ONCE_MOST && (one = wires_turn(d->all.wires, wait_ms)) != NULL) {
        struct work *w = one->self;
        wait_ms = 0;
        w->is_on_wire = false;
        if (!work_knocks_again(&d->all, w)) end_with(d, w);
    }
    record(d);
}

/* ---- now and then ---- */

static bool tell_news(struct db *db, void *self)
{
    (void)self;
    return fedi_news_tell(db, clock_now()) > 0;
}

static void look_at_news(struct deliverer *d, ms now)
{
    uint64_t generation = db_generation(d->all.db, db_topic(text_kind.room));
    bool is_due = now - d->news_at >= NEWS_MS || now < d->news_at;
    if (generation == d->news_generation && !is_due) return;
    d->news_generation = generation;
    d->news_at = now;
    db_begin_read(d->all.db);
    bool waits = fedi_news_waits(d->all.db, now);
    db_commit(d->all.db);
    if (waits && db_write_if(d->all.db, tell_news, NULL))
        log_line(LOG_NOTE, "fediverse: news are told");
}

/* The keys of this folder end with what they seal; the caretaker does not see it. */
static void sweep_daily(struct deliverer *d, ms now)
{
    static const struct keep *const ours[] = { fedi_keeps, NULL };
    struct sweep_counts counts;
    if (now < d->swept_at + DAY_MS && now >= d->swept_at) return;
    d->swept_at = now;
    switch (seal_sweep(d->all.db, ours, d->all.followers.keys, now, &counts)) {
    case SWEEP_DONE:
    case SWEEP_PARTLY:
    case SWEEP_CLOCK_DOUBT: break; /* the log has it */
    }
}

static void now_and_then(struct deliverer *d)
{
    ms now = clock_now();
    int64_t now_us = clock_ticks_us();
    if (d->minded_us && now_us - d->minded_us < MIND_US) return;
    d->minded_us = now_us;
    if (now - d->keys_at >= KEYS_MS || now < d->keys_at) {
        signer_keep(d->all.signer, now);
        d->keys_at = now;
    }
    look_at_news(d, now);
    sweep_daily(d, now);
}

/* ---- the process ---- */

/* Whatever breaks in here is said once and tried anew. */
static void round_of(struct deliverer *d)
{
    struct landing l;
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) {
        now_and_then(d);
        begin_some(d);
        listen_some(d);
    }
    landing_leave(&l);
    if (jump == JUMP_NONE) return;
    db_rollback(d->all.db);
    if (jump == JUMP_BROKEN) log_line(LOG_BAD, "fediverse: %s", l.why);
    for (size_t i = 0; i < FEDI_AT_ONCE_MOST; i++) /* leased and not sent: the lease ends */
        if (d->place[i].kind != WORK_FREE && !d->place[i].is_on_wire) close_place(d, &d->place[i]);
    if (!process_pause(d->process, RECORD_MS)) d->is_ending = true;
}

static void free_leases(struct db *db, void *self)
{
    struct deliverer *d = self;
    (void)fedi_leases_end(db, d->all.node, db_is_sqlite(db), clock_now());
}

static void open_all(struct deliverer *d)
{
    const struct fedi_setting *s = fedi_setting();
    arena_open(&d->life, LIFE_ARENA_MAX);
    arena_open(&d->work, REQUEST_ARENA_MAX);
    d->all.node = s->node;
    d->all.db = db_open(&d->life, s->db_url, DB_SERVE);
    db_use_arena(d->all.db, &d->work);
    d->all.inbox_keys = seal_keys_open(&d->life, s->keys_folder);
    d->all.followers.keys = seal_keys_open(&d->life, s->own_folder);
    d->all.followers.secret = seal_secret(d->all.followers.keys, "follower");
    d->all.signer = signer_open(&d->life, d->all.db, d->all.followers.keys);
    d->all.wires = wires_open(&d->life,
                              ARENA_JOIN(&d->life, S("BlueHeart/1 (+"), s->origin, S("/)")));
    db_write(d->all.db, free_leases, d); /* what a process before this one had when it died */
}

/* Without a landing at the start: what is broken there ends the process with its words, and the keeper tries anew,
 * more slowly each time. */
void deliverer_run(struct process *self)
{
    static struct deliverer d;
    d.process = self;
    open_all(&d);
    int64_t paused_us = 0;
    while (!d.is_ending) {
        round_of(&d);
        arena_wipe(&d.work);
        bool is_idle = !busy(&d) && !d.has_more;
        int64_t now_us = clock_ticks_us();
        if (!is_idle && now_us - paused_us < BUSY_US) continue;
        paused_us = now_us;
        if (!d.is_ending && !process_pause(self, is_idle ? IDLE_MS : 0)) d.is_ending = true;
    }
    for (size_t i = 0; i < FEDI_AT_ONCE_MOST; i++)
        if (d.place[i].kind != WORK_FREE) close_place(&d, &d.place[i]);
    arena_wipe(&d.work);
    arena_close(&d.work);
    arena_close(&d.life);
}
