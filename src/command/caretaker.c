/* The caretaker: folds SQLite's write-ahead log back into the file, so that no page has to and the log stays small.
 * The front has no table about people yet; when it has, the nightly sweep is this process's second work. */
#include "base/breakage.h"
#include "base/log.h"
#include "command/kinds.h"

#define REST_MS 5000

static void tidy(struct db *db)
{
    struct landing l;
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) db_checkpoint(db);
    landing_leave(&l);
    if (jump == JUMP_BROKEN) log_line(LOG_BAD, "checkpoint: %s", l.why);
}

void caretaker_run(struct process *p)
{
    struct serving *s = p->self;
    struct arena life;
    arena_open(&life, LIFE_ARENA_MAX);
    struct db *db = db_open(&life, s->site.db_url, DB_SERVE);
    while (process_pause(p, REST_MS)) tidy(db);
    arena_close(&life);
}
