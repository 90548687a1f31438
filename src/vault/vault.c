#include "vault/vault.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "seal/sweep.h"
#include "store/schema.h"
#include "store/store.sql.h"
#include "vault/vault.sql.h"

#define PROOF_KEEP_DAYS 30
#define PROOF           "the vault can keep this"

const struct step *const vault_rooms[] = { store_steps, vault_steps, NULL };
const struct keep *const vault_keeps_all[] = { vault_keeps, NULL };

static str place_db, place_keys;

struct vault {
    struct arena life, work;
    struct db *db;
    struct seal_keys *keys;
    ms next_sweep;
};

void vault_place(str db_url, str keys_folder)
{
    place_db = db_url;
    place_keys = keys_folder;
}

static void add_proof(struct db *db, void *self)
{
    struct vault *v = self;
    id key = id_new();
    ms keep_until = clock_now() + PROOF_KEEP_DAYS * DAY_MS;
    personal words = { S(PROOF) };
    vault_proof_add(
        db, key, keep_until,
        seal_close(v->keys, db_arena(db), &seal_vault_proof_words, key, keep_until, words));
}

static bool has_proof(struct vault *v)
{
    struct vault_proof row;
    personal words;
    db_begin_read(v->db);
    bool is_there = vault_proof_last(v->db, &row);
    db_commit(v->db);
    if (!is_there) return false;
    switch (seal_open(v->keys, &v->work, &seal_vault_proof_words, row.id, row.words, &words)) {
    case SEAL_OPENED: return str_eq(words.words, S(PROOF));
    case SEAL_KEY_GONE:
        log_line(LOG_NOTE, "the last proof cannot be read any more: its key is gone");
        return false;
    case SEAL_DAMAGED: log_line(LOG_BAD, "the last proof is damaged"); return false;
    }
    __builtin_unreachable();
}

static void prove(struct vault *v)
{
    if (!has_proof(v)) db_write(v->db, add_proof, v);
    if (!has_proof(v)) broken("the vault cannot read what it sealed");
    arena_wipe(&v->work);
}

static void open_data(struct vault *v)
{
    bool is_new_file = db_sqlite_file(place_db).n > 0;
    v->db = db_open(&v->life, place_db, is_new_file ? DB_CREATE : DB_SERVE);
    db_use_arena(v->db, &v->work);
    switch (schema_age(v->db, vault_rooms)) {
    case SCHEMA_RIGHT: break;
    case SCHEMA_EMPTY: schema_forward(v->db, vault_rooms, clock_now()); break;
    case SCHEMA_OLDER:
        broken("the vault's data are older than this program; run `blueheart migrate`");
    case SCHEMA_NEWER: broken("the vault's data were made by a newer program");
    case SCHEMA_FOREIGN: broken("the vault's data hold tables that are not this program's");
    }
}

static struct door_turn answer(void *self, const struct door_request *rq)
{
    (void)self;
    static const struct door_header headers[] = {
        { S_CONST("Content-Type"), S_CONST("text/plain; charset=utf-8") },
        { S_CONST("Cache-Control"), S_CONST("no-store") },
        { S_CONST("Content-Security-Policy"),
          S_CONST("default-src 'none'; frame-ancestors 'none'") },
        { S_CONST("Referrer-Policy"), S_CONST("no-referrer") },
        { S_CONST("X-Content-Type-Options"), S_CONST("nosniff") },
    };
    bool is_read = str_eq(rq->method, S("GET")) || str_eq(rq->method, S("HEAD"));
    bool is_there = str_eq(rq->path, S("/"));
    int status = !is_read ? 405 : is_there ? 200 : 404;
    str words = status == 200 ? S("nothing here yet\n") : S("not here\n");
    return (struct door_turn){ .answer = door_package(status, headers, COUNT_OF(headers), words) };
}

static void sweep(struct vault *v)
{
    struct sweep_counts counts;
    switch (seal_sweep(v->db, vault_keeps_all, v->keys, clock_now(), &counts)) {
    case SWEEP_DONE:
    case SWEEP_CLOCK_DOUBT: break; /* the log has it */
    case SWEEP_PARTLY:
        log_line(LOG_BAD, "the sweep is not whole; it is tried again tomorrow");
        break;
    }
    prove(v);
}

/* Once a day, whatever comes of it; also when the clock was set back. */
static void sweep_sometimes(void *self)
{
    struct vault *v = self;
    ms now = clock_now();
    if (now < v->next_sweep && v->next_sweep - now <= DAY_MS) return;
    v->next_sweep = now + DAY_MS;
    struct landing l;
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) sweep(v);
    landing_leave(&l);
    if (jump == JUMP_BROKEN) log_line(LOG_BAD, "sweep: %s", l.why);
    if (jump != JUMP_NONE) db_rollback(v->db);
    arena_wipe(&v->work);
}

/* Without a landing here: what is broken at the start ends the process with its words, and the keeper tries anew,
 * more slowly each time. */
void vault_run(struct process *self)
{
    static struct vault v;
    arena_open(&v.life, LIFE_ARENA_MAX);
    arena_open(&v.work, REQUEST_ARENA_MAX);
    v.keys = seal_keys_open(&v.life, place_keys);
    open_data(&v);
    prove(&v);
    log_line(LOG_NOTE, "keeps and reads a sealed row");
    door_run(&self->door, answer, &v, sweep_sometimes);
    arena_wipe(&v.work);
    arena_close(&v.life);
    arena_close(&v.work);
}
