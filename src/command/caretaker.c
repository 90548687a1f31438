/* The caretaker: folds SQLite's write-ahead log back into the file, so that no page has to and the log stays small, and
 * makes the index of words anew on a new day, for texts that waited for it, and notes how far the trail has come.
 * Once a day it ends what has a date: the sweep of every room's tables about people, and of the keys that no row needs;
 * and pictures for which nobody agrees any more are withdrawn. What is new is queued as mail for those who asked for it. */
#include "base/breakage.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "command/kinds.h"
#include "follow/follow.h"
#include "media/media.h"
#include "join/join.h"
#include "seal/sweep.h"

#define REST_MS 5000

struct caretaker {
    struct arena life;
    struct db *db;
    str keys_folder, var_folder;
    struct seal_keys *keys; /* opened by the first sweep */
    str origin;
    ms next_sweep, next_mails;
};

static bool index_if_old(struct db *db, void *self)
{
    (void)self;
    if (!command_index_is_old(db)) return false; /* another instance was quicker */
    command_index(db);
    return true;
}

static void index_daily(struct db *db)
{
    static int64_t done; /* the day it was looked at last */
    int64_t today = clock_now() / DAY_MS;
    if (done == today) return;
    db_begin_read(db);
    bool is_old = command_index_is_old(db);
    db_commit(db);
    bool is_made = is_old && db_write_if(db, index_if_old, NULL);
    if (is_made) log_line(LOG_NOTE, "the index of words was made anew for a new day");
    done = today;
}

static bool withdraw_ended(struct db *db, void *n)
{
    *(size_t *)n = media_tidy(db, clock_now());
    return *(size_t *)n > 0;
}

/* Readers did not wait for this: what nobody agrees to any more is shown to nobody from its day on. */
static void pictures_daily(struct db *db)
{
    static int64_t done; /* the day it was looked at last */
    size_t n = 0;
    int64_t today = clock_now() / DAY_MS;
    if (done == today) return;
    done = today;
    if (db_write_if(db, withdraw_ended, &n))
        log_line(LOG_NOTE,
                 "pictures withdrawn because the time for which somebody agreed is over: %zu", n);
}

static void keep_members(struct db *db, void *keys)
{
    join_keep_members(db, keys, clock_now());
}

/* Once a day, whatever comes of it; also when the clock was set back. */
static void sweep_daily(struct db *db, struct caretaker *c)
{
    struct sweep_counts counts;
    ms now = clock_now();
    if (now < c->next_sweep && c->next_sweep - now <= DAY_MS) return;
    c->next_sweep = now + DAY_MS;
    if (!c->keys) c->keys = seal_keys_open(&c->life, c->keys_folder);
    db_write(db, keep_members, c->keys); /* while a membership lasts, so do its words */
    switch (seal_sweep(db, room_keeps, c->keys, now, &counts)) {
    case SWEEP_DONE:
    case SWEEP_CLOCK_DOUBT: break; /* the log has it */
    case SWEEP_PARTLY:
        log_line(LOG_BAD, "the sweep is not whole; it is tried again tomorrow");
        break;
    }
}

/* Whoever asked for mail gets it: some at a time, so that nobody else waits for the data. */
static void tell_followers(struct db *db, struct caretaker *c)
{
    ms now = clock_now();
    if (now < c->next_mails && c->next_mails - now <= FOLLOW_LOOK_MS) return;
    if (!c->keys) c->keys = seal_keys_open(&c->life, c->keys_folder);
    if (follow_tell(db, c->keys, c->origin, now) == 0) c->next_mails = now + FOLLOW_LOOK_MS;
}

static void tidy(struct caretaker *c)
{
    struct db *db = c->db;
    struct landing l;
    struct arena work;
    struct arena *before = db_arena(db);
    arena_open(&work, SEARCH_ARENA_MAX); /* the daily look at the index reads all of it */
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) {
        db_use_arena(db, &work);
        db_checkpoint(db);
        index_daily(db);
        sweep_daily(db, c);
        caretaker_note_trail(&c->life, db, c->keys_folder, c->var_folder);
        pictures_daily(db);
        tell_followers(db, c);
    } else {
        db_rollback(db);
    }
    landing_leave(&l);
    db_use_arena(db, before);
    arena_close(&work);
    if (jump == JUMP_BROKEN) log_line(LOG_BAD, "caretaker: %s", l.why);
}

void caretaker_run(struct process *p)
{
    struct serving *s = p->self;
    static struct caretaker c;
    arena_open(&c.life, LIFE_ARENA_MAX);
    c.keys_folder = s->keys_folder;
    c.var_folder = s->var_folder;
    c.origin = s->site.origin;
    c.db = db_open(&c.life, s->site.db_url, DB_SERVE);
    while (process_pause(p, REST_MS)) tidy(&c);
    arena_close(&c.life);
}
