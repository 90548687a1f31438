#include "seal/sweep.h"

#include "base/breakage.h"
#include "base/log.h"
#include "seal/keys.h"
#include "seal/own.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define MARK \
    ".swept" /* in the folder of keys: when the last sweep was, and since when the clock is doubted */

static _Noreturn void no_mark(const struct seal_keys *keys)
{
    broken("keys in %s: the time of the sweep cannot be kept: %s; nothing was swept", keys->path,
           strerror(errno));
}

static void write_mark(struct seal_keys *keys, ms last, ms doubted)
{
    char line[64];
    int n = snprintf(line, sizeof line, "%lld %lld\n", (long long)last, (long long)doubted);
    int fd = openat(keys->folder, MARK ".new",
                    O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) no_mark(keys);
    bool is_safe = write(fd, line, (size_t)n) == n && fsync(fd) == 0;
    close(fd);
    if (!is_safe || renameat(keys->folder, MARK ".new", keys->folder, MARK) != 0 ||
        fsync(keys->folder) != 0)
        no_mark(keys);
}

static bool read_mark(struct seal_keys *keys, ms *last, ms *doubted)
{
    char line[64] = "";
    int fd = openat(keys->folder, MARK, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno != ENOENT) no_mark(keys);
    if (fd < 0) return false;
    ssize_t n = read(fd, line, sizeof line - 1);
    close(fd);
    str rest = { line, n > 0 ? (size_t)n : 0 };
    str first = str_split(&rest, ' ');
    return str_to_int(first, last) && rest.p && str_to_int(str_trim(rest), doubted);
}

/* The first sweep only notes the time, and so does one after the clock went back. */
static bool is_believed(struct seal_keys *keys, ms now)
{
    ms last = now, doubted = 0;
    bool is_known = read_mark(keys, &last, &doubted);
    bool is_jump = is_known && now - last > SWEEP_JUMP_DAYS * DAY_MS;
    if (!is_jump) {
        write_mark(keys, now, 0);
        return true;
    }
    bool is_confirmed = doubted && now - doubted >= DAY_MS &&
                        now - doubted <= SWEEP_JUMP_DAYS * DAY_MS;
    if (is_confirmed) {
        write_mark(keys, now, 0);
        return true;
    }
    if (!doubted || now < doubted || now - doubted > SWEEP_JUMP_DAYS * DAY_MS)
        write_mark(keys, last, now);
    log_line(LOG_BAD,
             "sweep: the clock is %lld days ahead of the last sweep; nothing was swept. Correct "
             "the clock, or do "
             "nothing if it is right: it is believed tomorrow",
             (long long)((now - last) / DAY_MS));
    return false;
}

struct expiring {
    const struct keep *keep;
    ms now;
    int64_t rows;
};

static void expire_some(struct db *db, void *self)
{
    struct expiring *e = self;
    struct value in = { .number = e->now };
    struct cursor c = query_run(db, e->keep->expire, &in);
    while (query_step(&c)) {}
    e->rows = query_end(&c);
}

/* One table, in transactions of KEEP_ROWS. False if it could not be done; what was done before stays. */
static bool expire_table(struct db *db, const struct keep *keep, ms now,
                         struct sweep_counts *counts)
{
    struct expiring *e = arena_new(db_arena(db), struct expiring, 1);
    *e = (struct expiring){ .keep = keep, .now = now, .rows = KEEP_ROWS };
    struct landing l;
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) {
        while (e->rows == KEEP_ROWS) {
            db_write(db, expire_some, e);
            counts->rows += e->rows;
        }
    }
    landing_leave(&l);
    if (jump != JUMP_NONE) log_line(LOG_BAD, "sweep: %s: %s", keep->table, l.why);
    return jump == JUMP_NONE;
}

struct sweep {
    struct db *db;
    const struct keep *const *rooms;
    struct seal_keys *keys;
    ms now;
    struct sweep_counts *counts;
};

static bool is_needed_by(struct db *db, const struct keep_sealed *s, seal_period p)
{
    char start[2] = { (char)(p >> 8), (char)p };
    struct value in = { .text = { start, sizeof start } };
    struct cursor c = query_run(db, s->needs, &in);
    bool is_needed = !query_step(&c) || query_int(&c, 0) != 0;
    query_end(&c);
    return is_needed;
}

static bool is_needed(struct sweep *s, const char *class, seal_period p)
{
    bool is_found = false;
    db_begin_read(s->db);
    for (const struct keep *const *room = s->rooms; *room && !is_found; room++)
        for (const struct keep *k = *room; k->table && !is_found; k++)
            for (const struct keep_sealed *c = k->sealed; c && c->column && !is_found; c++)
                is_found = strcmp(c->column->class, class) == 0 && is_needed_by(s->db, c, p);
    db_rollback(s->db);
    return is_found;
}

static void maybe_destroy(void *self, const char *class, seal_period p)
{
    struct sweep *s = self;
    if (seal_period_end(p) > s->now || is_needed(s, class, p)) return;
    seal_destroy(s->keys, class, p);
    s->counts->keys++;
}

enum sweep_answer seal_sweep(struct db *db, const struct keep *const *rooms, struct seal_keys *keys,
                             ms now, struct sweep_counts *counts)
{
    *counts = (struct sweep_counts){ 0 };
    if (!is_believed(keys, now)) return SWEEP_CLOCK_DOUBT;

    bool is_whole = true;
    for (const struct keep *const *room = rooms; *room; room++)
        for (const struct keep *k = *room; k->table; k++)
            if (k->expire && !expire_table(db, k, now, counts)) is_whole = false;

    key_finish_destroying(keys, db_arena(db));
    counts->keys += seal_own_sweep(keys, db_arena(db), now);
    struct sweep s = { db, rooms, keys, now, counts };
    keys_list(keys, db_arena(db), maybe_destroy, &s);
    if (counts->rows && db_is_sqlite(db))
        db_script(db, "PRAGMA wal_checkpoint(TRUNCATE)"); /* old pages stand there too */
    log_line(LOG_NOTE, "sweep: %lld rows ended, %lld keys destroyed", (long long)counts->rows,
             (long long)counts->keys);
    return is_whole ? SWEEP_DONE : SWEEP_PARTLY;
}
