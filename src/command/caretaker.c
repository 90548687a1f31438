/* The caretaker: folds SQLite's write-ahead log back into the file, so that no page has to and the log stays small, and
 * makes the index of words anew on a new day, for texts that waited for it, notes how far the trail has come, and
 * withdraws pictures for which nobody agrees any more.
 * The front has no table about people yet; when it has, the nightly sweep is this process's second work. */
#include "base/breakage.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "command/kinds.h"
#include "media/media.h"

#define REST_MS 5000

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

static void tidy(struct arena *life, struct db *db, const struct serving *s)
{
    struct landing l;
    struct arena work;
    struct arena *before = db_arena(db);
    arena_open(&work, SEARCH_ARENA_MAX); /* the daily look at the index reads all of it */
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) {
        db_use_arena(db, &work);
        db_checkpoint(db);
        index_daily(db);
        caretaker_note_trail(life, db, s->keys_folder, s->var_folder);
        pictures_daily(db);
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
    struct arena life;
    arena_open(&life, LIFE_ARENA_MAX);
    struct db *db = db_open(&life, s->site.db_url, DB_SERVE);
    while (process_pause(p, REST_MS)) tidy(&life, db, s);
    arena_close(&life);
}
