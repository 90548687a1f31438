/* Pledges that wait to be confirmed, as the form leaves them: pledge-fill DB KEYS N. Prints the key of each link, a line each. */
#include "base/clock.h"
#include "base/id.h"
#include "command/command.h"
#include "pledge/pledge.h"
#include "seal/seal.h"

#include <sodium.h>
#include <stdio.h>

#define EACH 500

struct fill {
    struct seal_keys *keys;
    int64_t from;
};

static void ask_some(struct db *db, void *self)
{
    struct fill *f = self;
    struct arena *a = db_arena(db);
    ms now = clock_now(), until = now + PLEDGE_ASKED_MS;
    for (int64_t i = f->from; i < f->from + EACH; i++) {
        unsigned char hash[SEAL_HASH_BYTES];
        id row = id_new();
        randombytes_buf(hash, sizeof hash);
        pledge_add(db, row, (str){ (const char *)hash, sizeof hash },
                   seal_close(f->keys, a, &seal_pledge_sign_name, row, until, (personal){ S("Ana") }), S("neighbour"),
                   S("n-signs n-call n-number"), i % 3 ? S("MEX") : S(""), now, until);
        printf(STR_FMT "\n", STR_ARG(web_key_of(a, f->keys, PLEDGE_PURPOSE, row)));
    }
}

int main(int argc, char **argv)
{
    static struct arena life, work;
    int64_t n;
    if (argc < 4 || !str_to_int(str_of(argv[3]), &n) || sodium_init() < 0) return 2;
    arena_open(&life, LIFE_ARENA_MAX);
    arena_open(&work, IMPORT_ARENA_MAX);
    struct fill f = { .keys = seal_keys_open(&life, str_of(argv[2])) };
    struct db *db = db_open(&life, str_of(argv[1]), DB_SERVE);
    db_use_arena(db, &work);
    for (f.from = 0; f.from < n; f.from += EACH) {
        db_write(db, ask_some, &f);
        arena_wipe(&work);
    }
    arena_close(&life);
    return 0;
}
