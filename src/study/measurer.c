#include "study/measurer.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "base/log.h"
#include "study/engine.h"
#include "study/study.h"
#include "study/study.sql.h"

#include <stdatomic.h>
#include <sys/resource.h>

#define IDLE_MS    1000
#define REST_MS    5000               /* after a breakage */
#define TRIES_MOST 3                  /* of a run that ends the process each time */
#define SILENT_MS  ((ms)60 * 1000)    /* a node not heard of for so long is dead */
#define TELL_US    ((int64_t)1000000) /* between two notes of how far it is */
#define ARENA_MAX  MIB(512)

struct measurer {
    struct process *process;
    const struct measurer_setting *setting;
    struct arena life, work, notes; /* notes: emptied at each word on how far it is */
    struct db *db;
    struct seal_keys *keys;
    id run, study;
    int64_t told_us;
    atomic_bool stop;
    bool is_ending, is_unwanted, is_lost;
    const char *doing;
    int permille;
    const char *end_state;
    str result;
    ms keep_until;
};

static const struct measurer_setting *setting;

void measurer_place(const struct measurer_setting *s)
{
    setting = s;
}

/* ---- writing, which may fail at any time ---- */

static bool write_down(struct measurer *m, void (*work)(struct db *db, void *self))
{
    struct landing l;
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) db_write(m->db, work, m);
    landing_leave(&l);
    if (jump == JUMP_NONE) return true;
    db_rollback(m->db);
    log_line(LOG_BAD, "estimates: %s", l.why);
    return false;
}

static void take(struct db *db, void *self)
{
    struct measurer *m = self;
    struct study_due due;
    ms now = clock_now();
    m->run = 0;
    if (!study_run_due(db, now - SILENT_MS, m->setting->node, &due)) return;
    if (due.tries >= TRIES_MOST) {
        (void)study_run_give_up(db, due.id, now);
        return;
    }
    if (!study_run_take(db, due.id, now - SILENT_MS, m->setting->node, now)) return;
    m->run = due.id;
    m->study = due.study;
}

static void note_progress(struct db *db, void *self)
{
    struct measurer *m = self;
    m->is_unwanted = !study_run_seen(db, m->run, m->setting->node, clock_now(), str_of(m->doing),
                                     m->permille);
}

static void note_end(struct db *db, void *self)
{
    struct measurer *m = self;
    struct sealed result = seal_close(m->keys, &m->work, &seal_study_run_result, m->run,
                                      m->keep_until, (personal){ m->result });
    (void)study_run_end(db, m->run, m->setting->node, clock_now(), str_of(m->end_state), result);
}

static void put_back(struct db *db, void *self)
{
    struct measurer *m = self;
    (void)study_run_put_back(db, m->run, m->setting->node);
}

/* ---- while it works ---- */

/* Called by the thread that called the engine. Nothing in here may jump: other threads are at work. */
static void tell(void *self, const char *method, size_t done, size_t items)
{
    struct measurer *m = self;
    int64_t now = clock_ticks_us();
    if (now - m->told_us < TELL_US) return;
    m->told_us = now;
    m->doing = method;
    m->permille = items ? (int)(done * 1000 / items) : 0;
    if (!process_pause(m->process, 0)) m->is_ending = true;
    db_use_arena(m->db, &m->notes);
    (void)write_down(m, note_progress); /* if it cannot be noted the work goes on */
    db_use_arena(m->db, &m->work);
    arena_wipe(&m->notes);
    if (m->is_ending || m->is_unwanted) atomic_store(&m->stop, true);
}

/* The study of the run, and what the methods say of it. False: it was stopped. */
static bool make(struct measurer *m)
{
    struct studies s = { .db = m->db, .arena = &m->work, .keys = m->keys, .now = clock_now() };
    struct study study;
    m->end_state = "failed";
    m->result = S("");
    m->keep_until = clock_now() + STUDY_KEEP_DAYS * DAY_MS;
    db_begin_read(m->db);
    enum study_answer answer = study_read(&s, m->study, &study);
    db_commit(m->db);
    if (answer != STUDY_YES) return true; /* its key is gone, or it is */
    m->keep_until = study.keep_until;
    struct engine_ask ask = { .csv = study.lists,
                              .wish = study_wish_read(study.wish),
                              .tell = tell,
                              .context = m,
                              .stop = &m->stop };
    switch (engine_run(&m->work, &ask, &m->result)) {
    case ENGINE_DONE: m->end_state = "done"; return true;
    case ENGINE_STOPPED: return false;
    case ENGINE_BAD: return true;
    }
    return true;
}

static void work_on(struct measurer *m)
{
    atomic_store(&m->stop, false);
    m->is_unwanted = false;
    m->told_us = 0;
    bool is_whole = make(m);
    if (!is_whole && m->is_ending) {
        (void)write_down(m,
                         put_back); /* else it is taken up when we have been silent for a while */
        return;
    }
    if (!is_whole) m->end_state = "stopped";
    while (!write_down(m, note_end) && !m->is_ending)
        m->is_ending = !process_pause(m->process, REST_MS);
}

/* One run, or none. Whatever breaks is said once and tried anew. */
static void round_of(struct measurer *m)
{
    struct landing l;
    struct study_due due;
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) {
        db_begin_read(m->db); /* looks first, so that an idle process writes nothing */
        bool is_due = study_run_due(m->db, clock_now() - SILENT_MS, m->setting->node, &due);
        db_commit(m->db);
        m->run = 0;
        if (is_due && write_down(m, take) && m->run) work_on(m);
    }
    landing_leave(&l);
    if (jump == JUMP_NONE) return;
    db_rollback(m->db);
    if (jump == JUMP_BROKEN) log_line(LOG_BAD, "estimates: %s", l.why);
    if (!process_pause(m->process, REST_MS)) m->is_ending = true;
}

void measurer_run(struct process *self)
{
    static struct measurer m;
    m.process = self;
    m.setting = setting;
    m.doing = "";
    (void)setpriority(PRIO_PROCESS, 0, 19);
    arena_open(&m.life, LIFE_ARENA_MAX);
    arena_open(&m.work, ARENA_MAX);
    arena_open(&m.notes, MIB(1));
    m.db = db_open(&m.life, setting->db_url, DB_SERVE);
    m.keys = seal_keys_open(&m.life, setting->keys_folder);
    while (!m.is_ending) {
        db_use_arena(m.db, &m.work);
        round_of(&m);
        bool was_busy = m.run != 0;
        arena_wipe(&m.work);
        if (!m.is_ending && !process_pause(self, was_busy ? 0 : IDLE_MS)) m.is_ending = true;
    }
    arena_close(&m.notes);
    arena_close(&m.work);
    arena_close(&m.life);
}
